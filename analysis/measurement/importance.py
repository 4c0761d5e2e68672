"""Importance against performance: what to tackle first, with intervals on both, and "cannot be told" as an answer."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from analysis.estimation.intervals import Interval, mean_interval
from analysis.estimation.vectors import Matrix, Vector, complete_rows
from analysis.measurement.drivers import (
    MOST_FOR_LMG,
    SINGULAR,
    johnson_weights,
    key_drivers,
    lmg_weights,
    outcome_correlations,
)

Quadrant = Literal["tackle_first", "keep_up", "later", "more_than_enough", "not_distinguishable"]

DRAWS = 200
LEAST_USABLE = 0.9  # of the draws must give weights: leaving out the others would make the interval too narrow
LEAST_R2 = 1e-12
AT_ONCE = 20  # samples whose 2^k regressions are held in memory together


@dataclass(frozen=True, slots=True)
class Priority:
    """A driver: `importance` its share of the explained spread (0..1), `performance` its mean, each with interval.

    `quadrant` is "not_distinguishable" where either interval holds its dividing line or is undefined.
    """

    importance: float
    importance_interval: Interval
    performance: float
    performance_interval: Interval
    quadrant: Quadrant


@dataclass(frozen=True, slots=True)
class Priorities:
    """All drivers in their order, and the two lines that divide the picture; none where `reason` says why."""

    n: int
    drivers: tuple[Priority, ...]
    importance_line: float | None
    performance_line: float | None
    reason: str | None = None


def importance_performance(
    outcome: npt.ArrayLike,
    drivers: npt.ArrayLike,
    *,
    draws: int = DRAWS,
    seed: int = 20_260_101,
    confidence: float = 0.95,
) -> Priorities:
    """Importance-performance picture of drivers.

    Meaning: what goes with satisfaction much and is rated low is to be tackled first; much and high, kept up; little and
    low, later; little and high, more than enough. Many drivers lie in no corner for sure, and that is said.

    Inputs: `outcome` (respondents,) and `drivers` (respondents, drivers), item scores of one unit (0..100), NaN where
    missing; `draws` of the bootstrap, the same for the same data and seed.

    Formula: importance = LMG share (Johnson's above twelve drivers) over complete respondents; interval the percentiles
    of respondents drawn anew `draws` times; performance = mean over all who answered the driver, t interval. Lines:
    1/drivers and the mean of the means; a corner only where both intervals keep off their lines.

    It misleads as key drivers do: going with is not bringing about. The lines are relative: half of the drivers of an
    excellent branch would lie below its mean performance, were it not for the intervals.

    Reference: Martilla & James (1977); Groemping (2006). Checked against: drivers (key_driver.json) and mean_interval.
    """
    y, x = np.asarray(outcome, dtype=np.float64), np.asarray(drivers, dtype=np.float64)
    shares = key_drivers(y, x)
    if shares.reason is not None or not shares.r2 or shares.r2 <= LEAST_R2:
        reason = shares.reason or "the drivers explain nothing"
        return Priorities(shares.n, (), None, None, reason)
    rows = complete_rows(np.column_stack((y, x)))
    ranges = _importance_intervals(rows, draws, seed, confidence)
    importance = [one.johnson_share if one.lmg_share is None else one.lmg_share for one in shares.drivers]
    means = [_performance(column, confidence) for column in x.T]
    line = sum(mean for mean, _ in means) / len(means)
    priorities = tuple(
        _priority(part or 0.0, drawn, mean, interval, 1 / len(means), line)
        for part, drawn, (mean, interval) in zip(importance, ranges, means, strict=True)
    )
    return Priorities(shares.n, priorities, 1 / len(means), line)


def _performance(column: Vector, confidence: float) -> tuple[float, Interval]:
    given = column[~np.isnan(column)]
    total, squares = float(given.sum()), float((given**2).sum())
    return float(given.mean()), mean_interval(len(given), total, squares, confidence=confidence)


def _importance_intervals(rows: Matrix, draws: int, seed: int, confidence: float) -> list[Interval]:
    random = np.random.Generator(np.random.PCG64(seed))
    centred = rows - rows.mean(axis=0)
    products = np.stack([_drawn_products(centred, random) for _ in range(draws)])
    spread = np.diagonal(products, axis1=1, axis2=2)
    r, among = outcome_correlations(products[(spread > 1e-12 * spread.mean(axis=0)).all(axis=1)])
    usable = np.linalg.eigvalsh(among)[:, 0] > SINGULAR
    r, among = r[usable], among[usable]
    weights = lmg_weights if rows.shape[1] - 1 <= MOST_FOR_LMG else johnson_weights
    parts = [weights(r[at : at + AT_ONCE], among[at : at + AT_ONCE]) for at in range(0, len(r), AT_ONCE)]
    shares = _shares(np.concatenate(parts)) if parts else np.zeros((0, rows.shape[1] - 1))
    if len(shares) < LEAST_USABLE * draws:
        return [Interval.undefined("too few respondents to draw them anew")] * (rows.shape[1] - 1)
    low, high = np.quantile(shares, ((1 - confidence) / 2, (1 + confidence) / 2), axis=0)
    return [Interval(*ends) for ends in zip(low.tolist(), high.tolist(), strict=True)]


def _shares(parts: Matrix) -> Matrix:
    explained = parts.sum(axis=1)
    some = explained > LEAST_R2
    return np.asarray(parts[some] / explained[some, None])


def _drawn_products(centred: Matrix, random: np.random.Generator) -> Matrix:
    n = len(centred)
    times = np.bincount(random.integers(0, n, n), minlength=n).astype(np.float64)
    mean = times @ centred / n
    return np.asarray((centred * times[:, None]).T @ centred - n * np.outer(mean, mean))


def _priority(
    importance: float,
    importance_range: Interval,
    mean: float,
    mean_range: Interval,
    share_line: float,
    mean_line: float,
) -> Priority:
    much, good = _side(importance_range, share_line), _side(mean_range, mean_line)
    corners: dict[tuple[bool | None, bool | None], Quadrant] = {
        (True, False): "tackle_first",
        (True, True): "keep_up",
        (False, False): "later",
        (False, True): "more_than_enough",
    }
    corner = corners.get((much, good), "not_distinguishable")
    return Priority(importance, importance_range, mean, mean_range, corner)


def _side(interval: Interval, line: float) -> bool | None:
    """True above the line, False below it, None where the interval holds it."""
    if interval.low is None or interval.high is None or interval.low <= line <= interval.high:
        return None
    return interval.low > line
