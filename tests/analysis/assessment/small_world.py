"""A year of one or two small units whose every answer is written out, so that sums can be done by hand."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.assessment.answers import AssessedUnit, Year
from analysis.frame import Frame, Text, codebook, frame_of
from questionnaires.library import load
from questionnaires.questionnaire import Questionnaire
from questionnaires.versions import publish_variant

Answers = Mapping[str, Any]
POLLS = {name: publish_variant(load(name)) for name in ("needs_annual", "staff_home_annual", "congress_openness")}


def unit(unit_id: str, members: int, unit_type: str = "academic") -> AssessedUnit:
    return AssessedUnit(unit_id, Text(unit_id, unit_id), unit_type, members)


def stored(asked: Questionnaire, answers: Answers) -> bytes:
    """One ballot as it is stored: choices by their ids, all else left blank."""
    row = []
    for column in asked.columns:
        ids = [choice.id for choice in column.choices]
        given = answers.get(column.name)
        if column.kind == "mask":
            row.append(-1 if given is None else sum(1 << ids.index(each) for each in given))
        else:
            row.append(-1 if given is None else ids.index(given))
    return json.dumps(row, separators=(",", ":")).encode()


def frame(poll: str, units: Sequence[AssessedUnit], answers: Mapping[str, Sequence[Answers]]) -> Frame:
    """The frame of answers by unit id."""
    ballots = [(each.id, stored(POLLS[poll], own)) for each in units for own in answers.get(each.id, ())]
    return frame_of(codebook(POLLS[poll]), [each.id for each in units], ballots)


def year(units: Sequence[AssessedUnit], **answers: Mapping[str, Sequence[Answers]]) -> Year:
    """A year of these polls; `staff_home_annual` is always there, if need be without answers."""
    polls: dict[str, Mapping[str, Sequence[Answers]]] = {"staff_home_annual": {}, **answers}
    return Year("2026", tuple(units), {poll: (frame(poll, units, own),) for poll, own in polls.items()})


def times(number: int, **answers: Any) -> list[Answers]:
    return [answers] * number
