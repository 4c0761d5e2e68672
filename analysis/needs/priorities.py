"""What of the criteria to tackle first: their importance for satisfaction with the branch beside how they stand."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.disclosure.suppression import Row
from analysis.estimates import item_worth
from analysis.frame import Frame, RatingItem, Text
from analysis.measurement.importance import Priority, importance_performance
from analysis.needs.prevalence import fed_item
from analysis.needs.worths import of_row
from analysis.scoring import Scoring
from analysis.tallies import Combination, combined

LEAST = 30  # respondents: below it the importance of six criteria is chance

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CriterionPriority:
    id: str
    name: Text
    priority: Priority


@dataclass(frozen=True, slots=True)
class CriterionPriorities:
    """The criteria in their order, `outcome` the item they are held against, and the lines that divide the picture."""

    outcome: str | None
    n: int
    criteria: tuple[CriterionPriority, ...]
    importance_line: float | None = None
    performance_line: float | None = None
    reason: str | None = None


def criterion_priorities(
    frame: Frame, row: Row, scoring: Scoring, plan: tuple[Combination, ...], *, least: int = LEAST
) -> CriterionPriorities:
    """Importance-performance of the criteria of one row: the outcome is the rating that feeds `q_satisfied`.

    Inputs: all ballots of the poll; the row; the scoring and the tally's plan for its criteria (same order). Formula,
    misuse, reference: measurement.importance.importance_performance, over respondents who rated the outcome and have all
    criterion scores (mean of the answered items, at least the scoring's minimum of them).
    """
    outcome = fed_item(frame.codebook, "q_satisfied", RatingItem)
    worth = item_worth(outcome.choices) if outcome else None
    if outcome is None or worth is None or len(plan) < 2:
        return CriterionPriorities(None, 0, (), reason="the questionnaire did not ask this")
    own = of_row(frame, row)
    values = np.array([np.nan if each is None else each for each in worth] + [np.nan, np.nan])
    rated = values.take(own.column(outcome.id).astype(np.intp), mode="wrap")
    scores = np.column_stack([_scores(own, each, scoring.minimum_items) for each in plan])
    n = int((~np.isnan(np.column_stack((rated, scores)))).all(axis=1).sum())
    if n < least:
        return CriterionPriorities(outcome.id, n, (), reason=f"fewer than {least} people answered all of it")
    found = importance_performance(rated, scores)
    named = zip(scoring.criteria, found.drivers, strict=True) if found.drivers else ()
    return CriterionPriorities(
        outcome.id,
        found.n,
        tuple(CriterionPriority(each.id, each.name, priority) for each, priority in named),
        found.importance_line,
        found.performance_line,
        found.reason,
    )


def _scores(frame: Frame, combination: Combination, minimum: int) -> Scores:
    """Each respondent's criterion score, 0..100; NaN where fewer than `minimum` items were answered."""
    answered, steps = np.divmod(combined(frame, combination), combination.width)
    with np.errstate(invalid="ignore", divide="ignore"):
        scores: Scores = steps / (answered * combination.top) * 100
    return np.where(answered >= minimum, scores, np.nan)
