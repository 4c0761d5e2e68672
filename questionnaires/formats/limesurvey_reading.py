"""LimeSurvey .lss files of old and new database versions as questionnaires. Places are named by line and code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from questionnaires.document_choices import MOST_OPTIONS
from questionnaires.formats.drafts import Draft, choice_ids, identifier, rule_tree, scale_of_options
from questionnaires.formats.expressions import KnownItem
from questionnaires.formats.notes import Imported, unreadable
from questionnaires.formats.safe_xml import Element, elements
from questionnaires.texts import Text
from questionnaires.written import Tree, text_tree

_LONGEST_ANSWER = 500
_YES_NO = (("Y", Text("是", "Yes")), ("N", Text("否", "No")))
_UNSURE = ("U", Text("不确定", "Uncertain"))
_GENDER = (("F", Text("女", "Female")), ("M", Text("男", "Male")))
_CHANGE = (("I", Text("增加", "Increase")), ("S", Text("不变", "Same")), ("D", Text("减少", "Decrease")))
_IGNORED_TABLES = {"conditions": "条件", "quota": "配额", "assessments": "评估", "defaultvalues": "默认值"}
_READ_ATTRIBUTES = {
    "random_order", "answer_order", "exclude_all_others", "max_answers", "maximum_chars", "min_num_value_n", "max_num_value_n",
    "num_value_int_only", "date_min", "date_max", "array_filter",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(slots=True)
class _Survey:
    """The tables of the file, with the texts of every language beside each other."""

    draft: Draft
    tables: dict[str, list[_Row]]
    words: dict[tuple[str, str], dict[str, dict[str, str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )

    def text(self, table: str, key: str, name: str, place: str) -> Text | None:
        return self.draft.text(self.words[table, key][name], place)


def read_limesurvey(data: bytes, name: str) -> Imported:
    """The questionnaire of an .lss file; raises UnreadableFile."""
    root = elements(data)
    kind = root.first("LimeSurveyDocType")
    if root.tag != "document" or kind is None or kind.text.strip() != "Survey":
        raise unreadable(
            "line 1", "这不是 LimeSurvey 的问卷文件（.lss）。", "This is no LimeSurvey survey file (.lss)."
        )
    survey = _Survey(Draft(name), {child.tag: _rows(child) for child in root.children})
    _gather(survey)
    _around(survey)
    groups = _once(survey.tables.get("groups", []), "gid")
    taken: set[str] = set()
    for group in sorted(groups, key=lambda row: _number(row["group_order"])):
        _group(group, survey, taken)
    for table, zh in _IGNORED_TABLES.items():
        if survey.tables.get(table):
            count = len(survey.tables[table])
            survey.draft.note(
                table, f"{zh}（{count} 条）没有带过来。", f"The {count} rows of “{table}” were not carried over."
            )
    return survey.draft.finish()


def _rows(table: Element) -> list[_Row]:
    rows = table.first("rows")
    return (
        []
        if rows is None
        else [_Row(row.line, {cell.tag: cell.text for cell in row.children}) for row in rows.all("row")]
    )


def _number(written: str) -> int:
    return int(written) if re.fullmatch(r"\d{1,9}", written.strip()) else 0


def _language(code: str) -> str:
    code = code.strip().lower()
    return "zh" if code.startswith("zh") else "en" if code.startswith("en") else code


def _once(rows: list[_Row], key: str) -> list[_Row]:
    """One row of each key: older versions repeat rows for every language."""
    found: dict[str, _Row] = {}
    for row in rows:
        found.setdefault(row[key], row)
    return list(found.values())


def _gather(survey: _Survey) -> None:
    """Texts by table and key, wherever the version keeps them."""
    for table, key, names in (
        ("groups", "gid", ("group_name", "description")),
        ("questions", "qid", ("question", "help")),
        ("subquestions", "qid", ("question",)),
        (
            "surveys_languagesettings",
            "surveyls_survey_id",
            ("surveyls_title", "surveyls_description", "surveyls_welcometext", "surveyls_endtext"),
        ),
    ):
        beside = {"groups": "group_l10ns", "questions": "question_l10ns", "subquestions": "question_l10ns"}.get(
            table, table
        )
        for row in [*survey.tables.get(table, []), *(survey.tables.get(beside, []) if beside != table else [])]:
            language = _language(row["language"] or row["surveyls_language"])
            for name in names:
                if row[name].strip() and language:
                    survey.words[table, row[key]][name][language] = row[name]
    own = {row["aid"]: row for row in survey.tables.get("answers", []) if row["aid"]}
    for row in survey.tables.get("answers", []):
        if row["answer"]:
            survey.words["answers", f"{row['qid']}.{row['code']}"]["answer"][_language(row["language"])] = row["answer"]
    for row in survey.tables.get("answer_l10ns", []):
        if (answer := own.get(row["aid"])) is not None:
            survey.words["answers", f"{answer['qid']}.{answer['code']}"]["answer"][_language(row["language"])] = row[
                "answer"
            ]


def _around(survey: _Survey) -> None:
    settings = survey.tables.get("surveys_languagesettings", [])
    key = settings[0]["surveyls_survey_id"] if settings else ""
    draft = survey.draft
    for name, ours in (
        ("surveyls_title", "title"),
        ("surveyls_description", "purpose"),
        ("surveyls_welcometext", "intro"),
        ("surveyls_endtext", "thanks"),
    ):
        text = survey.text("surveys_languagesettings", key, name, name)
        if text is not None:
            draft.around |= text_tree(text, ours)
        elif ours == "title":
            draft.around["title_zh"] = draft.source
    for row in survey.tables.get("surveys", [])[:1]:
        draft.around["who"] = {"members": ["chosen_by_officer"], "anonymous": row["anonymized"] != "N"}


def _group(group: _Row, survey: _Survey, taken: set[str]) -> None:
    draft, place = survey.draft, f"line {group.line}"
    title = survey.text("groups", group["gid"], "group_name", place) or Text("题目", "Questions")
    hint = survey.text("groups", group["gid"], "description", place)
    section_id = identifier(title.in_language("en"), taken, "s")
    taken.add(section_id)
    section: Tree = {"id": section_id} | text_tree(title, "title") | (text_tree(hint, "hint") if hint else {})
    section |= _relevance(group["grelevance"], place, draft) | {"items": []}
    draft.sections.append(section)
    questions = [
        row
        for row in _once(survey.tables.get("questions", []), "qid")
        if row["gid"] == group["gid"] and row["parent_qid"] in {"", "0"}
    ]
    for row in sorted(questions, key=lambda one: _number(one["question_order"])):
        _question(row, section, survey)


def _relevance(written: str, place: str, draft: Draft) -> Tree:
    written = written.strip()
    if written in {"", "1"}:
        return {}
    facts = {"branchmembers": "branch_members", "unit": "unit"}
    return rule_tree(
        draft.rule(written, place, {name: fact for name, fact in facts.items() if name not in draft.known})
    )


def _question(row: _Row, section: Tree, survey: _Survey) -> None:
    draft, place = survey.draft, f"line {row.line}, {row['title']}"
    attributes = {
        one["attribute"]: one["value"]
        for one in survey.tables.get("question_attributes", [])
        if one["qid"] == row["qid"]
    }
    subquestions = _subquestions(row["qid"], survey, place)
    answers = _answers(row["qid"], survey, place)
    typed = _typed(row, subquestions, answers, attributes, place, survey)
    if typed is None:
        return
    tree, by_code = typed
    text = survey.text("questions", row["qid"], "question", place) or Text(row["title"] or "—")
    help_text = survey.text("questions", row["qid"], "help", place)
    common: Tree = (
        {"id": draft.new_id(row["title"])} | text_tree(text) | (text_tree(help_text, "help") if help_text else {})
    )
    if row["mandatory"] in {"Y", "S"}:
        if tree["type"] in {"number", "date", "info"}:
            draft.note(
                place, "这类题不能必答，改为选答。", "An item of this type cannot be required; it became optional."
            )
        else:
            common["required"] = True
    if attributes.get("random_order") == "1" or attributes.get("answer_order") == "random":
        common["randomize"] = True
    if row["other"] == "Y":
        draft.note(place, "“其他”填写框没有带过来。", "The “other” box was not carried over.")
    unread = sorted(
        name
        for name, value in attributes.items()
        if name not in _READ_ATTRIBUTES and value.strip() not in {"", "0", "none", "default"}
    )
    if unread:
        draft.note(
            place, f"没有带过来的设置：{'、'.join(unread)}。", f"Settings not carried over: {', '.join(unread)}."
        )
    tree = common | tree
    section["items"].append(tree | _relevance(row["relevance"], place, draft))
    draft.places[tree["id"]] = place
    _remember(row, tree, by_code, draft)


def _subquestions(qid: str, survey: _Survey, place: str) -> list[tuple[str, Text]]:
    rows = [
        row
        for row in _once([*survey.tables.get("subquestions", []), *survey.tables.get("questions", [])], "qid")
        if row["parent_qid"] == qid
    ]
    if any(row["scale_id"] == "1" for row in rows):
        survey.draft.note(place, "第二组子题没有带过来。", "The second axis of subquestions was not carried over.")
        rows = [row for row in rows if row["scale_id"] != "1"]
    rows.sort(key=lambda row: _number(row["question_order"]))
    return [(row["title"], _subtext(row, survey, place)) for row in rows]


def _subtext(row: _Row, survey: _Survey, place: str) -> Text:
    table = "subquestions" if survey.words["subquestions", row["qid"]]["question"] else "questions"
    return survey.text(table, row["qid"], "question", place) or Text(row["title"] or "—")


def _answers(qid: str, survey: _Survey, place: str) -> list[tuple[str, Text]]:
    rows = [row for row in survey.tables.get("answers", []) if row["qid"] == qid]
    if any(row["scale_id"] == "1" for row in rows):
        survey.draft.note(place, "第二个量表没有带过来。", "The second scale was not carried over.")
        rows = [row for row in rows if row["scale_id"] != "1"]
    rows = sorted(_once(rows, "code"), key=lambda row: _number(row["sortorder"]))
    return [
        (row["code"], survey.text("answers", f"{qid}.{row['code']}", "answer", place) or Text(row["code"] or "—"))
        for row in rows
    ]


Typed = tuple[Tree, dict[str, str]]


def _typed(  # noqa: C901, PLR0911, PLR0912 - one return per type
    row: _Row,
    subquestions: list[tuple[str, Text]],
    answers: list[tuple[str, Text]],
    attributes: Mapping[str, str],
    place: str,
    survey: _Survey,
) -> Typed | None:
    """The item's own properties, and its choices' ids by LimeSurvey's codes."""
    draft = survey.draft
    match row["type"]:
        case "L" | "!" | "O":
            if row["type"] == "O":
                draft.note(place, "选项旁的文字框没有带过来。", "The comment box beside the list was not carried over.")
            return _listed("single", answers, place, draft)
        case "Y":
            return _listed("single", list(_YES_NO), place, draft)
        case "G":
            return _listed("single", list(_GENDER), place, draft)
        case "5":
            return _five([], row, place, draft)
        case "M" | "P":
            if row["type"] == "P":
                draft.note(
                    place, "选项旁的文字框没有带过来。", "The comment boxes beside the options were not carried over."
                )
            return _multi(subquestions, attributes, place, draft)
        case "R":
            return _rank(answers or subquestions, attributes, place, draft)
        case "F" | "A" | "B" | "C" | "E":
            return _matrix(row, subquestions, answers, attributes, place, draft)
        case "T" | "S" | "U":
            most = _number(attributes.get("maximum_chars", ""))
            return {"type": "text", "max_length": min(most, 2000) or _LONGEST_ANSWER}, {}
        case "N":
            return {"type": "number"} | _bounds(attributes), {}
        case "D":
            return {"type": "date"} | _days(attributes), {}
        case "X":
            return {"type": "info"}, {}
    draft.note(
        place,
        f"类型“{row['type'][:5]}”没有对应的题型，没有带过来。",
        f"There is no type like “{row['type'][:5]}” here; the question was not carried over.",
    )
    return None


def _options(listed: list[tuple[str, Text]]) -> tuple[list[Tree], dict[str, str]]:
    ids = choice_ids([code for code, _ in listed])
    return [{"id": ids[code]} | text_tree(text) for code, text in listed], ids


def _fits(listed: list[tuple[str, Text]], place: str, draft: Draft) -> bool:
    if 2 <= len(listed) <= MOST_OPTIONS:
        return True
    draft.note(
        place,
        f"有 {len(listed)} 个选项，只能有 2 到 {MOST_OPTIONS} 个，这一题没有带过来。",
        f"It has {len(listed)} options; 2 to {MOST_OPTIONS} are possible, so the question was not carried over.",
    )
    return False


def _listed(kind: str, listed: list[tuple[str, Text]], place: str, draft: Draft) -> Typed | None:
    if not _fits(listed, place, draft):
        return None
    options, ids = _options(listed)
    return {"type": kind, "options": options}, ids


def _multi(listed: list[tuple[str, Text]], attributes: Mapping[str, str], place: str, draft: Draft) -> Typed | None:
    if not _fits(listed, place, draft):
        return None
    options, ids = _options(listed)
    alone = {ids.get(code.strip()) for code in attributes.get("exclude_all_others", "").split(";")}
    options = [one | ({"exclusive": True} if one["id"] in alone else {}) for one in options]
    most = _number(attributes.get("max_answers", ""))
    return {"type": "multi", "options": options} | ({"max_select": most} if 1 <= most <= len(options) else {}), ids


def _rank(listed: list[tuple[str, Text]], attributes: Mapping[str, str], place: str, draft: Draft) -> Typed | None:
    if not _fits(listed, place, draft):
        return None
    options, ids = _options(listed)
    most = _number(attributes.get("max_answers", ""))
    return {
        "type": "rank_top",
        "options": options,
        "max_select": most if 1 <= most <= len(options) else len(options),
    }, ids


def _five(rows: list[tuple[str, Text]], row: _Row, place: str, draft: Draft) -> Typed | None:  # noqa: ARG001
    points = [(str(number), Text(str(number), str(number))) for number in range(5, 0, -1)]
    scale, ids = _scale(points, row)
    return {"type": "rating", "scale": scale}, ids


def _scale(listed: list[tuple[str, Text]], row: _Row) -> tuple[Tree, dict[str, str]]:
    options, ids = _options(listed)
    scale, _ = scale_of_options(identifier(f"scale_{row['title']}", set(), "scale"), options)
    return scale, ids


def _matrix(
    row: _Row,
    rows: list[tuple[str, Text]],
    answers: list[tuple[str, Text]],
    attributes: Mapping[str, str],
    place: str,
    draft: Draft,
) -> Typed | None:
    columns = {
        "F": answers, "C": [_YES_NO[0], _UNSURE, _YES_NO[1]], "E": list(_CHANGE),
        "A": [(str(n), Text(str(n), str(n))) for n in range(5, 0, -1)], "B": [(str(n), Text(str(n), str(n))) for n in range(10, 0, -1)],
    }[row["type"]]  # fmt: skip
    if not rows or not 2 <= len(columns) <= 12:
        draft.note(
            place,
            "矩阵没有行或列，或列太多，没有带过来。",
            "The array lacks rows or columns, or has too many columns, and was not carried over.",
        )
        return None
    options, ids = _options(columns)
    scale, offered = scale_of_options(identifier(f"scale_{row['title']}", set(), "scale"), options)
    tree: Tree = {"type": "matrix", "scale": scale} | ({"na": True} if offered else {})
    source = draft.known.get(attributes.get("array_filter", ""))
    listed, row_ids = _options(rows)
    if source is not None and set(row_ids.values()) <= set(source.choices.values()):
        return tree | {"rows_from": source.id}, ids
    if attributes.get("array_filter"):
        draft.note(place, "按前一题筛选行没有带过来。", "The filter on its rows was not carried over.")
    return tree | {"rows": listed}, ids


def _bounds(attributes: Mapping[str, str]) -> Tree:
    low, high = (attributes.get(name, "").strip() for name in ("min_num_value_n", "max_num_value_n"))
    found = {
        name: int(value) for name, value in (("minimum", low), ("maximum", high)) if re.fullmatch(r"\d{1,9}", value)
    }
    return found if found.get("minimum", 0) <= found.get("maximum", 10**6) else {}


def _days(attributes: Mapping[str, str]) -> Tree:
    pairs = (("earliest", attributes.get("date_min", "")), ("latest", attributes.get("date_max", "")))
    return {
        name: value
        for name, value in pairs
        if re.fullmatch(r"(19[7-9]\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", value)
    }


def _remember(row: _Row, tree: Tree, by_code: dict[str, str], draft: Draft) -> None:
    title = row["title"]
    if tree["type"] in {"single", "multi", "rating"}:
        values = {one["id"]: one["value"] for one in tree["scale"]["options"]} if tree["type"] == "rating" else {}
        known = by_code | {one: one for one in by_code.values()}
        draft.known[title] = KnownItem(tree["id"], known, values)
    if tree["type"] == "multi":
        draft.options |= {f"{title}_{code}": (tree["id"], choice) for code, choice in by_code.items()}
