"""Beside every class two other tests: of the unshrunk figure, and of the order of the single answers alone.

A class that one of them contradicts is not withdrawn: the disagreement is said (statistics, section 2: "Likert as interval").
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from analysis.assessment.answers import Year
from analysis.assessment.figures import ClassCheck, settled
from analysis.assessment.measures import Dimension, Layout, Measure, Values, measured
from analysis.assessment.moments import Combined
from analysis.assessment.poll_moments import Counts
from analysis.assessment.reasons import NO_SINGLE_ANSWERS
from analysis.assessment.scheme import Method
from analysis.comparison.multiplicity import adjusted_p
from analysis.frame import Frame
from analysis.units.classes import Label, UnitContrast, contrast_tests

BLOCK = 32_768  # respondents at once: their numbers stay in the processor's cache
LEVELS = 10_000  # answers within a hundredth of a point are equal


@dataclass(frozen=True, slots=True)
class RankTest:
    """One unit against all others: `superiority` 0..1 (ties half), two-sided p; None where nobody or all answered alike."""

    superiority: float | None
    p: float | None


def rank_tests(table: Counts) -> tuple[RankTest, ...]:
    """Mann-Whitney test of each unit's answers against those of all other units together.

    Meaning: `superiority` is the share of pairs, one answer here and one elsewhere, in which the one here is higher: 0.5 no
    difference. Needs the order of the answers only.

    Inputs: `table` (units, levels), counts of answers, levels rising. Formula: with midranks r over all N answers,
    U = sum n_l r_l - n (n + 1) / 2; superiority = U / (n (N - n)); z = (U - n (N - n) / 2) / sqrt(n (N - n) / 12 (N + 1 -
    sum(t^3 - t) / (N (N - 1)))).

    It misleads below about eight answers (p is asymptotic), and knows neither weights nor the finite staff.
    Reference: Mann & Whitney (1947). Checked against: comparisons.two_groups (itself checked against R wilcox.test).
    """
    level = table.sum(axis=0).astype(np.float64)
    total, own = float(level.sum()), table.sum(axis=1).astype(np.float64)
    midrank = np.cumsum(level) - (level - 1) / 2
    pairs = own * (total - own)
    u = table @ midrank - own * (own + 1) / 2
    ties = float((level**3 - level).sum())
    spread = total + 1 - ties / max(1.0, total * (total - 1))
    found = []
    for at in range(len(table)):
        if pairs[at] == 0 or spread <= 1e-9:
            found.append(RankTest(None, None))
            continue
        z = (u[at] - pairs[at] / 2) / np.sqrt(pairs[at] / 12 * spread)
        found.append(RankTest(float(u[at] / pairs[at]), float(2 * ndtr(-abs(z)))))
    return tuple(found)


def class_checks(
    figure: Combined, heads: Values, compared: Sequence[int], table: Counts | None, measure: str | None, method: Method
) -> dict[int, ClassCheck]:
    """Both checks of the units at the places `compared`, against each other; `table` as in rank_tests, or None.

    Benjamini-Hochberg over the units at the rate of the method, each test by itself.
    """
    places = list(compared)
    if len(places) < 3:
        return {}
    errors = np.sqrt(np.maximum(figure.variance[places], 0.0))
    tested = contrast_tests(
        figure.value[places],
        errors,
        heads[places],
        degrees_of_freedom=figure.degrees[places],
        false_discovery_rate=method.false_discovery_rate,
    )
    ranked = (RankTest(None, None),) * len(places) if table is None else rank_tests(table[places])
    adjusted = adjusted_p([each.p for each in ranked], "bh")
    rows = zip(places, tested, ranked, adjusted, strict=True)
    return {place: _check(own, rank, p, measure, method) for place, own, rank, p in rows}


def _check(tested: UnitContrast, rank: RankTest, p: float | None, measure: str | None, method: Method) -> ClassCheck:
    return ClassCheck(
        tested=tested.label,
        p_tested=settled(tested.p_bh, 6),
        ordinal=_ordinal(rank, p, method),
        p_ordinal=settled(p, 6),
        superiority=settled(rank.superiority, 4),
        measure=measure,
        reason=None if p is not None else (tested.reason or NO_SINGLE_ANSWERS),
    )


def _ordinal(rank: RankTest, p: float | None, method: Method) -> Label | None:
    if p is None or rank.superiority is None:
        return None
    if p > method.false_discovery_rate or rank.superiority == 0.5:
        return "not_distinguishable"
    return "above" if rank.superiority > 0.5 else "below"


def disagrees(label: Label | None, check: ClassCheck) -> bool:
    """Whether a check speaks against the class: the t test finds the other side, or the order of the answers leans to it.

    A check that merely finds nothing does not: both know less than the class (no shrinkage; the ranks no finite staff).
    """
    if label not in ("above", "below"):
        return False
    other: Label = "below" if label == "above" else "above"
    leans = 0.5 if check.superiority is None else check.superiority
    return other in (check.tested, check.ordinal) or (leans < 0.5 if label == "above" else leans > 0.5)


def ranked_measure(layout: Layout, dimension: Dimension) -> Measure:
    """The measure whose single answers are ranked: the criterion itself; of a question the heaviest of its components, the
    first of several as heavy."""
    heaviest = max(dimension.parts, key=lambda part: part.weight)
    return layout.measures[heaviest.measures[0]]


def level_table(year: Year, measure: Measure) -> Counts | None:
    """Answers to one measure by unit and level (units, levels), levels rising; None where nobody answered it."""
    where = {unit.id: place for place, unit in enumerate(year.units)}
    elsewhere = len(where)
    counts = np.zeros((elsewhere + 1, LEVELS + 1), np.int64)
    for frame in year.frames.get(measure.poll, ()):
        place = np.array([where.get(name, elsewhere) for name in frame.units], np.int64)
        for start in range(0, frame.n_ballots, BLOCK):
            rows = slice(start, start + BLOCK)
            block = Frame(frame.codebook, frame.units, frame.unit[rows], frame.codes[:, rows], frame.numbers[:, rows])
            values, known = measured(block, measure)
            codes = np.rint(values[known] * (LEVELS / 100)).astype(np.int64)
            levels = np.flatnonzero(np.bincount(codes))
            cells = place[block.unit[known]] * levels.size + np.searchsorted(levels, codes)
            counts[:, levels] += np.bincount(cells, minlength=len(counts) * levels.size).reshape(len(counts), -1)
    table = counts[:elsewhere]
    used = table.any(axis=0)
    return table[:, used] if used.any() else None
