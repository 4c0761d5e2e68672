"""An attack on our own weighted figures: does the weighted figure beside the unweighted one tell what a few people answered?

The reader knows every formula, all weights, and how many of each staff category answered; they see both figures in whole
points. A group of one to four is told if the least, or the greatest, mean it can have forces somebody in it to an end
of the scale. Inside the scale nothing is ever forced: neighbouring answers mix to the same mean.
"""

from collections.abc import Iterator

import numpy as np
from scipy.optimize import linprog

from analysis.assessment.measures import Layout, Measure, Values
from analysis.assessment.poll_table import PollTable

PROTECTED = 4  # a group of one to four is protected
HALF_POINT = 0.5
_SMALLEST = 5  # answers under which nothing is shown
_POINTS = 4  # steps of a five-point scale
_SLACK = 1e-7


def told_by_weighting(table: PollTable, weight: Values, plan: Layout) -> Iterator[tuple[str, int]]:
    """(Unit, measure) whose weighted figure would tell of a group what its unweighted one does not.

    Inputs: the sums of one poll and the weights by unit and category (U, C + 1), as the assessment has them. It misleads if
    read as a proof against a reader who also knows single answers. Reference: design/disclosure.md, derived figures and
    rule 6. Checked against: the attack with a count for every answer (tests/demo/test_hostile_reader.py).
    """
    groups = table.groups
    sums, counts = groups[..., 1 : 1 + table.m, 0], np.rint(groups[..., 1 + table.m : 1 + 2 * table.m, 0])
    for unit, name in enumerate(table.asked.units):
        for row, place in enumerate(table.asked.places):
            n = counts[unit, :, row]
            there = n > 0
            if n.sum() < _SMALLEST or not (there & (n <= PROTECTED)).any():
                continue
            own, means = n[there], sums[unit, there, row] / n[there]
            if tells(own, means, weight[unit, there] * own, ends(plan.measures[place])):
                yield name, place


def ends(measure: Measure) -> tuple[float, float]:
    """The values next to the two ends of the scale of a measure, 0..100."""
    if measure.credit is not None:
        values = sorted({100.0 * credit for credit in measure.credit.values()})
        return (values[1], values[-2]) if len(values) > 1 else (0.0, 100.0)
    step = 100.0 / _POINTS / max(len(measure.items), 1)
    return step, 100.0 - step


def tells(n: Values, means: Values, heads: Values, inner: tuple[float, float]) -> bool:
    """Whether both figures in whole points force somebody of a protected group to an end of the scale, and the unweighted
    one alone does not. `n` answers, `means` and `heads` (weights' sums) of each group; `inner` as from `ends`."""
    plain, weighted = n / n.sum(), heads / heads.sum()
    if np.allclose(plain, weighted):
        return False
    shown = [np.floor(share @ means + 0.5) for share in (plain, weighted)]
    rows = np.array([plain, -plain, weighted, -weighted])
    limits = np.array([end for each in shown for end in (each + HALF_POINT, HALF_POINT - each)]) + _SLACK
    for group in np.flatnonzero(n <= PROTECTED).tolist():
        for sign, inside in ((1, inner[1]), (-1, inner[0])):
            if sign * means[group] <= sign * inside:
                continue  # the truth is among what the figures allow
            both = _least(group, sign, rows, limits)
            if both > sign * inside + _SLACK and _least(group, sign, rows[:2], limits[:2]) <= sign * inside + _SLACK:
                return True
    return False


def _least(group: int, sign: int, rows: Values, limits: Values) -> float:
    """The least mean of a group (its greatest with the sign turned) that the figures allow."""
    aim = np.zeros(rows.shape[1])
    aim[group] = sign
    found = linprog(aim, A_ub=rows, b_ub=limits, bounds=(0.0, 100.0))
    return float(found.fun) if found.status == 0 else np.inf  # where the solver gives up nothing is shown
