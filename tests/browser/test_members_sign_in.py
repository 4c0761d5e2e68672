"""Members sign in in a real browser, where a cookie is strict: from the campus account's site, from a web mailbox, with a printed code."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from survey_app.services import members, personal_codes
from survey_app.sign_in_settings import SignInSettings
from tests.browser.conftest import PHONE
from tests.browser.serving import served_at
from tests.cas_provider import cas_provider
from tests.machine import PATIENCE
from tests.members_house import MembersHouse, members_house
from tests.openid_provider import CLIENT, SECRET, openid_provider
from tests.real_server import free_port

pytestmark = pytest.mark.browser
PEOPLE = {"li": {"sub": "7f3a", "preferred_username": "10001"}}


@dataclass
class Open:
    """The served house and what it was asked: path and Cookie header."""

    house: MembersHouse
    address: str
    asked: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Served on 127.0.0.1; both providers call themselves localhost, which is another site."""
    port, folder = free_port(), Path(tmp_path_factory.mktemp("members"))
    ours = f"http://127.0.0.1:{port}"
    with (
        openid_provider(f"{ours}/account/sign-in/oidc/back", PEOPLE) as oidc,
        cas_provider(folder, "10003", "a long pass phrase") as cas,
    ):
        ways = SignInSettings(
            ways=("oidc", "cas", "email", "code"),
            smtp="smtp://127.0.0.1:9",
            mail_from="union@jut.example",
            oidc_issuer=oidc.issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
            cas=cas,
        )
        house = members_house(folder / "house", ways, public_address=ours)
        found = Open(house, ours)

        def noting(environ: dict[str, Any], start_response: Any) -> Any:
            found.asked.append((environ["PATH_INFO"], environ.get("HTTP_COOKIE", "")))
            return house.app(environ, start_response)

        with served_at(noting, port):
            yield found
        house.close()


@pytest.fixture
def phone(browser: Browser, door: Open) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, base_url=door.address)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def say_yes(phone: Page, name: str) -> None:
    phone.get_by_text(name, exact=True).first.wait_for()
    assert not [one for one in phone.context.cookies() if one["name"] == "token"]
    phone.get_by_role("button", name="是我，登录").click()
    phone.get_by_role("button", name="退出").wait_for()
    assert "/account/sign-in" not in phone.url


def session_cookie(phone: Page) -> Any:
    return next(one for one in phone.context.cookies() if one["name"] == "account_session")


def test_coming_back_from_openid_connect_ends_signed_in_with_a_strict_cookie(phone: Page) -> None:
    phone.goto("/account/sign-in")
    phone.get_by_role("link", name="用统一身份认证登录").first.click()
    phone.fill("#user", "li")
    phone.get_by_role("button", name="Sign in").click()
    say_yes(phone, "会员10001")
    cookie = session_cookie(phone)
    assert (cookie["sameSite"], cookie["path"], cookie["httpOnly"]) == ("Strict", "/account", True)
    assert not [one for one in phone.context.cookies() if one["name"] == "account_step"]


def test_coming_back_from_cas_ends_signed_in(phone: Page) -> None:
    phone.goto("/account/sign-in")
    phone.get_by_role("link", name="用统一身份认证登录").last.click()
    phone.fill("input[name=username]", "10003")
    phone.fill("input[name=password]", "a long pass phrase")
    phone.locator("form [type=submit]").first.click()
    say_yes(phone, "会员10003")


def test_a_link_in_a_web_mailbox_of_another_site_signs_in(phone: Page, door: Open) -> None:
    token = members.token_for_staff_number(door.house.stores, "10005", datetime.now(UTC))
    mailbox = Flask("mailbox")
    mailbox.add_url_rule("/", "mail", lambda: f'<a href="{door.address}/account/link/{token}">open</a>')
    with served_at(mailbox) as address:
        phone.goto(address.replace("127.0.0.1", "localhost"))
        phone.get_by_text("open").click()
        say_yes(phone, "会员10005")


def test_the_code_behind_a_printed_qr_code_fills_the_field_and_no_request_carries_it(phone: Page, door: Open) -> None:
    drawn = personal_codes.draw_personal_codes(door.house.stores, "B15", "union")
    (one,) = drawn["医学院分工会"]
    door.asked.clear()
    phone.goto(f"/account/sign-in#c={one.code}")
    assert phone.input_value("#code") == one.code
    assert one.code not in phone.url
    assert not any(one.code in path for path, _cookie in door.asked)
    phone.get_by_role("button", name="用登录码登录").click()
    say_yes(phone, one.name)


def test_the_members_cookie_never_goes_to_the_staff_door(phone: Page, door: Open) -> None:
    token = members.token_for_staff_number(door.house.stores, "10006", datetime.now(UTC))
    phone.goto(f"/account/link/{token}")
    say_yes(phone, "会员10006")
    door.asked.clear()
    phone.goto("/")
    phone.goto("/anonymity")
    assert {cookie for _path, cookie in door.asked} == {""}
    phone.goto("/account/")
    assert door.asked[-1][1] or any(cookie for path, cookie in door.asked if path.startswith("/account"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_on_the_pages_of_signing_in(phone: Page, door: Open, language: str) -> None:
    token = members.token_for_staff_number(door.house.stores, "10007", datetime.now(UTC))
    for path in (f"/account/sign-in?lang={language}", f"/account/link/{token}", "/account/link/none"):
        phone.goto(path)
        found = Axe().run(phone)
        assert found.violations_count == 0, found.generate_report()
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
