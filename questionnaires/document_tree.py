"""YAML and JSON texts as plain values, with the line of each place, and with faults instead of exceptions.

Only what a questionnaire needs is read: mappings, lists, texts, numbers, true and false. YAML's aliases and tags are
refused (a few lines of them can stand for gigabytes), and so are repeated keys.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import yaml

LARGEST_DOCUMENT = 300_000  # characters
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a document: where (`items.a02.options[3].zh`), on which line if known, and what, in one sentence.

    `path`: the keys and indexes that lead there from the top of the document.
    """

    place: str
    sentence: str
    line: int | None = None
    path: tuple[str | int, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        where = self.place or "document"
        return f"{where}{'' if self.line is None else f' (line {self.line})'}: {self.sentence}"


class DocumentFaults(ValueError):  # noqa: N818 - errors are plain nouns
    """Everything that is wrong with a document."""

    def __init__(self, faults: list[Fault], source: str = "") -> None:
        self.faults = tuple(faults)
        self.source = source
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(slots=True)
class Ledger:
    """The faults found so far, and the line of every value by its identity-free path."""

    source: str = ""
    faults: list[Fault] = field(default_factory=list)
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def note(self, place: str, sentence: str, path: tuple[str | int, ...] = ()) -> None:
        line = next((self.lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.lines), None)
        self.faults.append(Fault(place, sentence, line, path))

    def stop_if_faulty(self) -> None:
        if self.faults:
            raise DocumentFaults(self.faults, self.source)


class _Unreadable(ValueError):  # noqa: N818 - errors are plain nouns
    def __init__(self, sentence: str, line: int | None = None) -> None:
        self.sentence = sentence
        self.line = line
        super().__init__(sentence)


def text_of(data: bytes, source: str) -> str:
    """The bytes of a document as text; raises DocumentFaults unless they are UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentFaults([Fault("", "This is not UTF-8 text.")], source) from None


def yaml_tree(text: str, ledger: Ledger) -> Any:
    """The document as plain values; raises DocumentFaults if it is not YAML of the kind we read."""
    try:
        _check_size(text)
        node = yaml.compose(text, Loader=_NoAliases)
        return None if node is None else _value(node, (), ledger)
    except _Unreadable as error:
        raise DocumentFaults([Fault("", error.sentence, error.line)], ledger.source) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        line = None if mark is None else mark.line + 1
        raise DocumentFaults([Fault("", f"This is not YAML: {problem}.", line)], ledger.source) from None


def json_tree(text: str, ledger: Ledger) -> Any:
    """The document as plain values; raises DocumentFaults if it is not JSON."""
    try:
        _check_size(text)
        return json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except _Unreadable as error:
        raise DocumentFaults([Fault("", error.sentence)], ledger.source) from None
    except json.JSONDecodeError as error:
        raise DocumentFaults([Fault("", f"This is not JSON: {error.msg}.", error.lineno)], ledger.source) from None
    except (RecursionError, ValueError):
        raise DocumentFaults(
            [Fault("", "This JSON is nested too deep or has a number too long.")], ledger.source
        ) from None


def _check_size(text: str) -> None:
    if len(text) > LARGEST_DOCUMENT:
        raise _Unreadable(f"The document is longer than {LARGEST_DOCUMENT:,} characters.")


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Unreadable(f"The key {key!r} is given twice in one place.")
        found[key] = value
    return found


def _no_constant(name: str) -> Any:
    raise _Unreadable(f"{name} is not a number.")


class _NoAliases(yaml.SafeLoader):
    """A composer that refuses aliases and deep nesting before they are unfolded."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
            raise _Unreadable("Aliases (*name) are not read; write the text out.", line)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Unreadable("The document is nested too deep.")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _value(node: yaml.Node, path: tuple[str | int, ...], ledger: Ledger) -> Any:
    line = node.start_mark.line + 1
    ledger.lines[path] = line
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None:
                raise _Unreadable("A key must be a word.", key_node.start_mark.line + 1)
            if key in found:
                raise _Unreadable(f"The key {key!r} is given twice in one place.", key_node.start_mark.line + 1)
            found[key] = _value(value_node, (*path, key), ledger)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(part, (*path, place), ledger) for place, part in enumerate(node.value)]
    return _scalar(node, line)


def _scalar(node: yaml.Node, line: int) -> Any:
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    text = str(node.value)
    try:
        match kind:
            case "str" | "timestamp":
                return text
            case "int":
                return int(text)
            case "float":
                return float(text)
            case "bool" if text.lower() in {"true", "false"}:
                return text.lower() == "true"
            case "null":
                return None
    except ValueError:
        pass
    raise _Unreadable(f"{text[:40]!r} is ambiguous in YAML; put it in quotes or write it plainly.", line)
