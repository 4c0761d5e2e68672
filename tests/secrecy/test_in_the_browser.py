"""Attacks on the page and on the browser that holds the tickets, each in a real Chromium on the whole app."""

# ruff: noqa: F811 - fixtures of the ticket house are taken over by name
import base64
import json
import re

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from playwright.sync_api import Page, expect
from sqlalchemy import select

from survey_app.ballots.encodings import H, to_base64url
from survey_app.ballots.receipts import commitment
from survey_app.store.ballot_box import ballot
from tests.browser.conftest import browser  # noqa: F401
from tests.browser.staff_steps import receipt
from tests.browser.test_ticket_flow import (  # noqa: F401
    Phone,
    collected,
    collecting_day,
    house,
    phone,
    stored,
    swapped,
    with_other_key,
)
from tests.browser.ticket_house import ANSWERING, TicketHouse, answer_by_ticket
from tests.secrecy.threats import threat

pytestmark = pytest.mark.browser
EVERYTHING_KEPT = """async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie,
  (await indexedDB.databases()).map((one) => one.name), await caches.keys()])"""


def modulus(bits: int, exponent: int = 65537) -> bytes:
    numbers = rsa.generate_private_key(exponent, bits).public_key().public_numbers()
    return numbers.n.to_bytes(bits // 8, "big")


def with_modulus(body: bytes, n: bytes, **more: object) -> bytes:
    """A manifest whose first unit has this key, its id made to fit, so that only the key itself can betray it."""
    told = json.loads(body)
    told["units"][0] |= {"n": to_base64url(n), "key_id": to_base64url(H(n))} | more
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def asks_for_nothing(page: Page, house: TicketHouse) -> None:
    start = len(house.asked)
    page.click("#collect")
    expect(page.locator("[data-when=bad]")).to_be_visible()
    assert not [path for method, path, _ in house.asked[start:] if method == "POST"]


@threat(1)
def test_a_key_of_its_own_for_one_person(house: TicketHouse, phone: Phone) -> None:
    """Everybody gets the same bytes, signed in or not; who is sent others asks for nothing."""
    every = set()
    for _ in range(5):
        visitor = house.house.visitor()
        house_client = visitor.client
        every.add(house_client.get("/b/waves/2026-01/manifest").data)
    page = phone.open()
    swapped(page, "2026-02", with_other_key)
    house.sign_in(page, house.member())
    signed_in = page.evaluate("fetch('/b/waves/2026-01/manifest', {credentials: 'include'}).then((one) => one.text())")
    assert every == {signed_in.encode()}
    asks_for_nothing(page, house)


@threat(3)
@pytest.mark.parametrize("kind", ["exponent 3", "even", "1024 bits", "an id of another key"])
def test_a_malicious_key_is_refused_before_anything_is_asked_for(house: TicketHouse, phone: Phone, kind: str) -> None:
    page = phone.open()
    change = {
        "exponent 3": lambda body: with_modulus(body, modulus(2048), e=3),
        "even": lambda body: with_modulus(body, modulus(2048)[:-1] + b"\x00"),
        "1024 bits": lambda body: with_modulus(body, modulus(1024)),
        "an id of another key": lambda body: with_modulus(body, modulus(2048), key_id=to_base64url(H(b"other"))),
    }[kind]
    swapped(page, "2026-01", change)
    house.sign_in(page, house.member())
    asks_for_nothing(page, house)


@threat(8)
@threat(9)
def test_cookie_and_referrer_of_a_member_who_is_signed_in_while_answering(house: TicketHouse, phone: Phone) -> None:
    page = collected(phone, house.member())
    assert [one["name"] for one in page.context.cookies()] == ["account_session"]
    house.today(ANSWERING)
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    start = len(house.asked)
    answer_by_ticket(page, "/b/home-1")
    assert [path for method, path, _ in house.asked[start:] if method == "POST"] == ["/b/waves/home-1/ballots"]
    for _method, path, headers in house.asked[start:]:
        assert not {"cookie", "referer", "authorization"} & headers.keys(), path
    assert {url.partition("/b/")[0].partition("/static/")[0].rstrip("/") for url in seen} == {house.address}
    cookie = page.context.cookies()[0]
    assert (cookie["path"], cookie["sameSite"], cookie["httpOnly"]) == ("/account", "Strict", True)
    answer = house.house.app.test_client().get("/b/home-1")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", answer.text)
    client = house.house.app.test_client()
    client.set_cookie("account_session", "mine")
    refused = client.post("/b/waves/home-1/ballots", json={})
    assert (refused.status_code, refused.json) == (400, {"error": "identifying_header"})


@threat(10)
@threat(20)
def test_what_the_next_user_finds_after_the_ballot_is_counted(house: TicketHouse, phone: Phone) -> None:
    """Nothing but what is still needed for other polls: no answer, no draft, and nothing that opens the ballot."""
    page = collected(phone, house.member())
    opener = json.loads(stored(page)["survey.booklet"])["slots"]["2026-01"]["opener"]
    house.today(ANSWERING)
    answer_by_ticket(page, "/b/home-1")
    kept = page.evaluate(EVERYTHING_KEPT)
    local, session, cookies, databases, caches = json.loads(kept)
    assert (set(local), session, cookies, databases, caches) == ({"survey.booklet"}, {}, "", [], [])
    book = json.loads(local["survey.booklet"])
    assert (book["slots"]["2026-01"], book["seed"]) == ({"state": "done"}, "")
    with house.house.stores.ballot_box.connect() as connection:
        mine = [
            bytes(row.answers)
            for row in connection.execute(select(ballot).where(ballot.c.poll_id == "home-1"))
            if to_base64url(bytes(row.opener)) == opener
        ]
    assert len(mine) == 1  # what the browser held would have opened it
    assert opener not in kept
    assert not [found for found in openings(kept) if commitment(found, mine[0]) == commitment(decoded(opener), mine[0])]
    page.go_back()
    expect(page.locator("main h1")).to_be_visible()
    assert page.locator("input:checked").count() == 0
    assert not any(area.input_value() for area in page.locator("textarea").all())


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def openings(kept: str) -> set[bytes]:
    """Every 32 bytes that stand in what is kept, as base64url or hexadecimal."""
    found = {decoded(one) for one in re.findall(r"[A-Za-z0-9_-]{43}", kept)}
    found |= {bytes.fromhex(one) for one in re.findall(r"[0-9a-f]{64}", kept)}
    return {one for one in found if len(one) == 32}


@threat(25)
def test_a_receipt_is_looked_up_without_telling_it_and_the_seed_is_gone(house: TicketHouse, phone: Phone) -> None:
    """It is shown only when asked for, and a sample page that anybody opens looks the same."""
    page = collected(phone, house.member())
    seed = json.loads(stored(page)["survey.booklet"])["seed"]
    house.today(ANSWERING)
    answer_by_ticket(page, "/b/needs-1")
    expect(page.locator("#receipt")).to_be_hidden()
    page.click("#receipt-details summary")
    mine = receipt(page)
    assert seed not in page.evaluate(EVERYTHING_KEPT)
    start = len(house.asked)
    page.goto("/b/needs-1/receipts")
    page.fill("#mine", mine)
    page.click("#find button")
    told = [f"{path} {headers}" for _method, path, headers in house.asked[start:]]
    bare = mine.replace("-", "").replace(" ", "")
    assert not [one for one in told if mine[:9] in one.upper() or bare[:8] in one.upper()]
