"""The needs of a wave in one result: what staff need from one poll, how the services stand from another, row by row.

Every row but everybody's is one that a release shows, and holds only figures of columns that it shows for this row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import get_args

from analysis.disclosure.released import EVERYBODY
from analysis.disclosure.released_rows import may_show
from analysis.disclosure.suppression import Row
from analysis.frame import BestWorstItem, MatrixItem, MultiItem
from analysis.needs.prevalence import Bar, Need, fed_item, leading_needs, needs_of
from analysis.needs.priorities import CriterionPriorities, criterion_priorities
from analysis.needs.services import NeedServiceMatch, Service, need_service_match, services_of
from analysis.needs.worths import NeedWorths, worths_of
from analysis.polls import PollInHand

NOT_SHOWN = NeedWorths(0, (), "not shown by rule")
NO_SERVICES = NeedServiceMatch((), None, None, "no poll of this wave asks for the services")


@dataclass(frozen=True, slots=True)
class RowNeeds:
    """One row: everybody, or a unit (or pool) that the release shows."""

    row: str
    n_responding: int
    needs: tuple[Need, ...]
    worths: NeedWorths
    services: tuple[Service, ...]
    match: NeedServiceMatch


@dataclass(frozen=True, slots=True)
class LeadingNeeds:
    """The needs that lead for everybody by one bar (ids): `sure` of their place, and `open` ones that compete for the rest."""

    bar: Bar
    places: int
    sure: tuple[str, ...]
    open: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class WaveNeeds:
    """`needs_poll`, `services_poll`: where the figures come from, None if no poll of the wave asks."""

    wave: str
    needs_poll: str | None
    services_poll: str | None
    rows: tuple[RowNeeds, ...]
    leading: tuple[LeadingNeeds, ...]
    priorities: CriterionPriorities


def wave_needs(wave: str, polls: Sequence[PollInHand]) -> WaveNeeds:
    """Needs, services and priorities of one wave.

    Inputs: the polls of the wave, in any order; of several that ask the same the one that ended last is read. Polls are
    joined by unit ids only: who answered the one is never known in the other.
    """
    ordered = sorted(polls, key=lambda each: (each.poll.last_day, each.poll.poll_id), reverse=True)
    asks = next((each for each in ordered if fed_item(each.book, "need_prevalence", MultiItem)), None)
    serves = next((each for each in ordered if _asks_for_services(each)), None)
    rated = next((each for each in ordered if len(each.scoring.criteria) > 1), None)
    rows = tuple(_row(row, asks, serves) for row in asks.rows) if asks else ()
    everybody = next((row for row in rows if row.row == EVERYBODY), None)
    return WaveNeeds(
        wave,
        asks.poll.poll_id if asks else None,
        serves.poll.poll_id if serves else None,
        rows,
        tuple(_leading(everybody, bar) for bar in get_args(Bar)) if everybody else (),
        _priorities(rated),
    )


def _asks_for_services(poll: PollInHand) -> bool:
    reach, rated = (
        fed_item(poll.book, "service_reach", MultiItem),
        fed_item(poll.book, "service_satisfaction", MatrixItem),
    )
    return reach is not None and rated is not None


def _row(row: Row, asks: PollInHand, serves: PollInHand | None) -> RowNeeds:
    needs = needs_of(asks.tally, row, allowed=partial(may_show, asks.released, row.id))
    there = serves.row(row.id) if serves else None
    services: tuple[Service, ...] = ()
    if serves and there:
        services = services_of(serves.tally, there, allowed=partial(may_show, serves.released, row.id))
    match = need_service_match(needs, services) if services else NO_SERVICES
    return RowNeeds(row.id, row.n_responding, needs, _worths(row, asks), services, match)


def _worths(row: Row, asks: PollInHand) -> NeedWorths:
    item = fed_item(asks.book, "need_priority", BestWorstItem)
    columns = [f"{item.id}.{choice.id}" for choice in item.choices] if item else []
    if not all(may_show(asks.released, row.id, column) for column in columns):
        return NOT_SHOWN
    return worths_of(asks.frame, row, minimum=asks.released.rules.text_base)


def _leading(everybody: RowNeeds, bar: Bar) -> LeadingNeeds:
    found = leading_needs(everybody.needs, bar)
    sure, rivals = tuple(need.id for need in found.sure), tuple(need.id for need in found.open)
    return LeadingNeeds(bar, found.places, sure, rivals, found.reason)


def _priorities(poll: PollInHand | None) -> CriterionPriorities:
    everybody = poll.row(EVERYBODY) if poll else None
    if poll is None or everybody is None:
        return CriterionPriorities(None, 0, (), reason="no poll of this wave asks for the criteria")
    return criterion_priorities(poll.frame, everybody, poll.scoring, poll.tally.plan)
