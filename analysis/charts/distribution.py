"""How everybody answered one item: one bar in parts, with the words beneath it and the numbers above."""

from typing import Any

from analysis.charts.chart import Chart, rect, svg, text_width, words
from analysis.charts.plotly_style import LIKERT, figure
from analysis.charts.sentence import sentence_alone
from analysis.charts.wording import listed, names, not_shown, said
from analysis.disclosure.released import Distribution, Released
from analysis.disclosure.released_breakdowns import RowDistribution

_NUMBERED_FROM = 6  # per cent: smaller parts carry no number in the bar; the key has them all


def distribution_bar(released: Released, column: str, language: str, *, width: float = 640) -> Chart:
    """The distribution of one column over the in-service staff, in the order of the scale."""
    found = released.distribution(column) or Distribution(column, None, withheld="not_shown_by_rule")
    item = released.item(column)
    label = item.label.in_language(language)
    if found.withheld:
        return sentence_alone(not_shown(language, label, found.withheld), width)
    texts = {choice.id: choice.text.in_language(language) for choice in item.choices}
    parts = [(texts[entry.choice], entry.n, entry.percent) for entry in found.entries]
    return _bar(label, parts, _colours(len(parts)), found.base, language, width)


def row_distribution_bar(released: Released, row: str, column: str, language: str, *, width: float = 640) -> Chart:
    """The distribution of one unit or group; answers that may only be told together stand as one part."""
    found = released.row_distribution(row, column) or RowDistribution(row, column, withheld="not_shown_by_rule")
    item = released.item(column)
    label = item.label.in_language(language)
    if found.withheld:
        return sentence_alone(not_shown(language, label, found.withheld), width)
    texts = {choice.id: choice.text.in_language(language) for choice in item.choices}
    order = [choice.id for choice in item.choices if choice.role == "answer"]
    scale = dict(zip(order, _colours(len(order)), strict=True))
    parts = [
        (names(language, [texts[each] for each in entry.choices]), entry.n, entry.percent) for entry in found.entries
    ]
    colours = [scale.get(entry.choices[0], 3) for entry in found.entries]
    return _bar(label, parts, colours, found.base, language, width)


def _bar(
    label: str, parts: list[tuple[str, int, int]], colours: list[int], base: int | None, language: str, width: float
) -> Chart:
    colon = ": " if language == "en" else "："
    sentence = listed(language, [f"{text} {percent}%" for text, _, percent in parts])
    answers = said(language, "base", n=base)
    alt = f"{label}{colon}{sentence}{'. ' if language == 'en' else '。'}{answers}"
    marks, x = [], 0.0
    for (_, n, percent), colour in zip(parts, colours, strict=True):
        part = width * n / (base or 1)
        marks.append(rect("", x, 20, part - (2 if part > 4 else 0), 28, fill=f"var(--likert-{colour})"))
        if percent >= _NUMBERED_FROM:
            marks.append(words(x + part / 2 - 1, 14, f"{percent}%", "t-b", "middle"))
        x += part
    key, height = _key([(text, percent) for text, _, percent in parts], colours, width)
    return Chart(svg(width, height, alt, marks + key), _plotly(parts, colours, label, alt), alt)


def _colours(n: int) -> list[int]:
    """Answer colours 5 to 1 (tokens.css), spread over the number of choices."""
    if n == 1:
        return [5]
    return [5 - round(place * 4 / (n - 1)) for place in range(n)]


def _key(parts: list[tuple[str, int]], colours: list[int], width: float) -> tuple[list[str], float]:
    marks, x, y = [], 0.0, 72.0
    for (text, percent), colour in zip(parts, colours, strict=True):
        entry = f"{text} {percent}%"
        size = text_width(entry) + 36
        if x and x + size > width:
            x, y = 0.0, y + 24
        marks.append(rect("", x, y - 11, 13, 13, rx="3", fill=f"var(--likert-{colour})"))
        marks.append(words(x + 19, y, entry))
        x += size
    return marks, y + 8


def _plotly(parts: list[tuple[str, int, int]], colours: list[int], label: str, alt: str) -> dict[str, Any]:
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": text,
            "x": [percent],
            "y": [label],
            "marker": {"color": LIKERT[5 - colour]},
            "hovertemplate": f"{text} %{{x}}%<extra></extra>",
        }
        for (text, _, percent), colour in zip(parts, colours, strict=True)
    ]
    axes = {"xaxis": {"range": [0, 100], "ticksuffix": "%"}, "yaxis": {"visible": False}}
    return figure(data, alt, 150, barmode="stack", showlegend=True, legend={"orientation": "h"}, **axes)
