"""The publication plan of a poll: what will be published of it and what never, fixed by what is frozen and known before the first answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from questionnaires.items import TextItem
from questionnaires.questionnaire import Questionnaire
from questionnaires.scoring import scoring
from questionnaires.texts import Text
from survey_app.services.poll_facts import ReportingUnit

SMALLEST_FIGURE, SMALLEST_TEXT, FULL_DISTRIBUTION = 5, 10, 20


@dataclass(frozen=True, slots=True)
class PublicationPlan:
    """`units`: their number; `merged`: names of those made of several branches; `apart`: of retired members.

    `attributes`: the questions about the respondent by which the university's results are shown; `assessed`: the poll
    enters the yearly assessment of branches.
    """

    units: int
    merged: tuple[Text, ...]
    apart: tuple[Text, ...]
    attributes: tuple[Text, ...]
    has_comments: bool
    assessed: bool


def publication_plan(questionnaire: Questionnaire, units: Iterable[ReportingUnit]) -> PublicationPlan:
    """The plan that follows from the questions and the units of a poll; it cannot change, because they cannot."""
    every = tuple(units)
    return PublicationPlan(
        units=len(every),
        merged=tuple(unit.name for unit in every if len(unit.branches) > 1),
        apart=tuple(unit.name for unit in every if unit.unit_type == "retired"),
        attributes=tuple(questionnaire.item(name).label for name in questionnaire.personal_items),
        has_comments=any(isinstance(item, TextItem) for item in questionnaire.items),
        assessed=questionnaire.id in _assessed(),
    )


def _assessed() -> frozenset[str]:
    """Questionnaires whose items enter a question or a criterion of the assessment."""
    rules = scoring()
    components = [component for question in rules.three_questions for component in question.components]
    addresses = [address for each in components for address in each.items]
    addresses += [address for each in rules.criteria for address in each.items]
    return frozenset(address.partition(".")[0] for address in addresses)
