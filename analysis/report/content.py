"""What a report says, apart from how it is set: the same content becomes PDF, Word and a page.

Texts are plain words in one language; figures stand in them with base and interval. A picture is a self-contained SVG.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Tone = Literal["", "high", "low", "muted", "strong"]
Side = Literal["left", "center", "right"]
Reader = Literal["leadership", "branch", "staff", "official_return"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` are its first words, set apart. Kinds: "say" a sentence to remember, "note" small print."""

    text: str
    lead: str = ""
    kind: Literal["body", "say", "note"] = "body"


@dataclass(frozen=True, slots=True)
class Points:
    """Short points, one under the other."""

    points: tuple[Paragraph, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`tone`: "high" and "low" only where a class says so; "muted" where there is no number."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is a share of the line; 2 is twice as wide as 1."""

    title: str
    width: float = 1
    side: Side = "center"


@dataclass(frozen=True, slots=True)
class Table:
    """A row of one cell is a heading inside the table. `small`: many columns, smaller print."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A vector drawing with its sentence; `width` is its share of the line. `marks`: the same without colours of its own,
    for a page whose style sheet knows the marks of charts.
    """

    svg: str
    alt: str
    caption: str = ""
    width: float = 1
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A table to fill in by hand: `lines` empty lines under the heads, the first column numbered."""

    caption: str
    columns: tuple[Column, ...]
    lines: int


Block = Paragraph | Points | Table | Picture | Form


@dataclass(frozen=True, slots=True)
class Section:
    """`new_page`: begins one. `annex`: in a formal document it stands behind the signature."""

    title: str
    blocks: tuple[Block, ...]
    new_page: bool = False
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The formal dress of a Chinese document (GB/T 9704): red head, number, addressee, who signs, and the day."""

    organisation: str
    number: str
    addressee: str
    signatory: str
    day: date


@dataclass(frozen=True, slots=True)
class Report:
    """One report for one reader in one language. `head`: a line of facts under the title; `most_pages` it may have."""

    reader: Reader
    language: str
    title: str
    head: str
    sections: tuple[Section, ...]
    most_pages: int
    file_name: str
    letterhead: Letterhead | None = None
    opening: str = ""

    @property
    def formal(self) -> bool:
        return self.letterhead is not None

    @property
    def body(self) -> tuple[Section, ...]:
        """The sections in front of the signature; all of them where nobody signs."""
        return tuple(each for each in self.sections if not (self.formal and each.annex))

    @property
    def annexes(self) -> tuple[Section, ...]:
        return tuple(each for each in self.sections if self.formal and each.annex)
