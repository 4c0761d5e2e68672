"""A report as Word: editable, real headings, native tables, pictures as PNG with the vector beside; opens in WPS."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from analysis.report.content import Block, Cell, Column, Form, Paragraph, Picture, Points, Report, Section, Side, Table
from analysis.report.figures import day_words
from analysis.report.language import speech
from analysis.report.pdf import heading, numbered_leads
from analysis.report.word_pictures import add_picture
from analysis.report.word_styles import INK_SOFT, TONES, Dress, dress_of, lay_out, lined, ruled

KEPT_TOGETHER = 12  # rows that stand on one page
SIDES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def docx(report: Report) -> bytes:
    """The report as a .docx; raises MissingFont, since its pictures are set with typst."""
    document = Document()
    dress = dress_of(report)
    lay_out(document, dress, report)
    writer = _Writer(document, dress, report)
    if report.letterhead:
        writer.head()
    document.add_paragraph(report.title, style="Title")
    if report.letterhead:
        document.add_paragraph(f"{report.letterhead.addressee}：", style="Body Text")
    elif report.head:
        document.add_paragraph(report.head, style="Caption")
    if report.opening:
        writer.body(report.opening)
    for place, section in enumerate(report.body):
        writer.section(heading(place, section, report), section)
    if report.letterhead:
        writer.signature()
    for place, section in enumerate(report.annexes):
        writer.annex(place, section)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class _Writer:
    """Writes blocks one after the other into one document."""

    def __init__(self, document: WordDocument, dress: Dress, report: Report) -> None:
        self.document, self.dress, self.report = document, dress, report
        self._ = speech(report.language)

    def head(self) -> None:
        """The red head: organisation, number and who signs, the red line."""
        letter = self.report.letterhead
        assert letter is not None
        self.document.add_paragraph(letter.organisation, style="Red Head")
        line = self.document.add_paragraph(style="Number")
        line.add_run(f"{letter.number}\t{self._('签发人')}：　　　")
        ruled(line)

    def signature(self) -> None:
        """The list of annexes, then signatory, room for the seal, and the day."""
        letter = self.report.letterhead
        assert letter is not None
        for place, annex in enumerate(self.report.annexes):
            lead = f"{self._('附件')}：" if place == 0 else "　　　"
            self.body(f"{lead}{place + 1}. {annex.title}")
        self.document.add_paragraph(letter.signatory, style="Signature").paragraph_format.space_before = Pt(10)
        seal = self.document.add_paragraph(style="Signature")
        seal.add_run(self._("（印章）")).font.color.rgb = INK_SOFT
        self.document.add_paragraph(day_words(letter.day, self.report.language), style="Signature")

    def annex(self, place: int, section: Section) -> None:
        label = self.document.add_paragraph(f"{self._('附件')} {place + 1}", style="Annex")
        label.paragraph_format.page_break_before = place == 0
        self.document.add_paragraph(section.title, style="Heading 1").alignment = WD_ALIGN_PARAGRAPH.CENTER
        for block in section.blocks:
            self.block(block)

    def section(self, title: str, section: Section) -> None:
        words = self.document.add_paragraph(title, style="Heading 1")
        words.paragraph_format.page_break_before = section.new_page and not self.report.formal
        for block in numbered_leads(section, self.report):
            self.block(block)

    def block(self, block: Block) -> None:
        writers: dict[type, Callable[[Any], None]] = {
            Paragraph: self.paragraph,
            Points: self.points,
            Table: self.table,
            Form: self.form,
            Picture: self.picture,
        }
        writers[type(block)](block)

    def body(self, text: str) -> WordParagraph:
        return self.document.add_paragraph(text, style="Normal")

    def paragraph(self, block: Paragraph) -> None:
        style = {"note": "Note", "say": "Say"}.get(block.kind, "Normal")
        self._led(self.document.add_paragraph(style=style), block)

    def points(self, block: Points) -> None:
        style = "Normal" if self.report.formal else "List Number" if block.numbered else "List Bullet"
        for point in block.points:
            self._led(self.document.add_paragraph(style=style), point)

    def _led(self, paragraph: WordParagraph, words: Paragraph) -> None:
        if words.lead:
            paragraph.add_run(words.lead).bold = True
        paragraph.add_run(words.text)

    def picture(self, block: Picture) -> None:
        if block.caption:
            self.document.add_paragraph(block.caption, style="Caption")
        add_picture(self.document, block, Length(round(self.dress.width * (0.84 if self.dress.formal else 1))))

    def table(self, block: Table) -> None:
        if block.caption:
            self.document.add_paragraph(block.caption, style="Caption")
        table = self._sheet(block.columns, len(block.rows))
        for row, cells in zip(table.rows[1:], block.rows, strict=True):
            written = row.cells
            if len(cells) == 1 and len(block.columns) > 1:
                self._write(written[0].merge(written[-1]), Cell(cells[0].text, "muted"), "left", small=block.small)
                continue
            for cell, column, place in zip(cells, block.columns, written, strict=True):
                self._write(place, cell, column.side, small=block.small)
        self._write_heads(table, block.columns, small=block.small)
        if len(block.rows) <= KEPT_TOGETHER:
            for row in table.rows[:-1]:
                for place in row.cells:
                    place.paragraphs[0].paragraph_format.keep_with_next = True
        if block.note:
            self.document.add_paragraph(block.note, style="Note")

    def form(self, block: Form) -> None:
        if block.caption:
            self.document.add_paragraph(block.caption, style="Caption")
        table = self._sheet(block.columns, block.lines)
        self._write_heads(table, block.columns, small=False)
        for place, row in enumerate(table.rows[1:]):
            row.height = Mm(18)
            self._write(row.cells[0], Cell(str(place + 1)), "center", small=False)

    def _sheet(self, columns: tuple[Column, ...], rows: int) -> WordTable:
        table: WordTable = self.document.add_table(rows + 1, len(columns), style="Table Grid")
        table.autofit = False
        lined(table, self.dress)
        whole = sum(column.width for column in columns)
        for column, grid in zip(columns, table.columns, strict=True):
            grid.width = round(self.dress.width * column.width / whole)
            for cell in grid.cells:
                cell.width = grid.width
        for row in table.rows:  # a row is never torn in two
            row._tr.get_or_add_trPr().append(row._tr.makeelement(qn("w:cantSplit"), {}))  # noqa: SLF001
        head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no word for a repeated head
        head.append(head.makeelement(qn("w:tblHeader"), {}))
        return table

    def _write_heads(self, table: WordTable, columns: tuple[Column, ...], *, small: bool) -> None:
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            self._write(cell, Cell(column.title, "strong"), "center", small=small)
            shade = cell._tc.get_or_add_tcPr()  # noqa: SLF001
            shade.append(shade.makeelement(qn("w:shd"), {qn("w:val"): "clear", qn("w:fill"): "F4F4F4"}))

    def _write(self, place: Any, cell: Cell, side: Side, *, small: bool) -> None:
        paragraph = place.paragraphs[0]
        paragraph.style = self.document.styles["Cell"]
        paragraph.alignment = SIDES[side]
        if small:
            paragraph.paragraph_format.line_spacing = Pt(round(1.3 * self.dress.small_cell))
        mark = {"high": " ▲", "low": " ▼"}.get(cell.tone, "")
        run = paragraph.add_run(cell.text + mark)
        run.font.size = Pt(self.dress.small_cell if small else self.dress.cell)
        run.bold = cell.tone in {"strong", "high", "low"}
        if cell.tone in TONES:
            run.font.color.rgb = TONES[cell.tone]
