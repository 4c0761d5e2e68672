"""Collecting: one ticket for a person and slot, the same one whenever it is asked for again, and no right lost to a mistake."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from survey_app.ballots import signing
from survey_app.ballots.blinding import BadBlinding
from survey_app.ballots.key_safe import WrongSecret
from survey_app.services import collecting, issuing
from survey_app.services.booklets import booklet, not_collected
from survey_app.services.collecting import collect
from survey_app.services.errors import (
    AlreadyIssued,
    BadBlindedMessage,
    CollectingNotOpenYet,
    Ended,
    HoldsTicket,
    InvalidSubmission,
    NoSuchSlot,
    NoSuchTerm,
    NotOnRoster,
    PaperIssued,
    UnknownKey,
    WrongUnit,
)
from survey_app.services.marking_slips import mark_slip
from survey_app.services.sealing import close_poll
from survey_app.services.slots import end_term
from survey_app.store.engines import Stores
from survey_app.store.registry import Issuance
from tests.small_polls import LAST, OFFICER
from tests.small_terms import COLLECTING, SECRET, asked, browser, manifest_of, small_term, ticket_poll

ME = "b01-000"


def issued(stores: Stores) -> int:
    with stores.registry.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Issuance)) or 0


def test_one_request_collects_the_tickets_of_every_slot(stores: Stores) -> None:
    small_term(stores)
    page = browser()
    before = booklet(stores, ME, COLLECTING)
    assert (before.unit_id, [slot.method for slot in before.slots], before.is_collected) == ("b01", [None, None], False)
    both = asked(stores, page, "2026-01", "2026-02")
    assert [slot.key_id for slot in before.slots] == [one.key_id for one in both]
    signed = collect(stores, SECRET, ME, both, COLLECTING)
    for one in signed:
        page.ticket(manifest_of(stores, one.slot_id), one)  # raises BadBlinding if it were no signature
    with pytest.raises(BadBlinding):
        page.ticket(manifest_of(stores, "2026-02"), signed[0])
    after = booklet(stores, ME, COLLECTING)
    assert ([slot.collected for slot in after.slots], after.is_collected) == ([True, True], True)
    assert not booklet(stores, "b01-001", COLLECTING).is_collected


def test_the_same_request_again_gives_the_same_signatures_and_another_is_refused(stores: Stores) -> None:
    small_term(stores)
    mine, other = asked(stores, browser()), asked(stores, browser())
    assert collect(stores, SECRET, ME, mine, COLLECTING) == collect(stores, SECRET, ME, mine, COLLECTING)
    with pytest.raises(AlreadyIssued):
        collect(stores, SECRET, ME, other, COLLECTING)
    assert issued(stores) == 1


@pytest.mark.parametrize("step", ["_private", "blind_sign"])
def test_a_crash_between_the_transaction_and_the_answer_is_healed_by_the_same_request(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    small_term(stores)
    mine = asked(stores, browser(), "2026-01", "2026-02")
    with monkeypatch.context() as patched:
        patched.setattr(collecting, step, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            collect(stores, SECRET, ME, mine, COLLECTING)
    assert issued(stores) == 2
    with pytest.raises(AlreadyIssued):
        collect(stores, SECRET, ME, asked(stores, browser()), COLLECTING)
    assert len(collect(stores, SECRET, ME, mine, COLLECTING)) == 2


def test_tickets_are_signed_after_they_are_written_down(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    small_term(stores)
    seen: list[int] = []

    def looking(*given):
        seen.append(issued(stores))
        return signing.blind_sign(*given)

    monkeypatch.setattr(collecting, "blind_sign", looking)
    collect(stores, SECRET, ME, asked(stores, browser(), "2026-01", "2026-02"), COLLECTING)
    assert seen == [2, 2]


def test_of_twenty_browsers_of_one_person_one_gets_a_ticket(stores: Stores) -> None:
    small_term(stores)
    requests = [asked(stores, browser(), "2026-02", "2026-01") for _ in range(20)]
    start = threading.Barrier(20)
    outcomes: list[str] = []

    def run(request) -> None:
        start.wait()
        try:
            collect(stores, SECRET, ME, request, COLLECTING)
            outcomes.append("signed")
        except AlreadyIssued:
            outcomes.append("already_issued")

    threads = [threading.Thread(target=run, args=(request,)) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already_issued"] * 19 + ["signed"]
    assert issued(stores) == 2


def test_a_request_with_one_bad_ticket_collects_none(stores: Stores) -> None:
    small_term(stores)
    first, second = asked(stores, browser(), "2026-01", "2026-02")
    with pytest.raises(BadBlindedMessage):
        collect(stores, SECRET, ME, [first, replace(second, blinded=second.blinded[1:])], COLLECTING)
    assert issued(stores) == 0
    collect(stores, SECRET, ME, [second], COLLECTING)
    with pytest.raises(AlreadyIssued):
        collect(stores, SECRET, ME, [first, *asked(stores, browser(), "2026-02")], COLLECTING)
    assert issued(stores) == 1


@pytest.mark.parametrize("number", [0, 1, -1, "n"])
def test_a_degenerate_blinded_message_uses_up_no_right(stores: Stores, number: int | str) -> None:
    small_term(stores)
    (good,) = asked(stores, browser())
    n = manifest_of(stores).units[0].key.n
    value = n if number == "n" else int(number) % n
    with pytest.raises(BadBlindedMessage):
        collect(stores, SECRET, ME, [replace(good, blinded=value.to_bytes(256, "big"))], COLLECTING)
    assert issued(stores) == 0


def test_keys_of_other_units_slots_and_strangers_are_refused(stores: Stores) -> None:
    small_term(stores)
    (mine,) = asked(stores, browser())
    refused = {
        WrongUnit: asked(stores, browser("b02")),
        UnknownKey: [replace(mine, key_id=bytes(32))],
        InvalidSubmission: [],
    }
    for error, request in refused.items():
        with pytest.raises(error):
            collect(stores, SECRET, ME, request, COLLECTING)
    for request in ([replace(mine, slot_id="2026-02")], [replace(mine, slot_id="2027-01")]):
        with pytest.raises(UnknownKey):
            collect(stores, SECRET, ME, request, COLLECTING)
    with pytest.raises(InvalidSubmission):
        collect(stores, SECRET, ME, [mine, mine], COLLECTING)
    for stranger in ("nobody", "", "b01-000 "):
        with pytest.raises(NotOnRoster):
            collect(stores, SECRET, stranger, [mine], COLLECTING)
    with pytest.raises(NotOnRoster):
        booklet(stores, "nobody", COLLECTING)
    assert issued(stores) == 0


def test_tickets_are_collected_on_the_days_of_collecting(stores: Stores) -> None:
    small_term(stores)
    mine = asked(stores, browser())
    with pytest.raises(CollectingNotOpenYet):
        collect(stores, SECRET, ME, mine, COLLECTING - timedelta(days=1))
    with pytest.raises(Ended):
        collect(stores, SECRET, ME, mine, date(2027, 1, 1))
    assert issued(stores) == 0


def test_a_closed_poll_gives_no_more_tickets_and_its_slot_alone(stores: Stores) -> None:
    ticket_poll(stores)
    first, second = asked(stores, browser(), "2026-01", "2026-02")
    collect(stores, SECRET, "b01-001", asked(stores, browser()), LAST)  # late, and for another day
    with pytest.raises(Ended):
        collect(stores, SECRET, ME, [first], LAST + timedelta(days=1))
    close_poll(stores, "poll-1", OFFICER)
    with pytest.raises(Ended):
        collect(stores, SECRET, ME, [first, second], LAST)
    assert [slot.open for slot in booklet(stores, ME, LAST).slots] == [False, True]
    assert len(collect(stores, SECRET, ME, [second], LAST)) == 1


def test_an_ended_term_gives_no_tickets(stores: Stores) -> None:
    small_term(stores)
    mine = asked(stores, browser())
    end_term(stores, "2026", OFFICER)
    with pytest.raises(NoSuchTerm):
        collect(stores, SECRET, ME, mine, COLLECTING)
    collecting_again = small_term(stores, id="2027", slots=1)
    with pytest.raises(UnknownKey):
        collect(stores, SECRET, ME, mine, COLLECTING)
    assert collecting_again.id == booklet(stores, ME, COLLECTING).term_id == "2027"
    assert not booklet(stores, ME, COLLECTING, "2026").slots[0].open


def test_another_secret_signs_nothing_and_the_right_one_heals_it(stores: Stores) -> None:
    small_term(stores)
    mine = asked(stores, browser())
    with pytest.raises(WrongSecret):
        collect(stores, "another secret of another instance", ME, mine, COLLECTING)
    assert len(collect(stores, SECRET, ME, mine, COLLECTING)) == 1


def test_who_drew_a_slip_has_no_ticket_and_the_other_way_round(stores: Stores) -> None:
    ticket_poll(stores)
    mark_slip(stores, "poll-1", ME, OFFICER)
    mark_slip(stores, "poll-1", ME, OFFICER)
    first, second = asked(stores, browser(), "2026-01", "2026-02")
    with pytest.raises(PaperIssued):
        collect(stores, SECRET, ME, [first, second], COLLECTING)
    assert [slot.method for slot in booklet(stores, ME, COLLECTING).slots] == ["slip", None]
    collect(stores, SECRET, ME, [second], COLLECTING)
    collect(stores, SECRET, "b01-001", asked(stores, browser()), COLLECTING)
    with pytest.raises(HoldsTicket):
        mark_slip(stores, "poll-1", "b01-001", OFFICER)
    with pytest.raises(NotOnRoster):
        mark_slip(stores, "poll-1", "nobody", OFFICER)
    with pytest.raises(NoSuchSlot):
        mark_slip(stores, "poll-9", ME, OFFICER)
    assert len(issuing.draw_slips(stores, "poll-1", "b02", 11)) == 11


def test_a_person_who_asks_for_both_at_once_gets_one(stores: Stores) -> None:
    ticket_poll(stores)
    start = threading.Barrier(10)
    outcomes: list[str] = []

    def run(number: int) -> None:
        start.wait()
        try:
            if number % 2:
                mark_slip(stores, "poll-1", ME, OFFICER)
            else:
                collect(stores, SECRET, ME, requests[number], COLLECTING)
            outcomes.append("given")
        except (AlreadyIssued, PaperIssued, HoldsTicket):
            outcomes.append("refused")

    requests = [asked(stores, browser()) for _ in range(10)]
    threads = [threading.Thread(target=run, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    method = booklet(stores, ME, COLLECTING).slots[0].method
    assert outcomes.count("given") == (5 if method == "slip" else 1)  # marking the same slip again is no second one
    assert issued(stores) == 1


def test_whom_to_remind_is_who_has_not_collected(stores: Stores) -> None:
    small_term(stores)
    assert len(not_collected(stores, COLLECTING)) == 35
    collect(stores, SECRET, ME, asked(stores, browser(), "2026-01", "2026-02"), COLLECTING)
    collect(stores, SECRET, "b01-001", asked(stores, browser()), COLLECTING)
    left = not_collected(stores, COLLECTING)
    assert (len(left), ME in left, "b01-001" in left) == (34, False, True)
    assert not_collected(stores, date(2027, 1, 1)) == ()


def test_nothing_but_the_hash_of_what_was_signed_is_kept(stores: Stores) -> None:
    small_term(stores)
    (mine,) = asked(stores, browser())
    (signed,) = collect(stores, SECRET, ME, [mine], COLLECTING)
    with stores.registry.connect() as connection:
        row = connection.execute(select(Issuance)).one()
    kept = {bytes(value) if isinstance(value, bytes | memoryview) else value for value in row}
    assert kept == {"2026-01", ME, "ticket", mine.key_id, collecting.H(mine.blinded)}
    assert {mine.blinded, signed.blind_signature} & kept == set()
