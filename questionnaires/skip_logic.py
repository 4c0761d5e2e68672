"""Skip logic: when an item is shown.

A condition on an item holds only when that item was answered on the path: `in_` wants one of the listed choices among
the chosen, `not_in` wants none of them. An unanswered item makes both false, so nothing appears before its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, int | str]

# What the system knows about the collector (never about the person).
KNOWN_FACTS = frozenset({"branch_members", "unit"})


@dataclass(frozen=True, slots=True)
class ItemCondition:
    item: str
    in_: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactCondition:
    """Every given bound must hold; a fact that is not known makes the condition false."""

    fact: str
    gte: int | None = None
    lte: int | None = None
    eq: int | str | None = None
    in_: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True)
class All:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    conditions: tuple[Condition, ...]


Condition = ItemCondition | FactCondition | All | AnyOf


def holds(condition: Condition | None, answers: Mapping[str, Any], facts: Facts) -> bool:
    """Whether the condition holds for answers that are themselves on the path; no condition always holds."""
    match condition:
        case None:
            return True
        case ItemCondition():
            chosen = chosen_ids(answers.get(condition.item))
            return bool(chosen) and (
                not chosen.isdisjoint(condition.in_) if condition.in_ else chosen.isdisjoint(condition.not_in)
            )
        case FactCondition():
            return fact_holds(condition, facts)
        case All():
            return all(holds(part, answers, facts) for part in condition.conditions)
        case AnyOf():
            return any(holds(part, answers, facts) for part in condition.conditions)


def fact_holds(condition: FactCondition, facts: Facts) -> bool:
    """Whether what is known of the collector meets the condition; an unknown fact meets none."""
    value = facts.get(condition.fact)
    if value is None or (condition.eq is not None and value != condition.eq):
        return False
    if condition.in_ and value not in condition.in_:
        return False
    if condition.gte is None and condition.lte is None:
        return True
    if not isinstance(value, int):
        return False
    return (condition.gte is None or value >= condition.gte) and (condition.lte is None or value <= condition.lte)


def chosen_ids(answer: object) -> frozenset[str]:
    """The choice ids of a single or multi answer; nothing for any other or no answer."""
    if isinstance(answer, str):
        return frozenset({answer})
    if isinstance(answer, tuple):
        return frozenset(part for part in answer if isinstance(part, str))
    return frozenset()


def item_conditions(condition: Condition | None) -> Iterator[ItemCondition]:
    """Every condition on an item inside this one."""
    match condition:
        case ItemCondition():
            yield condition
        case All() | AnyOf():
            for part in condition.conditions:
                yield from item_conditions(part)


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """The condition that wants both."""
    parts: list[Condition] = []
    for condition in (first, second):
        parts.extend(condition.conditions if isinstance(condition, All) else [condition] if condition else [])
    return None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))
