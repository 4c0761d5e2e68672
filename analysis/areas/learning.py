"""What staff would learn: how far importance lies above the present level, skill by skill."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from analysis.areas.answering import Answering
from analysis.estimates import Estimate, share_estimate
from analysis.estimation.intervals import Interval
from analysis.frame import Choice, MatrixItem, Text

Counts = npt.NDArray[np.int64]
IMPORTANCE, LEVEL = "g01", "g02"
NOBODY = Interval.undefined("nobody answered")


@dataclass(frozen=True, slots=True)
class LearningGap:
    """One skill: `gap`, the weighted discrepancy (-20..20 on five-point scales), and `behind`, the share 0..100 of those
    who told both for whom it is more important than their level."""

    id: str
    text: Text
    gap: Estimate
    behind: Estimate


def learning_gaps(answering: Answering, importance: str = IMPORTANCE, level: str = LEVEL) -> tuple[LearningGap, ...]:
    """The gap of every skill, the largest first; empty if the questions were not asked.

    Meaning: what is important and not mastered comes first; what is mastered or unimportant comes last.

    Formula (Borich): over those who told both, on the points of the scales, G = mean(I) x mean(I - L); interval by
    linearisation, e_i = mean(I) (I_i - L_i) + mean(I - L) I_i, t with n - 1, finite population. Beside it the rank form:
    the share with I > L, Wilson.

    It misleads as a number with a unit: it only orders skills. People rate their own level kindly, and the more so the
    less they know; "does not concern me" is left out, so a skill of few says nothing of the others.
    Reference: Borich (1980), J. Teacher Educ. 31; Narine & Harder (2021). Checked against: sums by hand.
    """
    asked = answering.item(importance)
    if not isinstance(asked, MatrixItem) or not isinstance(answering.item(level), MatrixItem):
        return ()
    found = [
        LearningGap(
            row.id, row.text, *_estimates(_crossed(answering, f"{importance}.{row.id}", f"{level}.{row.id}"), answering)
        )
        for row in asked.rows
    ]
    return tuple(sorted(found, key=lambda each: -(-99.0 if each.gap.value is None else each.gap.value)))


def _crossed(answering: Answering, importance: str, level: str) -> dict[tuple[int, int], int]:
    """How many told each pair of points."""
    found: dict[tuple[int, int], int] = {}
    for frame, rows in answering.blocks():
        if importance not in frame.codebook.place or level not in frame.codebook.place:
            continue
        pair = [
            _points(frame.codebook.columns[frame.codebook.place[name]].choices, frame.column(name)[rows])
            for name in (importance, level)
        ]
        both = (pair[0] > 0) & (pair[1] > 0)
        for i, other in zip(pair[0][both].tolist(), pair[1][both].tolist(), strict=True):
            found[i, other] = found.get((i, other), 0) + 1
    return found


def _points(choices: tuple[Choice, ...], codes: npt.NDArray[np.int8]) -> Counts:
    """The scale points of codes, 0 where there are none."""
    values = [choice.value or 0 if choice.role == "answer" else 0 for choice in choices] + [0, 0]
    return np.array(values, np.int64).take(codes.astype(np.intp), mode="wrap")


def _estimates(pairs: dict[tuple[int, int], int], answering: Answering) -> tuple[Estimate, Estimate]:
    n = sum(pairs.values())
    if n == 0:
        return Estimate(0, None, NOBODY), Estimate(0, None, NOBODY)
    mean_i = sum(count * i for (i, _), count in pairs.items()) / n
    mean_gap = sum(count * (i - other) for (i, other), count in pairs.items()) / n
    population = answering.population(n)
    behind = share_estimate(sum(count for (i, other), count in pairs.items() if i > other), n, population)
    gap = mean_i * mean_gap
    if population is not None and population <= n:
        return Estimate(n, gap, Interval(gap, gap)), behind
    if n < 2:
        return Estimate(n, gap, Interval.undefined("a single answer says nothing about the others")), behind
    squares = sum(
        count * (mean_i * (i - other - mean_gap) + mean_gap * (i - mean_i)) ** 2 for (i, other), count in pairs.items()
    )
    sampled = 0.0 if population is None else n / population
    half = float(stdtrit(n - 1, 0.975)) * sqrt((1 - sampled) * squares / (n - 1) / n)
    return Estimate(n, gap, Interval(gap - half, gap + half)), behind
