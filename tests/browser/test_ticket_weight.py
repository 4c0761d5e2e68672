"""What the answering page of a poll by ticket weighs, on a phone without a ticket and on one that holds one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from survey_app.web.assets import ASSETS
from tests.browser.conftest import PHONE
from tests.browser.ticket_house import ANSWERING, COLLECTING, TicketHouse
from tests.browser.ticket_phone import house
from tests.machine import PATIENCE

__all__ = ["house"]  # fixtures
pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, house: TicketHouse) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, base_url=house.address)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def fetched(page: Page, address: str) -> dict[str, int]:
    """Every file of a visit with its bytes on the wire, headers included."""
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - Playwright wants a function
    page.goto(address, wait_until="networkidle")
    sizes = [(request.url.rsplit("/", 1)[1], request.sizes()) for request in finished]
    return {name: size["responseBodySize"] + size["responseHeadersSize"] for name, size in sizes}


@pytest.mark.parametrize("address", ["/b/home-1", "/b/home-1/en", "/b/needs-1", "/b/desk-1"])
def test_the_first_view_is_at_most_five_requests_and_thirty_kilobytes(
    page: Page, house: TicketHouse, address: str
) -> None:
    house.today(ANSWERING)
    files = fetched(page, address)
    assert len(files) <= 5
    assert sum(files.values()) <= 30_000, files


def test_the_script_for_tickets_comes_to_those_who_hold_one_or_came_by_the_poster(
    page: Page, house: TicketHouse
) -> None:
    house.today(ANSWERING)
    assert "tickets.js" not in fetched(page, "/b/home-1")
    page.goto("about:blank")
    assert "tickets.js" in fetched(page, f"/b/home-1#fp={house.fingerprint('home-1')}")
    house.today(COLLECTING)
    house.sign_in(page, house.member())
    page.click("#collect")
    expect(page.locator("[data-when=here]").first).to_be_visible()
    house.today(ANSWERING)
    page.goto("about:blank")
    assert "tickets.js" in fetched(page, "/b/home-1")
    expect(page.locator("p[data-when=held]")).to_be_visible()


def test_it_carries_nothing_of_how_tickets_are_asked_for() -> None:
    script = (ASSETS["staff/tickets.js"].plain or b"").decode()
    assert "function keyOf" in script
    assert not [word for word in ("function inverse", "function seeded", "seedOf") if word in script]
    assert len(ASSETS["staff/tickets.js"].squeezed or b"") < 4_000
