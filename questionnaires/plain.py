"""Frozen dataclasses as plain JSON values and back, by their type hints.

A field that holds its default is left out, so a property added later does not change the bytes of earlier versions.
A value of a union of classes carries its class's name under "is".
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


def plain(value: Any, *, tagged: bool = False) -> Any:
    """The value as dicts, lists, numbers and texts."""
    if isinstance(value, tuple):
        return [plain(part, tagged=tagged or _in_union(part)) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if not is_dataclass(value) or isinstance(value, type):
        return value
    written = {"is": type(value).__name__} if _in_union(value) else {}
    for one in fields(value):
        held = getattr(value, one.name)
        if one.init and held != _default(one):
            written[one.name] = plain(held)
    return written


def value_of(kind: Any, written: Any) -> Any:  # noqa: PLR0911 - one return per kind
    """The value of this type that was written so; raises ValueError, KeyError or TypeError if it cannot be one."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _of_union(get_args(kind), written)
    if origin is Literal:
        if written not in get_args(kind):
            raise ValueError(written)
        return written
    if origin is tuple:
        return _tuple_of(get_args(kind), written)
    if kind is date:
        return date.fromisoformat(written)
    if kind is float and type(written) is int:
        return float(written)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_of(kind, written)
    if type(written) is not kind:
        raise TypeError(kind)
    return written


def _in_union(value: Any) -> bool:
    """Items and conditions stand in unions; everything else has one class in its place."""
    return type(value).__module__.endswith((".items", ".skip_logic")) and type(value).__name__ not in {
        "Row",
        "ShortForm",
    }


def _default(one: Field[Any]) -> Any:
    return one.default if one.default is not MISSING else MISSING


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _of_union(kinds: tuple[Any, ...], written: Any) -> Any:
    if written is None and type(None) in kinds:
        return None
    if isinstance(written, Mapping) and "is" in written:
        named = {kind.__name__: kind for kind in kinds if is_dataclass(kind) and isinstance(kind, type)}
        return _dataclass_of(named[written["is"]], written)
    for kind in kinds:
        if kind is not type(None) and (is_dataclass(kind) or type(written) is kind or get_origin(kind) is not None):
            return value_of(kind, written)
    raise TypeError(written)


def _tuple_of(kinds: tuple[Any, ...], written: Any) -> tuple[Any, ...]:
    if not isinstance(written, list):
        raise TypeError(written)
    if kinds[-1] is Ellipsis:
        return tuple(value_of(kinds[0], part) for part in written)
    return tuple(value_of(kind, part) for kind, part in zip(kinds, written, strict=True))


def _dataclass_of(kind: type, written: Any) -> Any:
    hints = _hints(kind)
    known = {one.name for one in fields(kind) if one.init}
    if not isinstance(written, Mapping) or not known | {"is"} >= written.keys():
        raise ValueError(kind.__name__)
    return kind(**{name: value_of(hints[name], held) for name, held in written.items() if name != "is"})
