"""How many difficulties were solved, as staff tell it: members x share of respondents who report one."""

import numpy as np

from analysis.assessment.choice_counts import choice_counts, counted
from analysis.assessment.contract import Figure, settled
from analysis.assessment.measures import Layout
from analysis.assessment.reasons import NO_HEAD_COUNT, NOT_ASKED, TOO_FEW_ANSWERS
from analysis.assessment.scheme import Scheme
from analysis.assessment.waves import Wave
from analysis.estimation.intervals import wilson_interval


def solved_difficulties(wave: Wave, plan: Layout, scheme: Scheme) -> tuple[Figure, ...]:
    """Estimated number of members with a difficulty solved (credit in full), of all members of each unit.

    Formula: N x (respondents who report it solved / respondents of that poll), Wilson interval with the finite
    population. From the first poll of all staff that asks for results (S1): counts of several questionnaires are never
    added, the same case may be told in each. It misleads as a count of cases: one person tells of one difficulty, and
    of those silent nobody knows. The ledger's count stands beside it. Reference: assessment.md 2.1.
    """
    units = wave.year.units
    solving = () if plan.solved is None else plan.dimensions[plan.solved].parts
    everybody = [m for part in solving for m in part.measures if plan.measures[m].poll in scheme.method.all_staff]
    if not everybody:
        return (Figure.missing(NOT_ASKED),) * len(units)
    measure = plan.measures[everybody[0]]
    table = next(each for each in wave.polls if each.asked.poll == measure.poll)
    if not wave.moments.base[:, everybody[0]].any():
        return (Figure.missing(NOT_ASKED),) * len(units)
    places = {unit.id: place for place, unit in enumerate(units)}
    counts = choice_counts(wave.year.frames[measure.poll], measure.items[0], places)
    full = [name for name, credit in (measure.credit or {}).items() if credit == 1]
    solved = counted(counts, full, len(units)).astype(np.int64)
    n = table.n.sum(axis=1).astype(np.int64)
    rows = zip(solved.tolist(), n.tolist(), (unit.n_eligible for unit in units), strict=True)
    return tuple(_estimate(*each, scheme.minimum("figure")) for each in rows)


def _estimate(solved: int, n: int, members: int, minimum: int) -> Figure:
    if n < minimum:
        return Figure.missing(TOO_FEW_ANSWERS)
    if members < n:
        return Figure.missing(NO_HEAD_COUNT)
    interval = wilson_interval(solved, n, population=members)
    low, high = (None if end is None else settled(end * members) for end in (interval.low, interval.high))
    return Figure(settled(solved / n * members), low, high, n, interval.reason)
