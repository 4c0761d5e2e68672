"""Shrinkage: against R in tests/oracles; here its laws, and what it says of units too few or too alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.units.empirical_bayes import eb_normal
from analysis.units.pooling import joint_draws, pooled, posterior

FIGURES = st.floats(0, 100)
SPREADS = st.floats(0, 400)
UNITS = st.lists(st.tuples(FIGURES, SPREADS, st.integers(1, 5000)), max_size=12)


@given(UNITS)
def test_whatever_the_units_are_every_figure_is_finite_or_has_a_reason(units):
    estimates, variances, heads = ([unit[part] for unit in units] for part in range(3))
    result = pooled(posterior(estimates, variances, [80 / n for n in heads]))
    if result.reason is not None and not result.units:
        assert result.mu is None
        assert result.mu_interval.reason == result.reason
        return
    for unit in result.units:
        assert np.isfinite([unit.mean, unit.sd, unit.interval.low, unit.interval.high]).all()
        assert unit.interval.low <= unit.mean <= unit.interval.high
        assert 0 <= unit.reliability <= 1


@given(st.lists(st.tuples(FIGURES, st.floats(0.01, 400)), min_size=3, max_size=12))
def test_shrinkage_never_leaves_the_span_of_the_figures(units):
    estimates, variances = zip(*units, strict=True)
    for unit in pooled(posterior(estimates, variances)).units:
        assert min(estimates) - 1e-6 <= unit.mean <= max(estimates) + 1e-6


def test_the_less_is_known_of_a_unit_the_further_it_is_drawn_to_the_middle():
    result = pooled(posterior([40, 60, 80, 60, 60, 40, 80], [1, 1, 1, 1, 1, 100, 100]))
    well, badly = result.units[2], result.units[6]
    assert well.mean - badly.mean > 5
    assert badly.reliability < 0.8 < well.reliability


def test_a_census_keeps_its_own_figure():
    unit = pooled(posterior([50, 60, 70, 64], [0, 9, 9, 9])).units[0]
    assert unit.mean == pytest.approx(50, abs=0.01)
    assert unit.reliability == pytest.approx(1, abs=1e-4)


def test_the_chance_in_who_makes_up_a_small_staff_widens_its_interval():
    figures, variances = [58, 60, 62, 60, 61], [4.0] * 5
    plain = pooled(posterior(figures, variances)).units[0]
    small = pooled(posterior(figures, variances, [60.0, 1, 1, 1, 1])).units[0]
    assert small.sd > plain.sd
    assert small.reliability > plain.reliability


@pytest.mark.parametrize(
    ("figures", "variances", "reason"),
    [
        ([], [], "fewer than three units"),
        ([70], [4], "fewer than three units"),
        ([70, 75], [4, 4], "fewer than three units"),
        ([70, 70, 70], [0, 0, 0], "known exactly"),
    ],
)
def test_too_few_or_identical_units_are_refused_in_words(figures, variances, reason):
    result = pooled(posterior(figures, variances))
    assert result.units == ()
    assert reason in result.reason
    assert joint_draws(posterior(figures, variances), 10).shape == (10, 0)


def test_three_units_are_shrunk_but_the_mean_of_their_spread_is_not_made_up():
    result = pooled(posterior([50, 60, 70], [9, 9, 9]))
    assert len(result.units) == 3
    assert result.tau is None
    assert result.mu_sd is None
    assert "without bound" in result.reason


def test_contradictions_are_refused():
    for wrong in (([1, 2, 3], [1, 1]), ([1, 2, 3], [1, -1, 1]), ([1, 2, float("nan")], [1, 1, 1])):
        with pytest.raises(ValueError, match=r"unit|variance"):
            posterior(*wrong)
        with pytest.raises(ValueError, match=r"unit|variance"):
            eb_normal(*wrong)


def test_draws_follow_the_posterior_and_are_the_same_each_time():
    fit = posterior([50, 58, 60, 61, 75], [9, 4, 25, 4, 16])
    draws = joint_draws(fit, 20_000)
    assert np.array_equal(draws, joint_draws(fit, 20_000))
    for unit, column in zip(pooled(fit).units, draws.T, strict=True):
        assert column.mean() == pytest.approx(unit.mean, abs=0.15)
        assert column.std() == pytest.approx(unit.sd, rel=0.03)


def test_ten_thousand_units_and_a_narrow_posterior_do_not_slip_through_the_grid():
    random = np.random.default_rng(4)
    truth = 60 + 5 * random.standard_normal(3000)
    result = pooled(posterior(truth + 2 * random.standard_normal(3000), np.full(3000, 4.0)))
    assert result.tau == pytest.approx(5, rel=0.05)
    assert result.tau_interval.high - result.tau_interval.low < 0.5


def test_empirical_bayes_says_why_it_cannot_weigh_a_single_unit_or_a_census():
    assert "single unit" in eb_normal([70], [4]).reason
    assert "known exactly" in eb_normal([70, 60], [0, 4]).reason
    assert eb_normal([], []).units == ()


@pytest.mark.parametrize("method", ["REML", "DL", "PM"])
def test_without_more_spread_than_chance_every_unit_gets_the_common_mean(method):
    result = eb_normal([60, 61, 60, 59.5], [9, 9, 9, 9], method=method)
    assert result.tau2 == 0
    assert {round(unit.estimate, 9) for unit in result.units} == {60.125}


@given(UNITS, st.sampled_from(["REML", "DL", "PM"]))
def test_whatever_the_units_are_empirical_bayes_is_finite_or_has_a_reason(units, method):
    estimates, variances, _ = ([unit[part] for unit in units] for part in range(3))
    result = eb_normal(estimates, variances, method=method)
    assert (result.mu is None) == (result.reason is not None)
    if result.mu is not None:
        assert result.tau2 >= 0
        assert np.isfinite([result.mu, result.tau2, result.i2, result.q, result.q_p]).all()
        assert all(0 <= unit.reliability <= 1 for unit in result.units)


@pytest.mark.parametrize("method", ["REML", "DL", "PM"])
def test_a_unit_known_a_million_times_better_than_the_others_breaks_no_fit(method):
    result = eb_normal([50, 50, 50.2], [1e-11, 0.3, 0.3], method=method)
    assert result.mu == pytest.approx(50)
    assert result.tau2 == 0
    assert result.i2 == 0
