"""Reporting units from branches: one each, and small branches together under one name, by roster and never by answers."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.services.draft_checks import SMALLEST_UNIT, unit_faults
from survey_app.services.errors import UnitTooSmall
from survey_app.services.poll_facts import ReportingUnit
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Branch, HeadCount, RosterMember

RETIRED = "retired"  # shown apart everywhere, so never merged with members in service
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Merge:
    """Several branches as one reporting unit."""

    name: Text
    branches: tuple[str, ...]


def reporting_units(
    stores: Stores,
    merges: Mapping[str, Merge] | None = None,
    *,
    left_out: Collection[str] = (),
    by_roster: bool = False,
) -> tuple[ReportingUnit, ...]:
    """All branches as reporting units; `merges` by unit id (None: those suggested); `left_out`: branches not asked.

    `by_roster`: members are those named in the roster, and branches it does not name are left out.
    A branch's unit id is its own id in small letters. Raises UnitTooSmall with a sentence for each fault.
    """
    with reading(stores.registry) as connection:
        return units_at(connection, merges, left_out=left_out, by_roster=by_roster)


def units_at(
    connection: Connection, merges: Mapping[str, Merge] | None, *, left_out: Collection[str], by_roster: bool
) -> tuple[ReportingUnit, ...]:
    """The same as one transaction sees them."""
    branches, counts = (_branches_by_roster if by_roster else _branches)(connection)
    branches = [branch for branch in branches if branch.id not in left_out]
    chosen = _suggested(branches) if merges is None else merges
    by_id = {branch.id: branch for branch in branches}
    merged = {branch_id for merge in chosen.values() for branch_id in merge.branches}
    units = [
        _unit(branch.id.lower(), Text(branch.name_zh, branch.name_en), [branch], counts)
        for branch in branches
        if branch.id not in merged
    ]
    for unit_id, merge in chosen.items():
        members = [by_id[branch_id] for branch_id in merge.branches if branch_id in by_id]
        units.append(_unit(unit_id, merge.name, members, counts))
    faults = tuple(unit_faults(tuple(units)))
    if faults:
        raise UnitTooSmall(*faults)
    return tuple(sorted(units, key=lambda unit: unit.id))


def suggested_merges(stores: Stores, *, by_roster: bool = False) -> dict[str, Merge]:
    """Small branches of one kind together; where that is still too small, all the small ones left over together."""
    with reading(stores.registry) as connection:
        return _suggested((_branches_by_roster if by_roster else _branches)(connection)[0])


def _branches(connection: Connection) -> tuple[list[Branch], dict[str, dict[str, int]]]:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    with Session(connection) as session:
        branches = list(session.scalars(select(Branch).order_by(Branch.id)))
        for count in session.scalars(select(HeadCount)):
            counts[count.branch_id][count.category] = count.members
    return branches, counts


def _branches_by_roster(connection: Connection) -> tuple[list[Branch], dict[str, dict[str, int]]]:
    """The same by who is named in the roster. Head counts come from it where it tells everybody's category, and else from
    the list of units where that counts as many members."""
    branches, counts = _branches(connection)
    named: dict[str, Counter[str | None]] = defaultdict(Counter)
    for branch_id, category in connection.execute(select(RosterMember.branch_id, RosterMember.category)):
        named[branch_id][category] += 1
    for branch in branches:
        branch.members = named[branch.id].total()
        if None not in named[branch.id]:
            counts[branch.id] = {category: n for category, n in named[branch.id].items() if category is not None}
        elif sum(counts.get(branch.id, {}).values()) != branch.members:
            counts.pop(branch.id, None)
    return [branch for branch in branches if branch.members], counts


def _suggested(branches: Sequence[Branch]) -> dict[str, Merge]:
    small: dict[str, list[Branch]] = defaultdict(list)
    for branch in branches:
        if branch.members < SMALLEST_UNIT:
            small[branch.unit_type].append(branch)
    merges: dict[str, Merge] = {}
    left_over: list[Branch] = []
    for unit_type, group in sorted(small.items()):
        if len(group) > 1 and _members(group) >= SMALLEST_UNIT:
            merges[f"small-{unit_type}"] = _merge(group)
        elif unit_type != RETIRED:
            left_over += group
    if len(left_over) > 1:
        merges["small-others"] = _merge(left_over)
    return merges


def _merge(group: Sequence[Branch]) -> Merge:
    """Named by its branches, so that members find theirs; by number when the names get long."""
    name_zh = "、".join(branch.name_zh for branch in group)
    name_en = ", ".join(branch.name_en or branch.name_zh for branch in group)
    if len(name_zh) > _LONGEST_NAME:
        name_zh, name_en = (
            f"{group[0].name_zh}等{len(group)}个分工会",
            f"{group[0].name_en or group[0].name_zh} and {len(group) - 1} more",
        )
    return Merge(Text(name_zh, name_en), tuple(branch.id for branch in group))


def _unit(
    unit_id: str, name: Text, branches: Sequence[Branch], counts: Mapping[str, Mapping[str, int]]
) -> ReportingUnit:
    total: dict[str, int] = defaultdict(int)
    by_type: dict[str, int] = defaultdict(int)
    for branch in branches:
        by_type[branch.unit_type] += branch.members
        for category, members in counts.get(branch.id, {}).items():
            total[category] += members
    largest_type = max(by_type, key=lambda one: by_type[one], default="")
    ids = tuple(branch.id for branch in branches)
    return ReportingUnit(unit_id, name, largest_type, _members(branches), ids, dict(total))


def _members(branches: Sequence[Branch]) -> int:
    return sum(branch.members for branch in branches)
