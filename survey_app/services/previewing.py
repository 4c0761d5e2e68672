"""A questionnaire that is no poll yet, as staff would meet it: a made-up poll of it, and answers that are checked and forgotten.

Its poll id is reserved: no poll can be frozen under it. The id of the draft in it is drawn at random, so only who was
given the address finds it; a draft that was put away is not shown any more.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from questionnaires.answers import check_answers
from questionnaires.documents import DocumentFaults
from questionnaires.questionnaire import Questionnaire, texts_in
from questionnaires.texts import Text
from questionnaires.variants import filled
from questionnaires.versions import fingerprint, frozen_document
from survey_app.ballots import encodings, receipts
from survey_app.services import comment_checks, drafting
from survey_app.services.casting import OpenUnit, Receipt, Submission, check_form
from survey_app.services.drafting import NoSuchDraft
from survey_app.services.errors import InvalidSubmission, NoSuchPoll
from survey_app.services.poll_facts import FrozenPoll, Notice, ReportingUnit
from survey_app.services.reviewing import questionnaire_of
from survey_app.store.engines import Stores

SIZES = (20, 60, 200)  # members of the made-up branches: below, between and above the floors of the library's items
FIELD_DAYS, UNTIL_RESULTS, YEARS_KEPT = 13, 54, 3
OPEN_PLACE = "……"  # where the poll will name its matter

_POLL_ID = re.compile(r"preview-([0-9a-f]{12})(-frame)?")


@dataclass(frozen=True, slots=True)
class Host:
    """Who would ask: named on the page as in any poll of this installation."""

    organiser: Text
    contact: Text


def preview_id(draft_id: str, *, in_frame: bool = False) -> str:
    """The poll id a draft is tried under. In the designer's frame another, so that the two share no answers."""
    return f"preview-{draft_id}{'-frame' if in_frame else ''}"


def preview(stores: Stores, poll_id: str, host: Host, today: date) -> FrozenPoll:
    """The made-up poll behind a preview's id; raises NoSuchPoll if there is no such draft, or it is no questionnaire yet."""
    found = _POLL_ID.fullmatch(poll_id)
    if found is None:
        raise NoSuchPoll(poll_id)
    try:
        state = drafting.draft(stores, found[1])
        if state.summary.archived:
            raise NoSuchPoll(poll_id)
        return made_up(questionnaire_of(state.document), poll_id, host, today)
    except (NoSuchDraft, DocumentFaults) as missing:
        raise NoSuchPoll(poll_id) from missing


def made_up(questionnaire: Questionnaire, poll_id: str, host: Host, today: date) -> FrozenPoll:
    """A poll of this questionnaire, open today, with branches of SIZES to choose from. Nothing of it is stored."""
    standing = set().union(*(text.placeholders for text in texts_in(questionnaire)))
    shown = filled(questionnaire, dict.fromkeys(standing, OPEN_PLACE))
    document = frozen_document(shown)
    last_day = today + timedelta(days=FIELD_DAYS)
    results_by = last_day + timedelta(days=UNTIL_RESULTS)
    return FrozenPoll(
        poll_id=poll_id,
        title=shown.title,
        wave=str(today.year),
        way="open",
        first_day=today,
        last_day=last_day,
        notice=Notice(
            host.organiser, shown.purpose, host.contact, results_by, date(results_by.year + YEARS_KEPT, 12, 31)
        ),
        questionnaire=shown,
        document=document,
        fingerprint=fingerprint(document),
        units=tuple(_branch(size) for size in SIZES),
        state="frozen",
    )


def unit_of(members: int) -> str:
    """The made-up branch whose size comes nearest."""
    return f"m{min(SIZES, key=lambda size: abs(size - members))}"


def _branch(members: int) -> ReportingUnit:
    name = Text(f"某分工会（{members} 人）", f"A branch of {members}")
    return ReportingUnit(f"m{members}", name, "academic", members, (f"M{members}",))


def tried(poll: FrozenPoll, submission: Submission) -> Receipt:
    """Check a ballot of a preview as a real one would be, store nothing, and give a receipt that nothing stands behind.

    Raises NoSuchUnit, InvalidAnswers and InvalidSubmission as casting does.
    """
    check_form(poll, submission)
    if not isinstance(submission.credential, OpenUnit):
        raise InvalidSubmission("A preview knows no slips.")
    unit_id = submission.credential.unit_id
    check_answers(poll.questionnaire)(submission.answers, poll.facts(unit_id))
    comment_checks.comment_rows(poll, unit_id, submission.answers, submission.comments)
    nonce_hash = encodings.nonce_hash(encodings.prepared(submission.nonce, poll.poll_id, unit_id))
    receipt = receipts.receipt(nonce_hash, receipts.commitment(submission.opener, submission.answers))
    return Receipt(receipt, repeated=False, unit_id=unit_id)
