"""One poll's means of every measure in every unit, and how they vary together: the joint linearisation of statistics 4.3."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.assessment.answers import AssessedUnit, PollAnswers
from analysis.assessment.measures import Values
from analysis.assessment.strata import Strata

Counts = npt.NDArray[np.int64]
FEWEST_FOR_SPREAD = 5  # a measure of fewer answers says too little of the spread to be pooled


@dataclass(frozen=True, slots=True, eq=False)
class PollMoments:
    """One poll: U units, m measures (`places` among all measures of the layout).

    `mean`, `raw` (U, m): weighted and plain means, 0 where `base` is 0. `weight` (U, m): sum of weights behind a mean.
    `own`, `own_open` (U, m, m): covariance of the means with and without finite population. `scatter` (m, m): pooled
    within-cell covariance of the linearised scores S^2. `pool`, `pool_open` (U,): sum of W_c^2 (1 - f_c) / n_c, which
    turns S^2 into a unit's pooled variance. `degrees` (U,): sum of (n_c - 1).
    """

    places: tuple[int, ...]
    n: Counts
    n_eff: Values
    base: Counts
    weight: Values
    mean: Values
    raw: Values
    own: Values
    own_open: Values
    scatter: Values
    pool: Values
    pool_open: Values
    degrees: Counts
    finite: bool

    def moderated(self, prior: float, *, finite: bool) -> Values:
        """(nu V + d0 V_pool) / (nu + d0) for every unit, shape (U, m, m): statistics 4.3, as matrices."""
        own, pool = (self.own, self.pool) if finite else (self.own_open, self.pool_open)
        share = (self.degrees / (self.degrees + prior))[:, None, None]
        mixed: Values = share * own + (1 - share) * pool[:, None, None] * self.scatter
        return mixed


def poll_moments(answers: PollAnswers, strata: Strata, units: Sequence[AssessedUnit], *, finite: bool) -> PollMoments:
    """Means, covariances and pooled spread of one poll.

    Inputs: the respondents with their `strata` (weight and cell of each); `finite` False for polls that ask only those
    concerned (after a service), where nobody knows the population.

    Formula: R = sum w d y / sum w d with d = 1 where known; u_i = w d (y - R) / sum w d;
    V = sum_c (1 - f_c) n_c / (n_c - 1) sum_i (u - ubar_c)(u - ubar_c)', f_c = n_c / N_c, N_c = sum of the weights of the
    cell; S^2 = pooled within-cell covariance of n_c u / W_c over in-service units, W_c = N_c / N. Without finite
    population f_c = 0. A unit with more answers than heads has no finite population.

    It misleads where those silent would answer differently: see the tipping gap. Rare measures (cases) have wide
    intervals here because d varies too. Reference: statistics 4.3; Lumley (2010), ch. 5. Checked against: design_means for one
    measure (itself checked against R survey 4.5), and the formula written out as a loop for several.
    """
    n_units, m = len(units), len(answers.places)
    few = strata.cell.size == 0 or strata.cell.max() < np.iinfo(np.int16).max
    order = np.argsort(
        strata.cell.astype(np.int16) if few else strata.cell, kind="stable"
    )  # short integers sort faster
    unit, cell, weight = answers.unit[order], strata.cell[order], strata.weight[order]
    values, known = answers.values[:, order], answers.known[:, order]
    base = _sums(known, unit, n_units)
    total = _sums(known * weight, unit, n_units)
    mean = _sums(values * weight, unit, n_units) / np.where(total > 0, total, 1.0)
    raw = _sums(values, unit, n_units) / np.maximum(base, 1)
    n = np.bincount(unit, minlength=n_units)
    heads = np.bincount(unit, weight, n_units)
    squares = np.bincount(unit, weight**2, n_units)
    sums = _Sums(n_units, m)
    open_units = np.array([not finite or count > each.n_eligible for count, each in zip(n, units, strict=True)])
    for start, stop in _runs(cell):
        b = unit[start]
        own_weight = weight[start:stop]
        share = own_weight / np.where(total[b] > 0, total[b], 1.0)[:, None]
        u = share * known[:, start:stop] * (values[:, start:stop] - mean[b][:, None])
        sums.add(
            int(b),
            u,
            float(own_weight.sum()),
            float(heads[b]),
            base[b],
            closed=not open_units[b],
            apart=units[b].retired,
        )
    return PollMoments(
        places=answers.places,
        n=n,
        n_eff=heads**2 / np.where(squares > 0, squares, 1.0),
        base=base.astype(np.int64),
        weight=total,
        mean=mean,
        raw=raw,
        own=sums.own,
        own_open=sums.own_open,
        scatter=sums.pooled(),
        pool=sums.pool,
        pool_open=sums.pool_open,
        degrees=sums.degrees,
        finite=finite,
    )


class _Sums:
    """What adds up cell by cell."""

    def __init__(self, n_units: int, m: int) -> None:
        self.own, self.own_open = np.zeros((n_units, m, m)), np.zeros((n_units, m, m))
        self.pool, self.pool_open = np.zeros(n_units), np.zeros(n_units)
        self.degrees = np.zeros(n_units, np.int64)
        self.products, self.freedom = np.zeros((m, m)), np.zeros((m, m))

    def add(
        self, b: int, u: Values, cell_heads: float, unit_heads: float, base: Counts, *, closed: bool, apart: bool
    ) -> None:
        """One cell: linearised scores `u` (m, respondents) of unit `b`."""
        n = u.shape[1]
        part = cell_heads / unit_heads
        unanswered = max(0.0, 1 - n / cell_heads) if closed else 1.0
        self.pool[b] += part**2 * unanswered / n
        self.pool_open[b] += part**2 / n
        if n < 2:
            return
        centred = u - u.mean(axis=1, keepdims=True)
        products = centred @ centred.T
        self.own[b] += unanswered * n / (n - 1) * products
        self.own_open[b] += n / (n - 1) * products
        self.degrees[b] += n - 1
        if not apart:
            enough = (base >= FEWEST_FOR_SPREAD).astype(float)
            both = np.outer(enough, enough)
            self.products += both * products * (n / part) ** 2
            self.freedom += both * (n - 1)

    def pooled(self) -> Values:
        """S^2: products over degrees of freedom; zero where no unit had enough answers."""
        spread: Values = self.products / np.maximum(self.freedom, 1.0)
        return spread


def _sums(rows: npt.NDArray[np.generic], unit: npt.NDArray[np.intp], n_units: int) -> Values:
    """Sums by unit of each row, shape (units, rows)."""
    return np.array([np.bincount(unit, row, n_units) for row in rows]).reshape(len(rows), n_units).T


def _runs(cell: npt.NDArray[np.intp]) -> list[tuple[int, int]]:
    """Where each cell of a sorted array starts and stops."""
    if not cell.size:
        return []
    starts = [0, *(np.flatnonzero(np.diff(cell)) + 1).tolist()]
    return list(zip(starts, [*starts[1:], cell.size], strict=True))
