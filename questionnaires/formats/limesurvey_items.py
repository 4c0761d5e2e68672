"""The questions of a LimeSurvey file by type. One question may become several items: a text for each of its boxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from questionnaires.document_choices import MOST_OPTIONS
from questionnaires.formats.drafts import Draft, identifier, scale_of_options
from questionnaires.formats.limesurvey_tables import Listed, Row, Survey, number
from questionnaires.texts import Text
from questionnaires.written import Tree, text_tree

_LONGEST_ANSWER, _MOST_COLUMNS = 500, 12
_YES_NO = (("Y", Text("是", "Yes")), ("N", Text("否", "No")))
_UNSURE = ("U", Text("不确定", "Uncertain"))
_GENDER = (("F", Text("女", "Female")), ("M", Text("男", "Male")))
_CHANGE = (("I", Text("增加", "Increase")), ("S", Text("不变", "Same")), ("D", Text("减少", "Decrease")))
_OTHER = Text("其他", "Other")
_FIXED_COLUMNS: dict[str, Listed] = {
    "A": [(str(n), Text(str(n), str(n))) for n in range(5, 0, -1)],
    "B": [(str(n), Text(str(n), str(n))) for n in range(10, 0, -1)],
    "C": [_YES_NO[0], _UNSURE, _YES_NO[1]],
    "E": list(_CHANGE),
}


@dataclass(frozen=True, slots=True)
class Part:
    """An item's own properties and its choices' ids by LimeSurvey's codes; what tells it from the question's other items."""

    tree: Tree
    by_code: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Question:
    row: Row
    attributes: Mapping[str, str]
    place: str
    survey: Survey

    @property
    def draft(self) -> Draft:
        return self.survey.draft

    def note(self, zh: str, en: str) -> None:
        self.draft.note(self.place, zh, en)

    def subquestions(self, scale: str = "0") -> Listed:
        return self.survey.subquestions(self.row["qid"], self.place, scale)

    def answers(self, scale: str = "0") -> Listed:
        return self.survey.answers(self.row["qid"], self.place, scale)


def parts(question: Question) -> list[Part]:
    """The items a question becomes; none, with a note, where we have no such type."""
    kind = question.row["type"]
    made = _TYPES.get(kind)
    if made is None:
        question.note(
            f"类型“{kind[:5]}”没有对应的题型，没有带过来。",
            f"There is no type like “{kind[:5]}” here; the question was not carried over.",
        )
        return []
    return made(question)


def _choice(question: Question) -> list[Part]:
    if question.row["type"] == "O":
        question.note("选项旁的文字框没有带过来。", "The comment box beside the list was not carried over.")
    fixed = {"Y": _YES_NO, "G": _GENDER}.get(question.row["type"])
    return _listed("single", _with_other(question, question.answers()) if fixed is None else list(fixed), question)


def _several(question: Question) -> list[Part]:
    if question.row["type"] == "P":
        question.note("选项旁的文字框没有带过来。", "The comment boxes beside the options were not carried over.")
    found = _listed("multi", _with_other(question, question.subquestions()), question)
    for part in found:
        alone = {
            part.by_code.get(code.strip()) for code in question.attributes.get("exclude_all_others", "").split(";")
        }
        for option in part.tree["options"]:
            option.update({"exclusive": True} if option["id"] in alone else {})
        most = number(question.attributes.get("max_answers", ""))
        part.tree.update({"max_select": most} if 1 <= most <= len(part.tree["options"]) else {})
    return found


def _rank(question: Question) -> list[Part]:
    found = _listed("rank_top", question.answers() or question.subquestions(), question)
    most = number(question.attributes.get("max_answers", ""))
    for part in found:
        count = len(part.tree["options"])
        part.tree["max_select"] = most if 1 <= most <= count else count
    return found


def _with_other(question: Question, listed: Listed) -> Listed:
    """The list with an option for what LimeSurvey adds by itself."""
    if question.row["other"] != "Y" or not listed:
        return listed
    question.note("“其他”只作选项，没有填写框。", "“Other” is an option only, without a box to write in.")
    own = question.attributes.get("other_replace_text")
    return [*listed, ("-oth-", Text(own, own) if own else _OTHER)]


def _options(listed: Listed) -> tuple[list[Tree], dict[str, str]]:
    """Options and their ids by code; where files hold a code twice, rules mean the first."""
    options: list[Tree] = []
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for code, text in listed:
        made = identifier("other" if code == "-oth-" else code, taken, "c")
        taken.add(made)
        ids.setdefault(code, made)
        options.append({"id": made} | text_tree(text))
    return options, ids


def _listed(kind: str, listed: Listed, question: Question) -> list[Part]:
    if not 2 <= len(listed) <= MOST_OPTIONS:
        question.note(
            f"有 {len(listed)} 个选项，只能有 2 到 {MOST_OPTIONS} 个，这一题没有带过来。",
            f"It has {len(listed)} options; 2 to {MOST_OPTIONS} are possible, so the question was not carried over.",
        )
        return []
    options, ids = _options(listed)
    return [Part({"type": kind, "options": options}, ids)]


def _five(question: Question) -> list[Part]:
    options, ids = _options(_FIXED_COLUMNS["A"])
    scale, _ = scale_of_options(identifier(f"scale_{question.row['title']}", set(), "scale"), options)
    return [Part({"type": "rating", "scale": scale}, ids)]


def _array(question: Question) -> list[Part]:
    if question.subquestions("1"):
        question.note("第二组子题没有带过来。", "The second axis of subquestions was not carried over.")
    columns = _FIXED_COLUMNS.get(question.row["type"]) or question.answers()
    return _matrix(question, columns, "")


def _two_scales(question: Question) -> list[Part]:
    """A matrix for each scale, named by its header."""
    found = []
    for scale, letter in (("0", "A"), ("1", "B")):
        for part in _matrix(question, question.answers(scale), letter.lower()):
            header = question.attributes.get(f"dualscale_header{letter}") or letter
            found.append(Part(part.tree, part.by_code, letter.lower(), Text(header, header)))
    return found


def _matrix(question: Question, columns: Listed, name: str) -> list[Part]:
    rows = question.subquestions()
    if not rows or not 2 <= len(columns) <= _MOST_COLUMNS:
        question.note(
            "矩阵没有行或列，或列太多，没有带过来。",
            "The array lacks rows or columns, or has too many columns, and was not carried over.",
        )
        return []
    options, ids = _options(columns)
    scale, offered = scale_of_options(identifier(f"scale_{question.row['title']}{name}", set(), "scale"), options)
    tree: Tree = {"type": "matrix", "scale": scale} | ({"na": True} if offered else {})
    filtered = question.attributes.get("array_filter", "")
    source = question.draft.known.get(filtered)
    listed, row_ids = _options(rows)
    if source is not None and set(row_ids.values()) <= set(source.choices.values()):
        return [Part(tree | {"rows_from": source.id}, ids)]
    if filtered:
        question.note("按前一题筛选行没有带过来。", "The filter on its rows was not carried over.")
    return [Part(tree | {"rows": listed}, ids)]


def _text(question: Question) -> list[Part]:
    return [Part(_text_tree(question))]


def _text_tree(question: Question) -> Tree:
    most = number(question.attributes.get("maximum_chars", ""))
    return {"type": "text", "max_length": min(most, 2000) or _LONGEST_ANSWER}


def _number_tree(question: Question) -> Tree:
    found = {}
    for name, attribute in (("minimum", "min_num_value_n"), ("maximum", "max_num_value_n")):
        value = question.attributes.get(attribute, "").strip()
        if re.fullmatch(r"\d{1,9}", value):
            found[name] = int(value)
    return {"type": "number"} | (found if found.get("minimum", 0) <= found.get("maximum", 10**6) else {})


def _number(question: Question) -> list[Part]:
    return [Part(_number_tree(question))]


def _boxes(question: Question) -> list[Part]:
    """An item for each box."""
    question.note("每个填写框成为一道题。", "Each box became a question of its own.")
    tree = _text_tree(question) if question.row["type"] == "Q" else _number_tree(question)
    return [Part(dict(tree), {}, code, text) for code, text in question.subquestions()]


def _date(question: Question) -> list[Part]:
    pairs = (("earliest", "date_min"), ("latest", "date_max"))
    days = {
        name: question.attributes.get(attribute, "")
        for name, attribute in pairs
        if re.fullmatch(
            r"(19[7-9]\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", question.attributes.get(attribute, "")
        )
    }
    return [Part({"type": "date"} | days)]


def _info(question: Question) -> list[Part]:  # noqa: ARG001 - one signature for all types
    return [Part({"type": "info"})]


_TYPES: dict[str, Callable[[Question], list[Part]]] = {
    **dict.fromkeys("L!OYG", _choice), **dict.fromkeys("MP", _several), **dict.fromkeys("FABCEH", _array),
    **dict.fromkeys("TSU", _text), **dict.fromkeys("QK", _boxes),
    "R": _rank, "5": _five, "1": _two_scales, "N": _number, "D": _date, "X": _info,
}  # fmt: skip
