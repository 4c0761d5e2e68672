"""Does a class depend on the weights? All of them moved by chance, each left out, geometric in place of arithmetic (4.7)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from analysis.assessment.classification import SMALLEST_VARIANCE
from analysis.assessment.composite import Stand
from analysis.assessment.index import Index
from analysis.assessment.measures import Layout, Values
from analysis.assessment.moments import Moments
from analysis.assessment.scheme import Method
from analysis.units.classes import Label, contrast_parts, surest
from analysis.units.pooling import posterior

Signs = npt.NDArray[np.int8]
LABELS: dict[int, Label] = {1: "above", -1: "below", 0: "not_distinguishable"}


@dataclass(frozen=True, slots=True)
class Stability:
    """One unit: `kept` share of the weight draws in which its class stays (0..1), the places it takes in 90 % of them,
    the dimensions whose leaving out changes the class, and its class under geometric aggregation."""

    kept: float
    best_rank: int
    worst_rank: int
    changes_without: tuple[str, ...]
    geometric: Label | None


@dataclass(frozen=True, slots=True, eq=False)
class _Dimensions:
    """Values (units, D), covariances (units, D, D) and S^2 (units, D, D) / N of the compared units."""

    values: Values
    covariance: Values
    staff: Values
    heads: Values


def stabilities(
    layout: Layout, moments: Moments, index: Index, stand: Stand, heads: Values, compared: Sequence[int], method: Method
) -> dict[int, Stability]:
    """How far each unit's class rests on the published weights.

    Formula: 1,000 draws omega ~ Dirichlet(20 x weights), fixed seed; with each the composite, its variance (a quadratic
    form), 4.4 and 4.5 again on a coarse grid of tau; ranks are of the shrunk means. What stands in for a missing
    dimension stays. The base class is that of the published weights on the same grid.

    It misleads if read as a probability that the class is right: it says only whether the choice of weights decides.
    Reference: Saisana et al. (2005), JRSS A 168; statistics 4.7. Nothing where fewer than three units are compared.
    """
    places = list(compared)
    if len(places) < 3:
        return {}
    parts = _dimensions(moments, index, stand, heads, places)
    base, _ = _classes(parts, index.outer, method)
    random = np.random.Generator(np.random.PCG64(method.seed))
    asked = index.outer > 0
    kept, ranks, weights = np.zeros(len(places)), [], np.zeros(len(index.outer))
    for drawn in random.dirichlet(method.weight_concentration * index.outer[asked], method.weight_draws):
        weights[asked] = drawn
        labels, means = _classes(parts, weights, method)
        kept += labels == base
        ranks.append(np.argsort(np.argsort(-means, kind="stable"), kind="stable") + 1)
    without = _left_out(layout, parts, index.outer, base, method)
    geometric = _geometric(parts, index.outer, method)
    order = np.sort(np.array(ranks), axis=0)
    skipped = int((1 - method.rank_share) / 2 * len(order))
    return {
        place: Stability(
            float(kept[at] / method.weight_draws),
            int(order[skipped, at]),
            int(order[-1 - skipped, at]),
            without[at],
            LABELS[int(geometric[at])],
        )
        for at, place in enumerate(places)
    }


def _dimensions(moments: Moments, index: Index, stand: Stand, heads: Values, places: list[int]) -> _Dimensions:
    inner, present = index.inner[places], index.present[places]
    values = np.where(present, np.einsum("udm,um->ud", inner, moments.mean[places]), stand.value)
    covariance = inner @ moments.closed[places] @ inner.transpose(0, 2, 1)
    every = np.arange(present.shape[1])
    covariance[:, every, every] += ~present * stand.variance
    staff = inner @ moments.scatter @ inner.transpose(0, 2, 1)
    return _Dimensions(values, covariance, staff / heads[places][:, None, None], heads[places])


def _classes(parts: _Dimensions, weights: Values, method: Method) -> tuple[Signs, Values]:
    return _classed(parts.values @ weights, np.broadcast_to(weights, parts.values.shape), parts, method)


def _classed(values: Values, slopes: Values, parts: _Dimensions, method: Method) -> tuple[Signs, Values]:
    """The class of each unit as a sign (1 above, -1 below, 0 neither) and its shrunk mean, as classes.unit_classes."""
    variance = _forms(slopes, parts.covariance)
    staff = np.maximum(_forms(slopes, parts.staff), 0.0)
    fit = posterior(values, np.maximum(variance, SMALLEST_VARIANCE), staff, points=method.weight_grid)
    if fit.reason is not None:
        return np.zeros(len(values), np.int8), values
    means, sds = contrast_parts(fit, parts.heads)
    above = fit.weight @ ndtr((means - method.smallest_difference) / sds)
    below = fit.weight @ ndtr((-means - method.smallest_difference) / sds)
    named = surest(1 - np.maximum(above, below), method.error_cut)
    return np.where(named, np.where(above > below, 1, -1), 0).astype(np.int8), np.asarray(fit.weight @ fit.means)


def _forms(slopes: Values, matrices: Values) -> Values:
    """s'Ms of every unit."""
    return np.asarray((np.matmul(slopes[:, None], matrices)[:, 0] * slopes).sum(axis=1))


def _left_out(
    layout: Layout, parts: _Dimensions, published: Values, base: Signs, method: Method
) -> list[tuple[str, ...]]:
    """The dimensions without which each unit would get another class, the other weights kept in proportion."""
    changed: list[list[str]] = [[] for _ in range(len(base))]
    for place, dimension in enumerate(layout.dimensions):
        weights = np.where(np.arange(len(published)) == place, 0.0, published)
        if published[place] == 0 or weights.sum() == 0:
            continue
        labels, _ = _classes(parts, weights / weights.sum(), method)
        for at in np.flatnonzero(labels != base):
            changed[at].append(dimension.id)
    return [tuple(names) for names in changed]


def _geometric(parts: _Dimensions, weights: Values, method: Method) -> Signs:
    """Classes of prod R^omega; its slopes are omega G / R. A dimension at zero counts as one point."""
    values = np.maximum(parts.values, 1.0)
    composite = np.exp(np.log(values) @ weights)
    labels, _ = _classed(composite, weights * composite[:, None] / values, parts, method)
    return labels
