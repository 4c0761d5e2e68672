"""The publication plan: what will be told of a poll, written when it is frozen, before anybody answers.

It is kept in the facts of the ballot box and goes with the sealed box. Staff read it in words, and the gate keeps to it.
Made by `analysis.disclosure.planning`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from analysis.disclosure.joining import FULL_BASE
from analysis.disclosure.released import Measure, Rules
from analysis.frame import Text
from analysis.stored_values import canonical_json, value_from_json

_RULES = Rules()
FORMAT = "survey_app.publication_plan/1"

Level = Literal["university", "units", "groups"]


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A reporting unit that will have a row of its own, if it has enough answers.

    `merged`: several branches under one name. `apart`: retired, in no total.
    """

    id: str
    name: Text
    n_eligible: int
    merged: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class PlannedAttribute:
    """A question about the respondent: results one way for the whole university, from `least` answers to it on."""

    item: str
    label: Text
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

    `full_base`: the answers from which on a unit's distribution is told in full. `assessed_from`: the answers from which
    on a unit is assessed in the year; None: the poll does not enter the assessment. The same frozen questionnaire, units
    and scheme give the same bytes.
    """

    units: tuple[PlannedUnit, ...]
    attributes: tuple[PlannedAttribute, ...]
    columns: tuple[PlannedColumn, ...]
    criteria: tuple[Text, ...]
    rules: Rules = _RULES
    full_base: int = FULL_BASE
    assessed_from: int | None = None
    format: str = FORMAT

    @property
    def has_comments(self) -> bool:
        return any(column.measure == "text" for column in self.columns)

    @property
    def levels(self) -> Mapping[str, tuple[Level, ...]]:
        """Column -> where it is told."""
        return {column.column: column.levels for column in self.columns}

    @property
    def least(self) -> Mapping[str, int]:
        """Attribute -> the answers from which on results are broken down by it."""
        return {attribute.item: attribute.least for attribute in self.attributes}

    def to_json(self) -> bytes:
        """The canonical bytes; parsed, what the facts of the poll hold."""
        return canonical_json(self)

    @classmethod
    def from_json(cls, data: bytes) -> "PublicationPlan":
        """Raises ValueError for anything but a plan of this format."""
        return cls.told(json.loads(data))

    @classmethod
    def told(cls, document: Any) -> "PublicationPlan":
        """The plan of a parsed document; raises ValueError, also for one that promises less than the rules ask."""
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise ValueError(f"This is not a publication plan of the format {FORMAT}.")
        try:
            plan: PublicationPlan = value_from_json(cls, document)
            hash((*plan.levels, *plan.least))  # names, not lists
        except (AttributeError, KeyError, TypeError) as fault:
            raise ValueError(f"The publication plan cannot be read: {fault!r}.") from fault
        numbers = [(getattr(plan.rules, each.name), getattr(_RULES, each.name)) for each in fields(Rules)]
        numbers += [(each.least, _RULES.minimum_base) for each in plan.attributes]
        numbers += [(plan.full_base, _RULES.minimum_base)]
        if not all(isinstance(own, int) and not isinstance(own, bool) and own >= floor for own, floor in numbers):
            raise ValueError("The publication plan promises less protection than the rules ask for.")
        return plan
