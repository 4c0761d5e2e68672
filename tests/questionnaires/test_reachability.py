"""Whether a rule can be met: right on small questionnaires by trying every answer, and bounded on contrived ones."""

import time
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.design_checks import findings
from questionnaires.design_checks.reachability import can_hold, opposing
from questionnaires.items import MultiItem, SingleItem
from questionnaires.questionnaire import Section
from questionnaires.scales import Choice
from questionnaires.skip_logic import All, AnyOf, FactCondition, ItemCondition, holds
from questionnaires.texts import Text
from tests.questionnaires.strategies import WORD, around

CHOICES = (Choice("a", WORD), Choice("b", WORD), Choice("none", WORD, role="exclusive", exclusive=True))
SIZES = (10, 30, 60)


def asked(*conditions, kinds="", choices=CHOICES):
    """A questionnaire of as many items as conditions; multis where `kinds` has an m."""
    items = []
    for place, condition in enumerate(conditions):
        made = MultiItem if kinds[place : place + 1] == "m" else SingleItem
        items.append(made(id=f"q{place}", text=WORD, choices=choices, show_if=condition))
    return around([Section("s", WORD, items=tuple(items))])


def possible(item):
    ids = [choice.id for choice in item.choices]
    if item.kind == "single":
        return [None, *ids]
    free = [choice.id for choice in item.choices if not choice.exclusive]
    most = item.max_select or len(ids)
    sets = [some for size in range(1, min(most, len(free)) + 1) for some in combinations(free, size)]
    return [None, *sets, *((choice.id,) for choice in item.choices if choice.exclusive)]


def met_by_some_answers(questionnaire, condition):
    """By trying all: every answer to every item, those not shown left out."""
    for size, answers in product(SIZES, product(*map(possible, questionnaire.items))):
        given_answers, facts = {}, {"branch_members": size}
        for item, answer in zip(questionnaire.items, answers, strict=True):
            if answer is not None and holds(questionnaire.condition(item.id), given_answers, facts):
                given_answers[item.id] = answer
        if holds(condition, given_answers, facts):
            return True
    return False


@st.composite
def rules(draw, before, deep=2):
    kind = draw(st.sampled_from(["in", "not", "fact", *(["all", "any"] if deep else [])]))
    if kind == "fact" or not before:
        return draw(st.sampled_from([FactCondition("branch_members", gte=30), FactCondition("branch_members", lte=20)]))
    if kind in {"in", "not"}:
        item = f"q{draw(st.integers(0, before - 1))}"
        ids = tuple(draw(st.lists(st.sampled_from(["a", "b", "none"]), min_size=1, max_size=2, unique=True)))
        return ItemCondition(item, in_=ids) if kind == "in" else ItemCondition(item, not_in=ids)
    parts = tuple(draw(st.lists(rules(before, deep - 1), min_size=1, max_size=3)))
    return All(parts) if kind == "all" else AnyOf(parts)


@given(st.data())
@settings(max_examples=250, deadline=None)
def test_the_search_finds_what_trying_every_answer_finds(data):
    conditions = [data.draw(st.one_of(st.none(), rules(place))) for place in range(4)]
    questionnaire = asked(*conditions, kinds=data.draw(st.sampled_from(["", "m", "mm", "smm"])))
    condition = data.draw(rules(4))
    assert can_hold(questionnaire, condition) == met_by_some_answers(questionnaire, condition)


def test_of_a_multi_that_takes_one_choice_two_cannot_be_wanted():
    item = MultiItem(id="q0", text=WORD, choices=CHOICES, max_select=1)
    whole = around([Section("s", WORD, items=(item,))])
    assert not can_hold(whole, All((ItemCondition("q0", ("a",)), ItemCondition("q0", ("b",)))))


def test_a_rule_that_another_rule_makes_impossible_names_that_one():
    first = ItemCondition("q0", ("a",))
    against = All((ItemCondition("q0", ("b",)), ItemCondition("q1", ("a",))))
    itself = All((ItemCondition("q0", ("a",)), ItemCondition("q0", ("b",))))
    whole = asked(None, first, against, itself)
    assert opposing(whole, against) == ("q1",)
    assert opposing(whole, itself) == ()
    about = {one.place.item: one.about for one in findings(whole) if one.rule.id == "unreachable"}
    assert about == {"q2": Text("与q1的规则矛盾", "it goes against the rule of q1"), "q3": None}


def test_six_hundred_ways_that_fail_do_not_hide_one_that_holds():
    fails = All((ItemCondition("q0", ("a",)), ItemCondition("q0", ("b",))))
    assert can_hold(asked(None), AnyOf((*([fails] * 600), ItemCondition("q0", ("b",)))))
    assert not can_hold(asked(None), AnyOf((fails,) * 600))


def nested(place):
    """Three times one of three earlier answers."""
    parts = [AnyOf(tuple(ItemCondition(f"q{place - back}", (f"c{back + turn}",)) for back in (1, 2, 3))) for turn in range(3)]  # fmt: skip
    return All(tuple(parts))


def crowded(people, seats):
    """Each of the first items takes a seat, and no two the same: impossible with fewer seats, and long to prove."""
    ids = [f"c{seat}" for seat in range(seats)]
    apart = [
        AnyOf((ItemCondition(f"q{one}", not_in=(seat,)), ItemCondition(f"q{other}", not_in=(seat,))))
        for one, other in combinations(range(people), 2)
        for seat in ids
    ]
    return All((*(ItemCondition(f"q{one}", tuple(ids)) for one in range(people)), *apart))


@pytest.mark.parametrize("rule", [nested, lambda place: crowded(8, 7)], ids=["nested", "crowded"])  # noqa: ARG005
def test_contrived_rules_on_two_hundred_items_are_checked_in_bounded_time(rule):
    choices = tuple(Choice(f"c{place}", WORD) for place in range(8))
    questionnaire = asked(*[None] * 8, *(rule(place) for place in range(8, 200)), choices=choices)
    began = time.process_time()
    found = {one.rule.id for one in findings(questionnaire)}
    assert time.process_time() - began < 60  # seconds of the processor, on a slow one; without a bound it is years
    assert "unreachable" not in found


def test_a_rule_beyond_the_bound_is_taken_to_be_sound_and_one_within_it_is_judged():
    questionnaire = asked(*[None] * 4, choices=tuple(Choice(f"c{place}", WORD) for place in range(4)))
    assert can_hold(questionnaire, crowded(3, 3))
    assert not can_hold(questionnaire, crowded(3, 2))
    assert can_hold(questionnaire, crowded(3, 2), most_ways=3)
