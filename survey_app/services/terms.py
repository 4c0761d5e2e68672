"""Terms of tickets: a year's units, roster and keys, frozen before any of its polls exists.

A poll of members takes the next free slot when it is frozen. What members are shown of a slot is its manifest, the same
bytes for everybody; its private keys are locked with the instance's secret and destroyed when the poll is sealed.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import orjson
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.ballots import manifests
from survey_app.ballots.acknowledgements import ack_public, new_ack_key
from survey_app.ballots.encodings import is_id
from survey_app.ballots.key_safe import KeySafe
from survey_app.ballots.keys import PrivateKey, new_key
from survey_app.ballots.manifests import ManifestUnit, SlotManifest
from survey_app.services import auditing
from survey_app.services.errors import NoSuchSlot, NoSuchTerm, TermNotOpenable
from survey_app.services.merging import Merge, reporting_units
from survey_app.services.poll_facts import ReportingUnit
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Poll, RosterMember, Slot, SlotKey, TermMember, TermUnit
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

SLOTS = 12
MOST_SLOTS = 60
ACK = "ack"  # the name under which a slot's acknowledgement key is locked; units' keys go by their unit
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class TermWanted:
    """A term as an officer wants it. `merges`: small branches together, by unit id (None: those suggested by the roster);
    `left_out`: branches whose members get no tickets."""

    id: str
    title: Text
    collect_first_day: date
    collect_last_day: date
    merges: Mapping[str, Merge] | None = None
    left_out: tuple[str, ...] = ()
    slots: int = SLOTS


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
    _refuse(stores, wanted)
    units = reporting_units(stores, wanted.merges, left_out=wanted.left_out, by_roster=True)
    slots = _new_slots(KeySafe(secret), wanted, units, progress or (lambda _done, _total: None))
    with Session(stores.registry) as session, session.begin():
        _let_no_other_open(session)
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


def unit_key_name(unit_id: str) -> str:
    """The name under which a unit's private key is locked; no unit id has a blank."""
    return f"unit {unit_id}"


def term_units(session: Session, term_id: str) -> tuple[ReportingUnit, ...]:
    """The units of a term in the order of their ids."""
    wanted = select(TermUnit).where(TermUnit.term_id == term_id).order_by(TermUnit.unit_id)
    return tuple(_unit(row) for row in session.scalars(wanted))


def _refuse(stores: Stores, wanted: TermWanted) -> None:
    with reading(stores.registry) as connection, Session(connection) as session:
        if faults := tuple(_faults(session, wanted)):
            raise TermNotOpenable(*faults)


def _faults(session: Session, wanted: TermWanted) -> Iterator[Text]:
    if not is_id(wanted.id) or len(wanted.id) > 28:
        yield Text("编号只能用小写字母、数字和连字符，最多28个。", "The id may hold a-z, 0-9 and hyphens, at most 28.")
    if not wanted.title.zh.strip():
        yield Text("请填写名称。", "Give the term a title.")
    if wanted.collect_first_day > wanted.collect_last_day:
        yield Text("开始领取的日期不能晚于截止日期。", "The first day of collecting is after the last day.")
    if not 1 <= wanted.slots <= MOST_SLOTS:
        yield Text(f"一个年度可以有1到{MOST_SLOTS}次调查。", f"A term has 1 to {MOST_SLOTS} slots.")
    if session.get(StoredTerm, wanted.id) is not None:
        yield Text(f"“{wanted.id}”已经开设过。", f"“{wanted.id}” was opened before.")
    ids = [f"{wanted.id}-{number:02}" for number in range(1, wanted.slots + 1)]
    if taken := session.scalar(select(Poll.poll_id).where(Poll.poll_id.in_(ids)).limit(1)):
        yield Text(f"“{taken}”已用于一项调查，请换一个编号。", f"“{taken}” already names a poll: choose another id.")
    if (other := _open_term(session)) is not None and other != wanted.id:
        yield Text(f"“{other}”还没有结束。", f"The term “{other}” has not ended yet.")
    if session.scalar(select(RosterMember.staff_number).limit(1)) is None:
        yield Text("还没有会员名册：领取凭证要按名册核对。", "There is no roster yet: tickets are given out by it.")


def _open_term(session: Session) -> str | None:
    return session.scalar(select(StoredTerm.id).where(StoredTerm.state == "open"))


def _let_no_other_open(session: Session) -> None:
    """Of two officers at once one opens the term; the other one is told."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE term IN SHARE ROW EXCLUSIVE MODE"))
    if (other := _open_term(session)) is not None:
        raise TermNotOpenable(Text(f"“{other}”已经开设。", f"The term “{other}” is open already."))


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


@dataclass(frozen=True, slots=True)
class _NewSlot:
    row: dict[str, Any]
    keys: list[dict[str, Any]]


def _new_slots(safe: KeySafe, wanted: TermWanted, units: Sequence[ReportingUnit], progress: Progress) -> list[_NewSlot]:
    total = wanted.slots * len(units)
    made: list[PrivateKey] = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for key in pool.map(lambda _: new_key(), range(total)):
            made.append(key)
            progress(len(made), total)
    keys = iter(made)
    return [
        _new_slot(safe, f"{wanted.id}-{number:02}", wanted, [(unit, next(keys)) for unit in units])
        for number in range(1, wanted.slots + 1)
    ]


def _new_slot(
    safe: KeySafe, slot_id: str, wanted: TermWanted, units: Sequence[tuple[ReportingUnit, PrivateKey]]
) -> _NewSlot:
    ack = new_ack_key()
    told = tuple(ManifestUnit(unit.id, unit.name.zh, unit.n_eligible, key.public) for unit, key in units)
    days = wanted.collect_first_day, wanted.collect_last_day
    manifest = SlotManifest(slot_id, days, ack_public(ack), told).to_bytes()
    row = {
        "slot_id": slot_id,
        "term_id": wanted.id,
        "state": "free",
        "poll_id": None,
        "manifest": manifest,
        "fingerprint": manifests.fingerprint(manifest),
        "ack_private": safe.locked(slot_id, ACK, ack),
    }
    keys = [
        {
            "slot_id": slot_id,
            "unit_id": unit.id,
            "key_id": key.public.key_id,
            "n": key.public.n_bytes,
            "private": safe.locked(slot_id, unit_key_name(unit.id), key.to_bytes()),
        }
        for unit, key in units
    ]
    return _NewSlot(row, keys)


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
        found_id = term_id if term_id is not None else _open_term(session)
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
