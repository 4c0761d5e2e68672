"""All polls of a year as one vector of means with its covariance.

Everything later is a linear combination of these means, so its variance is a quadratic form of the matrices kept here:
the composite, each question and criterion, last year's figure, and all weights tried in the sensitivity analysis.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.assessment.measures import Layout, Values
from analysis.assessment.poll_moments import Counts, PollMoments


@dataclass(frozen=True, slots=True, eq=False)
class Combined:
    """A figure of every unit, shape (U,): weighted value, plain value, moderated variance, its degrees of freedom, and S^2/N."""

    value: Values
    raw: Values
    variance: Values
    degrees: Values
    staff_variance: Values


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """U units, M measures of the layout.

    `base`, `weight`, `mean`, `raw` (U, M): as in PollMoments. `closed`, `open` (U, M, M): moderated covariance of all
    means with and without finite population. `scatter` (M, M): pooled S^2. `degrees` (U, polls): nu + d0.
    Polls are independent of each other, but for pairs of measures that may tell of the same case: nobody can link them,
    so they are taken to depend as much as they can, and their standard errors add.
    """

    places: tuple[tuple[int, ...], ...]
    base: Counts
    weight: Values
    mean: Values
    raw: Values
    closed: Values
    open: Values
    scatter: Values
    degrees: Values

    def at(self, units: Sequence[int]) -> "Moments":
        """The same for these units in this order; the pooled spread stays that of all."""
        rows = list(units)
        return Moments(
            self.places,
            self.base[rows],
            self.weight[rows],
            self.mean[rows],
            self.raw[rows],
            self.closed[rows],
            self.open[rows],
            self.scatter,
            self.degrees[rows],
        )

    def combined(self, coefficients: Values, heads: Values, *, finite: bool = True) -> Combined:
        """The linear combination sum_m k_bm R_bm of each unit: `coefficients` (U, M), `heads` members (U,)."""
        matrices = self.closed if finite else self.open
        variance = (np.matmul(coefficients[:, None], matrices)[:, 0] * coefficients).sum(axis=1)
        staff = ((coefficients @ self.scatter) * coefficients).sum(axis=1)
        return Combined(
            value=(coefficients * self.mean).sum(axis=1),
            raw=(coefficients * self.raw).sum(axis=1),
            variance=np.maximum(variance, 0.0),
            degrees=self._degrees(coefficients, matrices),
            staff_variance=np.maximum(staff, 0.0) / np.maximum(heads, 1.0),
        )

    def _degrees(self, coefficients: Values, matrices: Values) -> Values:
        """Satterthwaite over the polls: (sum v)^2 / sum v^2 / (nu + d0)."""
        own = np.zeros(self.degrees.shape)
        for number, places in enumerate(self.places):
            k = coefficients[:, places]
            own[:, number] = (np.matmul(k[:, None], matrices[_block(places)])[:, 0] * k).sum(axis=1)
        own = np.maximum(own, 0.0)
        fourth = (own**2 / self.degrees).sum(axis=1)
        found = own.sum(axis=1) ** 2 / np.where(fourth > 0, fourth, 1.0)
        return np.asarray(np.where(fourth > 0, found, self.degrees.min(axis=1)), np.float64)


def joined_moments(polls: Sequence[PollMoments], layout: Layout, prior: float) -> Moments:
    """The polls of a year joined by measure; `prior` degrees of freedom of the pooled variance (d0 of 4.3)."""
    shape = (len(polls[0].n), len(layout.measures))
    base, weight = np.zeros(shape, np.int64), np.zeros(shape)
    mean, raw = np.zeros(shape), np.zeros(shape)
    closed, opened = np.zeros((*shape, shape[1])), np.zeros((*shape, shape[1]))
    scatter = np.zeros((shape[1], shape[1]))
    for poll in polls:
        for target, source in ((base, poll.base), (weight, poll.weight), (mean, poll.mean), (raw, poll.raw)):
            target[:, poll.places] = source
        block = _block(poll.places)
        closed[block], opened[block] = poll.moderated(prior, finite=True), poll.moderated(prior, finite=False)
        if poll.finite:
            scatter[block[1:]] = poll.scatter
    linked = same_cases(layout)
    degrees = np.array([poll.degrees for poll in polls], np.float64).T + prior
    places = tuple(poll.places for poll in polls)
    closed, opened, scatter = (_with_links(each, linked) for each in (closed, opened, scatter))
    return Moments(places, base, weight, mean, raw, closed, opened, scatter, degrees)


def same_cases(layout: Layout) -> npt.NDArray[np.bool_]:
    """Pairs of measures (M, M) in different polls that may tell of one case: results, and contentment with the handling."""
    found = np.zeros((len(layout.measures), len(layout.measures)), bool)
    for group in layout.case_groups():
        for a in group:
            for b in group:
                found[a, b] = layout.measures[a].poll != layout.measures[b].poll
    return found


def _with_links(matrices: Values, linked: npt.NDArray[np.bool_]) -> Values:
    """The matrices with the largest covariance two linked measures can have."""
    spread = np.sqrt(np.maximum(np.diagonal(matrices, axis1=-2, axis2=-1), 0.0))
    return np.asarray(matrices + linked * spread[..., :, None] * spread[..., None, :])


def _block(places: tuple[int, ...]) -> tuple[slice, Counts, Counts]:
    """The rows and columns of one poll in matrices over all measures, for every unit."""
    rows = np.array(places, np.int64)
    return slice(None), rows[:, None], rows[None, :]
