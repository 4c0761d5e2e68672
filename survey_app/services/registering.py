"""Units, head counts and members: looked at first, then taken over whole or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from survey_app.services import auditing
from survey_app.services.register.faults import Fault
from survey_app.services.register.roster import RosterList, folded, read_roster
from survey_app.services.register.units import UnitList, UnitRow, read_units
from survey_app.store.engines import Stores
from survey_app.store.registry import Branch, HeadCount, Officer, RosterMember


class FaultyList(Exception):  # noqa: N818 - plain nouns for errors (house rule)
    """The list still has faults; nothing was taken over."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")


@dataclass(frozen=True, slots=True)
class BranchFacts:
    """One branch union as it is known now; `in_roster` is 0 where there is no roster."""

    id: str
    name_zh: str
    name_en: str | None
    unit_type: str
    members: int
    head_counts: Mapping[str, int]
    in_roster: int

    def name(self, language: str) -> str:
        return self.name_en if language == "en" and self.name_en else self.name_zh


@dataclass(frozen=True, slots=True)
class UnitsPreview:
    """What taking over a list of units would do."""

    list: UnitList
    new: tuple[UnitRow, ...]
    changed: tuple[UnitRow, ...]
    unchanged: tuple[UnitRow, ...]
    absent: tuple[BranchFacts, ...]

    @property
    def members(self) -> int:
        return sum(unit.members for unit in self.list.units)


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What taking over a roster would do: per unit, members in the roster beside members in the list of units."""

    list: RosterList
    by_unit: tuple[tuple[BranchFacts, int], ...]

    @property
    def differing(self) -> tuple[tuple[BranchFacts, int], ...]:
        return tuple((unit, count) for unit, count in self.by_unit if count != unit.members)


class HasFaults(Protocol):
    """A list that was read."""

    @property
    def faults(self) -> tuple[Fault, ...]: ...


def branches(stores: Stores) -> tuple[BranchFacts, ...]:
    """All branch unions, in the order of their codes."""
    with Session(stores.registry) as session:
        rows = session.scalars(select(Branch).order_by(Branch.id)).all()
        counts: dict[str, dict[str, int]] = {}
        for count in session.scalars(select(HeadCount)):
            counts.setdefault(count.branch_id, {})[count.category] = count.members
        query = select(RosterMember.branch_id, func.count()).group_by(RosterMember.branch_id)
        roster = {branch_id: found for branch_id, found in session.execute(query)}  # noqa: C416 - a Result is not a mapping
    return tuple(
        BranchFacts(
            row.id, row.name_zh, row.name_en, row.unit_type, row.members, counts.get(row.id, {}), roster.get(row.id, 0)
        )
        for row in rows
    )


def preview_units(stores: Stores, data: bytes) -> UnitsPreview:
    """Read a list of units and compare it with what is known. Raises UnreadableList."""
    read = read_units(data)
    known = {branch.id: branch for branch in branches(stores)}
    given = {unit.branch_id for unit in read.units}
    same = [unit for unit in read.units if unit.branch_id in known and _same(unit, known[unit.branch_id])]
    return UnitsPreview(
        read,
        new=tuple(unit for unit in read.units if unit.branch_id not in known),
        changed=tuple(unit for unit in read.units if unit.branch_id in known and unit not in same),
        unchanged=tuple(same),
        absent=tuple(branch for branch in known.values() if branch.id not in given),
    )


def import_units(stores: Stores, data: bytes, officer_name: str, *, remove_absent: bool = False) -> UnitsPreview:
    """Take over a list of units in one transaction. Raises FaultyList or UnreadableList; then nothing has changed.

    Units that the list does not name stay, or go with `remove_absent`, unless an officer belongs to them. English names
    and head counts that it does not give stay too: few personnel systems hold them.
    """
    preview = preview_units(stores, data)
    _refuse_faults(preview.list)
    with Session(stores.registry) as session, session.begin():
        english = {row.id: row.name_en for row in session.scalars(select(Branch))}
        for unit in preview.list.units:
            session.merge(
                Branch(
                    id=unit.branch_id,
                    name_zh=unit.name_zh,
                    name_en=unit.name_en or english.get(unit.branch_id),
                    unit_type=unit.unit_type,
                    members=unit.members,
                )
            )
        session.flush()
        given = [unit.branch_id for unit in preview.list.units if unit.head_counts]
        session.execute(delete(HeadCount).where(HeadCount.branch_id.in_(given)))
        session.add_all(
            HeadCount(branch_id=unit.branch_id, category=category, members=members)
            for unit in preview.list.units
            for category, members in unit.head_counts.items()
        )
        if remove_absent:
            _remove(session, [branch.id for branch in preview.absent])
        auditing.record(session, officer_name, "import_units", str(len(preview.list.units)))
    return preview


def preview_roster(stores: Stores, data: bytes) -> RosterPreview:
    """Read a roster and compare it with the units. Raises UnreadableList."""
    known = branches(stores)
    names = {folded(branch.name_zh): branch.id for branch in known}
    names |= {folded(branch.id): branch.id for branch in known}
    read = read_roster(data, names)
    counts: dict[str, int] = {}
    for member in read.members:
        counts[member.branch_id] = counts.get(member.branch_id, 0) + 1
    return RosterPreview(read, tuple((branch, counts.get(branch.id, 0)) for branch in known))


def import_roster(stores: Stores, data: bytes, officer_name: str) -> RosterPreview:
    """Take over a roster in one transaction; it takes the place of the old one. Raises FaultyList, UnreadableList."""
    preview = preview_roster(stores, data)
    _refuse_faults(preview.list)
    with Session(stores.registry) as session, session.begin():
        session.execute(delete(RosterMember))
        session.add_all(
            RosterMember(
                staff_number=member.staff_no,
                name=member.name,
                branch_id=member.branch_id,
                category=member.category,
                email=member.email,
            )
            for member in preview.list.members
        )
        auditing.record(session, officer_name, "import_roster", str(len(preview.list.members)))
    return preview


def remove_roster(stores: Stores, officer_name: str) -> None:
    """Delete all members' names; the units and their head counts stay."""
    with Session(stores.registry) as session, session.begin():
        session.execute(delete(RosterMember))
        auditing.record(session, officer_name, "remove_roster", "")


def _refuse_faults(read: HasFaults) -> None:
    if read.faults:
        raise FaultyList(read.faults)


def _same(unit: UnitRow, branch: BranchFacts) -> bool:
    return (unit.name_zh, unit.name_en or branch.name_en, unit.unit_type, unit.members) == (
        branch.name_zh,
        branch.name_en,
        branch.unit_type,
        branch.members,
    ) and (not unit.head_counts or dict(unit.head_counts) == dict(branch.head_counts))


def _remove(session: Session, branch_ids: list[str]) -> None:
    with_officer = set(session.scalars(select(Officer.branch_id).where(Officer.branch_id.in_(branch_ids))))
    gone = [branch_id for branch_id in branch_ids if branch_id not in with_officer]
    session.execute(delete(RosterMember).where(RosterMember.branch_id.in_(gone)))
    session.execute(delete(HeadCount).where(HeadCount.branch_id.in_(gone)))
    session.execute(delete(Branch).where(Branch.id.in_(gone)))
