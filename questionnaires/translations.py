"""The texts of a draft in both languages: as a table for a translator, and the translator's table taken back, whole or not.

The designer keeps the Chinese that an English text was made from beside it (`zh_before`) once the Chinese has changed.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from questionnaires.text_places import Path, owner_names, place_words
from questionnaires.texts import BAD_CHARACTERS, PLACEHOLDER, Text

LARGEST_TABLE, _MOST_ROWS, _LONGEST_TEXT = 5_000_000, 20_000, 2_000  # bytes, rows, characters
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take for the start of a formula
_COLUMNS = {
    "key": {"key", "编号"},
    "place": {"place", "位置"},
    "zh": {"zh", "中文", "chinese"},
    "en": {"en", "英文", "english"},
}
_LONGEST_PLACE = 60

# The order in which people read; documents are kept with their keys in another.
_ORDER = ("title_zh", "purpose_zh", "intro_zh", "zh", "hint_zh", "help_zh", "short_zh", "low_label_zh", "high_label_zh",
          "best_label_zh", "worst_label_zh", "scale", "options", "extra_options", "na", "rows", "short_form", "items",
          "sections", "thanks_zh")  # fmt: skip
_PLACE = {key: at for at, key in enumerate(_ORDER)}

State = Literal["", "missing", "changed"]


@dataclass(frozen=True, slots=True)
class Line:
    """One text. `key` names it by ids, so that moving a question keeps it; `path` leads to its Chinese.

    `place`: where it stands, in words (第 5 题，选项 3).
    """

    key: str
    path: Path
    place: Text
    zh: str
    en: str
    before: str | None

    @property
    def state(self) -> State:
        return "missing" if not self.en.strip() else "changed" if self.before is not None else ""


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a table is not taken over. `row`: the line of the sheet (1 = first); None for the table as a whole."""

    row: int | None
    sentence: Text


class FaultyTable(ValueError):  # noqa: N818 - errors are plain nouns
    """A table of which nothing is taken over, with every reason."""

    def __init__(self, *faults: RowFault) -> None:
        super().__init__("; ".join(fault.sentence.in_language("en") for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Taken:
    """A document with the English of a table. `n_outdated`: texts whose Chinese has changed since the table was written."""

    document: dict[str, Any]
    n_changed: int
    n_outdated: int


def lines(document: Any) -> tuple[Line, ...]:
    """Every Chinese text of a document, in its order, with its English if there is any. Never raises."""
    found = list(_lines(document, (), (), owner_names(document)))
    seen: Counter[str] = Counter()
    named = []
    for line in found:
        seen[line.key] += 1
        again = seen[line.key]
        named.append(line if again == 1 else replace(line, key=f"{line.key}#{again}"))
    return tuple(named)


def _lines(node: Any, path: Path, names: tuple[str, ...], owners: Mapping[Path, Text]) -> Iterator[Line]:
    if isinstance(node, dict):
        for key, value in sorted(node.items(), key=lambda pair: _PLACE.get(pair[0], len(_PLACE))):
            if key == "zh" or key.endswith("_zh"):
                if isinstance(value, str) and value.strip():
                    stem, en, before = key[:-2].rstrip("_"), node.get(f"{key[:-2]}en"), node.get(f"{key}_before")
                    full = ".".join((*names, stem) if stem else names) or "text"
                    english = en if isinstance(en, str) else ""
                    place = place_words((*path, key), owners)
                    yield Line(full, (*path, key), place, value, english, before if isinstance(before, str) else None)
            else:
                yield from _lines(value, (*path, key), names if key == "sections" else (*names, key), owners)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            name = value.get("id") if isinstance(value, dict) else None
            known = name if isinstance(name, str) and name else str(index + 1)
            in_items = names[-1:] == ("items",)  # a question's id says enough, whichever part it is in
            yield from _lines(value, (*path, index), (known,) if in_items else (*names, known), owners)


def table(document: Any, language: str = "zh") -> bytes:
    """The texts as CSV that Excel opens rightly: UTF-8 with a mark, no cell that could be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    states: dict[State, Text] = {
        "": Text("", ""), "missing": Text("缺英文", "English missing"), "changed": Text("中文改过", "Chinese changed")
    }  # fmt: skip
    titles = ("位置", "编号", "中文", "英文", "状态"), ("place", "key", "Chinese", "English", "state")
    writer.writerow(titles[0] if language == "zh" else titles[1])
    for line in lines(document):
        place, state = (each.in_language(language) for each in (line.place, states[line.state]))
        writer.writerow([_harmless(cell) for cell in (place, line.key, line.zh, line.en, state)])
    return codecs.BOM_UTF8 + out.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.startswith("'") else cell


def _as_meant(cell: str) -> str:
    cell = cell.replace("\r\n", "\n")
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_FORMULA, "'")) else cell


def taken_over(document: Any, data: bytes) -> Taken:
    """The document with the English of a table; a blank cell leaves what is there. Raises FaultyTable, with every faulty row."""
    changed = json.loads(json.dumps(document))
    known = {line.key: line for line in lines(changed)}
    faults: list[RowFault] = []
    seen: dict[str, int] = {}
    n_changed = n_outdated = 0
    for row in _rows(data):
        line = known.get(row.key)
        fault = _fault(row, line, seen)
        seen.setdefault(row.key, row.number)
        if fault is not None or line is None:
            faults += [fault] if fault else []
            continue
        if row.en.strip() and _english(changed, line, row.zh, row.en):
            n_changed += 1
            n_outdated += bool(row.zh) and row.zh != line.zh
    if faults:
        raise FaultyTable(*faults)
    return Taken(changed, n_changed, n_outdated)


def _english(document: Any, line: Line, zh: str, en: str) -> bool:
    """Write one English text; whether that changed anything. English of another Chinese is marked as such."""
    node = document
    for key in line.path[:-1]:
        node = node[key]
    name = str(line.path[-1])
    before = node.pop(f"{name}_before", None)
    same = node.get(f"{name[:-2]}en") == en
    if same and before is not None:
        node[f"{name}_before"] = before
    elif zh and zh != line.zh:
        node[f"{name}_before"] = zh
    node[f"{name[:-2]}en"] = en
    return not same


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a translator's table; `place` as the file says it, "" in tables that do not say it."""

    number: int
    key: str
    place: str
    zh: str
    en: str


def _fault(row: _Row, line: Line | None, seen: dict[str, int]) -> RowFault | None:
    en = row.en
    if line is None:
        key = row.key[:_LONGEST_PLACE]
        known = Text(row.place[:_LONGEST_PLACE]) if row.place else None
        return _at(row, known, f"这份问卷里没有“{key}”这一条。", f"This questionnaire has no text “{key}”.")
    if row.key in seen:
        first = seen[row.key]
        return _at(row, line.place, f"这一条在第 {first} 行已经有了。", f"This text stands in row {first} already.")
    if len(en) > _LONGEST_TEXT:
        too_long = f"英文超过 {_LONGEST_TEXT} 个字符。", f"The English is longer than {_LONGEST_TEXT} characters."
        return _at(row, line.place, *too_long)
    if BAD_CHARACTERS.search(en):
        return _at(row, line.place, "英文里有看不见的控制字符。", "The English has a control character in it.")
    if en.strip() and set(PLACEHOLDER.findall(en)) != set(PLACEHOLDER.findall(line.zh)):
        names = "两个花括号里的名字要和中文一样。", "The names in double braces must be those of the Chinese."
        return _at(row, line.place, *names)
    return None


def _at(row: _Row, place: Text | None, zh: str, en: str) -> RowFault:
    """The sentence after the row and the place in words, so that nobody has to read keys."""
    n, where = row.number, place or Text("")
    first = (
        Text(f"第 {n} 行（{where.zh}）", f"Row {n} ({where.in_language('en')})")
        if place
        else Text(f"第 {n} 行", f"Row {n}")
    )
    return RowFault(n, Text(f"{first.zh}：{zh}", f"{first.en}: {en}"))


def _whole(zh: str, en: str) -> FaultyTable:
    return FaultyTable(RowFault(None, Text(zh, en)))


def _rows(data: bytes) -> Iterator[_Row]:
    """Every row with a key; raises FaultyTable if it is no such table."""
    places: dict[str, int] | None = None
    for number, cells in enumerate(_cells(data), start=1):
        if number > _MOST_ROWS:
            raise _whole(f"表格超过 {_MOST_ROWS} 行。", f"The table has more than {_MOST_ROWS} rows.")
        if places is None:
            titles = [cell.strip().lower() for cell in cells]
            places = {name: at for at, title in enumerate(titles) for name, known in _COLUMNS.items() if title in known}
            if not places.keys() >= {"key", "en"}:
                raise _whole(
                    "第 1 行要有“编号”和“英文”两列的标题。请先导出，再在导出的表里填写。",
                    "Row 1 must name the columns “key” and “English”. Export first, and fill in the exported table.",
                )
            continue
        row = {name: _as_meant(cells[at]) if at < len(cells) else "" for name, at in places.items()}
        if row["key"].strip():
            place = BAD_CHARACTERS.sub("", row.get("place", "")).strip()
            yield _Row(number, row["key"].strip(), place, row.get("zh", ""), row["en"].strip())
    if places is None:
        raise _whole("这个文件是空的。", "The file is empty.")


def _cells(data: bytes) -> Iterator[list[str]]:
    if len(data) > LARGEST_TABLE:
        raise _whole("文件超过 5 MB。", "The file is larger than 5 MB.")
    text = _decoded(data)
    delimiter = max(",\t;，", key=text.lstrip().split("\n", 1)[0].count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise _whole("这不是 CSV 表格。", "This is not a CSV table.") from None


def _decoded(data: bytes) -> str:
    """What Excel and WPS write: UTF-8, UTF-16 with a mark, or GB18030 without one."""
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _whole("这不是 CSV 表格（读不出文字）。", "This is not a CSV table: it cannot be read as text.")
