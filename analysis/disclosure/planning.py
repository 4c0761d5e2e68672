"""Making the publication plan of a poll, and finding the one that was frozen with it."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from analysis.disclosure.crossings import attributes_of
from analysis.disclosure.groups import PER_CHOICE
from analysis.disclosure.joining import FULL_BASE
from analysis.disclosure.plan import Level, PlannedAttribute, PlannedColumn, PlannedUnit, PublicationPlan
from analysis.disclosure.released import ReleasedItem
from analysis.disclosure.released_items import ONCE_ONLY, released_items
from analysis.disclosure.suppression import RETIRED, UnitFacts
from analysis.frame import Codebook, LibraryScoring, Questionnaire, SealedPoll, Text, UnreadableBox, codebook
from analysis.scoring import Scoring, scoring_for


class FrozenUnit(Protocol):
    """A reporting unit as the service or a sealed box knows it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> Text: ...
    @property
    def unit_type(self) -> str: ...
    @property
    def n_eligible(self) -> int: ...
    @property
    def branches(self) -> tuple[str, ...]: ...


def unit_facts(units: Iterable[FrozenUnit]) -> tuple[UnitFacts, ...]:
    """What the gate knows of units."""
    return tuple(
        UnitFacts(unit.id, unit.name, unit.unit_type, unit.n_eligible, merged=len(unit.branches) > 1) for unit in units
    )


def frozen_plan(poll: SealedPoll, rules: LibraryScoring) -> PublicationPlan:
    """The plan frozen with a poll; for boxes made before plans were kept, the one that follows from what was frozen.

    Raises UnreadableBox for a plan that is none, or that is not of this poll's units and questionnaire.
    """
    if poll.plan is None:
        return plan_by(poll.questionnaire, poll.units, rules)
    try:
        plan = PublicationPlan.told(poll.plan)
    except ValueError as fault:
        raise UnreadableBox(f"The publication plan in {poll.path} cannot be used: {fault}") from fault
    known = set(attributes_of(codebook(poll.questionnaire)))
    if [unit.id for unit in plan.units] != [unit.id for unit in poll.units] or not known.issuperset(plan.least):
        raise UnreadableBox(f"The publication plan in {poll.path} is not that of its units and its questionnaire.")
    return plan


def plan_by(questionnaire: Questionnaire, units: Iterable[FrozenUnit], rules: LibraryScoring) -> PublicationPlan:
    """The plan of a poll that is assessed by these rules."""
    assessed = rules.minimum["split"] if questionnaire.id in _assessed(rules) else None
    return publication_plan(questionnaire, unit_facts(units), scoring_for(questionnaire, rules), assessed)


def publication_plan(
    questionnaire: Questionnaire, units: Sequence[UnitFacts], scoring: Scoring, assessed_from: int | None = None
) -> PublicationPlan:
    """The plan of a poll: from its questionnaire, its frozen units and the scoring of the questionnaire."""
    book = codebook(questionnaire)
    return PublicationPlan(
        units=tuple(
            PlannedUnit(unit.id, unit.name, unit.n_eligible, unit.merged, unit.unit_type == RETIRED) for unit in units
        ),
        attributes=tuple(_attribute(book, name) for name in attributes_of(book)),
        columns=tuple(map(_column, released_items(book, scoring))),
        criteria=tuple(criterion.name for criterion in scoring.criteria),
        full_base=FULL_BASE,
        assessed_from=assessed_from,
    )


def _attribute(book: Codebook, name: str) -> PlannedAttribute:
    item = book.questionnaire.item(name)
    choices = tuple(choice.text for choice in item.choices if choice.role != "missing")
    return PlannedAttribute(name, item.label, choices, PER_CHOICE * len(choices))


def _column(column: ReleasedItem) -> PlannedColumn:
    once = column.personal or column.kind in ("number", "date")
    below: tuple[Level, ...] = () if once else ("units",) if column.measure == "text" else ("units", "groups")
    if column.measure in ONCE_ONLY and column.measure != "text" and not column.choices:
        below = ()
    return PlannedColumn(column.column, column.label, column.measure, ("university", *below))


def _assessed(rules: LibraryScoring) -> frozenset[str]:
    """Questionnaires whose items enter a question or a criterion of the assessment."""
    items = [component.items for question in rules.three_questions for component in question.components]
    items += [criterion.items for criterion in rules.criteria]
    addresses = [address for each in items for address in each]
    return frozenset(address.partition(".")[0] for address in addresses)
