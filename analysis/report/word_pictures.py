"""Pictures in Word: PNG for every reader, and the vector beside it for those that draw SVG."""

from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length

from analysis.report.content import Picture
from analysis.report.pictures import png, size

_POINTS_A_PIXEL, _EMU_A_POINT = 0.75, 12700
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # ECMA-376 leaves room; this id is Office's for SVG


def add_picture(document: WordDocument, drawn: Picture, room: Length) -> None:
    """At its natural size, or as wide as its share of the line."""
    from io import BytesIO

    natural = size(drawn)[0] * _POINTS_A_PIXEL * _EMU_A_POINT
    paragraph = document.add_paragraph(style="Drawing")
    shape = paragraph.add_run().add_picture(BytesIO(png(drawn)), width=round(min(natural, room * drawn.width)))
    inline: Any = shape._inline  # noqa: SLF001 - python-docx has no word for alternative texts and vectors
    inline.docPr.set("descr", drawn.alt)
    _beside(document, inline, drawn.svg)


def _beside(document: WordDocument, inline: Any, svg: str) -> None:
    number = sum(str(part.partname).endswith(".svg") for part in document.part.package.iter_parts()) + 1
    part = Part(PackURI(f"/word/media/vector{number}.svg"), "image/svg+xml", svg.encode(), document.part.package)
    reference = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = inline.graphic.graphicData.pic.blipFill.blip
    extensions, extension = OxmlElement("a:extLst"), OxmlElement("a:ext")
    extension.set("uri", _EXTENSION)
    vector = extension.makeelement(f"{{{_SVG}}}svgBlip", {qn("r:embed"): reference}, nsmap={"asvg": _SVG})
    extension.append(vector)
    extensions.append(extension)
    blip.append(extensions)
