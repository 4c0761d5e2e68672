"""One poll's means of every measure in every unit, and how they vary together: the joint linearisation of statistics 4.3."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.assessment.answers import AssessedUnit
from analysis.assessment.measures import Known, Values
from analysis.assessment.poll_table import PollTable
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


def poll_moments(table: PollTable, strata: Strata, units: Sequence[AssessedUnit], *, finite: bool) -> PollMoments:
    """Means, covariances and pooled spread of one poll.

    Inputs: the sums of the respondents with their `strata` (weight and cell of each group); `finite` False for polls that
    ask only those concerned (after a service), where nobody knows the population.

    Formula: R = sum w d y / sum w d with d = 1 where known; u_i = w d (y - R) / sum w d;
    V = sum_c (1 - f_c) n_c / (n_c - 1) sum_i (u - ubar_c)(u - ubar_c)', f_c = n_c / N_c, N_c = sum of the weights of the
    cell; S^2 = pooled within-cell covariance of n_c u / W_c over in-service units, W_c = N_c / N. Without finite
    population f_c = 0. A unit with more answers than heads has no finite population. All of it comes from the sums of
    k, y and their products by group: sum uu' = w^2 sum (ky - kR)(ky - kR)' / (sum w d)^2.

    It misleads where those silent would answer differently: see the tipping gap. Rare measures (cases) have wide
    intervals here because d varies too. Reference: statistics 4.3; Lumley (2010), ch. 5. Checked against: design_means for one
    measure (itself checked against R survey 4.5), and the formula written out as a loop for several.
    """
    m, groups = table.m, table.groups
    n, weight = groups[..., 0, 0], strata.weight[..., None]
    values, known = groups[..., 1 : m + 1, 0], groups[..., m + 1 : 2 * m + 1, 0]
    base, total = known.sum(axis=1), (weight * known).sum(axis=1)
    mean = (weight * values).sum(axis=1) / np.where(total > 0, total, 1.0)
    heads = (strata.weight * n).sum(axis=1)
    squares = (strata.weight**2 * n).sum(axis=1)
    counts = n.sum(axis=1)
    eligible = np.array([unit.n_eligible for unit in units], np.float64)
    closed = (counts <= eligible) & finite
    cells = _cells(groups, strata, mean, total)
    part = cells.heads / heads[cells.unit]
    unanswered = np.where(closed[cells.unit], np.maximum(0.0, 1 - cells.n / cells.heads), 1.0)
    spread = (cells.n / np.maximum(cells.n - 1, 1))[:, None, None] * cells.products
    apart = np.array([unit.retired for unit in units], bool)
    return PollMoments(
        places=table.asked.places,
        n=counts.astype(np.int64),
        n_eff=heads**2 / np.where(squares > 0, squares, 1.0),
        base=base.astype(np.int64),
        weight=total,
        mean=mean,
        raw=values.sum(axis=1) / np.maximum(base, 1),
        own=_by_unit(unanswered[:, None, None] * spread, cells.unit, len(units)),
        own_open=_by_unit(spread, cells.unit, len(units)),
        scatter=_pooled(cells, part, base, apart),
        pool=_by_unit(part**2 * unanswered / cells.n, cells.unit, len(units)),
        pool_open=_by_unit(part**2 / cells.n, cells.unit, len(units)),
        degrees=_by_unit(cells.n - 1, cells.unit, len(units)).astype(np.int64),
        finite=finite,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Cells with answers: `unit` of each, answers `n`, `heads`, and `products` (cells, m, m): sum (u - ubar)(u - ubar)'."""

    unit: Counts
    n: Values
    heads: Values
    products: Values


def _cells(groups: Values, strata: Strata, mean: Values, total: Values) -> _Cells:
    """The linearised scores u of all groups, added up by cell and centred."""
    m = mean.shape[1]
    unit, kind = np.nonzero(groups[..., 0, 0])
    own, cell, weight = groups[unit, kind], strata.cell[unit, kind], strata.weight[unit, kind]
    n_cells = int(cell.max(initial=-1)) + 1
    centre = mean[unit]
    each = weight[:, None] / np.where(total > 0, total, 1.0)[unit]  # w / sum w d
    with_known = centre[:, :, None] * own[:, m + 1 : 2 * m + 1, 1 : m + 1]  # R_a sum k_a y_b
    products = (
        own[:, 1 : m + 1, 1 : m + 1]
        - with_known
        - with_known.transpose(0, 2, 1)
        + centre[:, :, None] * centre[:, None, :] * own[:, m + 1 : 2 * m + 1, m + 1 : 2 * m + 1]
    )
    sums = each * (own[:, 1 : m + 1, 0] - centre * own[:, m + 1 : 2 * m + 1, 0])
    n = _by_unit(own[:, 0, 0], cell, n_cells)
    cell_sums = _by_unit(sums, cell, n_cells)
    whole = _by_unit(each[:, :, None] * each[:, None, :] * products, cell, n_cells)
    owner = np.zeros(n_cells, np.int64)
    owner[cell] = unit
    centred = whole - cell_sums[:, :, None] * cell_sums[:, None, :] / n[:, None, None]
    centred[n < 2] = 0.0
    return _Cells(owner, n, _by_unit(weight * own[:, 0, 0], cell, n_cells), centred)


def _pooled(cells: _Cells, part: Values, base: Values, apart: Known) -> Values:
    """S^2: products of n u / W over degrees of freedom; zero where no unit had enough answers."""
    used = (cells.n > 1) & ~apart[cells.unit]
    enough = (base[cells.unit[used]] >= FEWEST_FOR_SPREAD).astype(float)
    scaled = (cells.n / part)[used, None, None] ** 2 * cells.products[used]
    products = np.einsum("cm,cn,cmn->mn", enough, enough, scaled)
    freedom = np.einsum("cm,cn,c->mn", enough, enough, cells.n[used] - 1)
    return np.asarray(products / np.maximum(freedom, 1.0))


def _by_unit(rows: Values, owner: Counts, size: int) -> Values:
    """Rows added up by the unit (or cell) they belong to."""
    sums = np.zeros((size, *rows.shape[1:]))
    np.add.at(sums, owner, rows)
    return sums
