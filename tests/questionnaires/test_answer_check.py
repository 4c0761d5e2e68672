"""What the check refuses, feature by feature, on the corpus of mini questionnaires."""

from functools import cache

import pytest

from questionnaires.answers import InvalidAnswers, check_answers
from tests.questionnaires.strategies import corpus, corpus_names

FACTS = {"branch_members": 40, "unit": "B07"}

GOOD = {
    "rating": ["[0,0,0]", "[5,5,-1]", "[4,1,2]"],
    "matrix": ["[0,5,-1,-1,-1,-1,-1,-1,-1,-1]", "[1,2,4,0,0,0,0,0,0,0]"],
    "matrix_carried": ["[1,0,null,null]", "[5,2,null,5]", "[8,null,null,null]", "[16,null,null,null]"],
    "matrix_skipping_rows": ["[0,1,2,3]", "[5,1,null,3]", "[5,5,null,null]"],
    "single": ["[0,-1]", "[2,2]"],
    "single_carried": ["[-1,null,null]", "[8,null,null]", "[1,0,3]", "[1,0,0]", "[1,0,4]", "[3,1,3]", "[3,3,1]"],
    "multi": ["[1,-1]", "[3,1]", "[8,131072]", "[16,65537]"],
    "rank": ["[-1,-1,0,-1,-1]", "[2,0,0,1,2]", "[2,-1,3,-1,-1]"],
    "best_worst": ["[-1,-1,-1,-1,-1]", "[0,0,1,2,3]", "[2,3,0,-1,1]", "[1,-1,-1,-1,-1]"],
    "text": ["[]"],
    "info": ["[-1]", "[1]"],
    "number": ["[0,-1]", "[10,1000000]", "[-1,5]"],
    "date": ["[20454,0]", "[20818,-1]", "[-1,84005]"],
    "likelihood": ["[0]", "[10]", "[11]"],
    "conditions": ["[-1,null,null,null]", "[1,null,null,null]", "[0,2,0,null]", "[0,1,-1,1]", "[0,-1,0,null]"],
    "facts": ["[0,0]", "[-1,1]"],
    "closing_block": ["[0,0,1,2,null]", "[-1,-1,-1,-1,null]"],
    "stages": ["[0,null,null]", "[2,null,null]"],
    "per_person": ["[0,0]", "[1,null]", "[2,4]"],
    "placeholders": ["[0]"],
    "modules": ["[0,0]", "[-1,3]"],
    "own_lists": ["[2,0]", "[-1,-1]"],
}

BAD = {
    "not JSON": [("single", "[0,-1"), ("single", ""), ("single", "\xff"), ("single", "[0,-1]]"), ("single", "[NaN,0]")],
    "another length": [("single", "[0]"), ("single", "[0,-1,0]"), ("text", "[0]"), ("single", "{}"), ("single", "0")],
    "huge numbers": [
        ("number", f"[{2**64},-1]"),
        ("number", "[9999999999999999999999,-1]"),
        ("number", "[1000001,-1]"),
    ],
    "true and false": [("single", "[true,-1]"), ("single", "[false,-1]")],
    "numbers with a point": [("single", "[0.0,-1]"), ("single", "[1e0,-1]"), ("number", "[0,5.5]")],
    "nested values": [("single", "[[0],-1]"), ("single", '["0",-1]'), ("single", '[{"a":0},-1]')],
    "spaces and other spellings": [
        ("single", "[0, -1]"),
        ("single", " [0,-1]"),
        ("single", "[-0,-1]"),
        ("rating", "[0,0,0]\n"),
    ],
    "foreign codes": [("single", "[3,-1]"), ("single", "[-2,-1]"), ("rating", "[6,0,0]"), ("likelihood", "[12]")],
    "masks with bits out of range": [
        ("multi", "[32,-1]"),
        ("multi", "[1,262144]"),
        ("multi", "[1,0]"),
        ("multi", "[1,-2]"),
    ],
    "an exclusive choice with another": [("multi", "[9,-1]"), ("multi", "[24,-1]"), ("multi", "[1,131073]")],
    "more than may be chosen": [("multi", "[7,-1]")],
    "ranks given twice": [("rank", "[0,0,0,-1,-1]"), ("rank", "[-1,-1,1,2,1]")],
    "ranks with a gap": [("rank", "[-1,0,0,-1,-1]"), ("rank", "[-1,-1,0,-1,1]")],
    "not saying, and ranking": [("rank", "[-1,-1,3,0,-1]"), ("rank", "[-1,-1,0,3,-1]")],
    "nothing where something is on the path": [
        ("single", "[null,-1]"),
        ("conditions", "[0,null,null,null]"),
        ("facts", "[null,0]"),
        ("matrix_carried", "[5,2,null,null]"),
        ("matrix_skipping_rows", "[0,null,2,3]"),
        ("single_carried", "[1,null,3]"),
        ("best_worst", "[null,null,null,null,null]"),
        ("stages", "[null,null,null]"),
    ],
    "an answer off the path": [
        ("conditions", "[1,0,null,null]"),
        ("conditions", "[0,2,0,0]"),
        ("matrix_carried", "[5,2,1,5]"),
        ("matrix_carried", "[8,0,null,null]"),
        ("matrix_skipping_rows", "[5,1,0,3]"),
        ("single_carried", "[-1,0,null]"),
        ("single_carried", "[8,null,3]"),
        ("stages", "[0,0,null]"),
        ("closing_block", "[0,0,0,0,0]"),
    ],
    "blank where an answer is required": [
        ("rating", "[-1,0,0]"),
        ("matrix", "[0,-1,-1,-1,-1,-1,-1,-1,-1,-1]"),
        ("multi", "[-1,-1]"),
        ("rank", "[-1,-1,-1,-1,-1]"),
        ("likelihood", "[-1]"),
        ("single_carried", "[3,-1,3]"),
    ],
    "a choice that was not carried": [("single_carried", "[3,2,3]"), ("single_carried", "[3,0,2]")],
    "another answer than the only one": [("single_carried", "[1,3,3]")],
    "best and worst of another screen": [("best_worst", "[0,2,1,2,3]"), ("best_worst", "[0,0,0,2,3]")],
    "best and worst without a version": [("best_worst", "[-1,0,1,2,3]"), ("best_worst", "[3,0,1,2,3]")],
    "days out of range": [("date", "[20453,-1]"), ("date", "[20819,-1]"), ("date", "[-1,-2]"), ("date", "[-1,84006]")],
}


@cache
def check_of(name):
    return check_answers(corpus(name))


def test_every_mini_questionnaire_has_good_arrays_here():
    assert sorted(GOOD) == corpus_names()


@pytest.mark.parametrize(("name", "array"), [(name, one) for name, arrays in GOOD.items() for one in arrays])
def test_good_arrays_pass(name, array):
    check_of(name)(array.encode(), FACTS)


@pytest.mark.parametrize(("why", "name", "array"), [(why, *one) for why, pairs in BAD.items() for one in pairs])
def test_bad_arrays_are_refused(why, name, array):
    with pytest.raises(InvalidAnswers):
        check_of(name)(array.encode("latin-1"), FACTS)


def test_what_facts_do_not_allow_is_off_the_path():
    small = {"branch_members": 12, "unit": "B01"}
    check_of("facts")(b"[null,null]", small)
    with pytest.raises(InvalidAnswers):
        check_of("facts")(b"[0,null]", small)


def test_a_blank_multi_shows_nothing_that_depends_on_it():
    elsewhere = {"branch_members": 40, "unit": "B01"}
    check_of("conditions")(b"[0,-1,null,null]", elsewhere)
    with pytest.raises(InvalidAnswers):
        check_of("conditions")(b"[0,-1,0,null]", elsewhere)


def test_an_unknown_fact_keeps_its_items_off_the_path():
    check_of("facts")(b"[null,null]", {})


def test_the_second_stage_asks_its_own_items_alone():
    check = check_answers(corpus("stages"), stage="follow_up")
    check(b"[null,0,4]", FACTS)
    check(b"[null,1,null]", FACTS)
    with pytest.raises(InvalidAnswers):
        check(b"[0,0,4]", FACTS)


def test_a_refusal_names_the_item_and_never_what_was_sent():
    with pytest.raises(InvalidAnswers) as refusal:
        check_of("single")(b"[7,-1]", FACTS)
    assert (refusal.value.fault.item, refusal.value.fault.kind) == ("q1", "foreign")
    assert "7" not in str(refusal.value)


def test_a_text_of_5_megabytes_is_refused_by_its_length_alone():
    with pytest.raises(InvalidAnswers) as refusal:
        check_of("single")(b"[" * 5_000_000, FACTS)
    assert refusal.value.fault.kind == "wrong_length"
