"""Casting on real databases: what is taken, what is refused, and what a refusal leaves behind (nothing)."""

import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from questionnaires.answers import InvalidAnswers
from survey_app import commands
from survey_app.ballots import receipts
from survey_app.services import casting, frozen_polls, issuing, slowing
from survey_app.services.casting import cast_ballot, unit_of_slip
from survey_app.services.errors import (
    AlreadySubmitted,
    Busy,
    CodeSpent,
    InvalidSubmission,
    NoSuchPoll,
    NoSuchUnit,
    PollClosed,
    PollNotOpenYet,
    TooManyWrongCodes,
    WrongCode,
)
from survey_app.services.sealing import close_poll
from survey_app.store.ballot_box import ballot, comment, slip_code
from survey_app.store.engines import Stores
from tests.small_polls import DAY, FIRST, LAST, OFFICER, answers, open_poll, submission
from tests.small_polls import comment as a_comment


def count(stores: Stores, table=ballot) -> int:
    with stores.ballot_box.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


@pytest.fixture
def quick_brake(monkeypatch: pytest.MonkeyPatch) -> slowing.Brake:
    brake = slowing.Brake(seconds=0.01, places=2)
    monkeypatch.setattr(casting, "BRAKE", brake)
    return brake


def test_a_ballot_is_stored_with_exactly_the_bytes_that_were_sent(stores: Stores) -> None:
    open_poll(stores)
    sent = submission()
    receipt = cast_ballot(stores.ballot_box, sent, DAY)
    with stores.ballot_box.connect() as connection:
        row = connection.execute(select(ballot)).one()
    assert (bytes(row.answers), bytes(row.opener), row.unit_id) == (sent.answers, sent.opener, "b01")
    committed = receipts.commitment(bytes(row.opener), bytes(row.answers))
    assert receipt.receipt == bytes(row.receipt) == receipts.receipt(bytes(row.nonce_hash), committed)


def test_the_same_submission_again_gives_the_same_receipt_and_one_ballot(stores: Stores) -> None:
    open_poll(stores)
    sent = submission(comments=(a_comment(),))
    first, again = cast_ballot(stores.ballot_box, sent, DAY), cast_ballot(stores.ballot_box, sent, DAY)
    assert (first.receipt, first.repeated, again.repeated) == (again.receipt, False, True)
    assert (count(stores), count(stores, comment)) == (1, 1)


def test_the_same_slip_submission_again_gives_the_same_receipt(stores: Stores) -> None:
    open_poll(stores, way="slip")
    (code,) = issuing.draw_slips(stores, "poll-1", "b01", 1)
    sent = submission(code)
    first, again = cast_ballot(stores.ballot_box, sent, DAY), cast_ballot(stores.ballot_box, sent, DAY)
    assert (first.receipt, again.repeated, count(stores)) == (again.receipt, True, 1)


def test_a_spent_code_with_other_answers_is_refused(stores: Stores) -> None:
    open_poll(stores, way="slip")
    (code,) = issuing.draw_slips(stores, "poll-1", "b01", 1)
    sent = submission(code)
    cast_ballot(stores.ballot_box, sent, DAY)
    with pytest.raises(CodeSpent):
        cast_ballot(stores.ballot_box, submission(code), DAY)
    with pytest.raises(CodeSpent):
        cast_ballot(
            stores.ballot_box, submission(code, nonce=sent.nonce, opener=sent.opener, answers=answers(q1="s1")), DAY
        )
    with pytest.raises(CodeSpent):
        unit_of_slip(stores.ballot_box, "poll-1", code)
    assert count(stores) == 1


def test_an_open_submission_cannot_change_its_answers_afterwards(stores: Stores) -> None:
    open_poll(stores)
    sent = submission()
    cast_ballot(stores.ballot_box, sent, DAY)
    with pytest.raises(AlreadySubmitted):
        cast_ballot(stores.ballot_box, submission(nonce=sent.nonce, answers=answers(q1="s1")), DAY)
    assert count(stores) == 1


def test_a_second_code_is_not_spent_on_a_submission_already_received(stores: Stores) -> None:
    open_poll(stores, way="slip")
    one, other = issuing.draw_slips(stores, "poll-1", "b01", 2)
    sent = submission(one)
    cast_ballot(stores.ballot_box, sent, DAY)
    again = cast_ballot(
        stores.ballot_box, submission(other, nonce=sent.nonce, opener=sent.opener, answers=sent.answers), DAY
    )
    assert again.repeated
    assert unit_of_slip(stores.ballot_box, "poll-1", other) == "b01"


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}".lower()])
def test_a_code_works_as_people_type_it(stores: Stores, typed: str) -> None:
    open_poll(stores, way="slip")
    (code,) = issuing.draw_slips(stores, "poll-1", "b02", 1)
    as_typed = typed.format(code.lower().replace("0", "o").replace("1", "l"))
    assert unit_of_slip(stores.ballot_box, "poll-1", as_typed) == "b02"


def test_twenty_racing_ballots_on_one_slip_leave_exactly_one(stores: Stores) -> None:
    open_poll(stores, way="slip")
    (code,) = issuing.draw_slips(stores, "poll-1", "b01", 1)
    assert race(stores, [submission(code) for _ in range(20)]) == {"stored": 1, "CodeSpent": 19}
    assert count(stores) == 1


def test_twenty_racing_copies_of_one_submission_leave_one_ballot_and_one_receipt(stores: Stores) -> None:
    open_poll(stores)
    assert race(stores, [submission()] * 20) == {"stored": 1, "repeated": 19}
    assert count(stores) == 1


def race(stores: Stores, submissions: list[casting.Submission]) -> Counter[str]:
    """All at once, each in its own thread: how often each outcome came."""
    outcomes: Counter[str] = Counter()
    start = threading.Barrier(len(submissions))

    def cast(sent: casting.Submission) -> None:
        start.wait()
        try:
            outcomes["repeated" if cast_ballot(stores.ballot_box, sent, DAY).repeated else "stored"] += 1
        except (CodeSpent, AlreadySubmitted, Busy) as error:
            outcomes[type(error).__name__] += 1

    threads = [threading.Thread(target=cast, args=(sent,)) for sent in submissions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_answers_that_break_the_questionnaire_spend_no_code(stores: Stores) -> None:
    open_poll(stores, way="slip")
    (code,) = issuing.draw_slips(stores, "poll-1", "b01", 1)
    for bad in (b"", b"[]", b"{}", b"[9,9,9,9]", b'["a",1,null,0]', answers("b02"), answers().replace(b",", b", ")):
        with pytest.raises(InvalidAnswers):
            cast_ballot(stores.ballot_box, submission(code, answers=bad), DAY)
    assert unit_of_slip(stores.ballot_box, "poll-1", code) == "b01"
    assert count(stores) == 0


@pytest.mark.parametrize(
    ("item", "text", "kind"),
    [
        ("q4", "不在路径上", "off_path"),
        ("q1", "not a text item", "foreign"),
        ("nothing", "no such item", "foreign"),
        ("q6", "长" * 51, "too_long"),
        ("q6", "nul\0", "bad_characters"),
        ("q6", "\x1b[31m", "bad_characters"),
        ("q6", "\ud800", "bad_characters"),
    ],
)
def test_a_faulty_comment_is_refused_and_nothing_is_stored(stores: Stores, item: str, text: str, kind: str) -> None:
    open_poll(stores)
    with pytest.raises(InvalidAnswers) as caught:
        cast_ballot(stores.ballot_box, submission(comments=(a_comment(item, text),)), DAY)
    assert caught.value.fault.kind == kind
    assert (count(stores), count(stores, comment)) == (0, 0)


def test_two_comments_on_one_item_are_refused_and_a_blank_one_is_dropped(stores: Stores) -> None:
    open_poll(stores)
    with pytest.raises(InvalidAnswers):
        cast_ballot(stores.ballot_box, submission(comments=(a_comment(), a_comment())), DAY)
    cast_ballot(stores.ballot_box, submission(comments=(a_comment(text=" \r\n "),)), DAY)
    assert (count(stores), count(stores, comment)) == (1, 0)


def test_a_comment_on_the_path_is_kept_with_its_own_receipt(stores: Stores) -> None:
    open_poll(stores)
    said = a_comment("q4", "  两行\r\n意见 ")
    cast_ballot(stores.ballot_box, submission(answers=answers(q2="yes"), comments=(said,)), DAY)
    with stores.ballot_box.connect() as connection:
        row = connection.execute(select(comment)).one()
    assert (row.item, row.text, row.unit_id) == ("q4", "两行\n意见", "b01")
    assert bytes(row.receipt) == receipts.comment_receipt(said.opener, "poll-1", "b01", "q4", "两行\n意见")


def test_random_values_that_would_tie_a_comment_to_its_ballot_are_refused(stores: Stores) -> None:
    open_poll(stores)
    said = a_comment()
    for changes in ({"opener": said.opener}, {"nonce": said.opener}, {"nonce": b"short"}, {"opener": bytes(33)}):
        with pytest.raises(InvalidSubmission):
            cast_ballot(stores.ballot_box, submission(comments=(said,), **changes), DAY)
    assert count(stores) == 0


def test_a_comment_sent_twice_with_different_ballots_is_refused(stores: Stores) -> None:
    open_poll(stores)
    said = a_comment()
    cast_ballot(stores.ballot_box, submission(comments=(said,)), DAY)
    with pytest.raises(AlreadySubmitted):
        cast_ballot(stores.ballot_box, submission(comments=(said,)), DAY)
    assert (count(stores), count(stores, comment)) == (1, 1)


def test_a_poll_opens_and_closes_by_calendar_days(stores: Stores) -> None:
    open_poll(stores)
    with pytest.raises(PollNotOpenYet) as early:
        cast_ballot(stores.ballot_box, submission(), FIRST - timedelta(days=1))
    with pytest.raises(PollClosed) as late:
        cast_ballot(stores.ballot_box, submission(), LAST + timedelta(days=1))
    assert (early.value.first_day, late.value.last_day) == (FIRST, LAST)
    for day in (FIRST, LAST):
        assert not cast_ballot(stores.ballot_box, submission(), day).repeated


def test_a_resend_after_the_last_day_or_the_close_still_gets_its_receipt(stores: Stores) -> None:
    open_poll(stores)
    sent = submission()
    first = cast_ballot(stores.ballot_box, sent, LAST)
    assert cast_ballot(stores.ballot_box, sent, LAST + timedelta(days=1)).receipt == first.receipt
    close_poll(stores, "poll-1", OFFICER)
    assert cast_ballot(stores.ballot_box, sent, LAST).repeated
    with pytest.raises(PollClosed):
        cast_ballot(stores.ballot_box, submission(), LAST)


def test_nothing_lands_after_the_close_even_where_the_state_is_remembered(stores: Stores) -> None:
    from tests.databases import same_database

    open_poll(stores)
    other_worker = same_database(stores.ballot_box)
    cast_ballot(other_worker, submission(), DAY)  # it now remembers the poll as open
    close_poll(stores, "poll-1", OFFICER)
    with pytest.raises(PollClosed):
        cast_ballot(other_worker, submission(), DAY)
    other_worker.dispose()
    assert count(stores) == 1


def test_unknown_polls_and_units_and_the_wrong_way_are_refused(stores: Stores) -> None:
    open_poll(stores)
    open_poll(stores, "poll-2", way="slip")
    with pytest.raises(NoSuchPoll):
        cast_ballot(stores.ballot_box, submission(poll_id="nowhere"), DAY)
    with pytest.raises(NoSuchUnit):
        cast_ballot(stores.ballot_box, replace(submission(), credential=casting.OpenUnit("b99")), DAY)
    with pytest.raises(InvalidSubmission):
        cast_ballot(stores.ballot_box, submission(poll_id="poll-2"), DAY)
    with pytest.raises(InvalidSubmission):
        cast_ballot(stores.ballot_box, submission("AAAA-AAAA-AAAA-AAAA"), DAY)


def test_a_code_of_another_poll_is_a_wrong_code(stores: Stores, quick_brake: slowing.Brake) -> None:
    open_poll(stores, way="slip")
    open_poll(stores, "poll-2", way="slip")
    (code,) = issuing.draw_slips(stores, "poll-1", "b01", 1)
    with pytest.raises(WrongCode):
        cast_ballot(stores.ballot_box, submission(code, poll_id="poll-2"), DAY)
    assert unit_of_slip(stores.ballot_box, "poll-1", code) == "b01"


def test_a_flood_of_wrong_codes_is_turned_away_while_right_ones_pass(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_poll(stores, way="slip")
    (code,) = issuing.draw_slips(stores, "poll-1", "b01", 1)
    brake = slowing.Brake(seconds=0.01, places=1)
    monkeypatch.setattr(casting, "BRAKE", brake)
    wrong = casting.slips.drawn()
    with brake._free:  # somebody's wrong code is waiting
        with pytest.raises(TooManyWrongCodes):
            unit_of_slip(stores.ballot_box, "poll-1", wrong)
        assert not cast_ballot(stores.ballot_box, submission(code), DAY).repeated
    with pytest.raises(WrongCode):
        unit_of_slip(stores.ballot_box, "poll-1", wrong)


def test_guesses_at_codes_never_hold_more_than_half_the_threads_of_a_server_process() -> None:
    assert slowing.BRAKE.places <= commands.THREADS // 2


def test_spending_a_code_changes_its_flag_and_nothing_else(stores: Stores) -> None:
    open_poll(stores, way="slip")
    codes = issuing.draw_slips(stores, "poll-1", "b01", 5)
    with stores.ballot_box.connect() as connection:
        before = set(connection.scalars(select(slip_code.c.code_hash)))
    cast_ballot(stores.ballot_box, submission(codes[2]), DAY)
    with stores.ballot_box.connect() as connection:
        rows = connection.execute(select(slip_code)).all()
    assert {row.code_hash for row in rows} == before
    assert sum(row.used for row in rows) == 1
    assert set(slip_code.c.keys()) == {"poll_id", "code_hash", "unit_id", "used"}


def test_a_ballot_costs_a_constant_number_of_statements(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen_polls, "STATE_SECONDS", 600.0)  # how often the state is read depends on the clock alone
    open_poll(stores, way="slip")
    codes = issuing.draw_slips(stores, "poll-1", "b01", 30)
    cast_ballot(stores.ballot_box, submission(codes[0]), DAY)
    seen: list[str] = []
    event.listen(stores.ballot_box, "before_cursor_execute", lambda *given: seen.append(given[2]))
    for code in codes[1:]:
        cast_ballot(stores.ballot_box, submission(code), DAY)
    ours = [one for one in seen if not one.startswith("BEGIN")]
    assert len(ours) == 3 * 29, Counter(ours)
