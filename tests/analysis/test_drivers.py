"""Key drivers, priorities and composites: their laws, and what they say of poor data. R's numbers are in tests/oracles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.measurement.composites import composites, normalised, place_spreads
from analysis.measurement.drivers import key_drivers
from analysis.measurement.importance import importance_performance

NAN = float("nan")
SCORES = arrays(
    np.float64, st.tuples(st.integers(0, 14), st.integers(1, 5)), elements=st.sampled_from([0.0, 25, 50, 75, 100, NAN])
)


def satisfaction(n=600, weights=(0.7, 0.3, 0.0), *, seed=5):
    random = np.random.default_rng(seed)
    drivers = 60 + 20 * random.standard_normal((n, len(weights)))
    return drivers @ np.array(weights) + 5 * random.standard_normal(n), drivers


@given(SCORES)
def test_whatever_is_answered_drivers_are_finite_or_have_a_reason(answers):
    result = key_drivers(answers[:, 0], answers[:, 1:])
    assert (result.r2 is None) == (result.reason is not None)
    for driver in result.drivers:
        assert np.isfinite([driver.correlation, driver.slope, driver.lmg, driver.johnson, driver.last]).all()
    if result.r2 is not None:
        assert sum(driver.lmg for driver in result.drivers) == pytest.approx(result.r2, abs=1e-9)
        assert sum(driver.johnson for driver in result.drivers) == pytest.approx(result.r2, abs=1e-6)


@given(SCORES)
def test_whatever_is_answered_priorities_are_finite_or_have_a_reason(answers):
    result = importance_performance(answers[:, 0], answers[:, 1:], draws=20)
    assert (result.reason is None) == bool(result.drivers)
    for driver in result.drivers:
        assert np.isfinite([driver.importance, driver.performance]).all()
        assert driver.importance_interval.low is None or 0 <= driver.importance_interval.low <= 1 + 1e-9


@pytest.mark.parametrize(
    ("outcome", "drivers", "reason"),
    [
        ([], np.zeros((0, 2)), "nobody answered all"),
        ([50], [[50, 75]], "too few"),
        ([50] * 9, np.arange(18).reshape(9, 2) ** 2 % 7, "same answer to the outcome"),
        (range(9), [[3, each**2 % 5] for each in range(9)], "same answer to a driver"),
        (range(9), [[each, 2 * each] for each in np.arange(9) ** 2 % 7], "repeats"),
        (range(9), np.zeros((9, 0)), "no drivers"),
        (range(9), np.zeros((9, 100_000)), "too many"),
        ([NAN] * 9, np.arange(18).reshape(9, 2), "nobody answered all"),
    ],
)
def test_drivers_that_cannot_be_told_say_why(outcome, drivers, reason):
    result = key_drivers(outcome, drivers)
    assert result.drivers == ()
    assert reason in result.reason
    assert reason in importance_performance(outcome, drivers).reason


def test_above_twelve_drivers_johnson_stands_in_for_lmg():
    outcome, drivers = satisfaction(weights=(0.5, *[0.1] * 12))
    result = key_drivers(outcome, drivers)
    assert {driver.lmg for driver in result.drivers} == {None}
    assert sum(driver.johnson_share for driver in result.drivers) == pytest.approx(1)
    assert importance_performance(outcome, drivers, draws=30).drivers[0].importance > 0.5


def test_with_unrelated_drivers_every_way_of_sharing_agrees():
    outcome, drivers = satisfaction(100_000)
    for driver in key_drivers(outcome, drivers).drivers:
        assert driver.lmg == pytest.approx(driver.johnson, abs=0.002)
        assert driver.first == pytest.approx(driver.last, abs=0.01)


def test_what_matters_and_is_rated_low_is_tackled_first_and_the_unsure_is_said_to_be():
    outcome, drivers = satisfaction()
    drivers -= [30, 0, -30]
    first, second, third = importance_performance(outcome, drivers).drivers
    assert first.quadrant == "tackle_first"
    assert third.quadrant == "more_than_enough"
    assert second.performance_interval.low < 60 < second.performance_interval.high
    few = importance_performance(outcome[:8], drivers[:8]).drivers
    assert "not_distinguishable" in {driver.quadrant for driver in few}


def test_the_same_data_give_the_same_intervals():
    outcome, drivers = satisfaction(80)
    assert importance_performance(outcome, drivers) == importance_performance(outcome, drivers)


def test_respondents_that_do_not_match_are_refused():
    with pytest.raises(ValueError, match="same respondents"):
        key_drivers([1, 2, 3], [[1], [2]])


def test_a_missing_part_is_refused_unless_enough_weight_is_there():
    parts = [[60, NAN], [60, 80], [NAN, NAN]]
    strict = composites(parts, [0.6, 0.4])
    assert [unit.score for unit in strict] == [None, pytest.approx(68), None]
    assert "weight is missing" in strict[0].reason
    assert composites(parts, [0.6, 0.4], least_weight=0.5)[0].score == pytest.approx(60)


def test_a_part_of_zero_has_an_arithmetic_mean_only():
    assert composites([[0, 50]], [1, 1])[0].score == 25
    for form in ("geometric", "harmonic"):
        assert "above 0" in composites([[0, 50]], [1, 1], form=form)[0].reason
        assert composites([[50, 50]], [1, 3], form=form)[0].score == pytest.approx(50)


def test_an_indicator_without_spread_orders_nobody():
    scaled = normalised([[1, 5], [2, 5], [3, 5]], "minmax")
    assert scaled[:, 0].tolist() == [0, 50, 100]
    assert composites(scaled, [1, 1])[0].score is None
    assert [spread.best for spread in place_spreads(scaled, [[1, 1]])] == [None] * 3


def test_nobody_has_no_composite_and_no_place():
    assert composites([], [1, 1]) == place_spreads([], [[1, 1]]) == ()
    assert normalised([[7.0, NAN]], "zscore").shape == (1, 2)


def test_weights_that_are_none_are_refused():
    for wrong in ([0, 0], [-1, 2], [1, NAN]):
        with pytest.raises(ValueError, match="Weights"):
            composites([[1, 2]], wrong)
    with pytest.raises(ValueError, match="needs a weight"):
        composites([[1, 2]], [1, 1, 1])
