"""XLSForm workbooks from ODK, Kobo and others, and our own, as questionnaires."""

from __future__ import annotations

import re
from typing import Any

from questionnaires.formats.drafts import Draft, identifier, options_tree, rule_tree, scale_of_options
from questionnaires.formats.expressions import KnownItem
from questionnaires.formats.notes import Imported, unreadable
from questionnaires.formats.workbooks import Row, sheets
from questionnaires.formats.xlsform_book import OURS
from questionnaires.formats.xlsform_items import required, shuffled, typed
from questionnaires.formats.xlsform_rows import Group, Reading, has_han, option_lists, ours_in, said
from questionnaires.skip_logic import both
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
# The columns that are read here, sheet by sheet.
_READ = {
    "survey": re.compile(
        rf"type|name|required|relevant|constraint|choice_filter|appearance|parameters|{OURS}|(label|hint)\b.*"
    ),
    "choices": re.compile(rf"list[_ ]name|name|value|points|{OURS}|label\b.*"),
    "settings": re.compile(rf"form_title|form_id|default_language|{OURS}"),
}


def read_xlsform(data: bytes, name: str) -> Imported:
    """The questionnaire of a workbook; raises UnreadableFile."""
    book, others = sheets(data, _READ)
    if "survey" not in book:
        raise unreadable("survey", "缺少工作表“survey”。", "The sheet “survey” is missing.")
    settings = book["settings"][0] if book.get("settings") else Row("settings", 2, {})
    ours = ours_in(settings)
    draft = Draft(name, exact=bool(ours))
    reading = Reading(draft, option_lists(book.get("choices", []), draft))
    default = settings["default_language"]
    for row in book["survey"]:
        _row(row, reading, default)
    if reading.groups:
        raise unreadable(reading.groups[-1].row.place, "这个组没有结束（end_group）。", "This group has no end_group.")
    for sheet in _READ:
        _columns(sheet, book.get(sheet, []), draft)
    if others:
        listed = "、".join(others), ", ".join(others)
        draft.note("", f"没有带过来的工作表：{listed[0]}。", f"Sheets that were not carried over: {listed[1]}.")
    _settings(settings, ours, draft)
    return draft.finish()


def _settings(settings: Row, ours: Tree, draft: Draft) -> None:
    if ours:
        draft.shared["measures"] = ours.pop("measures", {})
        draft.around |= ours
        return
    title = draft.text({"zh" if has_han(settings["form_title"]) else "default": settings["form_title"]}, settings.place)
    draft.around |= text_tree(title or Text(draft.source, draft.source), "title")
    if settings["form_id"]:
        draft.around["id"] = identifier(settings["form_id"], set(), "form")


def _columns(sheet: str, rows: list[Row], draft: Draft) -> None:
    """Columns nobody reads here, each told once with the rows that use it."""
    used: dict[str, list[str]] = {}
    for row in rows:
        for column in row.cells:
            if not _READ[sheet].fullmatch(column):
                used.setdefault(column, []).append(str(row.number))
    for column, numbers in used.items():
        shown = ", ".join(numbers[:10]) + (" …" if len(numbers) > 10 else "")
        draft.note(
            f"{sheet}, column {column}",
            f"列“{column}”没有带过来（第 {shown} 行）。",
            f"The column “{column}” was not carried over (rows {shown}).",
        )


def _row(row: Row, reading: Reading, default: str) -> None:
    written = re.sub(r"\s+", " ", row["type"].strip())
    kind = (
        written.lower()
        .replace("begin group", "begin_group")
        .replace("end group", "end_group")
        .replace("begin repeat", "begin_repeat")
        .replace("end repeat", "end_repeat")
    )
    kind = re.sub(r"^begin[ _]loop\b.*", "begin_repeat", re.sub(r"^end[ _]loop$", "end_repeat", kind))
    draft = reading.draft
    if not kind:
        if row["name"] or said(row, "label"):
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
        text = draft.text(said(row, "label", default), row.place)
        draft.around |= text_tree(text or Text(""), row["name"].removeprefix("survey_"))
    else:
        _question(row, written, kind, reading, default)


def _begin(row: Row, kind: str, reading: Reading, default: str) -> None:
    draft = reading.draft
    if kind == "begin_repeat":
        draft.note(row.place, "重复组只问一次。", "A repeated group is asked once.")
    condition = draft.rule(row["relevant"], row.place) if row["relevant"] else None
    if "table-list" in row["appearance"]:
        reading.groups.append(Group(row, condition, matrix=[]))
        return
    outer = [group for group in reading.groups if group.own_section]
    if outer:
        draft.note(
            row.place, "组中的组并入外面的部分。", "A group within a group became part of the section around it."
        )
        reading.groups.append(Group(row, condition))
        return
    made = str(ours_in(row).get("id") or row["name"] or "section")
    section_id = identifier(made, reading.section_ids, "s")
    reading.section_ids.add(section_id)
    title = draft.text(said(row, "label", default), row.place) or Text(row["name"] or "—")
    hint = draft.text(said(row, "hint", default), row.place)
    reading.section = (
        {"id": section_id}
        | text_tree(title, "title")
        | (text_tree(hint, "hint") if hint else {})
        | rule_tree(condition)
        | {"items": []}
    )
    draft.sections.append(reading.section)
    reading.groups.append(Group(row, own_section=True))


def _end(row: Row, reading: Reading, default: str) -> None:
    if not reading.groups:
        raise unreadable(row.place, "这里结束的组没有开始。", "The group that ends here never began.")
    group = reading.groups.pop()
    if group.own_section:
        reading.section = None
    if group.matrix is not None:
        _matrix(group, reading, default)


def _add(tree: Tree, row: Row, reading: Reading) -> None:
    if reading.section is None:
        section_id = identifier("questions", reading.section_ids)
        reading.section_ids.add(section_id)
        reading.section = {"id": section_id, "title_zh": "题目", "title_en": "Questions", "items": []}
        reading.draft.sections.append(reading.section)
    reading.section["items"].append(tree)
    reading.draft.places[tree["id"]] = row.place


def _question(row: Row, written: str, kind: str, reading: Reading, default: str) -> None:
    draft = reading.draft
    first, _, rest = written.partition(" ")
    first = {"select": "select_one", "add": "select_one", "string": "text", "int": "integer"}.get(
        first.lower(), first.lower()
    )
    if first == "select_one" and rest.lower().startswith("one "):
        rest = rest[4:].removeprefix("from ")
    if kind.startswith(("select multiple", "select all that apply")):
        first, rest = "select_multiple", re.sub(r"(?i)^(multiple|all that apply)( from)? ", "", rest)
    ours = ours_in(row)
    tree = typed(row, first, rest.strip(), ours, reading)
    if tree is None:
        return
    common: Tree = {"id": draft.new_id(row["name"])}
    text = draft.text(said(row, "label", default), row.place)
    if text is None:
        text = Text(row["name"] or "—")
        draft.note(row.place, "题目没有文字，先用名称代替。", "The item has no words; its name stands in.")
    common |= text_tree(text)
    hint = draft.text(said(row, "hint", default), row.place)
    common |= text_tree(hint, "help") if hint else {}
    common |= required(row, tree, draft) | shuffled(row)
    tree = common | tree | {key: value for key, value in ours.items() if key not in {"type", "scale", "design", "rows"}}
    condition = None if not row["relevant"] else draft.rule(row["relevant"], row.place)
    for group in reversed(reading.groups):
        condition = both(group.condition, condition)
    _add(tree | rule_tree(condition), row, reading)
    _remember(row["name"], tree, reading)


def _remember(name: str, tree: Tree, reading: Reading) -> None:
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
                for option in reversed(options)
                if option.id in choices
            }
            if tree.get("required"):
                choices.setdefault("pnts", "pnts")
            reading.draft.known[name] = KnownItem(tree["id"], choices | by_value, values)
        case "likelihood":
            numbers = {str(value): str(value) for value in range(11)}
            reading.draft.known[name] = KnownItem(tree["id"], numbers, {one: int(one) for one in numbers})


def _matrix(group: Group, reading: Reading, default: str) -> None:
    """A table of selects over one list; a group that only looks so is taken row by row."""
    row, rows, draft = group.row, group.matrix or [], reading.draft
    ours = ours_in(row)
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
    text = draft.text(said(row, "label", default), row.place) or Text(row["name"] or "—")
    hint = draft.text(said(row, "hint", default), row.place)
    tree: Tree = (
        {"id": draft.new_id(row["name"]), "type": "matrix", "scale": scale}
        | text_tree(text)
        | ({"na": True} if offered else {})
    )
    tree |= text_tree(hint, "help") if hint else {}
    tree |= {"required": True} if any(required(one, tree, draft) for one in selects) else {}
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


def _matrix_rows(selects: list[Row], ours: Tree, tree: Tree, reading: Reading, default: str) -> list[Tree]:
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
        text = reading.draft.text(said(one, "label", default), one.place) or Text(one["name"] or "—")
        rows.append({"id": row_id} | text_tree(text))
        if one["relevant"] and "skip_rows_marked_na_in" not in tree:
            reading.draft.note(
                one.place,
                f"矩阵一行的条件“{one['relevant'][:60]}”没有带过来。",
                f"The rule “{one['relevant'][:60]}” of one matrix row was not carried over.",
            )
    return rows
