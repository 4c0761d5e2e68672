"""A real Chromium against the real app on a free port of this machine, with polls that are open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.serving import served_at
from tests.machine import PATIENCE
from tests.staff_house import StaffHouse, open_poll, staff_house

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
SLIP_POLL, OPEN_POLL, NEEDS_POLL, LEARNING_POLL = "home-2026", "home-open", "needs-2026", "learning-2026"


@dataclass
class Served:
    """The running service, what it was asked (method, path, headers), and a way to count what it stored."""

    house: StaffHouse
    address: str
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    house = staff_house(Path(tmp_path_factory.mktemp("browser")))
    open_poll(house, SLIP_POLL, slips=20)
    open_poll(house, OPEN_POLL, way="open")
    open_poll(house, NEEDS_POLL, "needs_annual", way="open")
    open_poll(house, LEARNING_POLL, "learning_needs", way="open")
    found = Served(house, "")

    def noting(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        headers = {
            name[5:].lower().replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")
        }
        found.asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], headers))
        return house.app(environ, start_response)

    with served_at(noting) as found.address:
        yield found
    house.stores.registry.dispose()
    house.stores.ballot_box.dispose()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser, served: Served) -> Iterator[NewPage]:
    """Pages of their own browser context; a fault in a script fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": PHONE, "base_url": served.address, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    return new_page()
