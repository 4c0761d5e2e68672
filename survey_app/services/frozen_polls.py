"""Frozen polls, read from the ballot box once and kept: what is frozen cannot change, only the state can."""

import time
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Row, bindparam, select

from questionnaires.answers import Check, check_answers
from questionnaires.questionnaire import Questionnaire
from questionnaires.versions import from_document
from survey_app.ballots.keys import PublicKey
from survey_app.services.errors import NoSuchPoll
from survey_app.services.poll_facts import BoundSlot, BoxState, FrozenPoll, TicketKey, facts_from, plan_from
from survey_app.store.ballot_box import box_key, box_poll
from survey_app.store.engines import reading

# How long a page may show a poll as open after it was closed elsewhere. A ballot never lands late: casting asks again.
STATE_SECONDS = 2.0

_POLL = select(box_poll).where(box_poll.c.poll_id == bindparam("poll_id"))
_KEYS = select(box_key).where(box_key.c.poll_id == bindparam("poll_id"))
_STATE = select(box_poll.c.state).where(box_poll.c.poll_id == bindparam("poll_id"))


@dataclass(slots=True)
class _Remembered:
    poll: FrozenPoll
    ack_private: bytes | None = field(repr=False)
    state_read: float


_remembered: WeakKeyDictionary[Engine, dict[str, _Remembered]] = WeakKeyDictionary()


def frozen_poll(ballot_box: Engine, poll_id: str) -> FrozenPoll:
    """The poll of this id, from the ballot box alone; its state is at most STATE_SECONDS old. Raises NoSuchPoll."""
    kept = _remembered.setdefault(ballot_box, {})
    known = kept.get(poll_id)
    now = time.monotonic()
    if known is None:
        known = kept[poll_id] = _Remembered(*_read(ballot_box, poll_id), now)
    elif now - known.state_read > STATE_SECONDS:
        known.poll = _with_state_of_now(ballot_box, known.poll)
        known.state_read = now
    return known.poll


def forget(ballot_box: Engine, poll_id: str) -> None:
    """After its state changed: this process reads the poll again, others within STATE_SECONDS."""
    _remembered.get(ballot_box, {}).pop(poll_id, None)


def state_in(connection: Connection, poll_id: str) -> BoxState:
    """The state as this very look at the ballot box finds it: beside counts a remembered one may be wrong. Raises NoSuchPoll."""
    state: BoxState | None = connection.scalar(_STATE, {"poll_id": poll_id})
    if state is None:
        raise NoSuchPoll(poll_id)
    return state


def ack_key(ballot_box: Engine, poll_id: str) -> bytes | None:
    """What receipts of a poll by ticket are acknowledged with; None for other polls, and once it is sealed."""
    if frozen_poll(ballot_box, poll_id).state == "sealed":
        return None
    return _remembered[ballot_box][poll_id].ack_private


def check_of(document: bytes) -> Check:
    """The compiled answer check of a version."""
    return _compiled(document)[1]


@lru_cache(maxsize=64)
def _compiled(document: bytes) -> tuple[Questionnaire, Check]:
    questionnaire = from_document(document)
    return questionnaire, check_answers(questionnaire)


def _read(ballot_box: Engine, poll_id: str) -> tuple[FrozenPoll, bytes | None]:
    with reading(ballot_box) as connection:
        row = connection.execute(_POLL, {"poll_id": poll_id}).one_or_none()
        if row is None:
            raise NoSuchPoll(poll_id)
        keys = connection.execute(_KEYS, {"poll_id": poll_id}).all() if row.slot_id is not None else ()
    slot = None
    if row.slot_id is not None:
        known = {bytes(key.key_id): TicketKey(key.unit_id, PublicKey.from_bytes(bytes(key.n))) for key in keys}
        slot = BoundSlot(row.slot_id, row.mode, bytes(row.manifest), known)
    return _from_row(row, slot), None if row.ack_private is None else bytes(row.ack_private)


def _from_row(row: Row[tuple[object, ...]], slot: BoundSlot | None) -> FrozenPoll:
    title, wave, notice, units = facts_from(row.facts)
    questionnaire, _ = _compiled(bytes(row.document))
    return FrozenPoll(
        poll_id=row.poll_id,
        title=title,
        wave=wave,
        way=row.way,
        first_day=date.fromisoformat(row.first_day),
        last_day=date.fromisoformat(row.last_day),
        notice=notice,
        questionnaire=questionnaire,
        document=bytes(row.document),
        fingerprint=row.fingerprint,
        units=units,
        state=row.state,
        slot=slot,
        plan=plan_from(row.facts),
    )


def _with_state_of_now(ballot_box: Engine, poll: FrozenPoll) -> FrozenPoll:
    with reading(ballot_box) as connection:
        state = state_in(connection, poll.poll_id)
    return poll if state == poll.state else replace(poll, state=state)
