"""The rows of an XLSForm that items become, by kind; a matrix is a group of selects in a table."""

from __future__ import annotations

import orjson

from questionnaires.formats.notes import note
from questionnaires.formats.own import own_choices
from questionnaires.formats.xlsform_book import OURS, Book, Cells, as_json, labels, list_name, relevant
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
from questionnaires.skip_logic import Condition, ItemCondition
from questionnaires.written import Tree, choice_tree, properties, text_tree


def add_item(item: AnyItem, book: Book) -> None:
    """Add the rows of one item."""
    aside = properties(item) | (text_tree(item.short, "short") if item.short else {})
    aside.pop("required", None)
    parameters = {}
    if aside.pop("randomize", False):
        parameters["randomize"] = "true"
    row: Cells = {"name": item.id} | labels(item.text) | relevant(item.show_if)
    if item.help:
        row |= labels(item.help, "hint")
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


def _kept(item: AnyItem, aside: Tree, book: Book) -> Cells:
    for name in aside:
        if name not in {"type", "scale"}:
            book.kept_aside[name.removesuffix("_zh").removesuffix("_en")].append(item.id)
    return {OURS: as_json(aside)} if aside else {}


def _native(item: AnyItem, book: Book) -> tuple[Cells, Tree, dict[str, str]]:  # noqa: PLR0911 - one return per kind
    """The cells of XLSForm's own, what it cannot say, and parameters."""
    match item:
        case RatingItem():
            cells = {"type": f"select_one {list_name(item.scale.id, item.choices, book)}", "appearance": "likert"}
            return (
                cells,
                {"type": "rating"} | _scale(item) | ({"display": "faces"} if item.display == "faces" else {}),
                {},
            )
        case SingleItem():
            return _single(item, book)
        case MultiItem():
            constraint = _multi_constraint(item)
            return {"type": f"select_multiple {list_name(item.id, item.choices, book)}"} | constraint, {}, {}
        case RankItem():
            book.notes.append(
                note(
                    item.id,
                    f"XLSForm 要求排完全部选项，不能只选前 {item.max_select} 项。",
                    f"XLSForm ranks all options; choosing only {item.max_select} cannot be said.",
                )
            )
            return {"type": f"rank {list_name(item.id, item.choices, book)}"}, {"max_select": item.max_select}, {}
        case BestWorstItem():
            book.notes.append(
                note(
                    item.id,
                    "最先—最后分组题在其他程序里成为一道排序题。",
                    "The best-worst screens become one ranking for other programs.",
                )
            )
            return {"type": f"rank {list_name(item.id, item.choices, book)}"}, _best_worst(item), {}
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


def _single(item: SingleItem, book: Book) -> tuple[Cells, Tree, dict[str, str]]:
    cells = {"type": f"select_one {list_name(item.id, item.choices, book)}"}
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


def _matrix(item: MatrixItem, row: Cells, aside: Tree, book: Book) -> None:
    """A group of selects in a table; each row is a question of its own."""
    shared = list_name(item.scale.id, item.choices, book)
    aside |= {"type": "matrix"} | _scale(item)
    kept = _kept(item, aside | {"rows": [one.id for one in item.rows]} | _carried(item), book)
    begin = {key: value for key, value in row.items() if key != "required"}
    if item.randomize:
        book.notes.append(
            note(item.id, "XLSForm 不能随机排列矩阵的行。", "XLSForm cannot shuffle the rows of a matrix.")
        )
        kept[OURS] = as_json(orjson.loads(kept[OURS]) | {"randomize": True})
    book.survey.append(begin | {"type": "begin_group", "appearance": "table-list"} | kept)
    for one in item.rows:
        name = _row_name(item, one.id, book)
        cells = {"type": f"select_one {shared}", "name": name} | labels(one.text)
        cells |= {"required": "yes"} if item.required else {}
        book.survey.append(cells | relevant(_row_rule(item, one.id)) | _skip(item, one.id, book))
    book.survey.append({"type": "end_group", "name": item.id})


def _carried(item: MatrixItem) -> Tree:
    return {name: held for name in ("rows_from", "skip_rows_marked_na_in") if (held := getattr(item, name))}


def _row_name(item: MatrixItem, row: str, book: Book) -> str:
    name = f"{item.id}_{row}"
    return name if name not in book.questionnaire else f"{item.id}_row_{row}"


def _row_rule(item: MatrixItem, row: str) -> Condition | None:
    return ItemCondition(item.rows_from, in_=(row,)) if item.rows_from else None


def _skip(item: MatrixItem, row: str, book: Book) -> Cells:
    """Rows marked not applicable in the earlier matrix are not asked again."""
    if item.skip_rows_marked_na_in is None:
        return {}
    earlier = book.questionnaire.item(item.skip_rows_marked_na_in)
    assert isinstance(earlier, MatrixItem)
    if row not in {one.id for one in earlier.rows}:
        return {}
    carried = f"selected(${{{item.rows_from}}}, '{row}') and " if item.rows_from else ""
    return {"relevant": f"{carried}${{{_row_name(earlier, row, book)}}} != 'na'"}
