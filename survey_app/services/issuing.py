"""Slips: one-time codes of a reporting unit, drawn once, printed, and known to the database by their hashes only."""

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.ballots import crockford, slips
from survey_app.services import auditing
from survey_app.services.errors import InvalidSubmission, PollClosed, SlipsInUse, TooManySlips
from survey_app.services.frozen_polls import frozen_poll
from survey_app.services.poll_facts import FrozenPoll
from survey_app.store.ballot_box import box_poll, slip_code
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import PollUnit


def draw_slips(
    stores: Stores, poll_id: str, unit_id: str, count: int, *, officer_name: str | None = None
) -> tuple[str, ...]:
    """`count` new codes like `7K4M-Q2XR-9TFH-3WZB`. They are returned this once; nobody can read them again.

    Slips printed never exceed members: TooManySlips says how many are left. With `officer_name` the audit log gets a line.
    """
    poll, n_eligible = _slip_poll(stores, poll_id, unit_id)
    codes = {slips.drawn() for _ in range(count)}
    while len(codes) < count:
        codes.add(slips.drawn())
    # In the order of the hashes: the order of drawing is not kept.
    hashes = sorted(slips.code_hash(poll_id, crockford.read(code) or "") for code in codes)
    rows = [{"poll_id": poll_id, "code_hash": one, "unit_id": unit_id, "used": 0} for one in hashes]
    with stores.ballot_box.begin() as connection:
        # Locks the poll's row on PostgreSQL, so that two officers drawing at once are counted one after the other.
        state = connection.scalar(select(box_poll.c.state).where(box_poll.c.poll_id == poll_id).with_for_update())
        if state != "frozen":
            raise PollClosed(poll.last_day)
        left = n_eligible - (connection.scalar(_count(poll_id, unit_id)) or 0)
        if not 0 < count <= left:
            raise TooManySlips(_too_many(left))
        connection.execute(slip_code.insert(), rows)
    _record(stores, officer_name, "draw_slips", f"{poll_id}/{unit_id}: {count}")
    return tuple(codes)


def withdraw_slips(stores: Stores, poll_id: str, unit_id: str, *, officer_name: str | None = None) -> int:
    """Void all slips of a unit as long as none is used, e.g. when the printed sheets were lost; how many were voided."""
    _slip_poll(stores, poll_id, unit_id)
    of_unit = (slip_code.c.poll_id == poll_id, slip_code.c.unit_id == unit_id)
    with stores.ballot_box.begin() as connection:
        rows = connection.scalars(select(slip_code.c.used).where(*of_unit).with_for_update()).all()
        if any(rows):
            raise SlipsInUse(
                Text("已有答题码被使用，不能作废。", "Some slips were used already: they cannot be voided.")
            )
        connection.execute(delete(slip_code).where(*of_unit))
    _record(stores, officer_name, "withdraw_slips", f"{poll_id}/{unit_id}: {len(rows)}")
    return len(rows)


def slips_drawn(stores: Stores, poll_id: str) -> dict[str, int]:
    """How many slips each unit has had drawn, used or not together."""
    if frozen_poll(stores.ballot_box, poll_id).state == "sealed":
        return _sealed_slips(stores, poll_id)
    wanted = (
        select(slip_code.c.unit_id, func.count().label("drawn"))
        .where(slip_code.c.poll_id == poll_id)
        .group_by("unit_id")
    )
    with reading(stores.ballot_box) as connection:
        return {row.unit_id: row.drawn for row in connection.execute(wanted)}


def _sealed_slips(stores: Stores, poll_id: str) -> dict[str, int]:
    wanted = select(PollUnit).where(PollUnit.poll_id == poll_id)
    with reading(stores.registry) as connection, Session(connection) as session:
        units = session.scalars(wanted).all()
        return {unit.unit_id: (unit.n_slips_used or 0) + (unit.n_slips_unused or 0) for unit in units}


def _slip_poll(stores: Stores, poll_id: str, unit_id: str) -> tuple[FrozenPoll, int]:
    poll = frozen_poll(stores.ballot_box, poll_id)
    if poll.way != "slip":
        raise InvalidSubmission("This poll has no slips.")
    return poll, poll.unit(unit_id).n_eligible


def _count(poll_id: str, unit_id: str) -> Select[int]:
    return select(func.count()).where(slip_code.c.poll_id == poll_id, slip_code.c.unit_id == unit_id)


def _too_many(left: int) -> Text:
    return Text(
        f"答题码不能多于应参加人数：还可以生成{left}个。", f"Not more slips than members: {left} can still be drawn."
    )


def _record(stores: Stores, officer_name: str | None, action: str, object_: str) -> None:
    if officer_name is not None:
        with Session(stores.registry) as session, session.begin():
            auditing.record(session, officer_name, action, object_)
