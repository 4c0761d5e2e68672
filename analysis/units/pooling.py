"""Shrunk estimates of units: each unit borrows from the others as much as its own number is uncertain (statistics 4.4)."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from analysis.estimation.intervals import Interval
from analysis.estimation.vectors import Vector, unit_numbers
from analysis.units.mixtures import mixture_moments, mixture_quantile

GRID_POINTS = 151
FEWEST_UNITS = 3  # with a uniform prior on tau, one or two units leave the posterior without a finite integral
FEWEST_FOR_TAU = 4  # p(tau) falls off as tau^(1 - units): with three its mean is infinite,
FEWEST_FOR_MU_SD = 5  # and below five so is the variance of mu
LOG_RANGE = 20.0  # tau less likely than the likeliest by exp(-20) does not count


@dataclass(frozen=True, slots=True)
class PooledUnit:
    """A unit after shrinkage: posterior mean, sd, 95 % interval, and the weight of its own figure (0..1)."""

    mean: float
    sd: float
    interval: Interval
    reliability: float


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """The hierarchical normal model, integrated over a grid of tau. Everything else about it is computed from here.

    Shapes: tau, weight, mu, mu_variance are (points,), weight sums to 1; reliability is (points, units); estimates and
    variances are (units,). Given a tau and mu the units are independent: theta_b ~ N(L_b C_b + (1 - L_b) mu, L_b v_b).
    `reason` says in words why nothing was fitted; the arrays are then empty.
    """

    estimates: Vector
    variances: Vector
    tau: Vector
    weight: Vector
    edges: Vector
    mu: Vector
    mu_variance: Vector
    reliability: Vector
    reason: str | None = None

    @property
    def means(self) -> Vector:
        """E(theta | tau), shape (points, units)."""
        return self.reliability * self.estimates + (1 - self.reliability) * self.mu[:, None]

    @property
    def sds(self) -> Vector:
        """sd(theta | tau), shape (points, units); the common mu makes part of it, shared by all units."""
        common = (1 - self.reliability) ** 2 * self.mu_variance[:, None]
        return np.asarray(np.sqrt(self.reliability * self.variances + common))


@dataclass(frozen=True, slots=True)
class Pooled:
    """The hierarchical normal model in numbers; what is None (all of it, or tau and the sd of mu) `reason` explains."""

    units: tuple[PooledUnit, ...]
    mu: float | None
    mu_sd: float | None
    mu_interval: Interval
    tau: float | None
    tau_median: float | None
    tau_interval: Interval
    reason: str | None = None


def posterior(
    estimates: npt.ArrayLike,
    variances: npt.ArrayLike,
    sampling_variances: npt.ArrayLike | None = None,
    *,
    points: int = GRID_POINTS,
) -> Posterior:
    """Hierarchical normal model of unit figures, integrated over the spread between units.

    Meaning: what is known of each unit's true mean theta_b once all units are looked at together: small units are drawn
    to the middle, large ones stay where they are.

    Inputs, each of shape (units,): `estimates` C_b in any unit (points of 100); `variances` v_b of C_b, squared unit,
    >= 0; `sampling_variances` S^2 / N_b, the chance spread of the mean of N_b actual staff around what their branch
    would give in the long run, or None for zero. `points` of the grid (fewer for repeated fits, see sensitivity).

    Formula: C_b | theta_b ~ N(theta_b, v_b), theta_b ~ N(mu, tau^2 + S^2/N_b), mu flat, tau uniform on [0, inf);
    a_b = tau^2 + S^2/N_b, q_b = 1/(v_b + a_b), Q = sum q, mu_hat = sum q C / Q;
    p(tau | data) ~ prod q_b^(1/2) Q^(-1/2) exp(-1/2 sum q_b (C_b - mu_hat)^2); L_b = a_b / (a_b + v_b).
    The grid has equal steps of t in tau = s t / (1 - t), narrowed to where the posterior lies, each point in the middle
    of its step and weighted by p(tau) dtau/dt. Variances under 1e-8 s^2 are raised to it (a census counts as known).

    It misleads when units are of two kinds (a few very bad ones are drawn to a middle they do not belong to), and when
    the v_b are themselves poorly known: use the moderated variance of 4.3. Fewer than three units: nothing is fitted.

    Reference: Roever (2020), JSS 93(6); Gelman (2006). Checked against: bayesmeta 3.4, hier_bayes.json.
    """
    y, v = unit_numbers(estimates), unit_numbers(variances)
    own = np.zeros_like(y) if sampling_variances is None else unit_numbers(sampling_variances)
    if not len(y) == len(v) == len(own):
        raise ValueError("Each unit needs one estimate, one variance and one sampling variance.")
    if np.any(v < 0) or np.any(own < 0):
        raise ValueError("A variance cannot be negative.")
    if len(y) < FEWEST_UNITS:
        return _unfitted("fewer than three units cannot show how much units differ")
    scale = sqrt(float(v.mean() + own.mean() + y.var()))
    if scale == 0:
        return _unfitted("all units have the same figure and it is known exactly")
    return _fit(y, np.maximum(v, 1e-8 * scale**2), own, scale, points)


def pooled(fit: Posterior, *, confidence: float = 0.95) -> Pooled:
    """The posterior in numbers: mean, sd and central interval of every theta_b, of mu and of tau.

    Inputs: a `Posterior`; `confidence` of the intervals. Returns units in the order of the estimates, in their unit.
    Formula: mixtures over the grid; mean = sum w m, variance = sum w (s^2 + m^2) - mean^2, interval by the quantiles of
    the mixture of normals; reliability = sum w L_b.

    It misleads if two units are compared by whether their intervals overlap: use the classes. The intervals hold for
    units on average, not for the most extreme one after the data were seen without shrinkage.

    Reference and check: as `posterior`.
    """
    if fit.reason is not None:
        unknown = Interval.undefined(fit.reason)
        return Pooled((), None, None, unknown, None, None, unknown, fit.reason)
    tails = ((1 - confidence) / 2, (1 + confidence) / 2)
    means, sds = fit.means, fit.sds
    middle, spread = mixture_moments(fit.weight, means, sds)
    low, high = (mixture_quantile(fit.weight, means, sds, tail) for tail in tails)
    mu_means, mu_sds = fit.mu[:, None], np.sqrt(fit.mu_variance)[:, None]
    mu, mu_sd = mixture_moments(fit.weight, mu_means, mu_sds)
    mu_low, mu_high = (mixture_quantile(fit.weight, mu_means, mu_sds, tail)[0] for tail in tails)
    tau_low, tau_median, tau_high = (_tau_quantile(fit, share) for share in (tails[0], 0.5, tails[1]))
    reliability = fit.weight @ fit.reliability
    rows = zip(middle, spread, low, high, reliability, strict=True)
    units = tuple(PooledUnit(float(m), float(s), Interval(float(a), float(b)), float(r)) for m, s, a, b, r in rows)
    mu_interval = Interval(float(mu_low), float(mu_high))
    tau = float(fit.weight @ fit.tau) if len(units) >= FEWEST_FOR_TAU else None
    spread_of_mu = float(mu_sd[0]) if len(units) >= FEWEST_FOR_MU_SD else None
    reason = None if spread_of_mu is not None else "with fewer than five units the spread of the mean is without bound"
    return Pooled(units, float(mu[0]), spread_of_mu, mu_interval, tau, tau_median, Interval(tau_low, tau_high), reason)


def joint_draws(fit: Posterior, count: int = 4000, *, seed: int = 20_260_101) -> Vector:
    """`count` joint draws of all unit means, shape (count, units), the same for the same data and seed.

    Formula: tau from the grid by evenly spaced quantiles (no chance in it), mu given tau, theta given both.
    An unfitted posterior gives shape (count, 0). Reference: statistics 4.6.
    """
    if fit.reason is not None:
        return np.zeros((count, 0))
    random = np.random.Generator(np.random.PCG64(seed))
    at = np.searchsorted(np.cumsum(fit.weight), (np.arange(count) + 0.5) / count).clip(max=len(fit.tau) - 1)
    mu = fit.mu[at] + np.sqrt(fit.mu_variance[at]) * random.standard_normal(count)
    share = fit.reliability[at]
    noise = np.sqrt(share * fit.variances) * random.standard_normal(share.shape)
    return np.asarray(share * fit.estimates + (1 - share) * mu[:, None] + noise)


def _unfitted(reason: str) -> Posterior:
    none = np.zeros(0)
    return Posterior(none, none, none, none, none, none, none, np.zeros((0, 0)), reason)


def _fit(y: Vector, v: Vector, own: Vector, scale: float, points: int) -> Posterior:
    low, high = 0.0, 1.0
    for _ in range(12):
        t, tau = _grid(low, high, points, scale)
        log = _log_posterior(y, v + own, tau) - 2 * np.log1p(-t)
        counts = np.flatnonzero(log > log.max() - LOG_RANGE)
        step = (high - low) / points
        if (counts[-1] - counts[0] + 1) * 2 > points:
            break
        low, high = max(0.0, low + (counts[0] - 1) * step), min(1.0, low + (counts[-1] + 2) * step)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    edges = low + (high - low) * np.arange(points + 1) / points
    between = tau[:, None] ** 2 + own
    q = 1 / (v + between)
    total = q.sum(axis=1)
    return Posterior(y, v, tau, weight, scale * _odds(edges), (q @ y) / total, 1 / total, between * q)


def _grid(low: float, high: float, points: int, scale: float) -> tuple[Vector, Vector]:
    t = low + (high - low) * (np.arange(points) + 0.5) / points
    return t, scale * t / (1 - t)


def _odds(t: Vector) -> Vector:
    return np.asarray(t / np.maximum(1 - t, 1e-12))


def _log_posterior(y: Vector, v: Vector, tau: Vector) -> Vector:
    q = 1 / (v + tau[:, None] ** 2)
    total = q.sum(axis=1)
    mu = (q @ y) / total
    misfit = (q * (y - mu[:, None]) ** 2).sum(axis=1)
    return np.asarray(0.5 * (np.log(q).sum(axis=1) - np.log(total) - misfit))


def _tau_quantile(fit: Posterior, share: float) -> float:
    return float(np.interp(share, np.concatenate(([0.0], np.cumsum(fit.weight))), fit.edges))
