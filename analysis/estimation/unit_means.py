"""Design-based means of many units at once, from the counts and sums of their strata."""

import numpy as np
import numpy.typing as npt

from analysis.estimation.design_means import DesignMean, mean_with_error, undefined
from analysis.estimation.vectors import Vector


def unit_means(
    values: npt.ArrayLike,
    strata: npt.ArrayLike,
    unit_of_stratum: npt.ArrayLike,
    head_counts: npt.ArrayLike,
    *,
    n_units: int,
    finite: bool = True,
    confidence: float = 0.95,
) -> tuple[DesignMean, ...]:
    """One DesignMean per unit; strata are unit x category, formed from those who answered.

    Inputs: `values` shape (n,), NaN where missing; `strata` codes 0..k-1, shape (n,); `unit_of_stratum` (k,) codes
    0..n_units-1; `head_counts` (k,), NaN where unknown; `finite` False leaves the finite-population correction out (for
    comparisons between years). Returns one result per unit, in order. Formula, misuse and references: stratified_means.
    """
    given = np.asarray(values, np.float64).ravel()
    codes = np.asarray(strata, np.intp)
    owner = np.asarray(unit_of_stratum, np.intp)
    if codes.shape != given.shape or (codes.size and not 0 <= codes.min() <= codes.max() < owner.size):
        raise ValueError("One known stratum is needed for each value.")
    answered = np.isfinite(given)
    given, codes = given[answered], codes[answered]
    centre = float(given.mean()) if given.size else 0.0
    steps = given - centre  # sums of squares around the mean: no cancellation
    return stratified_means(
        np.bincount(codes, minlength=owner.size),
        np.bincount(codes, steps, owner.size),
        np.bincount(codes, steps**2, owner.size),
        owner,
        head_counts,
        n_units=n_units,
        centre=centre,
        finite=finite,
        confidence=confidence,
    )


def stratified_means(
    counts: npt.ArrayLike,
    totals: npt.ArrayLike,
    squares: npt.ArrayLike,
    unit_of_stratum: npt.ArrayLike,
    head_counts: npt.ArrayLike,
    *,
    n_units: int,
    centre: float = 0.0,
    finite: bool = True,
    confidence: float = 0.95,
) -> tuple[DesignMean, ...]:
    """One DesignMean per unit from the number, sum and sum of squares of the answers of each stratum.

    Meaning: the mean the whole staff of the unit would have given, each category counted by its heads. The sums are
    additive: blocks of ballots can be tallied apart and added.

    Inputs, each of shape (k,): `counts`, `totals` and `squares` of (answer - `centre`), the unit code 0..n_units-1 and the
    head count of each stratum (NaN where unknown). A stratum nobody answered is left out of its unit; one with more
    answers than heads counts as many heads as answers, without the correction.

    Formula: W_h = N_h / N over answered strata; m = sum W_h mean_h; variance = sum W_h^2 (1 - n_h / N_h) s_h^2 / n_h;
    degrees of freedom = answers - answered strata; t interval. A stratum with one answer adds no variance (`n_lonely`
    counts them): join such cells first (weights.unit_weights).

    It misleads as design_means.design_mean does. Reference: Cochran (1977) ch. 5; Lumley (2010). Checked against: R survey
    4.5, tests/oracles/data/stats/branch_table.json, and design_means.design_mean.
    """
    n, total, square, heads = (np.asarray(each, np.float64) for each in (counts, totals, squares, head_counts))
    owner = np.asarray(unit_of_stratum, np.intp)
    if not n.shape == total.shape == square.shape == heads.shape == owner.shape:
        raise ValueError("Counts, sums, units and head counts belong to the same strata.")
    size = np.where(n > 0, np.maximum(np.where(np.isfinite(heads), heads, 0.0), n), 0.0)
    correction = np.where(heads >= n, 1 - n / np.maximum(size, 1), 1.0) if finite else np.ones(n.size)
    part = size / np.maximum(_by_unit(size, owner, n_units), 1)[owner]
    middle = total / np.maximum(n, 1)
    mean = _by_unit(part * middle, owner, n_units)
    inside = np.maximum(0.0, square - total * middle)
    columns = {
        "n": n,
        "strata": n > 0,
        "lonely": (n == 1) & (correction > 0),
        "open": (n > 0) & (correction > 0),
        "unknown": (n > 0) & ~np.isfinite(heads),
        "variance": part**2 * correction * inside / np.maximum(n - 1, 1) / np.maximum(n, 1),
        "spread": part * (inside / np.maximum(n, 1) + (middle - mean[owner]) ** 2),
        "size": size,
        "kish": size**2 / np.maximum(n, 1),
    }
    rows = {name: _by_unit(column, owner, n_units) for name, column in columns.items()}
    return tuple(
        _of_unit({name: float(row[unit]) for name, row in rows.items()}, float(mean[unit]) + centre, confidence)
        for unit in range(n_units)
    )


def _by_unit(column: npt.ArrayLike, owner: npt.NDArray[np.intp], n_units: int) -> Vector:
    return np.bincount(owner, np.asarray(column, np.float64), n_units).astype(np.float64)


def _of_unit(row: dict[str, float], mean: float, confidence: float) -> DesignMean:
    n = int(row["n"])
    if n == 0:
        return undefined("nobody answered")
    if row["unknown"]:
        return undefined("a category of staff has no head count", n)
    return mean_with_error(
        n,
        mean,
        row["variance"],
        n - int(row["strata"]),
        row["spread"],
        row["size"] ** 2 / row["kish"],
        census=row["open"] == 0,
        lonely=int(row["lonely"]),
        confidence=confidence,
    )
