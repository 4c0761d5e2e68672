"""How many answered, in numbers that show nobody: rounded down to fives until the box is sealed, never one to four after."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.services.errors import NoSuchPoll
from survey_app.services.frozen_polls import frozen_poll, state_in
from survey_app.store.ballot_box import ballot
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Poll

STEP = 5


def responding_by_unit(stores: Stores, poll_id: str, today: date) -> Mapping[str, int | None]:
    """Ballots of each unit by unit id: while not sealed rounded down to fives, then exact, None standing for one to four.

    Officers get nothing finer. Raises NoSuchPoll.
    """
    poll = frozen_poll(stores.ballot_box, poll_id)
    counted = _live(stores, poll_id)
    if counted is None:
        return _sealed(stores, poll_id)
    if today < poll.first_day:
        return {unit.id: 0 for unit in poll.units}
    return {unit.id: counted.get(unit.id, 0) // STEP * STEP for unit in poll.units}


def _live(stores: Stores, poll_id: str) -> dict[str, int] | None:
    """Ballots in the box by unit; None once it is sealed, when they are no longer there."""
    wanted = select(ballot.c.unit_id, func.count().label("n")).where(ballot.c.poll_id == poll_id)
    with reading(stores.ballot_box) as connection:
        if state_in(connection, poll_id) == "sealed":
            return None
        return {row.unit_id: row.n for row in connection.execute(wanted.group_by(ballot.c.unit_id))}


def _sealed(stores: Stores, poll_id: str) -> dict[str, int | None]:
    with reading(stores.registry) as connection, Session(connection) as session:
        poll = session.get(Poll, poll_id)
        if poll is None:
            raise NoSuchPoll(poll_id)
        exact = {unit.unit_id: unit.n_responding or 0 for unit in poll.units}
    return {unit_id: None if 0 < n < STEP else n for unit_id, n in exact.items()}
