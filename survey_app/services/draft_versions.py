"""Versions of a draft: what changed from another one, which earlier waves stay comparable, an earlier state put back."""

from dataclasses import dataclass

from questionnaires.differences import Difference, broken_items, comparable_items, differences
from questionnaires.documents import DocumentFaults, sketched
from questionnaires.library import shared
from questionnaires.questionnaire import Questionnaire
from survey_app.services import drafting
from survey_app.services.designing import PollSummary, frozen_poll, poll_summary, polls
from survey_app.services.drafting import Document, DraftSummary, NoSuchDraft
from survey_app.services.errors import NoSuchPoll
from survey_app.services.reviewing import questionnaire_of
from survey_app.services.starting_drafts import beginning
from survey_app.store.engines import Stores


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side. `broken`: ids of stable items of the earlier one that can no longer be compared."""

    earlier: Questionnaire
    later: Questionnaire
    differences: tuple[Difference, ...]
    comparable: tuple[str, ...]
    broken: tuple[str, ...]

    @property
    def n_stable(self) -> int:
        """Stable items of the earlier version: what a trend over the years rests on."""
        return sum(item.stable for item in self.earlier.items)


@dataclass(frozen=True, slots=True)
class WaveStanding:
    """How a draft stands to a poll that was asked: what of it may still be compared."""

    poll: PollSummary
    comparison: Comparison

    @property
    def is_same(self) -> bool:
        return not self.comparison.differences


def as_far_as_read(document: Document) -> Questionnaire:
    """The questionnaire a draft is, or as much of one as it holds while it is unfinished."""
    try:
        return questionnaire_of(document)
    except DocumentFaults:
        found = sketched(document, shared())
        if found is None:
            raise NoSuchDraft from None
        return found


def version(stores: Stores, name: str, draft_id: str | None = None) -> Questionnaire:
    """The version called "revision:<n>" (of this draft), "draft:<id>", "poll:<id>" or "library:<id>"; raises NoSuchDraft."""
    kind, _, rest = name.partition(":")
    if kind == "revision":
        if draft_id is None or not rest.isdecimal() or len(rest) > 9:
            raise NoSuchDraft(name)
        return as_far_as_read(drafting.earlier_state(stores, draft_id, int(rest)).document)
    if kind == "poll":
        return asked(stores, rest)[1]
    return as_far_as_read(beginning(stores, name))


def asked(stores: Stores, poll_id: str) -> tuple[PollSummary, Questionnaire]:
    """A frozen poll and its questionnaire; raises NoSuchDraft."""
    try:
        return poll_summary(stores, poll_id), frozen_poll(stores.ballot_box, poll_id).questionnaire
    except NoSuchPoll as missing:
        raise NoSuchDraft(poll_id) from missing


def compared(earlier: Questionnaire, later: Questionnaire) -> Comparison:
    """What changed, in words, and which answers may stand in one trend."""
    return Comparison(
        earlier,
        later,
        differences(earlier, later),
        comparable_items(earlier, later),
        broken_items(earlier, later),
    )


def wave_standings(stores: Stores, later: Questionnaire) -> tuple[WaveStanding, ...]:
    """Every poll that asked one of these items before, the latest first, and what of it stays comparable."""
    found = []
    for poll in polls(stores):
        try:
            earlier = frozen_poll(stores.ballot_box, poll.poll_id).questionnaire
        except NoSuchPoll:  # frozen in one database, not yet in the other
            continue
        if any(item.id in later and item.stable for item in earlier.items):
            found.append(WaveStanding(poll, compared(earlier, later)))
    return tuple(found)


def restored(stores: Stores, draft_id: str, revision: int, officer_name: str) -> DraftSummary:
    """Put an earlier state back as a new revision; what stands now stays as an earlier state.

    Raises NoSuchDraft, and DraftChanged if somebody saves at this moment.
    """
    stands = drafting.draft(stores, draft_id).summary.revision
    earlier = drafting.earlier_state(stores, draft_id, revision).document
    return drafting.save_draft(stores, draft_id, stands, earlier, officer_name, keep=True)
