"""Who answered, who did not, and what the silent could change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimation.response import NO_EARLY_LATE, response_fit, response_rate, response_rates, tipping_gap
from tests.analysis.findings import sound


@pytest.mark.parametrize(
    ("n", "heads", "rate", "words"),
    [
        (0, 10, 0.0, None),
        (5, 10, 0.5, None),
        (11, 10, None, "more answers than heads"),
        (3, None, None, "no head count"),
        (3, 0, None, "no head count"),
        (0, float("nan"), None, "no head count"),
    ],
)
def test_a_response_rate_needs_a_head_count_that_holds_the_answers(n, heads, rate, words):
    found = response_rate(n, heads)
    assert found.rate == rate
    assert (words in found.reason) if words else found.reason is None


def test_rates_keep_the_shape_of_units_by_categories():
    found = response_rates([[5, 0], [2, 3]], [[10, 4], [float("nan"), 3]])
    assert [[each.rate for each in row] for row in found] == [[0.5, 0.0], [None, 1.0]]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 20)), max_size=5))
def test_the_spread_of_any_response_is_sound(pairs):
    found = response_fit([n for n, _ in pairs], [heads for _, heads in pairs])
    assert sound(found)
    assert found.chi2 is not None or found.reason


def test_beside_the_silent_a_difference_weighs_more_than_in_an_endless_staff():
    found = response_fit([60, 25, 15], [80, 40, 60])
    assert found.p_against_silent < found.p
    assert response_fit([5, 5], [5, 5]).p_against_silent is None
    assert "no head count" in response_fit([3, 1], [4, 0]).reason


def test_the_tipping_gap_grows_with_the_response_and_warns_below_ten():
    assert tipping_gap(-7.5, 2.5, 0.5).gap == pytest.approx(10)
    assert tipping_gap(7.5, 2.5, 0.4).close is True
    assert tipping_gap(7.5, 2.5, 0.9).close is False
    assert "everybody answered" in tipping_gap(7.5, 2.5, 1).reason
    assert "no class" in tipping_gap(2.0, 2.5, 0.5).reason
    with pytest.raises(ValueError, match="response rate"):
        tipping_gap(5, 2.5, 1.2)


def test_that_early_and_late_cannot_be_compared_is_said():
    assert "no times are stored" in NO_EARLY_LATE
