"""A made-up release of two hundred units keeps every report to its pages; names and rows give way to the data file."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from analysis.disclosure.released import Released
from analysis.frame import Text
from analysis.report.content import Letterhead, Report, Table
from analysis.report.documents import WaveDocuments
from analysis.report.leadership import leadership_report
from analysis.report.many_units import MANY
from analysis.report.pdf import pdf
from analysis.report.staff import staff_report

UNITS = 200
LETTERHEAD = Letterhead("江城理工大学工会文件", "〔2026〕18号", "学校党委", "江城理工大学工会", date(2026, 12, 1))


@pytest.fixture(scope="module")
def many(documents: WaveDocuments) -> WaveDocuments:
    """The demo's units again and again under names of their own, with the retired members once."""
    units = documents.assessment.units
    base, apart = (
        [each for each in units if "apart" not in each.notes],
        [each for each in units if "apart" in each.notes],
    )
    made = tuple(
        replace(base[n % len(base)], unit=f"x{n:03}", name=Text(f"第{n}学院分工会", f"College {n}"))
        for n in range(UNITS)
    )
    polls = tuple(_with_units(released) for released in documents.polls)
    return replace(documents, assessment=replace(documents.assessment, units=(*made, *apart)), polls=polls)


def _with_units(released: Released) -> Released:
    base = [each for each in released.units[1:] if each.unit_type != "retired"]
    made = tuple(
        replace(base[n % len(base)], id=f"x{n:03}", name=Text(f"第{n}学院", f"College {n}")) for n in range(UNITS)
    )
    return replace(released, units=(released.units[0], *made))


def reports(documents: WaveDocuments) -> list[Report]:
    found = [
        report
        for language in ("zh", "en")
        for report in (leadership_report(documents, language), staff_report(documents, language))
    ]
    return [*found, leadership_report(documents, "zh", LETTERHEAD)]


def test_reports_of_two_hundred_units_keep_to_their_pages(many: WaveDocuments) -> None:
    for report in reports(many):
        assert len(PdfReader(io.BytesIO(pdf(report))).pages) <= report.most_pages, report.title


def test_tables_by_type_count_every_in_service_unit_once(many: WaveDocuments) -> None:
    report = leadership_report(many, "zh")
    table = next(
        block
        for section in report.sections
        if section.title == "各单位的条件"
        for block in section.blocks
        if isinstance(block, Table)
    )
    assert sum(int(row[1].text) for row in table.rows) == UNITS
    for row in table.rows:
        assert sum(int(cell.text) for cell in row[2:7] if cell.text != "—") == int(row[1].text)


def test_a_university_of_few_units_has_a_row_for_each(documents: WaveDocuments) -> None:
    assert len(documents.assessment.units) < MANY
    section = next(each for each in leadership_report(documents, "zh").sections if each.title == "各单位的条件")
    rows = [row for block in section.blocks if isinstance(block, Table) for row in block.rows if len(row) > 1]
    assert len(rows) == len(documents.assessment.units)
