"""Where a text of a draft stands, in words: 第 5 题，选项 3. For whoever translates or reads a refusal, not for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaires.names import at_start, numbered, section_name
from questionnaires.texts import Text

Path = tuple[str | int, ...]

# What a document calls its texts and lists; "text" is what a thing is asked or called by.
WORDS = {
    "text": Text("题目", "wording"), "title": Text("标题", "title"), "hint": Text("说明", "note"), "help": Text("提示", "hint"),
    "short": Text("简称", "short name"), "purpose": Text("为什么问", "why it is asked"), "intro": Text("开头的话", "opening words"),
    "thanks": Text("答完的话", "closing words"), "low_label": Text("低端文字", "low end"), "high_label": Text("高端文字", "high end"),
    "best_label": Text("最先一栏", "first column"), "worst_label": Text("最后一栏", "last column"), "options": Text("选项", "option"),
    "extra_options": Text("另加的选项", "additional option"), "rows": Text("要评的事", "row"), "scale": Text("量表", "scale"),
    "na": Text("不了解时选什么", "for those who don't know"), "short_form": Text("简版", "short form"), "measures": Text("统计项", "measure"),
}  # fmt: skip


def owner_names(document: Any) -> dict[Path, Text]:
    """What the parts and questions of a draft are called, by their paths. Never raises, however unfinished the draft."""
    sections = document.get("sections") if isinstance(document, Mapping) else None
    names: dict[Path, Text] = {}
    items: dict[Path, Any] = {}
    for at, section in enumerate(sections if isinstance(sections, list) else ()):
        names["sections", at] = section_name(at)
        listed = section.get("items") if isinstance(section, Mapping) else None
        for place, item in enumerate(listed if isinstance(listed, list) else ()):
            items["sections", at, "items", place] = item.get("type") if isinstance(item, Mapping) else None
    return names | dict(zip(items, numbered(items.values()), strict=True))


def place_words(path: Path, names: Mapping[Path, Text]) -> Text:
    """The place of the text at `path` (its last key a Chinese one), with `names` as from `owner_names`."""
    owner = next((path[:end] for end in (4, 2) if path[:end] in names), ())
    said = [names[owner]] if owner else []
    said += _lists(path[len(owner) : -1])
    stem = str(path[-1])[:-2].rstrip("_")
    if stem in WORDS or len(said) == bool(owner):
        said.append(WORDS.get(stem, WORDS["text"]))
    return at_start(Text("，".join(each.zh for each in said), ", ".join(each.in_language("en") for each in said)))


def _lists(path: Path) -> list[Text]:
    """选项 3 for ("options", 2); keys without a word are left out."""
    said: list[Text] = []
    for key in path:
        if isinstance(key, int) and said:
            last = said.pop()
            said.append(Text(f"{last.zh} {key + 1}", f"{last.in_language('en')} {key + 1}"))
        elif key in WORDS:
            said.append(WORDS[str(key)])
    return said
