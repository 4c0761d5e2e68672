"""Which items make a criterion, and what credit an outcome earns, for one questionnaire."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import lcm

from analysis.frame import AnyItem, Choice, Codebook, LibraryScoring, Questionnaire, Text
from analysis.tallies import Combination


@dataclass(frozen=True, slots=True)
class Criterion:
    id: str
    name: Text
    items: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Scoring:
    """`credits[item][choice]`: what an outcome earns (solved 1, partly 0.5 ...); choices not named are left out."""

    version: str
    minimum_items: int = 2
    criteria: tuple[Criterion, ...] = ()
    credits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


NO_SCORING = Scoring("none")


def scoring_for(questionnaire: Questionnaire, rules: LibraryScoring) -> Scoring:
    """The part of the library's scoring that this questionnaire can fill.

    A criterion appears only when the questionnaire still has all its items; names come from the questionnaire's measures.
    """
    names = {measure.id: measure.text for measure in questionnaire.measures}
    criteria = []
    for rule in rules.criteria:
        items = [item for address in rule.items if (item := _own(questionnaire, address))]
        if len(items) == len(rule.items):
            name = names.get(rule.id, Text(rule.id))
            criteria.append(Criterion(rule.id, name, tuple(item.id for item in items), rule.weight or 0.0))
    minimum = rules.criteria[0].min_items if rules.criteria else 1
    return Scoring(str(rules.version), minimum, tuple(criteria), _credits(questionnaire, rules))


def _own(questionnaire: Questionnaire, address: str) -> AnyItem | None:
    """The item of an address like `staff_home_annual.b11`, if it belongs to this questionnaire."""
    owner, _, item = address.partition(".")
    return questionnaire.item(item) if owner == questionnaire.id and item in questionnaire else None


def _credits(questionnaire: Questionnaire, rules: LibraryScoring) -> dict[str, Mapping[str, float]]:
    components = [component for question in rules.three_questions for component in question.components]
    return {
        item.id: component.credit
        for component in components
        for address in component.items
        if component.credit and (item := _own(questionnaire, address))
    }


def combinations(book: Codebook, scoring: Scoring) -> tuple[Combination, ...]:
    """What the tally must count for the criteria: scale steps per code, brought to one common length."""
    return tuple(_combination(book, criterion) for criterion in scoring.criteria)


def _combination(book: Codebook, criterion: Criterion) -> Combination:
    scales = [book.questionnaire.item(item).choices for item in criterion.items]
    spans = [_span(choices) for choices in scales]
    top = lcm(*(high - low for low, high in spans))
    steps = tuple(_steps(choices, top) for choices in scales)
    return Combination(criterion.id, criterion.items, steps, top)


def _span(choices: tuple[Choice, ...]) -> tuple[int, int]:
    values = [choice.value for choice in choices if choice.role == "answer" and choice.value is not None]
    return min(values), max(values)


def _steps(choices: tuple[Choice, ...], top: int) -> tuple[int, ...]:
    low, high = _span(choices)
    return tuple(
        -1 if choice.role != "answer" or choice.value is None else (choice.value - low) * top // (high - low)
        for choice in choices
    )
