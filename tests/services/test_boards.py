"""The board: roster >= issued >= received, in fives while open, exact after sealing, and never one to four alone."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from survey_app.ballots.encodings import from_base64url, to_base64url
from survey_app.ballots.merkle import root
from survey_app.services import boards, issuing, slots
from survey_app.services.casting import cast_ballot
from survey_app.services.errors import NoSuchBoard, NoSuchPoll
from survey_app.services.marking_slips import mark_slip
from survey_app.services.sealing import close_poll, seal_poll
from survey_app.store.ballot_box import box_poll
from survey_app.store.engines import Stores
from survey_app.store.registry import Issuance, SlotKey
from tests.small_polls import DAY, LAST, OFFICER, open_poll, submission
from tests.small_terms import a_ticket, answers_of, by_ticket, ticket_poll


def vote(stores: Stores, branch: str, collected: int, cast: int) -> list[bytes]:
    tickets = [a_ticket(stores, f"{branch}-{n:03}") for n in range(collected)]
    return [cast_ballot(stores.ballot_box, by_ticket(ticket), DAY).receipt for ticket in tickets[:cast]]


def seal(stores: Stores, folder: Path, poll_id: str = "poll-1") -> None:
    close_poll(stores, poll_id, OFFICER)
    seal_poll(stores, folder, poll_id, officer_name=OFFICER)


def units(document: bytes) -> list[tuple[list[str], int, int | None, int]]:
    return [(row["units"], row["roster"], row["issued"], row["received"]) for row in json.loads(document)["units"]]


def test_counts_are_in_fives_while_open_and_exact_when_sealed(stores: Stores, tmp_path: Path) -> None:
    ticket_poll(stores)
    receipts = vote(stores, "b01", 13, 9) + vote(stores, "b02", 6, 5)
    mark_slip(stores, "poll-1", "b02-010", OFFICER)
    (code,) = issuing.draw_slips(stores, "poll-1", "b02", 1)
    receipts.append(cast_ballot(stores.ballot_box, submission(code, answers=answers_of("b02")), DAY).receipt)
    open_board = boards.board(stores, tmp_path, "poll-1", DAY)
    assert units(open_board) == [(["b01"], 24, 10, 5), (["b02"], 11, 5, 5)]
    for early in (boards.receipts_list, boards.seal_document):
        with pytest.raises(NoSuchBoard):
            early(stores, tmp_path, "poll-1")
    seal(stores, tmp_path)
    assert units(boards.board(stores, tmp_path, "poll-1", LAST)) == [(["b01"], 24, 13, 9), (["b02"], 11, 7, 6)]
    told = json.loads(boards.seal_document(stores, tmp_path, "poll-1"))
    assert (told["root"], told["received"]) == (to_base64url(root(receipts)), 15)
    lines = [line.split() for line in boards.receipts_list(stores, tmp_path, "poll-1").decode().splitlines()]
    found = [(unit, from_base64url(receipt)) for unit, receipt in lines]
    assert found == sorted(found)
    assert {receipt for _, receipt in found} == set(receipts)
    files = boards.board_files(stores, tmp_path, "poll-1", LAST)
    assert set(files) == {"board.json", "receipts.txt", "seal.json", "manifest.json", "slot.json"}
    assert boards.manifest(stores, "poll-1") == files["manifest.json"]
    assert boards.manifest(stores, "2026-01") == files["slot.json"]


def test_a_unit_of_three_ballots_stands_in_the_pool_alone(stores: Stores, tmp_path: Path) -> None:
    ticket_poll(stores)
    vote(stores, "b01", 8, 8)
    vote(stores, "b02", 4, 3)
    seal(stores, tmp_path)
    assert units(boards.board(stores, tmp_path, "poll-1", LAST)) == [(["b01", "b02"], 35, 12, 11)]
    lines = boards.receipts_list(stores, tmp_path, "poll-1").decode().splitlines()
    assert {line.split()[0] for line in lines} == {"b01+b02"}


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 30), min_size=1, max_size=8))
def test_no_row_of_a_sealed_board_tells_one_to_four_where_others_can_join(received: dict[str, int]) -> None:
    rows = boards.told_together(received)
    assert sorted(unit for row in rows for unit in row) == sorted(received)
    for row in rows:
        total = sum(received[unit] for unit in row)
        joined = len(row) > 1 and total >= 5
        assert (
            total == 0 or received[row[0]] >= 5 or joined or all(n < 5 or unit in row for unit, n in received.items())
        )


def test_polls_by_slips_and_open_ones_have_a_board_too(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores, "slips", way="slip")
    for code in issuing.draw_slips(stores, "slips", "b01", 11)[:6]:
        cast_ballot(stores.ballot_box, submission(code, "slips"), DAY)
    open_poll(stores, "anybody")
    cast_ballot(stores.ballot_box, submission(poll_id="anybody"), DAY)
    assert units(boards.board(stores, tmp_path, "slips", DAY)) == [(["b01"], 100, 10, 5), (["b02"], 20, 0, 0)]
    assert units(boards.board(stores, tmp_path, "anybody", DAY)) == [(["b01"], 100, None, 0), (["b02"], 20, None, 0)]
    seal(stores, tmp_path, "slips")
    assert units(boards.seal_document(stores, tmp_path, "slips")) == [(["b01"], 100, 11, 6), (["b02"], 20, 0, 0)]
    assert set(boards.board_files(stores, tmp_path, "slips", LAST)) == {"board.json", "receipts.txt", "seal.json"}
    for missing in ("slips", "nowhere"):
        with pytest.raises(NoSuchPoll):
            boards.manifest(stores, missing)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_while_keys_are_destroyed_is_healed_by_sealing_again(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    from survey_app.services import sealing

    ticket_poll(stores)
    vote(stores, "b01", 6, 5)

    def breaking(*given: object) -> None:
        if when == "after":
            slots.destroy_keys(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sealing, "destroy_keys", breaking)
        with pytest.raises(KeyboardInterrupt):
            seal(stores, tmp_path)
    with pytest.raises(NoSuchBoard):
        boards.seal_document(stores, tmp_path, "poll-1")
    seal(stores, tmp_path)
    assert json.loads(boards.seal_document(stores, tmp_path, "poll-1"))["received"] == 5
    with stores.registry.connect() as connection:
        of_slot = SlotKey.slot_id == "2026-01"
        assert connection.scalar(select(func.count()).where(of_slot, SlotKey.private.is_not(None))) == 0
        assert connection.scalar(select(func.count()).where(Issuance.blinded_hash.is_not(None))) == 0
        assert connection.scalar(select(func.count()).select_from(Issuance)) == 6
        assert connection.scalar(select(func.count()).where(SlotKey.private.is_not(None))) == 2  # the other slot's
    with stores.ballot_box.connect() as connection:
        assert connection.scalar(select(box_poll.c.ack_private)) is None
