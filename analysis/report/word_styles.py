"""How Word documents are dressed: plain, or as GB/T 9704 wants a formal one, with its fonts by name."""

from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from analysis.report.content import Report

INK, INK_SOFT, PETROL = RGBColor(0x23, 0x21, 0x1D), RGBColor(0x6A, 0x65, 0x5B), RGBColor(0x0F, 0x55, 0x65)
OCHRE, RED = RGBColor(0x8F, 0x54, 0x10), RGBColor(0xB8, 0x15, 0x0F)
TONES = {"high": PETROL, "low": OCHRE, "muted": INK_SOFT}
#: Where a machine lacks the font of the first name, Word takes the second.
OTHER_NAMES = {"仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "华文中宋"}


@dataclass(frozen=True, slots=True)
class Dress:
    """Fonts by name, sizes in points; `width` of the text.

    A formal document has 2号 (22 pt) for its title and 四号 (14 pt) for its text: GB/T 9704 has 3号 (16 pt) and lets the
    sender adjust where a document needs it; with 3号 this report runs to eleven pages, and leaders were promised eight.
    """

    formal: bool
    title: str
    heading: str
    body: str
    latin: str
    size: float
    title_size: float
    heading_size: float
    cell: float
    small_cell: float
    margins: tuple[float, float, float, float]  # mm: top, right, bottom, left
    line: float | None  # exact line height in points
    indent: int  # characters

    @property
    def width(self) -> Length:
        return Mm(210 - self.margins[1] - self.margins[3])


FORMAL = Dress(
    True, "方正小标宋简体", "黑体", "仿宋_GB2312", "Times New Roman", 14, 22, 14, 10, 8.5, (28, 26, 26, 28), 22, 2
)  # fmt: skip
PLAIN = Dress(False, "宋体", "黑体", "微软雅黑", "Calibri", 10.5, 20, 14, 9, 8, (20, 22, 20, 22), None, 0)


def dress_of(report: Report) -> Dress:
    """Formal where the report has a letterhead, else plain."""
    return FORMAL if report.formal else PLAIN


def lay_out(document: WordDocument, dress: Dress, report: Report) -> None:
    """Page, styles, page numbers and properties of an empty document."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, right, bottom, left = dress.margins
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    document.core_properties.title = report.title
    document.core_properties.author = report.letterhead.signatory if report.letterhead else ""
    document.core_properties.language = "zh-CN" if report.language == "zh" else "en-GB"
    document.core_properties.comments = ""
    _styles(document, dress)
    _page_numbers(document, dress)
    _other_names(document)


def _styles(document: WordDocument, dress: Dress) -> None:
    normal = document.styles["Normal"]
    _speak_chinese(document)
    _font(normal, dress.body, dress, dress.size)
    normal.paragraph_format.space_after = Pt(0 if dress.formal else 5)
    _lines(normal, dress)
    if dress.indent:
        _indent(normal, dress.indent)
    title = document.styles["Title"]
    _font(title, dress.title, dress, dress.title_size, bold=not dress.formal)
    _no_border(title)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER if dress.formal else WD_ALIGN_PARAGRAPH.LEFT
    title.paragraph_format.space_after = Pt(18 if dress.formal else 4)
    _indent(title, 0)
    first, second = document.styles["Heading 1"], document.styles["Heading 2"]
    _font(first, dress.heading, dress, dress.heading_size, bold=not dress.formal)
    first.paragraph_format.space_before = Pt(0 if dress.formal else 12)
    first.paragraph_format.space_after = Pt(0 if dress.formal else 5)
    _font(second, "楷体_GB2312", dress, dress.heading_size)
    _more_styles(document, dress)


def _more_styles(document: WordDocument, dress: Dress) -> None:
    addressee = document.styles["Body Text"]
    _indent(addressee, 0)
    caption = document.styles["Caption"]
    _font(caption, "黑体", dress, dress.cell, color=INK if dress.formal else INK_SOFT, bold=False)
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER if dress.formal else WD_ALIGN_PARAGRAPH.LEFT
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(6), Pt(3)
    _indent(caption, 0)
    for name, font, size in (
        ("Cell", "宋体" if dress.formal else dress.body, dress.cell),
        ("Note", "宋体" if dress.formal else dress.body, dress.cell),
    ):
        style = _new(document, name)
        _font(style, font, dress, size, color=INK_SOFT if name == "Note" else INK)
        # Exact: the "single" line of a Chinese font is half as high again as its letters, and differs by machine.
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        style.paragraph_format.line_spacing = Pt(round(1.3 * size))
        style.paragraph_format.space_before = Pt(3 if name == "Note" else 1)
        style.paragraph_format.space_after = Pt(6 if name == "Note" else 1)
        _indent(style, 0)
    say = _new(document, "Say")
    _font(say, dress.body, dress, dress.size if dress.formal else 12)
    drawn = _new(document, "Drawing")
    drawn.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    drawn.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER if dress.formal else WD_ALIGN_PARAGRAPH.LEFT
    _indent(drawn, 0)
    if dress.formal:
        _formal_styles(document, dress)


def _formal_styles(document: WordDocument, dress: Dress) -> None:
    head = _new(document, "Red Head")
    _font(head, dress.title, dress, 40, color=RED)
    head.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    head.paragraph_format.space_after = Pt(24)
    number = _new(document, "Number")
    number.paragraph_format.left_indent, number.paragraph_format.right_indent = Pt(16), Pt(16)
    number.paragraph_format.space_after = Pt(24)
    number.paragraph_format.tab_stops.add_tab_stop(Length(dress.width - Pt(32)), WD_TAB_ALIGNMENT.RIGHT)
    signature = document.styles["Signature"] if "Signature" in document.styles else _new(document, "Signature")
    signature.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    signature.paragraph_format.right_indent = Pt(64)
    signature.paragraph_format.keep_with_next = True
    annex = _new(document, "Annex")
    _font(annex, "黑体", dress, dress.size)
    annex.paragraph_format.keep_with_next = True
    for each in (head, number, signature, annex):
        _indent(each, 0)


def _speak_chinese(document: WordDocument) -> None:
    """Chinese punctuation stands as on the mainland whatever the reader's own language is."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def lined(table: Any, dress: Dress) -> None:
    """Narrow margins in cells; a formal table is ruled all round, a plain one has hairlines under its rows."""
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no word for borders and margins
    if not dress.formal:
        borders = OxmlElement("w:tblBorders")
        for side, size, colour in (("top", 8, "23211D"), ("bottom", 4, "CFC7B7"), ("insideH", 4, "CFC7B7")):
            edge = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour)):
                edge.set(qn(f"w:{name}"), value)
            borders.append(edge)
        for side in ("left", "right", "insideV"):
            edge = OxmlElement(f"w:{side}")
            edge.set(qn("w:val"), "nil")
            borders.append(edge)
        properties.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "45")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties.append(margins)


def _new(document: WordDocument, name: str) -> Any:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    return style


def _font(style: Any, name: str, dress: Dress, size: float, *, color: RGBColor = INK, bold: bool = False) -> None:
    style.font.name = dress.latin  # first the Latin name: it makes the element the East-Asian one hangs on
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), name)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = INK if color is None else color


def _indent(style: Any, characters: int) -> None:
    """The first line's indent in characters, as Chinese documents count it."""
    spacing = style.element.get_or_add_pPr().get_or_add_ind()
    spacing.set(qn("w:firstLineChars"), str(100 * characters))
    spacing.set(qn("w:firstLine"), "0" if not characters else str(round(characters * FORMAL.size * 20)))


def _lines(style: Any, dress: Dress) -> None:
    if dress.line:
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        style.paragraph_format.line_spacing = Pt(dress.line)
    else:
        style.paragraph_format.line_spacing = 1.3


def _no_border(style: Any) -> None:
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        border.getparent().remove(border)


def ruled(paragraph: WordParagraph) -> None:
    """The red line under the head."""
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", "B8150F")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001 - python-docx has no word for borders


def _page_numbers(document: WordDocument, dress: Dress) -> None:
    """— 1 —, to the outside of the page in a formal document."""
    section = document.sections[0]
    section.footer_distance = Mm(25 if dress.formal else 10)
    document.settings.odd_and_even_pages_header_footer = dress.formal
    sides = [(section.footer, WD_ALIGN_PARAGRAPH.RIGHT if dress.formal else WD_ALIGN_PARAGRAPH.CENTER)]
    if dress.formal:
        sides.append((section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in sides:
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        _indent(paragraph.style, 0)
        paragraph.add_run("— ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" —")
        for run in paragraph.runs:
            run.font.size = Pt(14 if dress.formal else 9)


def _field(paragraph: WordParagraph, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()._r  # noqa: SLF001 - python-docx has no word for fields
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run.append(element)


def _other_names(document: WordDocument) -> None:
    """Tells Word which font to take where the one named is missing."""
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            told = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in OTHER_NAMES.items()
            )
            part._blob = part.blob.replace(b"</w:fonts>", told.encode() + b"</w:fonts>")  # noqa: SLF001
