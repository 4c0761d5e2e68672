"""Bars for shares: needs, services, whatever can be chosen. Bars start at zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts.chart import Chart, rect, svg, text_width, words, wrapped
from analysis.charts.plotly_style import ACCENT, figure
from analysis.charts.wording import listed, not_shown, not_shown_briefly, said, valued
from analysis.disclosure.released import ItemFigure, Released

_VALUE_WIDTH = 116  # "100%（65–100）" in bold


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    cell: ItemFigure


def share_bars(
    released: Released,
    unit: str,
    columns: Sequence[str],
    language: str,
    *,
    limit: int | None = None,
    width: float = 360,
) -> Chart:
    """Shares of one unit, the largest first (all of them, or the first `limit`); withheld ones last, in words."""
    bars = [Bar(released.item(name).label.in_language(language), released.item_figure(unit, name)) for name in columns]
    bars.sort(key=lambda bar: -(bar.cell.share_percent if bar.cell.share_percent is not None else -1))
    bars = bars[:limit]
    alt = listed(language, [_sentence(bar, language) for bar in bars]) or said(language, "nothing")
    longest = max([1, *(bar.cell.share_percent or 0 for bar in bars)])
    label_width = max((text_width(bar.label) for bar in bars), default=0.0) + 12
    beside = label_width <= width * 0.4
    left = label_width if beside else 0.0
    drawn, y = [], 0.0
    for bar in bars:
        if beside:
            drawn.append(words(0, y + 20, bar.label, "t-ink"))
            y += 9.5
        else:
            for text in wrapped(bar.label, width):
                y += 18
                drawn.append(words(0, y, text, "t-ink"))
            y += 6
        drawn += _bar(bar, left, y, width, longest, language)
        y += 21.5
    return Chart(svg(width, max(y, 20.0), alt, drawn), _plotly(bars, alt, y), alt)


def _bar(bar: Bar, left: float, y: float, width: float, longest: int, language: str) -> list[str]:
    room = width - left - _VALUE_WIDTH
    value = bar.cell.share_percent
    place = left + room + 12
    if value is None:
        return [words(place, y + 10.5, not_shown_briefly(language, bar.cell.withheld), "t-s")]
    return [
        rect("bar-track", left, y, room, 12, rx="3"),
        rect("bar", left, y, room * value / longest, 12, rx="3"),
        words(place, y + 10.5, _numbers(bar.cell, language), "t-b"),
    ]


def _numbers(cell: ItemFigure, language: str) -> str:
    if cell.share_low is None or cell.share_high is None:
        return f"{cell.share_percent}%"
    left, right = (" (", ")") if language == "en" else ("（", "）")
    return f"{cell.share_percent}%{left}{cell.share_low}–{cell.share_high}{right}"


def _sentence(bar: Bar, language: str) -> str:
    cell = bar.cell
    if cell.share_percent is None:
        return not_shown(language, bar.label, cell.withheld)
    return valued(language, bar.label, f"{cell.share_percent}%", cell.share_low, cell.share_high)


def _plotly(bars: Sequence[Bar], alt: str, height: float) -> dict[str, Any]:
    shown = [bar for bar in bars if bar.cell.share_percent is not None]
    data = {
        "type": "bar",
        "orientation": "h",
        "x": [bar.cell.share_percent for bar in shown],
        "y": [bar.label for bar in shown],
        "marker": {"color": ACCENT},
        "text": [_numbers(bar.cell, "zh") for bar in shown],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y} %{text}<extra></extra>",
    }
    axes = {"xaxis": {"rangemode": "tozero", "ticksuffix": "%"}, "yaxis": {"autorange": "reversed"}}
    return figure([data], alt, height + 60, **axes)
