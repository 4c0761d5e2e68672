"""Middle values of released figures over several units: what may stand beside one unit without naming another.

They are made of released whole points alone; each that is shown stands in the published files too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from analysis.disclosure.released import EVERYBODY, Released
from analysis.disclosure.released_assessment import ReleasedAssessment, UnitAssessment

LEAST_UNITS = 3  # a middle value of fewer would nearly name one of them
OF_SIMILAR, OF_TYPE, OF_ALL = "middle_of_similar_units", "middle_of_type", "middle_of_units"


@dataclass(frozen=True, slots=True)
class Middle:
    """One middle value: `item` is its file, `id` what it is, and the unit or type it stands beside (neither: all in service)."""

    item: str
    id: str
    value: int
    unit: str | None = None
    unit_type: str | None = None


def middle(values: Iterable[int | None]) -> int | None:
    """The median in whole points of the values there are; None where it would rest on fewer than three units."""
    known = [value for value in values if value is not None]
    return round(median(known)) if len(known) >= LEAST_UNITS else None


def similar_units(released: ReleasedAssessment, unit: UnitAssessment) -> tuple[UnitAssessment, ...]:
    """The other units of the same type, without retired members."""
    return tuple(
        each
        for each in released.units
        if each.unit != unit.unit and each.unit_type == unit.unit_type and "apart" not in each.notes
    )


def middle_of_similar(released: ReleasedAssessment, unit: UnitAssessment, dimension: str) -> int | None:
    """The middle score of the other units of the type in a question or criterion."""
    return middle(each.dimension(dimension).score.value for each in similar_units(released, unit))


def middles_of_assessment(released: ReleasedAssessment, whole: str) -> Iterator[Middle]:
    """All middle values of a year; those of the whole assessment go to the file `whole`."""
    for info in released.dimensions:
        for unit in released.units:
            yield from _told(info.id, OF_SIMILAR, middle_of_similar(released, unit, info.id), unit=unit.unit)
    for unit_type in dict.fromkeys(each.unit_type for each in released.units):
        own = [each for each in released.units if each.unit_type == unit_type]
        scores = ((info.id, [each.dimension(info.id).score.value for each in own]) for info in released.dimensions)
        for dimension, values in scores:
            yield from _told(dimension, OF_TYPE, middle(values), unit_type=unit_type)
        rates = middle(each.response_percent for each in own)
        yield from _told(whole, f"response_percent_{OF_TYPE}", rates, unit_type=unit_type)
        yield from _told(whole, f"voice_{OF_TYPE}", middle(each.voice.value for each in own), unit_type=unit_type)
    graded = [each for each in released.units if "apart" not in each.notes]
    for name in dict.fromkeys(shown.id for each in graded for shown in each.shown):
        found = [shown.score.value for each in graded for shown in each.shown if shown.id == name]
        yield from _told(whole, f"{name}_{OF_ALL}", middle(found))


def middles_of_column(released: Released, column: str) -> dict[str, int]:
    """Unit id -> the middle mean of the other units of its type in one column."""
    units = [each for each in released.units if each.id != EVERYBODY]
    means = {each.id: released.item_figure(each.id, column).mean for each in units}
    found = {
        unit.id: middle(means[each.id] for each in units if each.unit_type == unit.unit_type and each.id != unit.id)
        for unit in units
    }
    return {unit: value for unit, value in found.items() if value is not None}


def _told(
    item: str, name: str, value: int | None, *, unit: str | None = None, unit_type: str | None = None
) -> Iterator[Middle]:
    if value is not None:
        yield Middle(item, name, value, unit, unit_type)
