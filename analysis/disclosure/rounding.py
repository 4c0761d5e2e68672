"""Whole points and per cent for print. Two steps, so that the same figure prints the same on every machine."""

from math import ceil, floor

from analysis.estimation.intervals import Interval


def whole(value: float | None) -> int | None:
    """The nearest whole number, halves up; None stays None."""
    return None if value is None else floor(round(value, 9) + 0.5)


def outward(interval: Interval) -> tuple[int | None, int | None]:
    """An interval in whole points, rounded outward so that it never promises more than it holds."""
    if interval.low is None or interval.high is None:
        return None, None
    return floor(round(interval.low, 9)), ceil(round(interval.high, 9))
