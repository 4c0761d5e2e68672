"""One year's released assessment, looked up for a page: units by type, the year before, what similar units have."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.disclosure.middles import middle_of_similar
from analysis.disclosure.released_assessment import (
    DimensionInfo,
    DimensionScore,
    ReleasedAssessment,
    Score,
    UnitAssessment,
    UniversityAssessment,
)
from survey_app.web.readings import INDICATIVE_BELOW, RETIRED, TYPE_ORDER, spoken, type_name
from survey_app.web.year_words import dimension_noun

ODD_ANSWERS = frozenset({"straight_lining", "response_jump"})
Row = UnitAssessment | UniversityAssessment


@dataclass(frozen=True, slots=True)
class YearGroup:
    """Units of one type in the order of the document: never by score."""

    unit_type: str
    units: tuple[UnitAssessment, ...]

    @property
    def name(self) -> str:
        return type_name(self.unit_type)


class Year:
    """A released assessment with quick look-ups; `before` is the wave before, where that was released too.

    `whole` is the document with all units, for the middle value of similar units: a reader of one unit has only that
    unit and the university in `document`.
    """

    def __init__(
        self,
        document: ReleasedAssessment,
        before: ReleasedAssessment | None = None,
        whole: ReleasedAssessment | None = None,
    ) -> None:
        self.document = document
        self.before = before if before is not None and before.wave == document.wave_before else None
        self.whole = whole or document
        self.wave = document.wave
        self.wave_before = self.before.wave if self.before else None
        self.university = document.university
        self._names: dict[str, str] = {}
        self._units = {unit.unit: unit for unit in document.units}

    def unit(self, unit_id: str) -> UnitAssessment | None:
        return self._units.get(unit_id)

    def dimension_name(self, dimension_id: str) -> str:
        """The short name of a criterion or question, for rows, columns and headings."""
        if dimension_id not in self._names:
            name = spoken(self.document.dimension_info(dimension_id).name)
            self._names[dimension_id] = dimension_noun(dimension_id) or name
        return self._names[dimension_id]

    @cached_property
    def criteria(self) -> tuple[DimensionInfo, ...]:
        return tuple(each for each in self.document.dimensions if each.group == "criterion")

    @cached_property
    def questions(self) -> tuple[DimensionInfo, ...]:
        return tuple(each for each in self.document.dimensions if each.group == "question")

    @cached_property
    def groups(self) -> tuple[YearGroup, ...]:
        """Units by type in the fixed order, retired members last and apart."""
        types = dict.fromkeys(unit.unit_type for unit in self.document.units)
        known = [name for name in TYPE_ORDER if name in types]
        others = [name for name in types if name not in TYPE_ORDER and name != RETIRED]
        ordered = [*known, *others, *([RETIRED] if RETIRED in types else [])]
        return tuple(
            YearGroup(name, tuple(unit for unit in self.document.units if unit.unit_type == name)) for name in ordered
        )

    @cached_property
    def in_service(self) -> tuple[UnitAssessment, ...]:
        return tuple(unit for unit in self.document.units if unit.unit_type != RETIRED)

    @property
    def indicative(self) -> tuple[UnitAssessment, ...]:
        """In-service units where fewer than half answered."""
        return tuple(unit for unit in self.in_service if is_indicative(unit))

    @property
    def pending(self) -> tuple[UnitAssessment, ...]:
        """In-service units whose answers want a second look before anything is concluded."""
        return tuple(unit for unit in self.in_service if is_pending(unit))

    def row_before(self, row: Row) -> Row | None:
        """The same row a year ago; None where the unit was made of other branches or was not there."""
        if self.before is None:
            return None
        if isinstance(row, UniversityAssessment):
            return self.before.university
        found = self.before.unit(row.unit)
        compared = row.change.label is not None or row.change.reason is None
        return found if compared else None

    def score_before(self, row: Row, dimension_id: str) -> Score | None:
        before = self.row_before(row)
        return dimension_of(before, dimension_id).score if before else None

    def similar(self, unit: UnitAssessment, dimension_id: str) -> int | None:
        """The middle value of the other units of this type; None where there are too few of them."""
        return middle_of_similar(self.whole, unit, dimension_id)

    def shown_before(self, row: Row, dimensions: Sequence[str]) -> dict[str, int]:
        """Last year's values of these dimensions, where there are any."""
        found = {each: self.score_before(row, each) for each in dimensions}
        return {each: score.value for each, score in found.items() if score is not None and score.value is not None}


def dimension_of(row: Row, dimension_id: str) -> DimensionScore:
    """A row's figures in one dimension; none at all if it has none."""
    return next(
        (each for each in row.dimensions if each.id == dimension_id), DimensionScore(dimension_id, "criterion", Score())
    )


def is_indicative(unit: UnitAssessment) -> bool:
    return unit.response_percent is not None and unit.response_percent < INDICATIVE_BELOW


def is_pending(unit: UnitAssessment) -> bool:
    """Whether the answers themselves look odd; low trust in anonymity is told beside the figures and holds nothing back."""
    return any(flag.name in ODD_ANSWERS for flag in unit.flags)


def is_compared(unit: UnitAssessment) -> bool:
    """Whether the unit's cells may be coloured: units to be checked and retired members stand apart."""
    return not is_pending(unit) and unit.unit_type != RETIRED and "apart" not in unit.notes
