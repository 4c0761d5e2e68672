"""What changed between two versions, in words, and what may still be compared."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from questionnaires.design_checks.mends import item_changed
from questionnaires.differences import broken_items, comparable, comparable_items, differences
from questionnaires.library import IDS, load
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
    assert sentences(later) == ["b27 的题目由“分工会办事公道。”改为“分工会办事很公道。”。"]
    assert sentences(later, "en") == [
        "b27: the question was changed in Chinese from “分工会办事公道。” to “分工会办事很公道。”."
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
    assert "b05 的选项“已解决”改为“办成了”。" in told
    assert "b05 删去了选项“不愿说明”。" in told
    assert "b05 的选项换了顺序。" in told
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
