"""What the page of one unit shows: participation, its sentences, the criteria beside the university, its questions."""

from dataclasses import dataclass

from analysis.disclosure.released import ReleasedUnit
from survey_app.leadership.overview import CriterionLine, Needs, criterion_lines, needs
from survey_app.web.contents import Line, parts
from survey_app.web.readings import Figure, Reading, is_indicative, withheld_words
from survey_app.web.sentences import Sentence, sentences


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A question for this unit, with the university and the wave before beside it."""

    line: Line
    university: Figure
    before: Figure | None


@dataclass(frozen=True, slots=True)
class ItemPart:
    title: str
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: ReleasedUnit
    name: str
    pooled_into: str | None
    sentences: tuple[Sentence, ...]
    criteria: tuple[CriterionLine, ...]
    needs: Needs | None
    parts: tuple[ItemPart, ...]
    earlier: Reading | None

    @property
    def indicative(self) -> bool:
        return is_indicative(self.unit)

    @property
    def why_withheld(self) -> str:
        return withheld_words(self.unit.withheld)


def unit_page(reading: Reading, earlier: Reading | None, unit: ReleasedUnit) -> UnitPage:
    unit_before = earlier.unit(unit.id) if earlier else None
    before = earlier if unit_before and unit_before.shown else None
    pool = reading.unit(unit.pooled_into) if unit.pooled_into else None
    return UnitPage(
        unit=unit,
        name=reading.unit_name(unit),
        pooled_into=reading.unit_name(pool) if pool else None,
        sentences=sentences(reading, before, unit.id),
        criteria=criterion_lines(reading, before, unit.id),
        needs=needs(reading, unit.id),
        parts=item_parts(reading, before, unit.id),
        earlier=before,
    )


def item_parts(reading: Reading, before: Reading | None, unit_id: str) -> tuple[ItemPart, ...]:
    """The rated questions of one unit by section; shares of options stay with the university and the needs."""
    found = []
    for part in parts(reading, unit_id, outcomes=True):
        rows = tuple(
            ItemRow(
                line,
                reading.main_figure(reading.everybody.id, reading.released.item(line.column)),
                _before(before, unit_id, line.column),
            )
            for block in part.scores
            for line in block.lines
        )
        if rows:
            found.append(ItemPart(part.title, rows))
    return tuple(found)


def _before(before: Reading | None, unit_id: str, column: str) -> Figure | None:
    item = next((each for each in before.released.items if each.column == column), None) if before else None
    return before.main_figure(unit_id, item) if before and item else None
