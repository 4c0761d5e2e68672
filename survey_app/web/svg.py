"""The few shapes that the drawings are made of: SVG with presentation attributes and the classes of base.css, no styles."""

from collections.abc import Iterable

from markupsafe import Markup

WIDE_LETTER, NARROW_LETTER = 13.2, 7.0  # widths at 13 px, a little generous


def text_width(words: str) -> float:
    """About how wide `words` are at 13 px: Chinese characters are square, Latin letters about half as wide."""
    return sum(WIDE_LETTER if ord(letter) > 0x2E7F else NARROW_LETTER for letter in words)


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "") -> Markup:
    extra = Markup(' text-anchor="{}"').format(anchor) if anchor else Markup("")
    return Markup('<text class="{}" x="{}" y="{}"{}>{}</text>').format(kind, _short(x), _short(y), extra, words)


def line(kind: str, x1: float, x2: float, y1: float, y2: float) -> Markup:
    return Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(kind, *map(_short, (x1, x2, y1, y2)))


def circle(kind: str, x: float, y: float, radius: float, title: str = "") -> Markup:
    inside = Markup("<title>{}</title>").format(title) if title else Markup("")
    return Markup('<circle class="{}" cx="{}" cy="{}" r="{}">{}</circle>').format(
        kind, _short(x), _short(y), _short(radius), inside
    )


def bar(kind: str, x: float, y: float, width: float, height: float, radius: float = 3) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="{}"/>').format(
        kind, *map(_short, (x, y, max(width, 0), height, radius))
    )


def picture(width: float, height: float, label: str, shapes: Iterable[Markup], kind: str = "") -> Markup:
    """A whole drawing: its label is a sentence that says the same."""
    return Markup('<svg class="chart {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        kind, _short(width), _short(height), label, Markup("").join(shapes)
    )


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
