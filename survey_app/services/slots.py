"""Slots of a term: a poll takes the next free one when it is frozen; when it is sealed, its private keys are destroyed."""

import time
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Engine, select, text, update
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.services import auditing
from survey_app.services.errors import Busy, NoSuchTerm, NotFreezable
from survey_app.services.poll_facts import ReportingUnit
from survey_app.services.terms import Term, term, term_units
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Issuance, Poll, Slot, SlotKey
from survey_app.store.registry import Term as StoredTerm

__all__ = [
    "TakenSlot",
    "destroy_keys",
    "end_term",
    "give_ack_key_away",
    "give_slot_to",
    "is_slot",
    "take_slot",
    "taken_by_nobody",
    "term_for",
]

_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class TermUnits:
    """What a poll by ticket takes from its term."""

    term_id: str
    units: tuple[ReportingUnit, ...]
    collect_first_day: date


@dataclass(frozen=True, slots=True)
class TakenSlot:
    """A slot that stands for a poll. `keys`: key id, unit id and modulus of each unit; `ack_locked`: the acknowledgement
    key, None once the ballot box has it."""

    slot_id: str
    manifest: bytes
    keys: tuple[tuple[bytes, str, bytes], ...]
    ack_locked: bytes | None = field(repr=False)


def term_for(stores: Stores, poll_id: str) -> TermUnits | None:
    """The term whose slot this poll has taken already, or else the open one; None if there is neither."""
    with reading(stores.registry) as connection, Session(connection) as session:
        taken = select(StoredTerm).join(Slot, Slot.term_id == StoredTerm.id).where(Slot.poll_id == poll_id)
        found = session.scalar(taken) or session.scalar(select(StoredTerm).where(StoredTerm.state == "open"))
        if found is None:
            return None
        return TermUnits(found.id, term_units(session, found.id), found.collect_first_day)


def is_slot(stores: Stores, name: str) -> bool:
    """Whether a slot bears this id: no poll by ticket may, both have a manifest under their names."""
    with reading(stores.registry) as connection:
        return connection.scalar(select(Slot.slot_id).where(Slot.slot_id == name)) is not None


def take_slot(stores: Stores, poll_id: str, abandoned: frozenset[str] = frozenset()) -> TakenSlot:
    """The next free slot of the open term, kept for this poll; the same poll always gets the same. Raises NotFreezable.

    `abandoned`: slots once taken for polls that never came into the ballot box; used when no other is free.
    """
    with Session(stores.registry) as session, session.begin():
        if session.get_bind().dialect.name == "postgresql":  # SQLite lets one writer in anyway
            session.execute(text("LOCK TABLE slot IN SHARE ROW EXCLUSIVE MODE"))
        slot = session.scalar(select(Slot).where(Slot.poll_id == poll_id)) or _next_free(session, abandoned)
        if slot.poll_id != poll_id:
            slot.state, slot.poll_id = "bound", poll_id
        rows = session.scalars(select(SlotKey).where(SlotKey.slot_id == slot.slot_id).order_by(SlotKey.unit_id))
        keys = tuple((bytes(row.key_id), row.unit_id, bytes(row.n)) for row in rows)
        return TakenSlot(slot.slot_id, bytes(slot.manifest), keys, slot.ack_private and bytes(slot.ack_private))


def give_ack_key_away(session: Session, poll_id: str) -> None:
    """The ballot box has the acknowledgement key: the registry keeps none of it."""
    session.execute(update(Slot).where(Slot.poll_id == poll_id).values(ack_private=None))


def destroy_keys(stores: Stores, poll_id: str) -> None:
    """Nobody can sign tickets of this poll any more, and nothing is left of what was signed. Repeating it changes nothing.

    Raises Busy if somebody reads the registry for so long that its log cannot be emptied: then do it again.
    """
    with Session(stores.registry) as session, session.begin():
        slot_id = session.scalar(select(Slot.slot_id).where(Slot.poll_id == poll_id).with_for_update())
        if slot_id is None:
            return
        session.execute(update(Slot).where(Slot.slot_id == slot_id).values(state="sealed", ack_private=None))
        _forget_keys(session, [slot_id])
    _leave_no_trace(stores.registry)


def end_term(stores: Stores, term_id: str, officer_name: str) -> Term:
    """No more tickets of this term, for ever: its keys are destroyed. Polls that are frozen go on. Raises NoSuchTerm."""
    with Session(stores.registry) as session, session.begin():
        found = session.get(StoredTerm, term_id, with_for_update=True)
        if found is None:
            raise NoSuchTerm(term_id)
        if found.state == "open":
            found.state = "ended"
            auditing.record(session, officer_name, "end_term", term_id)
        _forget_keys(session, list(session.scalars(select(Slot.slot_id).where(Slot.term_id == term_id))))
    _leave_no_trace(stores.registry)
    return term(stores, term_id)


def _next_free(session: Session, abandoned: frozenset[str]) -> Slot:
    of_term = select(Slot).join(StoredTerm).where(StoredTerm.state == "open").order_by(Slot.slot_id).limit(1)
    found = session.scalar(of_term.where(Slot.state == "free"))
    if found is None and abandoned:
        found = session.scalar(of_term.where(Slot.state == "bound", Slot.slot_id.in_(abandoned)))
    if found is None:
        raise NotFreezable(
            Text("这个年度的调查次数已用完，或还没有开设年度。", "No slot of the term is free, or no term is open.")
        )
    return found


def taken_by_nobody(stores: Stores) -> dict[str, str]:
    """Slots taken for polls that the registry does not know (yet): slot id -> poll id."""
    wanted = select(Slot.slot_id, Slot.poll_id).outerjoin(Poll, Poll.poll_id == Slot.poll_id)
    with reading(stores.registry) as connection:
        rows = connection.execute(wanted.where(Slot.state == "bound", Poll.poll_id.is_(None)))
        return {row.slot_id: row.poll_id for row in rows}


def give_slot_to(stores: Stores, slot_id: str, poll_id: str) -> None:
    """Of two polls that took one slot the ballot box has this one."""
    with Session(stores.registry) as session, session.begin():
        session.execute(update(Slot).where(Slot.slot_id == slot_id, Slot.state == "bound").values(poll_id=poll_id))


def _forget_keys(session: Session, slot_ids: list[str]) -> None:
    session.execute(update(SlotKey).where(SlotKey.slot_id.in_(slot_ids)).values(private=None))
    session.execute(update(Issuance).where(Issuance.slot_id.in_(slot_ids)).values(blinded_hash=None))


def _leave_no_trace(registry: Engine) -> None:
    """SQLite's log still holds the pages as they were until it is emptied; PostgreSQL keeps dead rows until the tables are
    written anew (its own log of writes is the administrator's: docs/decisions/0006)."""
    if registry.dialect.name == "postgresql":
        with registry.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (FULL) slot, slot_key, issuance"))
        return
    deadline = time.monotonic() + _PATIENCE
    raw = registry.raw_connection()
    try:
        while raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:  # type: ignore[union-attr]
            if time.monotonic() > deadline:
                raise Busy("The registry's log cannot be emptied while others read it.")
            time.sleep(0.05)
    finally:
        raw.close()
