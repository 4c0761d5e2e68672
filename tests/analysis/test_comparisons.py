"""Groups, crosstabs, words, correlations and waves: signs, symmetries, and poor data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.comparisons import many_groups, two_groups
from analysis.comparison.contingency import contingency, keyness, rao_scott, table_covariance
from analysis.comparison.correlations import correlation, correlations
from analysis.comparison.multiplicity import adjusted_p
from analysis.comparison.trends import Level, change, changes, level, share_change, unit_changes
from analysis.estimation.descriptives import code_share, description
from analysis.estimation.midranks import midranks
from analysis.estimation.sampling import linearised_covariance, sampling_design
from tests.analysis.findings import sound

answer = st.one_of(st.integers(1, 5).map(float), st.just(float("nan")))
column = st.lists(answer, max_size=15)


def defined(result, *names):
    """Undefined fields have a reason beside them."""
    return all(getattr(result, name) is not None for name in names) or bool(result.reason)


@given(column)
def test_a_description_of_any_column_is_sound(values):
    found = description(values)
    assert sound(found)
    assert defined(found, "mean", "sd", "skew")
    assert found.n + found.n_missing == len(values)
    assert sum(code_share(values, [code]) or 0 for code in range(1, 6)) == pytest.approx(1 if found.n else 0)


@given(column, column)
def test_two_groups_swapped_change_the_sign_and_nothing_else(first, second):
    one, other = two_groups(first, second), two_groups(second, first)
    assert sound(one)
    assert defined(one, "u", "p", "delta")
    if one.delta is not None:
        brute = [np.sign(x - y) for x in first for y in second if np.isfinite(x - y)]
        assert one.delta == pytest.approx(np.mean(brute))
        assert one.delta == pytest.approx(-other.delta)
        assert one.p == (None if other.p is None else pytest.approx(other.p))
    if one.interval.low is not None:
        assert -1 <= one.interval.low <= one.delta <= one.interval.high <= 1


@given(st.lists(column, max_size=5))
def test_many_groups_of_any_answers_are_sound(groups):
    found = many_groups(groups)
    assert sound(found)
    assert defined(found, "h", "p", "epsilon_squared")
    assert found.h is None or 0 <= found.epsilon_squared <= 1 + 1e-9
    assert len(found.pairs) == (0 if found.h is None else found.n_groups * (found.n_groups - 1) // 2)


def test_dunn_names_groups_by_their_place_though_one_is_empty():
    found = many_groups([[1, 2, 2], [], [4, 5, 5]])
    assert [(pair.first, pair.second) for pair in found.pairs] == [(0, 2)]
    assert found.pairs[0].z > 0


@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_a_crosstab_of_any_counts_is_sound_and_v_stays_between_0_and_1(rows, columns, data):
    counts = st.lists(st.integers(0, 9), min_size=columns, max_size=columns)
    table = np.array(data.draw(st.lists(counts, min_size=rows, max_size=rows)))
    found, turned = contingency(table), contingency(table.T)
    assert sound(found)
    assert defined(found, "chi2", "cramers_v", "g2")
    if found.chi2 is not None:
        assert 0 <= found.cramers_v <= 1 + 1e-9
        assert found.chi2 == pytest.approx(turned.chi2)
        assert [row.count(None) == columns for row in found.residuals] == (table.sum(axis=1) == 0).tolist()


def test_a_choice_nobody_took_changes_nothing():
    assert contingency([[3, 0, 5], [6, 0, 2]]).chi2 == contingency([[3, 5], [6, 2]]).chi2


def test_a_word_is_typical_of_the_text_in_which_it_is_frequent():
    found = keyness(34, 1000, 12, 2000)
    assert (found.rate_first, found.rate_second, found.typical) == (34, 6, True)
    assert keyness(12, 2000, 34, 1000).typical is False
    assert keyness(0, 10, 0, 10).reason
    assert keyness(0, 0, 3, 10).reason
    with pytest.raises(ValueError, match="as often as there are words"):
        keyness(5, 4, 0, 1)


@given(st.data(), st.integers(0, 20))
def test_a_weighted_crosstab_of_any_answers_is_sound(data, n):
    codes = st.lists(st.integers(-1, 2), min_size=n, max_size=n)
    strata = data.draw(st.lists(st.integers(0, 1), min_size=n, max_size=n))
    found = rao_scott(data.draw(codes), data.draw(codes), sampling_design(n, strata, [30, 40]))
    assert sound(found)
    assert defined(found, "f", "p")


def test_the_variance_of_a_weighted_crosstab_is_that_of_the_scores_of_single_respondents():
    rng = np.random.default_rng(11)
    strata, weights = rng.integers(0, 7, 300), rng.uniform(0.2, 4, 300)
    design = sampling_design(300, strata, np.full(7, 90.0), weights)
    cells = rng.integers(0, 6, 300)
    told = rng.random(300) < 0.8
    members = (cells[:, None] == np.arange(6)) * told[:, None]
    total = (weights * told).sum()
    shares = weights @ members / total
    scores = (weights * told / total)[:, None] * (members - shares)
    found = table_covariance(cells[told], weights[told], strata[told], shares, design)
    assert found == pytest.approx(linearised_covariance(scores, design), rel=1e-9, abs=1e-15)


def test_without_weights_the_weighted_crosstab_is_close_to_the_plain_one():
    rng = np.random.default_rng(5)
    a = rng.integers(0, 3, 2000)
    b = np.where(rng.random(2000) < 0.1, a, rng.integers(0, 3, 2000))
    table = np.bincount(a * 3 + b, minlength=9).reshape(3, 3)
    found = rao_scott(a, b, sampling_design(2000))
    assert found.f * found.numerator == pytest.approx(contingency(table).chi2, rel=0.15)


@given(column, st.data())
def test_a_correlation_of_any_columns_is_sound_and_symmetric(first, data):
    second = data.draw(st.lists(answer, min_size=len(first), max_size=len(first)))
    found, turned = correlation(first, second), correlation(second, first)
    assert sound(found)
    assert defined(found, "pearson", "spearman")
    if found.pearson is not None:
        assert found.pearson == pytest.approx(turned.pearson)
        assert found.interval.reason or found.interval.low <= found.pearson <= found.interval.high


def test_the_same_column_twice_correlates_perfectly_in_any_unit():
    values = np.array([1, 2, 4, 4, 5.0])
    found = correlations({"points": values, "huge": values * 1e200, "none": [np.nan] * 5})
    assert found["points", "huge"].pearson == pytest.approx(1)
    assert found["points", "huge"].pearson_p == pytest.approx(0, abs=1e-9)
    assert found["points", "none"].reason == "fewer than two gave both answers"


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12), st.sampled_from(["holm", "bh", "by"]))
def test_an_adjusted_p_is_never_smaller_and_keeps_the_order(p, method):
    found = adjusted_p(p, method)
    pairs = sorted((raw, mine) for raw, mine in zip(p, found, strict=True) if raw is not None)
    assert [each is None for each in p] == [each is None for each in found]
    assert all(raw <= mine * (1 + 1e-12) <= 1 + 1e-9 for raw, mine in pairs)
    assert [mine for _, mine in pairs] == sorted(mine for _, mine in pairs)


@given(st.lists(st.integers(-3, 3).map(float), min_size=1, max_size=12))
def test_midranks_add_up_and_equal_answers_share_one(values):
    ranks = midranks(np.array(values))
    assert ranks.sum() == pytest.approx(len(values) * (len(values) + 1) / 2)
    assert all(ranks[i] == ranks[j] for i, x in enumerate(values) for j, y in enumerate(values) if x == y)


@given(column, column)
def test_a_change_between_any_two_waves_is_sound(before, after):
    found = change(level(before), level(after))
    assert sound(found)
    assert defined(found, "difference", "p")


def test_changes_that_cannot_be_told_are_left_out_of_the_adjustment():
    told, untold = (level([1, 2, 3]), level([3, 4, 5])), (level([4]), level([4, 5]))
    found = changes([told, untold, told])
    assert found[1].reason == "a wave has a single answer"
    assert found[1].p_bh is None
    assert found[0].p_holm == pytest.approx(2 * found[0].p)
    assert change(Level(9, 50.0, 2.0, 6), Level(8, 50.0, 2.0, 5)).p == 1


def test_a_unit_nobody_answered_in_has_a_reason_and_not_a_zero():
    found = unit_changes([1, 2, 5], [0, 0, 1], [3, 4], [0, 0], n_units=3)
    assert found[0].difference == 2
    assert [each.reason for each in found[1:]] == ["nobody answered in one of the waves"] * 2


@given(st.integers(0, 9), st.integers(0, 9), st.data())
def test_a_difference_of_shares_holds_its_estimate(base_before, base_after, data):
    counts = data.draw(st.integers(0, base_before)), data.draw(st.integers(0, base_after))
    found = share_change(counts[0], base_before, counts[1], base_after)
    assert sound(found)
    if found.difference is None:
        assert found.reason
    else:
        assert -1 - 1e-9 <= found.interval.low <= found.difference + 1e-9
        assert found.difference - 1e-9 <= found.interval.high <= 1 + 1e-9
