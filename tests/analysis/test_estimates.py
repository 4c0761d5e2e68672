"""Scores, shares, criteria and best-worst from counts: against R and against plain loops."""

import random
from collections import Counter
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimates import (
    best_worst_estimate,
    criterion_estimate,
    domain_population,
    dont_know_share,
    item_worth,
    score_estimate,
    share_estimate,
    standard_deviation,
    top_two,
)
from analysis.estimation.intervals import standard_error
from analysis.frame import Choice, Text, codebook, frame_of
from analysis.scoring import combinations, scoring_for
from analysis.tallies import MARKS, tally_of
from questionnaires.scoring import scoring
from tests.analysis.oracles import cases, close, column
from tests.analysis.worlds import needs, staff_home, stored

SCALE = (
    *(Choice(f"s{value}", Text(str(value)), value) for value in range(5, 0, -1)),
    Choice("na", Text("?"), role="missing"),
)


@pytest.mark.parametrize(
    "case", [case for case in cases("descriptives") if case["inputs"].get("codes") != []], ids=lambda case: case["id"]
)
def test_scores_from_counts_agree_with_r(case):
    seen = Counter(column(case["data"], case["inputs"]["y"]))
    counts = [*(seen[value] for value in (5, 4, 3, 2, 1)), 0]
    expected, tolerance = case["expected"], case["tol"]
    estimate = score_estimate(counts, item_worth(SCALE))
    assert estimate.base == expected["n"]
    assert close(estimate.value / 25 + 1, expected["mean"], tolerance)
    spread = standard_deviation(counts, item_worth(SCALE))
    assert close(spread / 25, expected["sd"], tolerance)
    top = share_estimate(sum(counts[code] for code in top_two(SCALE)), estimate.base)
    assert close(top.value / 100, expected["top2"], tolerance)
    sums = estimate.base, sum(n * value for n, value in zip(counts, (5, 4, 3, 2, 1, 0), strict=True))
    squares = sum(n * value * value for n, value in zip(counts, (5, 4, 3, 2, 1, 0), strict=True))
    assert close(standard_error(*sums, squares), expected["se"], tolerance)


def test_dont_know_is_never_in_a_score():
    with_them = score_estimate([3, 2, 0, 0, 1, 40], item_worth(SCALE))
    assert with_them == score_estimate([3, 2, 0, 0, 1, 0], item_worth(SCALE))
    assert dont_know_share([3, 2, 0, 0, 1, 4], SCALE) == 40
    assert dont_know_share([0] * 6, SCALE) is None


def test_a_unit_that_agrees_in_everything_still_has_an_honest_interval():
    all_satisfied = score_estimate([6, 0, 0, 0, 0, 0], item_worth(SCALE), population=40)
    assert all_satisfied.value == 100
    assert all_satisfied.interval.low < 75
    assert all_satisfied.interval.high == pytest.approx(100)


def test_nobody_and_one_give_reasons_in_words():
    assert score_estimate([0] * 6, item_worth(SCALE)).interval.reason == "nobody answered"
    one = score_estimate([1, 0, 0, 0, 0, 0], item_worth(SCALE), population=10)
    assert one.value == 100
    assert "single answer" in one.interval.reason


def test_the_population_behind_an_item_follows_the_unit():
    assert domain_population(20, 40, 80) == 40
    assert domain_population(20, 40, 30) is None
    assert domain_population(0, 0, 30) is None


def test_the_top_two_box_has_two_points_even_of_three():
    three = tuple(Choice(f"o{value}", Text(""), value) for value in (3, 2, 1))
    assert top_two(three) == (0, 1)
    assert top_two(three[:2]) == (0,)
    assert item_worth(three) == (100, 50, 0)
    assert item_worth((Choice("yes", Text("")), Choice("no", Text("")))) is None


@given(st.lists(st.tuples(*[st.integers(-2, 5)] * 3), max_size=40))
def test_a_criterion_is_the_mean_of_respondents_with_two_answered_items(answers):
    questionnaire = staff_home()
    book, rules = codebook(questionnaire), scoring_for(questionnaire, scoring())
    names = ("b11", "b12", "b13")
    ballots = [
        (
            "B01",
            stored(questionnaire, {name: None if code == -2 else code for name, code in zip(names, row, strict=True)}),
        )
        for row in answers
    ]
    plan = combinations(book, rules)
    tally = tally_of(book, ["B01"], [frame_of(book, ["B01"], ballots)], plan)
    got = criterion_estimate(tally.combinations["org_sound"][0].tolist(), plan[0], 2)
    valid = [[(4 - code) * 25 for code in row if 0 <= code <= 4] for row in answers]
    means = [fmean(row) for row in valid if len(row) >= 2]
    assert got.base == len(means)
    assert got.value == (pytest.approx(fmean(means)) if means else None)


def test_best_worst_is_first_minus_last_over_times_shown():
    questionnaire, dice = needs(), random.Random(3)
    item = questionnaire.item("a11")
    ballots, shown, net = [], Counter(), Counter()
    for _ in range(200):
        design = dice.randrange(len(item.design))
        answers = {"a11.design": design}
        for screen, options in enumerate(item.design[design], 1):
            if dice.random() < 0.2:
                continue
            best, worst = dice.sample(options, 2)
            answers |= {f"a11.{screen}.best": best, f"a11.{screen}.worst": worst}
            shown.update(options)
            net.update({best: 1, worst: -1})
        ballots.append(("B01", stored(questionnaire, answers)))
    book = codebook(questionnaire)
    tally = tally_of(book, ["B01"], [frame_of(book, ["B01"], ballots)])
    for option in range(len(item.choices)):
        got = best_worst_estimate(tally.best_worst["a11"][0, option])
        assert got.value == pytest.approx(net[option] / shown[option] * 100)
        assert got.interval.low < got.value < got.interval.high


def test_blank_and_off_path_are_counted_apart():
    questionnaire = staff_home()
    book = codebook(questionnaire)
    ballots = [("B01", stored(questionnaire, {"b01": code})) for code in (None, None, -1, 0, 0, 0, 5)]
    tally = tally_of(book, ["B01"], [frame_of(book, ["B01"], ballots)])
    assert tally.columns["b01"][0].tolist() == [2, 1, 3, 0, 0, 0, 0, 1]
    assert MARKS == 2
