"""The path and the faults of answers in their natural form."""

from datetime import date

import pytest

from questionnaires.answers import (
    BestWorst,
    Fault,
    InvalidAnswers,
    decoded,
    encoded,
    faults,
    offered_choices,
    offered_rows,
    on_path,
    path,
)
from questionnaires.library import load
from questionnaires.skip_logic import All, AnyOf, FactCondition, ItemCondition, holds
from tests.questionnaires.strategies import corpus

FACTS = {"branch_members": 40, "unit": "B07"}

OPERATORS = [
    (None, True),
    (ItemCondition("one", in_=("a",)), True),
    (ItemCondition("one", in_=("b", "a")), True),
    (ItemCondition("one", in_=("b",)), False),
    (ItemCondition("one", not_in=("b",)), True),
    (ItemCondition("one", not_in=("a", "b")), False),
    (ItemCondition("some", in_=("y",)), True),
    (ItemCondition("some", in_=("z",)), False),
    (ItemCondition("some", not_in=("z",)), True),
    (ItemCondition("some", not_in=("x",)), False),
    (ItemCondition("blank", in_=("a",)), False),
    (ItemCondition("blank", not_in=("a",)), False),
    (FactCondition("branch_members", gte=40), True),
    (FactCondition("branch_members", gte=41), False),
    (FactCondition("branch_members", lte=39), False),
    (FactCondition("branch_members", gte=30, lte=50), True),
    (FactCondition("unit", eq="B07"), True),
    (FactCondition("unit", eq="B08"), False),
    (FactCondition("unit", in_=("B08", "B07")), True),
    (FactCondition("unit", gte=1), False),
    (FactCondition("weather", eq="fine"), False),
    (All((ItemCondition("one", in_=("a",)), FactCondition("unit", eq="B07"))), True),
    (All((ItemCondition("one", in_=("a",)), FactCondition("unit", eq="B08"))), False),
    (AnyOf((ItemCondition("one", in_=("b",)), FactCondition("unit", eq="B07"))), True),
    (AnyOf((ItemCondition("one", in_=("b",)), All((FactCondition("unit", eq="B08"),)))), False),
]


@pytest.mark.parametrize(("condition", "expected"), OPERATORS)
def test_conditions_hold_by_their_table(condition, expected):
    assert holds(condition, {"one": "a", "some": ("x", "y")}, FACTS) is expected


def test_an_answer_off_the_path_keeps_no_later_item_on_it():
    stale = {"q1": "absent", "q2": ("run",), "q3": "fair"}
    assert path(corpus("conditions"), stale, FACTS) == ("q1",)
    assert on_path(corpus("conditions"), stale, FACTS) == {"q1": "absent"}


def test_a_difficulty_named_alone_answers_which_is_the_most_urgent():
    answers = on_path(load("needs_annual"), {"a01": ("housing",)}, FACTS)
    assert (answers["a02"], answers["a03"]) == ("housing", "housing")
    assert "a04" not in answers  # one could still need no help


def test_only_difficulties_that_were_named_are_offered():
    needs = load("needs_annual")
    offered = offered_choices(needs, needs.item("a04"), {"a01": ("housing", "other")})
    assert [choice.id for choice in offered] == ["housing", "other", "no_help", "pnts"]


def test_a_choice_no_longer_carried_is_asked_again():
    answers = {"a01": ("housing", "workload"), "a02": "promotion"}
    found = faults(load("needs_annual"), answers, FACTS, section="difficulties")
    assert Fault("a02", None, "missing") in found


def test_rows_marked_not_applicable_are_not_asked_again():
    learning = load("learning_needs")
    marked = {row.id: "na" if row.id == "lab_safety" else "i4" for row in learning.item("g01").rows}
    rows = offered_rows(learning, learning.item("g02"), {"g01": marked})
    assert len(rows) == 7
    assert "lab_safety" not in {row.id for row in rows}


def test_a_matrix_whose_every_row_is_skipped_is_off_the_path():
    learning = load("learning_needs")
    marked = {row.id: "na" for row in learning.item("g01").rows}
    assert "g02" not in path(learning, {"g01": marked}, FACTS)


FAULTY = [
    ("single", {}, Fault("q1", None, "missing")),
    ("single", {"q1": "grants"}, Fault("q1", None, "foreign")),
    ("single", {"q1": ("grant",)}, Fault("q1", None, "malformed")),
    ("matrix", {"q1": {"fair": "a5"}}, Fault("q1", "quick", "missing")),
    ("matrix", {"q1": {"fair": "a5", "quick": "s5"}}, Fault("q1", "quick", "foreign")),
    ("matrix", {"q1": {"slow": "a5"}}, Fault("q1", None, "foreign")),
    ("multi", {"q1": ("a", "b", "c")}, Fault("q1", None, "too_many")),
    ("multi", {"q1": ("a", "none")}, Fault("q1", None, "exclusive")),
    ("multi", {"q1": ("a", "a")}, Fault("q1", None, "duplicate")),
    ("rank", {"q2": ("a", "a")}, Fault("q2", None, "duplicate")),
    ("rank", {"q2": ("a", "pnts")}, Fault("q2", None, "exclusive")),
    ("rank", {"q1": ("a", "b", "c"), "q2": ("a",)}, Fault("q1", None, "too_many")),
    ("best_worst", {"q1": BestWorst(3, (("a", "b"), ("c", "d")))}, Fault("q1", None, "foreign")),
    ("best_worst", {"q1": BestWorst(0, (("a", "c"), ("c", "d")))}, Fault("q1", None, "foreign")),
    ("best_worst", {"q1": BestWorst(0, (("a", "a"), ("c", "d")))}, Fault("q1", None, "duplicate")),
    ("best_worst", {"q1": BestWorst(0, (("a", "b"),))}, Fault("q1", None, "malformed")),
    ("text", {}, Fault("q1", None, "missing")),
    ("text", {"q1": "   "}, Fault("q1", None, "missing")),
    ("text", {"q1": "一" * 21}, Fault("q1", None, "too_long")),
    ("text", {"q1": "一" * 5_000_000}, Fault("q1", None, "too_long")),
    ("text", {"q1": "好\x00"}, Fault("q1", None, "bad_characters")),
    ("text", {"q1": "好\ud800"}, Fault("q1", None, "bad_characters")),
    ("number", {"q1": "两个"}, Fault("q1", None, "not_a_number")),
    ("number", {"q1": "11"}, Fault("q1", None, "out_of_range")),
    ("number", {"q1": True}, Fault("q1", None, "not_a_number")),
    ("number", {"q1": "9" * 5000}, Fault("q1", None, "not_a_number")),
    ("date", {"q1": "2026-02-30"}, Fault("q1", None, "not_a_date")),
    ("date", {"q1": "2027-01-01"}, Fault("q1", None, "out_of_range")),
    ("likelihood", {"q1": "11"}, Fault("q1", None, "foreign")),
]


@pytest.mark.parametrize(("name", "answers", "fault"), FAULTY)
def test_each_fault_is_named_with_its_item(name, answers, fault):
    questionnaire = corpus(name)
    assert fault in faults(questionnaire, answers, FACTS)
    with pytest.raises(InvalidAnswers):
        encoded(questionnaire, answers, FACTS)


def test_a_required_item_can_always_be_declined():
    assert faults(corpus("single"), {"q1": "pnts"}, FACTS) == ()


def test_numbers_and_days_may_come_as_the_text_of_a_form():
    assert encoded(corpus("number"), {"q1": " 3 ", "q2": "７"}, FACTS) == b"[3,7]"
    assert encoded(corpus("date"), {"q1": "2026-01-01"}, FACTS) == b"[20454,-1]"
    assert decoded(corpus("date"), b"[20454,-1]") == {"q1": date(2026, 1, 1)}


def test_ends_of_lines_and_spaces_around_a_text_are_put_in_order():
    assert on_path(corpus("text"), {"q1": "  一\r\n二 "}, FACTS) == {"q1": "一\n二"}


def test_only_the_faults_of_the_section_asked_for_are_given():
    found = faults(load("staff_home_annual"), {}, FACTS, section="rights")
    assert [fault.item for fault in found] == ["b11", "b12", "b13", "b14", "b15", "b16"]


def test_each_stage_asks_its_own_items():
    questionnaire, answers = corpus("stages"), {"q1": "now", "q2": "solved", "q3": "s5"}
    assert path(questionnaire, answers, FACTS) == ("q1",)
    assert path(questionnaire, answers, FACTS, "follow_up") == ("q2", "q3")
    assert encoded(questionnaire, answers, FACTS, "follow_up") == b"[null,0,0]"


def test_personal_items_are_not_asked_in_a_small_branch():
    questionnaire = load("staff_home_annual")
    assert "dem_age" in path(questionnaire, {}, FACTS)
    assert "dem_contract" not in path(questionnaire, {}, FACTS)
    assert "dem_contract" in path(questionnaire, {}, {"branch_members": 60})
    assert "dem_age" not in path(questionnaire, {}, {"branch_members": 29})
