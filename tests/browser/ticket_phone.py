"""A member's phone in a university that answers by ticket, as fixtures: `house` once a file, `phone` anew for each test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import FLAGS, PHONE
from tests.browser.ticket_house import COLLECTING, TicketHouse, ticket_house
from tests.machine import PATIENCE, chromium


class Phone:
    """One person's phone: the browser can be closed and opened again with all it kept."""

    def __init__(self, browser: Browser, house: TicketHouse, profile: Path) -> None:
        self.browser, self.house, self.profile = browser, house, profile
        self.context: BrowserContext | None = None

    def open(self, **options: Any) -> Page:
        self.context = self.browser.browser_type.launch_persistent_context(
            self.profile, executable_path=chromium(), args=FLAGS, viewport=PHONE, base_url=self.house.address, **options
        )
        self.context.set_default_timeout(PATIENCE)
        return self.context.pages[0]

    def close(self) -> None:
        if self.context is not None:
            self.context.close()
        self.context = None


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TicketHouse]:
    with ticket_house(Path(tmp_path_factory.mktemp("tickets"))) as made:
        yield made


@pytest.fixture
def phone(browser: Browser, house: TicketHouse, tmp_path: Path) -> Iterator[Phone]:
    """In somebody's hand on a day of collecting."""
    house.today(COLLECTING)
    made = Phone(browser, house, tmp_path / "profile")
    yield made
    made.close()
