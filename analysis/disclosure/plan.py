"""The publication plan: what will be told of a poll, written when it is frozen, before anybody answers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from analysis.disclosure.crossings import attributes_of
from analysis.disclosure.groups import PER_CHOICE
from analysis.disclosure.joining import FULL_BASE
from analysis.disclosure.released import Measure, Rules
from analysis.disclosure.released_items import ONCE_ONLY, released_items
from analysis.disclosure.suppression import RETIRED, UnitFacts
from analysis.frame import Questionnaire, Text, codebook
from analysis.scoring import Scoring
from analysis.stored_values import canonical_json, value_from_json

_RULES = Rules()
FORMAT = "survey_app.publication_plan/1"

Level = Literal["university", "units", "groups"]


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A reporting unit that will have a row of its own, if it has enough answers. `apart`: retired, in no total."""

    id: str
    name: Text
    n_eligible: int
    apart: bool = False


@dataclass(frozen=True, slots=True)
class PlannedAttribute:
    """A question about the respondent: results one way for the whole university, from `least` answers to it on."""

    item: str
    text: Text
    choices: tuple[Text, ...]
    least: int


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """One column of the results and where it is told. "units" and "groups" are each one way: never crossed."""

    column: str
    label: Text
    measure: Measure
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class PublicationPlan:
    """University, units, and each attribute one way for the university; nothing else will be published.

    `full_base`: the answers from which on a unit's distribution is told in full. The same frozen questionnaire and units
    give the same bytes; a release keeps to it (analysis.disclosure.gate reads the same sources).
    """

    units: tuple[PlannedUnit, ...]
    attributes: tuple[PlannedAttribute, ...]
    columns: tuple[PlannedColumn, ...]
    criteria: tuple[Text, ...]
    rules: Rules = _RULES
    full_base: int = FULL_BASE
    format: str = FORMAT

    def to_json(self) -> bytes:
        """The canonical bytes that can be kept with the frozen poll."""
        return canonical_json(self)

    @classmethod
    def from_json(cls, data: bytes) -> "PublicationPlan":
        """Raises ValueError for anything but a plan of this format."""
        document: Any = json.loads(data)
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise ValueError(f"This is not a publication plan of the format {FORMAT}.")
        plan: PublicationPlan = value_from_json(cls, document)
        return plan


def publication_plan(questionnaire: Questionnaire, units: Sequence[UnitFacts], scoring: Scoring) -> PublicationPlan:
    """The plan of a poll: from its questionnaire, its frozen units and the scoring of the questionnaire."""
    book = codebook(questionnaire)
    attributes = []
    for name in attributes_of(book):
        item = questionnaire.item(name)
        choices = tuple(choice.text for choice in item.choices if choice.role != "missing")
        attributes.append(PlannedAttribute(name, item.text, choices, PER_CHOICE * len(choices)))
    columns = []
    for column in released_items(book, scoring):
        once = column.personal or column.kind in ("number", "date")
        below: tuple[Level, ...] = () if once else ("units",) if column.measure == "text" else ("units", "groups")
        if column.measure in ONCE_ONLY and column.measure != "text" and not column.choices:
            below = ()
        columns.append(PlannedColumn(column.column, column.label, column.measure, ("university", *below)))
    return PublicationPlan(
        units=tuple(PlannedUnit(unit.id, unit.name, unit.n_eligible, unit.unit_type == RETIRED) for unit in units),
        attributes=tuple(attributes),
        columns=tuple(columns),
        criteria=tuple(criterion.name for criterion in scoring.criteria),
    )
