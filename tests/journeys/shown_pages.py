"""What pages and reports show: the numbers in the cells of their tables with the units each row is about."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

NUMBER = re.compile(r"\d[\d,]*")
UNIT = re.compile(r"/units/([^/?#]+)")


@dataclass
class ShownRow:
    """A row of a table: the units it links to, its first words, and the texts of its cells."""

    units: set[str] = field(default_factory=set)
    cells: list[str] = field(default_factory=list)
    head: str = ""

    @property
    def numbers(self) -> set[int]:
        return {number for text in self.cells for number in numbers_in(text)}


def numbers_in(text: str) -> set[int]:
    """The whole numbers of a text, without their sign."""
    return {int(found.replace(",", "")) for found in NUMBER.findall(text)}


class ShownTables(HTMLParser):
    """The rows of every table of a page; drawings inside cells have words of their own and are left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[ShownRow] = []
        self._cell: str | None = None
        self._drawing = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._cell == "td" and self.rows and self.rows[-1].cells:
            self.rows[-1].cells[-1] += " "  # figures side by side are two numbers
        if tag == "tr":
            self.rows.append(ShownRow())
        elif tag in {"td", "th"}:
            self._cell = tag
            if tag == "td" and self.rows:
                self.rows[-1].cells.append("")
        elif tag == "svg":
            self._drawing += 1
        elif tag == "a" and self._cell and self.rows and (found := UNIT.search(dict(attrs).get("href") or "")):
            self.rows[-1].units.add(found[1])

    def handle_data(self, data: str) -> None:
        if self._cell == "td" and self.rows and not self._drawing:
            self.rows[-1].cells[-1] += data
        elif self._cell == "th" and self.rows:
            self.rows[-1].head += data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._cell = None
        elif tag == "svg":
            self._drawing -= 1
