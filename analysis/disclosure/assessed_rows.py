"""What of the yearly assessment the gates of the polls let be told: a figure that rests on one question is told of a unit only
as that poll tells the same question of the same unit. Else two releases of the same answers could be subtracted."""

from collections.abc import Mapping

from analysis.assessment.cases import ACTED, LEARNED, MET, POLL, SILENCE, STANDS
from analysis.assessment.measures import Layout, Measure
from analysis.assessment.thin_cells import ThinCells
from analysis.disclosure.released import Released
from analysis.disclosure.released_rows import may_show

REPLY = "a08"
# What the counts and rates of cases rest on; who is asked the later questions tells how many gave which answer to LEARNED.
_RESTS_ON: dict[str, tuple[str, ...]] = {
    "met": (f"{MET}.none",),
    "known": (LEARNED, ACTED, STANDS),
    "acted": (ACTED,),
    "outcomes": (STANDS,),
    "unknown_rate": (LEARNED, ACTED, STANDS),
    "union_first": (LEARNED, ACTED, STANDS),
    "first_reply": (REPLY,),
    "silence": (SILENCE,),
}


def as_polls_tell(thin: ThinCells, plan: Layout, polls: Mapping[str, Released]) -> ThinCells:
    """The thin cells with those of which a poll tells nothing, or tells coarsely. `polls`: by questionnaire, of this wave."""
    lone, alike = set(thin.lone), set(thin.unanimous)
    rests = [
        (name, plan.measures[measures[0]])
        for dimension in plan.dimensions
        for name, measures in ((part.id, part.measures) for part in dimension.parts)
        if len(measures) == 1
    ]
    for name, measure in rests:
        if len(measure.items) == 1 and (released := polls.get(measure.poll)):
            for unit in _units(released):
                figure = released.item_figure(unit, measure.items[0])
                if figure.coarse:
                    alike.add((unit, name))
                elif figure.withheld == "not_shown_by_rule":
                    lone.add((unit, name))
    for shown in plan.shown:
        measures = [plan.measures[place] for place, _ in shown.terms]
        if shown.group != "cases" and all(len(each.items) == 1 for each in measures):
            lone |= {(unit, shown.id) for unit in _untold(measures, polls)}
    return ThinCells(frozenset(lone), frozenset(alike))


def untold_cases(polls: Mapping[str, Released]) -> frozenset[tuple[str, str]]:
    """(Unit, figure about cases) that the poll on difficulties does not tell exactly."""
    released = polls.get(POLL)
    if released is None:
        return frozenset()
    return frozenset(
        (unit, name)
        for unit in _units(released)
        for name, columns in _RESTS_ON.items()
        if not any(_told(released, unit, column) for column in columns)
    )


def _untold(measures: list[Measure], polls: Mapping[str, Released]) -> set[str]:
    found: set[str] = set()
    for measure in measures:
        released = polls.get(measure.poll)
        if released is not None:
            found |= {unit for unit in _units(released) if not _told(released, unit, measure.items[0])}
    return found


def _told(released: Released, unit: str, item: str) -> bool:
    """Whether the exact answers of the unit to an item are told: its own figure, or a distribution with each choice apart."""
    if may_show(released, unit, item):
        return True
    spread = released.row_distribution(unit, item)
    return spread is not None and spread.withheld is None and all(len(each.choices) == 1 for each in spread.entries)


def _units(released: Released) -> list[str]:
    return [unit.id for unit in released.units]
