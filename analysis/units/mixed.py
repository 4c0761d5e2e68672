"""Do the units differ at all: the random intercept model on counts and sums by unit."""

from collections.abc import Callable
from dataclasses import dataclass
from math import log, pi, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

from analysis.estimation.vectors import Vector, unit_numbers

GOLDEN = (sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class PredictedUnit:
    """A unit's mean as predicted: `deviation` from mu, `prediction` = mu + deviation, their conditional standard error.

    `reliability` (0..1) of the plain mean; the four are None, with the reason, for a unit nobody answered in.
    """

    n: int
    mean: float | None
    reliability: float | None
    deviation: float | None
    prediction: float | None
    standard_error: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RandomIntercept:
    """Spread between and within units (squared unit of the answers), ICC (0..1), mean mu, p of "no unit differs".

    All None, and no units, where `reason` says why.
    """

    n: int
    units: tuple[PredictedUnit, ...]
    mu: float | None = None
    mu_standard_error: float | None = None
    between: float | None = None
    within: float | None = None
    icc: float | None = None
    log_likelihood: float | None = None
    p: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class UnitSums:
    """Answers of each unit as number, sum and sum of squares, each of shape (units,): all that the model needs."""

    n: Vector
    total: Vector
    squares: Vector


def unit_sums(values: npt.ArrayLike, unit: npt.ArrayLike, n_units: int) -> UnitSums:
    """Sums by unit of `values` (respondents,), NaN where missing; `unit` (respondents,) holds indices 0 .. n_units - 1."""
    y, at = np.asarray(values, dtype=np.float64), np.asarray(unit, dtype=np.intp)
    given = ~np.isnan(y)
    y, at = y[given], at[given]
    return UnitSums(*(np.bincount(at, part, n_units).astype(np.float64) for part in (np.ones_like(y), y, y * y)))


def random_intercept(sums: UnitSums) -> RandomIntercept:
    """Random intercept model by restricted maximum likelihood.

    Meaning: how much of the spread of answers lies between units (ICC), how far a unit's plain mean can be relied on,
    and where the unit is expected to be once its size is taken into account.

    Inputs: `sums` of unit_sums, any unit of the answers. Returns the units in their order.

    Formula: y_ij = mu + u_i + e_ij; g = var(u) / var(e) maximises -1/2 ((N - 1)(log(2 pi s2) + 1) + sum log(1 + n g) +
    log sum n/(1 + n g)), s2 = (within squares + sum n (ybar - mu)^2 / (1 + n g)) / (N - 1), mu weighted by n/(1 + n g).
    Reliability = g n / (1 + n g); deviation = reliability (ybar - mu); squared error var(u) (1 - reliability).
    p: likelihood ratio against g = 0, half chi2(0), half chi2(1).

    It misleads when read as a verdict on units: it knows neither head counts nor who stayed silent (the assessment
    does), and takes the spread within every unit as the same. With few units var(u) is poorly known.

    Reference: Henderson (1975); Bates et al. (2015), JSS 67(1); Self & Liang (1987) for p. Checked against: lme4 1.1.31
    lmer and ranef, random_intercept.json.
    """
    n, total, squares = (unit_numbers(part) for part in (sums.n, sums.total, sums.squares))
    if not len(n) == len(total) == len(squares):
        raise ValueError("Each unit needs a number, a sum and a sum of squares.")
    some = n > 0
    size = n[some]
    mean = total[some] / size
    within = float(np.maximum(squares[some] - total[some] * mean, 0).sum())
    if (reason := _refusal(size, mean, within, squares)) is not None:
        return RandomIntercept(int(n.sum()), (), reason=reason)
    fit = _Profile(size, mean, within)
    return _result(n, fit, _largest(fit.log_likelihood))


@dataclass(frozen=True, slots=True, eq=False)
class _Profile:
    size: Vector
    mean: Vector
    within: float

    def mu(self, ratio: float) -> float:
        weight = self.size / (1 + self.size * ratio)
        return float((weight * self.mean).sum() / weight.sum())

    def residual(self, ratio: float) -> float:
        weight = self.size / (1 + self.size * ratio)
        between = float((weight * (self.mean - self.mu(ratio)) ** 2).sum())
        return (self.within + between) / (float(self.size.sum()) - 1)

    def log_likelihood(self, ratio: float) -> float:
        scaled = 1 + self.size * ratio
        constant = (float(self.size.sum()) - 1) * (log(2 * pi * self.residual(ratio)) + 1)
        return -0.5 * (constant + float(np.log(scaled).sum()) + log(float((self.size / scaled).sum())))


def _refusal(size: Vector, mean: Vector, within: float, squares: Vector) -> str | None:
    if len(size) == 0:
        return "nobody answered"
    if len(size) < 2:
        return "a single unit has nothing to be compared with"
    if size.sum() == len(size):
        return "one answer in each unit cannot tell units from people"
    if within <= 1e-12 * max(float(squares.sum()), 1e-300):
        alike = float(np.ptp(mean)) <= 1e-9 * float(abs(mean).max())
        return "everybody gave the same answer" if alike else "in each unit all gave the same answer"
    return None


def _largest(height: Callable[[float], float]) -> float:
    """The ratio >= 0 with the greatest likelihood: a coarse look over t = g/(1 + g), then golden section."""
    steps = np.linspace(0, 1, 200, endpoint=False)
    heights = [height(t / (1 - t)) for t in steps]
    best = int(np.argmax(heights))
    low, high = steps[max(best - 1, 0)], steps[best + 1] if best + 1 < len(steps) else 1 - 1e-9
    for _ in range(80):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if height(left / (1 - left)) >= height(right / (1 - right)):
            high = right
        else:
            low = left
    t = float(low + high) / 2
    return 0.0 if best == 0 and height(0.0) >= height(t / (1 - t)) else t / (1 - t)


def _result(n: Vector, fit: _Profile, ratio: float) -> RandomIntercept:
    mu, within = fit.mu(ratio), fit.residual(ratio)
    between = ratio * within
    gain = max(0.0, 2 * (fit.log_likelihood(ratio) - fit.log_likelihood(0.0)))
    means = iter(fit.mean.tolist())
    return RandomIntercept(
        n=int(n.sum()),
        units=tuple(_predicted(int(size), next(means), ratio, mu, between) if size else NOBODY for size in n.tolist()),
        mu=mu,
        mu_standard_error=sqrt(within / float((fit.size / (1 + fit.size * ratio)).sum())),
        between=between,
        within=within,
        icc=between / (between + within),
        log_likelihood=fit.log_likelihood(ratio),
        p=float(chdtrc(1, gain)) / 2 if gain > 0 else 1.0,
    )


NOBODY = PredictedUnit(0, None, None, None, None, None, "nobody answered")


def _predicted(size: int, mean: float, ratio: float, mu: float, between: float) -> PredictedUnit:
    reliability = ratio * size / (1 + ratio * size)
    deviation = reliability * (mean - mu)
    return PredictedUnit(size, mean, reliability, deviation, mu + deviation, sqrt(between * (1 - reliability)))
