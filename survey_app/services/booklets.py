"""Booklets: what a member has collected of a term, what is still open to be collected, and who has something left.

Read from the frozen roster, the slots and what was issued, and from nothing else: who has answered stands nowhere.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from survey_app.services.errors import NoSuchTerm, NotOnRoster
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Issuance, Poll, Slot, SlotKey, TermMember, TermUnit
from survey_app.store.registry import Term as StoredTerm

__all__ = [
    "SLOTS",
    "Booklet",
    "BookletSlot",
    "Row",
    "booklet",
    "given",
    "is_open",
    "not_collected",
    "term_row",
    "unit_of",
]

Row = Any  # a row of the registry by its columns' names


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


def given(name: str) -> BindParameter[Any]:
    """A value of a statement that is written once: making it anew for every member would cost more than signing."""
    return bindparam(name)


_TERM = select(StoredTerm.id, StoredTerm.collect_first_day)
_OPEN_TERM = _TERM.where(StoredTerm.state == "open")
_TERM_NAMED = _TERM.where(StoredTerm.id == given("term_id"))
_MEMBER = select(TermMember.unit_id).where(
    TermMember.term_id == given("term_id"), TermMember.staff_number == given("staff_number")
)
#: The slots of a term with a unit's keys, the state of the term and of the poll that took the slot.
SLOTS = (
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
    .join(SlotKey, (SlotKey.slot_id == Slot.slot_id) & (SlotKey.unit_id == given("unit_id")))
    .outerjoin(Poll, Poll.poll_id == Slot.poll_id)
    .where(Slot.term_id == given("term_id"))
    .order_by(Slot.slot_id)
)
_METHODS = (
    select(Issuance.slot_id, Issuance.method)
    .join(Slot, Slot.slot_id == Issuance.slot_id)
    .where(Slot.term_id == given("term_id"), Issuance.staff_number == given("staff_number"))
)


def booklet(stores: Stores, staff_number: str, today: date, term_id: str | None = None) -> Booklet:
    """What this person has collected of a term (the open one). Raises NoSuchTerm, NotOnRoster."""
    with reading(stores.registry) as connection:
        found = term_row(connection, term_id)
        unit_id = unit_of(connection, found.id, staff_number)
        mine = {"term_id": found.id, "staff_number": staff_number, "unit_id": unit_id}
        taken = {row.slot_id: row.method for row in connection.execute(_METHODS, mine)}
        rows = connection.execute(SLOTS, mine).all()
    slots = tuple(
        BookletSlot(row.slot_id, bytes(row.key_id), taken.get(row.slot_id), is_open(row, today)) for row in rows
    )
    return Booklet(found.id, unit_id, slots)


def not_collected(stores: Stores, today: date) -> tuple[str, ...]:
    """Staff numbers of the open term with something left to collect, in the order of the numbers: whom to remind.

    That they have not collected is all it says; who has answered is known to nobody. Raises NoSuchTerm.
    """
    with reading(stores.registry) as connection:
        found = term_row(connection)
        any_unit = connection.scalar(select(TermUnit.unit_id).where(TermUnit.term_id == found.id).limit(1))
        rows = connection.execute(SLOTS, {"term_id": found.id, "unit_id": any_unit}).all()
        open_slots = {row.slot_id for row in rows if is_open(row, today)}
        taken: dict[str, set[str]] = {}
        wanted = select(Issuance.staff_number, Issuance.slot_id).where(Issuance.slot_id.in_(open_slots))
        for number, slot_id in connection.execute(wanted):
            taken.setdefault(number, set()).add(slot_id)
        members = select(TermMember.staff_number).where(TermMember.term_id == found.id)
        numbers = connection.scalars(members.order_by(TermMember.staff_number)).all()
    return tuple(number for number in numbers if open_slots - taken.get(number, set()))


def term_row(connection: Connection, term_id: str | None = None) -> Row:
    """Id and first day of the term of this id, or of the open one; raises NoSuchTerm."""
    wanted = _OPEN_TERM if term_id is None else _TERM_NAMED
    found = connection.execute(wanted, {"term_id": term_id} if term_id is not None else {}).one_or_none()
    if found is None:
        raise NoSuchTerm(term_id or "")
    return found


def unit_of(connection: Connection, term_id: str, staff_number: str) -> str:
    """The unit that the frozen roster puts this person in; raises NotOnRoster."""
    unit_id: str | None = connection.scalar(_MEMBER, {"term_id": term_id, "staff_number": staff_number})
    if unit_id is None:
        raise NotOnRoster
    return unit_id


def is_open(row: Row, today: date) -> bool:
    """Whether a ticket of this slot (a row of SLOTS) may be collected today, or asked for again."""
    if row.state == "sealed" or row.term_state == "ended" or row.private is None or today > row.collect_last_day:
        return False
    return row.poll_state is None or (row.poll_state == "frozen" and today <= row.poll_last_day)
