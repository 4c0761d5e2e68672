"""Means of a finite staff answered unequally by category: strata, weights, head counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, stdtrit

from analysis.estimation.intervals import Interval
from analysis.estimation.sampling import Design, Lonely, linearised_covariance, sampling_design
from analysis.estimation.vectors import Vector


@dataclass(frozen=True, slots=True)
class DesignMean:
    """`n` answers; all else in the unit of the answers, None where `reason` says why.

    `interval` by t(degrees_of_freedom), `normal_interval` beside it; `design_effect` is the variance over that of a simple
    sample of the same size with replacement; `n_eff` and `weight_effect` are Kish's, from the weights alone.
    `n_lonely` strata had a single answer and added no variance: the standard error is then too small.
    """

    n: int
    mean: float | None
    standard_error: float | None
    degrees_of_freedom: int
    interval: Interval
    normal_interval: Interval
    design_effect: float | None
    n_eff: float | None
    weight_effect: float | None
    n_lonely: int = 0
    reason: str | None = None


def design_mean(
    values: npt.ArrayLike,
    *,
    strata: npt.ArrayLike | None = None,
    head_counts: Sequence[float] | float | None = None,
    weights: npt.ArrayLike | None = None,
    missing: Literal["drop", "domain"] = "drop",
    lonely: Lonely = "certainty",
    confidence: float = 0.95,
) -> DesignMean:
    """Weighted mean with the standard error that strata and the finite staff allow.

    Meaning: the mean the whole staff would have given, if within each category the silent think like those who answered.

    Inputs: `values` in any unit, shape (n,), NaN where missing; `strata` codes 0..k-1, shape (n,), one stratum if None;
    `head_counts` per stratum, shape (k,) (a number for one stratum), None without the finite-population correction;
    `weights`, shape (n,), else head count / answers of the stratum, else 1. `missing`: "drop" forms the strata from those
    who answered, "domain" keeps the others' places in the strata. Returns a DesignMean, never NaN.

    Formula: m = sum w y / sum w; z_i = w_i (y_i - m) / sum w; variance = sum_h (1 - n_h / N_h) n_h / (n_h - 1) sum_i
    (z_hi - mean z_h)^2; degrees of freedom = answers - strata with answers. A stratum of one row adds nothing under
    `lonely` "certainty", z^2 under "adjust", the mean of the others under "average". A stratum with more answers than
    heads goes without the correction and counts as many heads as answers.

    It misleads when silence depends on the answer itself (see response.tipping_gap), and in units whose answers happen to
    agree: the standard error is then zero. At a full census it is zero too: right for today's staff, wrong for how the
    unit works in general (leave `head_counts` out for that, and in every comparison between years).

    Reference: Cochran (1977) ch. 5; Kish (1965); Lumley (2010). Checked against: R survey 4.5 svymean, confint, deff,
    tests/oracles/data/stats/design_mean.json.
    """
    given = np.asarray(values, np.float64).ravel()
    answered = np.isfinite(given)
    keep = answered if missing == "drop" else np.ones(given.size, bool)
    design = sampling_design(
        int(keep.sum()),
        None if strata is None else np.asarray(strata)[keep],
        head_counts,
        None if weights is None else np.asarray(weights, np.float64)[keep],
    )
    if design is None:
        return undefined("a category of staff has no head count", int(answered.sum()))
    return _design_mean(given[keep], answered[keep], design, lonely, confidence)


def _design_mean(
    values: Vector, answered: npt.NDArray[np.bool_], design: Design, lonely: Lonely, conf: float
) -> DesignMean:
    n = int(answered.sum())
    weights = np.where(answered, design.weights, 0.0)
    total = float(weights.sum())
    if n == 0 or total <= 0:
        return undefined("nobody answered" if n == 0 else "every weight is zero", n)
    filled = np.where(answered, values, 0.0)
    mean = float((weights * filled).sum() / total)
    centred = np.where(answered, values - mean, 0.0)
    variance = float(linearised_covariance((weights * centred / total)[:, None], design, lonely)[0, 0])
    spread = float((weights * centred**2).sum() / total)
    strata = np.unique(design.strata[answered])
    alone = int(((design.sizes == 1) & (design.correction > 0)).sum())
    census = bool((design.correction[strata] == 0).all())
    kish = total**2 / float((weights**2).sum())
    return mean_with_error(
        n, mean, variance, n - len(strata), spread, kish, census=census, lonely=alone, confidence=conf
    )


def mean_with_error(
    n: int,
    mean: float,
    variance: float,
    degrees_of_freedom: int,
    spread: float,
    n_eff: float,
    *,
    census: bool,
    lonely: int,
    confidence: float,
) -> DesignMean:
    """A DesignMean from its parts; `spread` is the weighted mean square around the mean, `census` that all answered."""
    simple = spread / (n - 1) if n > 1 else 0.0
    effect = variance / simple if simple > 0 else None
    if degrees_of_freedom < 1 and not census:
        reason = "a single answer of each category says nothing about the others"
        none = Interval.undefined(reason if lonely > 1 else "a single answer says nothing about the others")
        return DesignMean(n, mean, None, 0, none, none, None, n_eff, n / n_eff, lonely, none.reason)
    error = sqrt(max(0.0, variance))
    tail = (1 + confidence) / 2
    half = 0.0 if error == 0 else float(stdtrit(degrees_of_freedom, tail)) * error
    wide = float(ndtri(tail)) * error
    return DesignMean(
        n,
        mean,
        error,
        degrees_of_freedom,
        Interval(mean - half, mean + half),
        Interval(mean - wide, mean + wide),
        effect,
        n_eff,
        n / n_eff,
        lonely,
    )


def undefined(reason: str, n: int = 0) -> DesignMean:
    """No mean, and why."""
    none = Interval.undefined(reason)
    return DesignMean(n, None, None, 0, none, none, None, None, None, 0, reason)
