"""What is fixed when a poll is frozen: values, and the canonical JSON they are kept as in the ballot box."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import orjson

from questionnaires.questionnaire import Questionnaire
from questionnaires.skip_logic import Facts
from questionnaires.texts import Text
from survey_app.ballots import manifests
from survey_app.ballots.crockford import grouped
from survey_app.ballots.keys import PublicKey
from survey_app.services.errors import NoSuchUnit

if TYPE_CHECKING:
    from analysis.disclosure.plan import PublicationPlan

Way = Literal["slip", "open", "ticket"]
Mode = Literal["two_phases", "combined"]
BoxState = Literal["frozen", "closed", "sealed"]
StoredState = Literal["frozen", "closed", "sealed", "released"]


@dataclass(frozen=True, slots=True)
class ReportingUnit:
    """What results are shown for: one branch, or several small ones under one name. `head_counts`: members by category."""

    id: str
    name: Text
    unit_type: str
    n_eligible: int
    branches: tuple[str, ...]
    head_counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """What everybody is told before the first question (PIPL article 17)."""

    organiser: Text
    purpose: Text
    contact: Text
    results_by: date
    kept_until: date


@dataclass(frozen=True, slots=True)
class PollDraft:
    """A poll as an officer wants it; nothing is stored before it is frozen.

    By ticket the units are those of the term, whatever stands here; `mode` counts for such polls alone.
    """

    poll_id: str
    questionnaire: Questionnaire
    title: Text
    wave: str
    way: Way
    first_day: date
    last_day: date
    notice: Notice
    units: tuple[ReportingUnit, ...]
    mode: Mode = "two_phases"


@dataclass(frozen=True, slots=True)
class TicketKey:
    """What tickets of one unit are verified with."""

    unit_id: str
    key: PublicKey


@dataclass(frozen=True, slots=True)
class BoundSlot:
    """The slot of a poll by ticket. `keys` by key id; `manifest`: the poll's own; `mode`: whether collecting and answering
    lie on different days (two_phases) or may lie on one (combined, for what is not sensitive)."""

    slot_id: str
    mode: Mode
    manifest: bytes = field(repr=False)
    keys: Mapping[bytes, TicketKey] = field(repr=False)


@dataclass(frozen=True, slots=True)
class FrozenPoll:
    """A poll as the ballot box knows it. All but `state` never changes again.

    `plan`: the publication plan as JSON; None for polls frozen before plans were kept.
    """

    poll_id: str
    title: Text
    wave: str
    way: Way
    first_day: date
    last_day: date
    notice: Notice
    questionnaire: Questionnaire = field(repr=False, compare=False)
    document: bytes = field(repr=False)
    fingerprint: str
    units: tuple[ReportingUnit, ...]
    state: BoxState
    slot: BoundSlot | None = None
    plan: bytes | None = field(default=None, repr=False)
    _facts: Mapping[str, Facts] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        facts = {unit.id: {"branch_members": unit.n_eligible, "unit": unit.id} for unit in self.units}
        object.__setattr__(self, "_facts", facts)

    @property
    def encoded_id(self) -> str:
        """What stands for the poll inside everything that is hashed or signed: its slot, or where it has none itself."""
        return self.poll_id if self.slot is None else self.slot.slot_id

    @property
    def shown_fingerprint(self) -> str:
        """What poster and page show, in groups of four: of the manifest in a poll by ticket, of the questionnaire elsewhere."""
        return self.fingerprint if self.slot is None else grouped(manifests.fingerprint(self.slot.manifest))

    def facts(self, unit_id: str) -> Facts:
        """What skip logic may know of this unit's members; raises NoSuchUnit."""
        try:
            return self._facts[unit_id]
        except KeyError:
            raise NoSuchUnit(unit_id) from None

    def unit(self, unit_id: str) -> ReportingUnit:
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise NoSuchUnit(unit_id)


def is_preview(poll_id: str) -> bool:
    """Whether an id is one of those kept for trying drafts out: no poll is frozen under such."""
    return poll_id == "preview" or poll_id.startswith("preview-")


def facts_document(draft: PollDraft) -> bytes:
    """Title, wave, notice, units, the scheme by which the poll will be assessed (weights and thresholds are fixed before
    it opens) and the plan of what will be published, as canonical JSON: the same draft always gives the same bytes."""
    from analysis.context import frozen_scheme  # brings scipy, which answering never needs

    value = {
        "scheme": frozen_scheme(),
        "plan": orjson.loads(planned(draft).to_json()),
        "title": draft.title,
        "wave": draft.wave,
        "notice": draft.notice,
        "units": [
            {
                "id": unit.id,
                "name": unit.name,
                "unit_type": unit.unit_type,
                "n_eligible": unit.n_eligible,
                "branches": sorted(unit.branches),
                "head_counts": dict(sorted(unit.head_counts.items())),
            }
            for unit in sorted(draft.units, key=lambda unit: unit.id)
        ],
    }
    return orjson.dumps(value)  # keys as they stand: the order of criteria in the scheme is that of every report


def planned(draft: PollDraft) -> "PublicationPlan":
    """What will be published of a poll if it is frozen as it stands: made once, here, and kept with the poll."""
    from analysis.context import frozen_scheme, scoring_in
    from analysis.disclosure.planning import plan_by

    units = sorted(draft.units, key=lambda unit: unit.id)
    return plan_by(draft.questionnaire, units, scoring_in(frozen_scheme()))


def plan_from(data: bytes) -> bytes | None:
    """The publication plan in the facts of a poll, as JSON; None if they were written before plans were kept."""
    found = orjson.loads(data).get("plan")
    return None if found is None else orjson.dumps(found)


def facts_from(data: bytes) -> tuple[Text, str, Notice, tuple[ReportingUnit, ...]]:
    """Title, wave, notice and units again."""
    value = orjson.loads(data)
    return Text(**value["title"]), value["wave"], _notice(value["notice"]), tuple(map(_unit, value["units"]))


def _notice(value: dict[str, Any]) -> Notice:
    return Notice(
        Text(**value["organiser"]),
        Text(**value["purpose"]),
        Text(**value["contact"]),
        date.fromisoformat(value["results_by"]),
        date.fromisoformat(value["kept_until"]),
    )


def _unit(value: dict[str, Any]) -> ReportingUnit:
    return ReportingUnit(**value | {"name": Text(**value["name"]), "branches": tuple(value["branches"])})
