"""The cell and the weight of every respondent: staff category within unit, by head counts (statistics 4.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.assessment.answers import AssessedUnit, Places, PollAnswers
from analysis.assessment.measures import Values
from analysis.estimation.weights import unit_weights


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """Per respondent: `weight` (how many members one answer stands for) and `cell` (the same number = the same cell)."""

    weight: Values
    cell: Places


def strata(answers: PollAnswers, units: Sequence[AssessedUnit]) -> Strata:
    """Weights by staff category within each unit, and the cells in which the variance is computed.

    All rules (unknown and tiny categories, caps) are those of weights.unit_weights. A unit without head counts by
    category is one cell. It misleads if head counts are old: the weights then answer for staff who have left.
    """
    heads = np.array([[unit.head_counts.get(name, 0) for name in answers.categories] for unit in units], np.float64)
    members = np.array([unit.n_eligible for unit in units], np.float64)
    weighed = unit_weights(
        answers.unit, answers.category, heads.reshape(len(units), len(answers.categories)), members=members
    )
    return Strata(weighed.weights, weighed.cells)


def unit_strata(answers: PollAnswers) -> Strata:
    """One cell a unit and every answer counting once: for polls that ask only those concerned."""
    return Strata(np.ones(answers.n), answers.unit)
