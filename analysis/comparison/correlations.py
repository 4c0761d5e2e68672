"""Which answers go together, pair by pair, each with its own base and interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import atanh, sqrt, tanh

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, stdtr

from analysis.estimation.intervals import Interval
from analysis.estimation.midranks import midranks
from analysis.estimation.vectors import Vector


@dataclass(frozen=True, slots=True)
class Correlation:
    """`n` respondents with both answers; coefficients -1..1, None where `reason` says why."""

    n: int
    pearson: float | None
    pearson_p: float | None
    interval: Interval
    spearman: float | None
    spearman_p: float | None
    reason: str | None = None


def correlation(first: npt.ArrayLike, second: npt.ArrayLike, *, confidence: float = 0.95) -> Correlation:
    """Pearson's and Spearman's correlation of two columns over the respondents who gave both.

    Meaning: 1, the more of one the more of the other; 0, no straight (Pearson) or steady (Spearman) relation.

    Inputs: two columns of the same respondents, shape (n,), any units, NaN where missing. Returns a Correlation; `interval`
    belongs to Pearson's r.

    Formula: r = sum of products of deviations over the root of the product of their squares; Spearman is r of the midranks;
    p two-sided from t = r sqrt((n - 2) / (1 - r^2)) with n - 2; limits tanh(atanh r -+ z / sqrt(n - 3)).

    It misleads as a cause; where units differ (people of one branch answer alike: p is too small); and where everybody
    ticks the same column (straight-lining makes every r positive).

    Reference: Fisher (1921); Spearman (1904). Checked against: R Hmisc 4.8 rcorr, cor.test,
    tests/oracles/data/stats/correlation.json.
    """
    x, y = np.asarray(first, np.float64).ravel(), np.asarray(second, np.float64).ravel()
    if x.shape != y.shape:
        raise ValueError("Both columns are of the same respondents.")
    both = np.isfinite(x) & np.isfinite(y)
    x, y = x[both], y[both]
    n = x.size
    if n < 2 or x.min() == x.max() or y.min() == y.max():
        reason = "fewer than two gave both answers" if n < 2 else "one of the answers is the same for all"
        return Correlation(n, None, None, Interval.undefined(reason), None, None, reason)
    pearson, spearman = _coefficient(x, y), _coefficient(midranks(x), midranks(y))
    return Correlation(
        n, pearson, _p_value(pearson, n), _fisher(pearson, n, confidence), spearman, _p_value(spearman, n)
    )


def _coefficient(x: Vector, y: Vector) -> float:
    x, y = (each - each.mean() for each in (x, y))
    x, y = x / np.abs(x).max(), y / np.abs(y).max()  # no overflow, whatever the unit
    return float(np.clip((x * y).sum() / sqrt((x * x).sum() * (y * y).sum()), -1.0, 1.0))


def _p_value(r: float, n: int) -> float | None:
    if n < 3:
        return None
    rest = (1 - r) * (1 + r)
    return 0.0 if rest <= 0 else float(2 * stdtr(n - 2, -abs(r) * sqrt((n - 2) / rest)))


def _fisher(r: float, n: int, confidence: float) -> Interval:
    if n < 4:
        return Interval.undefined("fewer than four gave both answers")
    if abs(r) == 1:
        return Interval(r, r)
    half = float(ndtri((1 + confidence) / 2)) / sqrt(n - 3)
    return Interval(tanh(atanh(r) - half), tanh(atanh(r) + half))


def correlations(
    columns: Mapping[str, npt.ArrayLike], *, confidence: float = 0.95
) -> dict[tuple[str, str], Correlation]:
    """The correlation of every pair of columns, in their order; each pair on its own respondents. See correlation.

    With many columns some pairs are "significant" by chance: 40 items make 780 pairs, 39 below 0.05.
    """
    return {
        (one, other): correlation(columns[one], columns[other], confidence=confidence)
        for one, other in combinations(columns, 2)
    }
