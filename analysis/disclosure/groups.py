"""The rows of attribute groups: one way, over the in-service total; small groups are put together before any is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.disclosure.crossings import AttributeTally
from analysis.disclosure.released import POOL, Withheld
from analysis.disclosure.released_breakdowns import ReleasedGroup
from analysis.disclosure.suppression import Row
from analysis.frame import Text

PER_CHOICE = (
    20  # answers per choice from which on an attribute is broken down at all: below, next to nothing could be told
)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """`row.units` are places of the attribute's tally; `places` those of the attribute's axis."""

    row: Row
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """The groups of one attribute: all that are listed, and the rows of those that have enough respondents."""

    attribute: str
    listed: tuple[ReleasedGroup, ...]
    rows: tuple[GroupRow, ...]


def group_plan(counted: AttributeTally, in_total: Sequence[int], minimum: int, least: int) -> GroupPlan:
    """An attribute is broken down if it has `least` answers. Groups under `minimum` go into a pool when two or more of them have enough together; otherwise they are withheld.

    Those who did not say (or were not asked) are no group and never a row: what the rest leaves cannot be taken for one.
    """
    item = counted.tally.book.questionnaire.item(counted.attribute)
    people = counted.tally.responding.reshape(-1, counted.width)[list(in_total)].sum(axis=0)
    codes = [code for code, choice in enumerate(item.choices) if choice.role != "missing"]
    small = [code for code in codes if 0 < people[code] < minimum]
    pooled = small if len(small) > 1 and people[small].sum() >= minimum else []

    def row(name: str, members: Sequence[int]) -> GroupRow:
        places = tuple(place * counted.width + code for place in in_total for code in members)
        return GroupRow(Row(f"{counted.attribute}={name}", places, int(people[list(members)].sum()), 0), tuple(members))

    listed, rows = [], []
    told = int(people[codes].sum()) >= least
    for code in codes:
        choice, own = item.choices[code], row(item.choices[code].id, [code])
        n = own.row.n_responding
        enough = told and n >= minimum
        reason: Withheld | None = None if enough else "too_few" if told and n else "no_answers"
        if not told:
            reason = "not_shown_by_rule"
        shown = n if enough or (told and not n) else None
        listed.append(ReleasedGroup(own.row.id, counted.attribute, choice.text, (choice.id,), shown, reason))
        rows += [own] * enough
    if pooled and told:
        pool = row(POOL, pooled)
        members = tuple(item.choices[code].id for code in pooled)
        name = Text("人数少的组（合并）", "Small groups, pooled")
        listed.append(ReleasedGroup(pool.row.id, counted.attribute, name, members, pool.row.n_responding))
        rows.append(pool)
    return GroupPlan(counted.attribute, tuple(listed), tuple(rows))
