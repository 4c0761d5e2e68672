"""Terms of tickets: a year's units, roster and keys, frozen before any of its polls exists.

A poll of members takes the next free slot when it is frozen. What members are shown of a slot is its manifest, the same
bytes for everybody; its private keys are locked with the instance's secret and destroyed when the poll is sealed.
"""

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
from survey_app.services.errors import NoSuchSlot, NoSuchTerm, TermNotOpenable
from survey_app.services.merging import reporting_units
from survey_app.services.new_slots import ACK, Progress, new_slots, unit_key_name
from survey_app.services.poll_facts import ReportingUnit
from survey_app.services.term_checks import TermWanted, id_of_open_term, let_no_other_open, refuse_unfit
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import RosterMember, Slot, SlotKey, TermMember, TermUnit
from survey_app.store.registry import Term as StoredTerm

__all__ = [
    "ACK",
    "Term",
    "TermSlot",
    "TermWanted",
    "open_term",
    "slot_manifest",
    "term",
    "term_units",
    "terms",
    "unit_key_name",
]


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
    """Freeze units and roster, make a key for each slot and unit (about 0.03 s each), and open collecting.

    `progress(done, total)`: keys. The same term again is the one there is. Raises TermNotOpenable or UnitTooSmall with
    every reason; nothing is stored then.
    """
    if (known := _term(stores, wanted.id)) is not None and _is_as_wanted(known, wanted):
        return known
    refuse_unfit(stores, wanted)
    units = reporting_units(stores, wanted.merges, left_out=wanted.left_out, by_roster=True)
    slots = new_slots(KeySafe(secret), wanted, units, progress or (lambda _done, _total: None))
    with Session(stores.registry) as session, session.begin():
        let_no_other_open(session)
        members = _members(session, units)
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
        session.execute(
            insert(TermMember),
            [{"term_id": wanted.id, "staff_number": number, "unit_id": unit} for number, unit in members],
        )
        session.execute(insert(Slot), [slot.row for slot in slots])
        session.execute(insert(SlotKey), [key for slot in slots for key in slot.keys])
        auditing.record(session, officer_name, "open_term", wanted.id)
    return term(stores, wanted.id)


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


def _members(session: Session, units: Sequence[ReportingUnit]) -> list[tuple[str, str]]:
    """Staff numbers and their units, in the order of staff numbers; the roster must still be what the units were made of."""
    unit_of = {branch: unit.id for unit in units for branch in unit.branches}
    rows = session.execute(
        select(RosterMember.staff_number, RosterMember.branch_id).order_by(RosterMember.staff_number)
    )
    members = [(number, unit_of[branch]) for number, branch in rows if branch in unit_of]
    counted = {unit.id: 0 for unit in units}
    for _, unit_id in members:
        counted[unit_id] += 1
    if counted != {unit.id: unit.n_eligible for unit in units}:
        raise TermNotOpenable(Text("名册刚刚被更改，请再试一次。", "The roster was changed just now: try again."))
    return members


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


def _is_as_wanted(known: Term, wanted: TermWanted) -> bool:
    days = (known.collect_first_day, known.collect_last_day) == (wanted.collect_first_day, wanted.collect_last_day)
    return days and known.title == wanted.title and len(known.slots) == wanted.slots and known.state == "open"
