"""Rules as other programs write them: XLSForm (XPath), SurveyJS and LimeSurvey expressions, read into our conditions.

The three are near enough for one small grammar: or, and, not, comparisons, and "is among the chosen". Anything beyond
it raises Unsayable, and the importer lists the rule. Parentheses keep parts apart; without them, neighbouring tests of
one item are one condition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from questionnaires.skip_logic import All, AnyOf, Condition, FactCondition, ItemCondition
from questionnaires.texts import Text

LONGEST_RULE = 5_000
_DEEPEST = 30


class Unsayable(ValueError):  # noqa: N818 - errors are plain nouns
    """Why a rule cannot be carried over, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(en)


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


@dataclass(frozen=True, slots=True)
class _Node:
    kind: str  # or, and, not, compare, chosen, answered
    parts: tuple[_Node, ...] = ()
    name: str = ""
    sign: str = ""
    values: tuple[str, ...] = ()
    grouped: bool = False


_TOKEN = re.compile(
    r"\s*(?:(?P<name>\$\{[^}]+\}|\{[^}]+\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<sign><=|>=|!=|<>|==|&&|\|\||[=<>!(),\[\]])|(?P<word>[A-Za-z_][\w.:-]*))"
)
_SAME = {
    "==": "=",
    "<>": "!=",
    "eq": "=",
    "ne": "!=",
    "gt": ">",
    "lt": "<",
    "ge": ">=",
    "le": "<=",
    "equal": "=",
    "notequal": "!=",
}
_AMONG = {"anyof", "contains", "contain", "allof", "notcontains", "noneof"}


def condition_of(rule: str, known: Known) -> Condition:
    """The condition a rule states; raises Unsayable."""
    if len(rule) > LONGEST_RULE:
        raise Unsayable("规则太长", "The rule is too long")
    parser = _Parser(_tokens(rule))
    node = parser.whole()
    return _condition(node, known)


def _tokens(rule: str) -> list[tuple[str, str]]:
    found, place = [], 0
    rule = rule.rstrip()
    while place < len(rule):
        match = _TOKEN.match(rule, place)
        if not match:
            raise Unsayable(f"读不懂“{rule[place : place + 20]}”", f"“{rule[place : place + 20]}” cannot be read")
        found.append((match.lastgroup or "", match[match.lastgroup or 0]))
        place = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = [*tokens, ("end", "")]
        self.place = 0
        self.depth = 0

    def whole(self) -> _Node:
        node = self._either()
        if self._peek()[0] != "end":
            self._stop()
        return node

    def _peek(self) -> tuple[str, str]:
        return self.tokens[self.place]

    def _next(self) -> tuple[str, str]:
        self.place += 1
        return self.tokens[self.place - 1]

    def _word(self) -> str:
        return self._peek()[1].lower() if self._peek()[0] in {"word", "sign"} else ""

    def _stop(self) -> None:
        what = self._peek()[1] or "…"
        raise Unsayable(f"“{what}”处的写法不支持", f"What stands at “{what}” is not supported")

    def _want(self, sign: str) -> None:
        if self._next()[1] != sign:
            self.place -= 1
            self._stop()

    def _either(self) -> _Node:
        return self._chain("or", {"or", "||"}, self._both)

    def _both(self) -> _Node:
        return self._chain("and", {"and", "&&"}, self._one)

    def _chain(self, kind: str, words: set[str], inner: Any) -> _Node:
        parts = [inner()]
        while self._word() in words:
            self._next()
            parts.append(inner())
        return parts[0] if len(parts) == 1 else _Node(kind, tuple(parts))

    def _one(self) -> _Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unsayable("规则嵌套太深", "The rule is nested too deep")
        try:
            return self._simple()
        finally:
            self.depth -= 1

    def _simple(self) -> _Node:
        word = self._word()
        if word in {"!", "not", "negate"}:
            self._next()
            return _Node("not", (self._one(),))
        if word == "(":
            self._next()
            node = self._either()
            self._want(")")
            return replace(node, grouped=True)
        if word == "selected":
            return self._selected()
        if word == "is_empty":
            self._next()
            self._want("(")
            name = self._name()
            self._want(")")
            return _Node("not", (_Node("answered", name=name),))
        return self._comparison()

    def _selected(self) -> _Node:
        self._next()
        self._want("(")
        name = self._name()
        self._want(",")
        value = self._value()
        self._want(")")
        return _Node("chosen", name=name, values=(value,))

    def _name(self) -> str:
        kind, written = self._next()
        if kind not in {"name", "word"}:
            self.place -= 1
            self._stop()
        return written.removeprefix("$").strip("{}").strip()

    def _value(self) -> str:
        kind, written = self._next()
        if kind not in {"text", "number", "word"}:
            self.place -= 1
            self._stop()
        return written.strip("'\"") if kind == "text" else written

    def _comparison(self) -> _Node:
        name = self._name()
        sign = self._word()
        self._next()
        sign = _SAME.get(sign, sign)
        if sign in {"notempty", "empty"}:
            answered = _Node("answered", name=name)
            return answered if sign == "notempty" else _Node("not", (answered,))
        if sign in _AMONG:
            return self._among(name, sign)
        if sign not in {"=", "!=", "<", ">", "<=", ">="}:
            self.place -= 1
            self._stop()
        value = self._value()
        if value == "" and sign in {"=", "!="}:
            answered = _Node("answered", name=name)
            return answered if sign == "!=" else _Node("not", (answered,))
        if sign in {"=", "!="}:
            chosen = _Node("chosen", name=name, values=(value,))
            return chosen if sign == "=" else _Node("not", (chosen,))
        return _Node("compare", name=name, sign=sign, values=(value,))

    def _among(self, name: str, sign: str) -> _Node:
        values = [self._value()] if self._word() != "[" else self._list()
        if sign == "allof" and len(values) > 1:
            return _Node("and", tuple(_Node("chosen", name=name, values=(one,), grouped=True) for one in values))
        chosen = _Node("chosen", name=name, values=tuple(values))
        return _Node("not", (chosen,)) if sign in {"notcontains", "noneof"} else chosen

    def _list(self) -> list[str]:
        self._want("[")
        values = [self._value()]
        while self._word() == ",":
            self._next()
            values.append(self._value())
        self._want("]")
        return values


def _condition(node: _Node, known: Known) -> Condition:
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


def _chosen(node: _Node, known: Known) -> Condition:
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


def _compared(node: _Node, known: Known) -> Condition:
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


def _joined(kind: type[All | AnyOf], node: _Node, known: Known) -> Condition:
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


def _leaves(node: _Node) -> list[_Node]:
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
