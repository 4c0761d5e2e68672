"""What changed between two versions, in words, and what may still be compared."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from questionnaires.design_checks.mends import item_changed
from questionnaires.differences import broken_items, comparable, comparable_items, differences
from questionnaires.items import MultiItem
from questionnaires.library import IDS, load
from questionnaires.questionnaire import texts_in
from questionnaires.texts import Text
from tests.questionnaires.strategies import questionnaires
from tests.questionnaires.varied import varied

HOME = load("staff_home_annual")


def changed(item_id, **properties):
    return item_changed(HOME, item_id, lambda item: replace(item, **properties))


def sentences(later, language="zh", earlier=HOME):
    return [one.sentence.in_language(language) for one in differences(earlier, later)]


@given(questionnaires())
@settings(deadline=None)
def test_a_questionnaire_does_not_differ_from_itself_and_all_of_it_is_comparable(questionnaire):
    assert differences(questionnaire, questionnaire) == ()
    assert comparable_items(questionnaire, questionnaire) == tuple(item.id for item in questionnaire.items)


@given(varied(most=4), varied(most=4))
@settings(max_examples=60, deadline=None)
def test_whenever_anything_differs_something_is_said_in_both_languages(earlier, later):
    found = differences(earlier, later)
    assert bool(found) is (earlier != later)
    for one in found:
        assert one.sentence.zh.endswith("。")
        assert one.sentence.en.endswith(".")


@given(varied(most=4), varied(most=4))
@settings(max_examples=60, deadline=None)
def test_an_item_kept_is_comparable_exactly_if_no_sentence_ends_its_trend(earlier, later):
    ended = {one.item for one in differences(earlier, later) if one.breaks_comparison}
    kept = [item.id for item in later.items if item.id in earlier]
    assert list(comparable_items(earlier, later)) == [name for name in kept if name not in ended]


def test_a_reworded_question_is_told_word_for_word_and_ends_its_trend():
    later = changed("b27", text=Text("分工会办事很公道。", "The branch acts fairly."))
    assert sentences(later) == ["第 23 题的题目由“分工会办事公道。”改为“分工会办事很公道。”。"]
    assert sentences(later, "en") == [
        "Question 23: the question was changed in Chinese from “分工会办事公道。” to “分工会办事很公道。”."
    ]
    assert broken_items(HOME, later) == ("b27",)


def test_english_alone_may_change_without_ending_a_trend():
    later = changed("b27", text=Text("分工会办事公道。", "The branch is fair."))
    assert "改了英文" in sentences(later)[0]
    assert broken_items(HOME, later) == ()


@pytest.mark.parametrize(
    ("properties", "ends"),
    [
        ({"sensitive": True}, False),
        ({"short": Text("公道")}, False),
        ({"required": False}, True),
        ({"show_if": None}, False),
    ],
)
def test_what_ends_a_trend_and_what_does_not(properties, ends):
    assert comparable(HOME.item("b27"), replace(HOME.item("b27"), **properties)) is not ends


def test_options_added_removed_reworded_and_moved_are_each_told():
    item = HOME.item("b05")
    first, second, *rest = item.choices
    later = changed("b05", choices=(second, replace(first, text=Text("办成了", "Done")), *rest[:-1]))
    told = sentences(later)
    assert "第 5 题的选项由“已解决”改为“办成了”。" in told
    assert "第 5 题删去了选项“不愿说明”。" in told
    assert "第 5 题的选项换了顺序。" in told
    assert all(one.breaks_comparison for one in differences(HOME, later))


def test_items_added_removed_and_moved_are_each_told_once():
    section = HOME.sections[0]
    items = list(section.items)
    moved = [items[1], items[0], *items[2:-1]]
    later = replace(HOME, sections=(replace(section, items=tuple(moved)), *HOME.sections[1:]))
    told = {(one.kind, one.item) for one in differences(HOME, later)}
    assert ("removed", "b06") in told
    assert len([kind for kind, _ in told if kind == "moved"]) == 1
    assert {kind for kind, _ in {(one.kind, one.item) for one in differences(later, HOME)}} == {"added", "moved"}


@given(varied(most=5), varied(most=5))
@settings(max_examples=60, deadline=None)
def test_only_sentences_about_a_code_name_one(earlier, later):
    ids = {one.id for whole in (earlier, later) for one in (*whole.items, *whole.sections)}
    texts = {text.in_language(each) for whole in (earlier, later) for text in texts_in(whole) for each in ("zh", "en")}
    for one in differences(earlier, later):
        for language in ("zh", "en"):
            said = one.sentence.in_language(language)
            for text in sorted(texts, key=len, reverse=True):
                said = said.replace(text, "")
            named = {name for name in ids if re.search(rf"(?<![A-Za-z0-9_]){name}(?![A-Za-z0-9_])", said)}
            assert not named or "代码" in one.sentence.zh, said


def test_questions_and_parts_go_by_their_numbers_and_words_in_both_languages():
    first, second, *rest = HOME.sections
    fresh = replace(HOME.item("b27"), id="x_new", text=Text("新的一题？", "A new one?"), short=None)
    later = replace(
        HOME, sections=(replace(first, items=(fresh, *first.items[1:])), replace(second, show_if=None), *rest[1:])
    )
    told = sentences(later), sentences(later, "en")
    assert f"删去了以前的第 1 题“{HOME.items[0].label.zh}”。" in told[0]
    assert f"The earlier question 1 “{HOME.items[0].label.en}” was removed." in told[1]
    assert "增加了第 1 题“新的一题？”。" in told[0]
    assert "Question 1 “A new one?” was added." in told[1]
    assert f"删去了以前的部分 3“{rest[0].title.zh}”。" in told[0]
    assert f"The earlier section 3 “{rest[0].title.en}” was removed." in told[1]


def test_what_a_question_counts_towards_and_takes_from_others_is_named_in_words():
    item = HOME.items[0]
    other = next(each for each in HOME.measures if each.id not in item.feeds)
    later = changed(item.id, feeds=(*item.feeds, other.id))
    assert sentences(later)[0].endswith(f"{other.text.zh}。")
    assert other.id not in sentences(later)[0] + sentences(later, "en")[0]
    needs = load("needs_annual")
    carried = next(each for each in needs.items if getattr(each, "options_from", None))
    own = item_changed(needs, carried.id, lambda one: replace(one, options_from=None))
    number = 1 + [each.id for each in needs.items if each.kind != "info"].index(carried.options_from)
    assert f"的选项的来源由第 {number} 题改为无。" in "".join(sentences(own, earlier=needs))
    assert sentences(replace(HOME, cadence="once")) == ["频次由每年一次改为只做一次。"]


def test_a_code_that_changed_is_told_as_such_and_not_as_one_gone_and_another_come():
    item = HOME.items[1]
    later = item_changed(HOME, item.id, lambda one: replace(one, id="x_code"))
    assert sentences(later) == [f"第 2 题的题目代码改了（{item.id} 改为 x_code）。"]
    assert sentences(later, "en") == [f"Question 2: its code was changed ({item.id} to x_code)."]
    assert [one.breaks_comparison for one in differences(HOME, later)] == [item.stable]
    first, *rest = HOME.item("b05").choices
    recoded = changed("b05", choices=(replace(first, id="x_one"), *rest))
    assert sentences(recoded) == [f"第 5 题的选项“{first.text.zh}”换了代码（{first.id} 改为 x_one）。"]
    assert broken_items(HOME, recoded) == ("b05",)


def test_another_type_is_told_by_the_names_officers_know():
    item = HOME.item("b05")
    later = item_changed(
        HOME,
        "b05",
        lambda one: MultiItem(
            id=one.id, text=one.text, short=one.short, required=True, choices=one.choices, feeds=one.feeds
        ),
    )
    assert item.kind == "single"
    assert "第 5 题的题型由单选题改为多选题。" in sentences(later)
    assert "Question 5: the type was changed from Single choice to Multiple choice." in sentences(later, "en")


def test_what_stands_around_the_items_is_told():
    later = replace(HOME, minutes=9.0, title=Text("评议", "Review"), thanks=Text(HOME.thanks.zh, "Thanks."))
    assert sentences(later) == [
        "标题由“分工会工作满意度与职工之家评议”改为“评议”。",
        f"结束语改了英文：由“{HOME.thanks.en}”改为“Thanks.”。",
        "所需时间由7改为9。",
    ]
    assert sentences(later, "en")[-1] == "The time needed was changed from 7 to 9."


def test_an_item_put_into_another_section_was_moved():
    first, second, *rest = HOME.sections
    later = replace(
        HOME,
        sections=(
            replace(first, items=first.items[:-1]),
            replace(second, items=(first.items[-1], *second.items)),
            *rest,
        ),
    )
    assert [(one.kind, one.item) for one in differences(HOME, later)] == [("moved", "b06")]


@pytest.mark.parametrize("name", IDS)
def test_the_library_compared_with_itself_keeps_every_stable_item(name):
    assert broken_items(load(name), load(name)) == ()
