"""Dots with intervals: criteria, item scores, one figure over two waves, best-worst."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from analysis.charts.chart import Chart, circle, line, rect, svg, text_width, words, wrapped
from analysis.charts.plotly_style import ACCENT, ACCENT_SOFT, OLD, SURFACE, figure
from analysis.charts.wording import listed, minus, not_shown, not_shown_briefly, said, spanned, valued
from analysis.disclosure.released import CriterionFigure, ItemFigure, Released, Withheld

Part = Literal["mean", "top_two_box", "share"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One row: value and interval, perhaps last year's value and the comparison group's."""

    label: str
    value: int | None
    low: int | None
    high: int | None
    withheld: Withheld | None
    old: int | None = None
    reference: int | None = None
    hollow: bool = False  # the row itself is of an earlier wave
    why: str = ""  # in words, where there is no value and the reason is none of the gate's codes


def criteria_dots(
    released: Released,
    unit: str,
    language: str,
    *,
    earlier: Released | None = None,
    compare: str | None = None,
    width: float = 640,
) -> Chart:
    """The criteria of one unit; a hollow dot for the earlier wave, an upright line for the row `compare` (e.g. "ALL")."""
    old = {each.criterion: each.score for each in _criteria(earlier, unit)}
    other = {each.criterion: each.score for each in released.criteria(compare)} if compare else {}
    marks = [
        Mark(
            released.criterion(each.criterion).name.in_language(language),
            each.score,
            each.low,
            each.high,
            each.withheld,
            old.get(each.criterion),
            other.get(each.criterion),
        )
        for each in released.criteria(unit)
    ]
    return dots(marks, language, width=width)


def score_dots(released: Released, unit: str, columns: Sequence[str], language: str, *, width: float = 640) -> Chart:
    """The mean scores of several columns of one unit."""
    marks = [_mark(released, unit, column, language, "mean") for column in columns]
    return dots(marks, language, width=width)


def wave_dots(
    released: Released,
    unit: str,
    column: str,
    language: str,
    *,
    part: Part = "top_two_box",
    earlier: Released | None = None,
    width: float = 340,
) -> Chart:
    """One figure this wave and, below it and hollow, the wave before."""
    unit_sign = "" if part == "mean" else "%"
    marks = [replace(_mark(released, unit, column, language, part), label=_wave(released, language))]
    if earlier is not None and column in earlier and _has(earlier, unit):
        before = _mark(earlier, unit, column, language, part)
        marks.append(replace(before, label=_wave(earlier, language), hollow=True))
    return dots(marks, language, width=width, sign=unit_sign)


def best_worst_dots(
    released: Released,
    unit: str,
    columns: Sequence[str],
    language: str,
    *,
    limit: int | None = None,
    width: float = 640,
) -> Chart:
    """Best-worst scores (-100 to 100), the most wanted first; the upright line is zero."""
    marks = [replace(_mark(released, unit, column, language, "mean"), reference=0) for column in columns]
    marks.sort(key=lambda mark: -(mark.value if mark.value is not None else -101))
    return dots(marks[:limit], language, width=width, lowest=-100)


def dots(marks: Sequence[Mark], language: str, *, width: float, sign: str = "", lowest: int = 0) -> Chart:
    """The chart of these rows: labels beside the marks where they fit, above them where not. `lowest` -100: best-worst."""
    alt = listed(language, [_sentence(mark, language, sign) for mark in marks]) or said(language, "nothing")
    low, high = _axis(marks, lowest)
    label_width = max((text_width(mark.label) for mark in marks), default=0.0) + 14
    # Labels beside the marks, or on lines of their own above them; a wide drawing has room for long ones.
    beside = label_width <= width * (0.46 if width >= 600 else 0.4)
    left, right = (label_width if beside else 6.0), width - 92
    step, middle = (36.0, 18.0) if beside else (30.0, 10.0)

    def x(value: float) -> float:
        return left + (min(max(value, low), high) - low) / (high - low) * (right - left)

    drawn, y = [], 24.0
    for mark in marks:
        if not beside:
            for text in wrapped(mark.label, width):
                y += 18
                drawn.append(words(0, y - 4, text, "t-ink"))
        drawn += _row(mark, x, y + middle, width, language, sign)
        if beside:
            drawn.append(words(0, y + middle + 4.5, mark.label, "t-ink"))
        y += step
    between = _tick_step(low, high)
    if x(low + between) - x(low) < 36:  # figures of four letters would touch: the ends and the middle are enough
        between = (high - low) // 2
    ticks = range(low, high + 1, between)
    scale = [
        mark
        for tick in ticks
        for mark in (line("axis", x(tick), 20, x(tick), y), words(x(tick), 12, f"{minus(tick)}{sign}", "t-s", "middle"))
    ]
    return Chart(svg(width, y + 6, alt, scale + drawn), _plotly(marks, alt, (low, high), y, sign), alt)


def _row(mark: Mark, x: Any, y: float, width: float, language: str, sign: str) -> list[str]:
    if mark.value is None:
        brief = "—" if mark.why else not_shown_briefly(language, mark.withheld)
        return [words(width - 82, y + 4.5, brief, "t-s")]
    drawn = []
    if mark.reference is not None:
        drawn.append(rect("", x(mark.reference) - 1, y - 9, 2, 18, fill="var(--ink-3)"))
    if mark.old is not None:
        drawn.append(circle("dot-old", x(mark.old), y, 4.5, **_HOLLOW))
    if mark.low is not None and mark.high is not None:
        kind: dict[str, str] = {"stroke": "var(--line-strong)", "stroke_width": "2"} if mark.hollow else {}
        drawn.append(line("iv-old" if mark.hollow else "iv", x(mark.low), y, x(mark.high), y, **kind))
        drawn.append(words(width - 46, y + 4.5, spanned(mark.low, mark.high), "t-s"))
    if mark.hollow:
        drawn.append(circle("dot-old", x(mark.value), y, 5, **_HOLLOW))
    else:
        drawn.append(circle("dot", x(mark.value), y, 5.5))
    drawn.append(words(width - 82, y + 4.5, f"{minus(mark.value)}{sign}", "t-ink" if mark.hollow else "t-b"))
    return drawn


_HOLLOW = {"fill": "var(--surface)", "stroke": "var(--line-strong)", "stroke_width": "2"}


def _axis(marks: Sequence[Mark], lowest: int) -> tuple[int, int]:
    """Dots need no zero, but ends that are shown: from 60 or a lower round number to 100; best-worst even on both sides."""
    seen = [each for mark in marks for each in (mark.low, mark.value, mark.old, mark.reference) if each is not None]
    if lowest < 0:
        most = max([20, *(abs(each) for each in seen), *(abs(mark.high) for mark in marks if mark.high is not None)])
        end = min(100, -(-most // 20) * 20)
        return -end, end
    low = max(lowest, min([60, *(each // 10 * 10 for each in seen)]))
    return (low if low >= 50 else low // 20 * 20), 100


def _tick_step(low: int, high: int) -> int:
    """Whole steps from one labelled end of the axis to the other, and through zero where zero is inside."""
    if low < 0:
        return 20 if high <= 60 else high // 2
    return 10 if high - low <= 50 else 20


def _mark(released: Released, unit: str, column: str, language: str, part: Part) -> Mark:
    cell: ItemFigure = released.item_figure(unit, column)
    value, low, high = {
        "mean": (cell.mean, cell.mean_low, cell.mean_high),
        "top_two_box": (cell.top_two_box_percent, cell.top_two_box_low, cell.top_two_box_high),
        "share": (cell.share_percent, cell.share_low, cell.share_high),
    }[part]
    return Mark(released.item(column).label.in_language(language), value, low, high, cell.withheld)


def _criteria(released: Released | None, unit: str) -> tuple[CriterionFigure, ...]:
    return released.criteria(unit) if released is not None and _has(released, unit) else ()


def _has(released: Released, unit: str) -> bool:
    return any(each.id == unit for each in released.units)


def _wave(released: Released, language: str) -> str:
    wave = released.poll.wave
    return f"{wave}年" if wave.isdigit() and language != "en" else wave


def _sentence(mark: Mark, language: str, sign: str) -> str:
    if mark.value is None and mark.why:
        return f"{mark.label}{': ' if language == 'en' else '：'}{mark.why}"
    if mark.value is None:
        return not_shown(language, mark.label, mark.withheld)
    return valued(language, mark.label, f"{mark.value}{sign}", mark.low, mark.high)


def _plotly(marks: Sequence[Mark], alt: str, ends: tuple[int, int], height: float, sign: str) -> dict[str, Any]:
    shown = [mark for mark in marks if mark.value is not None]
    value = {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.value for mark in shown],
        "y": [mark.label for mark in shown],
        "marker": {
            "size": 11,
            "color": [SURFACE if mark.hollow else ACCENT for mark in shown],
            "line": {"width": 2, "color": [OLD if mark.hollow else ACCENT for mark in shown]},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [_side(mark.high, mark.value) for mark in shown],
            "arrayminus": [_side(mark.value, mark.low) for mark in shown],
            "color": ACCENT_SOFT,
            "thickness": 6,
            "width": 0,
        },
        "text": [f"{minus(mark.value or 0)}{sign}" + _bracketed(mark) for mark in shown],
        "hovertemplate": "%{y} %{text}<extra></extra>",
    }
    old = [mark for mark in shown if mark.old is not None]
    before = {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.old for mark in old],
        "y": [mark.label for mark in old],
        "marker": {"size": 10, "color": SURFACE, "line": {"width": 2, "color": OLD}},
        "hovertemplate": "%{y} %{x}<extra></extra>",
    }
    axes = {"xaxis": {"range": list(ends), "ticksuffix": sign}, "yaxis": {"autorange": "reversed"}}
    return figure([before, value] if old else [value], alt, height + 40, **axes)


def _bracketed(mark: Mark) -> str:
    return "" if mark.low is None or mark.high is None else f"（{spanned(mark.low, mark.high)}）"


def _side(high: int | None, low: int | None) -> int:
    return 0 if high is None or low is None else high - low
