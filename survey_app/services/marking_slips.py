"""Marking who draws a slip of a poll by ticket: one right to answer each, a ticket or a slip, never both."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.services import auditing
from survey_app.services.booklets import unit_of
from survey_app.services.collecting import NOTE_ONCE
from survey_app.services.errors import Ended, HoldsTicket, NoSuchSlot
from survey_app.store.engines import Stores
from survey_app.store.registry import Issuance, Slot


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
        unit_of(session.connection(), slot.term_id, staff_number)
        row = {"slot_id": slot.slot_id, "staff_number": staff_number, "method": "slip"}
        note = NOTE_ONCE[session.connection().dialect.name].returning(Issuance.__table__.c.slot_id)
        if session.execute(note, row).first() is not None:
            auditing.record(session, officer_name, "mark_slip", poll_id)
            return
        if session.get_one(Issuance, (slot.slot_id, staff_number)).method == "ticket":
            raise HoldsTicket
