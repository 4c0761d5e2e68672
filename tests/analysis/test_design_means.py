"""Design-based means: two ways to the same number, and what poor data leave undefined."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimation.design_means import design_mean
from analysis.estimation.intervals import mean_interval
from analysis.estimation.net_promoter import net_promoter
from analysis.estimation.proportions import proportion
from analysis.estimation.unit_means import unit_means
from tests.analysis.findings import sound

answer = st.one_of(st.integers(1, 5).map(float), st.just(float("nan")))


@st.composite
def answers(draw):
    """Values, strata 0..5, the unit of each stratum (0..1 answered, 2 never) and heads, some unknown or too few."""
    n = draw(st.integers(0, 25))
    values = draw(st.lists(answer, min_size=n, max_size=n))
    strata = draw(st.lists(st.integers(0, 5), min_size=n, max_size=n))
    heads = draw(st.lists(st.one_of(st.integers(0, 30).map(float), st.just(float("nan"))), min_size=6, max_size=6))
    return np.array(values), np.array(strata, int), np.array([0, 0, 0, 1, 1, 1]), np.array(heads)


@given(answers(), st.booleans())
def test_sums_of_strata_give_what_single_answers_give(staff, finite):
    values, strata, owner, heads = staff
    for unit, found in enumerate(unit_means(values, strata, owner, heads, n_units=3, finite=finite)):
        mine = owner[strata] == unit
        assert sound(found)
        one = design_mean(values[mine], strata=strata[mine], head_counts=heads)
        assert (found.n, found.degrees_of_freedom, found.reason) == (
            one.n,
            one.degrees_of_freedom,
            one.reason,
        ) or not finite
        for ours, theirs in ((found.mean, one.mean), (found.n_eff, one.n_eff)):
            assert (ours is None) == (theirs is None)
            assert ours is None or ours == pytest.approx(theirs)
        if finite and one.standard_error is not None:
            assert found.standard_error == pytest.approx(one.standard_error, abs=1e-7)
            assert found.interval.high == pytest.approx(one.interval.high, abs=1e-6)


@given(answers(), st.sampled_from(["certainty", "adjust", "average"]), st.sampled_from(["drop", "domain"]))
def test_no_staff_however_odd_gives_anything_but_numbers_or_a_reason(staff, lonely, missing):
    values, strata, _, heads = staff
    found = design_mean(values, strata=strata, head_counts=heads, lonely=lonely, missing=missing)
    assert sound(found)
    assert found.mean is not None or found.reason
    assert found.standard_error is not None or found.interval.reason


@given(st.lists(st.integers(1, 5).map(float), min_size=2, max_size=20), st.integers(0, 30), st.floats(0.1, 100))
def test_one_stratum_is_a_simple_sample_and_the_scale_of_weights_means_nothing(values, silent, scale):
    heads = len(values) + silent
    found = design_mean(values, head_counts=heads)
    simple = mean_interval(len(values), sum(values), sum(each**2 for each in values), population=heads)
    assert (found.interval.low, found.interval.high) == pytest.approx((simple.low, simple.high), abs=1e-6)
    weights = np.arange(1, len(values) + 1)
    one, other = (design_mean(values, weights=each) for each in (weights, weights * scale))
    assert (one.mean, one.standard_error) == pytest.approx((other.mean, other.standard_error))


def test_at_a_full_census_the_mean_is_certain_and_without_heads_it_is_not():
    values, strata = [1.0, 5.0, 3.0, 2.0], [0, 0, 1, 1]
    assert design_mean(values, strata=strata, head_counts=[2, 2]).standard_error == 0
    assert design_mean(values, strata=strata, head_counts=[2, 2]).interval.low == 2.75
    assert design_mean(values, strata=strata).standard_error > 0.5


def test_strata_of_a_single_answer_are_counted_because_they_hide_error():
    found = design_mean([1.0, 5.0, 3.0], strata=[0, 0, 1], head_counts=[10, 10])
    assert found.n_lonely == 1
    alone = design_mean([1.0, 5.0], strata=[0, 1], head_counts=[10, 10])
    assert alone.standard_error is None
    assert "single answer of each category" in alone.interval.reason


def test_contradictory_calls_are_refused():
    with pytest.raises(ValueError, match="stratum code"):
        design_mean([1.0, 2.0], strata=[0, -1])
    with pytest.raises(ValueError, match="more strata than head counts"):
        design_mean([1.0, 2.0], strata=[0, 1], head_counts=[3])
    with pytest.raises(ValueError, match="weight of 0 or more"):
        design_mean([1.0, 2.0], weights=[1, -1])
    with pytest.raises(ValueError, match="0 to 10"):
        net_promoter([11])


@given(st.integers(0, 12), st.data(), st.one_of(st.none(), st.integers(0, 20)))
def test_every_interval_of_a_share_holds_the_share_or_says_why_not(base, data, heads):
    count = data.draw(st.integers(0, base))
    found = proportion(count, base, population=heads)
    assert sound(found)
    for interval in (found.wilson, found.exact, found.finite_wilson, found.design_wilson, found.design_logit):
        assert interval.reason or interval.low - 1e-9 <= count / base <= interval.high + 1e-9


@pytest.mark.parametrize("values", [[], [float("nan")], [10], [9, 9], [0, 10, float("nan")]])
def test_a_net_promoter_score_of_few_answers_is_sound(values):
    found = net_promoter(values, head_counts=5)
    assert sound(found)
    assert found.score.standard_error is not None or found.score.interval.reason
