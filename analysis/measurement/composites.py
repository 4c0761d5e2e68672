"""Several indicators as one index, and what the weights have to do with the order of the units."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from analysis.estimation.vectors import Matrix, Vector, is_complete, item_matrix
from analysis.units.rank_sets import ranks

Form = Literal["arithmetic", "geometric", "harmonic"]


@dataclass(frozen=True, slots=True)
class Composite:
    """A unit's index, in the unit of the indicators it was made of; None where `reason` says why."""

    score: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceSpread:
    """A unit's places over many weight vectors (1 = highest), in their order; None in all where it has no index."""

    places: tuple[int | None, ...]
    best: int | None
    worst: int | None
    mean: float | None


def normalised(indicators: npt.ArrayLike, way: Literal["minmax", "zscore"]) -> Matrix:
    """Indicators (units, indicators) on one footing, by column: minmax 0..100, or zscore with mean 0 and sd 1 (n - 1).

    NaN stays NaN; a column without spread becomes NaN, for it puts no unit before another. It misleads as minmax when
    one unit is far out: all others are then pressed together. Scores that are already 0..100 by meaning need neither.
    Reference: OECD/JRC Handbook (2008). Checked against: COINr 1.1.14 n_minmax and n_zscore, composite.json.
    """
    matrix = item_matrix(indicators)
    result = np.full(matrix.shape, np.nan)
    for column, into in zip(matrix.T, result.T, strict=True):
        given = ~np.isnan(column)
        known = column[given]
        if len(known) > 1 and known.max() > known.min():
            low, size = (known.min(), np.ptp(known)) if way == "minmax" else (known.mean(), known.std(ddof=1))
            into[given] = (known - low) / size * (100 if way == "minmax" else 1)
    return result


def composites(
    indicators: npt.ArrayLike, weights: npt.ArrayLike, *, form: Form = "arithmetic", least_weight: float = 1.0
) -> tuple[Composite, ...]:
    """Weighted index of each unit.

    Meaning: one figure for several, by weights that people have fixed before the data were seen.

    Inputs: `indicators` (units, indicators), one unit throughout, NaN where missing; `weights` (indicators,), >= 0, not
    all 0; `least_weight` the share of the weights (0..1) that must be present: what is missing is then spread over the
    rest. Returns one entry for each unit, in the unit of the indicators.

    Formula: arithmetic sum w x / sum w; geometric exp(sum w log x / sum w); harmonic sum w / sum (w / x).

    It misleads by hiding: a strong part makes up for a weak one (least in the harmonic form, most in the arithmetic).
    Never show it without its parts and its sensitivity to the weights.

    Reference: OECD/JRC Handbook (2008); Saisana et al. (2005), JRSS A 168. Checked against: COINr 1.1.14 a_amean, a_gmean
    and a_hmean, composite.json.
    """
    matrix, w = item_matrix(indicators), _weights(weights)
    if matrix.size and matrix.shape[1] != len(w):
        raise ValueError("Each indicator needs a weight.")
    return tuple(_composite(row, w, form, least_weight) for row in matrix)


def place_spreads(indicators: npt.ArrayLike, weight_vectors: Sequence[npt.ArrayLike]) -> tuple[PlaceSpread, ...]:
    """Places of each unit under each weight vector (arithmetic form): how far the order hangs on the weights.

    Inputs: `indicators` (units, indicators) already on one footing; `weight_vectors` each as in `composites`. Returns one
    entry for each unit; units with a missing indicator have no place. Equal units share the better place.

    It misleads when the vectors are far from what anyone would choose: draw them around the published weights.
    Reference: Saisana et al. (2005). Checked against: COINr 1.1.14, composite.json (20 weight vectors).
    """
    matrix = item_matrix(indicators)
    if not len(matrix):
        return ()
    whole = is_complete(matrix)
    places = []
    for vector in weight_vectors:
        w = _weights(vector)
        if matrix.shape[1] != len(w):
            raise ValueError("Each indicator needs a weight.")
        found = iter(ranks(np.round(matrix[whole] @ w / w.sum(), 10)))
        places.append([next(found) if each else None for each in whole.tolist()])
    return tuple(_spread([column[at] for column in places]) for at in range(len(matrix)))


def _weights(weights: npt.ArrayLike) -> Vector:
    w = np.asarray(weights, dtype=np.float64)
    if w.ndim != 1 or not np.all(np.isfinite(w)) or np.any(w < 0) or w.sum() <= 0:
        raise ValueError("Weights are numbers of 0 or more, not all 0.")
    return w


def _composite(row: Vector, weights: Vector, form: Form, least_weight: float) -> Composite:
    given = ~np.isnan(row) & (weights > 0)
    x, w = row[given], weights[given]
    if not len(x) or w.sum() < (least_weight - 1e-12) * weights.sum():
        return Composite(None, "too much of the weight is missing")
    if form == "arithmetic":
        return Composite(float((w * x).sum() / w.sum()))
    if x.min() <= 0:
        return Composite(None, f"the {form} mean needs indicators above 0")
    mean = np.exp((w * np.log(x)).sum() / w.sum()) if form == "geometric" else w.sum() / (w / x).sum()
    return Composite(float(mean))


def _spread(places: list[int | None]) -> PlaceSpread:
    known = [place for place in places if place is not None]
    if not known:
        return PlaceSpread(tuple(places), None, None, None)
    return PlaceSpread(tuple(places), min(known), max(known), sum(known) / len(known))
