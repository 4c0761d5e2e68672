"""Our own documents written out: everything a questionnaire holds, in the form the reader of documents takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
import yaml

from questionnaires.formats.notes import Exported, Imported, Note, note
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
from questionnaires.library import read_document
from questionnaires.questionnaire import Questionnaire, Section
from questionnaires.scales import Choice, ResponseScale
from questionnaires.skip_logic import All, AnyOf, Condition, FactCondition, ItemCondition
from questionnaires.texts import Text

Tree = dict[str, Any]

_FLAGS = ("template", "per_person_page", "single_page", "paper_version", "issues_tracking_code")


@dataclass(slots=True)
class _Lists:
    """What items share, written once at the top of the document."""

    scales: dict[str, ResponseScale] = field(default_factory=dict)
    designs: dict[str, Tree] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def read_own(data: bytes, name: str) -> Imported:
    return Imported(read_document(data, name))


def write_yaml(questionnaire: Questionnaire) -> Exported:
    tree, notes = document_of(questionnaire)
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=100_000)
    return Exported(text.encode(), notes)


def write_json(questionnaire: Questionnaire) -> Exported:
    tree, notes = document_of(questionnaire)
    return Exported(orjson.dumps(tree, option=orjson.OPT_INDENT_2), notes)


def document_of(questionnaire: Questionnaire) -> tuple[Tree, tuple[Note, ...]]:
    """The document as plain values, and what it cannot say (copies made for a per-person page)."""
    lists = _Lists()
    sections = [_section(section, lists, questionnaire) for section in questionnaire.sections]
    tree = around(questionnaire)
    if lists.scales:
        tree["scales"] = {name: scale_tree(scale) for name, scale in lists.scales.items()}
    if questionnaire.measures:
        tree["measures"] = {one.id: {**text_tree(one.text), "family": one.family} for one in questionnaire.measures}
    if lists.designs:
        tree["best_worst_designs"] = lists.designs
    return tree | {"sections": sections}, tuple(lists.notes)


def around(questionnaire: Questionnaire) -> Tree:
    """Everything but the sections and what they share."""
    minutes = questionnaire.minutes
    tree: Tree = {"id": questionnaire.id}
    for name in ("title", "purpose", "intro", "thanks"):
        tree |= text_tree(getattr(questionnaire, name), name)
    who = questionnaire.who
    tree["who"] = {"members": list(who.members)} | {
        name: value
        for name in ("anonymous", "collector", "retired", "trigger", "repeatable", "min_raters", "officer_min_months")
        if ((value := getattr(who, name)) is not None and value is not False) or name == "anonymous"
    }
    tree |= {"minutes": int(minutes) if minutes == int(minutes) else minutes, "cadence": questionnaire.cadence}
    tree |= {name: True for name in _FLAGS if getattr(questionnaire, name)}
    for name in ("placeholders", "results_visible_to"):
        if getattr(questionnaire, name):
            tree[name] = list(getattr(questionnaire, name))
    return tree


def text_tree(text: Text, key: str = "") -> Tree:
    """`zh` and `en`, or `title_zh` and `title_en` for the key `title`."""
    before = f"{key}_" if key else ""
    return {f"{before}zh": text.zh} | ({} if text.en is None else {f"{before}en": text.en})


def choice_tree(choice: Choice) -> Tree:
    tree = {"id": choice.id} | ({} if choice.value is None else {"value": choice.value}) | text_tree(choice.text)
    return tree | ({"exclusive": True} if choice.exclusive else {})


def scale_tree(scale: ResponseScale) -> Tree:
    tree: Tree = {"points": scale.points, "options": [choice_tree(choice) for choice in scale.choices]}
    return tree | ({} if scale.na is None else {"na": choice_tree(scale.na)})


def condition_tree(condition: Condition) -> Tree:
    match condition:
        case ItemCondition():
            return {"item": condition.item} | (
                {"in": list(condition.in_)} if condition.in_ else {"not_in": list(condition.not_in)}
            )
        case FactCondition():
            bounds = {name: getattr(condition, name) for name in ("gte", "lte", "eq")}
            written = {"ctx": condition.fact} | {name: value for name, value in bounds.items() if value is not None}
            return written | ({"in": list(condition.in_)} if condition.in_ else {})
        case All():
            return {"all": [condition_tree(part) for part in condition.conditions]}
        case AnyOf():
            return {"any": [condition_tree(part) for part in condition.conditions]}


def _section(section: Section, lists: _Lists, questionnaire: Questionnaire) -> Tree:
    tree: Tree = {"id": section.id} | text_tree(section.title, "title")
    if section.hint:
        tree |= text_tree(section.hint, "hint")
    if section.show_if:
        tree["show_if"] = condition_tree(section.show_if)
    return tree | {"items": [_item(item, lists, questionnaire) for item in section.items]}


def properties(item: AnyItem) -> Tree:
    """What all items share, without the wording and the rule."""
    tree: Tree = {name: True for name in ("required", "stable", "sensitive", "randomize") if getattr(item, name)}
    tree |= {name: list(held) for name in ("feeds", "themes") if (held := getattr(item, name))}
    tree |= {name: held for name in ("module", "prefill") if (held := getattr(item, name))}
    return tree | ({} if item.stage == "first" else {"stage": item.stage})


def _item(item: AnyItem, lists: _Lists, questionnaire: Questionnaire) -> Tree:
    tree: Tree = {"id": item.id, "type": item.kind} | properties(item) | text_tree(item.text)
    for name in ("help", "short"):
        text = getattr(item, name)
        if text:
            tree |= text_tree(text, name)
    if item.show_if:
        tree["show_if"] = condition_tree(item.show_if)
    if item.person:
        lists.notes.append(
            note(
                item.id,
                "题目属于某一位干部的页面，这一点不写入文件。",
                "The item belongs to one officer's page; the document does not say so.",
            )
        )
    return tree | _own_properties(item, lists, questionnaire)


def _own_properties(item: AnyItem, lists: _Lists, questionnaire: Questionnaire) -> Tree:  # noqa: C901, PLR0911 - one return per kind
    match item:
        case RatingItem():
            return _scaled(item, lists) | ({"display": item.display} if item.display != "rows" else {})
        case MatrixItem():
            rows: Tree = (
                {"rows_from": item.rows_from}
                if item.rows_from
                else {"rows": [{"id": row.id} | text_tree(row.text) for row in item.rows]}
            )
            skip = {"skip_rows_marked_na_in": item.skip_rows_marked_na_in} if item.skip_rows_marked_na_in else {}
            return _scaled(item, lists) | rows | skip
        case SingleItem():
            automatic = {"auto_answer_if_single": True} if item.auto_answer_if_single else {}
            if item.options_from is None:
                return automatic | {"options": _choices(item.choices)}
            own = own_choices(item, questionnaire)
            return automatic | {"options_from": item.options_from} | ({"extra_options": _choices(own)} if own else {})
        case MultiItem():
            return {"options": _choices(item.choices)} | (
                {} if item.max_select is None else {"max_select": item.max_select}
            )
        case RankItem():
            return {"options": _choices(item.choices), "max_select": item.max_select}
        case BestWorstItem():
            return _best_worst(item, lists)
        case TextItem():
            return {"max_length": item.max_length}
        case NumberItem():
            return {"minimum": item.minimum, "maximum": item.maximum}
        case DateItem():
            return _days(item.earliest, item.latest)
        case LikelihoodItem():
            return text_tree(item.low_label, "low_label") | text_tree(item.high_label, "high_label")
    return {}


def own_choices(item: SingleItem, questionnaire: Questionnaire) -> tuple[Choice, ...]:
    """The choices of a carried item that were not carried from the other."""
    source = questionnaire.item(item.options_from or "")
    carried = tuple(choice for choice in source.choices if choice.role == "answer")
    return tuple(choice for choice in item.choices if choice not in carried)


def _choices(choices: Sequence[Choice]) -> list[Tree]:
    return [choice_tree(choice) for choice in choices]


def _scaled(item: RatingItem | MatrixItem, lists: _Lists) -> Tree:
    """The scale by its name; a second scale of the same name gets a number."""
    name = next((one for one, scale in lists.scales.items() if scale == item.scale), None)
    if name is None:
        taken = item.scale.id in lists.scales
        if taken:
            scale = {"id": item.scale.id} | scale_tree(item.scale)
            return {"scale": scale} | _na(item)
        name = item.scale.id
        lists.scales[name] = item.scale
    return {"scale": name} | _na(item)


def _na(item: RatingItem | MatrixItem) -> Tree:
    return {"na": True} if item.scale.na is not None and item.scale.na in item.choices else {}


def _best_worst(item: BestWorstItem, lists: _Lists) -> Tree:
    design = {
        "options": len(item.choices),
        "versions": [[list(screen) for screen in version] for version in item.design],
    }
    name = next((one for one, known in lists.designs.items() if known == design), None)
    if name is None:
        name = f"design_{len(lists.designs) + 1}"
        lists.designs[name] = design
    tree: Tree = {"options": _choices(item.choices), "design": name}
    tree |= text_tree(item.best_label, "best_label") | text_tree(item.worst_label, "worst_label")
    if item.short_form:
        tree["short_form"] = {"type": "rank_top", "max_select": item.short_form.max_select} | text_tree(
            item.short_form.text
        )
    return tree


def _days(earliest: date, latest: date) -> Tree:
    low = {} if earliest == FIRST_DAY else {"earliest": earliest.isoformat()}
    return low | ({} if latest == LAST_DAY else {"latest": latest.isoformat()})
