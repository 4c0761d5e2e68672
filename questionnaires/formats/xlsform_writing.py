"""A questionnaire as an XLSForm workbook: sheets survey, choices and settings.

What XLSForm has no word for (measures, stable, scales as such, best-worst designs) stands as JSON in a column of our
own, `survey_app`, which other programs pass over; each such thing is named in the notes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import orjson
from openpyxl import Workbook

from questionnaires.formats.notes import Exported, Note, note
from questionnaires.formats.own import own_choices
from questionnaires.formats.rule_writing import XPATH, facts_used, rule
from questionnaires.items import (
    FIRST_DAY,
    LAST_DAY,
    AnyItem,
    BestWorstItem,
    DateItem,
    LikelihoodItem,
    MatrixItem,
    MultiItem,
    NumberItem,
    RankItem,
    RatingItem,
    SingleItem,
    TextItem,
)
from questionnaires.questionnaire import Questionnaire, Section
from questionnaires.scales import Choice
from questionnaires.skip_logic import Condition, ItemCondition
from questionnaires.texts import Text
from questionnaires.written import Tree, around, choice_tree, properties, text_tree

LANGUAGES = {"zh": "Chinese (zh)", "en": "English (en)"}
OURS = "survey_app"
SURVEY_COLUMNS = (
    "type", "name", *(f"label::{one}" for one in LANGUAGES.values()), *(f"hint::{one}" for one in LANGUAGES.values()),
    "required", "relevant", "constraint", "choice_filter", "appearance", "parameters", OURS,
)  # fmt: skip
CHOICE_COLUMNS = ("list_name", "name", *(f"label::{one}" for one in LANGUAGES.values()), "points", OURS)

Cells = dict[str, str]


@dataclass(slots=True)
class _Book:
    questionnaire: Questionnaire
    survey: list[Cells] = field(default_factory=list)
    lists: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    kept_aside: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def write_xlsform(questionnaire: Questionnaire) -> Exported:
    """The .xlsx workbook, and what other programs will not find in it."""
    book = _Book(questionnaire)
    for fact in facts_used(questionnaire):
        book.survey.append({"type": "hidden", "name": fact})
        book.notes.append(
            note(
                fact,
                "规则用到的信息要由收集程序填入。",
                "The program that collects answers must fill in this fact; rules rest on it.",
            )
        )
    book.survey.append({"type": "note", "name": "survey_intro"} | _labels(questionnaire.intro))
    for section in questionnaire.sections:
        _section(section, book)
    book.survey.append({"type": "note", "name": "survey_thanks"} | _labels(questionnaire.thanks))
    return Exported(_workbook(book), (*book.notes, *_aside(book)))


def _aside(book: _Book) -> list[Note]:
    """What stands in our own column, said once for each property."""
    return [
        note(
            ", ".join(items),
            f"“{name}”写在 survey_app 列，其他程序不读。",
            f"“{name}” stands in the column survey_app; other programs do not read it.",
        )
        for name, items in book.kept_aside.items()
    ]


def _section(section: Section, book: _Book) -> None:
    names = {item.id for item in book.questionnaire.items}
    name = f"section_{section.id}" if section.id in names else section.id
    begin = {"type": "begin_group", "name": name, "appearance": "field-list"} | _labels(section.title)
    if section.hint:
        begin |= _labels(section.hint, "hint")
    book.survey.append(
        begin | _relevant(section.show_if) | ({OURS: _json({"id": section.id})} if name != section.id else {})
    )
    for item in section.items:
        _item(item, book)
    book.survey.append({"type": "end_group", "name": name})


def _item(item: AnyItem, book: _Book) -> None:
    aside = properties(item) | (text_tree(item.short, "short") if item.short else {})
    aside.pop("required", None)
    parameters = {}
    if aside.pop("randomize", False):
        parameters["randomize"] = "true"
    row: Cells = {"name": item.id} | _labels(item.text) | _relevant(item.show_if)
    if item.help:
        row |= _labels(item.help, "hint")
    if item.required:
        row["required"] = "yes"
    if isinstance(item, MatrixItem):
        _matrix(item, row, aside, book)
        return
    native, kept, more = _native(item, book)
    parameters |= more
    row |= native | (
        {"parameters": " ".join(f"{key}={value}" for key, value in parameters.items())} if parameters else {}
    )
    book.survey.append(row | _kept(item, aside | kept, book))


def _kept(item: AnyItem, aside: Tree, book: _Book) -> Cells:
    for name in aside:
        if name not in {"type", "scale"}:
            book.kept_aside[name.removesuffix("_zh").removesuffix("_en")].append(item.id)
    return {OURS: _json(aside)} if aside else {}


def _native(item: AnyItem, book: _Book) -> tuple[Cells, Tree, dict[str, str]]:  # noqa: PLR0911 - one return per kind
    """The cells of XLSForm's own, what it cannot say, and parameters."""
    match item:
        case RatingItem():
            cells = {"type": f"select_one {_list(item.scale.id, item.choices, book)}", "appearance": "likert"}
            return (
                cells,
                {"type": "rating"} | _scale(item) | ({"display": "faces"} if item.display == "faces" else {}),
                {},
            )
        case SingleItem():
            return _single(item, book)
        case MultiItem():
            constraint = _multi_constraint(item)
            return {"type": f"select_multiple {_list(item.id, item.choices, book)}"} | constraint, {}, {}
        case RankItem():
            book.notes.append(
                note(
                    item.id,
                    f"XLSForm 要求排完全部选项，不能只选前 {item.max_select} 项。",
                    f"XLSForm ranks all options; choosing only {item.max_select} cannot be said.",
                )
            )
            return {"type": f"rank {_list(item.id, item.choices, book)}"}, {"max_select": item.max_select}, {}
        case BestWorstItem():
            book.notes.append(
                note(
                    item.id,
                    "最先—最后分组题在其他程序里成为一道排序题。",
                    "The best-worst screens become one ranking for other programs.",
                )
            )
            return {"type": f"rank {_list(item.id, item.choices, book)}"}, _best_worst(item), {}
        case TextItem():
            return (
                {"type": "text", "appearance": "multiline", "constraint": f"string-length(.) <= {item.max_length}"},
                {},
                {},
            )
        case NumberItem():
            return {"type": "integer", "constraint": f". >= {item.minimum} and . <= {item.maximum}"}, {}, {}
        case DateItem():
            return {"type": "date"} | _days(item), {}, {}
        case LikelihoodItem():
            book.notes.append(
                note(
                    item.id, "两端的文字在其他程序里看不到。", "The words at both ends are not shown by other programs."
                )
            )
            aside = (
                {"type": "likelihood"}
                | text_tree(item.low_label, "low_label")
                | text_tree(item.high_label, "high_label")
            )
            return {"type": "range", "appearance": "picker"}, aside, {"start": "0", "end": "10", "step": "1"}
    return {"type": "note"}, {}, {}


def _single(item: SingleItem, book: _Book) -> tuple[Cells, Tree, dict[str, str]]:
    cells = {"type": f"select_one {_list(item.id, item.choices, book)}"}
    aside: Tree = {"auto_answer_if_single": True} if item.auto_answer_if_single else {}
    if item.options_from is not None:
        own = {choice.id for choice in own_choices(item, book.questionnaire)}
        always = " or ".join(f"name = '{one.id}'" for one in item.choices if one.id in own)
        cells["choice_filter"] = f"selected(${{{item.options_from}}}, name)" + (f" or {always}" if always else "")
    return cells, aside, {}


def _multi_constraint(item: MultiItem) -> Cells:
    tests = [] if item.max_select is None else [f"count-selected(.) <= {item.max_select}"]
    tests += [f"not(selected(., '{one.id}') and count-selected(.) > 1)" for one in item.choices if one.exclusive]
    return {"constraint": " and ".join(tests)} if tests else {}


def _best_worst(item: BestWorstItem) -> Tree:
    versions = [[list(screen) for screen in version] for version in item.design]
    aside = {"type": "best_worst", "design": {"options": len(item.choices), "versions": versions}}
    aside |= text_tree(item.best_label, "best_label") | text_tree(item.worst_label, "worst_label")
    if item.short_form:
        aside["short_form"] = {"type": "rank_top", "max_select": item.short_form.max_select} | text_tree(
            item.short_form.text
        )
    return aside


def _days(item: DateItem) -> Cells:
    low = [] if item.earliest == FIRST_DAY else [f". >= date('{item.earliest}')"]
    tests = low + ([] if item.latest == LAST_DAY else [f". <= date('{item.latest}')"])
    return {"constraint": " and ".join(tests)} if tests else {}


def _scale(item: RatingItem | MatrixItem) -> Tree:
    """The scale's name, its points as it holds them, and its not-applicable option even where the item does not offer it."""
    return {"scale": {"id": item.scale.id} | ({} if item.scale.na is None else {"na": choice_tree(item.scale.na)})}


def _matrix(item: MatrixItem, row: Cells, aside: Tree, book: _Book) -> None:
    """A group of selects in a table; each row is a question of its own."""
    shared = _list(item.scale.id, item.choices, book)
    aside |= {"type": "matrix"} | _scale(item)
    kept = _kept(item, aside | {"rows": [one.id for one in item.rows]} | _carried(item), book)
    begin = {key: value for key, value in row.items() if key != "required"}
    if item.randomize:
        book.notes.append(
            note(item.id, "XLSForm 不能随机排列矩阵的行。", "XLSForm cannot shuffle the rows of a matrix.")
        )
        kept[OURS] = _json(orjson.loads(kept[OURS]) | {"randomize": True})
    book.survey.append(begin | {"type": "begin_group", "appearance": "table-list"} | kept)
    for one in item.rows:
        name = _row_name(item, one.id, book)
        cells = {"type": f"select_one {shared}", "name": name} | _labels(one.text)
        cells |= {"required": "yes"} if item.required else {}
        book.survey.append(cells | _relevant(_row_rule(item, one.id)) | _skip(item, one.id, book))
    book.survey.append({"type": "end_group", "name": item.id})


def _carried(item: MatrixItem) -> Tree:
    return {name: held for name in ("rows_from", "skip_rows_marked_na_in") if (held := getattr(item, name))}


def _row_name(item: MatrixItem, row: str, book: _Book) -> str:
    name = f"{item.id}_{row}"
    return name if name not in book.questionnaire else f"{item.id}_row_{row}"


def _row_rule(item: MatrixItem, row: str) -> Condition | None:
    return ItemCondition(item.rows_from, in_=(row,)) if item.rows_from else None


def _skip(item: MatrixItem, row: str, book: _Book) -> Cells:
    """Rows marked not applicable in the earlier matrix are not asked again."""
    if item.skip_rows_marked_na_in is None:
        return {}
    earlier = book.questionnaire.item(item.skip_rows_marked_na_in)
    assert isinstance(earlier, MatrixItem)
    if row not in {one.id for one in earlier.rows}:
        return {}
    carried = f"selected(${{{item.rows_from}}}, '{row}') and " if item.rows_from else ""
    return {"relevant": f"{carried}${{{_row_name(earlier, row, book)}}} != 'na'"}


def _list(name: str, choices: tuple[Choice, ...], book: _Book) -> str:
    """The list's name: one list serves all items with the same choices."""
    for known, held in book.lists.items():
        if held == choices:
            return known
    made, number = name, 2
    while made in book.lists:
        made, number = f"{name}_{number}", number + 1
    book.lists[made] = choices
    return made


def _labels(text: Text, column: str = "label") -> Cells:
    cells = {f"{column}::{LANGUAGES['zh']}": text.zh}
    return cells if text.en is None else cells | {f"{column}::{LANGUAGES['en']}": text.en}


def _relevant(condition: Condition | None) -> Cells:
    return {} if condition is None else {"relevant": rule(condition, XPATH)}


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _workbook(book: _Book) -> bytes:
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    _sheet(workbook, "survey", SURVEY_COLUMNS, book.survey)
    _sheet(
        workbook, "choices", CHOICE_COLUMNS, [_choice(name, one) for name, held in book.lists.items() for one in held]
    )
    whole = book.questionnaire
    ours = around(whole)
    ours = {key: value for key, value in ours.items() if not key.startswith(("intro_", "thanks_"))}
    ours["measures"] = {one.id: text_tree(one.text) | {"family": one.family} for one in whole.measures}
    settings = {
        "form_title": whole.title.zh,
        "form_id": whole.id,
        "default_language": LANGUAGES["zh"],
        OURS: _json(ours),
    }
    _sheet(workbook, "settings", tuple(settings), [settings])
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _choice(name: str, choice: Choice) -> Cells:
    cells = {"list_name": name, "name": choice.id} | _labels(choice.text)
    if choice.value is not None:
        cells["points"] = str(choice.value)
    return cells | ({OURS: _json({"exclusive": True})} if choice.exclusive else {})


def _sheet(workbook: Workbook, title: str, columns: tuple[str, ...], rows: list[Cells]) -> None:
    """Every cell is text: what begins with = must never become a formula."""
    sheet = workbook.create_sheet(title)
    for number, cells in enumerate([dict(zip(columns, columns, strict=True)), *rows], start=1):
        for column, name in enumerate(columns, start=1):
            if cells.get(name):
                cell = sheet.cell(number, column)
                cell.value = cells[name]
                cell.data_type = "s"
