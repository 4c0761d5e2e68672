"""Whole points and per cent for print. Two steps, so that the same figure prints the same on every machine."""

from math import ceil, floor

from analysis.disclosure.released_breakdowns import Reading
from analysis.estimates import Estimate
from analysis.estimation.intervals import Interval


def whole(value: float | None) -> int | None:
    """The nearest whole number, halves up; None stays None."""
    return None if value is None else floor(round(value, 9) + 0.5)


def outward(interval: Interval) -> tuple[int | None, int | None]:
    """An interval in whole points, rounded outward so that it never promises more than it holds."""
    if interval.low is None or interval.high is None:
        return None, None
    return floor(round(interval.low, 9)), ceil(round(interval.high, 9))


def rounded(value: float | None, interval: Interval, base: int) -> Reading:
    """A figure as it is told: whole points, interval outward, base; nothing at all where there is no value."""
    return Reading() if value is None else Reading(whole(value), *outward(interval), base)


def reading(estimate: Estimate) -> Reading:
    """An estimate as it is told."""
    return rounded(estimate.value, estimate.interval, estimate.base)
