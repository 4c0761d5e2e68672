"""Choices and the response scales made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from questionnaires.texts import Text

ChoiceRole = Literal["answer", "exclusive", "missing"]

# Answers that say nothing about the matter asked: they are never in a denominator.
MISSING_IDS = frozenset({"na", "dk", "pnts"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen. `value` is its place on a scale; `exclusive` clears the others in a multi."""

    id: str
    text: Text
    value: int | None = None
    role: ChoiceRole = "answer"
    exclusive: bool = False


RATHER_NOT_SAY = Choice("pnts", Text("不愿说明", "Rather not say"), role="missing", exclusive=True)


@dataclass(frozen=True, slots=True)
class ResponseScale:
    """A named scale; `choices` stand in the same order (high to low) in both languages and in every wave."""

    id: str
    points: int
    choices: tuple[Choice, ...]
    na: Choice | None = None
