"""The laws of answers, for any questionnaire: paths, the form at rest, and the compiled check."""

import orjson
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from questionnaires.answers import InvalidAnswers, check_answers, decoded, encoded, faults, on_path, path
from tests.questionnaires.strategies import FACTS, answered, questionnaires

CODES = st.one_of(st.none(), st.integers(-2, 12), st.sampled_from([31, 20454, 2**70, True, 1.0, "0", [0]]))


def coded(questionnaire, answers, facts):
    """The array, where the answers have no fault (a carried choice can go stale)."""
    assume(not faults(questionnaire, answers, facts))
    return encoded(questionnaire, answers, facts)


def accepted(check, data, facts):
    try:
        check(data, facts)
    except InvalidAnswers:
        return False
    return True


@given(answered())
def test_answers_put_on_the_path_twice_are_the_same(case):
    questionnaire, answers, facts = case
    once = on_path(questionnaire, answers, facts)
    assert on_path(questionnaire, once, facts) == once
    assert path(questionnaire, once, facts) == path(questionnaire, answers, facts)


@given(answered())
def test_only_items_on_the_path_keep_an_answer(case):
    questionnaire, answers, facts = case
    assert set(on_path(questionnaire, answers, facts)) <= set(path(questionnaire, answers, facts))


@given(answered())
def test_answers_at_rest_pass_the_check_and_say_what_stood_on_the_path(case):
    questionnaire, answers, facts = case
    data = coded(questionnaire, answers, facts)
    check_answers(questionnaire)(data, facts)
    spoken = {k: v for k, v in on_path(questionnaire, answers, facts).items() if questionnaire.item(k).kind != "text"}
    assert decoded(questionnaire, data) == spoken


@given(answered(), st.data())
def test_the_check_agrees_with_decoding_and_encoding_anew(case, data):
    """Any one code changed: refused, unless it is another valid answer by the slow way too."""
    questionnaire, answers, facts = case
    assume(questionnaire.columns)
    codes = orjson.loads(coded(questionnaire, answers, facts))
    for _ in range(data.draw(st.integers(1, 3))):
        codes[data.draw(st.integers(0, len(codes) - 1))] = data.draw(CODES)
    mutated = str(codes).replace("None", "null").replace("True", "true").replace("'", '"').replace(" ", "").encode()
    assert accepted(check_answers(questionnaire), mutated, facts) == by_the_slow_way(questionnaire, mutated, facts)


@given(questionnaires(most=4), FACTS, st.data())
def test_the_check_agrees_on_any_array(questionnaire, facts, data):
    width = len(questionnaire.columns)
    small = st.lists(st.one_of(st.none(), st.integers(-1, 4)), min_size=width, max_size=width)
    mutated = orjson.dumps(data.draw(small))
    assert accepted(check_answers(questionnaire), mutated, facts) == by_the_slow_way(questionnaire, mutated, facts)


def by_the_slow_way(questionnaire, data, facts):
    """Valid is what comes out unchanged when it is read as answers and written again."""
    try:
        return encoded(questionnaire, decoded(questionnaire, data), facts) == data
    except InvalidAnswers:
        return False


@given(answered(), st.data())
@settings(max_examples=200)
def test_bytes_changed_anywhere_are_refused_or_another_valid_answer(case, data):
    questionnaire, answers, facts = case
    array = bytearray(coded(questionnaire, answers, facts))
    place = data.draw(st.integers(0, len(array) - 1))
    array[place] = data.draw(st.integers(0, 255))
    mutated = bytes(array)
    assert accepted(check_answers(questionnaire), mutated, facts) == by_the_slow_way(questionnaire, mutated, facts)


@given(questionnaires(most=3), FACTS, st.binary(max_size=60))
def test_bytes_of_any_kind_are_refused_without_another_error(questionnaire, facts, data):
    if not by_the_slow_way(questionnaire, data, facts):
        with pytest.raises(InvalidAnswers):
            check_answers(questionnaire)(data, facts)


NASTY = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.sampled_from(["c0", "pnts"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=5,
)


@given(questionnaires(most=4), FACTS, st.lists(NASTY, min_size=4, max_size=4))
def test_nonsense_in_place_of_answers_becomes_faults_never_errors(questionnaire, facts, nonsense):
    answers = {item.id: given for item, given in zip(questionnaire.items, nonsense, strict=False)}
    faults(questionnaire, answers, facts)
    once = on_path(questionnaire, answers, facts)
    assert on_path(questionnaire, once, facts) == once
