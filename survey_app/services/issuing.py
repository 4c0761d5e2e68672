"""Slips: one-time codes of a reporting unit, drawn once, printed, and known to the database by their hashes only."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.ballots import crockford, slips
from survey_app.services import auditing
from survey_app.services.errors import InvalidSubmission, PollClosed, SlipsInUse, TooManySlips
from survey_app.services.frozen_polls import frozen_poll, state_in
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
    return draw_slips_of_units(stores, poll_id, {unit_id: count}, officer_name=officer_name)[unit_id]


def draw_slips_of_units(
    stores: Stores, poll_id: str, counts: Mapping[str, int], *, officer_name: str | None = None
) -> dict[str, tuple[str, ...]]:
    """New codes for several units (`counts`: by unit id), for all of them or for none: a code nobody prints is a vote lost."""
    poll = _slip_poll(stores, poll_id)
    members = {unit_id: poll.unit(unit_id).n_eligible for unit_id in counts}
    _refuse_too_many(counts, members)  # before a million codes are drawn for nothing
    codes = {unit_id: _codes(count) for unit_id, count in counts.items()}
    rows = [_row(poll_id, unit_id, code) for unit_id in counts for code in codes[unit_id]]
    rows.sort(key=lambda row: row["code_hash"])  # the order of drawing is not kept
    with stores.ballot_box.begin() as connection:
        # Locks the poll's row on PostgreSQL, so that two officers drawing at once are counted one after the other.
        state = connection.scalar(select(box_poll.c.state).where(box_poll.c.poll_id == poll_id).with_for_update())
        if state != "frozen":
            raise PollClosed(poll.last_day)
        drawn = {unit_id: connection.scalar(_count(poll_id, unit_id)) or 0 for unit_id in counts}
        _refuse_too_many(counts, {unit_id: members[unit_id] - drawn[unit_id] for unit_id in counts})
        connection.execute(slip_code.insert(), rows)
    for unit_id, count in counts.items():
        _record(stores, officer_name, "draw_slips", f"{poll_id}/{unit_id}: {count}")
    return codes


def _refuse_too_many(counts: Mapping[str, int], left: Mapping[str, int]) -> None:
    for unit_id, count in counts.items():
        if not 0 < count <= left[unit_id]:
            raise TooManySlips(_too_many(left[unit_id]))


def _codes(count: int) -> tuple[str, ...]:
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(slips.drawn())
    return tuple(codes)


def _row(poll_id: str, unit_id: str, code: str) -> dict[str, Any]:
    code_hash = slips.code_hash(poll_id, crockford.read(code) or "")
    return {"poll_id": poll_id, "code_hash": code_hash, "unit_id": unit_id, "used": 0}


def withdraw_slips(stores: Stores, poll_id: str, unit_id: str, *, officer_name: str | None = None) -> int:
    """Void all slips of a unit as long as none is used, e.g. when the printed sheets were lost; how many were voided."""
    _slip_poll(stores, poll_id).unit(unit_id)  # raises NoSuchUnit
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
    wanted = (
        select(slip_code.c.unit_id, func.count().label("drawn"))
        .where(slip_code.c.poll_id == poll_id)
        .group_by("unit_id")
    )
    with reading(stores.ballot_box) as connection:
        if state_in(connection, poll_id) != "sealed":
            return {row.unit_id: row.drawn for row in connection.execute(wanted)}
    return _sealed_slips(stores, poll_id)


def _sealed_slips(stores: Stores, poll_id: str) -> dict[str, int]:
    wanted = select(PollUnit).where(PollUnit.poll_id == poll_id)
    with reading(stores.registry) as connection, Session(connection) as session:
        units = session.scalars(wanted).all()
        return {unit.unit_id: (unit.n_slips_used or 0) + (unit.n_slips_unused or 0) for unit in units}


def _slip_poll(stores: Stores, poll_id: str) -> FrozenPoll:
    poll = frozen_poll(stores.ballot_box, poll_id)
    if poll.way == "open":
        raise InvalidSubmission("This poll has no slips.")
    return poll


def _count(poll_id: str, unit_id: str) -> Select[int]:
    return select(func.count()).where(slip_code.c.poll_id == poll_id, slip_code.c.unit_id == unit_id)


def _too_many(left: int) -> Text:
    return Text(
        f"答题码不能多于应参加人数：这个单位还能印 {left} 张。",
        f"Not more slips than members: {left} can still be drawn.",
    )


def _record(stores: Stores, officer_name: str | None, action: str, object_: str) -> None:
    if officer_name is not None:
        with Session(stores.registry) as session, session.begin():
            auditing.record(session, officer_name, action, object_)
