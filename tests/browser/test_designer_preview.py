"""The phone beside the canvas, the try-out, mends and the bank in a real Chromium."""

# ruff: noqa: F811 - fixtures of the desk are taken over by name
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from survey_app.services import drafting, starting_drafts
from tests.browser.test_officers_desk import DESK, NARROW, PHONE, Served, officers, sit, violations  # noqa: F401

pytestmark = pytest.mark.browser


def draft_of(officers: Served, start: str = "library:desk_micro") -> str:
    return starting_drafts.started_draft(officers.house.stores, start, "union")


def opened(sit: Any, draft_id: str, **options: Any) -> Page:
    page: Page = sit(**options).page
    page.goto(f"/officers/drafts/{draft_id}")
    expect(page.locator(".phone-frame.is-front")).to_have_count(1)
    return page


def phone(page: Page) -> FrameLocator:
    return page.frame_locator(".phone-frame.is-front")


def saved(page: Page) -> None:
    expect(page.locator("#state")).to_have_attribute("data-state", "saved")


def test_the_phone_follows_the_selected_question_and_what_is_saved(sit: Any, officers: Served) -> None:
    page = opened(sit, draft_of(officers, "library:staff_home_annual"))
    expect(phone(page).locator("#start")).to_be_visible()
    page.locator("#outline").get_by_text("分工会委员是由会员选举产生的").click()
    asked = phone(page).locator("[data-item]:visible").filter(has_text="分工会委员是由会员选举产生的")
    expect(asked).to_be_in_viewport()
    page.get_by_label("题目（中文）").fill("分工会的委员是我们自己选的。")
    saved(page)
    expect(
        phone(page).locator("[data-item]:visible").filter(has_text="分工会的委员是我们自己选的。")
    ).to_be_in_viewport()


def test_whoever_is_writing_keeps_the_focus_while_the_phone_turns(sit: Any, officers: Served) -> None:
    page = opened(sit, draft_of(officers))
    page.locator("#outline .outline-item [data-go]").first.click()
    field = page.get_by_label("题目（中文）")
    field.fill("")
    for letters in ("窗口", "的", "服务"):
        front = page.locator(".phone-frame.is-front").get_attribute("src")
        page.keyboard.type(letters)
        expect(page.locator(".phone-frame.is-front")).not_to_have_attribute("src", front or "")
        expect(field).to_be_focused()
    expect(field).to_have_value("窗口的服务")
    expect(phone(page).get_by_text("窗口的服务")).to_be_visible()


def test_language_and_size_of_the_branch_can_be_switched(sit: Any, officers: Served) -> None:
    page = opened(sit, draft_of(officers, "library:staff_home_annual"))
    page.locator("#outline").get_by_text("您的岗位类别").click()
    asked = phone(page).locator("[data-item=dem_category]")
    expect(asked).to_be_visible()
    page.get_by_label("假设在多大的分工会").select_option("20")
    expect(asked).to_be_hidden()
    expect(page.get_by_text("手机上不问这一题")).to_be_visible()
    page.get_by_label("假设在多大的分工会").select_option("200")
    page.get_by_role("button", name="英文").click()
    expect(phone(page).locator("html")).to_have_attribute("lang", "en")
    expect(asked).to_be_visible()


def test_an_unfinished_draft_says_so_in_the_phone(sit: Any, officers: Served) -> None:
    page = opened(sit, draft_of(officers, "blank"))
    expect(phone(page).get_by_role("heading", name="还看不到预览")).to_be_visible()


def test_a_try_out_goes_to_the_thanks_and_leaves_nothing(sit: Any, officers: Served) -> None:
    page = opened(sit, draft_of(officers))
    with page.context.expect_page() as popup:
        page.get_by_role("link", name="试答一遍").click()
    tab = popup.value
    expect(tab.locator("#unit")).to_have_value("m60")
    tab.locator("#go").click()
    for _part in range(6):
        tab.wait_for_function("document.querySelector('#answers:not([hidden]), #check:not([hidden])')")
        if tab.locator("#check").is_visible():
            break
        for item in tab.locator("fieldset[data-item]:visible").all():
            item.locator("label:visible").first.click()
        tab.locator("#answers button[type=submit]").click()
    tab.locator("#send").click()
    expect(tab.get_by_role("heading", name="收到了，谢谢您")).to_be_visible()
    expect(tab.get_by_text("这是试答。")).to_be_visible()
    assert tab.evaluate("localStorage.length + sessionStorage.length") <= 1  # the frame's own answers


def test_a_mend_is_one_click_and_can_be_undone(sit: Any, officers: Served) -> None:
    draft_id = draft_of(officers)
    page = opened(sit, draft_id)
    page.locator("#whole").click()
    opening = page.get_by_label("开头的话（中文）")
    opening.fill("请您回答三题。")
    page.get_by_role("button", name="加上“不记名”").click()
    expect(opening).to_have_value("本问卷不记名。请您回答三题。")
    expect(page.get_by_role("button", name="加上“不记名”")).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(opening).to_have_value("请您回答三题。")
    saved(page)
    assert drafting.draft(officers.house.stores, draft_id).document["intro_zh"] == "请您回答三题。"


def test_the_checklist_leads_to_the_field_to_mend(sit: Any, officers: Served) -> None:
    draft_id = draft_of(officers)
    state = drafting.draft(officers.house.stores, draft_id)
    drafting.save_draft(officers.house.stores, draft_id, 1, {**state.document, "intro_zh": "请您回答。"}, "union")
    page: Page = sit().page
    page.goto(f"/officers/drafts/{draft_id}/checklist")
    page.locator("[data-line=noticed] a").first.click()
    expect(page.get_by_label("开头的话（中文）")).to_be_focused()


def test_a_question_of_the_bank_comes_after_the_selected_one(sit: Any, officers: Served) -> None:
    page = opened(sit, draft_of(officers))
    page.locator("#outline .outline-item [data-go]").first.click()
    n_before = page.locator("#outline .outline-item").count()
    page.get_by_role("button", name="从题库选").click()
    page.get_by_label("搜题目或选项").fill("whom in the branch to turn to")
    expect(page.locator(".bank-list li")).to_have_count(1)
    page.locator(".bank-list button").click()
    expect(page.locator("#outline .outline-item")).to_have_count(n_before + 1)
    expect(page.locator("#outline .outline-item").nth(1)).to_contain_text("我知道遇到困难时该找分工会的哪一位")
    saved(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(sit: Any, officers: Served, language: str) -> None:
    draft_id = draft_of(officers, "library:staff_home_annual")
    for viewport in (DESK, PHONE, NARROW):
        page = sit(language=language, viewport=viewport).page
        for address in (f"/officers/drafts/{draft_id}", f"/officers/drafts/{draft_id}/checklist"):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            if viewport != NARROW:
                assert not violations(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address
