"""Do groups answer differently? Rank tests for two and for many groups, with how much beside whether."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc, ndtr, stdtrit

from analysis.comparison.multiplicity import adjusted_p
from analysis.estimation.intervals import Interval
from analysis.estimation.midranks import midranks, tie_sum
from analysis.estimation.vectors import Vector, present

EMPTY = "one of the groups gave no answers"
EQUAL = "all answers are equal"
MOST_PAIRED = 200  # groups: 19,900 pairs; beyond that nobody reads them and memory ends


@dataclass(frozen=True, slots=True)
class TwoGroups:
    """`u` pairs in which the first is higher (ties half); `superiority` = u / pairs, 0..1; `delta` -1..1."""

    n_first: int
    n_second: int
    u: float | None
    p: float | None
    p_corrected: float | None
    superiority: float | None
    delta: float | None
    interval: Interval
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups by their places: `z` above 0 where the second has the higher ranks; `p_holm` over all pairs."""

    first: int
    second: int
    z: float
    p: float
    p_holm: float


@dataclass(frozen=True, slots=True)
class ManyGroups:
    """Kruskal-Wallis `h` with its effect sizes, and Dunn's pairs of the groups that gave answers."""

    n: int
    n_groups: int
    h: float | None
    degrees_of_freedom: int | None
    p: float | None
    epsilon_squared: float | None
    eta_squared: float | None
    pairs: tuple[Pair, ...] = ()
    reason: str | None = None


def two_groups(first: npt.ArrayLike, second: npt.ArrayLike, *, confidence: float = 0.95) -> TwoGroups:
    """Mann-Whitney test of two groups with Cliff's delta.

    Meaning: of all pairs of one answer from each group, the share in which the first is higher minus the share in which
    the second is: 0 no difference, 1 every answer of the first is higher. Needs order only, no distances.

    Inputs: answers in any unit, shapes (n1,) and (n2,), NaN where missing. Returns a TwoGroups; p two-sided, asymptotic,
    tie-corrected, without (`p`) and with continuity correction.

    Formula: U = #{x > y} + #{x = y} / 2; z = (U - n1 n2 / 2) / sqrt(n1 n2 / 12 (N + 1 - sum(t^3 - t) / (N (N - 1))));
    delta d = 2 U / (n1 n2) - 1; s^2 = (n2^2 sum (d_i. - d)^2 + n1^2 sum (d_.j - d)^2 - sum (d_ij - d)^2) / (n1 n2 (n1 - 1)
    (n2 - 1)); limits (d - d^3 -+ t s sqrt((1 - d^2)^2 + t^2 s^2)) / (1 - d^2 + t^2 s^2), t with n1 + n2 - 2.

    It misleads below about eight answers a group (p is asymptotic), and as a test of means. The finite staff is not known
    to it: p is too large where most have answered. Where all answers are equal the limits are 0 and 0, which is no proof.

    Reference: Mann & Whitney (1947); Cliff (1993); Feng & Cliff (2004). Checked against: R wilcox.test, effsize 0.8.1
    cliff.delta(return.dm = TRUE), effectsize rank_biserial, tests/oracles/data/stats/group_two.json.
    """
    x, y = present(first), present(second)
    if not (x.size and y.size):
        return TwoGroups(x.size, y.size, None, None, None, None, None, Interval.undefined(EMPTY), EMPTY)
    above, below = _dominance(x, y), -_dominance(y, x)
    pairs = x.size * y.size
    u = float(midranks(np.concatenate([x, y]))[: x.size].sum()) - x.size * (x.size + 1) / 2
    delta = 2 * u / pairs - 1
    interval = _delta_interval(above, below, x, y, delta, confidence)
    total = x.size + y.size
    ties = tie_sum(np.concatenate([x, y]))
    variance = pairs / 12 * (total + 1 - ties / (total * (total - 1)))
    if x.max() == x.min() == y.max() == y.min():
        return TwoGroups(x.size, y.size, u, None, None, u / pairs, delta, interval, EQUAL)
    gap = abs(u - pairs / 2)
    p, corrected = (float(2 * ndtr(-each / sqrt(variance))) for each in (gap, max(0.0, gap - 0.5)))
    return TwoGroups(x.size, y.size, u, p, min(1.0, corrected), u / pairs, delta, interval)


def _dominance(x: Vector, y: Vector) -> Vector:
    """Per x: share of y below it minus share above it."""
    lined = np.sort(y)
    difference = np.searchsorted(lined, x, "left") - (y.size - np.searchsorted(lined, x, "right"))
    return np.asarray(difference / y.size, np.float64)


def _delta_interval(above: Vector, below: Vector, x: Vector, y: Vector, delta: float, confidence: float) -> Interval:
    n1, n2 = x.size, y.size
    if min(n1, n2) < 2:
        return Interval.undefined("a group with a single answer has no spread")
    exact = delta
    pairs = n1 * n2
    if abs(delta) == 1:  # groups apart: a little less, as if one pair were undecided, or the variance would be zero
        delta *= 1 - 1 / pairs
    whole = float((above * n2).sum())  # sum of d_ij, each -1, 0 or 1
    cells = pairs - _n_equal(x, y) - 2 * delta * whole + pairs * delta**2  # sum of (d_ij - d)^2
    rows, columns = float(((above - delta) ** 2).sum()), float(((below - delta) ** 2).sum())
    variance = (n2**2 * rows + n1**2 * columns - cells) / (pairs * (n1 - 1) * (n2 - 1))
    spread = float(stdtrit(n1 + n2 - 2, (1 + confidence) / 2)) * sqrt(max(variance, 0.0))
    rest = 1 - delta**2
    middle, half, scale = delta * rest, spread * sqrt(rest**2 + spread**2), rest + spread**2
    low, high = (middle - half) / scale, (middle + half) / scale
    return Interval(max(-1.0, min(low, exact)), min(1.0, max(high, exact)))


def _n_equal(x: Vector, y: Vector) -> int:
    lined = np.sort(y)
    return int((np.searchsorted(lined, x, "right") - np.searchsorted(lined, x, "left")).sum())


def many_groups(groups: Sequence[npt.ArrayLike]) -> ManyGroups:
    """Kruskal-Wallis test of several groups, epsilon squared, and Dunn's test of each pair.

    Meaning: `epsilon_squared` (0..1) is the share of the spread of ranks that lies between groups; Dunn's pairs say which
    groups differ, Holm's correction included.

    Inputs: answers per group, any unit, NaN where missing. Groups without answers are left out (`n_groups` counts the
    others); pairs name groups by their place in `groups`. Returns a ManyGroups.

    Formula: H = (12 / (n (n + 1)) sum n_g (mean rank_g - (n + 1) / 2)^2) / (1 - sum(t^3 - t) / (n^3 - n)), chi-square with
    k - 1; epsilon^2 = H / (n - 1); eta^2 = (H - k + 1) / (n - k); z = (mean rank_2 - mean rank_1) / sqrt((n (n + 1) / 12 -
    sum(t^3 - t) / (12 (n - 1))) (1 / n_1 + 1 / n_2)).

    It misleads with groups of fewer than five, and as a league table: with forty units there are 780 pairs; use
    classes. Above 200 groups the pairs are left out.

    Reference: Kruskal & Wallis (1952); Dunn (1964); Holm (1979); Tomczak & Tomczak (2014). Checked against: R
    kruskal.test, effectsize, rstatix dunn_test, tests/oracles/data/stats/group_many.json.
    """
    given = [(place, answers) for place, each in enumerate(groups) if (answers := present(each)).size]
    n, k = sum(answers.size for _, answers in given), len(given)
    if k < 2:
        reason = "nobody answered" if k == 0 else "there is a single group with answers"
        return ManyGroups(n, k, None, None, None, None, None, (), reason)
    values = np.concatenate([answers for _, answers in given])
    if values.min() == values.max():
        return ManyGroups(n, k, None, None, None, None, None, (), EQUAL)
    sizes = np.array([answers.size for _, answers in given])
    ranks = np.array([part.mean() for part in np.split(midranks(values), np.cumsum(sizes)[:-1])])
    ties = tie_sum(values)
    h = float(12 / (n * (n + 1)) * (sizes * (ranks - (n + 1) / 2) ** 2).sum() / (1 - ties / (n**3 - n)))
    eta = (h - k + 1) / (n - k) if n > k else None
    variance = n * (n + 1) / 12 - ties / (12 * (n - 1))
    pairs = _dunn([place for place, _ in given], sizes, ranks, variance) if k <= MOST_PAIRED else ()
    return ManyGroups(n, k, h, k - 1, float(chdtrc(k - 1, h)), h / (n - 1), eta, pairs)


def _dunn(places: list[int], sizes: npt.NDArray[np.intp], ranks: Vector, variance: float) -> tuple[Pair, ...]:
    pairs = list(combinations(range(len(places)), 2))
    z = [float((ranks[b] - ranks[a]) / sqrt(variance * (1 / sizes[a] + 1 / sizes[b]))) for a, b in pairs]
    p = [float(2 * ndtr(-abs(each))) for each in z]
    return tuple(
        Pair(places[a], places[b], *three)
        for (a, b), three in zip(
            pairs, zip(z, p, (each or 0.0 for each in adjusted_p(p, "holm")), strict=True), strict=True
        )
    )
