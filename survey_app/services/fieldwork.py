"""Fieldwork of one poll as officers may follow it: answered of entitled per unit, and slips drawn."""

from dataclasses import dataclass
from datetime import date

from survey_app.services.counting import responding_by_unit
from survey_app.services.designing import PollState, PollSummary, poll_summary, state
from survey_app.services.frozen_polls import frozen_poll
from survey_app.services.issuing import slips_drawn
from survey_app.services.poll_facts import ReportingUnit
from survey_app.store.engines import Stores


@dataclass(frozen=True, slots=True)
class UnitFieldwork:
    """One unit. `n_responding` as counting gives it (fives while not sealed; None for one to four after)."""

    unit: ReportingUnit
    n_responding: int | None
    n_slips_drawn: int

    @property
    def response_percent(self) -> int | None:
        return None if self.n_responding is None else 100 * self.n_responding // self.unit.n_eligible


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """The poll, where it stands today, and its units."""

    poll: PollSummary
    state: PollState
    units: tuple[UnitFieldwork, ...]

    @property
    def n_eligible(self) -> int:
        return sum(row.unit.n_eligible for row in self.units)

    @property
    def n_responding_at_least(self) -> int:
        """The sum of what is shown, never of what is not: no unit can be found out by subtracting."""
        return sum(row.n_responding or 0 for row in self.units)


def fieldwork(stores: Stores, poll_id: str, today: date, branch_id: str | None = None) -> Fieldwork:
    """All units, or with `branch_id` only the unit this branch belongs to. Raises NoSuchPoll."""
    summary = poll_summary(stores, poll_id)
    frozen = frozen_poll(stores.ballot_box, poll_id)
    responding = responding_by_unit(stores, poll_id, today)
    drawn = slips_drawn(stores, poll_id)
    rows = tuple(
        UnitFieldwork(unit, responding[unit.id], drawn.get(unit.id, 0))
        for unit in frozen.units
        if branch_id is None or branch_id in unit.branches
    )
    return Fieldwork(summary, state(summary, today), rows)
