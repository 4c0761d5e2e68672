"""Funnel limits: how far a unit's share may lie from the whole by chance alone, by its size."""

from collections.abc import Callable
from dataclasses import dataclass
from math import asin, pi, sin, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from analysis.estimation.vectors import Vector, unit_numbers

WINSORISED = 0.1
INNER, OUTER = 0.95, 0.998


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares, low and high, that hold 95 % (inner) and 99.8 % (outer) of units that differ by chance alone."""

    inner_low: float
    inner_high: float
    outer_low: float
    outer_high: float


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """The limits at one unit size `n`, four ways: see `funnel`."""

    n: float
    normal: Limits
    arcsine: Limits
    overdispersed: Limits
    exact: Limits


@dataclass(frozen=True, slots=True)
class FunnelUnit:
    """A unit's distance from the whole in standard errors, before and after allowing for spread beyond chance."""

    z: float | None
    z_adjusted: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Funnel:
    """`centre` the pooled share 0..1, `phi` the spread over what chance gives (1 = chance alone), `tau2` on the arcsine
    scale; all None and no limits where `reason` says why.
    """

    centre: float | None
    phi: float | None
    tau2: float | None
    limits: tuple[FunnelPoint, ...]
    units: tuple[FunnelUnit, ...]
    reason: str | None = None


def funnel(counts: npt.ArrayLike, bases: npt.ArrayLike, at: npt.ArrayLike) -> Funnel:
    """Funnel plot of shares by unit.

    Meaning: small units scatter widely by chance; only those outside the limits for their size stand out.

    Inputs, shape (units,): `counts` of `bases` answers (0 <= count <= base); `at` the unit sizes (>= 1) to give limits
    for. Returns shares in 0..1 (the normal form may leave it: draw the others), units in their order.

    Formula: p0 = sum x / sum n. normal: p0 -+ z sqrt(p0 (1 - p0) / n). arcsine: sin(asin sqrt p0 -+ z / (2 sqrt n))^2,
    overdispersed with sqrt(1/(4n) + tau2). exact: binomial quantiles / n. Unit z = 2 sqrt n (asin sqrt p - asin sqrt p0);
    phi = mean of z^2 winsorised at 10 %; tau2 by DerSimonian-Laird from it, 0 if phi is no more than chance gives.

    It misleads as a test: of 40 like units two lie outside the inner limits. It takes answers as a sample without end
    and knows no staff categories; the classes do. The arcsine form is poor below ten answers.

    Reference: Spiegelhalter (2005), Stat. Med. 24; Spiegelhalter et al. (2012), JRSS A 175. Checked against: FunnelPlotR
    0.6.0 and qbinom, funnel.json.
    """
    x, n, sizes = unit_numbers(counts), unit_numbers(bases), unit_numbers(at)
    if len(x) != len(n) or np.any(x < 0) or np.any(x > n) or np.any(sizes < 1):
        raise ValueError("Each unit needs a count out of its base; sizes are 1 or more.")
    some = n > 0
    if not some.any():
        return _empty("nobody answered", len(n))
    centre = float(x.sum() / n.sum())
    if centre in (0.0, 1.0):
        return _empty("all answers are alike: no unit can stand out", len(n))
    middle = asin(sqrt(centre))
    z = 2 * np.sqrt(n[some]) * (np.arcsin(np.sqrt(x[some] / n[some])) - middle)
    phi, tau2 = _overdispersion(z, n[some])
    adjusted = z / np.sqrt(1 + 4 * n[some] * tau2)
    pairs = zip(z.tolist(), adjusted.tolist(), strict=True)
    units = tuple(FunnelUnit(*next(pairs)) if each else SILENT for each in some.tolist())
    return Funnel(centre, phi, tau2, tuple(_point(size, centre, tau2) for size in sizes.tolist()), units)


SILENT = FunnelUnit(None, None, "nobody answered")


def _empty(reason: str, n_units: int) -> Funnel:
    return Funnel(None, None, None, (), (FunnelUnit(None, None, reason),) * n_units, reason)


def _overdispersion(z: Vector, n: Vector) -> tuple[float, float]:
    low, high = np.quantile(z, (WINSORISED, 1 - WINSORISED))
    k, w = len(z), 4 * n
    phi = float((np.clip(z, low, high) ** 2).sum()) / k
    room = float(w.sum() - (w**2).sum() / w.sum())
    return phi, max(0.0, (k * phi - (k - 1)) / room) if room > 0 else 0.0


def _point(n: float, centre: float, tau2: float) -> FunnelPoint:
    return FunnelPoint(
        n=n,
        normal=_around(lambda z: centre + z * sqrt(centre * (1 - centre) / n)),
        arcsine=_around(lambda z: _sine(asin(sqrt(centre)) + z * sqrt(1 / (4 * n)))),
        overdispersed=_around(lambda z: _sine(asin(sqrt(centre)) + z * sqrt(1 / (4 * n) + tau2))),
        exact=_around(lambda z: _binomial(z, n, centre)),
    )


def _around(limit: Callable[[float], float]) -> Limits:
    inner, outer = (float(ndtri((1 + share) / 2)) for share in (INNER, OUTER))
    return Limits(limit(-inner), limit(inner), limit(-outer), limit(outer))


def _sine(angle: float) -> float:
    return sin(min(max(angle, 0.0), pi / 2)) ** 2


def _binomial(z: float, n: float, centre: float) -> float:
    """Smallest count whose binomial probability up to it reaches that of z, as a share of whole n."""
    from scipy.stats import binom

    whole = max(round(n), 1)
    return float(binom.ppf(ndtr(z), whole, centre)) / whole
