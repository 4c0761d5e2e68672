"""Downloads at leadership's door, from the demo: who gets which file, its name, its head, and the record of research files."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pyreadstat
import pytest
from docx import Document
from flask.testing import FlaskClient
from markupsafe import escape
from openpyxl import load_workbook
from pypdf import PdfReader
from werkzeug.test import TestResponse

from analysis.report.branch import branch_report
from analysis.report.content import Paragraph
from analysis.report.leadership import leadership_report
from analysis.report.official_return import official_return
from analysis.report.staff import staff_report
from survey_app.app import create_app
from survey_app.services import auditing, signing_in
from survey_app.services.assessing import released_assessment
from survey_app.services.reporting_documents import documents_of
from survey_app.settings import Settings
from survey_app.store.engines import Stores
from tests.demo_instance import DemoInstance, demo_instance, own_demo_instance

__all__ = ["demo_instance", "own_demo_instance"]

YEAR = "/leadership/years/2026"


class Door:
    """The app over a demo instance, and its officers."""

    def __init__(self, demo: DemoInstance, stores: Stores) -> None:
        settings = Settings(demo.folder, demo.registry_url, demo.ballot_box_url, secret="x" * 48)
        self.app, self.stores, self.demo = create_app(settings), stores, demo
        self.app.config.update(TODAY=demo.today, WTF_CSRF_ENABLED=False)

    def of(self, name: str) -> FlaskClient:
        client = self.app.test_client()
        token = signing_in.sign_in(self.stores, name, f"demo-{name}", datetime.now(UTC))
        with client.session_transaction(base_url="http://localhost/leadership/", path="/leadership/") as session:
            session["token"] = token
        return client


@pytest.fixture(scope="module")
def door(demo_instance: DemoInstance) -> Iterator[Door]:
    with demo_instance.open() as stores:
        yield Door(demo_instance, stores)


def got(client: FlaskClient, address: str) -> TestResponse:
    response = client.get(f"{YEAR}/{address}")
    assert response.status_code == 200, address
    return response


@pytest.mark.parametrize("reader", ["leadership", "staff", "official-return", "branch"])
def test_leadership_gets_every_report_as_pdf_and_word(door: Door, reader: str) -> None:
    unit = "?unit=b15" if reader == "branch" else ""
    client = door.of("liangdong")
    assert PdfReader(io.BytesIO(got(client, f"reports/{reader}.pdf{unit}").data)).pages
    assert Document(io.BytesIO(got(client, f"reports/{reader}.docx{unit}").data)).paragraphs


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("reader", ["leadership", "staff", "official-return", "branch?unit=b15"])
def test_every_report_is_a_page_too_with_the_same_sentences(door: Door, reader: str, language: str) -> None:
    mark = "&" if "?" in reader else "?"
    page = got(door.of("liangdong"), f"reports/{reader}{mark}lang={language}").text
    name, _, unit = reader.partition("?unit=")
    documents = documents_of(door.stores, "2026")
    report = {
        "leadership": lambda: leadership_report(documents, language),
        "staff": lambda: staff_report(documents, language),
        "official-return": lambda: official_return(documents, language),
        "branch": lambda: branch_report(documents, unit, language),
    }[name]()
    assert "<svg" in page or name in {"staff", "official-return"}
    assert "style=" not in page
    for section in report.sections:
        assert str(escape(section.title)) in page
        for block in section.blocks:
            if isinstance(block, Paragraph):
                assert str(escape(block.text)) in page


def test_a_branch_officer_reads_the_own_page_and_no_other(door: Door) -> None:
    client = door.of("chenjing")
    assert got(client, "reports/branch?unit=b15").status_code == 200
    for address in ("reports/branch?unit=b09", "reports/leadership", "reports/official-return"):
        assert client.get(f"{YEAR}/{address}").status_code == 404


def test_files_have_chinese_names(door: Door) -> None:
    head = got(door.of("liangdong"), "reports/leadership.pdf").headers["Content-Disposition"]
    assert quote("2026年度评议结果（校领导）.pdf") in head
    assert (
        got(door.of("liangdong"), "cells.xlsx").headers["Content-Disposition"].endswith(quote("2026年度公布数据.xlsx"))
    )


def test_the_formal_report_carries_what_was_typed_in(door: Door) -> None:
    address = f"reports/leadership.docx?formal=1&number={quote('江理工工〔2026〕18号')}&addressee={quote('学校党委')}"
    texts = [each.text for each in Document(io.BytesIO(got(door.of("liangdong"), address).data)).paragraphs]
    assert texts[0] == "江城理工大学工会文件"
    assert texts[1].startswith("江理工工〔2026〕18号")
    assert "学校党委：" in texts


def test_reports_speak_the_language_of_the_page(door: Door) -> None:
    client = door.of("liangdong")
    got(client, "downloads?lang=en")
    text = PdfReader(io.BytesIO(got(client, "reports/staff.pdf").data)).pages[0].extract_text()
    assert "what you told us" in text


def test_a_branch_officer_gets_the_own_unit_alone(door: Door) -> None:
    client = door.of("chenjing")
    got(client, "reports/branch.pdf?unit=b15")
    got(client, "reports/staff.docx?unit=b15")
    for address in (
        "reports/leadership.pdf",
        "reports/official-return.docx",
        "reports/branch.pdf?unit=b12",
        "reports/branch.docx",
        "reports/staff.pdf",
        "reports/staff.pdf?unit=b12",
    ):
        assert client.get(f"{YEAR}/{address}").status_code == 404, address


def test_a_branch_officer_sees_no_other_unit_on_the_page_or_in_the_data(door: Door) -> None:
    client = door.of("chenjing")
    page = got(client, "downloads").text
    names = [unit.name.zh for unit in released_assessment(door.stores, "2026").units]
    assert [name for name in names if name in page] == ["医学院分工会"]
    book = load_workbook(io.BytesIO(got(client, "cells.xlsx").data))
    ids = {line[1] for sheet in book for line in sheet.iter_rows(min_row=2, max_col=3, values_only=True)}
    units = {unit.id for released in documents_of(door.stores, "2026").polls for unit in released.units}
    assert ids & units == {"ALL", "b15"}


@pytest.mark.parametrize("address", ["downloads", "reports/leadership.pdf", "cells.csv"])
def test_a_year_that_was_not_assessed_is_not_found(door: Door, address: str) -> None:
    assert door.of("liangdong").get(f"/leadership/years/1999/{address}").status_code == 404


@pytest.mark.parametrize(
    "address", ["reports/leadership.exe", "reports/nobody.pdf", "reports/branch.pdf?unit=zz", "cells.exe"]
)
def test_files_that_are_not_made_are_not_found(door: Door, address: str) -> None:
    assert door.of("liangdong").get(f"{YEAR}/{address}").status_code == 404


def test_without_a_font_the_page_names_the_package(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    from analysis.report import fonts

    monkeypatch.setitem(__import__("sys").modules, "noto_cjk_sans_otc", None)
    fonts.chinese_fonts.cache_clear()
    response = door.of("liangdong").get(f"{YEAR}/reports/staff.pdf")
    fonts.chinese_fonts.cache_clear()
    assert response.status_code == 503
    assert "noto-cjk-sans-otc" in response.text


def test_the_research_file_is_an_administrators_and_recorded(own_demo_instance: DemoInstance, tmp_path: Path) -> None:
    with own_demo_instance.open() as stores:
        door = Door(own_demo_instance, stores)
        for name in ("liangdong", "zhoumin", "chenjing"):
            assert door.of(name).post("/leadership/home-2026/research").status_code == 403
        made = door.of("admin").post("/leadership/home-2026/research")
        assert made.status_code == 200
        with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
            statement = archive.read("说明.txt").decode()
            (tmp_path / "home.sav").write_bytes(archive.read("home-2026.sav"))
        read, _meta = pyreadstat.read_sav(str(tmp_path / "home.sav"), output_format="polars")
        assert f"共 {read.height} 行" in statement
        assert "k-匿名" in statement
        assert [
            (each.officer_name, each.object_) for each in auditing.entries(stores) if each.action == "research_file"
        ] == [("admin", "home-2026")]


def test_documents_of_a_year_are_its_own_polls_and_those_before(door: Door) -> None:
    found = documents_of(door.stores, "2026")
    assert {each.poll.id for each in found.polls} == {"home-2026", "needs-2026"}
    assert {each.poll.id for each in found.polls_before} == {"home-2025", "needs-2025"}
