"""The result pages in a real Chromium: readable before script, figures that open under the strict policy, axe finds nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.serving import served_at
from tests.journeys.leadership_house import LeadershipHouse, leadership_house

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
LEADERSHIP = (
    "/leadership/years/2026",
    "/leadership/years/2026/units",
    "/leadership/years/2026/units?show=questions",
    "/leadership/years/2026/classes",
    "/leadership/years/2026/needs",
    "/leadership/years/2026/trends",
    "/leadership/years/2026/units/B15",
    "/leadership/years/2026/units/B06",
    "/leadership/method",
    "/leadership/home-2026",
    "/leadership/home-2026/units",
    "/leadership/home-2026/units/B15",
    "/leadership/home-2026/units/B22",
    "/leadership/needs-2026",
    "/leadership/quick-2026",
    "/leadership/quick-2026/units",
)
STAFF = (
    "/results/years/2026?unit=B15",
    "/results",
    "/results/home-2026?unit=B15",
    "/results/needs-2026",
    "/results/quick-2026?unit=B09",
)


@dataclass
class Desk:
    """The running service with a reader who is signed in, and what went wrong on the reader's pages."""

    house: LeadershipHouse
    address: str
    cookie: str


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    house = leadership_house(tmp_path_factory.mktemp("reading"))
    client = house.signed_in("principal")
    cookie = client.get_cookie("leadership_session", path="/leadership")
    assert cookie is not None
    with served_at(house.app) as address:
        yield Desk(house, address, cookie.value)
    house.stores.registry.dispose()
    house.stores.ballot_box.dispose()


class Reader:
    """A browser context that notes faults, refusals of the content policy, and every address asked for."""

    def __init__(self, browser: Browser, desk: Desk, **options: object) -> None:
        self.context: BrowserContext = browser.new_context(base_url=desk.address, **options)  # type: ignore[arg-type]
        self.context.add_cookies(
            [{"name": "leadership_session", "value": desk.cookie, "domain": "127.0.0.1", "path": "/leadership"}]
        )
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("request", lambda request: self.asked.append(request.url))


@pytest.mark.browser
@pytest.mark.parametrize(
    "address",
    [
        "/leadership/years/2026",
        "/leadership/years/2026/trends",
        "/leadership/home-2026",
        "/leadership/needs-2026",
        "/leadership/quick-2026",
    ],
)
def test_every_figure_opens_under_the_strict_policy_and_closes_again(
    browser: Browser, desk: Desk, address: str
) -> None:
    reader = Reader(browser, desk, viewport=DESK)
    reader.page.goto(address)
    assert not [url for url in reader.asked if "plotly-" in url]  # nothing heavy before a tap
    figures = reader.page.locator("[data-figure]:visible")
    assert figures.count() > 0
    for place in range(figures.count()):
        figure = figures.nth(place)
        figure.locator("[data-open]").click()
        figure.locator(".plot .main-svg").first.wait_for()
        assert not figure.locator("[data-drawing]").is_visible()
        figure.locator(".plot").hover()
        figure.locator("[data-open]").click()
        assert figure.locator("[data-drawing]").is_visible()
    assert reader.faults == []
    assert all(url.startswith((desk.address, "data:", "blob:")) for url in reader.asked)
    reader.context.close()


@pytest.mark.browser
def test_without_script_the_drawing_the_words_and_the_table_are_there(browser: Browser, desk: Desk) -> None:
    reader = Reader(browser, desk, viewport=PHONE, java_script_enabled=False)
    reader.page.goto("/leadership/home-2026")
    assert reader.page.locator("svg[role=img]:visible").count() >= 4
    assert reader.page.locator("[data-open]:visible").count() == 0
    reader.page.locator("details.as-table summary").first.click()
    assert reader.page.locator("details.as-table[open] td").first.is_visible()
    reader.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/leadership/home-2026/units", "人数太少，为防止认出个人，不公布"),
        ("/leadership/years/2026/units", "作答人数少于规定下限"),
    ],
)
def test_a_withheld_cell_explains_itself_on_a_tap(browser: Browser, desk: Desk, address: str, why: str) -> None:
    reader = Reader(browser, desk, viewport=PHONE)
    reader.page.goto(address)
    reader.page.locator("td.off summary").first.click()
    assert reader.page.get_by_text(why).first.is_visible()
    reader.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_on_any_result_page(
    browser: Browser, desk: Desk, viewport: dict[str, int], scheme: str
) -> None:
    reader = Reader(browser, desk, viewport=viewport, color_scheme=scheme)
    found = []
    for address in (*LEADERSHIP, *STAFF):
        reader.page.goto(address)
        for details in reader.page.locator("details").all():
            details.evaluate("each => { each.open = true; }")
        results = Axe().run(reader.page)
        found += [
            f"{address}: {fault['id']} {fault['nodes'][0]['html'][:200]} {fault['nodes'][0]['failureSummary'][:300]}"
            for fault in results.response["violations"]
        ]
    reader.context.close()
    assert found == []


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_result_page_scrolls_sideways_on_a_narrow_phone(browser: Browser, desk: Desk, language: str) -> None:
    reader = Reader(browser, desk, viewport={"width": 320, "height": 700})
    wide = {}
    for address in (*LEADERSHIP, *STAFF):
        reader.page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        width = reader.page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[address] = width
    reader.context.close()
    assert wide == {}


@pytest.mark.browser
def test_the_first_screen_of_a_year_holds_the_three_sentences_before_any_script(browser: Browser, desk: Desk) -> None:
    reader = Reader(browser, desk, viewport=DESK, java_script_enabled=False)
    reader.page.goto("/leadership/years/2026")
    for place in range(3):
        box = reader.page.locator(".three .say").nth(place).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < DESK["height"]
    grades = reader.page.locator(".grades thead").bounding_box()
    assert grades is not None
    assert grades["y"] < DESK["height"]  # the proposed grades begin on the same screen
    reader.context.close()


@pytest.mark.browser
def test_every_link_button_and_cell_of_the_heat_map_is_reached_by_keyboard_with_a_visible_ring(
    browser: Browser, desk: Desk
) -> None:
    reader = Reader(browser, desk, viewport=DESK)
    reader.page.goto("/leadership/years/2026/units")
    wanted = reader.page.locator("main a, main summary, main button").count()
    reached: set[int] = set()
    for _ in range(wanted + 30):
        reader.page.keyboard.press("Tab")
        place, ring = reader.page.evaluate(
            """() => { const here = document.activeElement; return [
                 [...document.querySelectorAll("main a, main summary, main button")].indexOf(here),
                 getComputedStyle(here).outlineStyle ]; }"""
        )
        if place >= 0:
            reached.add(place)
            assert ring == "solid"
    assert reached == set(range(wanted))
    reader.context.close()


@pytest.mark.browser
def test_on_paper_the_heat_map_keeps_its_colours_and_loses_its_buttons(browser: Browser, desk: Desk) -> None:
    reader = Reader(browser, desk, viewport=DESK)
    reader.page.goto("/leadership/years/2026/units")
    reader.page.emulate_media(media="print")
    coloured = reader.page.locator("td.h2").first
    assert coloured.evaluate("each => getComputedStyle(each).printColorAdjust") == "exact"
    assert not reader.page.locator(".tabs").first.is_visible()
    assert not reader.page.locator(".how").first.is_visible()
    reader.context.close()
