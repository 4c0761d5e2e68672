"""Hands on the designer: a hundred steps back, drag over a border, cut here and paste there, no network, no session, two officers."""

# ruff: noqa: F811 - fixtures of the desk are taken over by name
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from survey_app.services import drafting, starting_drafts
from tests.browser.test_officers_desk import Served, officers, sit  # noqa: F401

pytestmark = pytest.mark.browser


def two_parts(officers: Served) -> str:
    def asked(name: str) -> dict[str, Any]:
        return {"id": name, "type": "text", "zh": f"题目{name}", "max_length": 200}

    sections = [
        {"id": "part1", "title_zh": "前", "items": [asked("q1"), asked("q2")]},
        {"id": "part2", "title_zh": "后", "items": [asked("q3")]},
    ]
    document = starting_drafts.BLANK | {"title_zh": "手", "purpose_zh": "试", "sections": sections}
    return drafting.new_draft(officers.house.stores, document, "blank", "union")


def opened(sit: Any, draft_id: str, **options: Any) -> Page:
    page: Page = sit(**options).page
    page.goto(f"/officers/drafts/{draft_id}")
    expect(page.locator("#outline .outline-item").first).to_be_visible()
    return page


def saved(page: Page) -> None:
    expect(page.locator("#state")).to_have_attribute("data-state", "saved")


def order(page: Page) -> list[str]:
    return [str(line.get_attribute("data-id")) for line in page.locator("#outline li").all()]


def test_more_than_a_hundred_steps_are_undone_and_redone(sit: Any, officers: Served) -> None:
    page = opened(sit, two_parts(officers))
    page.locator("#outline [data-go=q1]").click()
    page.evaluate(
        """() => { for (let n = 0; n < 120; n++) document.querySelector('.q.is-on [data-field="tool.复制"]').click(); }"""
    )
    expect(page.locator("#outline .outline-item")).to_have_count(123)
    page.evaluate("() => { for (let n = 0; n < 120; n++) document.getElementById('undo').click(); }")
    expect(page.locator("#outline .outline-item")).to_have_count(3)
    page.evaluate("() => { for (let n = 0; n < 120; n++) document.getElementById('redo').click(); }")
    expect(page.locator("#outline .outline-item")).to_have_count(123)


def test_a_question_is_dragged_and_stepped_over_the_border_of_its_part(sit: Any, officers: Served) -> None:
    page = opened(sit, two_parts(officers))
    grip, below = page.locator("[data-grip=q1]").bounding_box(), page.locator("[data-go=q3]").bounding_box()
    assert grip
    assert below
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(below["x"] + 30, below["y"] + below["height"] - 4, steps=6)
    expect(page.locator(".drop-mark")).to_be_visible()
    page.mouse.up()
    assert order(page) == ["part1", "q2", "part2", "q3", "q1"]
    page.locator("[data-go=q2]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+ArrowDown")
    assert order(page) == ["part1", "part2", "q2", "q3", "q1"]
    expect(page.locator("[data-go=q2]")).to_be_focused()


def test_at_the_edge_of_a_long_list_it_moves_along_with_the_dragged_question(sit: Any, officers: Served) -> None:
    asked = [{"id": f"q{n}", "type": "text", "zh": f"题目{n}", "max_length": 200} for n in range(1, 41)]
    sections = [{"id": "part1", "title_zh": "长", "items": asked}]
    document = starting_drafts.BLANK | {"title_zh": "长", "purpose_zh": "试", "sections": sections}
    page = opened(sit, drafting.new_draft(officers.house.stores, document, "blank", "union"))
    grip, column = page.locator("[data-grip=q1]").bounding_box(), page.locator(".designer-outline").bounding_box()
    assert grip
    assert column
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(grip["x"] + 5, min(800, column["y"] + column["height"]) - 10, steps=4)
    expect(page.locator("[data-id=q40] + .drop-mark")).to_have_count(1)
    page.mouse.up()
    assert order(page)[-2:] == ["q40", "q1"]


def test_cut_in_one_questionnaire_and_pasted_in_another(sit: Any, officers: Served) -> None:
    sitting = sit(permissions=["clipboard-read", "clipboard-write"])
    here = sitting.page
    here.goto(f"/officers/drafts/{two_parts(officers)}")
    here.locator("[data-go=q2]").click()
    here.keyboard.press("Escape")
    here.keyboard.press("Control+x")
    expect(here.locator("[data-go=q2]")).to_have_count(0)
    there = sitting.context.new_page()
    there.goto(f"/officers/drafts/{two_parts(officers)}")
    there.locator("[data-go=q3]").click()
    there.keyboard.press("Escape")
    there.keyboard.press("Control+v")
    expect(there.locator("#outline .outline-item")).to_have_count(4)
    assert order(there)[-2:] == ["q3", "q2_2"]


def test_without_network_nothing_typed_is_lost_even_when_the_page_is_left(sit: Any, officers: Served) -> None:
    sitting = sit()
    draft_id, page = two_parts(officers), sitting.page
    page.goto(f"/officers/drafts/{draft_id}")
    page.locator("[data-go=q1]").click()
    sitting.context.set_offline(True)
    page.locator(".q.is-on textarea").first.fill("断网时写的")
    expect(page.locator("#state")).to_have_attribute("data-state", "offline")
    page.on("dialog", lambda dialog: dialog.accept())
    page.close()
    sitting.context.set_offline(False)
    again = sitting.context.new_page()
    again.goto(f"/officers/drafts/{draft_id}")
    again.get_by_role("button", name="接着写").click()
    saved(again)
    expect(again.locator("#outline")).to_contain_text("断网时写的")
    assert "断网时写的" in str(drafting.draft(officers.house.stores, draft_id).document)


def test_an_expired_session_keeps_what_was_typed_until_somebody_signs_in_again(sit: Any, officers: Served) -> None:
    sitting = sit()
    draft_id, page = two_parts(officers), sitting.page
    page.goto(f"/officers/drafts/{draft_id}")
    page.locator("[data-go=q1]").click()
    cookies = sitting.context.cookies()
    sitting.context.clear_cookies()
    page.locator(".q.is-on textarea").first.fill("过期以后写的")
    expect(page.get_by_role("link", name="另开一页登录，再回到这里")).to_be_visible()
    sitting.context.add_cookies(cookies)
    page.evaluate("dispatchEvent(new Event('focus'))")
    saved(page)
    assert "过期以后写的" in str(drafting.draft(officers.house.stores, draft_id).document)


def test_a_save_whose_answer_is_lost_is_no_conflict_with_oneself(sit: Any, officers: Served) -> None:
    draft_id = two_parts(officers)
    page = opened(sit, draft_id)
    lost = []

    def lose_the_first(route: Route) -> None:
        if lost or route.request.method != "PUT":
            route.continue_()
        else:
            lost.append(route.fetch())
            route.abort()

    page.route("**/document", lose_the_first)
    page.locator("[data-go=q1]").click()
    field = page.locator(".q.is-on textarea").first
    field.fill("收到了，只是没回话")
    expect(page.locator("#state")).to_have_attribute("data-state", "offline")
    field.fill("接着又写")
    saved(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "接着又写" in str(drafting.draft(officers.house.stores, draft_id).document)


def test_no_save_sets_out_while_the_answer_to_the_last_is_still_being_read(sit: Any, officers: Served) -> None:
    draft_id = two_parts(officers)
    page = opened(sit, draft_id)
    page.evaluate(
        """() => { const read = Response.prototype.json;
        Response.prototype.json = async function () {
          if (!this.url.endsWith("/document")) return read.call(this);
          document.documentElement.dataset.reading = "yes";
          await new Promise((done) => { window.goOn = done; });
          return read.call(this);
        }; }"""
    )
    page.locator("[data-go=q1]").click()
    field = page.locator(".q.is-on textarea").first
    field.fill("先写的")
    reading = page.locator("html[data-reading=yes]")
    expect(reading).to_have_count(1)
    field.fill("接着写的")
    page.evaluate(
        """() => { dispatchEvent(new Event("focus")); document.documentElement.dataset.reading = "no"; window.goOn(); }"""
    )
    expect(reading).to_have_count(1)
    page.evaluate("window.goOn()")
    saved(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "接着写的" in str(drafting.draft(officers.house.stores, draft_id).document)


def test_an_edit_leaves_every_question_that_it_does_not_touch_as_it_stands(sit: Any, officers: Served) -> None:
    page = opened(sit, two_parts(officers))
    page.locator("[data-go=q1]").click()
    page.evaluate("for (const each of document.querySelectorAll('.q, .outline-item')) each.isOld = true")
    page.keyboard.press("Control+d")
    page.locator(".q.is-on textarea").first.fill("另一题")
    expect(page.locator(".q.is-on .q-heading")).to_contain_text("第 2 题")
    expect(page.get_by_role("article", name="第 4 题").get_by_role("button", name="题目q3")).to_be_visible()
    old = "[...document.querySelectorAll('%s')].filter((each) => each.isOld).map((each) => each.dataset.id)"
    assert page.evaluate(old % ".q") == ["q2", "q3"]  # q1 is closed, its copy is new
    assert page.evaluate(old % ".outline-item") == ["q1", "q2", "q3"]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert page.evaluate(old % ".outline-item") == ["q1", "q2", "q3"]
    expect(page.get_by_role("article", name="第 3 题").get_by_role("button", name="题目q3")).to_be_visible()


def test_the_choice_of_a_type_holds_the_focus_and_gives_it_back(sit: Any, officers: Served) -> None:
    page = opened(sit, two_parts(officers))
    page.locator("[data-go=q1]").click()
    field = page.locator(".q.is-on textarea").first
    expect(field).to_be_focused()
    page.keyboard.press("Control+Enter")
    window = page.get_by_role("dialog")
    buttons = window.get_by_role("button")
    expect(buttons.first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(buttons.last).to_be_focused()
    page.keyboard.press("Tab")
    expect(buttons.first).to_be_focused()
    page.mouse.click(60, 500)  # what lies behind takes no press
    page.locator("[data-go=q2]").focus()
    expect(buttons.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)
    expect(field).to_be_focused()
    assert order(page) == ["part1", "q1", "q2", "part2", "q3"]


@pytest.mark.parametrize("choice", ["用对方的", "用我的", "把我的另存一份"])
def test_two_tabs_never_overwrite_each_other_silently(sit: Any, officers: Served, choice: str) -> None:
    draft_id = two_parts(officers)
    first, second = opened(sit, draft_id), opened(sit, draft_id)
    for page, words in ((first, "先写的"), (second, "后写的")):
        page.locator("[data-go=q1]").click()
        page.locator(".q.is-on textarea").first.fill(words)
        if page is first:
            saved(page)
    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("周敏")
    assert "先写的" in str(drafting.draft(officers.house.stores, draft_id).document)
    dialog.get_by_role("button", name=choice).click()
    saved(second)
    kept = str(drafting.draft(officers.house.stores, draft_id).document)
    assert ("后写的" if choice == "用我的" else "先写的") in kept
    if choice == "把我的另存一份":
        assert any(
            "后写的" in str(drafting.draft(officers.house.stores, each.id).document)
            for each in drafting.drafts(officers.house.stores)
        )


def test_further_settings_stay_unfolded_and_are_found_from_the_checklist(sit: Any, officers: Served) -> None:
    draft_id = two_parts(officers)
    page = opened(sit, draft_id)
    page.locator("#outline [data-go=q1]").click()
    page.locator("#properties summary").click()
    page.locator("[data-field$=short_zh]").fill("短")
    box = page.locator("[data-field$=sensitive]")
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    page.locator("#outline [data-go=q2]").click()
    expect(page.locator("[data-field='sections.0.items.1.help_zh']")).to_be_visible()
    saved(page)
    page.goto("/officers/drafts")
    page.goto(f"/officers/drafts/{draft_id}#at=sections.1.items.0.help_zh")
    expect(page.locator("[data-field='sections.1.items.0.help_zh']")).to_be_focused()
    page.goto("/officers/drafts")
    page.goto(f"/officers/drafts/{draft_id}#at=sections.1.items.0.zh")
    expect(page.locator(".q.is-on textarea").first).to_be_focused()
    expect(page.locator("#properties details")).not_to_have_attribute("open", "")


def test_a_scale_of_its_own_keeps_its_values_in_order(sit: Any, officers: Served) -> None:
    draft_id = two_parts(officers)
    page = opened(sit, draft_id)
    page.locator("[data-go=q1]").click()
    page.get_by_label("题型").select_option("rating")
    page.get_by_label("量表", exact=True).select_option("own")
    page.get_by_label("第 3 项（中文）").fill("过得去")
    page.get_by_role("button", name="去掉第 5 项").click()
    saved(page)
    item = drafting.draft(officers.house.stores, draft_id).document["sections"][0]["items"][0]
    assert item["scale"]["points"] == 4
    assert [each["value"] for each in item["scale"]["options"]] == [4, 3, 2, 1]
    expect(page.frame_locator(".phone-frame.is-front").get_by_text("过得去")).to_be_visible()


def test_best_worst_of_eight_and_a_ready_part_can_be_put_in(sit: Any, officers: Served) -> None:
    draft_id = two_parts(officers)
    page = opened(sit, draft_id)
    page.locator("[data-go=q3]").click()
    page.keyboard.press("Control+Enter")
    page.get_by_role("dialog").get_by_role("button", name="最先和最后").click()
    page.keyboard.insert_text("哪一件最该先办？")
    for n in range(1, 9):
        page.get_by_label(f"第 {n} 项（中文）").fill(f"第{n}件事")
    page.get_by_role("button", name="加一部分", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="关于您").click()
    expect(page.locator("#outline [data-go=dem_category]")).to_be_visible()
    saved(page)
    expect(page.locator("#remarks")).not_to_contain_text("必须改")
