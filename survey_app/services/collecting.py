"""Collecting tickets: the registrar signs what it cannot read, once for each person and slot.

Everything is checked first, then one transaction writes down who has had which ticket, and only then is anything signed.
Signing the same blinded message again gives the same bytes: if the answer is lost on its way, or the machine dies after
the transaction, the same request brings the same tickets. Nothing of a ticket is kept but the hash of what was signed,
until the poll is sealed; no time, no address, and no order of arrival.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from survey_app.ballots.encodings import H
from survey_app.ballots.key_safe import KeySafe
from survey_app.ballots.keys import PrivateKey, PublicKey
from survey_app.ballots.signing import blind_sign, check_blinded
from survey_app.services import auditing
from survey_app.services.errors import (
    AlreadyIssued,
    CollectingNotOpenYet,
    Ended,
    HoldsTicket,
    InvalidSubmission,
    NoSuchSlot,
    NoSuchTerm,
    NotOnRoster,
    PaperIssued,
    UnknownKey,
    WrongUnit,
)
from survey_app.services.terms import unit_key_name
from survey_app.store.engines import Stores, reading, writing
from survey_app.store.registry import Issuance, Poll, Slot, SlotKey, TermMember, TermUnit
from survey_app.store.registry import Term as StoredTerm

__all__ = ["Booklet", "BookletSlot", "SignedTicket", "TicketWanted", "booklet", "collect", "mark_slip", "not_collected"]

_Row = Any  # a row of the registry by its columns' names


@dataclass(frozen=True, slots=True)
class TicketWanted:
    """A ticket as it is asked for. `blinded`: as many bytes as the key has."""

    slot_id: str
    key_id: bytes
    blinded: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedTicket:
    """What the browser makes its ticket of."""

    slot_id: str
    blind_signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class BookletSlot:
    """A slot as its owner sees it. `method`: "ticket" or "slip" once one was taken, else None; `open`: whether there
    still is a ticket to be collected or asked for again."""

    slot_id: str
    key_id: bytes
    method: str | None
    open: bool

    @property
    def collected(self) -> bool:
        return self.method == "ticket"


@dataclass(frozen=True, slots=True)
class Booklet:
    """A member's booklet of a term: the unit that the frozen roster puts them in, and every slot."""

    term_id: str
    unit_id: str
    slots: tuple[BookletSlot, ...]

    @property
    def is_collected(self) -> bool:
        """Whether nothing is left to collect."""
        return not any(slot.open and slot.method is None for slot in self.slots)


def _given(name: str) -> BindParameter[Any]:
    return bindparam(name)


# Written once: making a statement anew for every member would cost more than signing.
_TERM = select(StoredTerm.id, StoredTerm.collect_first_day)
_OPEN_TERM = _TERM.where(StoredTerm.state == "open")
_TERM_NAMED = _TERM.where(StoredTerm.id == _given("term_id"))
_MEMBER = select(TermMember.unit_id).where(
    TermMember.term_id == _given("term_id"), TermMember.staff_number == _given("staff_number")
)
# The slots of a term with a unit's keys, the state of the term and of the poll that took the slot.
_SLOTS = (
    select(
        Slot.slot_id,
        Slot.state,
        SlotKey.key_id,
        SlotKey.private,
        StoredTerm.state.label("term_state"),
        StoredTerm.collect_last_day,
        Poll.state.label("poll_state"),
        Poll.last_day.label("poll_last_day"),
    )
    .join(StoredTerm, StoredTerm.id == Slot.term_id)
    .join(SlotKey, (SlotKey.slot_id == Slot.slot_id) & (SlotKey.unit_id == _given("unit_id")))
    .outerjoin(Poll, Poll.poll_id == Slot.poll_id)
    .where(Slot.term_id == _given("term_id"))
    .order_by(Slot.slot_id)
)
_NAMED: BindParameter[Any] = bindparam("slots", expanding=True)
# Sealing changes the slot's row: it waits for whoever collects, and they for it.
_SLOTS_HELD = _SLOTS.where(Slot.slot_id.in_(_NAMED)).with_for_update(read=True, of=Slot)
_KEYS = (
    select(SlotKey.slot_id, SlotKey.unit_id, SlotKey.key_id, SlotKey.n)
    .join(Slot, Slot.slot_id == SlotKey.slot_id)
    .where(Slot.term_id == _given("term_id"), SlotKey.slot_id.in_(_NAMED))
)
_METHODS = (
    select(Issuance.slot_id, Issuance.method)
    .join(Slot, Slot.slot_id == Issuance.slot_id)
    .where(Slot.term_id == _given("term_id"), Issuance.staff_number == _given("staff_number"))
)
_ISSUED = select(Issuance.slot_id, Issuance.method, Issuance.blinded_hash).where(
    Issuance.staff_number == _given("staff_number"), Issuance.slot_id.in_(_NAMED)
)
# What stands already stays as it is.
_NOTE = {
    "postgresql": postgresql.insert(Issuance.__table__).on_conflict_do_nothing(),  # type: ignore[arg-type]
    "sqlite": sqlite.insert(Issuance.__table__).on_conflict_do_nothing(),  # type: ignore[arg-type]
}


def booklet(stores: Stores, staff_number: str, today: date, term_id: str | None = None) -> Booklet:
    """What this person has collected of a term (the open one). Raises NoSuchTerm, NotOnRoster."""
    with reading(stores.registry) as connection:
        found = _term(connection, term_id)
        unit_id = _unit_of(connection, found.id, staff_number)
        mine = {"term_id": found.id, "staff_number": staff_number, "unit_id": unit_id}
        taken = {row.slot_id: row.method for row in connection.execute(_METHODS, mine)}
        rows = connection.execute(_SLOTS, mine).all()
    slots = tuple(
        BookletSlot(row.slot_id, bytes(row.key_id), taken.get(row.slot_id), _is_open(row, today)) for row in rows
    )
    return Booklet(found.id, unit_id, slots)


def collect(
    stores: Stores, secret: str, staff_number: str, wanted: Sequence[TicketWanted], today: date
) -> tuple[SignedTicket, ...]:
    """Sign one blinded message for each slot named, all or none; the same request again gives the same signatures.

    Raises NoSuchTerm, NotOnRoster, InvalidSubmission, UnknownKey, WrongUnit, BadBlindedMessage, CollectingNotOpenYet,
    Ended, AlreadyIssued, PaperIssued, Busy: no right is used up then. Raises SigningFault or WrongSecret when the machine
    or its secret fails: repeat the same request.
    """
    named = _named_once(wanted)
    with reading(stores.registry) as connection:
        found = _term(connection)
        unit_id = _unit_of(connection, found.id, staff_number)
        _check(connection, found, unit_id, named, today)
    with writing(stores.registry) as connection:
        locked = _note(connection, found.id, unit_id, staff_number, named, today)
    safe = KeySafe(secret)
    return tuple(
        SignedTicket(one.slot_id, blind_sign(_private(safe, unit_id, one.slot_id, locked), one.blinded))
        for one in wanted
    )


def mark_slip(stores: Stores, poll_id: str, staff_number: str, officer_name: str) -> None:
    """Note that this person draws a slip of a poll by ticket, before handing the box over; doing it twice changes nothing.

    Raises NoSuchSlot, NotOnRoster, Ended, HoldsTicket. The log of acts tells the poll, never the person.
    """
    with Session(stores.registry) as session, session.begin():
        slot = session.scalar(select(Slot).where(Slot.poll_id == poll_id).with_for_update(read=True))
        if slot is None:
            raise NoSuchSlot(poll_id)
        if slot.state == "sealed":
            raise Ended
        _unit_of(session.connection(), slot.term_id, staff_number)
        row = {"slot_id": slot.slot_id, "staff_number": staff_number, "method": "slip"}
        note = _NOTE[session.connection().dialect.name].returning(Issuance.__table__.c.slot_id)
        if session.execute(note, row).first() is not None:
            auditing.record(session, officer_name, "mark_slip", poll_id)
            return
        if session.get_one(Issuance, (slot.slot_id, staff_number)).method == "ticket":
            raise HoldsTicket


def not_collected(stores: Stores, today: date) -> tuple[str, ...]:
    """Staff numbers of the open term with something left to collect, in the order of the numbers: whom to remind.

    That they have not collected is all it says; who has answered is known to nobody. Raises NoSuchTerm.
    """
    with reading(stores.registry) as connection:
        found = _term(connection)
        any_unit = connection.scalar(select(TermUnit.unit_id).where(TermUnit.term_id == found.id).limit(1))
        rows = connection.execute(_SLOTS, {"term_id": found.id, "unit_id": any_unit}).all()
        open_slots = {row.slot_id for row in rows if _is_open(row, today)}
        taken: dict[str, set[str]] = {}
        wanted = select(Issuance.staff_number, Issuance.slot_id).where(Issuance.slot_id.in_(open_slots))
        for number, slot_id in connection.execute(wanted):
            taken.setdefault(number, set()).add(slot_id)
        members = select(TermMember.staff_number).where(TermMember.term_id == found.id)
        numbers = connection.scalars(members.order_by(TermMember.staff_number)).all()
    return tuple(number for number in numbers if open_slots - taken.get(number, set()))


def _named_once(wanted: Sequence[TicketWanted]) -> dict[str, TicketWanted]:
    named = {one.slot_id: one for one in wanted}
    if not named or len(named) < len(wanted):
        raise InvalidSubmission("One blinded message for each slot that is asked for.")
    return named


def _term(connection: Connection, term_id: str | None = None) -> _Row:
    wanted = _OPEN_TERM if term_id is None else _TERM_NAMED
    found = connection.execute(wanted, {"term_id": term_id} if term_id is not None else {}).one_or_none()
    if found is None:
        raise NoSuchTerm(term_id or "")
    return found


def _unit_of(connection: Connection, term_id: str, staff_number: str) -> str:
    unit_id: str | None = connection.scalar(_MEMBER, {"term_id": term_id, "staff_number": staff_number})
    if unit_id is None:
        raise NotOnRoster
    return unit_id


def _check(connection: Connection, found: _Row, unit_id: str, named: Mapping[str, TicketWanted], today: date) -> None:
    """Everything that can be known before anything is written."""
    if today < found.collect_first_day:
        raise CollectingNotOpenYet(found.collect_first_day)
    keys = connection.execute(_KEYS, {"term_id": found.id, "slots": list(named)})
    known = {(row.slot_id, bytes(row.key_id)): row for row in keys}
    for one in named.values():
        key = known.get((one.slot_id, one.key_id))
        if key is None:
            raise UnknownKey
        if key.unit_id != unit_id:
            raise WrongUnit
        check_blinded(PublicKey.from_bytes(bytes(key.n)), one.blinded)
    slots = connection.execute(_SLOTS, {"term_id": found.id, "unit_id": unit_id}).all()
    _refuse_ended([row for row in slots if row.slot_id in named], today)


def _note(
    connection: Connection,
    term_id: str,
    unit_id: str,
    staff_number: str,
    named: Mapping[str, TicketWanted],
    today: date,
) -> dict[str, bytes]:
    """Write down what is issued, or find the same written down; the locked private keys by slot."""
    mine = {"term_id": term_id, "unit_id": unit_id, "staff_number": staff_number, "slots": list(named)}
    slots = connection.execute(_SLOTS_HELD, mine).all()
    _refuse_ended(slots, today)
    rows = [
        {
            "slot_id": one.slot_id,
            "staff_number": staff_number,
            "method": "ticket",
            "key_id": one.key_id,
            "blinded_hash": H(one.blinded),
        }
        for one in sorted(named.values(), key=lambda one: one.slot_id)  # one order for all: no two wait for each other
    ]
    connection.execute(_NOTE[connection.dialect.name], rows)
    for kept in connection.execute(_ISSUED, mine).all():
        if kept.method == "slip":
            raise PaperIssued
        if bytes(kept.blinded_hash) != H(named[kept.slot_id].blinded):
            raise AlreadyIssued
    return {row.slot_id: bytes(row.private) for row in slots}


def _is_open(row: _Row, today: date) -> bool:
    if row.state == "sealed" or row.term_state == "ended" or row.private is None or today > row.collect_last_day:
        return False
    return row.poll_state is None or (row.poll_state == "frozen" and today <= row.poll_last_day)


def _refuse_ended(rows: Sequence[_Row], today: date) -> None:
    if not all(_is_open(row, today) for row in rows):
        raise Ended


def _private(safe: KeySafe, unit_id: str, slot_id: str, locked: Mapping[str, bytes]) -> PrivateKey:
    return PrivateKey.from_bytes(safe.unlocked(slot_id, unit_key_name(unit_id), locked[slot_id]))
