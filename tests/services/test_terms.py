"""Terms: units by the roster, a key for each slot and unit, and polls that take one slot each."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.ballots.acknowledgements import ack_public
from survey_app.ballots.encodings import to_base64url
from survey_app.ballots.key_safe import KeySafe, WrongSecret
from survey_app.ballots.keys import PrivateKey
from survey_app.ballots.manifests import SlotManifest, fingerprint, manifest_hash
from survey_app.services import auditing, frozen_polls
from survey_app.services.designing import freeze_poll, poll_summary
from survey_app.services.errors import (
    NoSuchSlot,
    NoSuchTerm,
    NotFreezable,
    PollIdTaken,
    TermNotOpenable,
    UnitTooSmall,
)
from survey_app.services.slots import end_term
from survey_app.services.terms import open_term, slot_manifest, term, terms, unit_key_name
from survey_app.store.engines import Stores
from survey_app.store.registry import RosterMember, Slot, SlotKey, TermMember
from tests.small_polls import FIRST, OFFICER, draft, open_poll
from tests.small_terms import COLLECTING, MEANS, SECRET, small_term, small_university, ticket_poll, wanted


def test_a_term_freezes_units_by_the_roster_with_a_key_for_each_slot_and_unit(stores: Stores) -> None:
    small_university(stores, {"B01": 24, "B02": 11, "B03": 4, "B04": 7})
    done: list[tuple[int, int]] = []
    opened = open_term(stores, SECRET, wanted(), OFFICER, lambda n, of: done.append((n, of)))
    assert [(unit.id, unit.n_eligible) for unit in opened.units] == [("b01", 24), ("b02", 11), ("small-academic", 11)]
    assert [(slot.slot_id, slot.state, slot.poll_id) for slot in opened.slots] == [
        ("2026-01", "free", None),
        ("2026-02", "free", None),
    ]
    assert (opened.n_members, opened.free_slots, done[-1]) == (46, 2, (6, 6))
    assert opened == term(stores) == term(stores, "2026") == terms(stores)[0]
    with Session(stores.registry) as session:
        keys = session.scalars(select(SlotKey)).all()
        assert len({bytes(key.n) for key in keys}) == 6
        assert (
            session.scalar(select(TermMember.unit_id).where(TermMember.staff_number == "b03-002")) == "small-academic"
        )
    assert auditing.entries(stores)[0].action == "open_term"


def test_a_slot_s_manifest_tells_rosters_and_keys_and_every_key_fits_its_locked_half(stores: Stores) -> None:
    opened = small_term(stores)
    safe = KeySafe(SECRET)
    for slot in opened.slots:
        told = SlotManifest.from_bytes(slot_manifest(stores, slot.slot_id))
        assert (told.slot, [(unit.id, unit.roster) for unit in told.units]) == (
            slot.slot_id,
            [("b01", 24), ("b02", 11)],
        )
        assert fingerprint(told.to_bytes()) == slot.fingerprint
        with Session(stores.registry) as session:
            for unit in told.units:
                kept = session.get_one(SlotKey, (slot.slot_id, unit.id)).private or b""
                private = PrivateKey.from_bytes(safe.unlocked(slot.slot_id, unit_key_name(unit.id), bytes(kept)))
                assert private.public == unit.key
                assert private.to_bytes() not in bytes(kept)
                with pytest.raises(WrongSecret):
                    KeySafe("another").unlocked(slot.slot_id, unit_key_name(unit.id), bytes(kept))
    with pytest.raises(NoSuchSlot):
        slot_manifest(stores, "2026-99")


def test_the_roster_of_a_term_does_not_follow_later_changes(stores: Stores) -> None:
    before = small_term(stores)
    with Session(stores.registry) as session, session.begin():
        session.get_one(RosterMember, "b01-003").branch_id = "B02"
    assert term(stores) == before
    with Session(stores.registry) as session:
        assert session.get_one(TermMember, ("2026", "b01-003")).unit_id == "b01"


def test_a_unit_of_nine_is_refused_and_nothing_is_stored(stores: Stores) -> None:
    small_university(stores, {"B01": 24, "B02": 9})
    with pytest.raises(UnitTooSmall):
        open_term(stores, SECRET, wanted(), OFFICER)
    with pytest.raises(NoSuchTerm):
        term(stores)
    assert terms(stores) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"id": "2026 年"},
        {"id": "x" * 29},
        {"title": Text(" ")},
        {"slots": 0},
        {"slots": 61},
        {"collect_last_day": date(2026, 1, 1)},
    ],
)
def test_a_term_that_contradicts_itself_is_refused(stores: Stores, change: dict[str, object]) -> None:
    small_university(stores)
    with pytest.raises(TermNotOpenable):
        open_term(stores, SECRET, wanted(**change), OFFICER)


def test_a_term_needs_a_roster_and_no_other_open_term(stores: Stores) -> None:
    with pytest.raises(TermNotOpenable):
        open_term(stores, SECRET, wanted(), OFFICER)
    small_university(stores)
    assert open_term(stores, SECRET, wanted(), OFFICER) == open_term(stores, SECRET, wanted(), OFFICER)
    with pytest.raises(TermNotOpenable):
        open_term(stores, SECRET, wanted(id="2027"), OFFICER)
    with pytest.raises(TermNotOpenable):
        open_term(stores, SECRET, wanted(slots=3), OFFICER)
    end_term(stores, "2026", OFFICER)
    assert open_term(stores, SECRET, wanted(id="2027", slots=1), OFFICER).id == term(stores).id == "2027"
    with pytest.raises(NoSuchTerm):
        end_term(stores, "2099", OFFICER)


def test_an_ended_term_has_no_private_key_left(stores: Stores) -> None:
    small_term(stores)
    assert end_term(stores, "2026", OFFICER).state == "ended"
    with Session(stores.registry) as session:
        assert session.scalar(select(func.count()).where(SlotKey.private.is_not(None))) == 0


def test_a_poll_takes_the_next_free_slot_with_the_units_of_the_term(stores: Stores) -> None:
    first, second = ticket_poll(stores), ticket_poll(stores, "poll-2", "combined")
    assert [(poll.slot.slot_id, poll.slot.mode) for poll in (first, second)] == [
        ("2026-01", "two_phases"),
        ("2026-02", "combined"),
    ]
    assert [(slot.state, slot.poll_id) for slot in term(stores).slots] == [("bound", "poll-1"), ("bound", "poll-2")]
    assert [(unit.id, unit.n_eligible) for unit in first.units] == [("b01", 24), ("b02", 11)]
    told = SlotManifest.from_bytes(slot_manifest(stores, "2026-01"))
    assert {key.unit_id: key.key for key in first.slot.keys.values()} == {unit.id: unit.key for unit in told.units}
    ack = frozen_polls.ack_key(stores.ballot_box, "poll-1")
    assert ack_public(ack) == told.ack_key
    assert json.loads(first.slot.manifest)["slot_manifest_hash"] == to_base64url(manifest_hash(told.to_bytes()))
    with Session(stores.registry) as session:  # the ballot box alone can acknowledge
        assert session.get_one(Slot, "2026-01").ack_private is None
    with pytest.raises(NotFreezable):
        ticket_poll(stores, "poll-3")
    assert poll_summary(stores, "poll-1").way == "ticket"


def test_freezing_twice_takes_one_slot_and_another_mode_is_another_poll(stores: Stores) -> None:
    assert ticket_poll(stores) == ticket_poll(stores)
    assert term(stores).free_slots == 1
    with pytest.raises(PollIdTaken):
        ticket_poll(stores, mode="combined")
    open_poll(stores, "open-1")
    with pytest.raises(PollIdTaken):
        ticket_poll(stores, "open-1")
    assert term(stores).free_slots == 1


@pytest.mark.parametrize("broken", ["_write_to_box", "_write_to_registry"])
def test_a_crash_while_freezing_is_healed_by_pressing_again(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    from survey_app.services import designing

    small_term(stores)
    with monkeypatch.context() as patched:
        patched.setattr(designing, broken, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            ticket_poll(stores)
    poll = ticket_poll(stores)
    assert (poll.slot.slot_id, term(stores).free_slots) == ("2026-01", 1)
    assert frozen_polls.ack_key(stores.ballot_box, "poll-1") is not None


def test_a_poll_by_ticket_needs_an_open_term_and_a_day_after_collecting_began(stores: Stores) -> None:
    small_university(stores)
    with pytest.raises(NotFreezable):
        freeze_poll(stores, draft(stores, "poll-1", "ticket"), OFFICER, FIRST, MEANS)
    small_term(stores, collect_first_day=FIRST)
    with pytest.raises(NotFreezable):
        freeze_poll(stores, draft(stores, "poll-1", "ticket"), OFFICER, FIRST, MEANS)
    assert term(stores).free_slots == 2
    combined = replace(draft(stores, "poll-1", "ticket"), mode="combined")
    assert freeze_poll(stores, combined, OFFICER, FIRST, MEANS).slot.slot_id == "2026-01"
    assert COLLECTING < FIRST


def test_a_slot_whose_freezing_was_cut_off_serves_another_poll_when_no_other_is_left(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    from survey_app.services import designing

    small_term(stores)
    with monkeypatch.context() as patched:
        patched.setattr(designing, "_write_to_box", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            ticket_poll(stores, "cut-off")
    assert ticket_poll(stores, "poll-1").slot.slot_id == "2026-02"
    assert ticket_poll(stores, "poll-2").slot.slot_id == "2026-01"
    assert [(slot.state, slot.poll_id) for slot in term(stores).slots] == [("bound", "poll-2"), ("bound", "poll-1")]
    with pytest.raises(NotFreezable):
        ticket_poll(stores, "cut-off")


@pytest.mark.parametrize("faster", ["first", "second"])
def test_of_two_polls_that_took_one_slot_the_ballot_box_has_one_and_the_other_is_told(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, faster: str
) -> None:
    """One officer's freezing seems cut off only because it is slow; the registry names the poll that the box has."""
    from survey_app.services import designing

    small_term(stores)
    ticket_poll(stores, "other")
    write = designing._write_to_box
    refused: list[str] = []

    def meanwhile(*given: Any) -> None:
        monkeypatch.setattr(designing, "_write_to_box", write)
        if faster == "first":
            write(*given)
        try:
            ticket_poll(stores, "second")
        except NotFreezable:
            refused.append("second")
        if faster == "second":
            write(*given)

    monkeypatch.setattr(designing, "_write_to_box", meanwhile)
    try:
        ticket_poll(stores, "first")
    except NotFreezable:
        refused.append("first")
    assert refused == [{"first": "second", "second": "first"}[faster]]
    (slot,) = [slot for slot in term(stores).slots if slot.slot_id == "2026-02"]
    assert slot.poll_id == faster
    assert frozen_polls.frozen_poll(stores.ballot_box, faster).slot.slot_id == "2026-02"
