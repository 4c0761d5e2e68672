"""Which rows and cells may be shown: the minimum base, the pool, and what must be hidden so that nothing can be subtracted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.disclosure.released import EVERYBODY, POOL, ReleasedUnit, Withheld
from analysis.frame import Text

RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A reporting unit as frozen with the poll. `merged`: several branches under one name."""

    id: str
    name: Text
    unit_type: str
    n_eligible: int
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of results that figures are computed for: places of the tally's units that it sums up."""

    id: str
    units: tuple[int, ...]
    n_responding: int
    n_eligible: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`total` is None when nobody in the listed units answered. `parts` sum to the total; `apart` belong to nothing."""

    listed: tuple[ReleasedUnit, ...]
    total: Row | None
    parts: tuple[Row, ...]
    apart: tuple[Row, ...]


def row_plan(units: Sequence[UnitFacts], responding: Sequence[int], minimum: int) -> Plan:
    """Decide the rows of a release.

    In-service units with fewer than `minimum` answers go into the pool when together they have enough; otherwise the
    total leaves them out, because total minus shown units would be exactly them. Retired units stand apart.
    """
    places = [place for place, unit in enumerate(units) if unit.unit_type != RETIRED]
    small = [place for place in places if 0 < responding[place] < minimum]
    pooled = small if sum(responding[place] for place in small) >= minimum else []
    left_out = [place for place in small if place not in pooled]
    in_total = [place for place in places if place not in left_out]

    def row(row_id: str, members: Sequence[int]) -> Row:
        heads = sum(units[place].n_eligible for place in members)
        return Row(row_id, tuple(members), sum(responding[place] for place in members), heads)

    total = row(EVERYBODY, in_total)
    shown = [row(units[place].id, [place]) for place in in_total if responding[place] >= minimum]
    apart = [row(unit.id, [place]) for place, unit in enumerate(units) if place not in places]
    pool = [row(POOL, pooled)] if pooled else []
    listed = [
        _listed(total, Text("全校在职", "All in-service staff"), "all", ("total_leaves_units_out",) * bool(left_out))
    ]
    for place in places:
        unit = units[place]
        notes = ("left_out_of_total",) * (place in left_out)
        one = row(unit.id, [place])
        listed.append(_listed(one, unit.name, unit.unit_type, notes, minimum, POOL if place in pooled else None))
    listed += [_listed(each, Text("人数少的单位（合并）", "Small units, pooled"), "pool", ()) for each in pool]
    listed += [_listed(each, units[each.units[0]].name, RETIRED, ("apart",), minimum) for each in apart]
    enough = tuple(each for each in apart if each.n_responding >= minimum)
    return Plan(tuple(listed), total if total.n_responding else None, tuple(shown + pool), enough)


def _listed(
    row: Row, name: Text, unit_type: str, notes: tuple[str, ...], minimum: int = 1, pool: str | None = None
) -> ReleasedUnit:
    withheld: Withheld | None = None
    if row.n_responding < minimum:
        withheld = "too_few" if row.n_responding else "no_answers"
        notes = (withheld, *notes)
    if row.n_eligible == 0:
        notes = (*notes, "no_head_count")
    elif withheld != "too_few" and row.n_responding > row.n_eligible:
        notes = (*notes, "more_answers_than_eligible")
    counted = None if withheld == "too_few" else row.n_responding
    percent = None
    if counted is not None and 0 < row.n_eligible >= counted:
        percent = (counted * 200 + row.n_eligible) // (2 * row.n_eligible)
    return ReleasedUnit(row.id, name, unit_type, row.n_eligible, counted, percent, pool, withheld, notes)


def hidden_cells(bases: Mapping[str, int], minimum: int) -> frozenset[str]:
    """The parts of one column that must not be shown when the total is.

    Every part with a base of 1 to minimum - 1 is hidden; while what is hidden adds up to less than `minimum` answers or
    is one part alone, the smallest shown part is hidden too, so that total minus the rest is a group of `minimum` or more.
    """
    hidden = {part for part, base in bases.items() if 0 < base < minimum}
    if not hidden:
        return frozenset()
    rest = sorted((part for part, base in bases.items() if base >= minimum), key=lambda part: (bases[part], part))
    while rest and (len(hidden) < 2 or sum(bases[part] for part in hidden) < minimum):
        hidden.add(rest.pop(0))
    return frozenset(hidden)
