"""A staff door with one poll of each way, and a reader of its pages."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.staff_house import StaffHouse, open_poll, staff_house

SLIP_POLL, OPEN_POLL, NEEDS_POLL = "home-2026", "home-open", "needs-2026"


class Page(HTMLParser):
    """What a person without script has of a page: its title, its links, and a form to fill in."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__()
        self.status, self.text = response.status_code, response.text
        self.title = self.lang = ""
        self.fields: list[tuple[str, str]] = []
        self.choices: dict[str, list[str]] = {}
        self.buttons: list[str] = []
        self._in = ""
        self._option_of = ""
        self.feed(response.text)
        self.title = self.title.strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        self._in = tag
        name = at.get("name", "")
        if tag == "html":
            self.lang = at["lang"]
        elif tag == "button" and name == "go":
            self.buttons.append(at["value"])
        elif tag == "select":
            self._option_of = name
        elif tag == "option" and at["value"]:
            self.choices.setdefault(self._option_of, []).append(at["value"])
            if "selected" in at:
                self.fields.append((self._option_of, at["value"]))
        elif tag == "textarea":
            self.choices.setdefault(name, [])
        elif tag == "input" and name and at.get("type") in {"radio", "checkbox"}:
            self.choices.setdefault(name, []).append(at["value"])
            if "checked" in at:
                self.fields.append((name, at["value"]))
        elif tag == "input" and name:
            self.fields.append((name, at.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._in == "title":
            self.title += data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        self._in = ""

    def value(self, name: str) -> str:
        return next(value for one, value in self.fields if one == name)


class Visitor:
    """Somebody whose browser runs no script and keeps no cookie."""

    def __init__(self, house: StaffHouse, poll_id: str) -> None:
        self.client = house.app.test_client(use_cookies=False)
        self.poll_id = poll_id
        self.page: Page
        self.response: TestResponse

    def get(self, address: str) -> Page:
        return self._read(self.client.get(address))

    def start(self, **fields: str) -> Page:
        return self._read(
            self.client.post(f"/b/{self.poll_id}/sections", data={"at": "start", "language": "zh", **fields})
        )

    def press(self, go: str = "next", **given: str | list[str]) -> Page:
        """Press a button with the page's fields as they stand, and these put in."""
        names = {name.replace("__", ".") for name in given}
        data: dict[str, list[str]] = {}
        for name, value in self.page.fields:
            if name not in names:
                data.setdefault(name, []).append(value)
        for name, value in given.items():
            data[name.replace("__", ".")] = value if isinstance(value, list) else [value]
        return self._read(self.client.post(f"/b/{self.poll_id}/sections", data={**data, "go": go}))

    def first_choices(self, **other: str | list[str]) -> dict[str, str | list[str]]:
        """The first choice of every question on this page that has none yet, or `other`."""
        open_ones = {
            name: choices[0]
            for name, choices in self.page.choices.items()
            if choices and name not in {one for one, _ in self.page.fields} and ".2" not in name and ".3" not in name
        }
        return {
            name.replace(".", "__"): value
            for name, value in (open_ones | {k: v for k, v in other.items() if k in self.page.choices}).items()
        }

    def through_to_check(self, **other: str | list[str]) -> Page:
        """Answer everything, section after section."""
        for _ in range(20):
            if "send" in self.page.buttons:
                return self.page
            self.press("next", **self.first_choices(**other))
        raise AssertionError(self.page.title)

    def _read(self, response: TestResponse) -> Page:
        self.response = response
        assert "Set-Cookie" not in response.headers
        assert response.headers["Content-Security-Policy"].startswith(
            "default-src 'none'; script-src 'self'; style-src 'self'"
        )
        assert response.headers["Referrer-Policy"] == "no-referrer"
        self.page = Page(response)
        return self.page


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffHouse]:
    """Shared by the journeys: each takes a slip of its own, so none is in another's way."""
    made = staff_house(Path(tmp_path_factory.mktemp("journeys")))
    open_poll(made, SLIP_POLL, slips=20)
    open_poll(made, OPEN_POLL, way="open")
    open_poll(made, NEEDS_POLL, "needs_annual", way="open")
    yield made
    made.stores.registry.dispose()
    made.stores.ballot_box.dispose()


@pytest.fixture
def visitor(house: StaffHouse) -> Visitor:
    return Visitor(house, SLIP_POLL)


@pytest.fixture
def open_visitor(house: StaffHouse) -> Visitor:
    return Visitor(house, OPEN_POLL)


@pytest.fixture
def needs_visitor(house: StaffHouse) -> Visitor:
    return Visitor(house, NEEDS_POLL)
