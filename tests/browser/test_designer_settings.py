"""Every property of a question and of the questionnaire has its place in the designer and comes into the saved document."""

# ruff: noqa: F811 - fixtures of the desk are taken over by name
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from questionnaires.documents import read_tree
from questionnaires.library import shared
from survey_app.services import drafting, starting_drafts
from tests.browser.test_designer_hands import opened, saved
from tests.browser.test_officers_desk import Served, officers, sit  # noqa: F401

pytestmark = pytest.mark.browser

OPTIONS = [{"id": f"o{n}", "zh": f"第{n}件", "en": f"Matter {n}"} for n in range(8)]
SCREENS = next(name for name, design in shared().designs.items() if max(map(max, design[0])) == 7)
ITEMS: list[dict[str, Any]] = [
    {"id": "many", "type": "multi", "zh": "遇到过哪些困难？", "en": "Which?", "options": OPTIONS},
    {"id": "one", "type": "single", "zh": "最急的是哪一项？", "en": "Most urgent?", "options_from": "many"},
    {"id": "rated", "type": "rating", "zh": "您满意吗？", "en": "Satisfied?", "scale": "satisfaction5", "na": True},
    {
        "id": "first",
        "type": "best_worst",
        "zh": "最该先办哪一件？",
        "en": "Which first?",
        "options": OPTIONS,
        "design": SCREENS,
        "best_label_zh": "最先",
        "best_label_en": "First",
        "worst_label_zh": "最后",
        "worst_label_en": "Last",
    },
]


@pytest.fixture
def draft(officers: Served) -> str:
    sections = [{"id": "part1", "title_zh": "前", "title_en": "First", "items": ITEMS}]
    words = {"title_zh": "设置", "title_en": "Settings", "purpose_zh": "试一试", "purpose_en": "Trying"}
    return drafting.new_draft(
        officers.house.stores, starting_drafts.BLANK | words | {"sections": sections}, "blank", "union"
    )


def document(officers: Served, draft_id: str) -> dict[str, Any]:
    return dict(drafting.draft(officers.house.stores, draft_id).document)


def unfold(page: Page) -> None:
    page.locator("#properties summary").evaluate("fold => { fold.parentElement.open = true; }")


def chosen(page: Page, item: str) -> None:
    page.locator(f"#outline [data-go={item}]").click()
    unfold(page)


def test_rare_settings_of_questions_reach_the_document(sit: Any, officers: Served, draft: str) -> None:
    page = opened(sit, draft)
    chosen(page, "one")
    page.get_by_label("只剩一个选项时自动选上").check()
    page.get_by_label("成组取舍的代码").fill("official_return")
    page.get_by_label("由链接填好的项目").fill("service")
    chosen(page, "rated")
    page.get_by_label("再次打开时才问").check()
    page.get_by_label("计入", exact=True).select_option("q_satisfied")
    page.get_by_label("计入", exact=True).select_option("q_solved")
    expect(page.locator("#properties .chosen li")).to_have_count(2)
    page.locator("#properties .chosen button").first.click()
    expect(page.locator("#properties .chosen li")).to_have_count(1)
    chosen(page, "first")
    page.get_by_label("可以改用排序的短题").check()
    field = page.locator("[data-field$='short_form.zh']")
    field.fill("最该先办哪三件？")
    page.locator("[data-field$='short_form.en']").fill("Which three first?")
    saved(page)
    items = {item["id"]: item for item in document(officers, draft)["sections"][0]["items"]}
    assert {name: items["one"][name] for name in ("auto_answer_if_single", "module", "prefill")} == {
        "auto_answer_if_single": True,
        "module": "official_return",
        "prefill": "service",
    }
    assert {name: items["rated"][name] for name in ("stage", "feeds")} == {
        "stage": "follow_up",
        "feeds": ["q_solved"],
    }
    short = {"type": "rank_top", "zh": "最该先办哪三件？", "en": "Which three first?", "max_select": 3}
    assert items["first"]["short_form"] == short


def test_settings_of_the_whole_reach_a_document_that_is_read_again(sit: Any, officers: Served, draft: str) -> None:
    page = opened(sit, draft)
    page.get_by_role("button", name="整份问卷的设置").click()
    unfold(page)
    page.get_by_label("多久一次").select_option("yearly")
    page.get_by_label("离退休人员", exact=True).check()
    page.get_by_label("离退休人员的结果").select_option("reported_apart")
    page.get_by_label("至少几人评才报告").fill("10")
    page.get_by_label("也有纸质版").check()
    page.get_by_label("结果只给谁看").fill("upper_union_appraisal_group，officer_concerned")
    saved(page)
    found = document(officers, draft)
    assert (found["cadence"], found["paper_version"]) == ("yearly", True)
    assert found["results_visible_to"] == ["upper_union_appraisal_group", "officer_concerned"]
    who = read_tree(found, shared=shared()).who
    assert (set(who.members), who.retired, who.min_raters) == ({"in_service", "retired"}, "reported_apart", 10)
    page.get_by_label("离退休人员的结果").select_option("")
    saved(page)
    assert "retired" not in document(officers, draft)["who"]


def test_the_usual_scales_stand_first(sit: Any, draft: str) -> None:
    page = opened(sit, draft)
    page.locator("#outline [data-go=rated]").click()
    names = page.locator("#properties select[data-field$='.scale'] option").evaluate_all(
        "all => all.map((one) => one.value)"
    )
    assert names[:2] == ["agreement5", "satisfaction5"]
    assert names[-1] == "own"


def test_adding_an_option_to_a_first_and_last_question_fits_its_screens(sit: Any, officers: Served, draft: str) -> None:
    page = opened(sit, draft)
    page.locator("#outline [data-go=first]").click()
    for n in (9, 10):
        page.locator(".q.is-on .add-entry").click()
        page.locator(f"[data-field$='options.{n - 1}.zh']").fill(f"第{n}件")
        page.locator(f"[data-field$='options.{n - 1}.en']").fill(f"Matter {n}")
    saved(page)
    item = document(officers, draft)["sections"][0]["items"][3]
    assert (len(item["options"]), item["design"]) == (10, "bw10")
    chosen = page.locator("#properties select[data-field$='.design'] option:checked")
    expect(chosen).to_have_text("10 项，每人看 3 组")


def test_a_question_under_another_code_takes_the_rules_that_name_it_along(
    sit: Any, officers: Served, draft: str
) -> None:
    page = opened(sit, draft)
    chosen(page, "many")
    code = page.get_by_label("题目代码")
    code.fill("rated")
    code.blur()
    expect(page.locator("#properties .error-text")).to_contain_text("没有改")
    code.fill("difficulties")
    code.blur()
    expect(page.locator("#outline .outline-item.is-on, #outline [aria-current]").first).to_be_visible()
    saved(page)
    items = document(officers, draft)["sections"][0]["items"]
    assert (items[0]["id"], items[1]["options_from"], items[2]["id"]) == ("difficulties", "difficulties", "rated")
    page.locator("#undo").click()
    saved(page)
    assert document(officers, draft)["sections"][0]["items"][1]["options_from"] == "many"


def test_a_setting_pressed_before_it_is_drawn_never_changes_another_question(
    sit: Any, officers: Served, draft: str
) -> None:
    """Settings follow the question a moment later: here no moment is left between the two presses."""
    page = opened(sit, draft)
    page.locator("#outline [data-go=many]").click()
    expect(page.locator("#properties [data-field='sections.0.items.0.required']")).to_be_visible()
    page.evaluate("""() => {
        document.querySelector('#outline [data-go=rated]').click();
        document.querySelector('#properties [data-field="sections.0.items.0.required"]').click();
    }""")
    page.locator("#properties [data-field='sections.0.items.2.na']").uncheck()
    saved(page)
    many, _, rated, _ = document(officers, draft)["sections"][0]["items"]
    assert "required" not in many | rated
    assert "na" not in rated


def test_the_focus_is_kept_in_the_settings_when_they_are_drawn_again(sit: Any, officers: Served, draft: str) -> None:
    page = opened(sit, draft)
    page.locator("#outline [data-go=rated]").click()
    page.locator("#properties [data-field='sections.0.items.2.required']").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#properties [data-field='sections.0.items.1.required']")).to_be_visible()
    expect(page.locator("#properties h2", has_text="设置")).to_be_focused()


OWN_SCALE = {
    "id": "scale_own",
    "points": 2,
    "options": [{"id": "g", "value": 2, "zh": "好", "en": "Good"}, {"id": "b", "value": 1, "zh": "差", "en": "Bad"}],
}


def with_item(officers: Served, item: dict[str, Any]) -> str:
    words = {"title_zh": "设置", "title_en": "Settings", "purpose_zh": "试一试", "purpose_en": "Trying"}
    sections = [{"id": "part1", "title_zh": "前", "title_en": "First", "items": [item, ITEMS[0]]}]
    return drafting.new_draft(
        officers.house.stores, starting_drafts.BLANK | words | {"sections": sections}, "blank", "union"
    )


def kept_item(officers: Served, page: Page, draft_id: str) -> dict[str, Any]:
    saved(page)
    return dict(document(officers, draft_id)["sections"][0]["items"][0])


def test_a_scale_of_its_own_gets_words_for_who_does_not_know_when_that_is_ticked(sit: Any, officers: Served) -> None:
    item = {"id": "q1", "type": "rating", "zh": "好不好？", "en": "Good?", "required": True, "scale": OWN_SCALE}
    draft_id = with_item(officers, item)
    page = opened(sit, draft_id)
    page.locator("#outline [data-go=q1]").click()
    page.get_by_label("提供“不了解／不适用”").check()
    usual = shared().scales["satisfaction5"].na
    assert usual
    expect(page.get_by_label("不了解时选什么（中文）")).to_have_value(usual.text.zh)
    expect(page.get_by_label("不了解时选什么（英文）")).to_have_value(str(usual.text.en))
    page.get_by_label("不了解时选什么（中文）").fill("没去过")
    page.get_by_label("不了解时选什么（英文）").fill("Never been there")
    kept = kept_item(officers, page, draft_id)
    assert kept["na"] is True
    assert kept["scale"]["na"] == {"id": usual.id, "zh": "没去过", "en": "Never been there"}
    read_tree(document(officers, draft_id), shared())
    page.get_by_label("提供“不了解／不适用”").uncheck()
    page.get_by_label("提供“不了解／不适用”").check()
    expect(page.get_by_label("不了解时选什么（中文）")).to_have_value("没去过")


def test_another_type_keeps_marks_and_measures_and_tells_what_it_drops(sit: Any, officers: Served) -> None:
    options = [
        {"id": "o1", "zh": "看病难", "en": "Care", "zh_before": "看病"},
        {"id": "o2", "zh": "住房", "en": "Housing"},
    ]
    item = {
        "id": "q1",
        "type": "multi",
        "zh": "遇到过哪些困难？",
        "en": "Which?",
        "zh_before": "有哪些困难？",
        "help_zh": "可以选几项",
        "help_en": "Several",
        "help_zh_before": "多选",
        "stable": True,
        "feeds": ["need_prevalence"],
        "options": options,
    }
    draft_id = with_item(officers, item)
    page = opened(sit, draft_id)
    page.locator("#outline [data-go=q1]").click()
    page.get_by_label("题型").select_option("matrix")
    expect(page.locator("#notice")).to_contain_text("不再标为“各年度保持原样”")
    expect(page.locator("#notice")).not_to_contain_text("去掉了")
    kept = kept_item(officers, page, draft_id)
    assert kept["rows"] == options
    assert (kept["zh_before"], kept["help_zh_before"]) == ("有哪些困难？", "多选")
    assert kept["feeds"] == ["need_prevalence"]
    assert "stable" not in kept
    page.locator("#notice").get_by_role("button", name="撤销").click()
    expect(page.locator("#notice")).to_be_hidden()
    page.get_by_label("题型").select_option("text")
    expect(page.locator("#notice")).to_contain_text("写好的选项、量表或要评的事")
    kept = kept_item(officers, page, draft_id)
    assert (kept["themes"], "feeds" in kept) == (["need_prevalence"], False)
    page.get_by_label("题型").select_option("info")
    expect(page.locator("#notice")).to_contain_text("不再计入任何一项")
    assert not {"feeds", "themes"} & kept_item(officers, page, draft_id).keys()


def test_another_type_of_a_scale_of_its_own_is_sound(sit: Any, officers: Served) -> None:
    draft_id = with_item(officers, {"id": "q1", "type": "rating", "zh": "好不好？", "en": "Good?", "scale": OWN_SCALE})
    page = opened(sit, draft_id)
    page.locator("#outline [data-go=q1]").click()
    page.get_by_label("题型").select_option("matrix")
    kept = kept_item(officers, page, draft_id)
    assert (kept["scale"], "na" in kept) == (OWN_SCALE, False)
