"""The demo's year of tickets: a visitor signs in by a printed code, collects, and answers the same evening."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from survey_app.demo import make_demo, sign_ins
from survey_app.services import members, terms
from survey_app.services.booklets import booklet
from survey_app.services.designing import TicketMeans, frozen_poll, polls
from survey_app.store.engines import Stores
from tests.demo_instance import TODAY, empty_stores

SMALL = Path(__file__).parent / "data" / "small_college.csv"
MEANS = TicketMeans("a-secret-of-the-demo-university-000000", bytes(48))


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[Stores, Path]]:
    with empty_stores(tmp_path) as stores:
        make_demo(stores, tmp_path, SMALL, TODAY, tickets=MEANS)
        yield stores, tmp_path


def test_a_printed_code_signs_a_member_in_who_may_collect_for_the_open_poll(made: tuple[Stores, Path]) -> None:
    stores, folder = made
    told = json.loads((folder / "demo.json").read_text("utf-8"))
    first = told["members"][0]
    token = members.token_for_code(stores, first["code"], datetime.now(UTC))
    assert members.whose(stores, token, datetime.now(UTC)).name == first["name"]
    poll = frozen_poll(stores.ballot_box, told["ticket_poll"])
    assert poll.slot is not None
    assert poll.slot.mode == "combined"
    right = next(one for one in booklet(stores, first["staff_number"], TODAY).slots if one.slot_id == poll.slot.slot_id)
    assert (right.open, right.collected) == (True, False)


def test_the_terminal_says_the_codes_each_time(made: tuple[Stores, Path]) -> None:
    stores, folder = made
    again = make_demo(stores, folder, SMALL, TODAY, tickets=MEANS)
    assert again.existed
    codes = [each["code"] for each in json.loads((folder / "demo.json").read_text("utf-8"))["members"]]
    assert codes
    assert all(any(code in line for line in sign_ins(folder)) for code in codes)


def test_the_retired_hold_no_tickets(made: tuple[Stores, Path]) -> None:
    stores, _folder = made
    assert not [unit for unit in terms.term(stores).units if unit.unit_type == "retired"]


def test_without_the_means_there_is_no_term(tmp_path: Path) -> None:
    with empty_stores(tmp_path) as stores:
        make_demo(stores, tmp_path, SMALL, TODAY)
        assert not terms.terms(stores)
        assert "ticket" not in {poll.way for poll in polls(stores)}
