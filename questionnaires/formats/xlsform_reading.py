"""XLSForm workbooks from ODK, Kobo and others, and our own, as questionnaires."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from questionnaires.document_choices import MOST_OPTIONS
from questionnaires.formats.drafts import Draft, choice_ids, identifier, options_tree, rule_tree, scale_of_options
from questionnaires.formats.expressions import KnownItem
from questionnaires.formats.notes import Imported, unreadable
from questionnaires.formats.workbooks import Row, sheets
from questionnaires.formats.xlsform_writing import OURS
from questionnaires.skip_logic import Condition, both
from questionnaires.texts import Text
from questionnaires.written import Tree, text_tree

_METADATA = {
    "start",
    "end",
    "today",
    "deviceid",
    "subscriberid",
    "simserial",
    "phonenumber",
    "username",
    "email",
    "audit",
    "start-geopoint",
    "background-audio",
}
_KNOWN_COLUMNS = {
    "type",
    "name",
    "required",
    "relevant",
    "constraint",
    "choice_filter",
    "appearance",
    "parameters",
    OURS,
}
_LONGEST_ANSWER = 500
_OTHER = Text("其他", "Other")


@dataclass(frozen=True, slots=True)
class _Option:
    value: str
    id: str
    text: Text
    points: int | None
    exclusive: bool


@dataclass(slots=True)
class _Group:
    """A group that is open: what it adds to its items' rules, and the rows of a matrix if it is one."""

    row: Row
    condition: Condition | None = None
    matrix: list[Row] | None = None
    own_section: bool = False


@dataclass(slots=True)
class _Reading:
    draft: Draft
    lists: Mapping[str, list[_Option]]
    groups: list[_Group] = field(default_factory=list)
    section: Tree | None = None
    section_ids: set[str] = field(default_factory=set)


def read_xlsform(data: bytes, name: str) -> Imported:
    """The questionnaire of a workbook; raises UnreadableFile."""
    book = sheets(data)
    if "survey" not in book:
        raise unreadable("survey", "缺少工作表“survey”。", "The sheet “survey” is missing.")
    settings = book["settings"][0] if book.get("settings") else Row("settings", 2, {})
    ours = _ours(settings)
    draft = Draft(name, exact=bool(ours))
    reading = _Reading(draft, _lists(book.get("choices", []), draft))
    default = settings["default_language"]
    for row in book["survey"]:
        _row(row, reading, default)
    if reading.groups:
        raise unreadable(reading.groups[-1].row.place, "这个组没有结束（end_group）。", "This group has no end_group.")
    _columns(book["survey"], draft)
    _settings(settings, ours, draft)
    return draft.finish()


def _settings(settings: Row, ours: Tree, draft: Draft) -> None:
    if ours:
        draft.shared["measures"] = ours.pop("measures", {})
        draft.around |= ours
        return
    title = draft.text(
        {"zh" if _has_han(settings["form_title"]) else "default": settings["form_title"]}, settings.place
    )
    draft.around |= text_tree(title or Text(draft.source, draft.source), "title")
    if settings["form_id"]:
        draft.around["id"] = identifier(settings["form_id"], set(), "form")


def _has_han(words: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", words) is not None


def _ours(row: Row) -> Tree:
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


def _columns(rows: list[Row], draft: Draft) -> None:
    """Columns nobody reads here, each told once with the rows that use it."""
    used: dict[str, list[str]] = {}
    for row in rows:
        for column in row.cells:
            if column not in _KNOWN_COLUMNS and not re.match(r"(label|hint)\b", column):
                used.setdefault(column, []).append(str(row.number))
    for column, numbers in used.items():
        shown = ", ".join(numbers[:10]) + (" …" if len(numbers) > 10 else "")
        draft.note(
            f"survey, column {column}",
            f"列“{column}”没有带过来（第 {shown} 行）。",
            f"The column “{column}” was not carried over (rows {shown}).",
        )


def _said(row: Row, column: str, default: str = "") -> dict[str, str]:
    """The words of a column by language: label, label::English (en), label:zh."""
    found: dict[str, str] = {}
    for name, words in row.cells.items():
        if name == column:
            found[_language(default) if default else ("zh" if _has_han(words) else "default")] = words
        elif match := re.fullmatch(rf"{column}::?\s*(.+)", name):
            found[_language(match[1])] = words
    return found


def _language(name: str) -> str:
    name = name.strip().lower()
    if re.search(r"\(zh|^zh|chinese|中文|汉语|简体", name):
        return "zh"
    return "en" if re.search(r"\(en|^en\b|english|英", name) else name


def _lists(rows: list[Row], draft: Draft) -> dict[str, list[_Option]]:
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


def _options(rows: list[Row], draft: Draft) -> list[_Option]:
    values = [row["name"] or row["value"] for row in rows]
    twice = next((place for place, value in enumerate(values) if value in values[:place]), None)
    if twice is not None:
        raise unreadable(
            rows[twice].place,
            f"选项“{values[twice]}”在同一列表中出现两次。",
            f"The option “{values[twice]}” stands twice in one list.",
        )
    ids = choice_ids(values)
    options = []
    for row, value in zip(rows, values, strict=True):
        text = draft.text(_said(row, "label"), row.place) or Text(value, value)
        points = int(row["points"]) if re.fullmatch(r"\d{1,2}", row["points"]) else None
        options.append(_Option(value, ids[value], text, points, bool(_ours(row).get("exclusive"))))
    return options


def _row(row: Row, reading: _Reading, default: str) -> None:
    written = re.sub(r"\s+", " ", row["type"].strip())
    kind = (
        written.lower()
        .replace("begin group", "begin_group")
        .replace("end group", "end_group")
        .replace("begin repeat", "begin_repeat")
        .replace("end repeat", "end_repeat")
    )
    draft = reading.draft
    if not kind:
        if row["name"] or _said(row, "label"):
            draft.note(row.place, "这一行没有类型，没有带过来。", "This row has no type and was not carried over.")
        return
    if kind in {"begin_group", "begin_repeat"}:
        _begin(row, kind, reading, default)
    elif kind in {"end_group", "end_repeat"}:
        _end(row, reading, default)
    elif reading.groups and reading.groups[-1].matrix is not None:
        reading.groups[-1].matrix.append(row)
    elif kind in _METADATA:
        draft.note(
            row.place,
            f"“{kind}”记录的是设备或人的信息，没有带过来。",
            f"“{kind}” records the device or the person and was not carried over.",
        )
    elif kind in {"hidden", "calculate"} and row["name"] in {"branch_members", "unit"}:
        return  # the system knows these
    elif kind == "note" and row["name"] in {"survey_intro", "survey_thanks"}:
        text = draft.text(_said(row, "label", default), row.place)
        draft.around |= text_tree(text or Text(""), row["name"].removeprefix("survey_"))
    else:
        _question(row, written, kind, reading, default)


def _begin(row: Row, kind: str, reading: _Reading, default: str) -> None:
    draft = reading.draft
    if kind == "begin_repeat":
        draft.note(row.place, "重复组只问一次。", "A repeated group is asked once.")
    condition = draft.rule(row["relevant"], row.place) if row["relevant"] else None
    if "table-list" in row["appearance"]:
        reading.groups.append(_Group(row, condition, matrix=[]))
        return
    outer = [group for group in reading.groups if group.own_section]
    if outer:
        draft.note(
            row.place, "组中的组并入外面的部分。", "A group within a group became part of the section around it."
        )
        reading.groups.append(_Group(row, condition))
        return
    made = str(_ours(row).get("id") or row["name"] or "section")
    section_id = identifier(made, reading.section_ids, "s")
    reading.section_ids.add(section_id)
    title = draft.text(_said(row, "label", default), row.place) or Text(row["name"] or "—")
    hint = draft.text(_said(row, "hint", default), row.place)
    reading.section = (
        {"id": section_id}
        | text_tree(title, "title")
        | (text_tree(hint, "hint") if hint else {})
        | rule_tree(condition)
        | {"items": []}
    )
    draft.sections.append(reading.section)
    reading.groups.append(_Group(row, own_section=True))


def _end(row: Row, reading: _Reading, default: str) -> None:
    if not reading.groups:
        raise unreadable(row.place, "这里结束的组没有开始。", "The group that ends here never began.")
    group = reading.groups.pop()
    if group.own_section:
        reading.section = None
    if group.matrix is not None:
        _matrix(group, reading, default)


def _add(tree: Tree, row: Row, reading: _Reading) -> None:
    if reading.section is None:
        section_id = identifier("questions", reading.section_ids)
        reading.section_ids.add(section_id)
        reading.section = {"id": section_id, "title_zh": "题目", "title_en": "Questions", "items": []}
        reading.draft.sections.append(reading.section)
    reading.section["items"].append(tree)
    reading.draft.places[tree["id"]] = row.place


def _question(row: Row, written: str, kind: str, reading: _Reading, default: str) -> None:
    draft = reading.draft
    first, _, rest = written.partition(" ")
    first = {"select": "select_one", "add": "select_one", "string": "text", "int": "integer"}.get(
        first.lower(), first.lower()
    )
    if first == "select_one" and rest.lower().startswith("one "):
        rest = rest[4:].removeprefix("from ")
    if kind.startswith(("select multiple", "select all that apply")):
        first, rest = "select_multiple", re.sub(r"(?i)^(multiple|all that apply)( from)? ", "", rest)
    ours = _ours(row)
    tree = _typed(row, first, rest.strip(), ours, reading)
    if tree is None:
        return
    common: Tree = {"id": draft.new_id(row["name"])}
    text = draft.text(_said(row, "label", default), row.place)
    if text is None:
        text = Text(row["name"] or "—")
        draft.note(row.place, "题目没有文字，先用名称代替。", "The item has no words; its name stands in.")
    common |= text_tree(text)
    hint = draft.text(_said(row, "hint", default), row.place)
    common |= text_tree(hint, "help") if hint else {}
    common |= _required(row, tree, draft) | _random(row)
    tree = common | tree | {key: value for key, value in ours.items() if key not in {"type", "scale", "design", "rows"}}
    condition = None if not row["relevant"] else draft.rule(row["relevant"], row.place)
    for group in reversed(reading.groups):
        condition = both(group.condition, condition)
    _add(tree | rule_tree(condition), row, reading)
    _remember(row["name"], tree, reading)


def _required(row: Row, tree: Tree, draft: Draft) -> Tree:
    if row["required"].strip().lower() not in {"yes", "true", "true()", "1", "y"}:
        return {}
    if tree["type"] in {"number", "date", "info", "best_worst"}:
        draft.note(
            row.place,
            "这类题不能必答（没有“不愿说明”），改为选答。",
            "An item of this type cannot be required (it has no 'rather not say'); it became optional.",
        )
        return {}
    return {"required": True}


def _random(row: Row) -> Tree:
    return {"randomize": True} if re.search(r"randomize\s*=\s*(true|1)", row["parameters"], re.IGNORECASE) else {}


def _typed(row: Row, first: str, rest: str, ours: Tree, reading: _Reading) -> Tree | None:  # noqa: PLR0911 - one return per type
    draft = reading.draft
    match first:
        case "select_one" | "select_multiple" | "rank":
            return _select(row, first, rest, ours, reading)
        case "text":
            return {"type": "text", "max_length": _text_length(row, draft)}
        case "integer" | "decimal":
            if first == "decimal":
                draft.note(row.place, "只能填整数。", "Only whole numbers can be given.")
            return {"type": "number"} | _bounds(row, draft)
        case "range":
            return _range(row, ours, draft)
        case "date":
            return {"type": "date"} | _days(row, draft)
        case "note":
            return {"type": "info"}
    draft.note(
        row.place,
        f"类型“{first}”没有对应的题型，没有带过来。",
        f"There is no type like “{first}” here; the row was not carried over.",
    )
    return None


def _text_length(row: Row, draft: Draft) -> int:
    match = re.fullmatch(r"\s*string-length\(\s*\.\s*\)\s*<=?\s*(\d{1,5})\s*", row["constraint"])
    if row["constraint"] and not match:
        draft.note(
            row.place,
            f"限制“{row['constraint'][:60]}”没有带过来。",
            f"The constraint “{row['constraint'][:60]}” was not carried over.",
        )
    return min(int(match[1]), 2000) if match and int(match[1]) else _LONGEST_ANSWER


def _bounds(row: Row, draft: Draft) -> Tree:
    left, found = row["constraint"], {}
    for sign, name, more in ((">=", "minimum", 0), ("<=", "maximum", 0), (">", "minimum", 1), ("<", "maximum", -1)):
        match = re.search(rf"\.\s*{sign}\s*(\d{{1,9}})(?!\d)", left)
        if match and name not in found:
            found[name] = int(match[1]) + more
            left = left.replace(match[0], "")
    if re.sub(r"\s|and|\(|\)", "", left):
        draft.note(
            row.place,
            f"限制“{row['constraint'][:60]}”没有完整带过来。",
            f"Not all of the constraint “{row['constraint'][:60]}” was carried over.",
        )
    if found.get("maximum", 10**6) < found.get("minimum", 0):
        return {}
    return found


def _days(row: Row, draft: Draft) -> Tree:
    found, left = {}, row["constraint"]
    for sign, name in ((">=", "earliest"), ("<=", "latest")):
        match = re.search(rf"\.\s*{sign}\s*date\('(\d{{4}}-\d\d-\d\d)'\)", left)
        if match:
            found[name] = match[1]
            left = left.replace(match[0], "")
    if re.sub(r"\s|and|\(|\)", "", left):
        draft.note(
            row.place,
            f"限制“{row['constraint'][:60]}”没有完整带过来。",
            f"Not all of the constraint “{row['constraint'][:60]}” was carried over.",
        )
    return found


def _range(row: Row, ours: Tree, draft: Draft) -> Tree:
    settings = dict(re.findall(r"(start|end|step)\s*=\s*(-?[\d.]+)", row["parameters"]))
    if (settings.get("start", "1"), settings.get("end", "10"), settings.get("step", "1")) == ("0", "10", "1"):
        ends = {} if ours else {"low_label_zh": "0", "low_label_en": "0", "high_label_zh": "10", "high_label_en": "10"}
        return {"type": "likelihood"} | ends
    whole = all(re.fullmatch(r"\d{1,9}", settings.get(key, "1")) for key in ("start", "end", "step"))
    draft.note(row.place, "滑尺改为填整数。", "The slider became a whole number to fill in.")
    return {"type": "number"} | (
        {"minimum": int(settings.get("start", "1")), "maximum": int(settings.get("end", "10"))} if whole else {}
    )


def _select(  # noqa: C901, PLR0911 - one return per type
    row: Row, first: str, rest: str, ours: Tree, reading: _Reading
) -> Tree | None:
    draft = reading.draft
    name, _, more = rest.partition(" ")
    options = reading.lists.get(name)
    if options is None:
        draft.note(
            row.place,
            f"没有选项列表“{name}”，这一题没有带过来。",
            f"There is no option list “{name}”; the item was not carried over.",
        )
        return None
    listed = options_tree([(one.id, one.text, one.points) for one in options])
    for one, option in zip(listed, options, strict=True):
        if option.exclusive:
            one["exclusive"] = True
    if "or_other" in more or "specify other" in more:
        listed.append({"id": identifier("other", {one["id"] for one in listed})} | text_tree(_OTHER))
        draft.note(row.place, "“其他”只作选项，没有填写框。", "“Other” is an option only, without a box to write in.")
    if not 2 <= len(listed) <= MOST_OPTIONS:
        draft.note(
            row.place,
            f"有 {len(listed)} 个选项，只能有 2 到 {MOST_OPTIONS} 个，这一题没有带过来。",
            f"It has {len(listed)} options; 2 to {MOST_OPTIONS} are possible, so the item was not carried over.",
        )
        return None
    if ours.get("type") == "rating":
        return _rating(listed, ours)
    if ours.get("type") == "best_worst":
        return _best_worst(listed, ours, draft)
    if first == "select_one":
        if "likert" in row["appearance"] and not draft.exact:
            return _rating(listed, {"scale": {"id": identifier(name, set(), "scale")}})
        return {"type": "single"} | _carried(row, listed, reading)
    if first == "rank":
        if "max_select" not in ours:
            draft.note(row.place, "排序题要排完全部选项。", "All options are ranked.")
        return {"type": "rank_top", "options": listed, "max_select": len(listed)}
    return {"type": "multi", "options": listed} | _multi(row, listed, draft)


def _rating(listed: list[Tree], ours: Tree) -> Tree:
    scale, offered = scale_of_options(ours["scale"]["id"], listed, ours["scale"])
    return {"type": "rating", "scale": scale} | ({"na": True} if offered else {})


def _best_worst(listed: list[Tree], ours: Tree, draft: Draft) -> Tree:
    designs = draft.shared.setdefault("best_worst_designs", {})
    name = next((one for one, held in designs.items() if held == ours["design"]), f"design_{len(designs) + 1}")
    designs[name] = ours["design"]
    return {"type": "best_worst", "options": listed, "design": name}


def _carried(row: Row, listed: list[Tree], reading: _Reading) -> Tree:
    """Options carried from an earlier item, as a choice filter says it."""
    written = row["choice_filter"]
    if not written:
        return {"options": listed}
    match = re.fullmatch(r"\s*selected\(\$\{([^}]+)\},\s*name\)((?:\s+or\s+name\s*=\s*'[^']*')*)\s*", written)
    source = reading.draft.known.get(match[1]) if match else None
    if match is None or source is None:
        reading.draft.note(
            row.place,
            f"选项筛选“{written[:60]}”没有带过来，现在显示全部选项。",
            f"The choice filter “{written[:60]}” was not carried over; all options are shown.",
        )
        return {"options": listed}
    always = set(re.findall(r"name\s*=\s*'([^']*)'", match[2]))
    own = [one for one in listed if one["id"] in always or one["id"] not in source.choices.values()]
    return {"options_from": source.id} | ({"extra_options": own} if own else {})


def _multi(row: Row, listed: list[Tree], draft: Draft) -> Tree:
    left, tree = row["constraint"], {}
    most = re.search(r"count-selected\(\s*\.\s*\)\s*<=\s*(\d{1,3})", left)
    if most:
        left = left.replace(most[0], "", 1)
        if 1 <= int(most[1]) <= len(listed):
            tree["max_select"] = int(most[1])
    alone = re.compile(r"not\(\s*selected\(\s*\.,\s*'([^']*)'\s*\)\s*and\s*count-selected\(\s*\.\s*\)\s*>\s*1\s*\)")
    for one in listed:
        if one["id"] in alone.findall(row["constraint"]):
            one["exclusive"] = True
    left = alone.sub("", left)
    if re.sub(r"\s|and|\(|\)", "", left):
        draft.note(
            row.place,
            f"限制“{row['constraint'][:60]}”没有完整带过来。",
            f"Not all of the constraint “{row['constraint'][:60]}” was carried over.",
        )
    return tree


def _remember(name: str, tree: Tree, reading: _Reading) -> None:
    """What later rules may rest on."""
    match tree["type"]:
        case "single" | "multi" | "rating":
            listed: list[Tree] = tree.get("options") or tree.get("extra_options", [])
            values: dict[str, Any] = {}
            if tree["type"] == "rating":
                listed = [*tree["scale"]["options"], *([tree["scale"]["na"]] if tree.get("na") else [])]
                values = {one["id"]: one["value"] for one in tree["scale"]["options"]}
            choices = {one["id"]: one["id"] for one in listed}
            if "options_from" in tree:
                source = next(one for one in reading.draft.known.values() if one.id == tree["options_from"])
                choices |= {one: one for one in source.choices.values()}
            by_value = {
                option.value: option.id
                for options in reading.lists.values()
                for option in options
                if option.id in choices
            }
            if tree.get("required"):
                choices.setdefault("pnts", "pnts")
            reading.draft.known[name] = KnownItem(tree["id"], choices | by_value, values)
        case "likelihood":
            numbers = {str(value): str(value) for value in range(11)}
            reading.draft.known[name] = KnownItem(tree["id"], numbers, {one: int(one) for one in numbers})


def _matrix(group: _Group, reading: _Reading, default: str) -> None:
    """A table of selects over one list; a group that only looks so is taken row by row."""
    row, rows, draft = group.row, group.matrix or [], reading.draft
    ours = _ours(row)
    selects = [one for one in rows if one["appearance"] != "label"]
    lists = {re.sub(r"\s+", " ", one["type"].strip()) for one in selects}
    if len(lists) != 1 or not next(iter(lists)).startswith("select_one "):
        for one in rows:
            _row(one, reading, default)
        return
    options = reading.lists.get(next(iter(lists)).removeprefix("select_one ").strip())
    if not options:
        raise unreadable(selects[0].place, "没有这个选项列表。", "There is no such option list.")
    listed = options_tree([(one.id, one.text, one.points) for one in options])
    scale, offered = scale_of_options(_name(ours, lists), listed, ours.get("scale"))
    text = draft.text(_said(row, "label", default), row.place) or Text(row["name"] or "—")
    hint = draft.text(_said(row, "hint", default), row.place)
    tree: Tree = (
        {"id": draft.new_id(row["name"]), "type": "matrix", "scale": scale}
        | text_tree(text)
        | ({"na": True} if offered else {})
    )
    tree |= text_tree(hint, "help") if hint else {}
    tree |= {"required": True} if any(_required(one, tree, draft) for one in selects) else {}
    tree |= {key: value for key, value in ours.items() if key not in {"type", "scale", "rows"}}
    if "rows_from" not in tree:
        tree["rows"] = _matrix_rows(selects, ours, tree, reading, default)
    condition = group.condition
    for outer in reversed(reading.groups):
        condition = both(outer.condition, condition)
    _add(tree | rule_tree(condition), row, reading)


def _name(ours: Tree, lists: set[str]) -> str:
    return str(
        ours.get("scale", {}).get("id") or identifier(next(iter(lists)).removeprefix("select_one "), set(), "scale")
    )


def _matrix_rows(selects: list[Row], ours: Tree, tree: Tree, reading: _Reading, default: str) -> list[Tree]:
    taken: set[str] = set()
    rows = []
    ids = ours.get("rows", [])
    for place, one in enumerate(selects):
        row_id = (
            ids[place]
            if place < len(ids) and one["name"].endswith(f"_{ids[place]}")
            else identifier(one["name"], taken, "r")
        )
        taken.add(row_id)
        text = reading.draft.text(_said(one, "label", default), one.place) or Text(one["name"] or "—")
        rows.append({"id": row_id} | text_tree(text))
        if one["relevant"] and "skip_rows_marked_na_in" not in tree:
            reading.draft.note(
                one.place,
                f"矩阵一行的条件“{one['relevant'][:60]}”没有带过来。",
                f"The rule “{one['relevant'][:60]}” of one matrix row was not carried over.",
            )
    return rows
