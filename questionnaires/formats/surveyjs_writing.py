"""A questionnaire as SurveyJS JSON: pages of elements.

What SurveyJS has no property for stands under `surveyApp`, which its own library passes over.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from html import escape

import orjson

from questionnaires.formats.notes import Exported, Note, note
from questionnaires.formats.own import own_choices
from questionnaires.formats.rule_writing import SURVEYJS, facts_used, rule
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
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import Choice
from questionnaires.skip_logic import Condition
from questionnaires.texts import Text
from questionnaires.written import Tree, around, choice_tree, properties, text_tree

OURS = "surveyApp"


@dataclass(slots=True)
class _Writing:
    questionnaire: Questionnaire
    notes: list[Note] = field(default_factory=list)
    kept_aside: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def write_surveyjs(questionnaire: Questionnaire) -> Exported:
    """The JSON document, and what other programs will not find in it."""
    writing = _Writing(questionnaire)
    pages = [
        {"name": section.id, "title": _text(section.title)}
        | ({"description": _text(section.hint)} if section.hint else {})
        | _visible(section.show_if)
        | {"elements": [_element(item, writing) for item in section.items]}
        for section in questionnaire.sections
    ]
    ours = {
        key: value
        for key, value in around(questionnaire).items()
        if not key.startswith(("title_", "intro_", "thanks_"))
    }
    ours["measures"] = {one.id: text_tree(one.text) | {"family": one.family} for one in questionnaire.measures}
    ours["intro_zh"], ours["thanks_zh"] = questionnaire.intro.zh, questionnaire.thanks.zh
    ours |= {
        f"{name}_en": text.en
        for name, text in (("intro", questionnaire.intro), ("thanks", questionnaire.thanks))
        if text.en is not None
    }
    survey = {
        "locale": "zh-cn", "title": _text(questionnaire.title), "description": _text(questionnaire.intro),
        "completedHtml": _text(questionnaire.thanks, html=True), "pages": pages, OURS: ours,
    }  # fmt: skip
    for fact in facts_used(questionnaire):
        writing.notes.append(
            note(fact, "规则用到的信息要作为变量填入。", "Rules rest on this fact; set it as a variable of the survey.")
        )
    aside = [
        note(
            ", ".join(items),
            f"“{name}”写在 {OURS} 下，其他程序不读。",
            f"“{name}” stands under {OURS}; other programs do not read it.",
        )
        for name, items in writing.kept_aside.items()
    ]
    return Exported(orjson.dumps(survey, option=orjson.OPT_INDENT_2), (*writing.notes, *aside))


def _text(text: Text, *, html: bool = False) -> Tree:
    """SurveyJS's own language is English; Chinese stands beside it."""
    zh, en = (escape(text.zh), text.en and escape(text.en)) if html else (text.zh, text.en)
    return {"zh-cn": zh} | ({} if en is None else {"default": en})


def _visible(condition: Condition | None) -> Tree:
    return {} if condition is None else {"visibleIf": rule(condition, SURVEYJS)}


def _element(item: AnyItem, writing: _Writing) -> Tree:
    aside = properties(item) | (text_tree(item.short, "short") if item.short else {})
    aside.pop("required", None)
    native, kept = _native(item, writing)
    shuffled = aside.pop("randomize", False)
    if shuffled and isinstance(item, MatrixItem):
        native["rowsOrder"] = "random"
    elif shuffled and "choices" in native:
        native["choicesOrder"] = "random"
    elif shuffled:
        aside["randomize"] = True
    element: Tree = {"type": "", "name": item.id, "title": _text(item.text)}
    element |= {"description": _text(item.help)} if item.help else {}
    element |= {"isRequired": True} if item.required else {}
    element |= _visible(item.show_if) | native
    aside |= kept
    for name in aside:
        if name not in {"type", "scale"}:
            writing.kept_aside[name.removesuffix("_zh").removesuffix("_en")].append(item.id)
    return element | ({OURS: aside} if aside else {})


def _native(item: AnyItem, writing: _Writing) -> tuple[Tree, Tree]:  # noqa: C901, PLR0911 - one return per kind
    """The element's own properties, and what SurveyJS cannot say."""
    match item:
        case RatingItem():
            faces = {"display": "faces"} if item.display == "faces" else {}
            return {"type": "radiogroup", "choices": _choices(item.choices)}, {"type": "rating"} | _scale(item) | faces
        case MatrixItem():
            return _matrix(item), _scale(item) | ({"rows_from": item.rows_from} if item.rows_from else {}) | _skip(item)
        case SingleItem():
            automatic: Tree = {"auto_answer_if_single": True} if item.auto_answer_if_single else {}
            return {"type": "radiogroup", "choices": _single_choices(item, writing)}, automatic
        case MultiItem():
            most = {} if item.max_select is None else {"maxSelectedChoices": item.max_select}
            return {"type": "checkbox", "choices": _choices(item.choices)} | most, {}
        case RankItem():
            ranking = {"type": "ranking", "choices": _choices(item.choices), "selectToRankEnabled": True}
            return ranking | {"maxSelectedChoices": item.max_select}, {}
        case BestWorstItem():
            writing.notes.append(
                note(
                    item.id,
                    "最先—最后分组题在其他程序里成为一道排序题。",
                    "The best-worst screens become one ranking for other programs.",
                )
            )
            return {"type": "ranking", "choices": _choices(item.choices)}, _best_worst(item)
        case TextItem():
            return {"type": "comment", "maxLength": item.max_length}, {}
        case NumberItem():
            return {"type": "text", "inputType": "number", "min": item.minimum, "max": item.maximum}, {}
        case DateItem():
            low = {} if item.earliest == FIRST_DAY else {"min": item.earliest.isoformat()}
            return {"type": "text", "inputType": "date"} | low | (
                {} if item.latest == LAST_DAY else {"max": item.latest.isoformat()}
            ), {}
        case LikelihoodItem():
            ends = {"minRateDescription": _text(item.low_label), "maxRateDescription": _text(item.high_label)}
            return {"type": "rating", "rateMin": 0, "rateMax": 10} | ends, {}
    return {"type": "html", "html": _text(item.text, html=True)}, {}


def _choices(choices: tuple[Choice, ...]) -> list[Tree]:
    return [_choice(choice) for choice in choices]


def _choice(choice: Choice) -> Tree:
    written: Tree = {"value": choice.id, "text": _text(choice.text)}
    written |= {"isExclusive": True} if choice.exclusive else {}
    return written | ({} if choice.value is None else {OURS: {"value": choice.value}})


def _single_choices(item: SingleItem, writing: _Writing) -> list[Tree]:
    """Carried options are seen where they were chosen."""
    if item.options_from is None:
        return _choices(item.choices)
    own = own_choices(item, writing.questionnaire)
    return [
        _choice(one) | ({} if one in own else {"visibleIf": f"{{{item.options_from}}} contains '{one.id}'"})
        for one in item.choices
    ]


def _scale(item: RatingItem | MatrixItem) -> Tree:
    return {"scale": {"id": item.scale.id} | ({} if item.scale.na is None else {"na": choice_tree(item.scale.na)})}


def _matrix(item: MatrixItem) -> Tree:
    carried = {"rowsVisibleIf": f"{{{item.rows_from}}} contains {{item}}"} if item.rows_from else {}
    rows = [{"value": row.id, "text": _text(row.text)} for row in item.rows]
    every = {"eachRowRequired": True} if item.required else {}
    return {"type": "matrix", "columns": _choices(item.choices), "rows": rows} | carried | every


def _skip(item: MatrixItem) -> Tree:
    return {"skip_rows_marked_na_in": item.skip_rows_marked_na_in} if item.skip_rows_marked_na_in else {}


def _best_worst(item: BestWorstItem) -> Tree:
    versions = [[list(screen) for screen in version] for version in item.design]
    aside: Tree = {"type": "best_worst", "design": {"options": len(item.choices), "versions": versions}}
    aside |= text_tree(item.best_label, "best_label") | text_tree(item.worst_label, "worst_label")
    if item.short_form:
        aside["short_form"] = {"type": "rank_top", "max_select": item.short_form.max_select} | text_tree(
            item.short_form.text
        )
    return aside
