"""What every result of a statistic keeps: no NaN, no infinity anywhere, and a reason where something is undefined."""

from dataclasses import fields, is_dataclass
from math import isfinite

import numpy as np


def numbers(result):
    """All numbers in a result, however deep."""
    if is_dataclass(result):
        for each in fields(result):
            yield from numbers(getattr(result, each.name))
    elif isinstance(result, np.ndarray):
        yield from result.ravel().tolist()
    elif isinstance(result, dict):
        for each in result.values():
            yield from numbers(each)
    elif isinstance(result, (list, tuple)):
        for each in result:
            yield from numbers(each)
    elif isinstance(result, (int, float, np.number)):
        yield float(result)


def sound(result):
    """Whether all its numbers are finite."""
    return all(isfinite(each) for each in numbers(result))
