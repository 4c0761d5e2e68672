"""Bands, conditions and open flags as they may be shown: whole points and per cent that agree with "met" and "missed"."""

from typing import cast

from analysis.assessment.contract import BranchAssessment, Condition, Flag
from analysis.disclosure.assessment_figures import told
from analysis.disclosure.released_assessment import Band, BandCondition, EnteredVeto, OpenFlag
from analysis.disclosure.rounding import whole

_SHARES = ("official_rate", "response_rate", "straight_lining")  # written as 0..1


def conditions(unit: BranchAssessment) -> tuple[BandCondition, ...]:
    """Every condition of every band, met or not."""
    return tuple(_condition(each) for each in unit.conditions)


def flags(unit: BranchAssessment) -> tuple[OpenFlag, ...]:
    """The flags that are open."""
    return tuple(_flag(each) for each in unit.flags if each.open)


def vetoes(unit: BranchAssessment) -> tuple[EnteredVeto, ...]:
    """What the university union entered, word for word: it comes from no answer."""
    return tuple(EnteredVeto(each.reason, each.day) for each in unit.vetoes)


def _condition(condition: Condition) -> BandCondition:
    """What was found is rounded as everywhere else, but never so that it contradicts what it decided: 69.6 of 70 reads 69."""
    wanted, found = (whole(_points(condition.name, value)) for value in (condition.wanted, condition.found))
    if found is not None and wanted is not None and condition.met is not None:
        found = max(found, wanted) if condition.met else min(found, wanted - 1)
    return BandCondition(
        cast("Band", condition.band), condition.name, wanted, found, condition.met, told(condition.reason)
    )


def _flag(flag: Flag) -> OpenFlag:
    value, limit = (_points(flag.name, number) for number in (flag.value, flag.limit))
    return OpenFlag(flag.name, whole(value), whole(limit))


def _points(name: str, value: float | None) -> float | None:
    return value if value is None or name not in _SHARES else 100 * value
