"""How many members an answer stands for: by staff category within the unit, from head counts."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analysis.estimation.vectors import Matrix, Vector

Codes = npt.NDArray[np.intp]

SMALLEST_CELL = 2
MOST_UNKNOWN = 0.20
CAP = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """`values` one weight per answer, shape (n,), or None where `reason` says why there are none."""

    values: Vector | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class UnitWeights:
    """`weights` (n,): members each answer stands for; `cells` (n,): code of its category within its unit, after joining;
    `cell_units` and `cell_heads` (k,): unit and members of each cell (its weights' sum); `notes` by unit where the rule
    could not be followed in full.
    """

    weights: Vector
    cells: Codes
    cell_units: Codes
    cell_heads: Vector
    notes: dict[int, tuple[str, ...]]


def effective_size(weights: npt.ArrayLike) -> float | None:
    """Kish's number of equally weighted answers worth as much as these: (sum w)^2 / sum w^2, 1..n.

    None when no weight is above zero. n / n_eff is the price of weighting in variance, if weights and answers have
    nothing to do with each other; it misleads (too dark) where they do. Reference: Kish (1965). Checked against: R survey
    4.5, tests/oracles/data/stats/design_mean.json (kish_n_eff).
    """
    given = _weights(weights)
    largest = float(given.max(initial=0.0))
    if largest == 0:
        return None
    parts = given / largest  # no overflow in the squares
    return float(parts.sum() ** 2 / (parts**2).sum())


def poststratified(cells: npt.ArrayLike, head_counts: npt.ArrayLike) -> Weights:
    """N_cell / n_cell for each answer.

    Meaning: each cell counts by its heads, whoever answered in it standing for those who did not.

    Inputs: `cells` codes 0..k-1, shape (n,); `head_counts` (k,), NaN where unknown. Returns weights >= 0 that add up to
    the heads of the answered cells; None where an answered cell has no head count or nobody answered. Cells of one answer
    get a large weight: unit_weights joins them first.

    Reference: Holt & Smith (1979); Lumley (2010). Checked against: R survey 4.5 postStratify,
    tests/oracles/data/stats/poststrat_rake.json.
    """
    codes, heads = np.asarray(cells, np.intp), np.asarray(head_counts, np.float64)
    if codes.size and not 0 <= codes.min() <= codes.max() < heads.size:
        raise ValueError("Each answer belongs to one of the cells.")
    if codes.size == 0:
        return Weights(None, "nobody answered")
    counts = np.bincount(codes, minlength=heads.size)
    if not (heads[counts > 0] >= 0).all() or not np.isfinite(heads[counts > 0]).all():
        return Weights(None, "a cell that answered has no head count")
    return Weights((np.where(counts > 0, heads, 0.0) / np.maximum(counts, 1))[codes])


def capped(weights: npt.ArrayLike, *, times: float = CAP) -> Vector:
    """Weights of one unit, none above `times` their median, with the sum kept.

    Meaning: a single answer may not speak for a whole category alone. Formula: min(w, times * median w), then all scaled
    to the old sum; the median scales along, so the cap holds afterwards too. Inputs: weights > 0 of any scale, shape (n,);
    the result scales with them. It misleads when many answers are capped: the weights no longer follow the head counts.
    Where more than half the weights are zero nothing is capped. Reference: Potter (1990), trimming at the median.
    """
    given = _weights(weights)
    return _capped(given, np.ones(given.size), times) if given.size else given


def unit_weights(
    unit: npt.ArrayLike,
    category: npt.ArrayLike,
    head_counts: npt.ArrayLike,
    *,
    members: npt.ArrayLike | None = None,
    times: float = CAP,
) -> UnitWeights:
    """Weights by staff category within each unit, with every rule for small and unknown categories.

    Meaning: a unit whose officers all answer and whose workers do not is read as if all categories had answered alike.

    Inputs: `unit` codes 0..units-1 and `category` codes 0..categories-1 (-1, or a category without heads in the unit:
    unknown), shape (n,); `head_counts` (units, categories), NaN or 0 where none; `members` (units,) if they differ from
    the row sums. Returns weights > 0 whose sum in each answered unit is its members.

    Rules, in this order. No head count, or fewer heads than answers: every answer stands for itself. Above 20 % unknown,
    or no category known: the unit is one cell, N / n. Else the unknown get N / n and the others share the rest: N_c / n_c
    * known / n. Cells with fewer than two answers, or more answers than heads, join the largest answered cell (if that
    does not do, the unit is one cell). A lone unknown keeps its weight in the largest cell. Cap: `times` the unit's median.

    It misleads where silence follows the answer and not the category (response.tipping_gap), and with old head counts.

    Reference: Holt & Smith (1979); design statistics 4.2. Checked against: a plain loop and the sums of the head counts.
    """
    units, kinds = np.asarray(unit, np.intp), np.asarray(category, np.intp)
    heads = np.asarray(head_counts, np.float64)
    if units.shape != kinds.shape or (units.size and not 0 <= units.min() <= units.max() < len(heads)):
        raise ValueError("Each answer needs a unit of the roster and a category or -1.")
    n_kinds = heads.shape[1]
    kinds = np.where((kinds >= 0) & (kinds < n_kinds), kinds, n_kinds)
    counts = np.bincount(units * (n_kinds + 1) + kinds, minlength=len(heads) * (n_kinds + 1))
    groups = group_weights(counts.reshape(len(heads), n_kinds + 1), heads, members=members, times=times)
    return replace(groups, weights=groups.weights[units, kinds], cells=groups.cells[units, kinds])


def group_weights(
    counts: npt.ArrayLike, head_counts: npt.ArrayLike, *, members: npt.ArrayLike | None = None, times: float = CAP
) -> UnitWeights:
    """The same from how many answered in each unit and category: all answers of such a group weigh alike.

    Inputs: `counts` (units, categories + 1), those of unknown category last; the rest as `unit_weights`. Returns `weights`
    and `cells` of the shape of `counts`; those of a group without answers mean nothing (weight 1, cell -1).
    """
    n = np.asarray(counts, np.float64)
    heads = np.nan_to_num(np.asarray(head_counts, np.float64), nan=0.0)
    totals = heads.sum(axis=1) if members is None else np.nan_to_num(np.asarray(members, np.float64), nan=0.0)
    weights, cells = np.ones(n.shape), np.full(n.shape, -1, np.intp)
    owners: list[int] = []
    notes: dict[int, tuple[str, ...]] = {}
    for place in np.flatnonzero(n.sum(axis=1)).tolist():
        there = n[place] > 0
        each, joined, told = _of_unit(n[place], heads[place], float(totals[place]), times)
        weights[place, there] = each[there]
        own = np.unique(joined[there], return_inverse=True)[1]
        cells[place, there] = own + len(owners)
        owners += [place] * (int(own.max()) + 1)
        notes |= {place: told} if told else {}
    known = cells >= 0
    sums = np.bincount(cells[known], (n * weights)[known], len(owners)).astype(np.float64)
    return UnitWeights(weights, cells, np.array(owners, np.intp), sums, notes)


def _of_unit(counts: Vector, heads: Vector, members: float, times: float) -> tuple[Vector, Codes, tuple[str, ...]]:
    """Weight and cell of each category of one unit, the unknown last, from its answers."""
    n = float(counts.sum())
    one = np.zeros(counts.size, np.intp)
    if members < n:
        note = "no head count is known" if members <= 0 else "more answers than heads"
        return np.ones(counts.size), one, (f"{note}: every answer stands for itself",)
    told = np.where(heads > 0, counts[:-1], 0.0)
    known = float(told.sum())
    if n - known > MOST_UNKNOWN * n or known == 0:
        return np.full(counts.size, members / n), one, ("too few told their category: the unit is one cell",)
    scaled = heads * (members / heads.sum())
    joined = _joined(told, scaled)
    cell_heads = np.bincount(joined, scaled, heads.size)
    cell_counts = np.bincount(joined, told, heads.size)
    each = (cell_heads / np.maximum(cell_counts, 1))[joined] * (known / n)
    weights = np.append(np.where(heads > 0, each, members / n), members / n)
    cells = np.append(np.where(heads > 0, joined, heads.size), heads.size)
    if n - known == 1:  # alone it would leave no variance
        cells = np.where(cells < heads.size, cells, joined[int(np.argmax(told))])
    return _capped(weights, counts, times), cells, ()


def _capped(weights: Vector, counts: Vector, times: float) -> Vector:
    """`capped` for weights that stand `counts` times each."""
    ceiling = times * _median(weights, counts)
    if times < 1:
        raise ValueError("A cap lies at the median or above.")
    if ceiling == 0 or weights[counts > 0].max() <= ceiling:
        return weights
    cut = np.minimum(weights, ceiling)
    return np.asarray(cut * ((weights * counts).sum() / (cut * counts).sum()), np.float64)


def _median(values: Vector, counts: Vector) -> float:
    """Median of values that stand `counts` times each."""
    order = np.argsort(values, kind="stable")
    upto, n = np.cumsum(counts[order]), counts.sum()
    low, high = (values[order][np.searchsorted(upto, place, side="right")] for place in ((n - 1) // 2, n // 2))
    return float((low + high) / 2)


def _joined(counts: Vector, heads: Vector) -> Codes:
    """The cell of each category: its own, or that of the category with most answers."""
    largest = int(np.lexsort((heads, counts))[-1])
    poor = (counts < SMALLEST_CELL) | (counts > heads)
    joined = np.where(poor, largest, np.arange(counts.size)).astype(np.intp)
    crowded = np.bincount(joined, counts, counts.size) > np.bincount(joined, heads, counts.size) * (1 + 1e-12)
    return np.full(counts.size, largest, np.intp) if crowded.any() else joined


def _weights(weights: npt.ArrayLike) -> Vector:
    given = np.asarray(weights, np.float64)
    if given.ndim != 1 or not ((given >= 0) & np.isfinite(given)).all():
        raise ValueError("Weights are a row of finite numbers of 0 or more.")
    return given


def margin_sums(weights: Vector, codes: Codes, size: int) -> Vector:
    """Sum of the weights of each class of one margin, shape (size,); answers coded -1 belong to none."""
    inside = codes >= 0
    return np.bincount(codes[inside], weights[inside], size).astype(np.float64)


def indicator(codes: Codes, size: int) -> Matrix:
    """One column per class, 1 where the answer belongs to it; shape (n, size)."""
    return np.asarray(codes[:, None] == np.arange(size), np.float64)
