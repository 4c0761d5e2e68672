"""One year read: sums and moments of its polls, and the weight of every measure in every unit."""

from dataclasses import dataclass

import numpy as np

from analysis.assessment.answers import Year, asked, poll_answers
from analysis.assessment.index import Index, index_of
from analysis.assessment.measures import Known, Layout, Values
from analysis.assessment.moments import Moments, joined_moments
from analysis.assessment.poll_moments import PollMoments, poll_moments
from analysis.assessment.poll_table import PollTable, poll_table
from analysis.assessment.reasons import NO_EARLIER_WAVE, OTHER_BRANCHES, TOO_FEW_MEMBERS, TOO_FEW_RESPONDENTS
from analysis.assessment.scheme import Scheme
from analysis.assessment.strata import strata, unit_strata


@dataclass(frozen=True, slots=True, eq=False)
class Wave:
    """`polls` in the order of the layout, `main` one of them with the weights of its groups and its `counts`; `heads`
    members (U,), at least 1; `n` respondents of the main poll, `response` 0..1 or None, by unit."""

    year: Year
    polls: tuple[PollTable, ...]
    main: PollTable
    main_weight: Values
    moments: Moments
    counts: PollMoments
    index: Index
    heads: Values
    n: tuple[int, ...]
    response: tuple[float | None, ...]


def wave_of(year: Year, plan: Layout, scheme: Scheme) -> Wave:
    """Read one year; a poll that was not held has no respondents."""
    trust = str(scheme.flag("low_trust").get("measure", ""))
    polls = [asked(year, poll, plan, scheme.method) for poll in plan.polls()]
    tables = (poll_table(poll, poll_answers(year, poll, plan, scheme.method, trust)) for poll in polls)
    return _wave(year, tuple(tables), plan, scheme)


def without_pressed(wave: Wave, units: frozenset[int], plan: Layout, scheme: Scheme) -> Wave:
    """The wave without the respondents of these units who pressed one answer all through.

    Those of other polls cannot be known: nobody can link two answers of one person.
    """
    flagged = np.isin(np.arange(len(wave.year.units)), sorted(units))
    return _wave(wave.year, tuple(each.without_pressed(flagged) for each in wave.polls), plan, scheme)


def not_assessed(wave: Wave, place: int, scheme: Scheme) -> str | None:
    """Why a unit gets no composite: too few members or respondents; None if it does."""
    if wave.year.units[place].n_eligible < scheme.minimum("branch_members"):
        return TOO_FEW_MEMBERS
    return TOO_FEW_RESPONDENTS if wave.n[place] < scheme.minimum("split") else None


def matched(now: Wave, before: Wave | None) -> tuple[dict[int, int], dict[int, str]]:
    """Which unit of the earlier wave each unit is (by place), and for the others why there is none.

    A unit must have the same id and, where both waves know them, the same branches.
    """
    earlier = {unit.id: place for place, unit in enumerate(before.year.units)} if before else {}
    pairs: dict[int, int] = {}
    alone: dict[int, str] = {}
    for place, unit in enumerate(now.year.units):
        then = earlier.get(unit.id)
        if before is None or then is None:
            alone[place] = NO_EARLIER_WAVE
        elif _other_branches(unit.branches, before.year.units[then].branches):
            alone[place] = OTHER_BRANCHES
        else:
            pairs[place] = then
    return pairs, alone


def rated_places(wave: Wave, scheme: Scheme) -> tuple[int, ...]:
    """Units that are compared with each other: in service, assessed, with a whole composite."""
    return tuple(
        place
        for place, unit in enumerate(wave.year.units)
        if not unit.retired and not_assessed(wave, place, scheme) is None and wave.index.complete[place]
    )


def _wave(year: Year, polls: tuple[PollTable, ...], plan: Layout, scheme: Scheme) -> Wave:
    parts: list[PollMoments] = []
    main, main_weight, main_moments = None, np.zeros(0), None
    for table in polls:
        finite = table.asked.poll in scheme.method.all_staff
        layers = strata(table, year.units) if finite else unit_strata(table)
        parts.append(poll_moments(table, layers, year.units, finite=finite))
        if table.asked.poll == scheme.method.main_poll:
            main, main_weight, main_moments = table, layers.weight, parts[-1]
    if main is None or main_moments is None:
        raise ValueError(f"The scheme takes nothing from its main poll {scheme.method.main_poll}.")
    moments = joined_moments(parts, plan, scheme.method.prior_degrees)
    serving = np.array([not unit.retired for unit in year.units], bool)
    everybody = (moments.base * serving[:, None]).sum(axis=0)
    index = index_of(plan, moments.base, scheme.minimum("figure"), everybody)
    pairs = zip(main_moments.n.tolist(), year.units, strict=True)
    response = tuple(n / unit.n_eligible if 0 < unit.n_eligible >= n else None for n, unit in pairs)
    heads = np.array([max(1, unit.n_eligible) for unit in year.units], np.float64)
    return Wave(
        year, polls, main, main_weight, moments, main_moments, index, heads, tuple(main_moments.n.tolist()), response
    )


def _other_branches(now: tuple[str, ...], before: tuple[str, ...]) -> bool:
    return bool(now and before) and frozenset(now) != frozenset(before)


def in_service(wave: Wave) -> Known:
    """Which units are not retired, shape (U,)."""
    return np.array([not unit.retired for unit in wave.year.units], bool)
