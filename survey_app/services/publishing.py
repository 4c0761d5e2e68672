"""From what an officer fills in to a draft that can be frozen: what to suggest, and how it is put together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from questionnaires.items import BestWorstItem
from questionnaires.questionnaire import Questionnaire
from questionnaires.skip_logic import All, AnyOf, Condition, FactCondition
from questionnaires.texts import Text
from questionnaires.variants import MOST_PERSONAL_ITEMS, Person
from questionnaires.versions import publish_variant
from survey_app.services.designing import Merge, Notice, PollDraft, ReportingUnit, polls, reporting_units
from survey_app.services.poll_facts import Mode, Way
from survey_app.store.engines import Stores

FIRST_SUGGESTED = ("dem_category", "dem_age")
LONGEST_POLL_ID = 32


@dataclass(frozen=True, slots=True)
class Switches:
    """What is settled about the questions themselves."""

    personal_items: tuple[str, ...] = ()
    modules_off: tuple[str, ...] = ()
    short_forms: tuple[str, ...] = ()
    placeholders: Mapping[str, str] = field(default_factory=dict)
    persons: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A poll as the officer's form describes it."""

    poll_id: str
    title: Text
    wave: str
    way: Way
    first_day: date
    last_day: date
    notice: Notice
    switches: Switches
    merges: Mapping[str, Merge]
    left_out: tuple[str, ...] = ()
    mode: Mode = "two_phases"


def draft_of(stores: Stores, questionnaire: Questionnaire, wanted: Wanted) -> PollDraft:
    """The draft to freeze. Raises Unpublishable (questions) or UnitTooSmall (units) with every reason."""
    switches = wanted.switches
    variant = publish_variant(
        questionnaire,
        personal_items=switches.personal_items,
        modules_off=switches.modules_off,
        placeholders=switches.placeholders,
        short_forms=switches.short_forms,
        persons=switches.persons,
    )
    units = reporting_units(stores, wanted.merges, left_out=wanted.left_out)
    return PollDraft(
        wanted.poll_id,
        variant,
        wanted.title,
        wanted.wave,
        wanted.way,
        wanted.first_day,
        wanted.last_day,
        wanted.notice,
        units,
        wanted.mode,
    )


def suggested_personal_items(questionnaire: Questionnaire, sizes: Collection[int]) -> tuple[str, ...]:
    """At most two personal items, by the size of the smallest unit that would be asked them; none if no unit is.

    The items carry their own floor (30 members): smaller units never see them, so only the others count. Items with a
    higher floor are not suggested: they are left to the officer.
    """
    floors = {item_id: smallest_unit_asked(questionnaire, item_id) for item_id in questionnaire.personal_items}
    asked = [item_id for item_id in FIRST_SUGGESTED if item_id in floors]
    return tuple(item_id for item_id in asked if any(size >= floors[item_id] for size in sizes))[:MOST_PERSONAL_ITEMS]


def smallest_unit_asked(questionnaire: Questionnaire, item_id: str) -> int:
    """Members a unit must have before its members see this item; 0 if every unit does."""
    return max(_floors(questionnaire.condition(item_id)), default=0)


def short_forms(questionnaire: Questionnaire) -> tuple[BestWorstItem, ...]:
    """The best-worst questions that also exist as one ranking question."""
    return tuple(item for item in questionnaire.items if isinstance(item, BestWorstItem) and item.short_form)


def free_poll_id(stores: Stores, questionnaire_id: str, wave: str) -> str:
    """A short address nobody uses yet, such as staff-home-2026."""
    stem = f"{questionnaire_id.removesuffix('_annual').replace('_', '-')}-{wave}".lower()
    taken = {poll.poll_id for poll in polls(stores)}
    for ending in ("", *(f"-{number}" for number in range(2, 1000))):
        candidate = f"{stem[: LONGEST_POLL_ID - len(ending)]}{ending}"
        if candidate not in taken:
            return candidate
    raise AssertionError("a thousand polls of one questionnaire in one year")


def smallest(units: Sequence[ReportingUnit]) -> int:
    """Members of the smallest unit; 0 without units."""
    return min((unit.n_eligible for unit in units), default=0)


def _floors(condition: Condition | None) -> list[int]:
    match condition:
        case FactCondition(fact="branch_members", gte=int(floor)):
            return [floor]
        case All() | AnyOf():
            return [floor for part in condition.conditions for floor in _floors(part)]
    return []
