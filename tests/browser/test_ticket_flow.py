"""A member's year in a real Chromium: collect, close the browser, come back another day, answer, check the receipts."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import func, select

from survey_app.ballots import crockford
from survey_app.ballots.encodings import to_base64url
from survey_app.ballots.keys import new_key
from survey_app.store.ballot_box import ballot
from tests.browser.conftest import PHONE
from tests.browser.staff_steps import answer_all, receipt
from tests.browser.ticket_house import (
    AFTER,
    ANSWERING,
    COLLECTING,
    THREE,
    TicketHouse,
    answer_by_ticket,
    ask_in_vain,
    ticket_house,
)
from tests.browser.ticket_phone import Phone, house, phone

__all__ = ["house", "phone"]  # fixtures
pytestmark = pytest.mark.browser
FITS = """() => {
    const field = document.getElementById("mine");
    return field.scrollWidth <= field.clientWidth && field.scrollHeight <= field.clientHeight;
}"""


@pytest.fixture(autouse=True)
def collecting_day(house: TicketHouse) -> None:
    house.today(COLLECTING)


@pytest.fixture
def other_phone(browser: Browser, house: TicketHouse, tmp_path: Path) -> Iterator[Phone]:
    made = Phone(browser, house, tmp_path / "other")
    yield made
    made.close()


def stored(page: Page) -> dict[str, str]:
    found: dict[str, str] = json.loads(page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))
    return found


def slots(page: Page) -> dict[str, str]:
    """States by slot."""
    book = json.loads(stored(page).get("survey.booklet", '{"slots": {}}'))
    return {slot: entry["state"] for slot, entry in book["slots"].items()}


def collected(phone: Phone, staff_number: str) -> Page:
    page = phone.open()
    phone.house.sign_in(page, staff_number)
    page.click("#collect")
    expect(page.locator("p.banner[data-when=here]")).to_be_visible()
    return page


def ballots(house: TicketHouse, poll_id: str) -> int:
    with house.house.stores.ballot_box.connect() as connection:
        return connection.scalar(select(func.count()).where(ballot.c.poll_id == poll_id)) or 0


def test_a_member_collects_comes_back_answers_three_polls_and_finds_three_receipts(
    browser: Browser, tmp_path: Path
) -> None:
    with ticket_house(tmp_path / "house") as house:  # of its own: its polls are sealed in the end
        phone = Phone(browser, house, tmp_path / "profile")
        collects_and_comes_back(house, phone)
        receipts = answers_three_polls(house, phone)
        finds_three_receipts(house, phone, receipts)
        phone.close()


def collects_and_comes_back(house: TicketHouse, phone: Phone) -> None:
    page = collected(phone, house.member())
    assert set(slots(page).values()) == {"held"}
    phone.close()


def answers_three_polls(house: TicketHouse, phone: Phone) -> dict[str, str]:
    house.today(ANSWERING)
    page = phone.open()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    start = len(house.asked)
    receipts = {}
    for poll_id in THREE:
        answer_by_ticket(page, f"/b/{poll_id}?from=singlemessage#fp={house.fingerprint(poll_id)}")
        page.click("#receipt-details summary")
        receipts[poll_id] = receipt(page)
        page.click("#keep-receipt button")
    assert all(url.startswith(house.address) for url in seen)
    for _method, path, headers in house.asked[start:]:
        assert not {"cookie", "referer", "authorization"} & headers.keys(), path
        assert not path.startswith("/account")
    assert [ballots(house, poll_id) for poll_id in THREE] == [1, 1, 1]
    kept = stored(page)
    assert {name for name in kept if name != "survey.booklet"} == {f"survey.receipt.{poll_id}" for poll_id in THREE}
    book = json.loads(kept["survey.booklet"])
    assert not book["seed"]
    assert list(book["slots"].values()).count({"state": "done"}) == 3
    phone.close()
    return receipts


def finds_three_receipts(house: TicketHouse, phone: Phone, receipts: dict[str, str]) -> None:
    house.today(AFTER)
    for poll_id in THREE:
        house.seal(poll_id)
    page = phone.open()
    for poll_id in THREE:
        start = len(house.asked)
        page.goto(f"/b/{poll_id}/receipts")
        is_sound(page)
        assert page.input_value("#mine") == receipts[poll_id][:19] + "\n" + receipts[poll_id][19:]
        is_shown_whole(page)
        page.click("#find button")
        expect(page.locator("[data-when=there]")).to_be_visible()
        told = receipts[poll_id][:4]
        assert not [path for _, path, _ in house.asked[start:] if told in path.upper()]
        page.fill("#mine", "0" * 32)
        page.press("#mine", "Enter")
        expect(page.locator("[data-when=missing]")).to_be_visible()
        assert page.input_value("#mine") == "\n".join(["0000-0000-0000-0000"] * 2)


def is_shown_whole(page: Page) -> None:
    """Not a letter of the receipt is out of sight, neither as it was kept nor typed in one go."""
    kept = page.input_value("#mine")
    for width in (PHONE["width"], 320):
        page.set_viewport_size({"width": width, "height": 844})
        for typed in (kept, kept.replace("\n", "-")):
            page.fill("#mine", typed)
            assert page.evaluate(FITS), (typed, width)
    page.set_viewport_size(PHONE)
    page.fill("#mine", kept)


def tampered(body: bytes, **changes: Any) -> bytes:
    return json.dumps(json.loads(body) | changes, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def with_other_key(body: bytes) -> bytes:
    """A manifest in which one unit has another key, well formed: what a server would send to mark one person."""
    told = json.loads(body)
    key = new_key().public
    told["units"][0] |= {"n": to_base64url(key.n_bytes), "key_id": to_base64url(key.key_id)}
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def swapped(page: Page, slot_or_poll: str, change: Callable[[bytes], bytes]) -> None:
    """This person alone is sent another manifest."""

    def answer(route: Route) -> None:
        route.fulfill(body=change(route.fetch().body()), content_type="application/json")

    page.route(f"**/b/waves/{slot_or_poll}/manifest", answer)


def test_a_key_swapped_for_one_person_is_noticed_before_anything_is_asked_for(house: TicketHouse, phone: Phone) -> None:
    me = house.member()
    page = phone.open()
    swapped(page, "2026-02", with_other_key)
    house.sign_in(page, me)
    start = len(house.asked)
    page.click("#collect")
    expect(page.locator("[data-when=bad]")).to_be_visible()
    assert not [path for method, path, _ in house.asked[start:] if method == "POST"]
    assert stored(page) == {}


def test_another_fingerprint_in_the_address_stops_the_collecting(house: TicketHouse, phone: Phone) -> None:
    me = house.member()
    page = phone.open()
    house.sign_in(page, me)
    page.goto("about:blank")
    page.goto(f"/account/#fp={house.fingerprint('home-1')}")
    page.click("#collect")
    expect(page.locator("[data-when=bad]")).to_be_visible()
    assert set(stored(page)) == {"survey.fingerprint"}
    page.goto("about:blank")
    page.goto(f"/account/#fp={house.term.fingerprint}")
    page.click("#collect")
    expect(page.locator("p.banner[data-when=here]")).to_be_visible()


@pytest.mark.parametrize(
    ("wave", "change"),
    [
        ("2026-01", with_other_key),
        ("home-1", lambda body: tampered(body, slot_manifest_hash="A" * 43)),
        ("home-1", lambda body: tampered(body, mode="combined")),
    ],
    ids=["key", "slot of the poll", "mode"],
)
def test_a_swapped_manifest_stops_the_answering_before_anything_is_sent(
    house: TicketHouse, phone: Phone, wave: str, change: Callable[[bytes], bytes]
) -> None:
    me = house.member()
    page = collected(phone, me)
    house.today(ANSWERING)
    swapped(page, wave, change)
    start = len(house.asked)
    page.goto("/b/home-1")
    expect(page.locator("[data-when=bad]")).to_be_visible()
    expect(page.locator("#go")).to_be_disabled()
    assert not [path for method, path, _ in house.asked[start:] if method == "POST"]


def test_another_fingerprint_in_the_address_stops_the_answering(house: TicketHouse, phone: Phone) -> None:
    me = house.member()
    page = collected(phone, me)
    house.today(ANSWERING)
    page.goto(f"/b/home-1#fp={house.fingerprint('needs-1')}")
    expect(page.locator("[data-when=bad]")).to_be_visible()


def test_without_a_fingerprint_the_page_shows_the_one_to_compare(house: TicketHouse, phone: Phone) -> None:
    me = house.member()
    page = collected(phone, me)
    house.today(ANSWERING)
    page.goto("/b/home-1?from=singlemessage")
    expect(page.locator("#found-fp")).to_have_text(crockford.grouped(house.fingerprint("home-1")))
    page.goto("about:blank")
    page.goto(f"/b/home-1#fp={house.fingerprint('home-1')}")
    expect(page.locator("p[data-when=held]")).to_be_visible()
    expect(page.locator("#compare-fp")).to_be_hidden()


def test_nobody_answers_on_the_day_of_collecting_unless_the_poll_is_combined_and_says_so(
    house: TicketHouse, phone: Phone
) -> None:
    me = house.member()
    house.today(ANSWERING)
    page = collected(phone, me)
    page.goto("/b/home-1")
    expect(page.locator("[data-when=wait]")).to_be_visible()
    expect(page.locator("#go")).to_be_hidden()
    page.goto("/b/desk-1")
    expect(page.locator("#by-ticket")).to_contain_text("理论上可以按时间去猜")
    answer_by_ticket(page, "/b/desk-1")
    assert ballots(house, "desk-1") == 1


def test_the_recovery_code_brings_the_same_tickets_to_another_phone(
    house: TicketHouse, phone: Phone, other_phone: Phone
) -> None:
    me = house.member()
    page = collected(phone, me)
    first = json.loads(stored(page)["survey.booklet"])
    page.click("#reveal")
    code = page.inner_text("#recovery")
    assert len(code.replace(" ", "")) == 52
    other = other_phone.open()
    house.sign_in(other, me)
    expect(other.locator("[data-when=elsewhere]")).to_be_visible()
    other.fill("#code", "7" * 52)
    other.click("#recover button")
    expect(other.locator("#code-e")).not_to_be_empty()
    start = len(house.asked)
    other.fill("#code", code.lower().replace("0", "o"))
    other.click("#recover button")
    expect(other.locator("p.banner[data-when=here]")).to_be_visible()
    second = json.loads(stored(other)["survey.booklet"])
    assert [entry["sig"] for entry in second["slots"].values()] == [entry["sig"] for entry in first["slots"].values()]
    assert not [path for _, path, _ in house.asked[start:] if code[:4] in path.upper()]


def test_somebody_elses_recovery_code_brings_nothing_and_uses_nothing_up(
    house: TicketHouse, phone: Phone, other_phone: Phone
) -> None:
    me, somebody = house.member(), house.member()
    page = collected(phone, me)
    page.click("#reveal")
    code = page.inner_text("#recovery")
    collected(other_phone, somebody)
    other_phone.close()
    other_phone.profile = other_phone.profile.with_name("third")
    other = other_phone.open()
    house.sign_in(other, somebody)
    other.fill("#code", code)
    other.click("#recover button")
    expect(other.locator("#said")).to_contain_text("不是您那一份的找回码")
    assert stored(other) == {}


def test_a_lost_answer_leaves_the_seed_and_the_same_button_heals_it(house: TicketHouse, phone: Phone) -> None:
    me = house.member()
    page = phone.open()
    house.sign_in(page, me)

    asked = ask_in_vain(page)
    assert len(asked) == 5
    assert len(set(asked)) == 1
    expect(page.locator("#progress")).to_be_empty()
    assert set(slots(page).values()) == {"requested"}
    phone.close()
    page = phone.open()
    house.sign_in(page, me)
    expect(page.locator("[data-when=half]")).to_be_visible()
    page.click("#again")
    expect(page.locator("p.banner[data-when=here]")).to_be_visible()
    assert set(slots(page).values()) == {"held"}


def test_the_seed_is_written_down_before_the_first_request(house: TicketHouse, phone: Phone) -> None:
    me = house.member()
    page = phone.open()
    house.sign_in(page, me)
    books: list[dict[str, Any]] = []

    def look(route: Route) -> None:
        books.append(json.loads(page.evaluate("localStorage.getItem('survey.booklet')")))
        route.continue_()

    page.route("**/tickets", look)
    page.click("#collect")
    expect(page.locator("p.banner[data-when=here]")).to_be_visible()
    assert len(books[0]["seed"]) == 43
    assert {entry["state"] for entry in books[0]["slots"].values()} == {"requested"}


def test_a_browser_that_keeps_nothing_asks_for_nothing(house: TicketHouse, phone: Phone) -> None:
    me = house.member()
    page = phone.open()
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    house.sign_in(page, me)
    start = len(house.asked)
    page.click("#collect")
    expect(page.locator("#said")).to_contain_text("不让存东西")
    assert not [path for method, path, _ in house.asked[start:] if method == "POST"]


def test_a_shared_computer_keeps_nothing_and_shows_the_recovery_code_at_once(
    house: TicketHouse, phone: Phone, other_phone: Phone
) -> None:
    me = house.member()
    page = phone.open()
    house.sign_in(page, me)
    page.check("#public")
    page.click("#collect")
    expect(page.locator("div[data-when=memory]")).to_be_visible()
    code = page.inner_text("#recovery")
    assert stored(page) == {}
    other = other_phone.open()
    house.sign_in(other, me)
    other.fill("#code", code)
    other.click("#recover button")
    expect(other.locator("p.banner[data-when=here]")).to_be_visible()


def test_a_phone_with_somebody_elses_booklet_collects_no_second_one(house: TicketHouse, phone: Phone) -> None:
    me, somebody = house.member(), house.member()
    page = collected(phone, me)
    phone.house.sign_in(page, somebody)
    expect(page.locator("[data-when=others]")).to_be_visible()
    expect(page.locator("#collect")).to_be_hidden()


def test_a_person_without_a_ticket_here_is_told_three_ways_on(house: TicketHouse, phone: Phone) -> None:
    house.today(ANSWERING)
    page = phone.open()
    page.goto("/b/home-1")
    expect(page.locator("#by-ticket li")).to_have_count(3)
    expect(page.locator("#code")).to_be_visible()


@pytest.mark.parametrize("without", ["BigInt", "script"])
def test_an_old_browser_is_led_to_another_one_or_to_a_slip(house: TicketHouse, phone: Phone, without: str) -> None:
    me = house.member()
    page = phone.open(java_script_enabled=without != "script")
    page.add_init_script("delete window.BigInt")
    house.sign_in(page, me)
    expect(page.locator("[data-when=unable]")).to_be_visible()
    expect(page.locator("#collect")).to_be_hidden()
    house.today(ANSWERING)
    start = len(house.asked)
    page.goto("/b/home-1")
    expect(page.locator("#code")).to_be_visible()
    assert not [path for _, path, _ in house.asked[start:] if "tickets.js" in path]


def test_a_lost_receipt_is_fetched_again_with_the_same_bytes_and_counts_once(house: TicketHouse, phone: Phone) -> None:
    me = house.member()
    page = collected(phone, me)
    house.today(ANSWERING)
    before, bodies = ballots(house, "learning-1"), []

    def lose_once(route: Route) -> None:
        bodies.append(route.request.post_data)
        if len(bodies) > 1:
            route.continue_()
            return
        route.fetch()
        route.abort()

    page.route("**/ballots", lose_once)
    answer_by_ticket(page, "/b/learning-1")
    assert bodies[0] == bodies[1]
    assert ballots(house, "learning-1") == before + 1


def test_a_receipt_of_other_bytes_is_not_taken_for_one(house: TicketHouse, phone: Phone) -> None:
    """A server that drops the ballot and sends any receipt is told from one that counted it."""
    me = house.member()
    page = collected(phone, me)
    house.today(ANSWERING)
    page.route("**/ballots", lambda route: route.fulfill(status=201, json={"receipt": "A" * 43, "ack": "B" * 86}))
    page.goto("/b/desk-1")
    page.click("#go")
    answer_all(page)
    page.click("#send")
    expect(page.locator("#outcome")).to_contain_text("没有连上网")
    page.unroute("**/ballots")
    page.click("#send")
    expect(page.locator("#thanks")).to_be_visible()


def test_when_the_last_ticket_is_spent_nothing_at_all_stays(house: TicketHouse, phone: Phone) -> None:
    me = house.member()
    page = collected(phone, me)
    house.today(ANSWERING)
    for poll_id in (*THREE, "desk-1"):
        answer_by_ticket(page, f"/b/{poll_id}")
    assert stored(page) == {}
    assert page.evaluate("indexedDB.databases().then((found) => found.length)") == 0
    page.go_back()
    expect(page.locator("#answers")).to_have_count(0)


def test_everybody_gets_the_same_bytes(house: TicketHouse) -> None:
    """Signed in or not, whatever the headers: the answering page, the scripts and the manifests."""
    client = house.house.app.test_client()
    house.today(ANSWERING)
    for path in ("/b/home-1", "/b/waves/home-1/manifest", "/b/waves/2026-01/manifest", "/static/now/staff/tickets.js"):
        headers: list[dict[str, str]] = [{}, {"Cookie": "account_session=x"}, {"User-Agent": "MicroMessenger"}]
        assert len({client.get(path, headers=each).data for each in headers}) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    house: TicketHouse, phone: Phone, scheme: str, language: str
) -> None:
    me = house.member()
    page = phone.open(color_scheme=scheme)
    house.today(ANSWERING)
    asked, inside = f"?lang={language}", "/en" if language == "en" else ""
    house.sign_in(page, me)
    page.goto(f"/account/{asked}")
    is_sound(page)
    page.click("#collect")
    page.click("#reveal")
    for summary in page.locator("#booklet summary").all():
        summary.click()
    is_sound(page)
    page.goto(f"/b/home-1{inside}")
    expect(page.locator("[data-when=wait]")).to_be_visible()
    is_sound(page)
    house.today(ANSWERING + timedelta(days=1))
    page.reload()  # the page tells the day, and a browser may keep it for five minutes
    expect(page.locator("p[data-when=held]")).to_be_visible()
    is_sound(page)
    page.evaluate("localStorage.clear()")
    page.goto(f"/account/{asked}")
    expect(page.locator("[data-when=elsewhere]")).to_be_visible()
    is_sound(page)
    page.goto(f"/b/home-1{inside}")
    is_sound(page)
    for path in ("/anonymity", "/boards", "/b/home-1/board", "/b/home-1/receipts"):
        page.goto(path + asked)
        is_sound(page)


def is_sound(page: Page) -> None:
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    for width in (PHONE["width"], 320, 195):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (page.url, width)
    page.set_viewport_size(PHONE)


def test_the_explanation_fits_on_one_phone_screen(house: TicketHouse, phone: Phone) -> None:
    page = phone.open()
    for asked in ("", "?lang=en"):
        page.goto(f"/anonymity{asked}")
        assert page.evaluate("document.getElementById('how').getBoundingClientRect().bottom") <= PHONE["height"]
    assert page.locator(".who tbody tr").count() == 6
