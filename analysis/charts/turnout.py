"""Response rates as a strip of dots, one for each in-service unit; below 50 % a unit's figures only indicate."""

from typing import Any

from analysis.charts.chart import Chart, circle, line, svg, words, wrapped
from analysis.charts.plotly_style import LIKERT, figure
from analysis.charts.sentence import sentence_alone
from analysis.charts.wording import names, said
from analysis.disclosure.released import EVERYBODY, Released

INDICATIVE_BELOW = 50


def turnout_dots(released: Released, language: str, *, width: float = 340) -> Chart:
    """One dot for each unit with a published rate; retired members and pooled units are not in it."""
    rates = sorted(
        (unit.response_percent, unit.name.in_language(language))
        for unit in released.units
        if unit.response_percent is not None and unit.id != EVERYBODY and unit.unit_type not in ("retired", "pool")
    )
    if not rates:
        return sentence_alone(said(language, "nothing"), width)
    low, ticks = (30, (30, 50, 70, 90)) if rates[0][0] >= 30 else (0, (0, 25, 50, 75, 100))
    few = [f"{name} {rate}%" for rate, name in rates if rate < INDICATIVE_BELOW]
    alt = said(language, "turnout", n=len(rates), low=rates[0][0], high=rates[-1][0])
    below = said(language, "turnout_low", names=names(language, few)) if few else ""
    if below:
        alt += ("; " if language == "en" else "；") + below

    def x(rate: float) -> float:
        return 14 + (rate - low) / (100 - low) * (width - 28)

    dots, rows = _piled([(x(rate), rate) for rate, _ in rates])
    foot = 30 + 13 * rows
    marks = [line("ref" if tick == 50 else "axis", x(tick), 20, x(tick), foot) for tick in ticks]
    marks += [words(x(tick), 12, f"{tick}%", "t-s", "middle") for tick in ticks]
    for place, row, rate in dots:
        kind, fill = ("bar-low", "var(--likert-2)") if rate < INDICATIVE_BELOW else ("bar-2", "var(--likert-4)")
        marks.append(circle(kind, place, foot - 8 - 13 * row, 5.5, fill=fill))
    text = wrapped(below, width) if below else []
    marks += [words(0, foot + 20 + 18 * row, each, "t-ink") for row, each in enumerate(text)]
    return Chart(
        svg(width, foot + 8 + 18 * len(text), alt, marks), _plotly(rates, [row for _, row, _ in dots], alt), alt
    )


def _piled(places: list[tuple[float, int]]) -> tuple[list[tuple[float, int, int]], int]:
    """Dots that would touch stand one above the other: (x, row, rate) each, and the number of rows."""
    last: list[float] = []
    piled = []
    for x, rate in places:
        row = next((row for row, end in enumerate(last) if x - end >= 12), len(last))
        if row == len(last):
            last.append(x)
        last[row] = x
        piled.append((x, row, rate))
    return piled, max(1, len(last))


def _plotly(rates: list[tuple[int, str]], rows: list[int], alt: str) -> dict[str, Any]:
    data = {
        "type": "scatter",
        "mode": "markers",
        "x": [rate for rate, _ in rates],
        "y": rows,  # units with the same rate stand one above the other here too
        "text": [name for _, name in rates],
        "marker": {"size": 12, "color": [LIKERT[3] if rate < INDICATIVE_BELOW else LIKERT[1] for rate, _ in rates]},
        "hovertemplate": "%{text} %{x}%<extra></extra>",
    }
    return figure(
        [data], alt, 140, xaxis={"ticksuffix": "%"}, yaxis={"visible": False, "range": [-1, max([2, *rows]) + 1]}
    )
