"""Terms of tickets: a year's units, roster and keys, frozen before any of its polls exists.

A poll of members takes the next free slot when it is frozen. What members are shown of a slot is its manifest, the same
bytes for everybody; its private keys are locked with the instance's secret and destroyed when the poll is sealed.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import orjson
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.ballots import manifests
from survey_app.ballots.key_safe import KeySafe
from survey_app.services import auditing
from survey_app.services.errors import NoSuchSlot, NoSuchTerm, TermIsOpen, TermNotOpenable, UnitTooSmall
from survey_app.services.merging import reporting_units, units_at
from survey_app.services.new_slots import ACK, NewSlot, Progress, expected_seconds, new_slots, unit_key_name
from survey_app.services.poll_facts import ReportingUnit
from survey_app.services.term_checks import SLOTS, TermWanted, id_of_open_term, let_no_other_open, refuse_unfit
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import RosterMember, Slot, SlotKey, TermMember, TermUnit
from survey_app.store.registry import Term as StoredTerm

__all__ = [
    "ACK",
    "Term",
    "TermSlot",
    "TermWanted",
    "open_term",
    "opening_seconds",
    "slot_manifest",
    "term",
    "term_units",
    "terms",
    "unit_key_name",
]

# Who presses meanwhile waits for the keys in the making instead of making as many again. Of several processes the database
# lets one open the term.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class TermSlot:
    """A slot in a list; `fingerprint`: 32 letters of its manifest."""

    slot_id: str
    state: Literal["free", "bound", "sealed"]
    poll_id: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term as frozen; only its state and those of its slots change. `fingerprint`: of all its slots' manifests."""

    id: str
    title: Text
    collect_first_day: date
    collect_last_day: date
    state: Literal["open", "ended"]
    units: tuple[ReportingUnit, ...]
    slots: tuple[TermSlot, ...]
    fingerprint: str

    @property
    def n_members(self) -> int:
        return sum(unit.n_eligible for unit in self.units)

    @property
    def free_slots(self) -> int:
        return sum(slot.state == "free" for slot in self.slots)


def open_term(
    stores: Stores, secret: str, wanted: TermWanted, officer_name: str, progress: Progress | None = None
) -> Term:
    """Freeze units and roster, make a key for each slot and unit, and open collecting; see `opening_seconds`.

    `progress(done, total)`: keys. The same term again, or at once, is the one there is. Raises TermIsOpen where it is
    another, TermNotOpenable or UnitTooSmall with every reason; nothing is stored then.
    """
    with _ONE_AT_A_TIME:
        try:
            refuse_unfit(stores, wanted)
            units = reporting_units(stores, wanted.merges, left_out=wanted.left_out, by_roster=True)
            made = new_slots(KeySafe(secret), wanted, units, progress or (lambda _done, _total: None))
            _store(stores, wanted, units, made, officer_name)
        except TermIsOpen:
            known = term(stores)
            if _is_as_wanted(stores, known, wanted):
                return known
            raise
    return term(stores, wanted.id)


def opening_seconds(units: int) -> float:
    """How long an idle machine takes to open a term of so many units."""
    return expected_seconds(SLOTS, units)


def _store(
    stores: Stores, wanted: TermWanted, units: Sequence[ReportingUnit], made: Sequence[NewSlot], officer_name: str
) -> None:
    """Everything of a term in one short transaction, if branches and roster are still those the keys were made for."""
    with Session(stores.registry) as session, session.begin():
        let_no_other_open(session)
        if units_at(session.connection(), wanted.merges, left_out=wanted.left_out, by_roster=True) != units:
            raise TermNotOpenable(
                Text(
                    "单位或名册刚刚被更改，请看一遍再开设。",
                    "Units or roster were changed just now: look again, then open.",
                )
            )
        session.add(
            StoredTerm(
                id=wanted.id,
                title_zh=wanted.title.zh,
                title_en=wanted.title.en,
                collect_first_day=wanted.collect_first_day,
                collect_last_day=wanted.collect_last_day,
                state="open",
            )
        )
        session.flush()
        session.execute(insert(TermUnit), [_unit_row(wanted.id, unit) for unit in units])
        session.execute(insert(TermMember), _member_rows(session, wanted.id, units))
        session.execute(insert(Slot), [slot.row for slot in made])
        session.execute(insert(SlotKey), [key for slot in made for key in slot.keys])
        auditing.record(session, officer_name, "open_term", wanted.id)


def term(stores: Stores, term_id: str | None = None) -> Term:
    """The term of this id, or the open one; raises NoSuchTerm."""
    found = _term(stores, term_id)
    if found is None:
        raise NoSuchTerm(term_id or "")
    return found


def terms(stores: Stores) -> tuple[Term, ...]:
    """All terms, the latest first."""
    with reading(stores.registry) as connection, Session(connection) as session:
        wanted = select(StoredTerm.id).order_by(StoredTerm.collect_first_day.desc(), StoredTerm.id.desc())
        ids = session.scalars(wanted).all()
    return tuple(term(stores, each) for each in ids)


def slot_manifest(stores: Stores, slot_id: str) -> bytes:
    """What everybody is shown of a slot, the same bytes for all; raises NoSuchSlot."""
    with reading(stores.registry) as connection:
        found = connection.scalar(select(Slot.manifest).where(Slot.slot_id == slot_id))
    if found is None:
        raise NoSuchSlot(slot_id)
    return bytes(found)


def term_units(session: Session, term_id: str) -> tuple[ReportingUnit, ...]:
    """The units of a term in the order of their ids."""
    wanted = select(TermUnit).where(TermUnit.term_id == term_id).order_by(TermUnit.unit_id)
    return tuple(_unit(row) for row in session.scalars(wanted))


def _member_rows(session: Session, term_id: str, units: Sequence[ReportingUnit]) -> list[dict[str, str]]:
    """In the order of staff numbers."""
    unit_of = {branch: unit.id for unit in units for branch in unit.branches}
    rows = session.execute(
        select(RosterMember.staff_number, RosterMember.branch_id).order_by(RosterMember.staff_number)
    )
    return [
        {"term_id": term_id, "staff_number": number, "unit_id": unit_of[branch]}
        for number, branch in rows
        if branch in unit_of
    ]


def _unit_row(term_id: str, unit: ReportingUnit) -> dict[str, Any]:
    facts = {"branches": sorted(unit.branches), "head_counts": dict(sorted(unit.head_counts.items()))}
    return {
        "term_id": term_id,
        "unit_id": unit.id,
        "name_zh": unit.name.zh,
        "name_en": unit.name.en,
        "unit_type": unit.unit_type,
        "n_eligible": unit.n_eligible,
        "facts": orjson.dumps(facts),
    }


def _unit(row: TermUnit) -> ReportingUnit:
    facts = orjson.loads(row.facts)
    name = Text(row.name_zh, row.name_en)
    return ReportingUnit(
        row.unit_id, name, row.unit_type, row.n_eligible, tuple(facts["branches"]), facts["head_counts"]
    )


def _term(stores: Stores, term_id: str | None) -> Term | None:
    with reading(stores.registry) as connection, Session(connection) as session:
        found_id = term_id if term_id is not None else id_of_open_term(session)
        found = session.get(StoredTerm, found_id) if found_id is not None else None
        if found is None:
            return None
        columns = (Slot.slot_id, Slot.state, Slot.poll_id, Slot.fingerprint, Slot.manifest)
        rows = session.execute(select(*columns).where(Slot.term_id == found.id).order_by(Slot.slot_id)).all()
        return Term(
            found.id,
            Text(found.title_zh, found.title_en),
            found.collect_first_day,
            found.collect_last_day,
            found.state,  # type: ignore[arg-type]  # a CHECK constraint says so
            term_units(session, found.id),
            tuple(TermSlot(row.slot_id, row.state, row.poll_id, row.fingerprint) for row in rows),
            manifests.fingerprint(*(bytes(row.manifest) for row in rows)),
        )


def _is_as_wanted(stores: Stores, known: Term, wanted: TermWanted) -> bool:
    """Whether the open term is what was asked for: pressed twice, or by two officers with the same choices."""
    if (known.id, known.title, known.collect_first_day, known.collect_last_day, len(known.slots)) != (
        *(wanted.id, wanted.title, wanted.collect_first_day, wanted.collect_last_day, wanted.slots),
    ):
        return False
    try:
        units = reporting_units(stores, wanted.merges, left_out=wanted.left_out, by_roster=True)
    except UnitTooSmall:
        return False
    return {unit.id: set(unit.branches) for unit in units} == {unit.id: set(unit.branches) for unit in known.units}
