"""XML from outside as plain elements: no document types, so no entities and nothing fetched; depth and number limited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from questionnaires.formats.drafts import LARGEST_FILE
from questionnaires.formats.notes import UnreadableFile, unreadable

_MOST_ELEMENTS, _DEEPEST = 400_000, 20


@dataclass(slots=True)
class Element:
    tag: str
    line: int
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def first(self, tag: str) -> Element | None:
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> Iterator[Element]:
        return (child for child in self.children if child.tag == tag)


def elements(data: bytes) -> Element:
    """The root of the document; raises UnreadableFile naming the line."""
    if len(data) > LARGEST_FILE:
        raise unreadable("", "文件超过 10 MB。", "The file is larger than 10 MB.")
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise unreadable(
            f"line {error.lineno}", "这不是完整的 XML。", f"This is not whole XML: {expat.ErrorString(error.code)}."
        ) from None
    except (LookupError, ValueError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise unreadable("", "XML 的编码无法识别。", "The encoding of the XML is unknown.") from None
    assert reader.root is not None
    return reader.root


class _Reader:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0

    def _place(self) -> str:
        return f"line {self.parser.CurrentLineNumber}"

    def _doctype(self, *_: object) -> None:
        raise unreadable(self._place(), "不允许文档类型声明（实体）。", "Document types (entities) are not allowed.")

    def _start(self, tag: str, _: object) -> None:
        self.count += 1
        if self.count > _MOST_ELEMENTS or len(self.open) >= _DEEPEST:
            raise unreadable(
                self._place(), "元素太多或嵌套太深。", "There are too many elements, or they are nested too deep."
            )
        element = Element(tag, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def _end(self, _: str) -> None:
        self.open.pop()

    def _words(self, words: str) -> None:
        self.open[-1].text += words
