"""What the rows of an XLSForm workbook say: words by language, option lists, and what has been read so far."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson

from questionnaires.formats.drafts import Draft, identifier
from questionnaires.formats.notes import unreadable
from questionnaires.formats.workbooks import Row
from questionnaires.formats.xlsform_book import OURS
from questionnaires.skip_logic import Condition
from questionnaires.texts import Text
from questionnaires.written import Tree


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    id: str
    text: Text
    points: int | None
    exclusive: bool


@dataclass(slots=True)
class Group:
    """A group that is open: what it adds to its items' rules, and the rows of a matrix if it is one."""

    row: Row
    condition: Condition | None = None
    matrix: list[Row] | None = None
    own_section: bool = False


@dataclass(slots=True)
class Reading:
    draft: Draft
    lists: Mapping[str, list[Option]]
    groups: list[Group] = field(default_factory=list)
    section: Tree | None = None
    section_ids: set[str] = field(default_factory=set)


def has_han(words: str) -> bool:
    """Whether there are Chinese characters in the words."""
    return re.search(r"[\u4e00-\u9fff]", words) is not None


def ours_in(row: Row) -> Tree:
    """What we wrote beside; a broken cell is told by its place."""
    written = row[OURS]
    if not written:
        return {}
    try:
        found = orjson.loads(written)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise unreadable(
            f"{row.place}, column {OURS}",
            "这一格不是我们写的内容，请清空。",
            "This cell is not as we wrote it; clear it.",
        )
    return found


def said(row: Row, column: str, default: str = "") -> dict[str, str]:
    """The words of a column by language: label, label::English (en), label:zh."""
    found: dict[str, str] = {}
    for name, words in row.cells.items():
        if name == column:
            found[_language(default) if default else ("zh" if has_han(words) else "default")] = words
        elif match := re.fullmatch(rf"{column}::?\s*(.+)", name):
            found[_language(match[1])] = words
    return found


def _language(name: str) -> str:
    name = name.strip().lower()
    if re.search(r"\(zh|^zh|chinese|中文|汉语|简体", name):
        return "zh"
    return "en" if re.search(r"\(en|^en\b|english|英", name) else name


def option_lists(rows: list[Row], draft: Draft) -> dict[str, list[Option]]:
    """The options of every list of the sheet of choices."""
    by_list: dict[str, list[Row]] = {}
    for row in rows:
        list_name = row["list_name"] or row["list name"]
        value = row["name"] or row["value"]
        if not list_name or not value:
            if any(row.cells):
                draft.note(
                    row.place,
                    "缺少 list_name 或 name，这个选项没有带过来。",
                    "Without list_name or name this option was not carried over.",
                )
            continue
        by_list.setdefault(list_name, []).append(row)
    return {name: _options(listed, draft) for name, listed in by_list.items()}


def _options(rows: list[Row], draft: Draft) -> list[Option]:
    """Cascading selects give one name to several options, which a filter keeps apart; here each needs a name of its own."""
    options: list[Option] = []
    taken: set[str] = set()
    for row in rows:
        value = row["name"] or row["value"]
        made = identifier(value, taken, "c")
        taken.add(made)
        text = draft.text(said(row, "label"), row.place) or Text(value, value)
        if any(one.value == value and one.text == text for one in options):
            draft.note(
                row.place,
                f"选项“{value}”在同一列表中出现两次，只带过来一次。",
                f"The option “{value}” stands twice in one list and was carried over once.",
            )
            continue
        if any(one.value == value for one in options):
            draft.note(
                row.place,
                f"选项“{value}”在同一列表中出现两次，后一个改名为“{made}”。",
                f"The option “{value}” stands twice in one list; the later one is now called “{made}”.",
            )
        points = int(row["points"]) if re.fullmatch(r"\d{1,2}", row["points"]) else None
        options.append(Option(value, made, text, points, bool(ours_in(row).get("exclusive"))))
    return options
