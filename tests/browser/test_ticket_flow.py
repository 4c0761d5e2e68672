"""A member's year in a real Chromium: collect, close the browser, come back another day, answer, check the receipts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select

from survey_app.store.ballot_box import ballot
from tests.browser.conftest import FLAGS, PHONE
from tests.browser.staff_steps import receipt
from tests.browser.ticket_house import AFTER, ANSWERING, COLLECTING, THREE, TicketHouse, answer_by_ticket, ticket_house
from tests.machine import chromium

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TicketHouse]:
    with ticket_house(Path(tmp_path_factory.mktemp("tickets"))) as made:
        yield made


@pytest.fixture(autouse=True)
def collecting_day(house: TicketHouse) -> None:
    house.today(COLLECTING)


class Phone:
    """One person's phone: the browser can be closed and opened again with all it kept."""

    def __init__(self, browser: Browser, house: TicketHouse, profile: Path) -> None:
        self.browser, self.house, self.profile = browser, house, profile
        self.context: BrowserContext | None = None

    def open(self, **options: Any) -> Page:
        self.context = self.browser.browser_type.launch_persistent_context(
            self.profile, executable_path=chromium(), args=FLAGS, viewport=PHONE, base_url=self.house.address, **options
        )
        self.context.set_default_timeout(15_000)
        return self.context.pages[0]

    def close(self) -> None:
        if self.context is not None:
            self.context.close()
        self.context = None


@pytest.fixture
def phone(browser: Browser, house: TicketHouse, tmp_path: Path) -> Iterator[Phone]:
    made = Phone(browser, house, tmp_path / "profile")
    yield made
    made.close()


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
    house: TicketHouse, phone: Phone
) -> None:
    page = collected(phone, "10001")
    assert set(slots(page).values()) == {"held"}
    phone.close()

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

    house.today(AFTER)
    for poll_id in THREE:
        house.seal(poll_id)
    page = phone.open()
    for poll_id in THREE:
        start = len(house.asked)
        page.goto(f"/b/{poll_id}/receipts")
        assert page.input_value("#mine") == receipts[poll_id][:19] + "-" + receipts[poll_id][19:]
        page.click("#find button")
        expect(page.locator("[data-when=there]")).to_be_visible()
        told = receipts[poll_id][:4]
        assert not [path for _, path, _ in house.asked[start:] if told in path.upper()]
        page.fill("#mine", "0" * 32)
        page.click("#find button")
        expect(page.locator("[data-when=missing]")).to_be_visible()
