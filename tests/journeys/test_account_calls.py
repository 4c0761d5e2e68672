"""The calls of the booklet page: each status and each word of their table, and no refusal uses up a right."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from questionnaires.texts import Text
from survey_app.ballots.encodings import from_base64url, to_base64url
from survey_app.services import members
from survey_app.services.collecting import SignedTicket
from survey_app.services.designing import TicketMeans, freeze_poll
from survey_app.services.marking_slips import mark_slip
from survey_app.services.sealing import close_poll
from survey_app.services.slots import end_term
from survey_app.services.terms import TermWanted, open_term
from survey_app.sign_in_settings import SignInSettings
from survey_app.store.registry import Issuance, TermMember
from tests.members_house import MembersHouse, members_house
from tests.small_polls import DAY, FIRST, OFFICER, answers, draft
from tests.small_terms import COLLECTING, Browser, browser, manifest_of

SECRET = "x" * 48
ME = "10001"  # of B07
CALL = "/account/terms/2026"
LAST_DAY = date(2026, 12, 31)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[MembersHouse]:
    """A term of three slots, the first one taken by a poll that is open."""
    made = members_house(tmp_path, SignInSettings(ways=("code",)))
    made.app.config["TODAY"] = DAY
    open_term(made.stores, SECRET, TermWanted("2026", Text("2026年度"), COLLECTING, LAST_DAY, slots=3), OFFICER)
    poll = draft(made.stores, "poll-1", "ticket")
    freeze_poll(made.stores, poll, OFFICER, FIRST, TicketMeans(SECRET, bytes(48)))
    yield made
    made.close()


class Phone:
    """A member's browser, signed in by a one-time link, with a seed of its own."""

    def __init__(self, house: MembersHouse, staff_number: str = ME, unit_id: str = "b07") -> None:
        self.house, self.visitor, self.page = house, house.visitor(), browser(unit_id)
        token = members.token_for_staff_number(house.stores, staff_number, datetime.now(UTC))
        link = self.visitor.get(f"/account/link/{token}")
        assert self.visitor.say_yes(link.text).status_code == 303
        self.csrf = self.visitor.get("/account/").text.split('data-csrf="')[1].split('"')[0]

    def one(self, number: int = 2, page: Browser | None = None, **changes: Any) -> dict[str, Any]:
        wanted = (page or self.page).wanted(manifest_of(self.house.stores, f"2026-{number:02}"))
        sent = {"slot": wanted.slot_id, "key_id": to_base64url(wanted.key_id), "blinded": to_base64url(wanted.blinded)}
        return sent | changes

    def post(self, body: Any, address: str = f"{CALL}/tickets", **headers: str) -> TestResponse:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        said = {"Content-Type": "application/json", "X-CSRFToken": self.csrf, **headers}
        return self.visitor.client.post(address, data=data, headers=said)

    def ask(self, *tickets: dict[str, Any]) -> tuple[int, Any]:
        answer = self.post({"tickets": list(tickets)})
        return answer.status_code, answer.json

    def get(self, address: str = CALL) -> tuple[int, Any]:
        answer = self.visitor.client.get(address, headers={"Accept": "application/json"})
        return answer.status_code, answer.json


@pytest.fixture
def phone(house: MembersHouse) -> Phone:
    return Phone(house)


def said(word: str) -> dict[str, str]:
    return {"error": word}


def n_issued(house: MembersHouse) -> int:
    with Session(house.stores.registry) as session:
        return session.scalar(select(func.count()).select_from(Issuance)) or 0


def test_tickets_come_signed_and_the_same_request_brings_the_same(house: MembersHouse, phone: Phone) -> None:
    status, told = phone.get()
    assert (status, told["unit"]) == (200, "b07")
    assert told["slots"] == [{"slot": f"2026-{n:02}", "collected": False, "open": True} for n in (1, 2, 3)]
    wanted = [phone.one(1), phone.one(3)]
    first, again = phone.ask(*wanted), phone.ask(*wanted)
    assert first == again
    assert (first[0], [one["slot"] for one in first[1]["tickets"]]) == (200, ["2026-01", "2026-03"])
    assert {len(from_base64url(one["blind_sig"])) for one in first[1]["tickets"]} == {256}
    assert [one["collected"] for one in phone.get()[1]["slots"]] == [True, False, True]
    assert phone.post({"tickets": wanted}).headers["Cache-Control"] == "no-store"
    assert n_issued(house) == 2


TOO_SMALL, TOO_LARGE = (1).to_bytes(256, "big"), b"\xff" * 256
BODIES: list[bytes] = [
    b"",
    b"not json",
    b"[]",
    b"null",
    b"{}",
    b'{"tickets": null}',
    b'{"tickets": []}',
    b'{"tickets": [null]}',
    b'{"tickets": [{}]}',
    b'{"tickets": {"slot": "2026-02"}}',
    b'{"tickets": "2026-02"}',
    b"\xff\xfe",
    b"[" * 20_000,
]
FIELDS: list[tuple[dict[str, Any], int, str]] = [
    ({"slot": "2026 02"}, 400, "bad_request"),
    ({"slot": 2}, 400, "bad_request"),
    ({"slot": None}, 400, "bad_request"),
    ({"slot": "2026-99"}, 404, "unknown_key"),
    ({"slot": "2026-03"}, 404, "unknown_key"),  # the key is that of another slot
    ({"key_id": "x"}, 400, "bad_request"),
    ({"key_id": None}, 400, "bad_request"),
    ({"key_id": to_base64url(bytes(31))}, 400, "bad_request"),
    ({"key_id": to_base64url(bytes(32))}, 404, "unknown_key"),
    ({"blinded": None}, 400, "bad_request"),
    ({"blinded": [1]}, 400, "bad_request"),
    ({"blinded": "=="}, 400, "bad_request"),
    ({"blinded": ""}, 400, "bad_blinded_message"),
    ({"blinded": to_base64url(bytes(255))}, 400, "bad_blinded_message"),
    ({"blinded": to_base64url(bytes(257))}, 400, "bad_blinded_message"),
    ({"blinded": to_base64url(bytes(256))}, 400, "bad_blinded_message"),
    ({"blinded": to_base64url(TOO_SMALL)}, 400, "bad_blinded_message"),
    ({"blinded": to_base64url(TOO_LARGE)}, 400, "bad_blinded_message"),
]


def test_what_no_page_of_ours_sends_is_refused_with_a_word_and_uses_up_no_right(
    house: MembersHouse, phone: Phone
) -> None:
    for body in BODIES:
        answer = phone.post(body)
        assert (answer.status_code, answer.json) == (400, said("bad_request")), body[:40]
    for change, status, word in FIELDS:
        assert phone.ask(phone.one(**change)) == (status, said(word)), change
        assert phone.ask(phone.one(1), phone.one(**change)) == (status, said(word)), change  # all or nothing
    assert phone.ask(phone.one(), phone.one()) == (400, said("bad_request"))
    for size in (65_537, 1_000_000):
        answer = phone.post(b"x" * size)
        assert (answer.status_code, answer.json) == (413, said("too_large"))
    assert phone.post(b"x" * 7_000_000).status_code == 413
    assert n_issued(house) == 0
    assert phone.ask(phone.one(1), phone.one())[0] == 200


def test_a_message_as_large_as_the_key_less_one_is_refused(house: MembersHouse, phone: Phone) -> None:
    key = next(unit.key for unit in manifest_of(house.stores, "2026-02").units if unit.id == "b07")
    for value, status in ((key.n - 2, 200), (key.n - 1, 400), (key.n, 400), (2, 409)):
        assert phone.ask(phone.one(blinded=to_base64url(value.to_bytes(256, "big"))))[0] == status


def test_who_is_not_signed_in_or_sends_no_token_gets_nothing(house: MembersHouse, phone: Phone) -> None:
    wanted = {"tickets": [phone.one()]}
    no_token = phone.post(wanted, **{"X-CSRFToken": ""})
    assert no_token.status_code == 400
    stranger = house.visitor().client
    assert stranger.get(CALL, headers={"Accept": "application/json"}).json == said("not_signed_in")
    assert stranger.post(f"{CALL}/tickets", json=wanted).status_code in (400, 401)
    with phone.visitor.client.session_transaction(base_url="http://localhost/account/", path="/account/") as kept:
        members.sign_out(house.stores, kept["token"])  # in another window: the cookie and its token are still there
    answer = phone.post(wanted)
    assert (answer.status_code, answer.json) == (401, said("not_signed_in"))
    assert phone.get() == (401, said("not_signed_in"))
    assert n_issued(house) == 0


def test_a_unit_s_key_signs_for_its_own_members_alone(house: MembersHouse, phone: Phone) -> None:
    assert phone.ask(phone.one(page=browser("b15"))) == (403, said("wrong_unit"))
    assert phone.ask(phone.one(1), phone.one(page=browser("b22"))) == (403, said("wrong_unit"))
    assert n_issued(house) == 0


def test_whoever_the_frozen_roster_does_not_name_collects_nothing(house: MembersHouse, phone: Phone) -> None:
    wanted = phone.one()
    with Session(house.stores.registry) as session, session.begin():
        session.execute(delete(TermMember).where(TermMember.staff_number == ME))
    assert phone.get() == (403, said("not_on_roster"))
    assert phone.ask(wanted) == (403, said("not_on_roster"))


def test_before_the_first_day_nothing_is_given_out(house: MembersHouse, phone: Phone) -> None:
    house.app.config["TODAY"] = COLLECTING - timedelta(days=1)
    assert phone.ask(phone.one()) == (403, said("not_open_yet"))
    house.app.config["TODAY"] = COLLECTING
    assert phone.ask(phone.one())[0] == 200


def test_an_address_without_a_term_is_told_so(phone: Phone) -> None:
    for address in ("/account/terms/2027", "/account/terms/X"):
        assert phone.get(address) == (404, said("no_such_term"))
        answer = phone.post({"tickets": [phone.one()]}, f"{address}/tickets")
        assert (answer.status_code, answer.json) == (404, said("no_such_term"))


def test_a_right_is_given_once_as_a_ticket_or_as_a_slip(house: MembersHouse, phone: Phone) -> None:
    assert phone.ask(phone.one(2))[0] == 200
    other = browser("b07")  # another phone, another seed
    assert phone.ask(phone.one(2, other)) == (409, said("already_issued"))
    assert phone.ask(phone.one(3, other), phone.one(2, other)) == (409, said("already_issued"))
    mark_slip(house.stores, "poll-1", ME, OFFICER)
    assert phone.ask(phone.one(1)) == (409, said("paper_issued"))
    assert phone.ask(phone.one(3), phone.one(1)) == (409, said("paper_issued"))
    assert [one["collected"] for one in phone.get()[1]["slots"]] == [False, True, False]
    assert phone.ask(phone.one(3, other))[0] == 200


ENDS: dict[str, tuple[int, Callable[[MembersHouse], object]]] = {
    "the last day of collecting is over": (
        2,
        lambda house: house.app.config.update(TODAY=LAST_DAY + timedelta(days=1)),
    ),
    "the poll's last day is over": (1, lambda house: house.app.config.update(TODAY=date(2026, 11, 21))),
    "the poll was closed": (1, lambda house: close_poll(house.stores, "poll-1", OFFICER)),
}


@pytest.mark.parametrize("end", ENDS)
def test_when_it_is_over_the_word_is_wave_closed(house: MembersHouse, phone: Phone, end: str) -> None:
    number, make_it_end = ENDS[end]
    wanted = phone.one(number)
    make_it_end(house)
    assert phone.ask(wanted) == (410, said("wave_closed"))
    assert n_issued(house) == 0


def test_an_ended_term_gives_out_nothing_more(house: MembersHouse, phone: Phone) -> None:
    wanted = phone.one()
    end_term(house.stores, "2026", OFFICER)
    status, told = phone.ask(wanted)
    assert (status, told["error"]) in {(410, "wave_closed"), (404, "no_such_term")}
    assert not any(one["open"] for one in phone.get()[1]["slots"])


@contextmanager
def locked(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another writer holds the database, longer than we wait."""
    with monkeypatch.context() as patched:
        patched.setattr("survey_app.store.patience.GIVE_UP_SECONDS", 0.1)
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")
        other.close()


def test_while_another_writer_holds_the_registry_it_is_busy_and_the_same_request_heals_it(
    house: MembersHouse, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = phone.one()
    with locked(house.folder / "registry.db", monkeypatch):
        assert phone.ask(wanted) == (503, said("busy"))
    assert n_issued(house) == 0
    assert phone.ask(wanted)[0] == 200


def test_while_another_writer_holds_the_ballot_box_a_ballot_by_ticket_is_put_off_not_spent(
    house: MembersHouse, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, told = phone.ask(phone.one(1))
    signed = SignedTicket("2026-01", from_base64url(told["tickets"][0]["blind_sig"]))
    ticket = phone.page.ticket(manifest_of(house.stores, "2026-01"), signed)
    sent = {
        "key_id": to_base64url(ticket.key_id),
        "prepared": to_base64url(ticket.prepared),
        "sig": to_base64url(ticket.signature),
        "opener": to_base64url(bytes(range(32))),
        "answers": answers("b02").decode(),
        "comments": [],
    }
    client = house.app.test_client(use_cookies=False)
    with locked(house.folder / "ballot_box.db", monkeypatch):
        put_off = client.post("/b/waves/poll-1/ballots", json=sent)
        assert (put_off.status_code, put_off.json) == (503, said("busy"))
    assert client.post("/b/waves/poll-1/ballots", json=sent).status_code == 201
    assert client.post("/b/waves/poll-1/ballots", json=sent).status_code == 200
