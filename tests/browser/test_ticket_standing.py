"""What the pages say of a ticket as the days go on, in a real Chromium: to be answered, answered, nothing to be done."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_ticket_flow import collected, is_sound
from tests.browser.ticket_house import (
    AFTER,
    ANSWERING,
    LAST,
    THREE,
    TicketHouse,
    answer_by_ticket,
)
from tests.browser.ticket_phone import Phone, house, phone

__all__ = ["house", "phone"]  # fixtures
pytestmark = pytest.mark.browser


def said(page: Page) -> list[str]:
    """What stands beside each poll of the term on the booklet page."""
    return page.locator("[data-poll]").all_inner_texts()


def test_the_booklet_page_says_day_by_day_which_polls_can_be_answered_and_which_are_done(
    house: TicketHouse, phone: Phone
) -> None:
    me = house.member()
    page = collected(phone, me)
    assert said(page) == ["11月3日开始"] * 4
    expect(page.locator("#booklet")).to_contain_text("明天起，打开调查的链接")

    house.today(ANSWERING)
    page.reload()
    assert said(page) == ["现在就能答，最后一天是11月20日"] * 4
    answer_by_ticket(page, "/b/needs-1")
    house.sign_in(page, me)
    assert said(page) == ["现在就能答，最后一天是11月20日", "已答，收到了", *["现在就能答，最后一天是11月20日"] * 2]
    assert page.locator("[data-slot='2026-02']").text_content() == "已答，收到了"
    expect(page.locator("#any-day")).to_be_visible()
    assert "明天" not in page.inner_text("#booklet")

    house.today(AFTER)
    page.reload()
    assert said(page) == ["已停止收卷", "已答，收到了", "已停止收卷", "已停止收卷"]


def test_who_collects_while_polls_are_open_is_told_from_when_or_that_it_is_too_late_if_the_poll_is_sensitive(
    house: TicketHouse, phone: Phone
) -> None:
    house.today(LAST - timedelta(days=1))
    page = collected(phone, house.member())
    expect(page.locator("[data-poll]")).to_have_text(
        ["明天起能答，最后一天是11月20日"] * 3 + ["现在就能答，最后一天是11月20日"]
    )
    expect(page.locator("#or-today")).to_be_visible()
    house.today(LAST)
    phone.close()
    phone.profile = phone.profile.with_name("later")
    expect(collected(phone, house.member()).locator("[data-poll]")).to_have_text(
        ["今天是最后一天，今天领的赶不上这一次"] * 3 + ["现在就能答，最后一天是11月20日"]
    )


def test_of_a_colleagues_booklet_the_page_says_nothing(house: TicketHouse, phone: Phone) -> None:
    page = collected(phone, house.member())
    house.sign_in(page, house.member())
    expect(page.locator("section[data-when=others]")).to_be_visible()
    assert page.locator("[data-slot]").all_text_contents() == ["未领"] * 4


def test_the_booklet_page_leads_to_no_poll_and_explains_anonymity_in_one_place(
    house: TicketHouse, phone: Phone
) -> None:
    """Who came to a poll from here, signed in, could be matched to a ballot by the time."""
    page = collected(phone, house.member())
    assert page.locator("a[href^='/b/']").count() == 0
    expect(page.locator("a[href^='/anonymity']")).to_have_count(1)


@pytest.mark.parametrize(("language", "poll_id"), [("zh", "learning-1"), ("en", "desk-1")])
def test_a_poll_that_is_done_says_so_and_asks_for_nothing(
    house: TicketHouse, phone: Phone, language: str, poll_id: str
) -> None:
    page = collected(phone, house.member())
    house.today(ANSWERING)
    answer_by_ticket(page, f"/b/{poll_id}")
    start = len(house.asked)
    page.goto(f"/b/{poll_id}" + ("/en" if language == "en" else ""))
    expect(page.locator("div[data-when=done]")).to_be_visible()
    for hidden in ("#go", "#code", "#shared-choice", "#compare-fp", "#begin-hint", ".facts", ".folded", "#resume"):
        expect(page.locator(f"#start {hidden}").first).to_be_hidden()
    expect(page.locator("[data-when='none held']:visible")).to_have_count(0)
    expect(page.locator(f"[data-when=done] a[href^='/b/{poll_id}/receipts']")).to_be_visible()
    expect(page.locator("[data-when=done] .dates dt").first).to_contain_text("20")
    assert not [path for _, path, _ in house.asked[start:] if path.endswith("/manifest")]
    is_sound(page)
    page.goto(f"/anonymity?lang={language}")  # whoever holds this phone sees it as well
    told = {"zh": "哪几次答过", "en": "which surveys you answered"}[language]
    expect(page.locator(".who")).to_contain_text(told)


def test_a_poll_to_be_answered_tomorrow_asks_nothing_about_this_device_today(house: TicketHouse, phone: Phone) -> None:
    house.today(ANSWERING)
    page = collected(phone, house.member())
    page.goto("/b/home-1")
    expect(page.locator("[data-when=wait]")).to_be_visible()
    for hidden in ("#shared-choice", "#begin-hint"):
        expect(page.locator(hidden)).to_be_hidden()


def test_where_nothing_was_left_behind_the_words_are_true_of_a_phone_too(house: TicketHouse, phone: Phone) -> None:
    page = phone.open()
    house.sign_in(page, house.member())
    page.check("#public")
    page.click("#collect")
    expect(page.locator("div[data-when=memory]")).to_contain_text("这台设备上什么也没有留下")
    expect(page.locator("#recovery")).to_be_visible()
    assert "只在第一次答题以前能看" not in page.inner_text("#booklet")


def test_who_has_answered_every_poll_is_told_why_nothing_is_left_here(house: TicketHouse, phone: Phone) -> None:
    me = house.member()
    page = collected(phone, me)
    house.today(ANSWERING)
    for poll_id in (*THREE, "desk-1"):
        answer_by_ticket(page, f"/b/{poll_id}")
    page.goto("/b/home-1")
    expect(page.locator("div[data-when=none]")).to_contain_text("答完就什么也不留")
    house.sign_in(page, me)
    expect(page.locator("section[data-when=elsewhere]")).to_contain_text("答完就什么也不留")
