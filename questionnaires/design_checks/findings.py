"""What a design check says: which rule, where, about which words, and what would mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Language, Text

# "blocks" keeps a questionnaire from being published; "warns" wants a decision; "hints" may be left.
Severity = Literal["blocks", "warns", "hints"]

Part = Literal["text", "help", "short", "row", "option", "rule", "scale", "title", "hint", "purpose", "intro", "thanks"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a part of an item, of a section, or of the questionnaire; `name` is the row's or option's id.

    `language` is None where both languages are meant.
    """

    section: str | None = None
    item: str | None = None
    part: Part = "text"
    name: str | None = None
    language: Language | None = None

    def __str__(self) -> str:
        words = [self.item or self.section or "questionnaire", self.part, self.name, self.language]
        return ".".join(word for word in words if word)


@dataclass(frozen=True, slots=True)
class Mend:
    """What one click does: a label for the button, and the questionnaire it makes."""

    label: Text
    apply: Callable[[Questionnaire], Questionnaire]


@dataclass(frozen=True, slots=True)
class Spot:
    """One place a rule objects to. `about` quotes the words or figures concerned."""

    place: Place
    about: Text | None = None
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known outside the questionnaire.

    `smallest_unit`: members of the smallest reporting unit that will be asked (None: not known yet).
    `earlier`: the version asked in the wave before, if this one continues it.
    """

    smallest_unit: int | None = None
    earlier: Questionnaire | None = None


NOTHING_KNOWN = Circumstances()


@dataclass(frozen=True, slots=True)
class Rule:
    """`id` never changes: officers may set a finding aside by it. `reason` says in one sentence why it matters."""

    id: str
    severity: Severity
    reason: Text
    find: Callable[[Questionnaire, Circumstances], Iterable[Spot]]


@dataclass(frozen=True, slots=True)
class Finding:
    rule: Rule
    place: Place
    about: Text | None = None
    mend: Mend | None = None

    @property
    def key(self) -> str:
        """The same finding has the same key as long as it stands in the same place."""
        return f"{self.rule.id}@{self.place}"
