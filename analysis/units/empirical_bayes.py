"""Shrinkage with one best guess of the spread between units (REML, DerSimonian-Laird, Paule-Mandel)."""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc, ndtri

from analysis.estimation.intervals import Interval
from analysis.estimation.vectors import Vector, unit_numbers

Method = Literal["REML", "DL", "PM"]


@dataclass(frozen=True, slots=True)
class ShrunkUnit:
    """A unit's shrunk figure with its standard error, 95 % interval and the weight of its own figure (0..1)."""

    estimate: float
    standard_error: float
    interval: Interval
    reliability: float


@dataclass(frozen=True, slots=True)
class EmpiricalBayes:
    """Common mean, spread between units and shrunk units.

    `tau2` squared unit of the estimates; `i2` percent of the spread that is not chance, 0..100; `q` and `q_p` Cochran's
    test of no difference at all. All None (and no units) where `reason` says why.
    """

    units: tuple[ShrunkUnit, ...]
    mu: float | None
    mu_standard_error: float | None
    mu_interval: Interval
    tau2: float | None
    i2: float | None
    q: float | None
    q_p: float | None
    reason: str | None = None


def eb_normal(
    estimates: npt.ArrayLike, variances: npt.ArrayLike, *, method: Method = "REML", confidence: float = 0.95
) -> EmpiricalBayes:
    """Empirical Bayes shrinkage of unit figures towards their weighted mean.

    Meaning: the same model as pooling.posterior with tau^2 fixed at its estimate: quick, and a check of the other.

    Inputs, shape (units,): `estimates` y in any unit, `variances` v > 0 in its square. Returns units in their order.

    Formula: w = 1/(v + tau2), mu = sum w y / sum w, L = tau2/(tau2 + v), figure L y + (1 - L) mu with squared error
    L v + (1 - L)^2 / sum w; intervals normal. tau2 by REML (Fisher scoring, never below 0), DL (moments) or PM (the
    tau2 at which sum w (y - mu)^2 = units - 1). With w = 1/v: Q = sum w (y - mu)^2, I2 = 100 tau2 / (tau2 + v_t),
    v_t = (units - 1) sum w / ((sum w)^2 - sum w^2).

    It misleads with few units: tau2 is then poorly known, often 0, and the intervals are too narrow since they take it
    as given. The assessment uses pooling.posterior, which does not.

    Reference: Morris (1983), JASA 78; DerSimonian & Laird (1986); Paule & Mandel (1982); Viechtbauer (2010), JSS 36(3).
    Checked against: metafor 3.8.1 rma and blup, eb_normal.json.
    """
    y, v = unit_numbers(estimates), unit_numbers(variances)
    if len(y) != len(v):
        raise ValueError("Each unit needs one estimate and one variance.")
    if np.any(v < 0):
        raise ValueError("A variance cannot be negative.")
    if len(y) < 2:
        return _undefined("a single unit has nothing to be compared with")
    if np.any(v <= 1e-12 * (v.mean() + y.var())):
        return _undefined("a unit whose figure is known exactly outweighs all others without bound")
    tau2 = {"REML": _reml, "DL": _moments, "PM": _paule_mandel}[method](y, v)
    return _shrunk(y, v, tau2, float(ndtri((1 + confidence) / 2)))


def _undefined(reason: str) -> EmpiricalBayes:
    return EmpiricalBayes((), None, None, Interval.undefined(reason), None, None, None, None, reason)


def _shrunk(y: Vector, v: Vector, tau2: float, z: float) -> EmpiricalBayes:
    w = 1 / (v + tau2)
    mu, variance = _mean(y, w), float(1 / w.sum())
    share = tau2 / (tau2 + v)
    figures = share * y + (1 - share) * mu
    errors = np.sqrt(share * v + (1 - share) ** 2 * variance)
    rows = zip(figures.tolist(), errors.tolist(), share.tolist(), strict=True)
    units = tuple(ShrunkUnit(f, e, Interval(f - z * e, f + z * e), s) for f, e, s in rows)
    q, typical = _cochran(y, 1 / v), _typical_variance(v)
    error = sqrt(variance)
    return EmpiricalBayes(
        units=units,
        mu=mu,
        mu_standard_error=error,
        mu_interval=Interval(mu - z * error, mu + z * error),
        tau2=tau2,
        i2=100 * tau2 / (tau2 + typical),
        q=q,
        q_p=float(chdtrc(len(y) - 1, q)),
    )


def _mean(y: Vector, w: Vector) -> float:
    return float((w * y).sum() / w.sum())


def _cochran(y: Vector, w: Vector) -> float:
    return float((w * (y - _mean(y, w)) ** 2).sum())


def _pairs(values: Vector) -> float:
    """(sum)^2 - sum of squares, without the difference of two numbers that one value has made very large."""
    rising = np.sort(values)
    return 2 * float((rising[1:] * np.cumsum(rising)[:-1]).sum())


def _typical_variance(v: Vector) -> float:
    w = 1 / v
    return (len(v) - 1) * float(w.sum()) / _pairs(w)


def _moments(y: Vector, v: Vector) -> float:
    w = 1 / v
    return max(0.0, (_cochran(y, w) - (len(y) - 1)) * float(w.sum()) / _pairs(w))


def _paule_mandel(y: Vector, v: Vector) -> float:
    def excess(tau2: float) -> float:
        return _cochran(y, 1 / (v + tau2)) - (len(y) - 1)

    if excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, float(y.var(ddof=1))  # at the plain variance, v > 0 leaves less than units - 1
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2


def _reml(y: Vector, v: Vector) -> float:
    tau2 = max(0.0, float(y.var(ddof=1) - v.mean()))
    for _ in range(200):
        w = 1 / (v + tau2)
        total = float(w.sum())
        score = float((w**2 * (y - _mean(y, w)) ** 2).sum()) - _pairs(w) / total
        information = float(((w * (1 - w / total)) ** 2).sum()) + _pairs(w**2 / total)
        before, tau2 = tau2, max(0.0, tau2 + score / information)
        if abs(tau2 - before) <= 1e-12 * float(v.mean()):
            break
    return tau2
