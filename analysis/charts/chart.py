"""What a chart is, and the marks it is drawn with."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

Figure = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """`svg`: markup for the page; `figure`: data and layout for plotly; `alt`: the sentence both carry."""

    svg: str
    figure: Figure = field(repr=False)
    alt: str


def svg(width: float, height: float, alt: str, marks: Iterable[str]) -> str:
    """The whole drawing; its size stands in the viewBox and is the size it is meant to be shown at."""
    inside = "".join(marks)
    return (
        f'<svg class="chart" viewBox="0 0 {_number(width)} {_number(height)}" width="{_number(width)}" '
        f'height="{_number(height)}" role="img" aria-label="{escape(alt)}">{inside}</svg>'
    )


def words(x: float, y: float, text: str, kind: str = "", anchor: str = "") -> str:
    """A line of text; `kind`: "t-ink", "t-b" (bold) or "t-s" (small); `anchor`: "middle" or "end"."""
    return f"<text{_class(kind)}{_anchor(anchor)}{_at(x=x, y=y)}>{escape(text)}</text>"


def line(kind: str, x1: float, y1: float, x2: float, y2: float, **more: str) -> str:
    """A straight line of a class of base.css; further attributes by keyword (`stroke_width` is written stroke-width)."""
    return f"<line{_class(kind)}{_at(x1=x1, y1=y1, x2=x2, y2=y2)}{_attributes(more)}/>"


def circle(kind: str, x: float, y: float, radius: float, **more: str) -> str:
    """A dot around (x, y)."""
    return f"<circle{_class(kind)}{_at(cx=x, cy=y, r=radius)}{_attributes(more)}/>"


def rect(kind: str, x: float, y: float, width: float, height: float, **more: str) -> str:
    """A rectangle from its upper left corner; a width below zero is drawn as none."""
    return f"<rect{_class(kind)}{_at(x=x, y=y, width=max(0.0, width), height=height)}{_attributes(more)}/>"


def text_width(text: str, size: float = 13) -> float:
    """About how wide a text stands in the system fonts: CJK characters are square, others a little over half."""
    return sum(size if ord(character) > 0x2E7F else size * 0.56 for character in text)


def wrapped(text: str, width: float, size: float = 13) -> list[str]:
    """The text in lines of at most `width`: between words where there are spaces, between characters in Chinese."""
    lines, current = [], ""
    for piece in _pieces(text):
        if current and text_width((current + piece).rstrip(), size) > width:
            lines.append(current.rstrip())
            current = ""
        current += piece
    return [*lines, current.rstrip()]


def _pieces(text: str) -> list[str]:
    pieces, word = [], ""
    for character in text:
        word += character
        if character == " " or ord(character) > 0x2E7F:
            pieces.append(word)
            word = ""
    return [*pieces, word] if word else pieces


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _anchor(anchor: str) -> str:
    return f' text-anchor="{anchor}"' if anchor else ""


def _at(**places: float) -> str:
    return "".join(f' {name}="{_number(value)}"' for name, value in places.items())


def _attributes(more: dict[str, str]) -> str:
    return "".join(f' {name.replace("_", "-")}="{escape(value)}"' for name, value in more.items())
