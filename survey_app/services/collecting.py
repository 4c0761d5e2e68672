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

from survey_app.ballots.encodings import H
from survey_app.ballots.key_safe import KeySafe
from survey_app.ballots.keys import PrivateKey, PublicKey
from survey_app.ballots.signing import blind_sign, check_blinded
from survey_app.services.booklets import SLOTS, Row, given, is_open, term_row, unit_of
from survey_app.services.errors import (
    AlreadyIssued,
    CollectingNotOpenYet,
    Ended,
    InvalidSubmission,
    PaperIssued,
    UnknownKey,
    WrongUnit,
)
from survey_app.services.terms import unit_key_name
from survey_app.store.engines import Stores, reading, writing
from survey_app.store.registry import Issuance, Slot, SlotKey

__all__ = ["NOTE_ONCE", "SignedTicket", "TicketWanted", "collect"]


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


_NAMED: BindParameter[Any] = bindparam("slots", expanding=True)
# Sealing changes the slot's row: it waits for whoever collects, and they for it.
_SLOTS_HELD = SLOTS.where(Slot.slot_id.in_(_NAMED)).with_for_update(read=True, of=Slot)
_KEYS = (
    select(SlotKey.slot_id, SlotKey.unit_id, SlotKey.key_id, SlotKey.n)
    .join(Slot, Slot.slot_id == SlotKey.slot_id)
    .where(Slot.term_id == given("term_id"), SlotKey.slot_id.in_(_NAMED))
)
_ISSUED = select(Issuance.slot_id, Issuance.method, Issuance.blinded_hash).where(
    Issuance.staff_number == given("staff_number"), Issuance.slot_id.in_(_NAMED)
)
#: Write down what is issued; what stands already stays as it is.
NOTE_ONCE = {
    "postgresql": postgresql.insert(Issuance.__table__).on_conflict_do_nothing(),  # type: ignore[arg-type]
    "sqlite": sqlite.insert(Issuance.__table__).on_conflict_do_nothing(),  # type: ignore[arg-type]
}


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
        found = term_row(connection)
        unit_id = unit_of(connection, found.id, staff_number)
        _check(connection, found, unit_id, named, today)
    with writing(stores.registry) as connection:
        locked = _note(connection, found.id, unit_id, staff_number, named, today)
    safe = KeySafe(secret)
    return tuple(
        SignedTicket(one.slot_id, blind_sign(_private(safe, unit_id, one.slot_id, locked), one.blinded))
        for one in wanted
    )


def _named_once(wanted: Sequence[TicketWanted]) -> dict[str, TicketWanted]:
    named = {one.slot_id: one for one in wanted}
    if not named or len(named) < len(wanted):
        raise InvalidSubmission("One blinded message for each slot that is asked for.")
    return named


def _check(connection: Connection, found: Row, unit_id: str, named: Mapping[str, TicketWanted], today: date) -> None:
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
    slots = connection.execute(SLOTS, {"term_id": found.id, "unit_id": unit_id}).all()
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
    connection.execute(NOTE_ONCE[connection.dialect.name], rows)
    for kept in connection.execute(_ISSUED, mine).all():
        if kept.method == "slip":
            raise PaperIssued
        if bytes(kept.blinded_hash) != H(named[kept.slot_id].blinded):
            raise AlreadyIssued
    return {row.slot_id: bytes(row.private) for row in slots}


def _refuse_ended(rows: Sequence[Row], today: date) -> None:
    if not all(is_open(row, today) for row in rows):
        raise Ended


def _private(safe: KeySafe, unit_id: str, slot_id: str, locked: Mapping[str, bytes]) -> PrivateKey:
    return PrivateKey.from_bytes(safe.unlocked(slot_id, unit_key_name(unit_id), locked[slot_id]))
