"""A questionnaire as a LimeSurvey .lss file. LimeSurvey's codes are short and have no underscores, so names change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from questionnaires.formats.notes import Exported, Note, note
from questionnaires.formats.rule_writing import Dialect, facts_used, rule
from questionnaires.items import (
    AnyItem,
    BestWorstItem,
    DateItem,
    LikelihoodItem,
    MatrixItem,
    MultiItem,
    NumberItem,
    RankItem,
    SingleItem,
    TextItem,
)
from questionnaires.questionnaire import Questionnaire
from questionnaires.skip_logic import Condition
from questionnaires.texts import Text
from questionnaires.written import properties

_TABLES: dict[str, tuple[str, ...]] = {
    "answers": ("qid", "code", "answer", "sortorder", "assessment_value", "language", "scale_id"),
    "groups": ("gid", "sid", "group_name", "group_order", "description", "language", "randomization_group", "grelevance"),
    "questions": ("qid", "parent_qid", "sid", "gid", "type", "title", "question", "help", "other", "mandatory", "question_order", "language", "scale_id", "relevance"),
    "subquestions": ("qid", "parent_qid", "sid", "gid", "type", "title", "question", "question_order", "language", "scale_id", "relevance"),
    "question_attributes": ("qid", "attribute", "value"),
    "surveys": ("sid", "format", "language", "additional_languages", "anonymized"),
    "surveys_languagesettings": ("surveyls_survey_id", "surveyls_language", "surveyls_title", "surveyls_description", "surveyls_welcometext", "surveyls_endtext"),
}  # fmt: skip
_SURVEY = "100001"
_TYPES = {
    "rating": "L", "single": "L", "likelihood": "L", "multi": "M", "matrix": "F", "rank_top": "R", "best_worst": "R",
    "text": "T", "number": "N", "date": "D", "info": "X",
}  # fmt: skip
Cells = Mapping[str, str]


@dataclass(slots=True)
class _Writing:
    questionnaire: Questionnaire
    languages: list[str]
    codes: dict[str, str]
    rows: defaultdict[str, list[Cells]] = field(default_factory=lambda: defaultdict(list))
    notes: list[Note] = field(default_factory=list)
    left_out: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    next_id: int = 1


def write_limesurvey(questionnaire: Questionnaire) -> Exported:
    """The .lss file (database version 359, which later versions import), and what is not in it."""
    languages = ["zh-Hans", *(["en"] if questionnaire.title.en is not None else [])]
    writing = _Writing(questionnaire, languages, _codes([item.id for item in questionnaire.items], 20))
    for old, new in writing.codes.items():
        if old != new:
            writing.notes.append(
                note(
                    old,
                    f"LimeSurvey 的代码没有下划线，改名为 {new}。",
                    f"LimeSurvey's codes have no underscores; it is called {new} there.",
                )
            )
    for number, section in enumerate(questionnaire.sections, start=1):
        for language in languages:
            hint = section.hint.in_language(language) if section.hint else ""
            writing.rows["groups"].append({
                "gid": str(number), "sid": _SURVEY, "group_name": section.title.in_language(language), "group_order": str(number),
                "description": hint, "language": language, "grelevance": _rule(section.show_if, writing),
            })  # fmt: skip
        for order, item in enumerate(section.items, start=1):
            _question(item, number, order, writing)
    _around(writing)
    for fact in facts_used(questionnaire):
        writing.notes.append(
            note(
                fact,
                "规则用到的信息要由 LimeSurvey 另行提供。",
                "Rules rest on this fact; LimeSurvey must be given it by other means.",
            )
        )
    lost = [
        note(
            ", ".join(items), f"LimeSurvey 没有“{name}”，没有写入。", f"LimeSurvey has no “{name}”; it was not written."
        )
        for name, items in writing.left_out.items()
    ]
    return Exported(_document(writing), (*writing.notes, *lost))


def _codes(names: list[str], longest: int) -> dict[str, str]:
    """Letters and digits only, each once."""
    codes: dict[str, str] = {}
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9]", "", name)[:longest]
        made, number = plain, 2
        while made in codes.values():
            made, number = f"{plain[: longest - len(str(number))]}{number}", number + 1
        codes[name] = made
    return codes


def _dialect(writing: _Writing) -> Dialect:
    def chosen(item_id: str, options: tuple[str, ...]) -> str:
        item, code = writing.questionnaire.item(item_id), writing.codes[item_id]
        answers = _answer_codes(item)
        if isinstance(item, MultiItem):
            return " or ".join(f'{code}_{answers[one]}.NAOK == "Y"' for one in options)
        return " or ".join(f'{code}.NAOK == "{answers[one]}"' for one in options)

    def answered(item_id: str) -> str:
        item, code = writing.questionnaire.item(item_id), writing.codes[item_id]
        if isinstance(item, MultiItem):
            return f"({chosen(item_id, tuple(choice.id for choice in item.choices))})"
        return f"!is_empty({code}.NAOK)"

    return Dialect(chosen, answered, lambda name: name.replace("_", ""), lambda rule: f"!({rule})", equal="==")


def _rule(condition: Condition | None, writing: _Writing) -> str:
    return "1" if condition is None else rule(condition, _dialect(writing))


def _answer_codes(item: AnyItem) -> dict[str, str]:
    """Five signs at most for answers, twenty for subquestions of a multiple choice."""
    return _codes([choice.id for choice in item.choices], 20 if isinstance(item, MultiItem) else 5)


def _question(item: AnyItem, group: int, order: int, writing: _Writing) -> None:
    qid = _new_id(writing)
    for language in writing.languages:
        writing.rows["questions"].append({
            "qid": qid, "parent_qid": "0", "sid": _SURVEY, "gid": str(group), "type": _TYPES[item.kind], "title": writing.codes[item.id],
            "question": item.text.in_language(language), "help": item.help.in_language(language) if item.help else "", "other": "N",
            "mandatory": "Y" if item.required else "N", "question_order": str(order), "language": language, "scale_id": "0",
            "relevance": _rule(item.show_if, writing),
        })  # fmt: skip
    codes = _answer_codes(item)
    choices = [(codes[choice.id], choice.text) for choice in item.choices]
    match item:
        case MultiItem():
            _subquestions(qid, group, choices, writing)
        case MatrixItem():
            rows = _codes([row.id for row in item.rows], 20)
            _subquestions(qid, group, [(rows[row.id], row.text) for row in item.rows], writing)
            _answers(qid, choices, writing)
        case _ if choices:
            _answers(qid, choices, writing)
    for attribute, value in _attributes(item, writing):
        writing.rows["question_attributes"].append({"qid": qid, "attribute": attribute, "value": value})
    _left_out(item, writing)


def _new_id(writing: _Writing) -> str:
    writing.next_id += 1
    return str(writing.next_id)


def _subquestions(qid: str, group: int, listed: list[tuple[str, Text]], writing: _Writing) -> None:
    for order, (code, text) in enumerate(listed, start=1):
        own = _new_id(writing)
        for language in writing.languages:
            writing.rows["subquestions"].append({
                "qid": own, "parent_qid": qid, "sid": _SURVEY, "gid": str(group), "type": "T", "title": code,
                "question": text.in_language(language), "question_order": str(order), "language": language, "scale_id": "0", "relevance": "1",
            })  # fmt: skip


def _answers(qid: str, listed: list[tuple[str, Text]], writing: _Writing) -> None:
    for order, (code, text) in enumerate(listed, start=1):
        for language in writing.languages:
            writing.rows["answers"].append({
                "qid": qid, "code": code, "answer": text.in_language(language), "sortorder": str(order), "assessment_value": "0",
                "language": language, "scale_id": "0",
            })  # fmt: skip


def _attributes(item: AnyItem, writing: _Writing) -> Iterator[tuple[str, str]]:
    if item.randomize:
        yield "random_order", "1"
    match item:
        case MultiItem():
            codes = _answer_codes(item)
            alone = ";".join(codes[choice.id] for choice in item.choices if choice.exclusive)
            if alone:
                yield "exclude_all_others", alone
            if item.max_select is not None:
                yield "max_answers", str(item.max_select)
        case RankItem():
            yield "max_answers", str(item.max_select)
        case TextItem():
            yield "maximum_chars", str(item.max_length)
        case NumberItem():
            yield "min_num_value_n", str(item.minimum)
            yield "max_num_value_n", str(item.maximum)
            yield "num_value_int_only", "1"
        case DateItem():
            yield "date_min", item.earliest.isoformat()
            yield "date_max", item.latest.isoformat()
        case MatrixItem() if item.rows_from:
            yield "array_filter", writing.codes[item.rows_from]


def _left_out(item: AnyItem, writing: _Writing) -> None:
    if item.text.placeholders:
        writing.notes.append(
            note(
                item.id,
                "双花括号在 LimeSurvey 里是表达式，请先填好。",
                "Double braces are expressions in LimeSurvey; fill them in first.",
            )
        )
    for name in properties(item).keys() - {"required", "randomize"}:
        writing.left_out[name].append(item.id)
    if item.short:
        writing.left_out["short"].append(item.id)
    if item.kind in {"rating", "matrix"}:
        writing.left_out["scale"].append(item.id)
    match item:
        case BestWorstItem():
            writing.notes.append(
                note(item.id, "最先—最后分组题成为一道排序题。", "The best-worst screens become one ranking.")
            )
        case LikelihoodItem():
            writing.notes.append(note(item.id, "两端的文字没有写入。", "The words at both ends were not written."))
        case MatrixItem() if item.skip_rows_marked_na_in:
            writing.notes.append(
                note(
                    item.id,
                    "前一题选“不适用”的行仍会出现。",
                    "Rows marked not applicable before are shown all the same.",
                )
            )
        case SingleItem() if item.options_from:
            writing.notes.append(
                note(
                    item.id,
                    "显示全部选项，不只是前一题选过的。",
                    "All options are shown, not only those chosen before.",
                )
            )


def _around(writing: _Writing) -> None:
    whole = writing.questionnaire
    writing.rows["surveys"].append({
        "sid": _SURVEY, "format": "G", "language": writing.languages[0], "additional_languages": " ".join(writing.languages[1:]),
        "anonymized": "Y" if whole.who.anonymous else "N",
    })  # fmt: skip
    for language in writing.languages:
        writing.rows["surveys_languagesettings"].append({
            "surveyls_survey_id": _SURVEY, "surveyls_language": language, "surveyls_title": whole.title.in_language(language),
            "surveyls_description": whole.purpose.in_language(language), "surveyls_welcometext": whole.intro.in_language(language),
            "surveyls_endtext": whole.thanks.in_language(language),
        })  # fmt: skip
    for name in ("minutes", "cadence", "who", "placeholders", "measures"):
        if getattr(whole, name):
            writing.left_out[name].append(whole.id)


def _document(writing: _Writing) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<document>",
        " <LimeSurveyDocType>Survey</LimeSurveyDocType>",
        " <DBVersion>359</DBVersion>",
        " <languages>",
    ]
    lines += [f"  <language>{language}</language>" for language in writing.languages]
    lines.append(" </languages>")
    for table, names in _TABLES.items():
        if not writing.rows[table]:
            continue
        lines += [
            f" <{table}>",
            "  <fields>",
            *(f"   <fieldname>{name}</fieldname>" for name in names),
            "  </fields>",
            "  <rows>",
        ]
        for cells in writing.rows[table]:
            lines += [
                "   <row>",
                *(f"    <{name}>{escape(cells[name])}</{name}>" for name in names if cells.get(name)),
                "   </row>",
            ]
        lines += ["  </rows>", f" </{table}>"]
    return "\n".join([*lines, "</document>", ""]).encode()
