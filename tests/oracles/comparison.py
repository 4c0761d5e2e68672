"""By which rule a computed number agrees with an expected one, and in which words it does not."""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

from tests.oracles.tables import in_order

Tolerance = Mapping[str, float]
Row = Mapping[str, Any]

KEYS = (("branch",), ("unit",), ("item",), ("x",), ("a", "b"), ("g1", "g2"), ("row",), ("n",))


def differences(
    got: Any, expected: Any, tolerance: Tolerance, by_key: Mapping[str, Tolerance], place: str = ""
) -> Iterator[str]:
    """A sentence for each value that does not agree; none when the case passes."""
    if isinstance(expected, dict):
        yield from _of_names(got, expected, tolerance, by_key, place)
    elif isinstance(expected, list) and expected and all(isinstance(each, dict) for each in expected):
        yield from _of_rows(got, expected, tolerance, by_key, place)
    elif isinstance(expected, list):
        yield from _of_lists(got, expected, tolerance, by_key, place)
    elif (sentence := _of_values(got, expected, tolerance)) is not None:
        yield f"{place or 'the result'} {sentence}"


def _of_names(
    got: Any, expected: Row, tolerance: Tolerance, by_key: Mapping[str, Tolerance], place: str
) -> Iterator[str]:
    if not isinstance(got, Mapping):
        yield f"{place or 'the result'} is {got!r} where {len(expected)} named values are expected"
        return
    for name, value in expected.items():
        inside = f"{place}.{name}" if place else name
        if name not in got:
            yield f"{inside} was not computed"
        else:
            yield from differences(got[name], value, by_key.get(name, tolerance), by_key, inside)


def _of_rows(
    got: Any, expected: list[Row], tolerance: Tolerance, by_key: Mapping[str, Tolerance], place: str
) -> Iterator[str]:
    if not isinstance(got, Sequence) or not all(isinstance(row, Mapping) for row in got):
        yield f"{place} is {got!r} where a table is expected"
        return
    keys = key_columns(expected)
    ours = {_key(row, keys): row for row in got}
    if len(got) != len(expected) or len(ours) != len(got):
        yield f"{place} has {len(got)} rows ({len(ours)} different) where {len(expected)} are expected"
    for row in expected:
        name = ", ".join(str(row[key]) for key in keys)
        if (mine := ours.get(_key(row, keys))) is None:
            yield f"{place} has no row {name}"
        else:
            values = {column: value for column, value in row.items() if column not in keys}
            yield from _of_names(mine, values, tolerance, by_key, f"{place}[{name}]")


def _of_lists(
    got: Any, expected: list[Any], tolerance: Tolerance, by_key: Mapping[str, Tolerance], place: str
) -> Iterator[str]:
    if not isinstance(got, Sequence) or isinstance(got, str) or len(got) != len(expected):
        yield f"{place} is {got!r} where {len(expected)} values are expected"
        return
    for number, (mine, value) in enumerate(zip(got, expected, strict=True), 1):
        yield from differences(mine, value, tolerance, by_key, f"{place}[{number}]")


def _of_values(got: Any, expected: Any, tolerance: Tolerance) -> str | None:
    if expected is None:
        return None if got is None else f"is {got!r} where it is undefined"
    if isinstance(expected, str | bool):
        return None if str(got) == str(expected) else f"is {got!r} where {expected!r} is expected"
    if isinstance(got, bool | str) or not hasattr(got, "__float__"):
        return f"is {got!r} where {expected!r} is expected"
    number = float(got)
    close = abs(number - expected) <= tolerance["abs"] + tolerance["rel"] * abs(expected)
    if not (isfinite(number) and isfinite(expected) and close):
        return f"is {number!r} where {expected!r} is expected"
    return None


def key_columns(rows: list[Row]) -> tuple[str, ...]:
    """By which columns the rows of a table are told apart.

    All but the figure in a table of frequencies; else the first of KEYS that names each row once; else every text.
    """
    columns = rows[0].keys()
    if "Freq" in columns:
        return tuple(name for name in columns if name != "Freq")
    for keys in KEYS:
        named = all(set(keys) <= row.keys() for row in rows)
        if named and len({_key(row, keys) for row in rows}) == len(rows):
            return keys
    return tuple(name for name in columns if isinstance(rows[0][name], str))


def _key(row: Row, keys: Sequence[str]) -> tuple[tuple[int, float, str], ...]:
    return tuple(in_order(row.get(key)) for key in keys)
