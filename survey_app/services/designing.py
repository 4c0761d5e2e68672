"""From branches to reporting units, from a draft to a frozen poll.

The ballot box is written first and decides: its row is the poll, the registry's rows follow from it. So two officers
pressing at once make one poll, and after a crash between the two databases pressing again completes the second.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from questionnaires.versions import fingerprint, frozen_document
from survey_app.services import auditing
from survey_app.services.draft_checks import draft_faults
from survey_app.services.errors import NoSuchPoll, NotFreezable, PollIdTaken
from survey_app.services.frozen_polls import forget, frozen_poll
from survey_app.services.merging import Merge, reporting_units, suggested_merges
from survey_app.services.poll_facts import (
    FrozenPoll,
    Notice,
    PollDraft,
    ReportingUnit,
    StoredState,
    Way,
    facts_document,
)
from survey_app.services.slots import give_ack_key_away
from survey_app.services.taking_slots import SlotRows, TicketMeans, drafted, settle, slot_rows
from survey_app.store.ballot_box import box_key, box_poll
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Poll, PollUnit, PollUnitBranch, Version

__all__ = [
    "FrozenPoll",
    "Merge",
    "Notice",
    "PollDraft",
    "PollState",
    "PollSummary",
    "ReportingUnit",
    "TicketMeans",
    "freeze_poll",
    "frozen_poll",
    "poll_summary",
    "polls",
    "reporting_units",
    "state",
    "suggested_merges",
]

PollState = Literal["not_open", "open", "over", "closed", "sealed", "released"]


@dataclass(frozen=True, slots=True)
class PollSummary:
    """A poll in a list, from the registry. `stored_state` knows no calendar: ask `state(summary, today)`."""

    poll_id: str
    questionnaire_id: str
    fingerprint: str
    title: Text
    wave: str
    way: Way
    first_day: date
    last_day: date
    stored_state: StoredState
    n_units: int
    n_eligible: int
    box_sha256: str | None


def freeze_poll(
    stores: Stores, draft: PollDraft, officer_name: str, today: date, tickets: TicketMeans | None = None
) -> FrozenPoll:
    """Fix questionnaire, units, way and days for ever. The same draft again gives the same poll.

    By ticket (`tickets` is needed then) it takes the next free slot of the open term, and that term's units.
    Raises NotFreezable (with all sentences), UnitTooSmall, or PollIdTaken if the id stands for something else.
    """
    draft, faults = drafted(stores, draft) if draft.way == "ticket" else (draft, ())
    faults = (*faults, *draft_faults(draft, today))
    document = frozen_document(draft.questionnaire)
    known = _is_in_box(stores.ballot_box, draft.poll_id)
    if faults and not known:  # pressed again on a later day: only complete it
        raise NotFreezable(*faults)
    if not known:
        slot = slot_rows(stores, draft, document, tickets) if draft.way == "ticket" else None
        if slot is not None or draft.way != "ticket":
            _write_to_box(stores, draft, document, slot)
    forget(stores.ballot_box, draft.poll_id)
    poll = frozen_poll(stores.ballot_box, draft.poll_id)
    _write_to_registry(stores.registry, poll, officer_name)
    frozen = _draft_of(poll)
    if poll.document != document or facts_document(frozen) != facts_document(draft) or _days(frozen) != _days(draft):
        raise PollIdTaken(
            Text(f"“{draft.poll_id}”已用于另一项调查，请换一个编号。", f"“{draft.poll_id}” already names another poll.")
        )
    return poll


def polls(stores: Stores) -> tuple[PollSummary, ...]:
    """All polls, the latest first day first."""
    with reading(stores.registry) as connection, Session(connection) as session:
        found = session.scalars(select(Poll).order_by(Poll.first_day.desc(), Poll.poll_id))
        return tuple(map(_summary, found))


def poll_summary(stores: Stores, poll_id: str) -> PollSummary:
    """One poll as the registry knows it; raises NoSuchPoll."""
    with reading(stores.registry) as connection, Session(connection) as session:
        found = session.get(Poll, poll_id)
        if found is None:
            raise NoSuchPoll(poll_id)
        return _summary(found)


def state(poll: PollSummary | FrozenPoll, today: date) -> PollState:
    """Where a poll stands on a calendar day. The ballot box does not know "released", the registry does."""
    stored = poll.stored_state if isinstance(poll, PollSummary) else poll.state
    if stored != "frozen":
        return stored
    if today < poll.first_day:
        return "not_open"
    return "over" if today > poll.last_day else "open"


def _is_in_box(ballot_box: Engine, poll_id: str) -> bool:
    try:
        frozen_poll(ballot_box, poll_id)
    except NoSuchPoll:
        return False
    return True


def _write_to_box(stores: Stores, draft: PollDraft, document: bytes, slot: SlotRows | None) -> None:
    row: dict[str, Any] = {
        "poll_id": draft.poll_id,
        "way": draft.way,
        "first_day": draft.first_day.isoformat(),
        "last_day": draft.last_day.isoformat(),
        "state": "frozen",
        "fingerprint": fingerprint(document),
        "document": document,
        "facts": facts_document(draft),
    }
    try:
        with stores.ballot_box.begin() as connection:
            connection.execute(box_poll.insert(), row | (slot.poll if slot else {}))
            if slot:
                connection.execute(box_key.insert(), slot.keys)
    except IntegrityError:
        if not _is_in_box(stores.ballot_box, draft.poll_id):
            if slot:
                settle(stores, slot.poll["slot_id"])
            raise


def _write_to_registry(registry: Engine, poll: FrozenPoll, officer_name: str) -> None:
    try:
        with Session(registry) as session, session.begin():
            if session.get(Poll, poll.poll_id) is not None:
                return
            if session.get(Version, poll.fingerprint) is None:
                session.add(
                    Version(
                        fingerprint=poll.fingerprint, questionnaire_id=poll.questionnaire.id, document=poll.document
                    )
                )
                session.flush()
            session.add(_registry_poll(poll))
            give_ack_key_away(session, poll.poll_id)
            auditing.record(session, officer_name, "freeze_poll", poll.poll_id)
    except IntegrityError:  # another officer was faster; theirs came from the same row of the ballot box
        with Session(registry) as session:
            if session.get(Poll, poll.poll_id) is None:
                raise


def _registry_poll(poll: FrozenPoll) -> Poll:
    return Poll(
        poll_id=poll.poll_id,
        fingerprint=poll.fingerprint,
        title_zh=poll.title.zh,
        title_en=poll.title.en,
        wave=poll.wave,
        way=poll.way,
        first_day=poll.first_day,
        last_day=poll.last_day,
        state="frozen",
        units=[_registry_unit(unit) for unit in poll.units],
    )


def _registry_unit(unit: ReportingUnit) -> PollUnit:
    return PollUnit(
        unit_id=unit.id,
        name_zh=unit.name.zh,
        name_en=unit.name.en,
        unit_type=unit.unit_type,
        n_eligible=unit.n_eligible,
        branches=[PollUnitBranch(branch_id=branch) for branch in unit.branches],
    )


def _draft_of(poll: FrozenPoll) -> PollDraft:
    return PollDraft(
        poll.poll_id,
        poll.questionnaire,
        poll.title,
        poll.wave,
        poll.way,
        poll.first_day,
        poll.last_day,
        poll.notice,
        poll.units,
        "two_phases" if poll.slot is None else poll.slot.mode,
    )


def _days(poll: PollDraft) -> tuple[date, date, str, str]:
    return poll.first_day, poll.last_day, poll.way, poll.mode if poll.way == "ticket" else ""


def _summary(poll: Poll) -> PollSummary:
    return PollSummary(
        poll_id=poll.poll_id,
        questionnaire_id=poll.version.questionnaire_id,
        fingerprint=poll.fingerprint,
        title=Text(poll.title_zh, poll.title_en),
        wave=poll.wave,
        way=poll.way,  # type: ignore[arg-type]  # a CHECK constraint says so
        first_day=poll.first_day,
        last_day=poll.last_day,
        stored_state=poll.state,  # type: ignore[arg-type]
        n_units=len(poll.units),
        n_eligible=sum(unit.n_eligible for unit in poll.units),
        box_sha256=poll.box_sha256,
    )
