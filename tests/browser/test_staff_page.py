"""The answering page as a thing: what it fetches, how much it weighs, how it reads, and what it gives away."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

from survey_app import account
from survey_app.staff.style import FINDING_MODULES, MODULES, TICKET_MODULES
from survey_app.web.assets import ASSETS
from tests.browser.conftest import LEARNING_POLL, NEEDS_POLL, OPEN_POLL, SLIP_POLL, NewPage, Served
from tests.browser.staff_steps import answer_all, answer_section, begin, onward

pytestmark = pytest.mark.browser
OPEN = f"/b/{OPEN_POLL}#u=b07"
SCREEN = 844


def is_clean(page: Page) -> bool:
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    return True


@pytest.mark.parametrize("address", [f"/b/{SLIP_POLL}", f"/b/{OPEN_POLL}", f"/b/{OPEN_POLL}/en", f"/b/{NEEDS_POLL}"])
def test_the_page_is_at_most_five_requests_and_thirty_kilobytes(phone: Page, address: str) -> None:
    finished: list[Request] = []
    phone.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - Playwright wants a function
    phone.goto(address, wait_until="networkidle")
    sizes = [request.sizes() for request in finished]
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert len(finished) <= 5
    assert total <= 30_000, total


def test_the_script_is_under_ten_kilobytes(phone: Page) -> None:
    assert len(ASSETS["staff/page.js"].squeezed or b"") < 10_000


JOINED = pytest.mark.parametrize(
    "modules",
    [MODULES, TICKET_MODULES, FINDING_MODULES, account.MODULES, account.ARRIVING],
    ids=["page.js", "tickets.js", "finding.js", "collect.js", "arrive.js"],
)


@JOINED
def test_modules_that_are_served_as_one_share_no_name(modules: tuple[str, ...]) -> None:
    """They are joined into one file, so a name of one would be the name of another."""
    top = re.compile(r"^(?:export )?(?:const|let|function|async function) (?:(\w+)|[\[{]([^\]}]+)[\]}])", re.MULTILINE)
    names = []
    for module in modules:
        for one, several in top.findall(ASSETS[module].plain.decode()):
            names += [name.split(":")[-1].strip() for name in (several or one).split(",")]
    assert set(names) & {"walk", "keyOf", "grouped", "keptFingerprint"}
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)


@JOINED
def test_a_module_imports_only_what_stands_before_it_and_has_it(modules: tuple[str, ...]) -> None:
    """No cycles, and no import that only the joined file would forgive."""
    top = re.compile(r"^export (?:const|function|async function) (?:\{ ([^}]+) \}|(\$|\w+))", re.MULTILINE)
    given: dict[str, set[str]] = {}
    for module in modules:
        text = ASSETS[module].plain.decode()
        for names, source in re.findall(
            r"^import \{([^}]+)\} from \"(?:\./|\.\./staff/)([a-z_]+)\.js\";$", text, re.MULTILINE
        ):
            assert {name.strip() for name in names.split(",")} <= given[source], (module, source)
        assert text.count("import {") == len(re.findall(r'^import [^;]* from "[a-z_./]+\.js";$', text, re.MULTILINE))
        exported = top.findall(text)
        given[module.split("/")[1][:-3]] = {
            name.strip() for several, one in exported for name in (several or one).split(",")
        }


def test_answering_asks_this_server_alone_and_gives_nothing_away(served: Served, new_page: NewPage) -> None:
    """All requests of a full run: own origin, no cookie, no referrer, no sign-in."""
    page = new_page()
    page.context.add_cookies([{"name": "officers_session", "value": "x", "domain": "127.0.0.1", "path": "/officers"}])
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    start = len(served.asked)
    begin(page, f"/b/{SLIP_POLL}#s={served.house.slip(SLIP_POLL)}")
    answer_all(page)
    page.click("#send")
    expect(page.locator("#thanks")).to_be_visible()
    assert all(url.startswith(served.address) for url in seen)
    assert [path for _, path, _ in served.asked[start:] if path.endswith(("/slips", "/ballots"))] == [
        f"/b/{SLIP_POLL}/slips",
        f"/b/{SLIP_POLL}/ballots",
    ]
    for _method, _path, headers in served.asked[start:]:
        assert not {"cookie", "referer", "authorization"} & headers.keys()
    assert [cookie["name"] for cookie in page.context.cookies()] == ["officers_session"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [f"/b/{OPEN_POLL}", f"/b/{OPEN_POLL}/en", f"/b/{NEEDS_POLL}"])
def test_axe_finds_nothing_in_any_state(new_page: NewPage, scheme: str, address: str) -> None:
    page = new_page(color_scheme=scheme)
    page.goto(f"{address}#u=b07")
    page.locator("#start summary").first.click()
    assert is_clean(page)
    page.click("#go")
    assert is_clean(page)
    onward(page)
    expect(page.locator(".error-summary")).to_be_visible()
    assert is_clean(page)
    answer_all(page, 1)
    assert is_clean(page)
    page.click("#send")
    expect(page.locator("#thanks")).to_be_visible()
    page.click("#receipt-details summary")
    assert is_clean(page)


def test_axe_finds_nothing_on_the_way_without_script(new_page: NewPage) -> None:
    page = new_page()
    page.route("**/page.js", lambda route: route.abort())  # axe needs script, the page must not have its own
    page.goto(f"/b/{OPEN_POLL}")
    page.click("#go")
    assert page.title().startswith("错误：")
    assert is_clean(page)
    page.select_option("#unit", "b07")
    page.click("#go")
    onward(page)
    assert page.title().startswith("错误：")
    assert is_clean(page)
    answer_all(page)
    assert page.title().startswith("发出前看一遍")
    assert is_clean(page)


@pytest.mark.parametrize(
    "address", ["/", "/?lang=en", "/anonymity", f"/b/{OPEN_POLL}/thanks", f"/b/{OPEN_POLL}/thanks?lang=en"]
)
def test_axe_finds_nothing_on_the_other_pages(phone: Page, address: str) -> None:
    phone.goto(address)
    assert is_clean(phone)


NARROW: list[dict[str, Any]] = [
    {"viewport": {"width": 320, "height": 640}},
    {"viewport": {"width": 195, "height": 422}},  # 390 px at 200 % zoom
]


@pytest.mark.parametrize("options", NARROW, ids=["320 px", "200 % zoom"])
@pytest.mark.parametrize(
    "address", [f"/b/{OPEN_POLL}", f"/b/{OPEN_POLL}/en", f"/b/{NEEDS_POLL}", f"/b/{LEARNING_POLL}/en"]
)
def test_nothing_scrolls_sideways(new_page: NewPage, options: dict[str, Any], address: str) -> None:
    page = new_page(**options)
    page.goto(f"{address}#u=b07")
    fits(page)
    page.click("#go")
    while page.locator("#answers:visible").count():
        before = where(page)
        fits(page)
        onward(page)  # with the summary of what is missing, where something is
        fits(page)
        if page.locator(".error-summary").count():
            answer_section(page, 1)
            fits(page)
            onward(page)
        assert where(page) != before
    page.click("#send")
    expect(page.locator("#thanks")).to_be_visible()
    fits(page)


def test_text_of_double_size_does_not_scroll_sideways(phone: Page) -> None:
    begin(phone, OPEN)
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    fits(phone)
    answer_section(phone)
    fits(phone)
    answer_all(phone)
    fits(phone)


def where(page: Page) -> tuple[str, list[str]]:
    """The section, and the group of a first-and-last question."""
    return page.title(), page.locator(".screen:visible .hint").all_text_contents()


def fits(page: Page) -> None:
    width, inner = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= inner, f"{page.title()}: {width} > {inner}"


def test_five_words_stand_in_one_line_on_a_phone_and_are_large_enough_to_tap(phone: Page) -> None:
    begin(phone, OPEN)
    boxes = [label.bounding_box() for label in phone.locator("[data-item=b01] label").all()]
    assert len(boxes) == 6
    assert len({box["y"] for box in boxes if box}) == 1
    assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes)


def test_twenty_five_questions_are_at_most_six_screens_long(phone: Page) -> None:
    """The yearly review's sections under one another in one frame, as a survey page usually has them, per 25 questions."""
    begin(phone, OPEN)
    parts, frame = [], 0.0
    while phone.locator("#answers:visible").count():
        answer_section(phone, 1)
        parts.append(phone.locator(".part:visible").evaluate("e => e.getBoundingClientRect().height"))
        frame = phone.evaluate("document.documentElement.scrollHeight") - parts[-1]
        onward(phone)
    asked = phone.locator("#given dt").count()
    assert asked >= 30
    assert (sum(parts) + frame) / SCREEN * 25 / asked <= 6, (parts, frame, asked)
