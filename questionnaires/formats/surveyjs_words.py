"""What a SurveyJS document says: words by language, and lists of choices."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from questionnaires.formats.drafts import Draft, choice_ids
from questionnaires.formats.surveyjs_writing import OURS
from questionnaires.texts import Text
from questionnaires.written import Tree, text_tree


@dataclass(slots=True)
class Reading:
    """What has been read so far. `default` is the language of texts that name none."""

    draft: Draft
    default: str
    section_ids: set[str] = field(default_factory=set)
    read: int = 0


def text_of_value(value: Any, place: str, reading: Reading) -> Text | None:
    """A plain text in the survey's language, or an object of languages."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        words = str(value)
        return reading.draft.text({"zh" if has_han(words) else reading.default: words}, place)
    if not isinstance(value, dict):
        return None
    said = {}
    for key, words in value.items():
        if isinstance(words, str):
            lower = str(key).lower()
            language = (
                "zh"
                if lower.startswith("zh")
                else "en"
                if lower.startswith("en")
                else reading.default
                if lower == "default"
                else lower
            )
            said[language] = words
    return reading.draft.text(said, place)


def has_han(words: str) -> bool:
    """Whether there are Chinese characters in the words."""
    return re.search(r"[\u4e00-\u9fff]", words) is not None


def options_of(listed: Any, place: str, reading: Reading) -> list[tuple[str, Tree]]:
    """Pairs of the file's value and our option."""
    if not isinstance(listed, list):
        return []
    values = [value_of(one) for one in listed]
    ids = choice_ids(values)
    found: list[tuple[str, Tree]] = []
    for at, (one, value) in enumerate(zip(listed, values, strict=True)):
        if value in values[:at]:
            reading.draft.note(
                place,
                f"选项“{value}”出现两次，只带过来一次。",
                f"The option “{value}” stands twice and was carried over once.",
            )
            continue
        written = one if isinstance(one, dict) else {}
        text = text_of_value(written.get("text"), place, reading) or text_of_value(value, place, reading) or Text("—")
        points = written.get(OURS, {}).get("value") if isinstance(written.get(OURS), dict) else None
        if points is None and not reading.draft.exact and re.fullmatch(r"\d{1,2}", value):
            points = int(value)
        option: Tree = {"id": ids[value]} | ({"value": points} if type(points) is int else {}) | text_tree(text)
        found.append((value, option | ({"exclusive": True} if written.get("isExclusive") is True else {})))
    return found


def value_of(one: Any) -> str:
    """What a choice is stored as."""
    return str(one.get("value", one.get("text", ""))) if isinstance(one, dict) else str(one)
