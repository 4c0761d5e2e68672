"""Figures of the assessment in the form in which they may be shown: whole points, intervals outward, reasons in both languages."""

from dataclasses import dataclass, replace
from math import floor

from analysis.assessment.contract import Change, Class, Figure
from analysis.assessment.reasons import reason_in_words
from analysis.disclosure.released_assessment import Score, Standing, WaveChange
from analysis.disclosure.rounding import outward, whole
from analysis.estimation.intervals import Interval
from analysis.frame import Text

TOO_FEW = Text("人数太少，为防止认出个人，不公布", "Too few people: withheld so that nobody can be recognised")
UNWEIGHTED = Text(
    "有一类人员作答太少：数字按每人一票计算，加权数字不公布",
    "Too few of one staff category answered: every answer counts alike, and the weighted numbers are withheld",
)
NOT_COMPUTED = Text("无法计算", "It cannot be computed")


@dataclass(frozen=True, slots=True)
class Rules:
    """The smallest base of any figure, and of a weighted or adjusted one (domain/assessment.md section 1)."""

    figure: int = 5
    weighted: int = 10
    step: int = 5  # points, where nearly all answered alike


RULES = Rules()


def told(reason: str | None) -> Text | None:
    """The reason in both languages; one that has no Chinese yet says only that there is no figure."""
    if reason is None:
        return None
    return reason_in_words(reason) or Text(NOT_COMPUTED.zh, reason)


def score(figure: Figure | None, base: int | None = None) -> Score:
    """A figure of 0..100; `base` stands for one that carries none. Withheld under the smallest base."""
    if figure is None or figure.value is None:
        return Score(reason=told(figure.reason) if figure else NOT_COMPUTED)
    answers = figure.base if base is None else base
    if answers is not None and answers < RULES.figure:
        return Score(reason=TOO_FEW)
    low, high = outward(Interval(figure.low, figure.high))
    return Score(whole(figure.value), low, high, answers, told(figure.reason))


def composite(figure: Figure | None, base: int | None) -> Score:
    """A weighted figure over many questions: only from ten respondents on."""
    if figure is not None and figure.value is not None and (base is None or base < RULES.weighted):
        return Score(reason=TOO_FEW)
    return score(figure, base)


def unweighted(figure: Figure, raw: float) -> Score:
    """The plain figure in place of the weighted one, with an interval of the same width around it.

    The weighted interval itself would tell the weighted figure: it lies in its middle.
    """
    if figure.value is None or figure.low is None or figure.high is None:
        return replace(score(replace(figure, value=raw)), unweighted=True)
    half = max(figure.high - figure.value, figure.value - figure.low)  # one side may be cut off at 0 or 100
    around = replace(figure, value=raw, low=max(0.0, raw - half), high=min(100.0, raw + half))
    return replace(score(around), unweighted=True)


def in_fives(shown: Score) -> Score:
    """The figure of people who nearly all answered alike: steps of five, no interval."""
    if shown.value is None:
        return shown
    steps = RULES.step * floor(shown.value / RULES.step + 0.5)
    return replace(shown, value=steps, low=None, high=None, in_fives=True)


def moved(figure: Figure | None, of: Figure, to: Figure) -> Figure | None:
    """A variant of one composite as a variant of the other: the same distance from it."""
    if figure is None or figure.value is None or of.value is None or to.value is None:
        return figure
    away = to.value - of.value
    ends = [None if end is None else min(100.0, max(0.0, end + away)) for end in (figure.low, figure.high)]
    return replace(figure, value=min(100.0, max(0.0, figure.value + away)), low=ends[0], high=ends[1])


def standing(found: Class, *, numbers: bool = True) -> Standing:
    """Class against the rest; without `numbers` the label alone."""
    if found.label is None:
        return Standing(reason=told(found.reason) or NOT_COMPUTED)
    if not numbers:
        return Standing(found.label, Score(reason=UNWEIGHTED), None, told(found.reason))
    low, high = outward(Interval(found.low, found.high))
    reliability = None if found.reliability is None else whole(100 * found.reliability)
    return Standing(found.label, Score(whole(found.shrunk), low, high), reliability, told(found.reason))


def wave_change(change: Change, *, numbers: bool = True) -> WaveChange:
    """The change since the wave before; without `numbers` the label alone."""
    if change.label is None:
        return WaveChange(reason=told(change.reason) or NOT_COMPUTED)
    if not numbers:
        return WaveChange(label=change.label, reason=told(change.reason) or UNWEIGHTED)
    low, high = outward(Interval(change.low, change.high))
    return WaveChange(
        change.label, whole(change.before), whole(change.now), whole(change.difference), low, high, told(change.reason)
    )


def percent(share: float | None) -> int | None:
    """A share of 0..1 in whole per cent."""
    return None if share is None else whole(100 * share)


def rate(figure: Figure) -> Score:
    """A figure written as a share of 0..1."""
    if figure.value is None:
        return score(figure)
    ends = [None if end is None else 100 * end for end in (figure.low, figure.high)]
    return score(replace(figure, value=100 * figure.value, low=ends[0], high=ends[1]))


def counted(n: int | None, minimum: int = RULES.figure) -> int | None:
    """A number of answers; None where it is one to four."""
    return None if n is None or 0 < n < minimum else n
