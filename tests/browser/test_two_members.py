"""Two members at one phone, and what a poster's fingerprint goes through, in a real Chromium."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.test_ticket_flow import collected, slots, stored
from tests.browser.ticket_house import ANSWERING, TicketHouse, answer_by_ticket, ask_in_vain
from tests.browser.ticket_phone import Phone, house, phone

__all__ = ["house", "phone"]  # fixtures
pytestmark = pytest.mark.browser


def test_the_second_of_one_unit_does_not_ask_with_the_first_ones_seed_and_neither_loses_a_ticket(
    house: TicketHouse, phone: Phone
) -> None:
    """The first one's answer was lost: asked for, and not yet here."""
    first, second = house.member(), house.member()
    page = phone.open()
    house.sign_in(page, first)
    ask_in_vain(page)
    house.sign_in(page, second)
    expect(page.locator("section[data-when=others]")).to_be_visible()
    expect(page.locator("#again")).to_be_hidden()
    page.click("#leave-nothing")
    page.click("#collect")
    expect(page.locator("div[data-when=memory]")).to_be_visible()
    assert len(page.inner_text("#recovery").replace(" ", "")) == 52
    assert set(slots(page).values()) == {"requested"}
    house.sign_in(page, first)
    page.click("#again")
    expect(page.locator("p.banner[data-when=here]")).to_be_visible()
    assert set(slots(page).values()) == {"held"}


def test_who_collected_elsewhere_is_not_told_that_a_colleagues_tickets_are_theirs(
    browser: Browser, house: TicketHouse, phone: Phone, tmp_path: Path
) -> None:
    first, second = house.member(), house.member()
    elsewhere = Phone(browser, house, tmp_path / "elsewhere")
    collected(elsewhere, second)
    elsewhere.close()
    page = collected(phone, first)
    house.sign_in(page, second)
    expect(page.locator("section[data-when=others]")).to_be_visible()
    expect(page.locator("p.banner[data-when=here]")).to_be_hidden()


def test_with_the_first_ballot_goes_whose_booklet_it_is_and_the_page_says_so(house: TicketHouse, phone: Phone) -> None:
    first = house.member()
    page = collected(phone, first)
    assert "owner" in json.loads(stored(page)["survey.booklet"])
    house.today(ANSWERING)
    answer_by_ticket(page, "/b/home-1")
    book = json.loads(stored(page)["survey.booklet"])
    assert "owner" not in book
    assert first not in stored(page)["survey.booklet"]
    house.sign_in(page, first)
    expect(page.locator("#whose-here")).to_be_visible()


def test_a_new_years_booklet_leaves_the_tickets_of_the_year_before(house: TicketHouse, phone: Phone) -> None:
    page = phone.open()
    page.goto("/anonymity")
    before = {"term": "2025", "unit": "b07", "seed": "", "slots": {"2025-09": {"state": "held", "day": "2025-11-02"}}}
    page.evaluate("book => localStorage.setItem('survey.booklet', JSON.stringify(book))", before)
    house.sign_in(page, house.member())
    page.click("#collect")
    expect(page.locator("p.banner[data-when=here]")).to_be_visible()
    assert slots(page)["2025-09"] == "held"
    assert len(slots(page)) == 5


def test_the_posters_fingerprint_outlives_the_signing_in(house: TicketHouse, phone: Phone) -> None:
    page = phone.open()
    page.goto(f"/account/#fp={house.fingerprint('home-1')}")
    expect(page.locator("#code")).to_be_visible()
    house.sign_in(page, house.member())
    expect(page.locator("#compared-fp")).to_be_visible()
    expect(page.locator("#compare-fp")).to_be_hidden()
    page.goto("/account/?lang=en")
    page.click("#collect")
    expect(page.locator("section[data-when=bad]")).to_be_visible()
    page.goto("about:blank")
    page.goto(f"/account/#fp={house.term.fingerprint}")
    page.click("#collect")
    expect(page.locator("p.banner[data-when=here]")).to_be_visible()
    assert set(stored(page)) == {"survey.booklet"}


def test_the_language_switch_takes_the_posters_fingerprint_along(house: TicketHouse, phone: Phone) -> None:
    page = collected(phone, house.member())
    house.today(ANSWERING)
    page.goto(f"/b/home-1#fp={house.fingerprint('needs-1')}")
    expect(page.locator("[data-when=bad]")).to_be_visible()
    page.click("#other-language")
    expect(page).to_have_url(f"{house.address}/b/home-1/en")
    expect(page.locator("[data-when=bad]")).to_be_visible()


def test_a_script_that_was_changed_on_its_way_does_not_run(house: TicketHouse, phone: Phone) -> None:
    """The page names the SHA-384 of every script: whatever sits between cannot change one alone."""
    page = phone.open()

    def changed(route: Route) -> None:
        route.fulfill(body=route.fetch().body() + b"\nwindow.changed = 1;", content_type="text/javascript")

    page.route("**/collect.js", changed)
    page.route("**/page.js", changed)
    house.sign_in(page, house.member())
    expect(page.locator("section[data-when=unable]")).to_be_visible()
    house.today(ANSWERING)
    page.goto("/b/home-1")
    assert page.evaluate("window.changed") is None
