"""Marking who draws a slip of a poll by ticket: one right to answer each, a ticket or a slip, never both."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.services import auditing
from survey_app.services.booklets import unit_of
from survey_app.services.collecting import NOTE_ONCE
from survey_app.services.errors import Ended, HoldsTicket, NoSuchSlot, NotOnRoster
from survey_app.store.engines import Stores
from survey_app.store.registry import Issuance, RosterMember, Slot, TermUnit

__all__ = ["Drawer", "drawer", "mark_slip"]


@dataclass(frozen=True, slots=True)
class Drawer:
    """Whoever stands before the box. `name`: as the roster has it now, empty for somebody no longer on it; `marked`: has
    drawn one already."""

    staff_number: str
    name: str
    unit_id: str
    unit_name: Text
    marked: bool


def drawer(stores: Stores, poll_id: str, staff_number: str, units: frozenset[str] | None = None) -> Drawer:
    """Who would be marked, of the frozen roster, before anything is written. `units`: those an officer may act for; None: all.

    Raises NoSuchSlot, NotOnRoster (also for somebody of another unit), Ended, HoldsTicket.
    """
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        slot = _slot(session, poll_id)
        return _drawer(session, slot, staff_number, units)


def mark_slip(
    stores: Stores, poll_id: str, staff_number: str, officer_name: str, units: frozenset[str] | None = None
) -> Drawer:
    """Note that this person draws a slip, before handing the box over; doing it twice changes nothing.

    Whoever is marked collects no ticket any more. Raises as `drawer`. The log of acts tells the poll, never the person.
    """
    with Session(stores.registry) as session, session.begin():
        slot = _slot(session, poll_id, held=True)
        found = _drawer(session, slot, staff_number, units)
        row = {"slot_id": slot.slot_id, "staff_number": staff_number, "method": "slip"}
        note = NOTE_ONCE[session.connection().dialect.name].returning(Issuance.__table__.c.slot_id)
        if session.execute(note, row).first() is not None:
            auditing.record(session, officer_name, "mark_slip", poll_id)
        elif session.get_one(Issuance, (slot.slot_id, staff_number), populate_existing=True).method == "ticket":
            raise HoldsTicket
        return found


def _slot(session: Session, poll_id: str, *, held: bool = False) -> Slot:
    wanted = select(Slot).where(Slot.poll_id == poll_id)
    slot = session.scalar(wanted.with_for_update(read=True) if held else wanted)
    if slot is None:
        raise NoSuchSlot(poll_id)
    if slot.state == "sealed":
        raise Ended
    return slot


def _drawer(session: Session, slot: Slot, staff_number: str, units: frozenset[str] | None) -> Drawer:
    unit_id = unit_of(session.connection(), slot.term_id, staff_number)
    if units is not None and unit_id not in units:
        raise NotOnRoster
    kept = session.get(Issuance, (slot.slot_id, staff_number))
    if kept is not None and kept.method == "ticket":
        raise HoldsTicket
    unit = session.get_one(TermUnit, (slot.term_id, unit_id))
    member = session.get(RosterMember, staff_number)
    name = Text(unit.name_zh, unit.name_en)
    return Drawer(staff_number, member.name if member else "", unit_id, name, kept is not None)
