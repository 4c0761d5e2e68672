"""Drafts tried out: a made-up poll as staff would meet it, answers that are checked, and nothing stored anywhere."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from questionnaires.answers import InvalidAnswers, encoded
from questionnaires.library import IDS, load
from questionnaires.texts import Text
from survey_app.services import designing, drafting, starting_drafts
from survey_app.services.casting import OpenUnit, SlipCode, Submission
from survey_app.services.draft_checks import draft_faults
from survey_app.services.errors import InvalidSubmission, NoSuchPoll, NoSuchUnit
from survey_app.services.poll_facts import FrozenPoll, PollDraft
from survey_app.services.previewing import Host, preview, preview_id, tried
from survey_app.store.ballot_box import ballot, box_poll
from survey_app.store.engines import Stores, reading

TODAY = date(2026, 11, 18)
HOST = Host(Text("校工会", "the union"), Text("203 室"))


def started(stores: Stores, start: str = "library:desk_micro") -> FrozenPoll:
    draft_id = starting_drafts.started_draft(stores, start, "zhou")
    return preview(stores, preview_id(draft_id), HOST, TODAY)


def ballot_of(poll: FrozenPoll, unit_id: str = "m60", **answers: str) -> Submission:
    given = {item.id: item.choices[0].id for item in poll.questionnaire.items if item.required} | answers
    body = encoded(poll.questionnaire, given, poll.facts(unit_id))
    return Submission(poll.poll_id, b"n" * 32, b"o" * 32, body, (), OpenUnit(unit_id))


@pytest.mark.parametrize("name", IDS)
def test_every_questionnaire_of_the_library_can_be_tried(stores: Stores, name: str) -> None:
    poll = started(stores, f"library:{name}")
    assert poll.questionnaire.sections
    assert not any("{{" in item.text.zh for item in poll.questionnaire.items)
    assert designing.state(poll, TODAY) == "open"
    assert json.loads(poll.document)["questionnaire"]["id"] == load(name).id


def test_a_tried_ballot_is_checked_and_nothing_is_stored(stores: Stores) -> None:
    poll = started(stores)
    receipt = tried(poll, ballot_of(poll))
    assert len(receipt.receipt) == 32
    assert tried(poll, ballot_of(poll)) == receipt
    with reading(stores.ballot_box) as connection:
        assert connection.scalar(select(func.count()).select_from(ballot)) == 0
        assert connection.scalar(select(func.count()).select_from(box_poll)) == 0


def test_answers_that_do_not_fit_are_refused_as_in_a_real_poll(stores: Stores) -> None:
    poll = started(stores)
    good = ballot_of(poll)
    with pytest.raises(InvalidAnswers):
        tried(poll, replace(good, answers=b"[99]"))
    with pytest.raises(NoSuchUnit):
        tried(poll, replace(good, credential=OpenUnit("b07")))
    with pytest.raises(InvalidSubmission):
        tried(poll, replace(good, credential=SlipCode("ABCD")))


def test_a_faulty_an_archived_and_an_unknown_draft_cannot_be_tried(stores: Stores) -> None:
    blank = starting_drafts.started_draft(stores, "blank", "zhou")
    put_away = starting_drafts.started_draft(stores, "library:desk_micro", "zhou")
    drafting.set_archived(stores, put_away, "zhou", archived=True)
    for poll_id in (preview_id(blank), preview_id(put_away), "preview-000000000000", "preview", "preview-x"):
        with pytest.raises(NoSuchPoll):
            preview(stores, poll_id, HOST, TODAY)


@pytest.mark.parametrize("poll_id", ["preview", "preview-0123456789ab", "preview-home"])
def test_no_poll_can_be_frozen_under_an_id_for_trying(stores: Stores, poll_id: str) -> None:
    poll = started(stores)
    draft = PollDraft(
        poll_id, poll.questionnaire, poll.title, "2026", "open", TODAY, poll.last_day, poll.notice, poll.units
    )
    assert any("preview" in fault.zh for fault in draft_faults(draft, TODAY))
    assert not draft_faults(replace(draft, poll_id="previews-of-2026"), TODAY)
