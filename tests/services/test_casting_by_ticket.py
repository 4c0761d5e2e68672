"""Ballots by ticket: verified, stored once, acknowledged; a mistake never spends the ticket."""

import secrets
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from survey_app.ballots import acknowledgements, encodings, receipts
from survey_app.services import issuing
from survey_app.services.casting import TicketCredential, cast_ballot
from survey_app.services.collecting import collect
from survey_app.services.errors import (
    BadContext,
    BadCredential,
    CodeSpent,
    CredentialUsed,
    InvalidAnswers,
    InvalidSubmission,
    PollClosed,
    PollNotOpenYet,
    UnknownKey,
)
from survey_app.services.sealing import close_poll
from survey_app.store.ballot_box import ballot
from survey_app.store.engines import Stores
from tests.small_polls import DAY, FIRST, LAST, OFFICER, submission
from tests.small_polls import comment as a_comment
from tests.small_terms import (
    COLLECTING,
    SECRET,
    a_ticket,
    answers_of,
    asked,
    browser,
    by_ticket,
    manifest_of,
    small_term,
    ticket_poll,
)


def stored(stores: Stores) -> int:
    with stores.ballot_box.connect() as connection:
        return connection.scalar(select(func.count()).select_from(ballot)) or 0


def test_a_ballot_by_ticket_gets_the_receipt_its_page_worked_out_and_an_acknowledgement(stores: Stores) -> None:
    ticket_poll(stores)
    sent = by_ticket(a_ticket(stores), comments=(a_comment(),))
    got = cast_ballot(stores.ballot_box, sent, DAY)
    committed = receipts.commitment(sent.opener, sent.answers)
    assert isinstance(sent.credential, TicketCredential)
    assert got.receipt == receipts.receipt(encodings.nonce_hash(sent.credential.prepared), committed)
    assert (got.unit_id, got.repeated) == ("b01", False)
    ack_key = manifest_of(stores).ack_key
    assert got.ack is not None
    assert acknowledgements.is_acknowledged(ack_key, "2026-01", got.receipt, got.ack)
    assert not acknowledgements.is_acknowledged(ack_key, "2026-01", secrets.token_bytes(32), got.ack)


def test_the_same_bytes_again_give_the_same_receipt_and_acknowledgement(stores: Stores) -> None:
    ticket_poll(stores)
    sent = by_ticket(a_ticket(stores))
    first = cast_ballot(stores.ballot_box, sent, DAY)
    assert cast_ballot(stores.ballot_box, sent, DAY) == replace(first, repeated=True)
    close_poll(stores, "poll-1", OFFICER)
    assert cast_ballot(stores.ballot_box, sent, DAY) == replace(first, repeated=True)


def test_a_ticket_is_spent_once(stores: Stores) -> None:
    ticket_poll(stores)
    ticket = a_ticket(stores)
    cast_ballot(stores.ballot_box, by_ticket(ticket), DAY)
    with pytest.raises(CredentialUsed):
        cast_ballot(stores.ballot_box, by_ticket(ticket, answers=answers_of("b01", q1="s1")), DAY)
    with pytest.raises(CredentialUsed):  # another opener is another receipt
        cast_ballot(stores.ballot_box, by_ticket(ticket), DAY)
    assert stored(stores) == 1


def test_of_twenty_ballots_with_one_ticket_one_is_counted(stores: Stores) -> None:
    ticket_poll(stores)
    ticket = a_ticket(stores)
    sent = [by_ticket(ticket, answers=answers_of("b01", q1=f"s{1 + number % 5}")) for number in range(20)]
    start = threading.Barrier(20)
    outcomes: list[str] = []

    def run(one) -> None:
        start.wait()
        try:
            cast_ballot(stores.ballot_box, one, DAY)
            outcomes.append("counted")
        except CredentialUsed:
            outcomes.append("credential_used")

    threads = [threading.Thread(target=run, args=(one,)) for one in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["counted"] + ["credential_used"] * 19
    assert stored(stores) == 1


def test_a_mistake_does_not_spend_the_ticket(stores: Stores) -> None:
    ticket_poll(stores)
    ticket = a_ticket(stores)
    for wrong in (b"[]", b"[9,1,null,null]", answers_of("b01")[:-1], b'{"a":1}'):
        with pytest.raises(InvalidAnswers):
            cast_ballot(stores.ballot_box, by_ticket(ticket, answers=wrong), DAY)
    with pytest.raises(InvalidAnswers):
        cast_ballot(stores.ballot_box, by_ticket(ticket, comments=(a_comment("q4"),)), DAY)
    with pytest.raises(PollNotOpenYet):
        cast_ballot(stores.ballot_box, by_ticket(ticket), FIRST - timedelta(days=1))
    assert stored(stores) == 0
    assert not cast_ballot(stores.ballot_box, by_ticket(ticket), DAY).repeated


def test_a_ticket_of_one_unit_or_slot_counts_in_no_other(stores: Stores) -> None:
    ticket_poll(stores)
    ticket_poll(stores, "poll-2")
    ticket = a_ticket(stores)
    other = a_ticket(stores, "b02-000")
    with pytest.raises(BadContext):  # the other unit's key named
        cast_ballot(stores.ballot_box, by_ticket(replace(ticket, key_id=other.key_id)), DAY)
    with pytest.raises(UnknownKey):  # keys belong to one slot
        cast_ballot(stores.ballot_box, by_ticket(ticket, "poll-2"), DAY)
    of_other_unit = ticket.prepared[:32] + encodings.context("2026-01", "b02")
    changed = replace(ticket, key_id=other.key_id, prepared=of_other_unit)
    with pytest.raises(BadCredential):
        cast_ballot(stores.ballot_box, by_ticket(changed), DAY)
    for prepared in (ticket.prepared + b"x", ticket.prepared[:-1], b"", ticket.nonce + b"\0" + ticket.prepared[33:]):
        sent = replace(by_ticket(ticket), credential=replace(ticket, prepared=prepared), nonce=prepared[:32])
        with pytest.raises((BadContext, InvalidSubmission)):
            cast_ballot(stores.ballot_box, sent, DAY)
    assert stored(stores) == 0


def test_forged_and_bent_signatures_are_refused(stores: Stores) -> None:
    ticket_poll(stores)
    ticket = a_ticket(stores)
    number, n = int.from_bytes(ticket.signature, "big"), manifest_of(stores).units[0].key.n
    forged = [
        secrets.token_bytes(256),
        bytes(256),
        ticket.signature[:-1],
        ticket.signature + b"\0",
        b"",
        bytes([ticket.signature[0]]) + bytes([ticket.signature[1] ^ 1]) + ticket.signature[2:],
        (n - number).to_bytes(256, "big"),
    ]
    if number + n < 2**2048:
        forged.append((number + n).to_bytes(256, "big"))
    for signature in forged:
        with pytest.raises(BadCredential):
            cast_ballot(stores.ballot_box, by_ticket(replace(ticket, signature=signature)), DAY)
    fresh = replace(ticket, prepared=secrets.token_bytes(32) + ticket.prepared[32:])
    with pytest.raises(BadCredential):
        cast_ballot(stores.ballot_box, by_ticket(fresh), DAY)
    with pytest.raises(UnknownKey):
        cast_ballot(stores.ballot_box, by_ticket(replace(ticket, key_id=bytes(32))), DAY)
    assert stored(stores) == 0


def test_the_nonce_is_the_ticket_s_own_and_the_way_is_the_poll_s(stores: Stores) -> None:
    ticket_poll(stores)
    ticket = a_ticket(stores)
    with pytest.raises(InvalidSubmission):
        cast_ballot(stores.ballot_box, by_ticket(ticket, nonce=secrets.token_bytes(32)), DAY)
    with pytest.raises(InvalidSubmission):
        cast_ballot(stores.ballot_box, by_ticket(ticket, opener=ticket.nonce), DAY)
    with pytest.raises(InvalidSubmission):  # nobody names a unit and answers
        cast_ballot(stores.ballot_box, submission("b02"), DAY)
    assert stored(stores) == 0


def test_a_poll_by_ticket_takes_slips_too(stores: Stores) -> None:
    ticket_poll(stores)
    code, other = issuing.draw_slips(stores, "poll-1", "b02", 2)
    sent = submission(code, answers=answers_of("b02"))
    got = cast_ballot(stores.ballot_box, sent, DAY)
    assert got.ack is not None
    assert acknowledgements.is_acknowledged(manifest_of(stores).ack_key, "2026-01", got.receipt, got.ack)
    assert cast_ballot(stores.ballot_box, sent, DAY) == replace(got, repeated=True)
    with pytest.raises(CodeSpent):
        cast_ballot(stores.ballot_box, submission(code, answers=answers_of("b02")), DAY)
    cast_ballot(stores.ballot_box, submission(other, answers=answers_of("b02")), DAY)
    cast_ballot(stores.ballot_box, by_ticket(a_ticket(stores, "b02-000")), DAY)
    assert stored(stores) == 3


def test_a_ticket_comes_too_late_for_a_closed_poll(stores: Stores) -> None:
    ticket_poll(stores)
    sent = by_ticket(a_ticket(stores))
    with pytest.raises(PollClosed):
        cast_ballot(stores.ballot_box, sent, LAST + timedelta(days=1))
    close_poll(stores, "poll-1", OFFICER)
    with pytest.raises(PollClosed):
        cast_ballot(stores.ballot_box, sent, DAY)


def test_a_booklet_answers_polls_that_were_frozen_after_it_was_collected(stores: Stores) -> None:
    small_term(stores)
    page = browser()
    signed = collect(stores, SECRET, "b01-000", asked(stores, page, "2026-01", "2026-02"), COLLECTING)
    tickets = [page.ticket(manifest_of(stores, one.slot_id), one) for one in signed]
    for ticket, poll_id in zip(tickets, ("poll-1", "poll-2"), strict=True):
        ticket_poll(stores, poll_id)
        assert cast_ballot(stores.ballot_box, by_ticket(ticket, poll_id), DAY).unit_id == "b01"
