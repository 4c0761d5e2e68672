"""One column of answers described: centre, spread, shape, shares of codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from analysis.estimation.vectors import Vector, present


@dataclass(frozen=True, slots=True)
class Description:
    """In the unit of the answers; what a single answer, or none, cannot tell is None, and `reason` says why."""

    n: int
    n_missing: int
    mean: float | None = None
    sd: float | None = None
    standard_error: float | None = None
    median: float | None = None
    interpolated_median: float | None = None
    skew: float | None = None
    kurtosis: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    reason: str | None = None


def description(values: npt.ArrayLike) -> Description:
    """Number, mean, spread, medians, shape and range of one column.

    Meaning: what the answers look like before anything is inferred from them; skew below 0 is a tail towards low answers,
    kurtosis above 0 means more extremes than a normal curve has.

    Inputs: `values` in any unit, shape (n,), NaN where missing. Returns a Description, its fields in the unit of the
    values (skew and excess kurtosis without unit), never NaN.

    Formula: sd with n - 1; standard error sd / sqrt(n); interpolated median m - 1/2 + (n/2 - below) / at, `at` answers
    lying on the median m and `below` under it (answers one step apart); skew sum (y - mean)^3 / (n sd^3), excess kurtosis
    sum (y - mean)^4 / (n sd^4) - 3.

    It misleads where a scale is used at its ends only: half 1 and half 5 has the mean of all 3; show the shares beside
    it. The standard error takes the answers for a random sample of an endless population (design_means knows better).

    Reference: Joanes & Gill (1998), their b1 and b2. Checked against: R psych 2.2.9 describe (type 3) and interp.median,
    tests/oracles/data/stats/descriptives.json.
    """
    given = present(values)
    n, missing = given.size, np.size(values) - given.size
    if n == 0:
        return Description(0, missing, reason="nobody answered")
    mean = float(given.mean())
    low, high = float(given.min()), float(given.max())
    middle = float(np.median(given))
    if n == 1:
        alone = "a single answer has no spread"
        return Description(1, missing, mean, None, None, middle, middle, None, None, low, high, alone)
    sd = float(given.std(ddof=1)) if high > low else 0.0
    between = _interpolated(given, middle)
    skew, kurtosis = _shape(given, mean, sd)
    reason = None if sd > 0 else "all answers are equal: they have no shape"
    return Description(n, missing, mean, sd, sd / sqrt(n), middle, between, skew, kurtosis, low, high, reason)


def _interpolated(given: Vector, middle: float) -> float:
    at = int((given == middle).sum())
    below = int((given < middle).sum())
    return middle - 0.5 + (given.size / 2 - below) / at if at else middle


def _shape(given: Vector, mean: float, sd: float) -> tuple[float | None, float | None]:
    if sd == 0:
        return None, None
    steps = (given - mean) / sd
    return float((steps**3).mean()), float((steps**4).mean()) - 3


def code_share(values: npt.ArrayLike, codes: Iterable[float]) -> float | None:
    """Share of the valid answers that are one of `codes`, 0..1; None when nobody answered.

    One code for a bar of the distribution, {4, 5} for the top-two-box of a five-point scale, {1, 2} for the bottom two.
    It misleads across scales with other numbers of points: say which. Its interval: intervals.wilson_interval. Checked
    against: tests/oracles/data/stats/descriptives.json.
    """
    given = present(values)
    return float(np.isin(given, list(codes)).mean()) if given.size else None
