"""The reports as PDF, opened again: pages, selectable words, and figures that are the released ones."""

import io
import re
from collections.abc import Iterator
from datetime import date

import pytest
from pypdf import PdfReader

from analysis.report import fonts
from analysis.report.branch import branch_report
from analysis.report.content import Block, Letterhead, Paragraph, Picture, Points, Report, Table
from analysis.report.documents import EVERYBODY, WaveDocuments
from analysis.report.leadership import leadership_report
from analysis.report.official_return import official_return
from analysis.report.pdf import pdf
from analysis.report.staff import staff_report

LETTERHEAD = Letterhead(
    "江城理工大学工会文件", "江理工工〔2026〕18号", "学校党委", "江城理工大学工会", date(2026, 12, 1)
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LANGUAGES = ("zh", "en")


def reports(documents: WaveDocuments, language: str) -> Iterator[Report]:
    """Every report of the wave in one language."""
    yield leadership_report(documents, language)
    yield staff_report(documents, language)
    yield official_return(documents, language)
    for unit in documents.assessment.units:
        yield branch_report(documents, unit.unit, language)
        yield staff_report(documents, language, unit.unit)


def texts(report: Report) -> Iterator[str]:
    """Every sentence and cell of a report."""
    yield report.title
    for section in report.sections:
        yield section.title
        for block in section.blocks:
            yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Points):
        yield from (point.text for point in block.points)
    elif isinstance(block, Table):
        yield from (cell.text for row in block.rows for cell in row)


def squeezed(text: str) -> str:
    """Without spaces and hyphens: typst breaks lines and words where it likes."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text.replace("\u2010", "-"))


def read(report: Report) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(report))).pages))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_report_is_longer_than_it_may_be(documents: WaveDocuments, language: str) -> None:
    for report in reports(documents, language):
        pages = len(PdfReader(io.BytesIO(pdf(report))).pages)
        assert pages <= report.most_pages, f"{report.title}: {pages} pages"


def test_the_formal_report_keeps_to_its_pages_too(documents: WaveDocuments) -> None:
    report = leadership_report(documents, "zh", LETTERHEAD)
    assert len(PdfReader(io.BytesIO(pdf(report))).pages) <= report.most_pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_report_can_be_selected_in_its_pdf(documents: WaveDocuments, language: str) -> None:
    for report in (leadership_report(documents, language), branch_report(documents, "b15", language)):
        page = read(report)
        lost = [text for text in texts(report) if squeezed(text) not in page]
        assert not lost


def test_words_inside_charts_can_be_selected_too(documents: WaveDocuments) -> None:
    report = leadership_report(documents, "zh")
    drawn = [block for section in report.sections for block in section.blocks if isinstance(block, Picture)]
    assert len(drawn) == 3
    assert "<path" not in drawn[0].svg
    reader = PdfReader(io.BytesIO(pdf(report)))
    assert not any(page.images for page in reader.pages), "a chart went in as pixels"


def test_the_first_page_is_enough_to_decide(documents: WaveDocuments) -> None:
    report = leadership_report(documents, "zh")
    first = squeezed(PdfReader(io.BytesIO(pdf(report))).pages[0].extract_text())
    for words in ("三个问题的回答", "主动帮了吗", "解决了多少", "满意吗", "拟定等次", "不能据此下的结论", "不能排名次"):
        assert words in first
    assert "各单位的条件" not in first


def test_an_english_report_holds_no_chinese(documents: WaveDocuments) -> None:
    strays = [text for report in reports(documents, "en") for text in texts(report) if CHINESE.search(text)]
    assert not strays


def test_without_a_font_a_sentence_names_the_package(documents: WaveDocuments, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "noto_cjk_sans_otc", None)
    fonts.chinese_fonts.cache_clear()
    with pytest.raises(fonts.MissingFont, match="noto-cjk-sans-otc"):
        pdf(staff_report(documents, "zh"))
    fonts.chinese_fonts.cache_clear()


def table_of(report: Report, section: str) -> Table:
    return next(
        block for each in report.sections if each.title == section for block in each.blocks if isinstance(block, Table)
    )


def test_scores_of_units_are_the_released_ones_and_coloured_by_their_class_alone(documents: WaveDocuments) -> None:
    rows = [row for row in table_of(leadership_report(documents, "zh"), "各单位三问与六条标准").rows if len(row) > 1]
    tones = {"above": "high", "below": "low"}
    units = {unit.name.zh.removesuffix("分工会"): unit for unit in documents.assessment.units}
    assert {row[0].text for row in rows[1:]} == set(units)
    for row in rows[1:]:
        unit = units[row[0].text]
        for cell, info in zip(row[1:], documents.assessment.dimensions, strict=True):
            own = unit.dimension(info.id)
            assert cell.text == ("—" if own.score.value is None else str(own.score.value))
            assert cell.tone == ("muted" if own.score.value is None else tones.get(own.standing.label or "", ""))


def test_conditions_of_units_are_the_released_ones(documents: WaveDocuments) -> None:
    rows = [row for row in table_of(leadership_report(documents, "zh"), "各单位的条件").rows if len(row) > 1]
    for row in rows:
        unit = next(each for each in documents.assessment.units if each.name.zh.removesuffix("分工会") == row[0].text)
        voice = unit.voice
        if voice.low is not None:
            assert row[4].text == f"{voice.value}（{voice.low}–{voice.high}）"
        assert row[3].text == ("—" if unit.response_percent is None else f"{unit.response_percent}%")
        assert row[5].text == ("—" if unit.official_rate.value is None else f"{unit.official_rate.value}%")


def test_the_three_sentences_are_the_released_shares_of_both_years(documents: WaveDocuments) -> None:
    said = leadership_report(documents, "zh").sections[0].blocks
    for block, column in zip(said, ("b02", "a07", "b01"), strict=True):
        assert isinstance(block, Paragraph)
        released = next(each for each in documents.polls if column in each)
        before = next(each for each in documents.polls_before if column in each)
        for document in (released, before):
            figure = document.item_figure(EVERYBODY, column)
            assert f"{figure.top_two_box_percent}%（{figure.top_two_box_low}–{figure.top_two_box_high}）" in block.text


def test_the_grades_of_the_first_page_count_every_in_service_unit_once(documents: WaveDocuments) -> None:
    rows = table_of(leadership_report(documents, "zh"), "拟定等次").rows
    units = [each for each in documents.assessment.units if "apart" not in each.notes]
    assert sum(int(row[1].text) for row in rows) == len(units)
    named = "、".join(row[2].text for row in rows).replace("*", "")
    for unit in units:
        assert unit.name.zh.removesuffix("分工会") in named


def test_a_branch_report_names_no_other_unit(documents: WaveDocuments) -> None:
    names = {unit.unit: unit.name.zh.removesuffix("分工会") for unit in documents.assessment.units}
    for unit in documents.assessment.units:
        said = " ".join(texts(branch_report(documents, unit.unit, "zh")))
        others = [name for other, name in names.items() if other != unit.unit and len(name) > 2 and name in said]
        assert not others, f"{unit.unit} names {others}"


def test_a_chair_reads_how_far_difficulties_came_and_why_some_stayed_silent(documents: WaveDocuments) -> None:
    unit = documents.assessment.unit("b15")
    assert unit is not None
    rows = {
        row[0].text: row[1].text for row in table_of(branch_report(documents, "b15", "zh"), "遇到的困难，办得怎样").rows
    }
    assert rows["遇到困难"] == str(unit.cases.met)
    assert rows["工会知道"] == str(unit.cases.known)
    assert rows["已经解决"] == str(unit.cases.solved)
    said = " ".join(texts(branch_report(documents, "b15", "zh")))
    assert f"{unit.cases.unknown_percent.value}%" in said
    for reason in unit.cases.silence[:3]:
        assert f"{reason.text.zh} {reason.percent}%" in said


def test_parts_that_rest_on_the_ledger_and_on_promises_are_left_out(documents: WaveDocuments) -> None:
    said = " ".join(texts(leadership_report(documents, "zh")))
    for word in ("承诺", "按期办结", "台账解决率"):
        assert word not in said


def test_the_official_return_warns_that_it_cannot_compare_branches(documents: WaveDocuments) -> None:
    report = official_return(documents, "zh", LETTERHEAD)
    page = read(report)
    assert "不能用来比较单位" in page
    assert "江理工工〔2026〕18号" in page
    released, item = next((each, each.columns_of("b33")[0]) for each in documents.polls if "b33" in each)
    found = released.distribution(item.column)
    assert found is not None
    counts = [row[1].text for row in table_of(report, "上报口径").rows[:3]]
    assert counts == [f"{entry.n:,}" for entry in found.entries]
