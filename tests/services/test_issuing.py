"""Slips: never more than members, never readable again, never told apart by when they were drawn."""

import threading

import pytest
from sqlalchemy import select

from survey_app.ballots import slips
from survey_app.services import auditing, issuing
from survey_app.services.casting import cast_ballot
from survey_app.services.errors import (
    InvalidSubmission,
    NoSuchUnit,
    PollClosed,
    SlipsInUse,
    TooManySlips,
)
from survey_app.services.sealing import close_poll
from survey_app.store.ballot_box import box_poll, slip_code
from survey_app.store.engines import Stores
from tests.databases import MakeStores, wait_for_waiting
from tests.small_polls import DAY, OFFICER, open_poll, submission


def test_only_hashes_of_the_codes_are_stored(stores: Stores) -> None:
    open_poll(stores, way="slip")
    codes = issuing.draw_slips(stores, "poll-1", "b02", 20)
    hashes = {slips.code_hash("poll-1", slips.read(code) or "") for code in codes}
    with stores.ballot_box.connect() as connection:
        rows = connection.execute(select(slip_code)).all()
    assert {bytes(row.code_hash) for row in rows} == hashes
    assert {(row.unit_id, row.used) for row in rows} == {("b02", 0)}


def test_slips_never_exceed_members(stores: Stores) -> None:
    open_poll(stores, way="slip")
    issuing.draw_slips(stores, "poll-1", "b02", 15)
    for count in (6, 0, -1, 1000):
        with pytest.raises(TooManySlips):
            issuing.draw_slips(stores, "poll-1", "b02", count)
    issuing.draw_slips(stores, "poll-1", "b02", 5)
    assert issuing.slips_drawn(stores, "poll-1") == {"b02": 20}


def test_slips_for_several_units_are_drawn_for_all_of_them_or_for_none(stores: Stores) -> None:
    open_poll(stores, way="slip")
    with pytest.raises(TooManySlips):
        issuing.draw_slips_of_units(stores, "poll-1", {"b01": 30, "b02": 30})
    assert issuing.slips_drawn(stores, "poll-1") == {}
    codes = issuing.draw_slips_of_units(stores, "poll-1", {"b01": 30, "b02": 20})
    assert {unit_id: len(set(drawn)) for unit_id, drawn in codes.items()} == {"b01": 30, "b02": 20}
    assert issuing.slips_drawn(stores, "poll-1") == {"b01": 30, "b02": 20}


def test_more_slips_than_anybody_could_use_are_refused_before_they_are_drawn(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_poll(stores, way="slip")
    monkeypatch.setattr(issuing.slips, "drawn", lambda: pytest.fail("drawn"))
    with pytest.raises(TooManySlips):
        issuing.draw_slips(stores, "poll-1", "b02", 999_999)


def test_officers_drawing_at_once_do_not_exceed_members_together(stores: Stores) -> None:
    open_poll(stores, way="slip")
    start, refused = threading.Barrier(4), []

    def draw() -> None:
        start.wait()
        try:
            issuing.draw_slips(stores, "poll-1", "b02", 15)
        except TooManySlips as refusal:
            refused.append(refusal)

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (issuing.slips_drawn(stores, "poll-1"), len(refused)) == ({"b02": 15}, 3)


@pytest.mark.postgresql
def test_a_second_officer_waits_until_the_first_has_drawn(make_stores: MakeStores) -> None:
    stores = make_stores("postgresql")
    open_poll(stores, way="slip")
    drawn: list[str] = []
    second = threading.Thread(target=lambda: drawn.extend(issuing.draw_slips(stores, "poll-1", "b02", 5)), daemon=True)
    with stores.ballot_box.begin() as first:
        first.execute(select(box_poll).with_for_update())
        second.start()
        wait_for_waiting(stores.ballot_box, "box_poll", 1)
        assert drawn == []
    second.join()
    assert len(drawn) == 5


def test_lost_sheets_are_voided_while_no_slip_is_used(stores: Stores) -> None:
    open_poll(stores, way="slip")
    issuing.draw_slips(stores, "poll-1", "b02", 20)
    assert issuing.withdraw_slips(stores, "poll-1", "b02", officer_name=OFFICER) == 20
    codes = issuing.draw_slips(stores, "poll-1", "b02", 20)
    cast_ballot(stores.ballot_box, submission(codes[0], answers=b"[1,1,null,null]"), DAY)
    with pytest.raises(SlipsInUse):
        issuing.withdraw_slips(stores, "poll-1", "b02")
    assert auditing.entries(stores)[0].action == "withdraw_slips"


def test_slips_are_for_open_units_of_slip_polls(stores: Stores) -> None:
    open_poll(stores, way="slip")
    open_poll(stores, "poll-2", way="open")
    with pytest.raises(NoSuchUnit):
        issuing.draw_slips(stores, "poll-1", "b99", 1)
    with pytest.raises(InvalidSubmission):
        issuing.draw_slips(stores, "poll-2", "b01", 1)
    close_poll(stores, "poll-1", OFFICER)
    with pytest.raises(PollClosed):
        issuing.draw_slips(stores, "poll-1", "b01", 1)
