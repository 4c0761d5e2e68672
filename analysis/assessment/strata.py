"""The cell and the weight of every group of respondents: staff category within unit, by head counts (statistics 4.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.assessment.answers import AssessedUnit, Places
from analysis.assessment.measures import Values
from analysis.assessment.poll_table import PollTable
from analysis.estimation.weights import group_weights


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """By unit and category, the unknown one last, shape (U, C + 1): `weight` (how many members one answer stands for)
    and `cell` (groups of the same number are one cell, 0..cells - 1)."""

    weight: Values
    cell: Places


def strata(table: PollTable, units: Sequence[AssessedUnit]) -> Strata:
    """Weights by staff category within each unit, and the cells in which the variance is computed.

    All rules (unknown and tiny categories, caps) are those of weights.unit_weights. A unit without head counts by
    category is one cell. It misleads if head counts are old: the weights then answer for staff who have left.
    """
    names = table.asked.categories
    heads = np.array([[unit.head_counts.get(name, 0) for name in names] for unit in units], np.float64)
    members = np.array([unit.n_eligible for unit in units], np.float64)
    weighed = group_weights(table.n, heads.reshape(len(units), len(names)), members=members)
    return Strata(weighed.weights, weighed.cells)


def unit_strata(table: PollTable) -> Strata:
    """One cell a unit and every answer counting once: for polls that ask only those concerned."""
    shape = table.n.shape
    return Strata(np.ones(shape), np.broadcast_to(np.arange(shape[0])[:, None], shape))
