"""Units side by side: the six criteria, or the questions of a section. By type of unit, never by score, uncoloured."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analysis.disclosure.released import ReleasedUnit
from survey_app.web.contents import Line, parts
from survey_app.web.readings import Figure, Reading, spoken, withheld_words

MOST_COLUMNS = 6  # as many as can be read side by side


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its words and the share of "don't know" in the whole university."""

    id: str
    words: str
    dont_know: int | None


@dataclass(frozen=True, slots=True)
class Row:
    unit: ReleasedUnit
    name: str
    figures: tuple[Figure, ...]

    @property
    def why_withheld(self) -> str:
        return withheld_words(self.unit.withheld)


@dataclass(frozen=True, slots=True)
class RowGroup:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class UnitsTable:
    title: str
    heads: tuple[Head, ...]
    everybody: Row
    groups: tuple[RowGroup, ...]


def criteria_table(reading: Reading) -> UnitsTable:
    """Units by criteria: the heat map before it has colours."""
    criteria = reading.released.criteria_list
    return UnitsTable(
        title="",
        heads=tuple(
            Head(each.id, spoken(each.name), reading.criterion_figure(reading.everybody.id, each.id).dont_know)
            for each in criteria
        ),
        everybody=_criteria_row(reading, reading.everybody),
        groups=_groups(reading, lambda unit: _criteria_row(reading, unit)),
    )


def item_tables(reading: Reading) -> tuple[UnitsTable, ...]:
    """Units by rated questions, at most six questions side by side: a table a section, or one where all fit into it."""
    found = [
        (part.title, [line for block in part.scores for line in block.lines]) for part in parts(reading, outcomes=True)
    ]
    if sum(len(lines) for _title, lines in found) <= MOST_COLUMNS:
        found = [("", [line for _title, lines in found for line in lines])]
    return tuple(
        _item_table(reading, title, lines[start : start + MOST_COLUMNS])
        for title, lines in found
        for start in range(0, len(lines), MOST_COLUMNS)
    )


def _item_table(reading: Reading, title: str, lines: Sequence[Line]) -> UnitsTable:
    columns = [line.column for line in lines]
    return UnitsTable(
        title=title,
        heads=tuple(Head(line.column, line.label, line.figure.dont_know) for line in lines),
        everybody=_item_row(reading, reading.everybody, columns),
        groups=_groups(reading, lambda unit: _item_row(reading, unit, columns)),
    )


def _groups(reading: Reading, row: Callable[[ReleasedUnit], Row]) -> tuple[RowGroup, ...]:
    return tuple(RowGroup(group.name, tuple(row(unit) for unit in group.units)) for group in reading.groups)


def _criteria_row(reading: Reading, unit: ReleasedUnit) -> Row:
    criteria = reading.released.criteria_list
    figures = tuple(reading.criterion_figure(unit.id, each.id) for each in criteria)
    return Row(unit, reading.unit_name(unit), figures)


def _item_row(reading: Reading, unit: ReleasedUnit, columns: Iterable[str]) -> Row:
    items = {item.column: item for item in reading.released.items}
    return Row(unit, reading.unit_name(unit), tuple(reading.main_figure(unit.id, items[column]) for column in columns))
