"""From measures to P, S, T, the six criteria and the composite: which weight every measure has in every unit.

A component that is missing leaves its weight to the rest of its question; a question or criterion of which less than half
is there is not assessable. So every figure is a linear combination of measures.
"""

from dataclasses import dataclass

import numpy as np

from analysis.assessment.measures import Dimension, Group, Known, Layout, Part, Values
from analysis.assessment.poll_moments import Counts

HALF = 0.5
GROUPS: tuple[Group, ...] = ("three_questions", "criteria")


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """U units, D dimensions, M measures.

    `inner` (U, D, M): the weight of each measure in each dimension, rows summing to 1 where `present` (U, D).
    `outer` (D,): the weight of each dimension in the composite, the same for all units; zero where nobody was asked.
    `complete` (U,): at least half the weight of the questions and half that of the criteria is there.
    """

    inner: Values
    present: Known
    outer: Values
    complete: Known

    @property
    def composite(self) -> Values:
        """The weight of each measure in the composite, shape (U, M), missing dimensions left out."""
        return np.asarray(np.einsum("ud,udm->um", self.present * self.outer, self.inner))

    def half(self, layout: Layout, group: Group) -> "Index":
        """The index of the three questions, or of the criteria, alone: its weights brought to a sum of 1."""
        weights = self.outer * _members(layout, group)
        outer = weights / (weights.sum() or 1.0)
        complete = self.present @ outer >= HALF - 1e-9 if weights.sum() > 0 else np.zeros(len(self.complete), bool)
        return Index(self.inner, self.present, outer, complete)


def index_of(layout: Layout, base: Counts, minimum: int, everybody: Counts) -> Index:
    """The weights for units whose measures have `base` (U, M) answers; `everybody` (M,): those of all in-service staff.

    A component with fewer than `minimum` answers is missing. A dimension that is not assessable even for everybody was
    not asked: its weight goes to the rest of its half, for all units alike.
    """
    inner, present = inner_weights(layout, base, minimum)
    asked = inner_weights(layout, everybody[None, :], minimum)[1]
    weights = np.array([each.weight for each in layout.dimensions])
    outer = outer_weights(layout, asked, weights)[0]
    whole = Index(inner, present, outer, np.zeros(len(base), bool))
    halves = [whole.half(layout, group).complete for group in GROUPS]
    return Index(inner, present, outer, np.logical_and.reduce(halves))


def inner_weights(layout: Layout, base: Counts, minimum: int) -> tuple[Values, Known]:
    """The weight of each measure in each dimension (U, D, M), and which dimensions are assessable (U, D)."""
    inner = np.zeros((len(base), len(layout.dimensions), base.shape[1]))
    present = np.zeros((len(base), len(layout.dimensions)), bool)
    for place, dimension in enumerate(layout.dimensions):
        inner[:, place], present[:, place] = _dimension(dimension, base, minimum)
    return inner, present


def outer_weights(layout: Layout, present: Known, weights: Values) -> Values:
    """Weights of the dimensions by row, shape (U, D): what is missing goes to the rest of the same half in proportion.

    `weights` (D,) sum to 1. A row that lacks a whole half gets zeros: half a composite is none.
    """
    wanted = weights * present
    found = np.zeros(wanted.shape)
    for group in GROUPS:
        members = _members(layout, group)
        sums = wanted[:, members].sum(axis=1, keepdims=True)
        found[:, members] = wanted[:, members] * weights[members].sum() / np.where(sums > 0, sums, 1.0)
    whole = found.sum(axis=1) > weights.sum() - 1e-9
    return np.asarray(found * whole[:, None])


def _members(layout: Layout, group: Group) -> Known:
    return np.array([each.group == group for each in layout.dimensions], bool)


def part_weights(part: Part, base: Counts, minimum: int) -> tuple[Values, Known]:
    """Weights (U, M) of the measures in one component, and where it has enough answers (U,).

    A share pools the answers of its items: weights follow the bases. Means are averaged item by item.
    """
    places = list(part.measures)
    counts = base[:, places]
    if part.pooled:
        enough = counts.sum(axis=1) >= minimum
        wanted = counts * enough[:, None]
    else:
        wanted = counts >= minimum
        enough = wanted.any(axis=1)
    weights = np.zeros(base.shape)
    weights[:, places] = wanted / np.maximum(wanted.sum(axis=1), 1)[:, None]
    return weights, np.asarray(enough)


def _dimension(dimension: Dimension, base: Counts, minimum: int) -> tuple[Values, Known]:
    parts = [part_weights(part, base, minimum) for part in dimension.parts]
    own = np.array([part.weight for part in dimension.parts])
    there = np.array([enough for _, enough in parts]).T * own
    found = there.sum(axis=1)
    present = found >= HALF * own.sum() - 1e-9
    share = there / np.where(found > 0, found, 1.0)[:, None] * present[:, None]
    return sum((share[:, [place]] * weights for place, (weights, _) in enumerate(parts)), np.zeros(base.shape)), present


def cases_known(layout: Layout, base: Counts) -> Counts:
    """Known cases of each unit, shape (U,): the largest base of any question about results.

    Never the sum: the same case may be told in several questionnaires, and nobody can see that it is the same.
    """
    place = layout.solved
    if place is None:
        return np.zeros(len(base), np.int64)
    measures = [measure for part in layout.dimensions[place].parts for measure in part.measures]
    return np.asarray(base[:, measures].max(axis=1))
