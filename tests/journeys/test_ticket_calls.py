"""The calls of the protocol that need no page: each status and each word as the table says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from survey_app.ballots.encodings import from_base64url, to_base64url
from survey_app.ballots.manifests import fingerprint
from survey_app.ballots.merkle import root
from survey_app.services.casting import TicketCredential
from survey_app.services.sealing import close_poll, seal_poll
from tests.small_polls import DAY, OFFICER
from tests.small_terms import a_ticket, answers_of, by_ticket, ticket_poll
from tests.staff_house import StaffHouse, staff_house

POLL = "home-2026"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffHouse]:
    made = staff_house(tmp_path_factory.mktemp("tickets"), today=DAY)
    ticket_poll(made.stores, POLL)
    yield made
    made.stores.registry.dispose()
    made.stores.ballot_box.dispose()


@pytest.fixture
def ticket(house: StaffHouse, request: pytest.FixtureRequest) -> TicketCredential:
    """Each test's own: members have one each."""
    taken: list[str] = house.slips.setdefault(("", ""), [])
    taken.append("")
    return a_ticket(house.stores, f"b01-{len(taken):03}")


def body(ticket: TicketCredential, **changes: Any) -> dict[str, Any]:
    sent = by_ticket(ticket, POLL)
    return {
        "key_id": to_base64url(ticket.key_id),
        "prepared": to_base64url(ticket.prepared),
        "sig": to_base64url(ticket.signature),
        "opener": to_base64url(sent.opener),
        "answers": sent.answers.decode(),
        "comments": [],
    } | changes


def post(house: StaffHouse, sent: Any, poll_id: str = POLL, **headers: str) -> TestResponse:
    data = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    client = house.app.test_client(use_cookies=False)
    said = {"Content-Type": "application/json", **headers}
    return client.post(f"/b/waves/{poll_id}/ballots", data=data, headers=said)


def get(house: StaffHouse, address: str, **headers: str) -> TestResponse:
    return house.app.test_client(use_cookies=False).get(address, headers=headers)


def test_a_ballot_by_ticket_is_created_once_and_then_known(house: StaffHouse, ticket: TicketCredential) -> None:
    sent = body(ticket, comments=[{"q": "q6", "text": "食堂很好", "opener": to_base64url(bytes(range(32)))}])
    first, second = post(house, sent), post(house, sent)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    assert {name: len(from_base64url(value)) for name, value in first.json.items()} == {"receipt": 32, "ack": 64}
    assert "Set-Cookie" not in first.headers
    assert first.headers["Cache-Control"] == "no-store"


def test_other_answers_with_a_spent_ticket_are_refused(house: StaffHouse, ticket: TicketCredential) -> None:
    assert post(house, body(ticket)).status_code == 201
    again = post(house, body(ticket))
    assert (again.status_code, again.json) == (409, {"error": "credential_used"})


def test_whatever_names_the_sender_is_refused_before_the_body_is_read(
    house: StaffHouse, ticket: TicketCredential
) -> None:
    for headers in ({"Cookie": "campus=1"}, {"Cookie": "account_session=x"}, {"Authorization": "Bearer x"}):
        refused = post(house, b"not even json", **headers)
        assert (refused.status_code, refused.json) == (400, {"error": "identifying_header"})
    assert post(house, body(ticket)).status_code == 201


def test_every_refusal_has_its_status_and_word_and_spends_nothing(house: StaffHouse, ticket: TicketCredential) -> None:
    other = a_ticket(house.stores, "b02-000")
    bent = bytes([ticket.signature[0] ^ 1]) + ticket.signature[1:]
    foreign = ticket.prepared.replace(b"2026-01", b"2026-02")
    table = [
        ({"sig": to_base64url(bent)}, 403, {"error": "bad_credential"}),
        ({"sig": ""}, 403, {"error": "bad_credential"}),
        ({"prepared": to_base64url(foreign)}, 400, {"error": "bad_context"}),
        ({"key_id": to_base64url(other.key_id)}, 400, {"error": "bad_context"}),
        ({"key_id": to_base64url(bytes(32))}, 404, {"error": "unknown_key"}),
        ({"key_id": "x"}, 400, {"error": "bad_request"}),
        ({"sig": to_base64url(ticket.signature) + "="}, 400, {"error": "bad_request"}),
        ({"opener": to_base64url(bytes(31))}, 400, {"error": "bad_request"}),
        ({"prepared": "A" * 4000}, 400, {"error": "bad_request"}),
        ({"comments": None}, 400, {"error": "bad_request"}),
        ({"answers": [1]}, 400, {"error": "bad_request"}),
        ({"answers": "x" * 70_000}, 413, {"error": "too_large"}),
    ]
    for change, status, said in table:
        refused = post(house, body(ticket, **change))
        assert refused.status_code == status, change
        assert refused.json == said, change
    invalid = post(house, body(ticket, answers="[null,1,null,null]"))
    assert (invalid.status_code, invalid.json["error"], invalid.json["field"]) == (422, "invalid_answers", "q1")
    assert post(house, body(ticket), "nowhere").status_code == 404
    assert post(house, body(ticket)).status_code == 201


def test_a_manifest_is_the_same_bytes_for_everybody_and_names_itself(house: StaffHouse) -> None:
    for wave in (POLL, "2026-01", "2026-02"):
        address = f"/b/waves/{wave}/manifest"
        answers = [get(house, address), get(house, address, Cookie="account_session=me"), get(house, address)]
        assert len({answer.data for answer in answers}) == 1
        assert answers[0].headers["ETag"] == f'"{fingerprint(answers[0].data)}"'
        assert "Set-Cookie" not in answers[0].headers
        known = get(house, address, **{"If-None-Match": answers[0].headers["ETag"]})
        assert (known.status_code, known.data) == (304, b"")
    assert json.loads(get(house, f"/b/waves/{POLL}/manifest").data)["slot"] == "2026-01"
    for nothing in ("nowhere", "..", "2026-99", "A"):
        assert get(house, f"/b/waves/{nothing}/manifest").status_code == 404


def test_receipts_and_root_are_published_when_the_poll_is_sealed(tmp_path: Path) -> None:
    house = staff_house(tmp_path, today=DAY)
    ticket_poll(house.stores, POLL)
    sent = [post(house, body(a_ticket(house.stores, f"b01-{n:03}"))) for n in range(7)]
    sent += [post(house, body(a_ticket(house.stores, f"b02-{n:03}"))) for n in range(6)]
    while_open = get(house, f"/b/waves/{POLL}/board.json").json
    assert [(row["roster"], row["issued"], row["received"]) for row in while_open["units"]] == [(24, 5, 5), (11, 5, 5)]
    assert [get(house, f"/b/waves/{POLL}/{name}").status_code for name in ("receipts.txt", "seal.json")] == [404, 404]
    close_poll(house.stores, POLL, OFFICER)
    late = post(house, body(a_ticket(house.stores, "b01-020", "2026-02")))
    assert late.status_code == 404  # another slot's key
    seal_poll(house.stores, tmp_path, POLL)
    assert post(house, {**body(by_hand(house)), "answers": answers_of("b01").decode()}).json == {"error": "wave_closed"}
    lines = get(house, f"/b/waves/{POLL}/receipts.txt").text.splitlines()
    assert {line.split()[1] for line in lines} == {one.json["receipt"] for one in sent}
    sealed = get(house, f"/b/waves/{POLL}/seal.json").json
    assert sealed["root"] == to_base64url(root([from_base64url(line.split()[1]) for line in lines]))
    assert [(row["units"], row["issued"], row["received"]) for row in sealed["units"]] == [
        (["b01"], 7, 7),
        (["b02"], 6, 6),
    ]
    assert get(house, f"/b/waves/{POLL}/board.json").json["units"] == sealed["units"]
    house.stores.registry.dispose()
    house.stores.ballot_box.dispose()


def by_hand(house: StaffHouse) -> TicketCredential:
    """A ticket for the sealed poll that nobody signed."""
    known = a_ticket(house.stores, "b01-021", "2026-02")
    return TicketCredential(known.key_id, known.prepared.replace(b"2026-02", b"2026-01"), known.signature)
