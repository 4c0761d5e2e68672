"""Whether any answers at all can meet a rule, given the rules of the items it rests on.

A search over the ways to meet it: plain conditions narrow what may be answered, an "any" branches, and an item that is
named for the first time brings its own rule along. Contradictions end a way at once. Rules can be contrived so that
every search is long, so it is bounded: past the bound a rule is taken to be sound, and never wrongly called impossible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from questionnaires.questionnaire import Questionnaire
from questionnaires.skip_logic import All, AnyOf, Condition, FactCondition, ItemCondition, item_conditions

MOST_WAYS = 1_000
_MOST_TRIED = 8

Plain = ItemCondition | FactCondition


@dataclass(frozen=True, slots=True)
class _Way:
    """What has been settled, by item or fact; conditions still to meet; choices still open, smallest first when taken."""

    settled: dict[str, tuple[Plain, ...]]
    to_meet: tuple[Condition, ...]
    open: tuple[AnyOf, ...] = ()


def can_hold(
    questionnaire: Questionnaire,
    condition: Condition | None,
    most_ways: int = MOST_WAYS,
    without: Collection[str] = (),
) -> bool:
    """Whether some answers and facts meet the condition; True also where the search grows beyond `most_ways`.

    `without`: items whose own rules are left out of account.
    """
    if condition is None:
        return True
    waiting = [_Way({}, (condition,))]
    for _ in range(most_ways):
        if not waiting:
            return False
        way = _narrowed(questionnaire, waiting.pop(), without)
        if way is None:
            continue
        if not way.open:
            return True
        choice = min(way.open, key=lambda one: len(one.conditions))
        rest = tuple(one for one in way.open if one is not choice)
        waiting += [_Way(way.settled, (part,), rest) for part in reversed(choice.conditions)]
    return bool(waiting)


def opposing(questionnaire: Questionnaire, condition: Condition) -> tuple[str, ...]:
    """Items whose own rules make an impossible condition so: without any one of these it could be met.

    Only the nearest few are tried, and not for long: this is an explanation, nothing rests on it.
    """
    named = list(islice(_rested_on(questionnaire, condition, set()), _MOST_TRIED))
    return tuple(name for name in named if can_hold(questionnaire, condition, MOST_WAYS // 10, without=(name,)))


def _rested_on(questionnaire: Questionnaire, condition: Condition, seen: set[str]) -> Iterator[str]:
    for part in item_conditions(condition):
        if part.item in questionnaire and part.item not in seen:
            seen.add(part.item)
            rule = questionnaire.condition(part.item)
            if rule is not None:
                yield part.item
                yield from _rested_on(questionnaire, rule, seen)


def _narrowed(questionnaire: Questionnaire, way: _Way, without: Collection[str]) -> _Way | None:
    """The way with all that needs no choosing met; None where that contradicts itself."""
    settled, waiting, choices = dict(way.settled), list(way.to_meet), list(way.open)
    while waiting:
        match waiting.pop():
            case All(conditions=parts):
                waiting += parts
            case AnyOf(conditions=(only,)):
                waiting.append(only)
            case AnyOf() as choice:
                choices.append(choice)
            case FactCondition() | ItemCondition() as plain:
                if isinstance(plain, ItemCondition) and plain.item not in without:
                    waiting += _brought_along(questionnaire, plain, settled)
                if not _settles(questionnaire, plain, settled):
                    return None
    return _Way(settled, (), tuple(choices))


def _brought_along(
    questionnaire: Questionnaire, plain: ItemCondition, settled: dict[str, tuple[Plain, ...]]
) -> list[Condition]:
    """The rule of an item that is named for the first time: only what is shown is answered."""
    if plain.item in settled or plain.item not in questionnaire:
        return []
    rule = questionnaire.condition(plain.item)
    return [] if rule is None else [rule]


def _settles(questionnaire: Questionnaire, plain: Plain, settled: dict[str, tuple[Plain, ...]]) -> bool:
    """Add a plain condition to what is settled; False where it contradicts that."""
    name = f"ctx.{plain.fact}" if isinstance(plain, FactCondition) else plain.item
    if plain in settled.get(name, ()):
        return True
    settled[name] = (*settled.get(name, ()), plain)
    if isinstance(plain, FactCondition):
        return _facts_agree(settled[name])
    return _answers_agree(questionnaire, name, settled[name])


def _answers_agree(questionnaire: Questionnaire, item_id: str, parts: tuple[Plain, ...]) -> bool:
    """Whether one answer to the item meets all of these; what names no item or option is said by another rule."""
    if item_id not in questionnaire:
        return True
    item = questionnaire.item(item_id)
    asked = [part for part in parts if isinstance(part, ItemCondition)]
    ids = {choice.id for choice in item.choices}
    if any(name not in ids for part in asked for name in (*part.in_, *part.not_in)):
        return True
    left = ids - {name for part in asked for name in part.not_in}
    wanted = [frozenset(part.in_) & left for part in asked if part.in_]
    if item.kind != "multi" or getattr(item, "max_select", None) == 1:
        return bool(left.intersection(*wanted))
    alone = {choice.id for choice in item.choices if choice.exclusive}
    together = all(some - alone for some in wanted)
    return bool(left) and (together or any(all(one in some for some in wanted) for one in alone & left))


def _facts_agree(parts: tuple[Plain, ...]) -> bool:
    """Whether one value of the fact meets all of these."""
    mine = [part for part in parts if isinstance(part, FactCondition)]
    low = max((part.gte for part in mine if part.gte is not None), default=None)
    high = min((part.lte for part in mine if part.lte is not None), default=None)
    listed = [{part.eq} for part in mine if part.eq is not None] + [set(part.in_) for part in mine if part.in_]
    if low is not None and high is not None and low > high:
        return False
    if not listed:
        return True
    left = set.intersection(*listed)
    if low is None and high is None:
        return bool(left)
    return any(isinstance(v, int) and (low is None or v >= low) and (high is None or v <= high) for v in left)
