"""Which rows a release has: the total, units, the pool, attribute groups; and the judge who knows how they hang together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.disclosure.crossings import Counted
from analysis.disclosure.groups import GroupPlan, group_plan
from analysis.disclosure.judging import Judge, Slice
from analysis.disclosure.plan import Level, PublicationPlan
from analysis.disclosure.released import EVERYBODY, ReleasedUnit
from analysis.disclosure.suppression import Plan, Row, UnitFacts, row_plan
from analysis.tallies import Tally


@dataclass(frozen=True, slots=True)
class ToldRows:
    """`in_total`: the places of the tally's units that the total sums up. `judge`: of the questions; None without a total.

    `levels`: column -> where the publication plan tells it.
    """

    plan: Plan
    groups: tuple[GroupPlan, ...]
    in_total: tuple[int, ...]
    judge: Judge | None
    minimum: int
    levels: Mapping[str, tuple[Level, ...]]

    @property
    def group_rows(self) -> frozenset[str]:
        return frozenset(group.row.id for each in self.groups for group in each.rows)

    def planned(self, column: str, row: str) -> bool:
        """Whether the publication plan tells a column of this row."""
        level: Level = "university" if row == EVERYBODY else "groups" if row in self.group_rows else "units"
        return level in self.levels[column]

    def sources(self, counted: Counted) -> tuple[tuple[Tally, Row], ...]:
        """Every row with the tally its places belong to: total, units, pool, apart, groups."""
        plan = self.plan
        own = (*((plan.total,) if plan.total else ()), *plan.parts, *plan.apart)
        groups = [
            (source.tally, group.row)
            for source, each in zip(counted.groups, self.groups, strict=True)
            for group in each.rows
        ]
        return (*((counted.tally, row) for row in own), *groups)

    def families(self) -> list[list[str]]:
        """The rows that add up to the total (or to less), each list apart."""
        return [[row.id for row in self.plan.parts], *([group.row.id for group in each.rows] for each in self.groups)]


def told_rows(counted: Counted, units: Sequence[UnitFacts], planned: PublicationPlan) -> ToldRows:
    """The rows by the numbers of respondents alone: minimum base, pool, and what elimination hides (groups before units)."""
    minimum = planned.rules.minimum_base
    plan = row_plan(units, [int(n) for n in counted.tally.responding], minimum)
    in_total = plan.total.units if plan.total else ()
    groups = tuple(group_plan(each, in_total, minimum, planned.least[each.attribute]) for each in counted.groups)
    if not in_total:
        return ToldRows(plan, tuple(replace(each, rows=()) for each in groups), (), None, minimum, planned.levels)
    slices = _slices(plan, groups, in_total)
    limits = [units[place].n_eligible for place in in_total]
    judge = Judge(counted.crossing.people()[list(in_total)], slices, minimum, limits)
    shown = judge.structure()
    parts = tuple(row for row in plan.parts if row.id in shown)
    hidden = {row.id for row in plan.parts} - shown
    listed = tuple(_hidden_unit(unit) if unit.id in hidden else unit for unit in plan.listed)
    kept = tuple(_kept(each, shown) for each in groups)
    return ToldRows(replace(plan, parts=parts, listed=listed), kept, in_total, judge, minimum, planned.levels)


def _slices(plan: Plan, groups: Sequence[GroupPlan], in_total: Sequence[int]) -> tuple[Slice, ...]:
    place_of = {place: number for number, place in enumerate(in_total)}
    rows = [(row.n_responding, Slice(row.id, 0, tuple(place_of[place] for place in row.units))) for row in plan.parts]
    groups_of = [
        (group.row.n_responding, Slice(group.row.id, axis, group.places))
        for axis, each in enumerate(groups, start=1)
        for group in each.rows
    ]
    ordered = [sorted(part, key=lambda each: (-each[0], each[1].id)) for part in (rows, groups_of)]
    return tuple(own for part in ordered for _, own in part)


def _hidden_unit(unit: ReleasedUnit) -> ReleasedUnit:
    return replace(unit, n_responding=None, response_percent=None, withheld="not_shown_by_rule")


def _kept(plan: GroupPlan, shown: frozenset[str]) -> GroupPlan:
    listed = tuple(
        replace(each, n_responding=None, withheld="not_shown_by_rule") if each.shown and each.id not in shown else each
        for each in plan.listed
    )
    return replace(plan, listed=listed, rows=tuple(group for group in plan.rows if group.row.id in shown))
