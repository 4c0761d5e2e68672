"""The officers' pages of tickets in a real Chromium: the term, its poll, marking slips, and the form that makes a poll."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from survey_app.sign_in_settings import SignInSettings
from tests.browser.conftest import PHONE
from tests.browser.serving import served_at
from tests.journeys.test_officers_ticket_polls import FORM, open_a_term
from tests.machine import PATIENCE
from tests.officers_house import OfficersHouse, officers_house

pytestmark = pytest.mark.browser
POLL = "/officers/polls/staff-home-2026"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficersHouse]:
    made = officers_house(Path(tmp_path_factory.mktemp("ticket-pages")), sign_in=SignInSettings(ways=("code",)))
    yield made
    made.close()


@pytest.fixture(scope="module")
def address(house: OfficersHouse) -> Iterator[str]:
    with served_at(house.app) as found:
        yield found


@pytest.fixture
def desk(browser: Browser, house: OfficersHouse, address: str) -> Iterator[Any]:
    contexts = []

    def sit_down(language: str = "zh", **options: Any) -> Page:
        context = browser.new_context(viewport=PHONE, base_url=address, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        cookie = house.desk("union", language).client.get_cookie("officers_session", path="/officers")
        assert cookie is not None
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "domain": "127.0.0.1", "path": "/officers"}])
        return context.new_page()

    yield sit_down
    for context in contexts:
        context.close()


def is_sound(page: Page) -> None:
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    for width in (320, PHONE["width"]):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (page.url, width)


def test_every_page_of_tickets_is_sound(house: OfficersHouse, desk: Any) -> None:
    before = desk()
    before.goto("/officers/terms")
    expect(before.locator("#first_day")).to_be_visible()
    is_sound(before)
    open_a_term(house)
    clerk = house.desk("union")
    checked = clerk.post(FORM, clerk.fields(FORM) | {"way": "ticket"}).text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', checked))
    assert clerk.post(FORM, fields | {"step": "freeze"}).status_code == 303
    for language, scheme in (("zh", "light"), ("en", "dark")):
        page = desk(language, color_scheme=scheme)
        for path in ("/officers/terms", POLL, f"{POLL}/slips", f"{POLL}/slips/mark"):
            page.goto(path)
            is_sound(page)
        expect(page.locator("#staff_number")).to_be_focused()
        page.keyboard.type("nobody")
        page.keyboard.press("Enter")
        expect(page.locator("#errors")).to_be_visible()
        expect(page.locator("#staff_number")).to_be_focused()
        is_sound(page)


def test_by_ticket_the_units_are_the_terms_and_nothing_is_asked_about_them(desk: Any) -> None:
    page = desk()
    page.goto(FORM)
    choices, said = page.locator("#units table"), page.locator("#units .by-term")
    expect(choices).to_be_visible()
    expect(said).to_be_hidden()
    for way in ("ticket", "combined"):
        page.check(f"[name=way][value={way}]")
        expect(said).to_be_visible()
        expect(choices).to_be_hidden()
    is_sound(page)
    page.check("[name=way][value=slip]")
    expect(choices).to_be_visible()
