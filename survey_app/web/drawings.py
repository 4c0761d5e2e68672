"""The charts of the result pages, drawn on the server from released figures: dots with intervals, bars, strips.

Each is drawn at the width it is shown, so its words keep their size: once for a desk, once for a phone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any

from markupsafe import Markup

from analysis.disclosure import Distribution
from survey_app.web import plotly_figures, svg
from survey_app.web.contents import Block, Line
from survey_app.web.languages import gettext as _
from survey_app.web.readings import INDICATIVE_BELOW, Figure, Reading, is_indicative
from survey_app.web.sentences import Sentence

DESK, SIDE, PHONE = 640, 330, 326
#: Classes of the answers from the most to the least favourable, for scales of 2 to 5 points.
STEPS = {2: "51", 3: "531", 4: "5421", 5: "54321"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart: `wide` for a desk, `narrow` for a phone, `plotly` for a reader who wants to point at it."""

    wide: Markup
    narrow: Markup
    plotly: Markup | None = None
    key: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Mark:
    """A row of a dot chart: its figure, the wave before as a hollow dot, the university as a short line."""

    name: str
    figure: Figure
    before: Figure | None = None
    beside: Figure | None = None


class Drawings:
    """The drawings of one page."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def sentence(self, sentence: Sentence, among: Sequence[Sentence] = ()) -> Drawing:
        """This wave and the one before on one axis, the same for all sentences side by side."""
        figures = [each for one in (among or [sentence]) for each in (one.figure, one.before) if each and each.shown]
        low, high = _axis(figures, 10)
        return _both(lambda width: _sentence(sentence, low, high, min(width, SIDE)))

    def criteria(self, lines: Iterable[Any]) -> Drawing:
        """Scores of the criteria, 0 to 100, with the wave before and the university where they are given."""
        marks = [Mark(each.name, each.figure, each.before, each.university) for each in lines]
        label = _said(marks)
        figure = plotly_figures.dots(marks, self.reading.poll.wave)
        return _both(lambda width: _dots(marks, width, label, step=10), figure)

    def priorities(self, block: Block) -> Drawing:
        """Best-worst scores around zero, the highest first."""
        marks = [Mark(line.label, line.figure) for line in block.shares]
        label = _said(marks)
        return _both(
            lambda width: _dots(marks, width, label, step=20, middle=0), plotly_figures.dots(marks, self.reading.poll.wave)
        )

    def shares(self, block: Block, most: int | None = None, *, side: bool = False) -> Drawing:
        """Bars from zero with their intervals, the largest share first."""
        lines = block.shares[:most]
        label = _said([Mark(line.label, line.figure) for line in lines])
        return _both(lambda width: _bars(lines, SIDE if side else width, label), plotly_figures.bars(lines))

    def distribution(self, distribution: Distribution, block: Block) -> Drawing:
        """How everybody answered: one bar in the order of the scale; its key carries the words and the numbers."""
        names = dict(block.choices)
        entries = distribution.entries
        kinds = STEPS.get(len(entries), "")
        parts = [(f"k{kind}", names.get(entry.choice, ""), entry) for kind, entry in zip(kinds, entries, strict=False)]
        label = _("；").join(f"{name} {entry.percent}%" for _kind, name, entry in parts)
        total = sum(entry.n for entry in entries) or 1
        shares = [(kind, entry.n / total, entry.percent) for kind, _name, entry in parts]
        key = tuple((kind, f"{name} {entry.percent}%") for kind, name, entry in parts)
        drawn = _both(lambda width: _stacked(shares, width, label))
        return Drawing(drawn.wide, drawn.narrow, None, key)

    def turnout(self) -> Drawing:
        """The response rates of the in-service units as dots; fewer than half is another colour and position."""
        units = [unit for unit in self.reading.in_service if unit.response_percent is not None]
        rates = sorted(((unit.response_percent or 0, self.reading.unit_name(unit), is_indicative(unit)) for unit in units))
        return _both(lambda width: _strip(rates, width), plotly_figures.strip(rates))


def _both(draw: Callable[[int], Markup], figure: Markup | None = None) -> Drawing:
    return Drawing(draw(DESK), draw(PHONE), figure)


def _axis(figures: Sequence[Figure], step: int, least: int = 0, most: int = 100) -> tuple[int, int]:
    """The ends of an axis: whole steps around all intervals, at least two steps long."""
    lows = [figure.low if figure.low is not None else figure.value for figure in figures]
    highs = [figure.high if figure.high is not None else figure.value for figure in figures]
    low = max(least, floor((min((each for each in lows if each is not None), default=least) - 2) / step) * step)
    high = min(most, ceil((max((each for each in highs if each is not None), default=most) + 2) / step) * step)
    if high - low < 2 * step:
        low = max(least, high - 2 * step)
    return low, high


def _said(marks: Sequence[Mark]) -> str:
    """The sentence that says what a chart shows."""
    words = [
        _("%(name)s %(value)s，误差范围 %(low)s 到 %(high)s")
        % {"name": mark.name, "value": mark.figure.words, "low": mark.figure.low, "high": mark.figure.high}
        if mark.figure.shown
        else f"{mark.name} {mark.figure.why_withheld}"
        for mark in marks
    ]
    return _("；").join(words)


def _sentence(sentence: Sentence, low: int, high: int, width: int) -> Markup:
    left, right = 46, width - 116
    scale = _scale(low, high, left, right)
    rows = [(sentence.wave, sentence.figure, "dot", "iv", 6)]
    if sentence.before and sentence.before.shown:
        rows.append((sentence.wave_before or "", sentence.before, "dot-old", "iv-old", 5))
    shapes = []
    for place, (wave, figure, dot, interval, radius) in enumerate(rows):
        y = 14 + 28 * place
        value, kind = figure.value or 0, "t-b" if dot == "dot" else "t-ink"
        shapes += [svg.text(0, y + 4.5, wave), svg.line("axis", left, right, y, y)]
        if figure.low is not None and figure.high is not None:
            shapes.append(svg.line(interval, scale(figure.low), scale(figure.high), y, y))
        shapes.append(svg.circle(dot, scale(value), y, radius))
        shapes += [svg.text(right + 16, y + 4.5, figure.words, kind), svg.text(right + 56, y + 4.5, figure.interval, "t-s")]
    bottom = 14 + 28 * len(rows)
    shapes += [svg.text(left, bottom + 2, f"{low}%", "t-s"), svg.text(right, bottom + 2, f"{high}%", "t-s", "end")]
    label = _("；").join(
        _("%(wave)s 年 %(value)s，误差范围 %(low)s 到 %(high)s")
        % {"wave": wave, "value": figure.words, "low": figure.low, "high": figure.high}
        for wave, figure, *_rest in rows
    )
    return svg.picture(width, bottom + 8, sentence.subject + _("：") + label, shapes)


def _scale(low: float, high: float, left: float, right: float) -> Callable[[float], float]:
    return lambda value: left + (min(max(value, low), high) - low) / ((high - low) or 1) * (right - left)


def _label_room(names: Iterable[str], width: float) -> float | None:
    """How wide the column of names must be; None where they go above their rows instead."""
    room = max((svg.text_width(name) for name in names), default=0) + 14
    return room if room < 0.36 * width else None


def _dots(marks: Sequence[Mark], width: int, label: str, *, step: int, middle: int | None = None) -> Markup:
    figures = [each for mark in marks for each in (mark.figure, mark.before, mark.beside) if each and each.shown]
    low, high = _axis(figures, step, least=-100 if middle is not None else 0)
    room = _label_room((mark.name for mark in marks), width)
    pitch = (36 if width > PHONE else 30) if room else 46
    left, right, top = (room or 0) + 8, width - 92, 22
    scale, bottom = _scale(low, high, left, right), top + pitch * len(marks)
    shapes = []
    if (high - low) // step > 6:
        step *= 2
    for tick in range(ceil(low / step) * step, high + 1, step):
        kind = "ref" if tick == middle else "axis"
        shapes += [svg.line(kind, scale(tick), scale(tick), top, bottom - 6), svg.text(scale(tick), 13, _minus(tick), "t-s", "middle")]
    for place, mark in enumerate(marks):
        y = top + pitch * place + pitch / 2 + (0 if room else 10)
        shapes += [svg.text(0, y + 4.5 if room else y - 17, mark.name, "t-ink"), *_mark(mark, scale, y, right)]
    return svg.picture(width, bottom, label, shapes)


def _minus(value: int) -> str:
    return f"−{-value}" if value < 0 else str(value)


def _mark(mark: Mark, scale: Callable[[float], float], y: float, right: float) -> Iterable[Markup]:
    figure = mark.figure
    if not figure.shown or figure.value is None:
        yield svg.text(right + 14, y + 4.5, _("不公布"), "t-s")
        return
    if mark.beside and mark.beside.shown and mark.beside.value is not None:
        yield svg.line("beside", scale(mark.beside.value), scale(mark.beside.value), y - 9, y + 9)
    if figure.low is not None and figure.high is not None:
        yield svg.line("iv", scale(figure.low), scale(figure.high), y, y)
    if mark.before and mark.before.shown and mark.before.value is not None:
        yield svg.circle("dot-old", scale(mark.before.value), y, 4.5)
    yield svg.circle("dot", scale(figure.value), y, 5.5)
    yield svg.text(right + 14, y + 4.5, _minus(figure.value), "t-b")
    yield svg.text(right + 42, y + 4.5, figure.interval.replace("-", "−"), "t-s")


def _bars(lines: Sequence[Line], width: int, label: str) -> Markup:
    room = _label_room((line.label for line in lines), width)
    pitch, value_room = (30, 96) if room else (44, 96)
    left, right = room or 0, width - value_room
    top_value = max((line.figure.high or line.figure.value or 0 for line in lines), default=10)
    scale = _scale(0, max(10, ceil(top_value / 10) * 10), left, right)
    shapes = []
    for place, line in enumerate(lines):
        figure = line.figure
        y = pitch * place + (pitch / 2 if room else pitch - 14)
        shapes += [
            svg.text(0, y + 4.5 if room else y - 14, line.label, "t-ink"),
            svg.bar("bar-track", left, y - 6, right - left, 12),
            svg.bar("bar", left, y - 6, scale(figure.value or 0) - left, 12),
        ]
        if figure.low is not None and figure.high is not None:
            shapes.append(svg.line("whisker", scale(figure.low), scale(figure.high), y, y))
        shapes += [
            svg.text(right + 10, y + 4.5, figure.words, "t-b"),
            svg.text(right + 44, y + 4.5, _("（%(interval)s）") % {"interval": figure.interval}, "t-s"),
        ]
    return svg.picture(width, pitch * len(lines) + 2, label, shapes)


def _stacked(shares: Sequence[tuple[str, float, int]], width: int, label: str) -> Markup:
    shapes, x = [], 0.0
    for kind, part, percent in shares:
        wide = part * width
        shapes.append(svg.bar(kind, x, 0, wide - (1.5 if wide > 3 else 0), 26, 0))
        if wide > 34:
            shapes.append(svg.text(x + wide / 2, 17.5, f"{percent}%", f"on-{kind}", "middle"))
        x += wide
    return svg.picture(width, 26, label, shapes)


def _strip(rates: Sequence[tuple[int, str, bool]], width: int) -> Markup:
    low = min([INDICATIVE_BELOW - 10, *(floor(rate / 10) * 10 for rate, _name, _low in rates)])
    high = max([INDICATIVE_BELOW + 10, *(ceil(rate / 10) * 10 for rate, _name, _low in rates)])
    scale = _scale(low, high, 14, width - 18)
    lanes: list[float] = []
    dots = []
    for rate, name, indicative in rates:
        x = scale(rate)
        lane = next((place for place, last in enumerate(lanes) if x - last > 12.5), len(lanes))
        lanes[lane : lane + 1] = [x]
        dots.append((x, lane, name, rate, indicative))
    floor_y = 30 + 13 * max(len(lanes), 2)
    shapes = []
    for tick in range(low, high + 1, 20 if high - low > 50 else 10):
        shapes += [svg.line("axis", scale(tick), scale(tick), 20, floor_y + 8), svg.text(scale(tick), 12, f"{tick}%", "t-s", "middle")]
    half = scale(INDICATIVE_BELOW)
    shapes.append(svg.line("ref", half, half, 20, floor_y + 8))
    shapes += [
        svg.circle("bar-low" if indicative else "bar-2", x, floor_y - 13 * lane, 5.5, f"{name} {rate}%")
        for x, lane, name, rate, indicative in dots
    ]
    label = _("%(n)s 个在职单位的作答率，从 %(low)s%% 到 %(high)s%%") % {
        "n": len(rates),
        "low": rates[0][0] if rates else 0,
        "high": rates[-1][0] if rates else 0,
    }
    return svg.picture(width, floor_y + 10, label, shapes)
