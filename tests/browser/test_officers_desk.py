"""The officers' desk in a real Chromium: with and without script, by keyboard, on a phone, in both languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.serving import served_at
from tests.machine import PATIENCE
from tests.officers_house import PASSWORD, OfficersHouse, new_poll, officers_house

pytestmark = pytest.mark.browser
DESK, PHONE, NARROW = ({"width": width, "height": height} for width, height in ((1280, 800), (390, 844), (320, 640)))
PAGES = (
    "/officers/",
    "/officers/questionnaires",
    "/officers/questionnaires/staff_home_annual",
    "/officers/polls",
    "/officers/polls/home-2026",
    "/officers/polls/home-2026/slips",
    "/officers/polls/home-2026/close",
    "/officers/polls/new/staff_home_annual",
    "/officers/polls/new/quick_poll",
    "/officers/units",
    "/officers/units/import",
    "/officers/units/roster",
    "/officers/audit",
)


@dataclass
class Served:
    house: OfficersHouse
    address: str


@pytest.fixture(scope="module")
def officers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    house = officers_house(Path(tmp_path_factory.mktemp("officers-browser")))
    assert new_poll(house).status_code == 303
    with served_at(house.app) as address:
        yield Served(house, address)
    house.close()


@dataclass
class Sitting:
    """A browser context of somebody at the desk; notes faults and where it asked."""

    context: BrowserContext
    page: Page
    faults: list[str]
    asked: set[str]


@pytest.fixture
def sit(browser: Browser, officers: Served) -> Iterator[Any]:
    sittings: list[Sitting] = []

    def sit_down(name: str | None = "union", language: str = "zh", **options: Any) -> Sitting:
        context = browser.new_context(**{"viewport": DESK, "base_url": officers.address, **options})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        sitting = Sitting(context, page, [], set())
        sittings.append(sitting)
        page.on("pageerror", lambda error: sitting.faults.append(str(error)))
        page.on("console", lambda told: sitting.faults.append(told.text) if "Content Security" in told.text else None)
        page.on("request", lambda request: sitting.asked.add(request.url.split("/")[2]))
        if name:
            cookie = officers.house.desk(name, language).client.get_cookie("officers_session", path="/officers")
            assert cookie is not None
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "domain": "127.0.0.1", "path": "/officers"}]
            )
        return sitting

    yield sit_down
    for sitting in sittings:
        sitting.context.close()
        assert not sitting.faults
        assert sitting.asked <= {officers.address.split("/")[2]}


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {each['id']} {each['nodes'][0]['html']}" for each in found]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_on_any_page(sit: Any, viewport: dict[str, int], language: str) -> None:
    page = sit(language=language, viewport=viewport).page
    found = []
    for address in PAGES:
        page.goto(address)
        found += violations(page)
    assert not found


def test_axe_finds_nothing_on_the_sign_in_page_in_the_dark(sit: Any) -> None:
    page = sit(None, color_scheme="dark").page
    page.goto("/officers/sign-in")
    page.get_by_label("登录名").fill("union")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("登录名或密码不对。")
    assert not violations(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_scrolls_sideways_on_a_narrow_phone(sit: Any, language: str) -> None:
    page = sit(language=language, viewport=NARROW).page
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_poll_is_made_from_sign_in_to_freezing(sit: Any, script: bool) -> None:
    page = sit(None, java_script_enabled=script).page
    page.goto("/officers/")
    page.get_by_label("登录名").fill("union")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="题库").click()
    page.get_by_role("link", name="用这份 教职工需求与困难调查").click()
    page.get_by_label("网址里的短名").fill(f"needs-{script:d}-2026")
    page.get_by_label("调查名称").fill("")
    page.get_by_role("button", name="检查一遍").click()
    expect(page.get_by_role("alert")).to_contain_text("有 1 处要改。您已经填的都还在。")
    assert page.title().startswith("错误：")
    page.get_by_label("调查名称").fill("今年的困难")
    page.get_by_role("button", name="检查一遍").click()
    expect(page.get_by_role("heading", name="今年的困难")).to_be_visible()
    page.get_by_role("button", name="定稿锁定").click()
    expect(page.get_by_role("status")).to_contain_text("已定稿锁定")
    expect(page).to_have_url(re.compile(f"/officers/polls/needs-{script:d}-2026$"))


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(sit: Any) -> None:
    page = sit().page
    page.goto("/officers/polls/new/staff_home_annual")
    page.get_by_label("联系方式（中文）", exact=True).fill("")
    page.get_by_role("button", name="检查一遍").click()
    expect(page.locator("#errors")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("联系方式（中文）", exact=True)).to_be_in_viewport()


def test_the_reminder_is_copied_with_one_press(sit: Any) -> None:
    sitting = sit(permissions=["clipboard-read", "clipboard-write"])
    page = sitting.page
    page.goto("/officers/polls/home-2026")
    page.get_by_role("button", name="复制到微信群").click()
    expect(page.locator("#reminder-status")).to_have_text("已复制，去微信群粘贴")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#reminder").input_value()


def test_without_script_the_reminder_can_be_marked_and_no_dead_button_stands_there(sit: Any) -> None:
    page = sit(java_script_enabled=False).page
    page.goto("/officers/polls/home-2026")
    expect(page.locator("#reminder")).to_be_visible()
    expect(page.locator("[data-copy]")).to_be_hidden()


def test_the_desk_is_used_by_keyboard(sit: Any) -> None:
    page = sit().page
    page.goto("/officers/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="新建调查")).to_be_focused()
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert ring == "3px"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/officers/questionnaires$"))


def test_one_filled_button_a_page(sit: Any) -> None:
    page = sit().page
    for address in PAGES:
        page.goto(address)
        assert page.locator(".button:visible").count() <= 1, address


def test_controls_are_large_enough_to_touch(sit: Any) -> None:
    page = sit(viewport=PHONE).page
    for address in PAGES:
        page.goto(address)
        small = page.evaluate(
            "[...document.querySelectorAll('.button, .button-plain, select, input:not([type=hidden]):not([type=checkbox])"
            ":not([type=radio]), .check, .choice, .as-link')].filter(e => e.offsetHeight && e.offsetHeight < 44)"
            ".map(e => e.outerHTML)"
        )
        assert small == [], address
