"""All units in one drawing: a row each, by type, a dot and its interval on one axis; coloured only where classed."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.charts import Chart
from analysis.charts.chart import circle, line, svg, text_width, words
from analysis.charts.wording import listed, spanned, valued

_ROW, _HEAD = 21.0, 24.0


@dataclass(frozen=True, slots=True)
class StripRow:
    """A unit; one without a value is a heading."""

    label: str
    value: int | None = None
    low: int | None = None
    high: int | None = None
    tone: str = ""
    word: str = ""


def unit_strip(rows: Sequence[StripRow], reference: int | None, language: str, *, width: float = 640) -> Chart:
    """Dots on an axis of whole tens around all intervals; the dashed line is the whole university."""
    shown = [row for row in rows if row.value is not None]
    ends = [end for row in shown for end in (row.low, row.value, row.high) if end is not None] or [0, 100]
    low, high = max(0, min(ends) // 10 * 10), min(100, -(-max(ends) // 10) * 10)
    left = max([120.0, *(text_width(row.label) + 14 for row in rows)])
    room = width - left - 120

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * room

    foot = _HEAD + _ROW * len(rows)
    marks = [line("axis", x(tick), 18, x(tick), foot) for tick in range(low, high + 1, 10)]
    marks += [words(x(tick), 12, str(tick), "t-s", "middle") for tick in range(low, high + 1, 10)]
    if reference is not None:
        marks.append(line("ref", x(reference), 18, x(reference), foot))
    for place, row in enumerate(rows):
        marks += _row(row, _HEAD + _ROW * (place + 0.5), x, left, width)
    alt = listed(language, [valued(language, row.label, f"{row.value}", row.low, row.high) for row in shown])
    return Chart(svg(width, foot + 4, alt, marks), {}, alt)


def _row(row: StripRow, y: float, x: object, left: float, width: float) -> list[str]:
    assert callable(x)
    if row.value is None:
        return [words(0, y + 4.5, row.label, "t-s"), line("axis", left, y, width, y)]
    drawn = [words(0, y + 4.5, row.label, "t-ink")]
    marks = []
    if row.low is not None and row.high is not None:
        marks.append(line("iv", x(row.low), y, x(row.high), y))
        drawn.append(words(width - 86, y + 4.5, spanned(row.low, row.high), "t-s"))
    marks.append(circle("dot", x(row.value), y, 4.5))
    drawn.append(f'<g class="{row.tone or "flat"}">{"".join(marks)}</g>')
    drawn.append(words(width - 112, y + 4.5, str(row.value), "t-b"))
    if row.word:
        drawn.append(words(width, y + 4.5, row.word, "t-b" if row.tone else "t-s", "end"))
    return drawn
