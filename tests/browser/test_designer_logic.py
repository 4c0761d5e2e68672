"""The designer's tabs 跳题 and 翻译 in a real Chromium: by mouse and keyboard, on a desk and on a phone, in both languages."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from survey_app.services import drafting, starting_drafts
from tests.browser.test_officers_desk import DESK, PHONE, Served, officers, sit, violations

__all__ = ["officers", "sit"]  # fixtures
pytestmark = pytest.mark.browser

OPTIONS = [{"id": "yes", "zh": "有", "en": "Yes"}, {"id": "no", "zh": "没有", "en": "No"}]


def single(name: str, zh: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "type": "single", "zh": zh, "en": f"{name} in English", "options": OPTIONS, **more}


def fresh(officers: Served) -> str:
    """A draft of four questions, of which the third rests on the first."""
    items = [
        single("q1", "遇到过困难吗？"),
        single("q2", "提过吗？"),
        single("q3", "办成了吗？", show_if={"item": "q1", "in": ["yes"]}),
        {"id": "q4", "type": "text", "zh": "还想说的", "en": "Anything else", "max_length": 500},
    ]
    document = starting_drafts.BLANK | {
        "title_zh": "回访", "title_en": "Follow-up", "purpose_zh": "了解情况",
        "sections": [{"id": "part1", "title_zh": "困难", "title_en": "Difficulties", "items": items}],
    }  # fmt: skip
    return drafting.new_draft(officers.house.stores, document, "blank", "union")


def opened(sit: Any, officers: Served, tab: str, draft_id: str = "", **options: Any) -> Page:
    page: Page = sit(**options).page
    page.goto(f"/officers/drafts/{draft_id or fresh(officers)}")
    page.locator(f"[data-tab={tab}]").click()
    return page


def kept(officers: Served, page: Page) -> Any:
    """The document as the server has it once all is saved."""
    expect(page.locator("#state")).to_have_attribute("data-state", "saved")
    return drafting.draft(officers.house.stores, page.url.rsplit("/", 1)[1]).document


def item(document: Any, name: str) -> Any:
    return next(each for section in document["sections"] for each in section["items"] if each["id"] == name)


@pytest.mark.parametrize("tab", ["logic", "translation"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    sit: Any, officers: Served, viewport: dict[str, int], language: str, tab: str
) -> None:
    page = opened(sit, officers, tab, viewport=viewport, language=language)
    expect(page.locator(".panel:visible h2").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    if tab == "logic":
        page.locator("[data-field='edit-q3']").click()
        assert violations(page) == []


def test_a_rule_is_written_in_words_with_the_keyboard_alone(sit: Any, officers: Served) -> None:
    page = opened(sit, officers, "logic")
    page.get_by_label("给哪一题或哪一部分加规则").select_option("q4")
    page.get_by_label("给哪一题或哪一部分加规则").press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_label("看什么")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".rule-reading")).to_have_text("显示，如果第 2 题“提过吗？”选择了“有”")
    page.get_by_role("button", name="加一个条件").press("Enter")
    page.get_by_label("看什么").last.select_option("ctx:branch_members")
    page.get_by_label("人数", exact=True).fill("20")
    page.get_by_label("要满足").select_option("any")
    page.get_by_role("button", name="就这样").press("Enter")
    expect(page.locator("[data-rule=q4]")).to_contain_text("或者分工会有 20 人以上")
    wanted = {"any": [{"item": "q2", "in": ["yes"]}, {"ctx": "branch_members", "gte": 20}]}
    assert item(kept(officers, page), "q4")["show_if"] == wanted


def test_the_question_chosen_for_a_rule_stays_chosen_when_the_check_of_the_paths_comes_back(
    sit: Any, officers: Served
) -> None:
    page = opened(sit, officers, "logic")
    chosen = page.get_by_label("给哪一题或哪一部分加规则")
    with page.expect_response("**/paths"):
        chosen.select_option("q4")
        page.locator("[data-tab=logic]").click()
    expect(page.locator(".rule-list [data-rule]").first).to_be_visible()
    expect(chosen).to_have_value("q4")


def test_an_unfinished_rule_is_not_taken_and_closing_changes_nothing(sit: Any, officers: Served) -> None:
    page = opened(sit, officers, "logic")
    page.locator("[data-field='edit-q3']").click()
    page.get_by_role("button", name="加一组条件").click()
    page.get_by_role("button", name="就这样").click()
    expect(page.get_by_role("alert").filter(has_text="还没有选完")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("[data-rule=q3]")).to_contain_text("第 1 题“遇到过困难吗？”选择了“有”")


def test_rules_are_found_by_their_words_and_shown_on_the_map(sit: Any, officers: Served) -> None:
    page = opened(sit, officers, "logic")
    page.get_by_label("找规则").fill("没有这样的字")
    expect(page.locator(".rule-card")).to_have_count(0)
    page.get_by_label("找规则").fill("遇到过")
    expect(page.locator(".rule-card")).to_have_count(1)
    expect(page.locator("[data-path=q1]")).to_contain_text("决定问不问：第 3 题")
    expect(page.locator(".path-lines path.path-head")).to_have_count(1)


def test_a_contradiction_is_named_at_its_rule(sit: Any, officers: Served) -> None:
    draft_id = fresh(officers)
    state = drafting.draft(officers.house.stores, draft_id)
    document = json.loads(json.dumps(state.document))
    never = {"all": [{"item": "q1", "in": ["yes"]}, {"item": "q1", "in": ["no"]}]}
    item(document, "q3")["show_if"] = never
    drafting.save_draft(officers.house.stores, draft_id, 1, document, "union")
    page = opened(sit, officers, "logic", draft_id)
    expect(page.locator("[data-rule=q3]")).to_contain_text("永远不会显示")
    expect(page.locator("[data-tab=logic]")).to_have_text("跳题（1 处不通）")


def test_moving_a_question_behind_what_rests_on_it_is_told_and_can_be_undone(sit: Any, officers: Served) -> None:
    page = sit().page
    page.goto(f"/officers/drafts/{fresh(officers)}")
    page.locator("#outline [data-go=q1]").click()
    page.locator("#outline [data-go=q1]").focus()
    for _ in range(2):
        page.keyboard.press("Alt+ArrowDown")
    told = page.locator("#notice")
    expect(told).to_contain_text("第 2 题“办成了吗？”的规则要看第 3 题，现在第 3 题排到了后面")
    told.get_by_role("button", name="撤销").click()
    expect(told).to_be_hidden()


@pytest.mark.parametrize("choice", ["rules", "only", "none"])
def test_deleting_a_question_that_a_rule_rests_on_asks_first(sit: Any, officers: Served, choice: str) -> None:
    page = sit().page
    page.goto(f"/officers/drafts/{fresh(officers)}")
    page.locator("#outline [data-go=q1]").click()
    page.locator("#outline [data-go=q1]").focus()
    page.keyboard.press("Delete")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("这些题的规则要看它：第 3 题“办成了吗？”")
    if choice == "none":
        page.keyboard.press("Escape")
        expect(page.locator("#outline [data-go=q1]")).to_be_visible()
        return
    dialog.get_by_role("button", name="连同这些规则一起删" if choice == "rules" else "只删这一题").click()
    expect(page.locator("#outline [data-go=q1]")).to_have_count(0)
    if choice == "only":
        expect(page.locator("#notice")).to_contain_text("规则要看的题已经不在了")
    document = kept(officers, page)
    assert ("show_if" in item(document, "q3")) is (choice == "only")


def test_another_type_tells_both_the_rules_it_breaks_and_what_it_drops(sit: Any, officers: Served) -> None:
    page = opened(sit, officers, "design")
    page.locator("#outline [data-go=q1]").click()
    page.get_by_label("题型").select_option("text")
    expect(page.locator("#notice p")).to_have_count(2)
    expect(page.locator("#notice")).to_contain_text("办成了吗？")
    expect(page.locator("#notice")).to_contain_text("有的在这种题型里没有")
    page.locator("#undo").click()
    expect(page.locator("#notice")).to_be_hidden()
    kept(officers, page)


def test_english_whose_chinese_changed_is_marked_until_somebody_looks(sit: Any, officers: Served) -> None:
    page = sit().page
    page.goto(f"/officers/drafts/{fresh(officers)}")
    page.locator("#outline [data-go=q1]").click()
    page.get_by_label("题目（中文）").fill("今年遇到过困难吗？")
    page.locator("[data-tab=translation]").click()
    row = page.get_by_role("row").filter(has_text="今年遇到过困难吗？")
    expect(row).to_contain_text("英文是按这句写的：遇到过困难吗？")
    assert item(kept(officers, page), "q1")["zh_before"] == "遇到过困难吗？"
    row.get_by_role("button", name="英文还对").click()
    expect(row).not_to_contain_text("英文是按这句写的")
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(row).to_contain_text("英文是按这句写的")
    row.get_by_role("textbox").fill("Any difficulties this year?")
    expect(row).not_to_contain_text("英文是按这句写的")
    page.locator("#undo").focus()
    expect(page.locator("#state")).to_have_attribute("data-state", "saved")


def test_missing_english_is_counted_shown_alone_and_filled_in(sit: Any, officers: Served) -> None:
    page = opened(sit, officers, "translation")
    expect(page.locator("[data-tab=translation]")).to_have_text("翻译（缺 1 处）")
    page.locator("#translation-show").select_option("missing")
    expect(page.locator(".grid-table tbody tr")).to_have_count(1)
    page.locator(".grid-table textarea").fill("To learn how things went")
    expect(page.locator("[data-tab=translation]")).to_have_text("翻译")
    expect(page.locator(".grid-table textarea")).to_be_focused()
    assert kept(officers, page)["purpose_en"] == "To learn how things went"


def test_a_translators_table_comes_in_as_one_step_and_a_faulty_one_not_at_all(
    sit: Any, officers: Served, tmp_path: Path
) -> None:
    page = opened(sit, officers, "translation")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 CSV").click()
    table = Path(download.value.path()).read_text("utf-8-sig")
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    assert "\n第 2 题，选项 1" in table.replace("\r", "").replace('"', "")
    expect(page.locator(".grid-where", has_text="第 2 题 · 选项 1")).to_have_count(1)
    bad.write_text(table.replace("q2,", "q99,"), "utf-8")
    good.write_text(table.replace("q2 in English", "Did you raise it?"), "utf-8-sig")
    page.locator("#translation-file").set_input_files(bad)
    expect(page.locator("#translation-faults")).to_contain_text("（第 2 题，题目）：这份问卷里没有“q99”这一条")
    page.locator("#translation-file").set_input_files(good)
    expect(page.locator("#notice")).to_contain_text("导入了 1 处英文")
    expect(page.locator("#translation-faults")).to_be_empty()
    assert item(kept(officers, page), "q2")["en"] == "Did you raise it?"
