"""Threats on the phone: a member's year in a real Chromium, with every request, header and stored thing looked at."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from survey_app.ballots.encodings import from_base64url, to_base64url
from survey_app.ballots.keys import new_key
from survey_app.ballots.receipts import commitment
from tests.browser.conftest import PHONE
from tests.browser.staff_steps import TEXT, receipt
from tests.browser.ticket_house import AFTER, ANSWERING, COLLECTING, TicketHouse, answer_by_ticket, ticket_house
from tests.machine import PATIENCE
from tests.secrecy.threats import threat

pytestmark = pytest.mark.browser
POLL = "home-1"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TicketHouse]:
    with ticket_house(Path(tmp_path_factory.mktemp("watched"))) as made:
        yield made


def new_phone(browser: Browser, house: TicketHouse) -> BrowserContext:
    context = browser.new_context(viewport=PHONE, base_url=house.address)
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def page(browser: Browser, house: TicketHouse) -> Iterator[Page]:
    house.today(COLLECTING)
    context = new_phone(browser, house)
    yield context.new_page()
    context.close()


def collect(page: Page, house: TicketHouse) -> None:
    house.sign_in(page, house.member())
    page.click("#collect")
    expect(page.locator("p.banner[data-when=here]")).to_be_visible()


@dataclass(frozen=True)
class Year:
    """A member who collected, answered one poll, kept the receipt and left the page open. `sent`: the ballot's body."""

    page: Page
    seed: str
    sent: dict[str, Any]
    receipt: str
    addresses: tuple[str, ...]
    asked: tuple[tuple[str, str, dict[str, str]], ...]
    headers: tuple[tuple[str, dict[str, str]], ...]


@pytest.fixture(scope="module")
def year(browser: Browser, house: TicketHouse) -> Iterator[Year]:
    house.today(COLLECTING)
    context = new_phone(browser, house)
    page = context.new_page()
    addresses: list[str] = []
    headers: list[tuple[str, dict[str, str]]] = []
    sent: list[dict[str, Any]] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("response", lambda response: headers.append((response.url, response.headers)))
    page.on("request", lambda one: sent.append(one.post_data_json) if one.url.endswith("/ballots") else None)
    start = len(house.asked)
    collect(page, house)
    seed = json.loads(page.evaluate("localStorage.getItem('survey.booklet')"))["seed"]
    house.today(ANSWERING)
    answer_by_ticket(page, f"/b/{POLL}")
    page.click("#receipt-details summary")
    shown = receipt(page)
    page.click("#keep-receipt button")
    asked = tuple(house.asked[start:])
    yield Year(page, seed, sent[0], shown, tuple(addresses), asked, tuple(headers))
    context.close()


def kept(page: Page) -> dict[str, str]:
    """Everything the browser keeps for this address, as text by name."""
    found: dict[str, str] = page.evaluate(
        """async () => {
          const all = {};
          for (const store of [localStorage, sessionStorage])
            for (const name of Object.keys(store)) all[name] = store.getItem(name);
          for (const one of await indexedDB.databases()) all['indexedDB ' + one.name] = '';
          for (const name of self.caches ? await caches.keys() : []) all['cache ' + name] = '';
          all['cookies'] = document.cookie;
          return all;
        }"""
    )
    return {name: value for name, value in found.items() if value or name != "cookies"}


@threat(8)
def test_the_session_of_a_member_rides_along_to_the_ballot_box(house: TicketHouse, year: Year) -> None:
    """The member is signed in all the time: the cookie goes to the account alone, and a ballot with one is refused."""
    (cookie,) = year.page.context.cookies()
    assert (cookie["path"], cookie["httpOnly"], cookie["sameSite"]) == ("/account", True, "Strict")
    with_cookie = {path for _, path, headers in year.asked if "cookie" in headers}
    assert with_cookie
    assert all(path.startswith("/account") for path in with_cookie)
    assert [path for _, path, _ in year.asked if path.endswith("/ballots")]
    client = house.house.app.test_client(use_cookies=False)
    name = f"{cookie['name']}={cookie['value']}"
    for address in (f"/b/waves/{POLL}/ballots", f"/b/{POLL}/ballots"):
        for said in ({"Cookie": name}, {"Authorization": "Bearer x"}):
            refused = client.post(address, json=year.sent, headers=said)
            assert (refused.status_code, refused.json) == (400, {"error": "identifying_header"})


@threat(9)
def test_watching_every_request_of_a_member_s_year(house: TicketHouse, year: Year) -> None:
    assert len(year.addresses) > 10
    assert not [address for address in year.addresses if not address.startswith((house.address, "data:"))]
    assert not [path for _, path, headers in year.asked if "referer" in headers and not path.startswith("/account")]
    for address, headers in year.headers:
        if address.startswith(house.address):
            assert headers["referrer-policy"] == "no-referrer", address
            assert headers["content-security-policy"].startswith("default-src 'none'"), address
    assert not [address for address in year.addresses if year.seed in address or year.receipt[:9] in address]


@threat(10)
def test_reading_what_the_last_user_of_a_phone_answered(year: Year) -> None:
    """Afterwards only the booklet of the tickets still to come and the receipt are left, and going back shows nothing."""
    assert TEXT in json.dumps(year.sent, ensure_ascii=False)
    left = kept(year.page)
    assert set(left) == {"survey.booklet", f"survey.receipt.{POLL}"}
    assert TEXT not in json.dumps(left, ensure_ascii=False)
    page = year.page.context.new_page()
    page.goto(f"/b/{POLL}")
    expect(page.locator("#answers")).to_be_hidden()
    assert TEXT not in page.content()
    assert not page.locator("input[type=radio]:checked").count()
    page.close()
    ballots = [headers for address, headers in year.headers if address.endswith("/ballots")]
    assert [headers["cache-control"] for headers in ballots] == ["no-store"]


@threat(20)
def test_showing_what_one_answered_after_it_is_sent(year: Year) -> None:
    """The receipt hides the answers behind 32 random bytes that are gone: nobody can be made to prove anything."""
    left = json.dumps(kept(year.page), ensure_ascii=False)
    opener = from_base64url(year.sent["opener"], 32)
    committed = commitment(opener, year.sent["answers"].encode())
    for part in (opener, committed):
        assert to_base64url(part) not in left
        assert part.hex() not in left
    for name in ("prepared", "sig", "answers"):
        assert year.sent[name] not in left, name
    assert not [one for one in year.sent["comments"] if one["opener"] in left or one["text"] in left]


@threat(25)
def test_keeping_the_seed_after_answering(year: Year) -> None:
    assert len(year.seed) == 43
    assert year.seed not in json.dumps(kept(year.page))


@threat(26)
def test_answering_on_the_day_of_collecting(house: TicketHouse, page: Page) -> None:
    """The page of a poll in two phases holds it back until the next day; nothing is sent before."""
    house.today(ANSWERING)
    collect(page, house)
    start = len(house.asked)
    page.goto("/b/needs-1")
    expect(page.locator("[data-when=wait]")).to_be_visible()
    expect(page.locator("#go")).to_be_hidden()
    assert not [path for method, path, _ in house.asked[start:] if method == "POST"]
    house.today(ANSWERING.replace(day=ANSWERING.day + 1))
    page.reload()
    expect(page.locator("#go")).to_be_visible()


@threat(1)
@pytest.mark.parametrize("collected", [False, True])
def test_sending_one_person_a_key_of_their_own(house: TicketHouse, page: Page, collected: bool) -> None:
    """Before collecting and before answering: the page stops and sends nothing."""

    def swap(route: Route) -> None:
        told = json.loads(route.fetch().body())
        for unit in told["units"]:
            own = new_key().public
            unit |= {"n": to_base64url(own.n_bytes), "key_id": to_base64url(own.key_id)}
        body = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        route.fulfill(body=body, content_type="application/json")

    if collected:
        collect(page, house)
        house.today(ANSWERING)
    else:
        house.sign_in(page, house.member())
    page.route("**/b/waves/2026-*/manifest", swap)
    start = len(house.asked)
    if collected:
        page.goto(f"/b/{POLL}")
    else:
        page.click("#collect")
    expect(page.locator("[data-when=bad]")).to_be_visible()
    assert not [path for method, path, _ in house.asked[start:] if method == "POST"]


@threat(25)
def test_finding_a_receipt_without_telling_which(house: TicketHouse, year: Year) -> None:
    """The whole list comes to the browser, which compares by itself: no request carries the receipt."""
    house.today(AFTER)
    house.seal(POLL)
    start = len(house.asked)
    bodies: list[str] = []
    year.page.on("request", lambda request: bodies.append(request.url + str(request.post_data)))
    year.page.goto(f"/b/{POLL}/receipts")
    year.page.click("#find button")
    expect(year.page.locator("[data-when=there]")).to_be_visible()
    assert len(house.asked) > start
    for said in (*bodies, *(path + str(headers) for _, path, headers in house.asked[start:])):
        assert year.receipt[:4] not in said.upper()
