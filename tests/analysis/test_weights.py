"""Weights: they stand for the members, no more and no less; nobody counts below nothing or above the cap."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimation.raking import calibrated_mean, raked
from analysis.estimation.weights import capped, effective_size, poststratified, unit_weights
from tests.analysis.findings import sound

positive = st.floats(0.01, 1e6)


@st.composite
def staffs(draw):
    """Units, categories (-1 and 3 unknown), heads of three categories; heads may be missing or too few."""
    n_units, n = draw(st.integers(1, 4)), draw(st.integers(0, 40))
    units = draw(st.lists(st.integers(0, n_units - 1), min_size=n, max_size=n))
    kinds = draw(st.lists(st.integers(-1, 3), min_size=n, max_size=n))
    head = st.one_of(st.integers(0, 60).map(float), st.just(float("nan")))
    heads = [[draw(head) for _ in range(3)] for _ in range(n_units)]
    return np.array(units, int), np.array(kinds, int), np.array(heads)


@given(staffs())
def test_the_weights_of_a_unit_add_up_to_its_members(staff):
    units, kinds, heads = staff
    found = unit_weights(units, kinds, heads)
    members = np.nan_to_num(heads).sum(axis=1)
    for unit in set(units.tolist()):
        mine = found.weights[units == unit]
        wanted = max(members[unit], mine.size)
        assert mine.sum() == pytest.approx(wanted)
    assert found.cell_heads.sum() == pytest.approx(found.weights.sum())


@given(staffs())
def test_no_weight_is_negative_or_above_five_times_the_median_of_its_unit(staff):
    units, kinds, heads = staff
    found = unit_weights(units, kinds, heads)
    assert sound(found)
    assert (found.weights > 0).all()
    for unit in set(units.tolist()):
        mine = found.weights[units == unit]
        assert mine.max() <= 5 * np.median(mine) * (1 + 1e-9)


@given(staffs())
def test_a_cell_lies_in_one_unit_and_has_company_where_the_unit_has(staff):
    units, kinds, heads = staff
    found = unit_weights(units, kinds, heads)
    assert (found.cell_units[found.cells] == units).all()
    alone = np.bincount(found.cells, minlength=len(found.cell_units)) == 1
    for cell in np.flatnonzero(alone):
        assert (units == found.cell_units[cell]).sum() == 1


@given(st.lists(positive, min_size=1, max_size=30), positive)
def test_caps_and_effective_size_do_not_depend_on_the_scale(weights, scale):
    row = np.array(weights)
    assert capped(row * scale) == pytest.approx(capped(row) * scale)
    assert effective_size(row * scale) == pytest.approx(effective_size(row))


@given(st.lists(positive, min_size=1, max_size=30))
def test_the_effective_size_lies_between_one_and_all_and_a_cap_never_lowers_it(weights):
    size = effective_size(weights)
    assert 1 - 1e-9 <= size <= len(weights) * (1 + 1e-9)
    assert effective_size(capped(weights)) >= size * (1 - 1e-9)
    assert capped(weights).sum() == pytest.approx(sum(weights))


def test_the_rules_for_small_and_unknown_categories_by_hand():
    # 60 members: 30 / 20 / 10. Four of the first, three of the second, one of the third, one unknown.
    found = unit_weights([0] * 9, [0, 0, 0, 0, 1, 1, 1, 2, -1], [[30, 20, 10]])
    known = 8 / 9
    first, second = 40 / 5 * known, 20 / 3 * known  # the lone third joins the first
    assert found.weights == pytest.approx([first] * 4 + [second] * 3 + [first, 60 / 9])
    assert found.cells.tolist() == [0, 0, 0, 0, 1, 1, 1, 0, 0]  # so does the lone unknown, for its variance
    assert found.notes == {}


@pytest.mark.parametrize(
    ("kinds", "heads", "weight", "note"),
    [
        ([0, 0, -1, -1], [30, 10], 10, "one cell"),
        ([-1, -1, -1, -1], [30, 10], 10, "one cell"),
        ([0, 0, 1, 1], [1, 1], 1, "more answers than heads"),
        ([0, 0, 1, 1], [float("nan"), 0], 1, "no head count"),
    ],
)
def test_where_the_rule_cannot_be_followed_the_unit_says_so(kinds, heads, weight, note):
    found = unit_weights([0] * 4, kinds, [heads])
    assert found.weights.tolist() == [weight] * 4
    assert note in found.notes[0][0]


def test_a_category_with_more_answers_than_heads_joins_the_largest():
    found = unit_weights([0] * 6, [0, 0, 0, 0, 1, 1], [[20, 1]])
    assert found.weights == pytest.approx([3.5] * 6)


def test_post_stratified_weights_need_a_head_count_of_each_answered_cell():
    assert poststratified([0, 0, 1], [10, 6, 5]).values.tolist() == [5, 5, 6]
    assert "no head count" in poststratified([0, 1], [10, float("nan")]).reason
    assert poststratified([], [10]).reason == "nobody answered"


@st.composite
def crossings(draw):
    """Answers that cover every crossing of two margins, and heads of both that add up alike."""
    rows, columns = draw(st.integers(2, 3)), draw(st.integers(2, 3))
    extra = draw(st.lists(st.integers(0, rows * columns - 1), max_size=20))
    cells = np.array([*range(rows * columns), *extra])
    table = np.array(draw(st.lists(st.integers(1, 50), min_size=rows * columns, max_size=rows * columns)))
    table = table.reshape(rows, columns).astype(float)
    return (cells // columns, table.sum(axis=1)), (cells % columns, table.sum(axis=0))


@given(crossings(), positive)
def test_raked_weights_meet_every_margin_whatever_the_scale_they_start_from(margins, scale):
    base = np.full(margins[0][0].size, scale)
    weights = raked(base, margins).values
    assert (weights > 0).all()
    for codes, heads in margins:
        assert np.bincount(codes, weights) == pytest.approx(heads)


def test_who_does_not_tell_a_margin_keeps_the_weight_and_the_others_share_the_rest():
    weights = raked(np.ones(4), [([0, 0, 1, -1], [30, 10]), ([0, 1, 0, 1], [20, 20])]).values
    assert weights.sum() == pytest.approx(40)
    assert weights[[0, 1]].sum() == pytest.approx(3 * weights[2])


@pytest.mark.parametrize(
    ("margins", "words"),
    [
        ([([0, 1], [5, 5]), ([0, 1], [5, 6])], "different heads"),
        ([([0, 0], [5, 5])], "heads and no answers"),
        ([([0, 1], [10, 0])], "heads and no answers"),
        ([([0, 1], [float("nan"), 5])], "no head counts"),
        ([([0, 1], [4, 6]), ([0, 1], [6, 4])], "cannot all be met"),
    ],
)
def test_margins_that_cannot_be_met_are_refused_in_words(margins, words):
    found = raked(np.ones(2), margins)
    assert found.values is None
    assert words in found.reason


@pytest.mark.parametrize("values", [[], [np.nan], [3.0], [3.0, 3.0], [np.nan, 2.0, 4.0]])
def test_a_calibrated_mean_of_poor_data_is_sound(values):
    margins = [(np.zeros(len(values), int), [10])]
    found = calibrated_mean(values, np.ones(len(values)), np.ones(len(values)), margins, population=10)
    assert sound(found)
    assert found.standard_error is not None or found.interval.reason
