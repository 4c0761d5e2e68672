"""The grammar of rules as other programs write them: XLSForm (XPath), SurveyJS and LimeSurvey expressions.

The three are near enough for one small grammar: or, and, not, comparisons, and "is among the chosen". Anything beyond
it raises Unsayable. Parentheses keep parts apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from questionnaires.texts import Text

LONGEST_RULE = 5_000
_DEEPEST = 30


class Unsayable(ValueError):  # noqa: N818 - errors are plain nouns
    """Why a rule cannot be carried over, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Node:
    kind: str  # or, and, not, compare, chosen, answered
    parts: tuple[Node, ...] = ()
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


def parsed(rule: str) -> Node:
    """The tree of a rule; raises Unsayable."""
    if len(rule) > LONGEST_RULE:
        raise Unsayable("规则太长", "The rule is too long")
    return _Parser(_tokens(rule)).whole()


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

    def whole(self) -> Node:
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

    def _either(self) -> Node:
        return self._chain("or", {"or", "||"}, self._both)

    def _both(self) -> Node:
        return self._chain("and", {"and", "&&"}, self._one)

    def _chain(self, kind: str, words: set[str], inner: Callable[[], Node]) -> Node:
        parts = [inner()]
        while self._word() in words:
            self._next()
            parts.append(inner())
        return parts[0] if len(parts) == 1 else Node(kind, tuple(parts))

    def _one(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unsayable("规则嵌套太深", "The rule is nested too deep")
        try:
            return self._simple()
        finally:
            self.depth -= 1

    def _simple(self) -> Node:
        word = self._word()
        if word in {"!", "not", "negate"}:
            self._next()
            return Node("not", (self._one(),))
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
            return Node("not", (Node("answered", name=name),))
        return self._comparison()

    def _selected(self) -> Node:
        self._next()
        self._want("(")
        name = self._name()
        self._want(",")
        value = self._value()
        self._want(")")
        return Node("chosen", name=name, values=(value,))

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

    def _comparison(self) -> Node:
        name = self._name()
        sign = self._word()
        self._next()
        sign = _SAME.get(sign, sign)
        if sign in {"notempty", "empty"}:
            answered = Node("answered", name=name)
            return answered if sign == "notempty" else Node("not", (answered,))
        if sign in _AMONG:
            return self._among(name, sign)
        if sign not in {"=", "!=", "<", ">", "<=", ">="}:
            self.place -= 1
            self._stop()
        value = self._value()
        if value == "" and sign in {"=", "!="}:
            answered = Node("answered", name=name)
            return answered if sign == "!=" else Node("not", (answered,))
        if sign in {"=", "!="}:
            chosen = Node("chosen", name=name, values=(value,))
            return chosen if sign == "=" else Node("not", (chosen,))
        return Node("compare", name=name, sign=sign, values=(value,))

    def _among(self, name: str, sign: str) -> Node:
        values = [self._value()] if self._word() != "[" else self._list()
        if sign == "allof" and len(values) > 1:
            return Node("and", tuple(Node("chosen", name=name, values=(one,), grouped=True) for one in values))
        chosen = Node("chosen", name=name, values=tuple(values))
        return Node("not", (chosen,)) if sign in {"notcontains", "noneof"} else chosen

    def _list(self) -> list[str]:
        self._want("[")
        values = [self._value()]
        while self._word() == ",":
            self._next()
            values.append(self._value())
        self._want("]")
        return values
