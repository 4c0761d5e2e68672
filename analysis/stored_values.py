"""Frozen dataclasses to canonical JSON and back, driven by their type hints."""

import json
import types
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


def canonical_json(value: Any) -> bytes:
    """Sorted keys, no spaces, UTF-8, dates as ISO days: the same value always gives the same bytes."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def settled_json(value: Any, decimals: int = 6) -> bytes:
    """The same with every number rounded to `decimals`: for figures that come out of sums and fits, where the last digits
    depend on the machine."""
    return canonical_json(_settled(plain(value), decimals))


def _settled(value: Any, decimals: int) -> Any:
    match value:
        case float():
            return round(value, decimals) + 0.0  # no -0.0
        case dict():
            return {key: _settled(each, decimals) for key, each in value.items()}
        case list():
            return [_settled(each, decimals) for each in value]
    return value


def plain(value: Any) -> Any:
    """A dataclass as dicts and lists; only the fields its constructor takes."""
    names = _names(type(value))  # type: ignore[arg-type]
    if names is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def _names(cls: type) -> tuple[str, ...] | None:
    """The fields that the constructor of a dataclass takes; None for any other type. Looked up once: values are many."""
    return tuple(each.name for each in fields(cls) if each.init) if is_dataclass(cls) else None


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def value_from_json(hint: Any, data: Any) -> Any:
    """`data` (parsed JSON) as the type that `hint` names; unknown keys are refused."""
    if is_dataclass(hint):
        hints = _hints(hint)  # type: ignore[arg-type]
        unknown = set(data) - {field.name for field in fields(hint)}
        if unknown:
            raise ValueError(f"Unknown keys in a stored document: {', '.join(sorted(unknown))}.")
        return hint(**{name: value_from_json(hints[name], each) for name, each in data.items()})  # type: ignore[operator]
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return None if data is None else value_from_json(_without_none(hint), data)
    if origin is tuple:
        return tuple(value_from_json(get_args(hint)[0], each) for each in data)
    if hint is date:
        return date.fromisoformat(data)
    return _plain(hint, data)


def _without_none(hint: Any) -> Any:
    return next(each for each in get_args(hint) if each is not type(None))


def _plain(hint: Any, data: Any) -> Any:
    if get_origin(hint) is Literal:
        if data not in get_args(hint):
            raise ValueError(f"{data!r} is none of {get_args(hint)}.")
        return data
    return float(data) if hint is float else data
