"""Faults of rules are named in drafts that cannot be read yet, at their place and by the questions' numbers."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.library import IDS, load, shared
from questionnaires.path_checks import path_faults
from questionnaires.written import written


def single(name: str, *, rule: Any = None, **more: Any) -> dict[str, Any]:
    options = [{"id": "yes", "zh": "有"}, {"id": "no", "zh": "没有"}]
    return {"id": name, "type": "single", "zh": name, "options": options} | ({"show_if": rule} if rule else {}) | more


def draft(*items: dict[str, Any], **section: Any) -> dict[str, Any]:
    return {"title_zh": "", "sections": [{"id": "one", "title_zh": "", "items": list(items), **section}]}


def wants(name: str, option: str = "yes", how: str = "in") -> dict[str, Any]:
    return {"item": name, how: [option]}


def faults(document: Any) -> list[tuple[str, str]]:
    return [(fault.rule, fault.item) for fault in path_faults(document, shared())]


def test_a_sound_draft_has_none_however_unfinished_its_texts() -> None:
    assert faults(draft(single("q1"), single("q2", rule=wants("q1")))) == []


def test_a_rule_that_looks_forward_is_named_with_both_questions() -> None:
    found = path_faults(draft(single("q1", rule=wants("q2")), single("q2")), shared())
    assert [(fault.rule, fault.path) for fault in found] == [("forward_reference", ("sections", 0, "items", 0))]
    assert "第 2 题" in found[0].sentence.zh
    assert "question 2" in found[0].sentence.in_language("en")


def test_questions_that_wait_for_each_other_are_a_loop() -> None:
    document = draft(single("q1", rule=wants("q2")), single("q2", rule=wants("q1")))
    assert faults(document) == [("logic_loop", "q1"), ("logic_loop", "q2")]


def test_a_contradiction_makes_an_item_unreachable() -> None:
    both = {"all": [wants("q1"), wants("q1", "no")]}
    assert faults(draft(single("q1"), single("q2", rule=both))) == [("unreachable", "q2")]


def test_facts_that_cannot_hold_together_make_an_item_unreachable() -> None:
    both = {"all": [{"ctx": "branch_members", "gte": 50}, {"ctx": "branch_members", "lte": 20}]}
    assert faults(draft(single("q1", rule=both))) == [("unreachable", "q1")]


def test_an_item_below_an_unreachable_one_is_unreachable_too() -> None:
    both = {"all": [wants("q1"), wants("q1", "no")]}
    document = draft(single("q1"), single("q2", rule=both), single("q3", rule=wants("q2")))
    assert faults(document) == [("unreachable", "q2"), ("unreachable", "q3")]


def test_a_rule_that_goes_against_another_question_s_rule_names_that_question_by_its_number() -> None:
    against = {"all": [wants("q1", "no"), wants("q2")]}
    document = draft(single("q1"), single("q2", rule=wants("q1")), single("q3", rule=against))
    (found,) = path_faults(document, shared())
    assert found.sentence.zh == "规则有矛盾，这一题永远不会显示。（与第 2 题的规则矛盾）"
    assert found.sentence.in_language("en").endswith("(it goes against the rule of question 2)")


def test_a_rule_on_what_is_gone_is_named_and_so_is_one_on_a_question_without_options() -> None:
    text = {"id": "q1", "type": "text", "zh": "说说", "max_length": 100}
    document = draft(text, single("q2", rule=wants("q1")), single("q3", rule=wants("q2", "maybe")))
    rules = faults(document)
    assert ("no_choices", "q2") in rules
    assert ("dangling_reference", "q3") in rules


def test_the_rule_of_a_part_is_named_at_the_part() -> None:
    document = draft(single("q1"), show_if=wants("q9"))
    assert [fault.path for fault in path_faults(document, shared())] == [("sections", 0, "show_if")]


@pytest.mark.parametrize("name", IDS)
def test_the_library_has_no_faulty_path(name: str) -> None:
    assert faults(written(load(name), shared())) == []


BROKEN = st.sampled_from(
    [None, "", 0, -1, [], {}, [None], {"item": 1}, {"all": []}, "text", True, {"ctx": "x", "in": 3}]
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_stands_in_a_draft_the_checks_answer(data: st.DataObject) -> None:
    document = copy.deepcopy(DOCUMENT)
    for _ in range(data.draw(st.integers(1, 4))):
        node: Any = document
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            if not isinstance(node[key], dict | list) or data.draw(st.integers(0, 3)) == 0:
                node[key] = copy.deepcopy(data.draw(BROKEN))
                break
            node = node[key]
    path_faults(document, shared())


DOCUMENT = json.loads(json.dumps(written(load("staff_home_annual"), shared()), ensure_ascii=False))
