"""Drafts looked over: faults in both languages, what the design checks say and where, and mends that touch nothing else."""

import json
import re
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.design_checks import Circumstances
from questionnaires.library import IDS, load
from survey_app.services import starting_drafts
from survey_app.services.reviewing import DraftFinding, NoSuchFinding, Review, mended, reviewed
from survey_app.store.engines import Stores

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SINGLE = {
    "id": "q1",
    "type": "single",
    "zh": "您这次办的是什么事？",
    "en": "What was it about?",
    "options": [{"id": "o1", "zh": "医药费", "en": "Medical"}, {"id": "o2", "zh": "其他", "en": "Other"}],
}
DOUBLE = {
    "id": "q2",
    "type": "rating",
    "zh": "窗口人员热情和专业吗？",
    "scale": "satisfaction5",
    "na": True,
    "required": True,
}
STAFF_NUMBER = {"id": "q3", "type": "text", "zh": "请填写您的工号：", "max_length": 20}


def draft(*items: dict[str, Any], **around: Any) -> dict[str, Any]:
    document = deepcopy(starting_drafts.BLANK) | {"title_zh": "窗口回访", "purpose_zh": "改进窗口服务"} | around
    document["sections"] = [{"id": "part1", "title_zh": "办理情况", "items": [deepcopy(item) for item in items]}]
    return document


def found(review: Review, rule: str) -> DraftFinding:
    return next(one for one in review.findings if one.rule == rule)


def test_asking_for_the_staff_number_blocks_and_names_its_place() -> None:
    review = reviewed(draft(SINGLE, STAFF_NUMBER))
    assert review.questionnaire is not None
    assert not review.is_publishable
    blocking = review.blocking[0]
    assert blocking.path[:4] == ("sections", 0, "items", 1)
    assert "工号" in blocking.sentence.zh
    assert blocking.sentence.en
    assert not CHINESE.search(blocking.sentence.en.replace("工号", ""))


def test_every_question_of_a_circle_of_rules_carries_a_mark() -> None:
    one = SINGLE | {"id": "qa", "show_if": {"item": "qb", "in": ["o1"]}}
    other = SINGLE | {"id": "qb", "zh": "后来呢？", "show_if": {"item": "qa", "in": ["o1"]}}
    both_ways = {"all": [{"item": "qa", "in": ["o1"]}, {"item": "qa", "in": ["o2"]}]}
    never = SINGLE | {"id": "qc", "zh": "问得到吗？", "show_if": both_ways}
    faults = reviewed(draft(one, other, never)).faults
    assert [fault.path for fault in faults] == [("sections", 0, "items", at, "show_if") for at in (0, 1, 2)]
    assert [fault.title.zh for fault in faults] == ["规则不通", "规则绕成了圈", "永远问不到"]
    assert "第 1 题" in faults[1].sentence.zh
    assert "question 1" in str(faults[1].sentence.en)


def test_what_lacks_in_many_places_of_a_question_is_said_once_with_their_number() -> None:
    empty = {"id": "q9", "type": "single", "zh": "哪一项？", "options": [{"id": "a", "zh": ""}, {"id": "b", "zh": ""}]}
    faults = reviewed(draft(SINGLE, empty)).faults
    assert [(fault.path[:4], fault.sentence.zh) for fault in faults] == [
        (("sections", 0, "items", 1), "还没有写中文（2 处）。")
    ]


def test_no_remark_calls_a_question_or_an_option_by_its_id() -> None:
    again = SINGLE | {"id": "secret_name"}
    lost = DOUBLE | {"show_if": {"item": "secret_name", "in": ["gone_option"]}}
    written = draft(SINGLE, again, SINGLE | {"id": "third_one"}, lost)
    review = reviewed(written)
    texts = [each.sentence for each in (*review.faults, *review.findings)]
    assert any("与第 1 题相同" in text.zh for text in texts)
    assert not [text for text in texts if re.search("secret_name|third_one|gone_option|q1", f"{text.zh}{text.en}")]


def test_a_question_in_two_languages_is_spoken_of_once() -> None:
    both = DOUBLE | {"en": "Are the staff friendly and professional?"}
    rules = [one.rule for one in reviewed(draft(SINGLE, both)).findings if one.path[:4] == ("sections", 0, "items", 1)]
    assert len(rules) == len(set(rules))
    assert "double_barrelled" in rules


def test_finished_questions_are_checked_while_others_are_being_written() -> None:
    unfinished = {"id": "q9", "type": "single", "options": [{"id": "o1"}]}
    review = reviewed(draft(unfinished, STAFF_NUMBER, title_zh=""))
    assert review.questionnaire is None
    assert review.faults
    assert [one.path[:4] for one in review.blocking] == [("sections", 0, "items", 1)]
    assert all(CHINESE.search(fault.sentence.zh) for fault in review.faults)


def test_a_mend_changes_its_place_and_nothing_else() -> None:
    written = draft(SINGLE | {"note": ""}, DOUBLE | {"na": False}, {"id": "q9", "type": "single"})
    review = reviewed(written)
    mendable = [one for one in review.findings if one.mend]
    assert mendable
    for one in mendable:
        after = mended(written, one.rule, one.path)
        assert after != written
        assert not any((again.rule, again.path) == (one.rule, one.path) for again in reviewed(after).findings)
        untouched = [at for at in range(3) if at != one.path[3]]
        assert [after["sections"][0]["items"][at] for at in untouched] == [
            written["sections"][0]["items"][at] for at in untouched
        ]


DIFFICULTIES = {
    "id": "q5",
    "type": "multi",
    "zh": "遇到过哪些困难？",
    "zh_before": "遇到过什么困难？",
    "en": "Which difficulties?",
    "options": [
        {"id": "o1", "zh": "看病难", "en": "Care", "zh_before": "看病"},
        {"id": "o2", "zh": "住房", "en": "Housing"},
    ],
}


def after_none_was_added(item: dict[str, Any]) -> dict[str, Any]:
    written = draft(SINGLE, item)
    one = found(reviewed(written), "no_none_option")
    after = mended(written, one.rule, one.path)
    assert reviewed(after).faults == ()
    return dict(after["sections"][0]["items"][1])


def test_a_mend_of_a_list_keeps_the_marks_of_english_that_nobody_has_looked_at_again() -> None:
    item = after_none_was_added(DIFFICULTIES)
    assert item["zh_before"] == DIFFICULTIES["zh_before"]
    assert item["options"][:2] == DIFFICULTIES["options"]
    assert item["options"][2]["exclusive"] is True


def test_a_mend_of_a_list_from_the_library_writes_it_out_with_what_was_added_to_it() -> None:
    extra = {"id": "x1", "zh": "停车", "en": "Parking", "zh_before": "车位"}
    taken = {key: value for key, value in DIFFICULTIES.items() if key != "options"}
    item = after_none_was_added(taken | {"options_ref": "skills8", "extra_options": [extra]})
    assert not {"options_ref", "extra_options"} & item.keys()
    assert item["options"][-2] == extra


def test_new_english_and_chinese_put_back_need_no_mark() -> None:
    earlier = draft(SINGLE | {"stable": True})
    known = Circumstances(earlier=reviewed(earlier).questionnaire)
    options = [
        {"id": "o1", "zh": "看病", "en": "Medical", "zh_before": "医药费"},
        {"id": "o2", "zh": "别的", "en": "Others", "zh_before": "旁的"},
    ]
    written = draft(SINGLE | {"stable": True, "options": options})
    one = next(each for each in reviewed(written, known).findings if each.rule == "stable_changed")
    assert mended(written, one.rule, one.path, known)["sections"][0]["items"][0]["options"] == SINGLE["options"]


def test_a_mend_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchFinding):
        mended(draft(SINGLE), "double_barrelled", ("sections", 0, "items", 0, "zh"))


@pytest.mark.parametrize("name", IDS)
def test_every_mend_of_every_library_questionnaire_leads_to_a_questionnaire(name: str) -> None:
    written = json.loads(json.dumps(starting_drafts.document_of(load(name))))
    known = Circumstances(smallest_unit=12)
    for one in reviewed(written, known).findings:
        if one.mend:
            after = reviewed(mended(written, one.rule, one.path, known), known)
            assert after.questionnaire is not None, one
            assert (one.rule, one.path, one.sentence) not in [(x.rule, x.path, x.sentence) for x in after.findings]


def test_combinations_that_identify_block_where_a_unit_is_small() -> None:
    written = starting_drafts.document_of(load("congress_openness"))
    assert not reviewed(written).blocking
    assert "identifying_combination" in [one.rule for one in reviewed(written, Circumstances(12)).blocking]


def test_two_questionnaires_from_a_blank_page_are_never_compared(stores: Stores) -> None:
    ids = {starting_drafts.beginning(stores, "blank")["id"] for _ in range(5)}
    assert len(ids) == 5
    for each in ids:
        assert not any(fault.path == ("id",) for fault in reviewed(starting_drafts.BLANK | {"id": each}).faults)


junk = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("id", "zh", "type", "items", "x")), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(("id", "zh", "type", "options", "show_if", "scale", "rows")), junk), junk)
def test_whatever_stands_in_a_draft_it_is_looked_over(item: dict[str, Any], title: Any) -> None:
    review = reviewed(draft(item, STAFF_NUMBER, title_zh=title))
    assert review.faults or review.questionnaire
    assert all(CHINESE.search(fault.sentence.zh) for fault in review.faults)


def test_a_fault_names_another_question_by_the_number_officers_see() -> None:
    words = {"id": "words", "type": "info", "zh": "先看一段话。", "en": "Read this first."}
    rule = {"item": "q1", "in": ["no_such_option"]}
    faults = reviewed(draft(words, SINGLE, DOUBLE | {"show_if": rule})).faults
    assert [(each.sentence.zh, each.sentence.en) for each in faults] == [
        ("第 1 题没有规则里选的那个选项。", "Question 1 no longer has the option chosen here.")
    ]


def test_a_code_to_follow_ones_matter_by_cannot_be_promised_yet() -> None:
    review = reviewed(draft(SINGLE, issues_tracking_code=True))
    assert review.questionnaire is not None  # it can be written and looked at
    assert not review.is_publishable
    assert [fault.path for fault in review.faults] == [("issues_tracking_code",)]
