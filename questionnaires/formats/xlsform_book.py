"""An XLSForm workbook while it is written: its rows, its option lists, and words, rules and our own properties as cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import orjson

from questionnaires.formats.notes import Note
from questionnaires.formats.rule_writing import XPATH, rule
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import Choice
from questionnaires.skip_logic import Condition
from questionnaires.texts import Text

LANGUAGES = {"zh": "Chinese (zh)", "en": "English (en)"}
OURS = "survey_app"

Cells = dict[str, str]


@dataclass(slots=True)
class Book:
    """`kept_aside`: properties that only our own column holds, with the items that have them."""

    questionnaire: Questionnaire
    survey: list[Cells] = field(default_factory=list)
    lists: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    kept_aside: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def labels(text: Text, column: str = "label") -> Cells:
    """A text as the columns of both languages."""
    cells = {f"{column}::{LANGUAGES['zh']}": text.zh}
    return cells if text.en is None else cells | {f"{column}::{LANGUAGES['en']}": text.en}


def relevant(condition: Condition | None) -> Cells:
    """The rule of an item or section in its column; nothing for none."""
    return {} if condition is None else {"relevant": rule(condition, XPATH)}


def as_json(value: Any) -> str:
    """What stands in our own column."""
    return orjson.dumps(value).decode()


def list_name(name: str, choices: tuple[Choice, ...], book: Book) -> str:
    """The list's name: one list serves all items with the same choices."""
    for known, held in book.lists.items():
        if held == choices:
            return known
    made, number = name, 2
    while made in book.lists:
        made, number = f"{name}_{number}", number + 1
    book.lists[made] = choices
    return made
