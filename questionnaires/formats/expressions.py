"""Rules of other programs as our conditions, by what the file has named so far.

Neighbouring tests of one item are one condition, as ours say them, unless parentheses keep them apart. What we cannot
say raises Unsayable, and the importer lists the rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from questionnaires.formats.expression_grammar import Node, Unsayable, parsed
from questionnaires.skip_logic import All, AnyOf, Condition, FactCondition, ItemCondition


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item a rule may name: its id with us, and its choices' ids by the values the file uses."""

    id: str
    choices: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What rules may name, by the names the file uses. `options` are names that stand for one option of a multi."""

    items: Mapping[str, KnownItem] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def condition_of(rule: str, known: Known) -> Condition:
    """The condition a rule states; raises Unsayable."""
    return _condition(parsed(rule), known)


def _condition(node: Node, known: Known) -> Condition:
    match node.kind:
        case "or":
            return _joined(AnyOf, node, known)
        case "and":
            return _joined(All, node, known)
        case "not":
            return opposite(_condition(node.parts[0], known), known)
        case "chosen":
            return _chosen(node, known)
        case "answered":
            return _answered(node.name, known)
    return _compared(node, known)


def _item(name: str, known: Known) -> KnownItem:
    plain = re.sub(r"\.(NAOK|value|shown|code)$", "", name, flags=re.IGNORECASE)
    found = known.items.get(name) or known.items.get(plain)
    if found is None:
        raise Unsayable(f"没有可用作条件的题目“{plain}”", f"There is no item “{plain}” a rule could rest on")
    return found


def _fact(name: str, known: Known) -> str | None:
    return known.facts.get(re.sub(r"\.(NAOK|value)$", "", name))


def _chosen(node: Node, known: Known) -> Condition:
    plain = re.sub(r"\.(NAOK|value)$", "", node.name)
    if plain in known.options and node.values in {("Y",), ("1",)}:
        item_id, choice = known.options[plain]
        return ItemCondition(item_id, in_=(choice,))
    fact = _fact(node.name, known)
    if fact is not None:
        values = tuple(_as_fact(one) for one in node.values)
        return FactCondition(fact, eq=values[0]) if len(values) == 1 else FactCondition(fact, in_=values)
    item = _item(node.name, known)
    ids = tuple(item.choices[one] for one in node.values if one in item.choices)
    if len(ids) < len(node.values):
        missing = next(one for one in node.values if one not in item.choices)
        raise Unsayable(f"题目“{item.id}”没有选项“{missing}”", f"Item “{item.id}” has no option “{missing}”")
    return ItemCondition(item.id, in_=ids)


def _as_fact(value: str) -> int | str:
    return int(value) if re.fullmatch(r"\d+", value) else value


def _answered(name: str, known: Known) -> Condition:
    item = _item(name, known)
    if not item.choices:
        raise Unsayable(
            f"题目“{item.id}”没有选项，不能作条件", f"Item “{item.id}” has no options, so no rule can rest on it"
        )
    return ItemCondition(item.id, in_=tuple(dict.fromkeys(item.choices.values())))


def _compared(node: Node, known: Known) -> Condition:
    sign, value = node.sign, float(node.values[0]) if re.fullmatch(r"-?\d+(\.\d+)?", node.values[0]) else None
    if value is None:
        raise Unsayable("只能与数字比较大小", "Only numbers can be compared by size")
    whole = int(value)
    bound = {">=": ("gte", whole), ">": ("gte", whole + 1), "<=": ("lte", whole), "<": ("lte", whole - 1)}[sign]
    fact = _fact(node.name, known)
    if fact is not None:
        return FactCondition(fact, **{bound[0]: bound[1]})  # type: ignore[arg-type]
    item = _item(node.name, known)
    fits = {">=": value.__le__, ">": value.__lt__, "<=": value.__ge__, "<": value.__gt__}[sign]
    ids = tuple(choice for choice, points in item.values.items() if fits(float(points)))
    if not ids:
        raise Unsayable(f"题目“{item.id}”不能按大小作条件", f"No rule can rest on the size of item “{item.id}”")
    return ItemCondition(item.id, in_=ids)


def _joined(kind: type[All | AnyOf], node: Node, known: Known) -> Condition:
    """Neighbours that are not kept apart by parentheses and speak of one item become one condition."""
    parts: list[tuple[Condition, bool]] = []
    answered = {part.name for part in node.parts if part.kind == "answered"} if kind is All else set()
    spoken = {part.name for part in node.parts if part.kind != "answered"} | {
        inner.name for part in node.parts for inner in _leaves(part)
    }
    for part in node.parts:
        if part.kind == "answered" and part.name in answered & spoken:
            continue  # ours want an answer anyway
        found = _condition(part, known)
        merged = None if not parts or part.grouped or parts[-1][1] else _merged(kind, parts[-1][0], found)
        if merged is not None:
            parts[-1] = (merged, False)
        else:
            parts.append((found, part.grouped))
    conditions = tuple(condition for condition, _ in parts)
    return conditions[0] if len(conditions) == 1 else kind(conditions)


def _leaves(node: Node) -> list[Node]:
    if node.kind == "answered":
        return []
    return [node] if not node.parts else [leaf for part in node.parts for leaf in _leaves(part)]


def _merged(kind: type[All | AnyOf], one: Condition, other: Condition) -> Condition | None:
    match one, other:
        case ItemCondition(), ItemCondition() if one.item == other.item:
            if kind is AnyOf and one.in_ and other.in_:
                return ItemCondition(one.item, in_=tuple(dict.fromkeys(one.in_ + other.in_)))
            if kind is All and one.not_in and other.not_in:
                return ItemCondition(one.item, not_in=tuple(dict.fromkeys(one.not_in + other.not_in)))
        case FactCondition(), FactCondition() if one.fact == other.fact:
            if kind is All:
                return FactCondition(
                    one.fact,
                    gte=one.gte if one.gte is not None else other.gte,
                    lte=one.lte if one.lte is not None else other.lte,
                    eq=one.eq if one.eq is not None else other.eq,
                    in_=one.in_ or other.in_,
                )
            listed = [*(one.in_ or _listed(one)), *(other.in_ or _listed(other))]
            if len(listed) > 1 and _only_listed(one) and _only_listed(other):
                return FactCondition(one.fact, in_=tuple(listed))
    return None


def _listed(condition: FactCondition) -> tuple[int | str, ...]:
    return () if condition.eq is None else (condition.eq,)


def _only_listed(condition: FactCondition) -> bool:
    return condition.gte is None and condition.lte is None


def opposite(condition: Condition, known: Known) -> Condition:
    """What holds where the condition does not, among those who answered."""
    match condition:
        case ItemCondition():
            return ItemCondition(condition.item, in_=condition.not_in, not_in=condition.in_)
        case FactCondition(gte=int(low), lte=None, eq=None, in_=()):
            return FactCondition(condition.fact, lte=low - 1)
        case FactCondition(gte=None, lte=int(high), eq=None, in_=()):
            return FactCondition(condition.fact, gte=high + 1)
        case All():
            return AnyOf(tuple(opposite(part, known) for part in condition.conditions))
        case AnyOf():
            return All(tuple(opposite(part, known) for part in condition.conditions))
    raise Unsayable("不支持这样的否定", "Such a negation is not supported")
