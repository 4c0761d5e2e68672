"""The Word files, opened again with python-docx: real headings, native tables, vectors beside pictures, official fonts."""

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from analysis.report.branch import branch_report
from analysis.report.content import Form, Letterhead, Paragraph, Picture, Points, Report, Table
from analysis.report.documents import WaveDocuments
from analysis.report.leadership import leadership_report
from analysis.report.word import docx

LETTERHEAD = Letterhead(
    "江城理工大学工会文件", "江理工工〔2026〕18号", "学校党委", "江城理工大学工会", date(2026, 12, 1)
)


def blocks(report: Report, kind: type) -> list[object]:
    return [block for section in report.sections for block in section.blocks if isinstance(block, kind)]


@pytest.fixture(scope="module", params=["zh", "en"])
def pair(request: pytest.FixtureRequest, documents: WaveDocuments) -> tuple[Report, bytes]:
    report = leadership_report(documents, request.param)
    return report, docx(report)


def test_sections_are_real_headings(pair: tuple[Report, bytes]) -> None:
    report, file = pair
    headings = [each.text for each in Document(io.BytesIO(file)).paragraphs if each.style.name == "Heading 1"]
    assert len(headings) == len(report.sections)
    assert all(section.title in heading for section, heading in zip(report.sections, headings, strict=True))


def test_tables_are_native_and_hold_every_cell(pair: tuple[Report, bytes]) -> None:
    report, file = pair
    tables = Document(io.BytesIO(file)).tables
    wanted = blocks(report, Table) + blocks(report, Form)
    assert len(tables) == len(wanted)
    for table, block in zip(tables, blocks(report, Table), strict=False):
        assert isinstance(block, Table)
        for row, cells in zip(table.rows[1:], block.rows, strict=True):
            written = [cell.text.removesuffix(" ▲").removesuffix(" ▼") for cell in row.cells]
            expected = [cell.text for cell in cells]
            assert written == (expected if len(cells) > 1 else expected * len(written))


def test_every_sentence_is_there(pair: tuple[Report, bytes]) -> None:
    report, file = pair
    written = "\n".join(each.text for each in Document(io.BytesIO(file)).paragraphs)
    said = [block.text for block in blocks(report, Paragraph)]  # type: ignore[attr-defined]
    said += [point.text for block in blocks(report, Points) for point in block.points]  # type: ignore[attr-defined]
    assert [text for text in said if text not in written] == []


def test_pictures_are_png_with_the_vector_beside(pair: tuple[Report, bytes]) -> None:
    report, file = pair
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        names = archive.namelist()
        pictures = [name for name in names if name.endswith(".png")]
        vectors = [name for name in names if name.endswith(".svg")]
        assert len(pictures) == len(vectors) == len(blocks(report, Picture))
        for name in pictures:
            assert int.from_bytes(archive.read(name)[16:20]) > 1000  # the width a PNG names in its head
        assert archive.read(vectors[0]).startswith(b"<svg xmlns")
        assert archive.read("word/document.xml").count(b"svgBlip") == len(vectors)
    shapes = Document(io.BytesIO(file)).inline_shapes
    assert all(shape._inline.docPr.get("descr") for shape in shapes)


def test_the_head_row_of_a_table_is_repeated_on_the_next_page(pair: tuple[Report, bytes]) -> None:
    _report, file = pair
    for table in Document(io.BytesIO(file)).tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.fixture(scope="module")
def formal(documents: WaveDocuments) -> Document:
    return Document(io.BytesIO(docx(leadership_report(documents, "zh", LETTERHEAD))))


def east_asian(document: Document, style: str) -> str:
    found: str = document.styles[style].element.rPr.rFonts.get(qn("w:eastAsia"))
    return found


def test_a_formal_document_names_the_fonts_of_the_standard(formal: Document) -> None:
    assert east_asian(formal, "Title") == "方正小标宋简体"
    assert east_asian(formal, "Red Head") == "方正小标宋简体"
    assert east_asian(formal, "Normal") == "仿宋_GB2312"
    assert east_asian(formal, "Heading 1") == "黑体"
    assert east_asian(formal, "Heading 2") == "楷体_GB2312"
    assert formal.styles["Normal"].font.size.pt == 14  # 四号: 3号 would make eleven pages of eight
    assert formal.styles["Title"].font.size.pt == 22


def test_a_formal_document_has_head_number_addressee_signature_seal_and_day(formal: Document) -> None:
    texts = [each.text for each in formal.paragraphs]
    assert texts[0] == "江城理工大学工会文件"
    assert texts[1].startswith("江理工工〔2026〕18号")
    assert "签发人" in texts[1]
    assert texts[3] == "学校党委："
    signed = texts.index("江城理工大学工会")
    assert texts[signed + 1 : signed + 3] == ["（印章）", "2026年12月1日"]
    assert texts[signed + 3] == "附件 1"


def test_the_head_is_red_and_underlined_in_red(formal: Document) -> None:
    assert str(formal.styles["Red Head"].font.color.rgb) == "B8150F"
    border = formal.paragraphs[1]._p.pPr.find(qn("w:pBdr"))
    assert border.find(qn("w:bottom")).get(qn("w:color")) == "B8150F"


def test_lines_are_as_wide_as_the_standard_has_them(formal: Document) -> None:
    section = formal.sections[0]
    assert [
        round(side.mm)
        for side in (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    ] == [28, 26, 26, 28]
    assert formal.settings.odd_and_even_pages_header_footer


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to set the pages")
def test_the_formal_document_keeps_to_its_pages(documents: WaveDocuments, tmp_path: Path) -> None:
    report = leadership_report(documents, "zh", LETTERHEAD)
    (tmp_path / "formal.docx").write_bytes(docx(report))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    order = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "formal.docx"]
    subprocess.run(order, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    assert len(PdfReader(tmp_path / "formal.pdf").pages) <= report.most_pages


def test_the_action_sheet_is_a_table_to_fill_in(documents: WaveDocuments) -> None:
    sheet = Document(io.BytesIO(docx(branch_report(documents, "b15", "zh")))).tables[-1]
    assert [row.cells[0].text for row in sheet.rows] == ["序号", "1", "2", "3"]
    assert all(cell.text == "" for row in sheet.rows[1:] for cell in row.cells[1:])
