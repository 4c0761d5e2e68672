"""Charts of a released assessment: questions and criteria with the year before, places, waves, difficulties on their way."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from analysis.charts.chart import Chart, circle, line, rect, svg, text_width, words
from analysis.charts.dots import Mark, dots
from analysis.charts.plotly_style import ACCENT, ACCENT_SOFT, LIKERT, figure
from analysis.charts.wording import listed, said, spanned
from analysis.disclosure.released import Withheld
from analysis.disclosure.released_assessment import (
    Cases,
    DimensionScore,
    ReleasedAssessment,
    Score,
    UnitAssessment,
    UniversityAssessment,
)

Row = UnitAssessment | UniversityAssessment


def question_dots(
    document: ReleasedAssessment,
    row: Row,
    dimension: str,
    language: str,
    *,
    before: Score | None = None,
    width: float = 316,
) -> Chart:
    """The score of one question or criterion this year and, hollow and below it, the year before."""
    marks = [_mark(wave_name(document.wave, language), score_of(row, dimension), language)]
    if before is not None and before.shown and document.wave_before:
        marks.append(_mark(wave_name(document.wave_before, language), before, language, hollow=True))
    return dots(marks, language, width=width)


def profile_dots(
    document: ReleasedAssessment,
    row: Row,
    dimensions: Sequence[str],
    language: str,
    *,
    before: Mapping[str, int] | None = None,
    beside: Mapping[str, int] | None = None,
    width: float = 640,
) -> Chart:
    """Several dimensions of one row; hollow dots for the year before, upright lines for what stands `beside`."""
    marks = [
        _mark(
            document.dimension_info(each).name.in_language(language),
            score_of(row, each),
            language,
            old=(before or {}).get(each),
            reference=(beside or {}).get(each),
        )
        for each in dimensions
    ]
    return dots(marks, language, width=width)


def score_of(row: Row, dimension: str) -> Score:
    """The score of a unit or of the university in one dimension; an empty one if there is none."""
    found: DimensionScore | None = next((each for each in row.dimensions if each.id == dimension), None)
    return found.score if found else Score()


def wave_name(wave: str, language: str) -> str:
    """“2026年” in Chinese, where the wave is a year."""
    return f"{wave}年" if wave.isdigit() and language != "en" else wave


def case_bars(cases: Cases, language: str, *, width: float = 330) -> Chart:
    """How many difficulties were met, known to the union, acted upon and solved: counts of answers, bars from zero."""
    steps = [("met", cases.met), ("known", cases.known), ("acted", cases.acted), ("solved", cases.solved)]
    rows = [(said(language, f"case_{name}"), count) for name, count in steps]
    alt = listed(language, [f"{label} {_count(count, language)}" for label, count in rows])
    left = max(text_width(label) for label, _ in rows) + 12
    room, longest = width - left - (54 if language != "en" else 66), max([1, *(count or 0 for _, count in rows)])
    drawn, y = [], 0.0
    for place, (label, count) in enumerate(rows):
        drawn.append(words(0, y + 20, label, "t-ink"))
        drawn.append(rect("bar-track", left, y + 9.5, room, 12, rx="3"))
        if count:
            kind, colour = ("bar-2", "var(--likert-4)") if place < 2 else ("bar", "var(--accent)")
            drawn.append(rect(kind, left, y + 9.5, room * count / longest, 12, rx="3", fill=colour))
        drawn.append(words(left + room + 10, y + 20, _count(count, language), "t-b"))
        y += 31
    data = {
        "type": "bar",
        "orientation": "h",
        "x": [count or 0 for _, count in rows],
        "y": [label for label, _ in rows],
        "marker": {"color": [LIKERT[1], LIKERT[1], ACCENT, ACCENT]},
        "hovertemplate": "%{y} %{x}<extra></extra>",
    }
    return Chart(svg(width, y, alt, drawn), figure([data], alt, 200, yaxis={"autorange": "reversed"}), alt)


def _count(count: int | None, language: str) -> str:
    return said(language, "short_withheld") if count is None else str(count)


_LEAST_BAR = 12.0


def place_bar(best: int, worst: int, of: int, kind: str = "", *, width: float = 150) -> str:
    """Where a unit may stand, as a bar on a line from the first place to the last; the numbers stand in the table beside."""
    step = (width - 12) / max(1, of - 1)
    left, right = 6 + (best - 1) * step, 6 + (worst - 1) * step
    return (
        f'<svg class="chart places {kind}" viewBox="0 0 {width:g} 16" width="{width:g}" height="16" aria-hidden="true">'
        + line("axis", 6, 8, width - 6, 8)
        + line("iv", *_wide_enough(left, right, width))
        + "</svg>"
    )


def _wide_enough(left: float, right: float, width: float) -> tuple[float, float, float, float]:
    """Both ends of a bar that reads as a range, also where it is one place wide: a dot would look like a rank."""
    if right - left >= _LEAST_BAR:
        return left, 8, right, 8
    start = min(max(6.0, (left + right - _LEAST_BAR) / 2), width - 6 - _LEAST_BAR)
    return start, 8, start + _LEAST_BAR, 8


def wave_line(label: str, points: Sequence[tuple[str, Score]], language: str, *, width: float = 330) -> Chart:
    """One figure over the waves, the oldest first: dots with intervals on an axis whose ends are written."""
    shown = [(place, wave, score) for place, (wave, score) in enumerate(points) if score.shown]
    alt = f"{label}{': ' if language == 'en' else '：'}" + (
        listed(language, [_in_words(wave, score, language) for _, wave, score in shown]) or said(language, "nothing")
    )
    seen = [end for _, _, score in shown for end in (score.low, score.value, score.high) if end is not None]
    low = min([60, *((each - 6) // 10 * 10 for each in seen)])
    left, right, top, bottom = 34.0, width - 12, 24.0, 132.0
    step = (right - left - 40) / max(1, len(points) - 1)

    def x(place: int) -> float:
        return left + 20 + place * step

    def y(value: float) -> float:
        return bottom - (value - low) / (100 - low) * (bottom - top)

    drawn = []
    for tick in (low, (low + 100) // 2, 100):
        drawn += [line("axis", left, y(tick), right, y(tick)), words(left - 6, y(tick) + 4.5, str(tick), "t-s", "end")]
    for (one, _, before), (other, _, after) in pairwise(shown):
        drawn.append(
            line("way", x(one), y(before.value or 0), x(other), y(after.value or 0), stroke="var(--line-strong)")
        )
    for place, _, score in shown:
        drawn += _point(x(place), y, score)
    drawn += [words(x(place), bottom + 20, wave, "t-s", "middle") for place, (wave, _) in enumerate(points)]
    return Chart(svg(width, bottom + 28, alt, drawn), _waves_plotly(label, shown, alt, low), alt)


def _point(x: float, y: Any, score: Score) -> list[str]:
    value, low, high = score.value or 0, score.low, score.high
    drawn = [line("iv", x, y(low), x, y(high))] if low is not None and high is not None else []
    drawn.append(circle("dot", x, y(value), 5))
    drawn.append(words(x, y(high if high is not None else value) - 9, str(value), "t-b", "middle"))
    if low is not None and high is not None:
        drawn.append(words(x, y(low) + 19, spanned(low, high), "t-s", "middle"))
    return drawn


def _waves_plotly(label: str, shown: Sequence[tuple[int, str, Score]], alt: str, low: int) -> dict[str, Any]:
    data = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": label,
        "x": [wave for _, wave, _ in shown],
        "y": [score.value for _, _, score in shown],
        "line": {"color": ACCENT, "width": 1},
        "marker": {"size": 10, "color": ACCENT},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [(score.high or score.value or 0) - (score.value or 0) for _, _, score in shown],
            "arrayminus": [(score.value or 0) - (score.low or score.value or 0) for _, _, score in shown],
            "color": ACCENT_SOFT,
            "thickness": 6,
            "width": 0,
        },
        "hovertemplate": "%{x} %{y}<extra></extra>",
    }
    return figure([data], alt, 240, xaxis={"type": "category"}, yaxis={"range": [low, 100]})


def _in_words(wave: str, score: Score, language: str) -> str:
    interval = "" if score.low is None else f" ({score.low}–{score.high})"
    return f"{wave} {score.value}{interval if language == 'en' else interval.replace(' (', '（').replace(')', '）')}"


def _mark(
    label: str,
    score: Score,
    language: str,
    *,
    old: int | None = None,
    reference: int | None = None,
    hollow: bool = False,
) -> Mark:
    why = score.reason.in_language(language) if score.reason else ""
    withheld: Withheld | None = None if score.shown else "not_shown_by_rule"
    return Mark(label, score.value, score.low, score.high, withheld, old, reference, hollow, why)
