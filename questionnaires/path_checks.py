"""What is wrong with the rules of an unfinished questionnaire: forward references, loops, contradictions, what is never shown.

The design checks judge questionnaires that can be read; a rule that looks forward is what keeps one from being read. So
the same rules are asked here of a sketch of the document, and answer with the place in it and the questions by number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from questionnaires.design_checks import NOTHING_KNOWN, Severity
from questionnaires.design_checks.logic_rules import RULES
from questionnaires.document_parts import Shared
from questionnaires.documents import sketched
from questionnaires.questionnaire import Questionnaire
from questionnaires.skip_logic import item_conditions
from questionnaires.texts import Language, Text

_WITH_CHOICES = frozenset({"single", "multi", "rating", "likelihood"})
_NO_CHOICES = Text(
    "规则只能看有选项的题，这一题没有选项。", "A rule can only rest on a question with options; this one has none."
)


_NOTE = Text("说明文字", "the note")
_OPTION = Text("的选项 {}", ", option {}")


@dataclass(frozen=True, slots=True)
class PathFault:
    """`path`: keys and indexes into the document, to the rule. `item`: the id of the question concerned."""

    rule: str
    severity: Severity
    path: tuple[str | int, ...]
    item: str
    sentence: Text


def path_faults(document: Any, shared: Shared) -> tuple[PathFault, ...]:
    """Every fault of the rules in a draft's document, in the order of its questions. Never raises for what is unfinished."""
    whole = sketched(document, shared)
    if whole is None:
        return ()
    places, names = _places(document), item_names(whole)
    found = [
        PathFault(
            rule.id, rule.severity, places[spot.place.item], spot.place.item, _sentence(rule.reason, spot.about, names)
        )
        for rule in RULES
        for spot in rule.find(whole, NOTHING_KNOWN)
        if spot.place.item in places
    ]
    found += [
        PathFault("no_choices", "blocks", places[item], item, _sentence(_NO_CHOICES, Text(source, source), names))
        for item, source in _without_choices(whole)
        if item in places
    ]
    order = {item.id: at for at, item in enumerate(whole.items)}
    return tuple(sorted(found, key=lambda fault: order[fault.item]))


def item_names(questionnaire: Questionnaire) -> dict[str, Text]:
    """How the designer calls each item: its number among the questions; notes have none."""
    asked = [item.id for item in questionnaire.items if item.kind != "info"]
    numbered = {name: Text(f"第 {at} 题", f"question {at}") for at, name in enumerate(asked, 1)}
    return {item.id: numbered.get(item.id, _NOTE) for item in questionnaire.items}


def _without_choices(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    for item in questionnaire.items:
        wanted = dict.fromkeys(part.item for part in item_conditions(questionnaire.condition(item.id)))
        for name in wanted:
            if name in questionnaire and questionnaire.item(name).kind not in _WITH_CHOICES:
                yield item.id, name


def _sentence(reason: Text, about: Text | None, names: dict[str, Text]) -> Text:
    """The reason, and the questions it is about by their numbers."""
    if about is None:
        return reason

    def named(words: str, language: Language) -> str:
        def number(found: re.Match[str]) -> str:
            name = names.get(found[1])
            spoken = found[1] if name is None else name.in_language(language)
            return f"{spoken}{_OPTION.in_language(language).format(found[2])}" if found[2] else spoken

        return re.sub(r"([a-z][a-z0-9_]*)(?:\.(\w+))?", number, words)

    return Text(f"{reason.zh}（{named(about.zh, 'zh')}）", f"{reason.en} ({named(about.in_language('en'), 'en')})")


def _places(document: Any) -> dict[str, tuple[str | int, ...]]:
    """Where the rule of each item stands: its own, or its section's where it has none."""
    found: dict[str, tuple[str | int, ...]] = {}
    for s, section in enumerate(_listed(document, "sections")):
        for i, item in enumerate(_listed(section, "items")):
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                of_section = "show_if" in section and "show_if" not in item
                found[item["id"]] = ("sections", s, "show_if") if of_section else ("sections", s, "items", i)
    return found


def _listed(node: Any, key: str) -> list[Any]:
    found = node.get(key) if isinstance(node, dict) else None
    return found if isinstance(found, list) else []
