"""How many difficulties were solved, as staff tell it: members x share of respondents who report one."""

import numpy as np

from analysis.assessment.contract import Figure, settled
from analysis.assessment.measures import Layout
from analysis.assessment.reasons import NO_HEAD_COUNT, NOT_ASKED, TOO_FEW_ANSWERS
from analysis.assessment.scheme import Scheme
from analysis.assessment.waves import Wave
from analysis.intervals import wilson_interval


def solved_difficulties(wave: Wave, place: int, plan: Layout, scheme: Scheme) -> Figure:
    """Estimated number of members with a difficulty solved (credit in full), of all members of the unit.

    Formula: N x (respondents who report it solved / respondents of that poll), Wilson interval with the finite
    population. From the first poll of all staff that asks for results (S1): counts of several questionnaires are never
    added, the same case may be told in each. It misleads as a count of cases: one person tells of one difficulty, and
    of those silent nobody knows. The ledger's count stands beside it. Reference: assessment.md 2.1.
    """
    if plan.solved is None:
        return Figure.missing(NOT_ASKED)
    measures = [m for part in plan.dimensions[plan.solved].parts for m in part.measures]
    number = next((m for m in measures if plan.measures[m].poll in scheme.method.all_staff), None)
    if number is None:
        return Figure.missing(NOT_ASKED)
    poll = next(each for each in wave.polls if each.poll == plan.measures[number].poll)
    here = poll.unit == place
    row = poll.places.index(number)
    n, members = int(here.sum()), wave.year.units[place].n_eligible
    if not poll.known[row].any():
        return Figure.missing(NOT_ASKED)
    if n < scheme.minimum("figure"):
        return Figure.missing(TOO_FEW_ANSWERS)
    if members < n:
        return Figure.missing(NO_HEAD_COUNT)
    solved = int(np.count_nonzero(here & poll.known[row] & (poll.values[row] == 100.0)))
    interval = wilson_interval(solved, n, population=members)
    low, high = (None if end is None else settled(end * members) for end in (interval.low, interval.high))
    return Figure(settled(solved / n * members), low, high, n, interval.reason)
