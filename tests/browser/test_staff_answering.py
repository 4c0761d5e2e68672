"""Answering in a real browser: with script on a phone, and without."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from survey_app.store.ballot_box import ballot, comment
from tests.browser.conftest import NEEDS_POLL, OPEN_POLL, SLIP_POLL, NewPage, Served
from tests.browser.staff_steps import TEXT, answer, answer_all, answer_section, begin, onward, press, questions, receipt

pytestmark = pytest.mark.browser
OPEN = f"/b/{OPEN_POLL}#u=b07"
RECEIPT = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-?[0-9A-HJKMNP-TV-Z]{4}){7}")


def ballots(served: Served, poll_id: str) -> int:
    with served.house.stores.ballot_box.connect() as connection:
        return connection.scalar(select(func.count()).where(ballot.c.poll_id == poll_id)) or 0


def stored(page: Page) -> dict[str, str]:
    return json.loads(page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))


def test_a_member_answers_everything_on_a_phone_and_is_thanked(served: Served, phone: Page) -> None:
    before = ballots(served, SLIP_POLL)
    begin(phone, f"/b/{SLIP_POLL}?from=singlemessage#s={served.house.slip(SLIP_POLL)}")
    assert phone.url == f"{served.address}/b/{SLIP_POLL}?from=singlemessage"
    assert phone.title().startswith("第 1 部分，共 6 部分：总体")
    answer_all(phone)
    phone.click("#send")
    expect(phone.locator("#thanks h1")).to_have_text("收到了，谢谢您")
    assert ballots(served, SLIP_POLL) == before + 1
    expect(phone).to_have_url(f"{served.address}/b/{SLIP_POLL}/thanks")
    expect(phone.locator("#receipt")).not_to_be_visible()
    phone.click("#receipt-details summary")
    assert RECEIPT.fullmatch(receipt(phone))
    with served.house.stores.ballot_box.connect() as connection:
        assert TEXT in connection.scalars(select(comment.c.text).where(comment.c.poll_id == SLIP_POLL)).all()


def test_without_script_the_same_address_leads_to_the_same_ballot_box(served: Served, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    before = ballots(served, SLIP_POLL)
    page.goto(f"/b/{SLIP_POLL}?from=groupmessage")
    page.fill("#code", served.house.slip(SLIP_POLL).lower())
    page.click("#go")
    answer_all(page)
    press(page, page.locator("button[value=send]"))
    assert page.title().startswith("收到了，谢谢您")
    assert ballots(served, SLIP_POLL) == before + 1


def test_the_draft_comes_back_after_closing_and_is_wiped_when_done(phone: Page) -> None:
    begin(phone, OPEN)
    answer_section(phone, at=1)
    onward(phone)
    assert "survey.draft" in next(iter(stored(phone)))
    phone.goto("about:blank")
    phone.goto(f"/b/{OPEN_POLL}")
    expect(phone.locator("#resume")).to_be_visible()
    expect(phone.locator("#go")).to_have_text("接着答")
    phone.click("#go")
    assert phone.title().startswith("第 2 部分")
    phone.click("#back")
    expect(phone.locator("input[name=b01][value=s4]")).to_be_checked()
    answer_all(phone)
    phone.click("#send")
    expect(phone.locator("#thanks")).to_be_visible()
    assert stored(phone) == {}
    phone.go_back()
    expect(phone.locator("#answers")).to_have_count(0)


def test_another_slip_on_the_same_device_never_shows_or_sends_what_somebody_else_left(
    served: Served, phone: Page
) -> None:
    first, second = served.house.slip(SLIP_POLL), served.house.slip(SLIP_POLL)
    begin(phone, f"/b/{SLIP_POLL}#s={first}")
    answer_section(phone, at=1)
    first_nonce = json.loads(stored(phone)[f"survey.draft.{SLIP_POLL}"])["nonce"]
    phone.goto("about:blank")
    begin(phone, f"/b/{SLIP_POLL}#s={second}")
    expect(phone.locator("#answers input:checked")).to_have_count(0)
    draft = json.loads(stored(phone)[f"survey.draft.{SLIP_POLL}"])
    assert (draft["answers"], draft["credential"]) == ({}, {"slip": second})
    assert draft["nonce"] != first_nonce


def test_the_own_slip_typed_in_another_way_finds_the_draft(served: Served, phone: Page) -> None:
    code = served.house.slip(SLIP_POLL)
    begin(phone, f"/b/{SLIP_POLL}#s={code}")
    answer_section(phone, at=1)
    phone.goto("about:blank")
    begin(phone, f"/b/{SLIP_POLL}", code=code.lower().replace("-", " "))
    expect(phone.locator("input[name=b01][value=s4]")).to_be_checked()


def test_only_the_receipt_is_kept_and_only_when_asked(phone: Page) -> None:
    begin(phone, OPEN)
    answer_all(phone)
    phone.click("#send")
    phone.click("#receipt-details summary")
    phone.click("#keep-receipt button")
    assert stored(phone) == {f"survey.receipt.{OPEN_POLL}": receipt(phone)}
    kept = receipt(phone)
    phone.goto(f"/b/{OPEN_POLL}/thanks")
    phone.click("#receipt-details summary")
    expect(phone.locator("#keep-receipt")).to_be_visible()
    assert receipt(phone) == kept


def test_on_a_shared_computer_nothing_is_stored_and_the_language_still_changes(phone: Page) -> None:
    begin(phone, OPEN, shared=True)
    answer(questions(phone)[0], 1)
    assert stored(phone) == {}
    expect(phone.locator("#saved")).to_contain_text("没有存下任何东西")
    phone.click("#other-language")
    expect(phone).to_have_title("Part 1 of 6: Overall")
    expect(phone.locator("input[name=b01][value=s4]")).to_be_checked()
    assert stored(phone) == {}
    phone.reload()
    expect(phone.locator("#start")).to_be_visible()
    expect(phone.locator("#resume")).not_to_be_visible()


def test_changing_the_language_keeps_what_was_typed_and_the_place(phone: Page) -> None:
    begin(phone, OPEN)
    answer_section(phone, at=1)
    onward(phone)
    answer(questions(phone)[0], 2)
    phone.click("#other-language")
    expect(phone).to_have_title("Part 2 of 6: Organisation and rights")
    expect(phone.locator("input[name=b11][value=a3]")).to_be_checked()


def test_a_lost_answer_is_asked_for_again_and_counts_once(served: Served, phone: Page) -> None:
    """The ballot arrives, its acknowledgement does not: the second try carries the same bytes."""
    before, bodies = ballots(served, OPEN_POLL), []

    def lose_the_first(route: Route) -> None:
        bodies.append(route.request.post_data)
        if len(bodies) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    phone.route("**/ballots", lose_the_first)
    begin(phone, OPEN)
    answer_all(phone)
    phone.click("#send")
    expect(phone.locator("#sending")).to_have_text("网络慢，正在再试。请不要关掉这一页。")
    expect(phone.locator("#thanks")).to_be_visible()
    assert bodies[0] == bodies[1]
    assert ballots(served, OPEN_POLL) == before + 1


def test_a_page_closed_while_sending_sends_the_same_ballot_later(served: Served, phone: Page) -> None:
    before, bodies = ballots(served, OPEN_POLL), []

    def lose(route: Route) -> None:
        bodies.append(route.request.post_data)
        route.fetch()
        route.abort()

    phone.route("**/ballots", lose)
    begin(phone, OPEN)
    answer_all(phone)
    phone.click("#send")
    expect(phone.locator("#sending")).to_have_text("网络慢，正在再试。请不要关掉这一页。")
    phone.goto("about:blank")
    phone.unroute("**/ballots")
    phone.goto(f"/b/{OPEN_POLL}")
    expect(phone.locator("#resume")).to_contain_text("不会重复计算")
    phone.click("#go")
    expect(phone.locator("#check .change").first).not_to_be_visible()
    with phone.expect_request("**/ballots") as sent:
        phone.click("#send")
    expect(phone.locator("#thanks")).to_be_visible()
    assert sent.value.post_data == bodies[0]
    assert ballots(served, OPEN_POLL) == before + 1


def test_a_refusal_is_said_in_plain_words_and_the_answers_stay(served: Served, new_page: NewPage) -> None:
    code = served.house.slip(SLIP_POLL)
    first, second = new_page(), new_page()
    for page in (first, second):
        begin(page, f"/b/{SLIP_POLL}", code=code)
        answer_all(page)
    first.click("#send")
    expect(first.locator("#thanks")).to_be_visible()
    second.click("#send")
    expect(second.locator("#outcome")).to_contain_text("这张答题码已经交过一份，不能再交")
    expect(second.locator("#check .change button").first).to_be_visible()


@pytest.mark.parametrize(
    ("status", "error", "words"), [(410, "poll_closed", "已经停止收卷"), (422, "invalid_answers", "有一题的答案对不上")]
)
def test_what_the_server_refuses_is_worded(phone: Page, status: int, error: str, words: str) -> None:
    phone.route("**/ballots", lambda route: route.fulfill(status=status, json={"error": error}))
    begin(phone, OPEN)
    answer_all(phone)
    phone.click("#send")
    expect(phone.locator("#outcome")).to_contain_text(words)


def test_a_wrong_code_is_said_before_the_first_question(phone: Page) -> None:
    phone.goto(f"/b/{SLIP_POLL}")
    phone.click("#go")
    expect(phone.locator("#code-e")).to_have_text("请输入纸条上的答题码")
    phone.fill("#code", "7K4M-Q2XR-9TFH-3WZB")
    phone.click("#go")
    expect(phone.locator("#code-e")).to_contain_text("这个答题码不对")
    expect(phone.locator("#code")).to_be_focused()


def test_what_is_missing_is_listed_on_top_with_focus_and_links(phone: Page) -> None:
    begin(phone, OPEN)
    answer(questions(phone)[0])
    onward(phone)
    summary = phone.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary.locator("h2")).to_have_text("还有 3 题没有选")
    assert phone.title() == "错误：还有 3 题没有选"
    expect(phone.locator("#b02-e")).to_have_text("请选一项，不了解就选“不了解”")
    summary.locator("a").first.click()
    expect(phone.locator("input[name=b02]").first).to_be_focused()
    expect(phone.locator("input[name=b01][value=s5]")).to_be_checked()


def test_an_answer_brings_up_and_takes_away_questions_at_once(phone: Page) -> None:
    begin(phone, OPEN)
    expect(phone.locator("[data-item=b05]")).not_to_be_visible()
    expect(phone.locator("#count")).to_have_text("已答 0 题，共 30 题")
    phone.locator("[data-item=b04] label").nth(0).click()
    expect(phone.locator("[data-item=b05]")).to_be_visible()
    expect(phone.locator("#count")).to_have_text("已答 1 题，共 32 题")
    phone.locator("[data-item=b04] label").nth(1).click()
    expect(phone.locator("[data-item=b05]")).not_to_be_visible()


def to_part(page: Page, title: str) -> None:
    while title not in page.title():
        before = page.title()
        answer_section(page)
        onward(page)
        expect(page).not_to_have_title(before)


def test_ranking_by_tapping_gives_places_in_the_order_of_taps(phone: Page) -> None:
    begin(phone, OPEN)
    to_part(phone, "服务和意见")
    rows = phone.locator("[data-item=b32] label")
    chosen = [rows.nth(at).locator("input").get_attribute("value") for at in (4, 1, 7)]
    for at in (4, 1, 7):
        rows.nth(at).click()
    expect(rows.nth(4).locator(".at")).to_have_text("1")
    rows.nth(9).click()
    expect(phone.locator("#b32-e")).to_contain_text("最多选 3 项")
    rows.nth(4).click()
    expect(rows.nth(1).locator(".at")).to_have_text("1")
    draft = json.loads(stored(phone)[f"survey.draft.{OPEN_POLL}"])
    assert draft["answers"]["b32"] == chosen[1:]


def test_an_exclusive_choice_clears_the_others(phone: Page) -> None:
    begin(phone, OPEN)
    to_part(phone, "服务和意见")
    for value in ("culture_sport", "hardship_aid", "none"):
        phone.locator(f"[data-item=b30] label:has(input[value={value}])").click()
    assert phone.locator("[data-item=b30] input:checked").evaluate_all("all => all.map(e => e.value)") == ["none"]
    phone.locator("[data-item=b30] label:has(input[value=culture_sport])").click()
    assert phone.locator("[data-item=b30] input:checked").evaluate_all("all => all.map(e => e.value)") == [
        "culture_sport"
    ]
    expect(phone.locator("[data-item=b31] .row:visible")).to_have_count(1)


def test_shuffled_choices_keep_their_order_in_the_draft_and_the_last_ones_last(phone: Page, new_page: NewPage) -> None:
    def order(page: Page) -> list[str]:
        return page.locator("[data-item=a01] input").evaluate_all("all => all.map(e => e.value)")

    begin(phone, f"/b/{NEEDS_POLL}#u=b07")
    answer(questions(phone)[0])
    first = order(phone)
    assert first[-3:] == ["other", "none", "pnts"]
    phone.reload()
    assert order(phone) == first
    others = set()
    for _ in range(3):
        other = new_page()
        other.goto(f"/b/{NEEDS_POLL}#u=b07")
        others.add(tuple(order(other)))
    assert len({*others, tuple(first)}) > 1


def test_best_worst_asks_one_group_after_another_and_a_single_difficulty_answers_itself(
    served: Served, phone: Page
) -> None:
    before = ballots(served, NEEDS_POLL)
    begin(phone, f"/b/{NEEDS_POLL}#u=b07")
    phone.locator("[data-item=a01] label:has(input[value=housing])").click()
    expect(phone.locator("[data-item=a02]")).not_to_be_visible()
    expect(phone.locator("[data-item=a04]")).to_be_visible()
    to_part(phone, "优先顺序")
    for group in range(1, 5):
        screen = phone.locator(".screen:visible")
        expect(screen).to_have_count(1)
        expect(screen.locator(".hint").first).to_have_text(f"第 {group} 组，共 4 组")
        screen.locator("tbody tr").nth(2).locator("label").nth(0).click()
        screen.locator("tbody tr").nth(2).locator("label").nth(1).click()
        expect(screen.locator("input:checked")).to_have_count(1)
        screen.locator("tbody tr").nth(0).locator("label").nth(0).click()
        if group < 4:
            screen.locator(".turn button").last.click()
    answer_all(phone)
    phone.click("#send")
    expect(phone.locator("#thanks")).to_be_visible()
    assert ballots(served, NEEDS_POLL) == before + 1


def test_changing_one_answer_from_the_check_comes_straight_back(phone: Page) -> None:
    begin(phone, OPEN)
    answer_all(phone)
    phone.get_by_label("更改：分工会过去一年的工作").click()
    phone.locator("[data-item=b01] label").nth(4).click()
    onward(phone)
    expect(phone).to_have_title("发出前看一遍")
    expect(phone.locator("#given dd").first).to_have_text("非常不满意")


def test_the_back_button_of_the_browser_goes_one_part_back(phone: Page) -> None:
    begin(phone, OPEN)
    answer_section(phone)
    onward(phone)
    phone.go_back()
    expect(phone).to_have_title(re.compile("^第 1 部分"))
    phone.go_forward()
    expect(phone).to_have_title(re.compile("^第 2 部分"))


def test_the_whole_way_can_be_gone_by_keyboard(served: Served, phone: Page) -> None:
    before = ballots(served, OPEN_POLL)
    phone.goto(OPEN)
    phone.focus("#go")
    phone.keyboard.press("Enter")
    expect(phone.locator("#answers")).to_be_visible()
    for _ in range(200):
        if phone.locator("#thanks:visible").count():
            break
        phone.keyboard.press("Tab")
        at = phone.evaluate(
            "[document.activeElement.type, document.activeElement.className, document.activeElement.checked]"
        )
        if at[0] in {"radio", "checkbox"} and not at[2]:
            phone.keyboard.press("Space")
        elif at[0] == "submit":
            sending = phone.locator("#check:visible").count()
            phone.keyboard.press("Enter")
            if sending:
                expect(phone.locator("#thanks")).to_be_visible()
    expect(phone.locator("#thanks h1")).to_be_focused()
    assert ballots(served, OPEN_POLL) == before + 1
