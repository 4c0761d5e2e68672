"""Reliability and careless answers: their laws, and what they say of poor data. The numbers of R are in tests/oracles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.estimation.moments import coded_moments, moments
from analysis.measurement.careless import answer_runs, answer_spread, outlyingness, straight_liners
from analysis.measurement.factor import one_factor
from analysis.measurement.reliability import reliability, scale_reliability

NAN = float("nan")
ANSWERS = arrays(
    np.float64,
    st.tuples(st.integers(0, 12), st.integers(0, 5)),
    elements=st.sampled_from([1.0, 2, 3, 4, 5, NAN]),
)


def one_factor_answers(n=400, *, loadings=(0.8, 0.7, 0.6, 0.75), seed=3):
    random = np.random.default_rng(seed)
    shared = random.standard_normal(n)[:, None]
    load = np.array(loadings)
    return shared * load + random.standard_normal((n, len(load))) * np.sqrt(1 - load**2)


def finite(*values):
    return all(value is None or np.isfinite(value) for value in values)


@given(ANSWERS)
def test_whatever_is_answered_each_coefficient_is_finite_or_none(answers):
    result = reliability(answers)
    assert finite(result.alpha, result.alpha_standardised, result.mean_correlation, result.omega)
    assert finite(result.alpha_interval.low, result.alpha_interval.high)
    assert (result.alpha is None) == (result.reason is not None)
    assert (result.omega is None) == (result.omega_reason is not None)
    for item in result.items:
        assert finite(item.mean, item.sd, item.correlation_with_rest, item.alpha_without, item.loading)


@given(ANSWERS)
def test_whatever_is_answered_signs_of_carelessness_are_finite_or_none(answers):
    runs = answer_runs(answers)
    assert np.isfinite(runs.mean).all()
    assert finite(*answer_spread(answers))
    distances = outlyingness(answers)
    assert finite(*distances.squared)
    assert len(distances.squared) == len(straight_liners(answers)) == len(answers)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([], "a single item"),
        (np.zeros((0, 3)), "nobody answered all items"),
        (np.ones((4, 100_000)), "no scale"),
        ([[1, 2, 3]], "a single respondent"),
        ([[1], [2], [3]], "a single item"),
        ([[4, 4, 4]] * 9, "the same total"),
        ([[1, 5], [5, 1], [2, 4]], "the same total"),
        ([[NAN, 4, 4], [3, NAN, 4]], "nobody answered all items"),
    ],
)
def test_a_scale_that_cannot_be_judged_says_why(answers, reason):
    result = reliability(answers)
    assert result.alpha is None
    assert reason in result.reason
    assert reason in result.alpha_interval.reason


def test_unrelated_items_get_no_omega_made_of_a_negative_variance():
    correlations = np.array([[1, 0.5, 0.1, 0.0], [0.5, 1, 0.0, 0.02], [0.1, 0.0, 1, 0.01], [0.0, 0.02, 0.01, 1]])
    assert "Heywood" in one_factor(correlations).reason


def test_two_items_and_repeated_items_get_no_omega():
    answers = one_factor_answers()
    assert "two items" in reliability(answers[:, :2]).omega_reason
    assert "repeats" in reliability(answers[:, [0, 1, 2, 2]]).omega_reason
    assert reliability(answers[:, :2]).alpha is not None
    assert {item.alpha_without for item in reliability(answers[:, :2]).items} == {None}


def test_an_item_all_answer_alike_leaves_alpha_but_no_omega():
    answers = one_factor_answers()
    answers[:, 2] = 4
    result = reliability(answers)
    assert result.alpha is not None
    assert result.mean_correlation is None
    assert "same answer from everybody" in result.omega_reason
    assert result.items[2].correlation_with_rest is None


def test_omega_finds_the_truth_of_one_factor():
    result = reliability(one_factor_answers(20_000))
    truth = 2.85**2 / (2.85**2 + sum(1 - load**2 for load in (0.8, 0.7, 0.6, 0.75)))
    assert result.omega == pytest.approx(truth, abs=0.01)
    assert result.doubts == ()


def test_two_scales_glued_together_and_a_reversed_item_are_doubted_in_words():
    answers = np.hstack((one_factor_answers(), one_factor_answers(seed=9)))
    assert any("more than one thing" in doubt for doubt in reliability(answers).doubts) or (
        any("hardly go together" in doubt for doubt in reliability(answers).doubts)
    )
    turned = one_factor_answers()[:, :2] * [1, -1]
    assert "reversed" in reliability(turned).doubts[0]


def test_codes_of_a_frame_added_up_in_blocks_give_the_moments_of_the_scores(monkeypatch):
    monkeypatch.setattr("analysis.estimation.moments.BLOCK", 7)
    codes = np.random.default_rng(2).integers(-2, 6, (3, 50)).astype(np.int8)
    worth = [100.0, 75, 50, 25, 0, None]
    scores = np.array([[NAN if code < 0 or worth[code] is None else worth[code] for code in row] for row in codes]).T
    blocks, whole = coded_moments(codes, [worth] * 3), moments(scores)
    assert blocks.n == whole.n > 7
    assert blocks.means == pytest.approx(whole.means)
    assert blocks.products == pytest.approx(whole.products)
    assert scale_reliability(blocks).alpha == pytest.approx(reliability(scores).alpha)


def test_no_items_or_nobody_have_moments_of_nothing():
    assert coded_moments([], []).n == 0
    assert coded_moments([np.zeros(0, np.int8)] * 2, [[1.0]] * 2).n == 0


def test_a_missing_answer_ends_a_run():
    runs = answer_runs([[4, 4, NAN, 4, 4, 4], [1, 2, 3, 4, 5, 1], [NAN] * 6, [2] * 6])
    assert runs.longest.tolist() == [3, 1, 1, 6]
    assert runs.mean.tolist() == [2, 1, 1, 6]


def test_one_answer_to_everything_is_a_straight_line_only_if_there_is_enough_of_it():
    answers = [[4, 4, 4, 4, 4], [4, 4, NAN, 4, 4], [4, 4, 4, 4, 5], [NAN] * 5]
    assert straight_liners(answers).tolist() == [True, False, False, False]
    assert straight_liners(answers, least=4).tolist() == [True, True, False, False]


def test_spread_needs_two_answers_and_distance_a_varied_crowd():
    assert answer_spread([[3, NAN], [NAN, NAN], [1, 5]]) == (None, None, pytest.approx(8**0.5))
    assert "not more complete respondents" in outlyingness([[1, 2], [2, 1]]).reason
    assert "same answer from everybody" in outlyingness([[1, 2], [1, 3], [1, 4], [1, 5]]).reason
    assert "repeats" in outlyingness([[1, 2], [2, 4], [3, 6], [4, 8]]).reason


def test_answers_that_are_no_table_are_refused():
    with pytest.raises(ValueError, match="respondents by items"):
        reliability([1, 2, 3])
