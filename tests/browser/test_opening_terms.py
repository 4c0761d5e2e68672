"""Opening a term in a real Chromium: the button says what is going on and cannot be pressed twice."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from survey_app.services import signing_in
from survey_app.services.terms import terms
from survey_app.sign_in_settings import SignInSettings
from tests.browser.conftest import PHONE
from tests.browser.serving import served_at
from tests.machine import PATIENCE
from tests.members_house import MembersHouse, members_house
from tests.officers_house import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def house(tmp_path: Path) -> Iterator[MembersHouse]:
    made = members_house(tmp_path, SignInSettings(ways=("code",)))
    signing_in.add_officer(made.stores, "union", "周敏", "university_officer", PASSWORD)
    yield made
    made.close()


@pytest.fixture
def sent() -> list[str]:
    """The forms that were sent."""
    return []


@pytest.fixture(params=["script", "no script"])
def page(browser: Browser, house: MembersHouse, sent: list[str], request: pytest.FixtureRequest) -> Iterator[Page]:
    with served_at(house.app) as address:
        context = browser.new_context(
            viewport=PHONE,
            base_url=address,
            java_script_enabled=request.param == "script",
        )
        context.set_default_timeout(PATIENCE)
        client = house.app.test_client()
        with client.session_transaction(base_url="http://localhost/officers/", path="/officers/") as session:
            session["token"] = signing_in.sign_in(house.stores, "union", PASSWORD, datetime.now(UTC))
        cookie = client.get_cookie("officers_session", path="/officers")
        assert cookie is not None
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "domain": "127.0.0.1", "path": "/officers"}])
        made = context.new_page()
        made.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
        yield made
        context.close()


def test_pressing_twice_opens_one_term_and_shows_it(page: Page, house: MembersHouse) -> None:
    """With script or without: the server answers both with the one term."""
    page.goto("/officers/terms")
    expect(page.locator(".actions")).to_contain_text("要给 3 个单位各做 12 把钥匙")
    page.get_by_role("button", name="开设并锁定名册").dblclick(no_wait_after=True)
    expect(page.get_by_text("已开设，共 56 人可以领取")).to_be_visible()
    assert [one.id for one in terms(house.stores)] == ["2026"]


@pytest.mark.parametrize("page", ["script"], indirect=True)
def test_with_script_the_second_press_sends_nothing_and_the_page_says_what_is_going_on(
    page: Page, sent: list[str]
) -> None:
    page.goto("/officers/terms")
    page.route("**/officers/terms", lambda route: route.fulfill(status=204))  # which leaves the page where it is
    button = page.get_by_role("button", name="开设并锁定名册")
    with page.expect_response("**/officers/terms"):
        button.dblclick()
    button.evaluate("button => button.click()")
    expect(page.get_by_role("status").filter(has_text="正在做钥匙")).to_be_visible()
    expect(button).to_have_attribute("aria-disabled", "true")
    assert not Axe().run(page).response["violations"]
    assert len(sent) == 1
