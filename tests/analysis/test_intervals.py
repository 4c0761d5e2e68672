"""Intervals against R (survey, prop.test), and what they say where they are undefined."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimation.intervals import Interval, mean_interval, standard_error, wilson_interval
from tests.analysis.oracles import cases, close, column


def agrees(interval, expected, tolerance):
    return all(close(got, each, tolerance) for got, each in zip((interval.low, interval.high), expected, strict=True))


@pytest.mark.parametrize("case", cases("proportion"), ids=lambda case: case["id"])
def test_wilson_intervals_agree_with_r(case):
    count, base = case["inputs"]["x"], case["inputs"]["n"]
    heads, confidence = case["inputs"]["N"], case["inputs"]["conf"]
    expected, tolerance = case["expected"], case["tol"]
    assert agrees(wilson_interval(count, base, confidence=confidence), expected["wilson"], tolerance)
    if heads:
        corrected = wilson_interval(count, base, population=heads, confidence=confidence)
        assert agrees(corrected, expected["wilson_neff"], tolerance)
        if expected["wilson_fpc"]:
            small = wilson_interval(count, base, population=heads, confidence=confidence, small_sample=True)
            assert agrees(small, expected["wilson_fpc"], tolerance)


@pytest.mark.parametrize("name", ["srs_fpc", "srs_no_fpc"])
def test_mean_intervals_agree_with_r(name):
    case = next(case for case in cases("design_mean") if case["id"] == name)
    values = column(case["data"], case["inputs"]["y"])
    sums = len(values), sum(values), sum(value * value for value in values)
    heads = case["inputs"].get("N")
    assert agrees(mean_interval(*sums, population=heads), case["expected"]["ci_t"], {"rel": 1e-7, "abs": 1e-6})
    assert close(standard_error(*sums, population=heads), case["expected"]["se"], {"rel": 1e-7, "abs": 1e-6})


def test_undefined_intervals_say_why_and_are_never_nan():
    for interval in (wilson_interval(0, 0), mean_interval(0, 0, 0)):
        assert interval == Interval(None, None, "nobody answered")
    for interval in (wilson_interval(1, 1, population=30), mean_interval(1, 75, 5625)):
        assert interval.low is None
        assert "single answer" in interval.reason


def test_at_a_full_census_the_interval_is_the_share_itself():
    assert wilson_interval(3, 12, population=12) == Interval(0.25, 0.25)
    assert mean_interval(4, 200, 10_000, population=4) == Interval(50, 50)


def test_a_larger_answered_part_of_the_unit_gives_a_narrower_interval():
    widths = [
        interval.high - interval.low
        for interval in (wilson_interval(17, 40, population=heads) for heads in (400, 80, 50, 41))
    ]
    assert widths == sorted(widths, reverse=True)


@given(st.integers(1, 500), st.data(), st.one_of(st.none(), st.integers(1, 2000)))
def test_a_wilson_interval_holds_the_share_and_stays_between_0_and_1(base, data, heads):
    count = data.draw(st.integers(0, base))
    interval = wilson_interval(count, base, population=heads)
    if interval.low is None:
        assert base == 1
        return
    assert -1e-12 <= interval.low <= count / base + 1e-12
    assert count / base - 1e-12 <= interval.high <= 1 + 1e-12
    assert math.isfinite(interval.low)
    assert math.isfinite(interval.high)
