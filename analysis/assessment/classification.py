"""Classes, rank intervals and tiers of the in-service units: shrinkage 4.4, classes 4.5, ranks 4.6."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.assessment.measures import Known, Values
from analysis.assessment.moments import Combined
from analysis.assessment.reasons import TOO_FEW_UNITS
from analysis.assessment.scheme import Method
from analysis.estimation.intervals import Interval
from analysis.units.classes import ClassedUnit, Label, unit_classes
from analysis.units.pooling import PooledUnit, joint_draws, pooled, posterior
from analysis.units.rank_sets import RankRange, drawn_expected_ranks, rank_intervals

SMALLEST_VARIANCE = 1e-9  # a census is known, but nothing is divided by zero


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit among the others: shrunk figure and class, both always; ranks and tier for the composite alone.

    `tiers`: 1 is the highest; units that share one cannot be told apart.
    """

    shrunk: PooledUnit
    classed: ClassedUnit
    rank: RankRange | None = None
    expected_rank: float | None = None
    tiers: tuple[int, ...] = ()

    @property
    def label(self) -> Label | None:
        return self.classed.label


@dataclass(frozen=True, slots=True)
class Standings:
    """`units`: place of the unit -> its standing; places that were not compared are absent. `tau`: spread between units."""

    units: dict[int, Standing]
    mu: float | None
    tau: float | None
    reason: str | None = None


def standings(
    figure: Combined, heads: Values, compared: Sequence[int], method: Method, practice: Combined | None = None
) -> Standings:
    """Shrunk figures and classes of the units at the places `compared`, against each other.

    Inputs: `figure` of all units and their head counts (U,). With `practice` (the same figure without finite population)
    also rank intervals, and tiers of what the branches do: there it is chance, too, whom of its staff a difficulty met.
    With fewer than three units nothing is compared and `reason` says so.

    It misleads if units are compared that were asked different things; the caller leaves those out.
    Reference: statistics 4.4 to 4.6; the parts are checked in pooling, classes and rank_sets.
    """
    places = list(compared)
    fit = posterior(
        figure.value[places], np.maximum(figure.variance[places], SMALLEST_VARIANCE), figure.staff_variance[places]
    )
    summary = pooled(fit)
    if fit.reason is not None:
        return Standings({}, None, None, fit.reason if len(places) > 2 else TOO_FEW_UNITS)
    classes = unit_classes(
        fit, heads[places], smallest_difference=method.smallest_difference, error_cut=method.error_cut
    )
    pairs = zip(places, summary.units, classes, strict=True)
    found = {place: Standing(shrunk, classed) for place, shrunk, classed in pairs}
    if practice is not None:
        draws = joint_draws(fit, method.rank_draws, seed=method.seed)
        of_practice = posterior(practice.value[places], np.maximum(practice.variance[places], SMALLEST_VARIANCE))
        found = _ranked(found, draws, joint_draws(of_practice, method.rank_draws, seed=method.seed), method)
    return Standings(found, summary.mu, summary.tau_median)


def _ranked(found: dict[int, Standing], draws: Values, of_practice: Values, method: Method) -> dict[int, Standing]:
    places = list(found)
    higher = _certainty_higher(of_practice)
    told_apart = np.maximum(higher, higher.T) >= method.tier_certainty
    tiers = tiers_of(of_practice.mean(axis=0), told_apart)
    rows = zip(rank_intervals(draws, confidence=method.rank_share), drawn_expected_ranks(draws), strict=True)
    ranked = {}
    for at, (rank, expected) in enumerate(rows):
        standing = found[places[at]]
        ranked[places[at]] = Standing(standing.shrunk, standing.classed, rank, expected, tiers[at])
    return ranked


def _certainty_higher(draws: Values) -> Values:
    """P(theta_a > theta_b) for every pair, shape (units, units); each pair is counted once, ties for neither."""
    count, n_units = draws.shape
    columns = np.ascontiguousarray(draws.T)
    higher = np.zeros((n_units, n_units))
    for a in range(n_units):
        higher[a, a + 1 :] = np.count_nonzero(columns[a] > columns[a + 1 :], axis=1)
        higher[a + 1 :, a] = np.count_nonzero(columns[a] < columns[a + 1 :], axis=1)
    return np.asarray(higher / count)


def tiers_of(means: Values, told_apart: Known) -> tuple[tuple[int, ...], ...]:
    """The tiers each unit belongs to, numbered from the top.

    A tier is a longest run of units, in the order of their means, of which no two can be told apart; runs overlap, so a
    unit may belong to several (the "same letter" of multiple comparisons). Units that share a tier cannot be told apart.

    Inputs: `means` (units,); `told_apart` (units, units). Returns at least one tier for each unit.
    It misleads if only the first tier of a unit is read. Reference: Piepho (2004), J. Comput. Graph. Stat. 13.
    """
    order = sorted(range(len(means)), key=lambda each: (-means[each], each))
    apart = np.triu(told_apart[np.ix_(order, order)], 1)
    places = np.arange(len(order))
    # of those above from whom a unit can be told apart, the one nearest to it
    nearest = np.where(apart, places[:, None], -1).max(axis=0, initial=-1)
    runs: list[tuple[int, int]] = []
    for start in range(len(order)):
        stops = np.flatnonzero(nearest[start + 1 :] >= start)
        stop = start + 1 + int(stops[0]) if stops.size else len(order)
        if not runs or stop > runs[-1][1]:
            runs.append((start, stop))
    tiers = {
        each: tuple(number for number, (start, stop) in enumerate(runs, 1) if start <= at < stop)
        for at, each in enumerate(order)
    }
    return tuple(tiers[each] for each in range(len(means)))


def interval_of(value: float, variance: float, degrees: float, confidence: float) -> Interval:
    """The t interval of a figure on 0..100, clipped to it."""
    from scipy.special import stdtrit

    half = float(stdtrit(degrees, (1 + confidence) / 2)) * float(np.sqrt(variance))
    return Interval(max(0.0, value - half), min(100.0, value + half))
