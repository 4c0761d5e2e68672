"""Best-worst choices, funnels and the random intercept on poor data. The numbers of R are in tests/oracles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measurement.best_worst import choice_model
from analysis.measurement.screens import option_counts, screens
from analysis.units.funnel import funnel
from analysis.units.mixed import random_intercept, unit_sums

NAN = float("nan")


def answered(*rows, n_respondents=None):
    """Rows of (options shown, best, worst), one respondent after the other."""
    people = len(rows) if n_respondents is None else n_respondents
    shown, best, worst = ([row[part] for row in rows] for part in range(3))
    return screens(shown, best, worst, [place % max(people, 1) for place in range(len(rows))])


def simulated(utilities, n=800, seed=1):
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(n):
        shown = random.permutation(len(utilities))[:4].tolist()
        worth = [utilities[option] + random.gumbel() for option in shown]
        best = shown[int(np.argmax(worth))]
        rest = [option for option in shown if option != best]
        rows.append((shown, best, rest[int(np.argmax([-utilities[option] + random.gumbel() for option in rest]))]))
    return answered(*rows, n_respondents=n // 4)


CHOICES = st.lists(
    st.permutations(range(5)).flatmap(
        lambda order: st.sampled_from([(order[:3], order[0], order[1]), (order[:3], order[2], -1), (order[:4], -1, -1)])
    ),
    max_size=25,
)


@given(CHOICES)
def test_whatever_is_chosen_the_worth_of_options_is_finite_or_has_a_reason(rows):
    model = choice_model(answered(*rows), 5)
    assert (model.reason is None) == bool(model.options) == (model.log_likelihood is not None)
    for option in model.options:
        assert np.isfinite([option.utility, option.share]).all()
        assert 0 < option.share < 1
        assert option.share_interval.reason or option.share_interval.low <= option.share <= option.share_interval.high


def test_the_choice_model_finds_what_was_planted_and_says_how_sure_it_is():
    truth = [1.5, 0.5, 0.0, -0.5, 0.0]
    model = choice_model(simulated(truth), 5)
    shares = np.exp(truth) / np.exp(truth).sum()
    for option, utility, share in zip(model.options[:4], truth, shares, strict=False):
        assert abs(option.utility - utility) < 4 * option.clustered_error
        assert option.share_interval.low - 0.02 < share < option.share_interval.high + 0.02
    assert model.options[4].standard_error is None


def test_another_reference_moves_the_utilities_but_not_the_shares():
    data = simulated([1.0, 0.0, -0.5, 0.3])
    last, first = choice_model(data, 4), choice_model(data, 4, reference=0)
    assert first.options[0].utility == 0
    assert [option.share for option in first.options] == pytest.approx([option.share for option in last.options])
    assert first.options[2].share_interval.low == pytest.approx(last.options[2].share_interval.low)


@pytest.mark.parametrize(
    ("rows", "n_options", "reason"),
    [
        ([], 3, "nobody answered"),
        ([([0, 1, 2], -1, -1)], 3, "nobody answered"),
        ([([0], 0, -1)], 1, "a single option"),
        ([([0, 99_999], 0, 99_999)], 100_000, "too many"),
        ([([0, 1], 0, 1)] * 5, 3, "never shown"),
        ([([0, 1, 2], 0, 2)] * 9, 3, "always or never chosen"),
        ([([0, 1], 0, 1), ([0, 1], 1, 0), ([2, 3], 2, 3), ([2, 3], 3, 2)] * 5, 4, "always or never"),
    ],
)
def test_choices_that_order_nothing_say_why(rows, n_options, reason):
    assert reason in choice_model(answered(*rows), n_options).reason


def test_one_respondents_many_choices_give_no_interval():
    rows = [([0, 1, 2], *ends) for ends in [(0, 1), (1, 2), (2, 0), (0, 2), (1, 0), (2, 1)]]
    option = choice_model(answered(*rows, n_respondents=1), 3).options[0]
    assert option.clustered_error is None
    assert "fewer respondents" in option.share_interval.reason
    assert option.standard_error > 0


def test_counts_leave_out_blank_screens_and_options_never_shown():
    counts = option_counts(answered(([0, 1, 2], 0, 2), ([0, 1, 2], -1, 0), ([0, 1, 2], -1, -1)), 4)
    assert [(n.shown, n.best, n.worst, n.net, n.score) for n in counts[:3]] == [
        (2, 1, 1, 0, 0.0),
        (2, 0, 0, 0, 0.0),
        (2, 0, 1, -1, -0.5),
    ]
    assert counts[3].score is None
    assert "never shown" in counts[3].reason


def test_choices_that_were_not_on_the_screen_are_refused():
    with pytest.raises(ValueError, match="among the options"):
        answered(([0, 1], 2, 0))
    with pytest.raises(ValueError, match="both the best and the worst"):
        answered(([0, 1], 1, 1))
    with pytest.raises(ValueError, match="reference"):
        choice_model(answered(), 3, reference=7)


@pytest.mark.parametrize(
    ("counts", "bases", "reason"),
    [([], [], "nobody answered"), ([0, 0], [0, 0], "nobody answered"), ([5, 9], [5, 9], "alike"), ([0], [9], "alike")],
)
def test_a_funnel_of_nobody_or_of_one_mind_says_why(counts, bases, reason):
    result = funnel(counts, bases, [10])
    assert result.centre is None
    assert reason in result.reason
    assert all(reason in unit.reason for unit in result.units)


def test_a_unit_nobody_answered_in_has_no_place_in_the_funnel():
    result = funnel([3, 0, 8], [10, 0, 12], [1, 5, 100])
    assert result.units[1].z is None
    assert result.units[1].reason == "nobody answered"
    for point in result.limits:
        assert 0 <= point.overdispersed.outer_low <= point.arcsine.inner_low < point.arcsine.inner_high <= 1
    with pytest.raises(ValueError, match="base"):
        funnel([4], [3], [10])


def test_one_unit_alone_is_the_funnel_itself():
    result = funnel([4], [10], [10])
    assert result.tau2 == 0
    assert result.units[0].z == pytest.approx(0)


@given(st.lists(st.tuples(st.sampled_from([0.0, 25, 50, 75, 100, NAN]), st.integers(0, 4)), max_size=30))
def test_whatever_is_answered_the_random_intercept_is_finite_or_has_a_reason(rows):
    result = random_intercept(unit_sums([row[0] for row in rows], [row[1] for row in rows], 5))
    assert (result.mu is None) == (result.reason is not None)
    if result.mu is not None:
        assert np.isfinite([result.mu, result.mu_standard_error, result.between, result.within, result.p]).all()
        assert 0 <= result.icc < 1
        assert len(result.units) == 5


@pytest.mark.parametrize(
    ("values", "units", "reason"),
    [
        ([], [], "nobody answered"),
        ([NAN, NAN], [0, 1], "nobody answered"),
        ([1, 2, 3], [0, 0, 0], "a single unit"),
        ([1, 2], [0, 1], "one answer in each unit"),
        ([4, 4, 4, 4], [0, 0, 1, 1], "everybody gave the same"),
        ([4, 4, 2, 2], [0, 0, 1, 1], "in each unit all gave the same"),
    ],
)
def test_units_that_cannot_be_told_from_people_say_why(values, units, reason):
    result = random_intercept(unit_sums(values, units, 3))
    assert result.units == ()
    assert reason in result.reason


def test_units_that_do_not_differ_are_all_predicted_at_the_mean():
    result = random_intercept(unit_sums([1, 3, 1, 3, 1, 3], [0, 0, 1, 1, 2, 2], 4))
    assert (result.between, result.icc, result.p) == (0, 0, 1)
    assert [unit.prediction for unit in result.units] == [2, 2, 2, None]
    assert result.units[3].reason == "nobody answered"


def test_planted_differences_are_found():
    random = np.random.default_rng(8)
    unit = np.repeat(np.arange(60), 40)
    values = 60 + 6 * random.standard_normal(60)[unit] + 20 * random.standard_normal(2400)
    result = random_intercept(unit_sums(values, unit, 60))
    assert result.icc == pytest.approx(36 / 436, abs=0.04)
    assert result.p < 1e-6
