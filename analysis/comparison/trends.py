"""Did it change? Waves compared by figures that were estimated apart, many units at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from analysis.comparison.multiplicity import adjusted_p
from analysis.estimation.intervals import Interval, wilson_interval
from analysis.estimation.vectors import present


@dataclass(frozen=True, slots=True)
class Level:
    """A figure of one wave: `value`, its standard error (without the finite-population correction), degrees of freedom."""

    n: int
    value: float | None
    standard_error: float | None
    degrees_of_freedom: float


@dataclass(frozen=True, slots=True)
class Change:
    """After minus before, in the unit of the figure; `p_holm` and `p_bh` where many were tested together."""

    n_before: int
    n_after: int
    difference: float | None
    t: float | None
    degrees_of_freedom: float | None
    p: float | None
    interval: Interval
    p_holm: float | None = None
    p_bh: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ShareChange:
    """After minus before, -1..1; `interval` is Newcombe's, `wald` the naive one beside it."""

    difference: float | None
    p: float | None
    interval: Interval
    wald: Interval
    reason: str | None = None


def level(values: npt.ArrayLike) -> Level:
    """The mean of one wave with sd / sqrt(n); inputs any unit, shape (n,), NaN where missing."""
    given = present(values)
    if given.size == 0:
        return Level(0, None, None, 0)
    mean = float(given.mean())
    if given.size == 1:
        return Level(1, mean, None, 0)
    sd = float(given.std(ddof=1)) if given.max() > given.min() else 0.0
    return Level(given.size, mean, sd / sqrt(given.size), given.size - 1)


def change(before: Level, after: Level, *, confidence: float = 0.95) -> Change:
    """Welch's test of two figures estimated apart.

    Meaning: how much the second wave lies above the first, and the range that fits both.

    Inputs: two Levels, from `level`, or from design_means without head counts (a change is no matter of this year's staff
    alone: with the finite-population correction units without change were called changed in 4 to 23 % of simulated years).
    Returns a Change in the unit of the figures; all but the numbers None where a wave has fewer than two answers, or no
    answer differs from another in either wave.

    Formula: t = d / sqrt(s0^2 + s1^2), s standard errors; degrees of freedom (s0^2 + s1^2)^2 / (s0^4 / f0 + s1^4 / f1).

    It misleads where the same people answered twice (it takes them for strangers and finds less), where the staff or the
    response changed, and over many units at once: see changes. Reference: Welch (1947). Checked against: R t.test,
    tests/oracles/data/stats/waves.json.
    """
    reason = _no_change(before, after)
    if reason is not None:
        return Change(before.n, after.n, None, None, None, None, Interval.undefined(reason), reason=reason)
    first, second = before.standard_error or 0.0, after.standard_error or 0.0
    difference = (after.value or 0.0) - (before.value or 0.0)
    error = sqrt(first**2 + second**2)
    parts = (first / error) ** 4 / before.degrees_of_freedom + (second / error) ** 4 / after.degrees_of_freedom
    t, df = difference / error, 1 / parts
    half = float(stdtrit(df, (1 + confidence) / 2)) * error
    p = float(2 * stdtr(df, -abs(t)))
    return Change(before.n, after.n, difference, t, df, p, Interval(difference - half, difference + half))


def _no_change(before: Level, after: Level) -> str | None:
    if not (before.n and after.n):
        return "nobody answered in one of the waves"
    if before.standard_error is None or after.standard_error is None or before.value is None or after.value is None:
        return "a wave has a single answer"
    if min(before.degrees_of_freedom, after.degrees_of_freedom) <= 0:
        return "a wave has a single answer of each category"
    if before.standard_error + after.standard_error <= 1e-14 * max(1.0, abs(before.value), abs(after.value)):
        return "no answer differs from another in either wave"
    return None


def changes(pairs: Sequence[tuple[Level, Level]], *, confidence: float = 0.95) -> tuple[Change, ...]:
    """The change of many units (or figures) between two waves, with Holm's and Benjamini-Hochberg's p.

    Inputs: (before, after) per unit. Undefined changes stay in the list and are left out of the adjustment. Call a unit
    changed at p_bh <= 0.10: one in ten such calls may be wrong, not one in ten units. Give all units tested, not those
    that stand out. Reference: Holm (1979); Benjamini & Hochberg (1995). Checked against: R t.test and p.adjust,
    tests/oracles/data/stats/waves.json.
    """
    found = [change(before, after, confidence=confidence) for before, after in pairs]
    p = [each.p for each in found]
    rows = zip(found, adjusted_p(p, "holm"), adjusted_p(p, "bh"), strict=True)
    return tuple(replace(each, p_holm=holm, p_bh=bh) for each, holm, bh in rows)


def unit_changes(
    before: npt.ArrayLike,
    units_before: npt.ArrayLike,
    after: npt.ArrayLike,
    units_after: npt.ArrayLike,
    *,
    n_units: int,
    confidence: float = 0.95,
) -> tuple[Change, ...]:
    """The change of each unit's plain mean from single answers: values and unit codes 0..n_units-1 of both waves."""
    waves = (_levels(before, units_before, n_units), _levels(after, units_after, n_units))
    return changes(list(zip(*waves, strict=True)), confidence=confidence)


def _levels(values: npt.ArrayLike, units: npt.ArrayLike, n_units: int) -> list[Level]:
    given, codes = np.asarray(values, np.float64).ravel(), np.asarray(units, np.intp)
    if given.shape != codes.shape or (codes.size and not 0 <= codes.min() <= codes.max() < n_units):
        raise ValueError("Each answer belongs to one of the units.")
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=n_units))
    return [level(part) for part in np.split(given[order], ends)[:n_units]]


def share_change(
    count_before: int, base_before: int, count_after: int, base_after: int, *, confidence: float = 0.95
) -> ShareChange:
    """Difference of two shares estimated apart, after minus before, with Newcombe's interval.

    Inputs: counts of bases, 0 <= count <= base. Returns a ShareChange in -1..1; `p` of the pooled z test, None where both
    shares are 0 or both are 1.

    Formula: d -+ root of the sum of the squared distances from each share to its Wilson limits: sqrt((p1 - l1)^2 + (u0 -
    p0)^2) downwards, sqrt((u1 - p1)^2 + (p0 - l0)^2) upwards. Wald: d -+ z sqrt(p1 q1 / n1 + p0 q0 / n0), cut at -1 and 1.

    It misleads as change does. Wald is too narrow near 0 and 1: it is there for comparison only.

    Reference: Newcombe (1998), method 10. Checked against: R prop.test(correct = FALSE) and statsmodels 0.15
    confint_proportions_2indep, tests/oracles/data/stats/wave_proportion.json.
    """
    before, after = (
        wilson_interval(count, base, confidence=confidence)
        for count, base in ((count_before, base_before), (count_after, base_after))
    )
    if before.low is None or before.high is None or after.low is None or after.high is None:
        none = Interval.undefined("nobody answered in one of the waves")
        return ShareChange(None, None, none, none, none.reason)
    p0, p1 = count_before / base_before, count_after / base_after
    d = p1 - p0
    lower, upper = (
        sqrt((p1 - after.low) ** 2 + (before.high - p0) ** 2),
        sqrt((after.high - p1) ** 2 + (p0 - before.low) ** 2),
    )
    half = float(ndtri((1 + confidence) / 2)) * sqrt(p1 * (1 - p1) / base_after + p0 * (1 - p0) / base_before)
    pooled = (count_before + count_after) / (base_before + base_after)
    error = sqrt(pooled * (1 - pooled) * (1 / base_before + 1 / base_after))
    return ShareChange(
        d,
        float(2 * ndtr(-abs(d) / error)) if error > 0 else None,
        Interval(d - lower, d + upper),
        Interval(max(-1.0, d - half), min(1.0, d + half)),
    )
