"""A questionnaire as the document it could have been read from: what YAML and JSON files hold and the designer edits.

Lists of options are written out; scales, measures and designs of the library keep their names, others are written with it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from questionnaires.document_parts import Shared
from questionnaires.items import (
    FIRST_DAY,
    LAST_DAY,
    AnyItem,
    BestWorstItem,
    DateItem,
    InfoItem,
    LikelihoodItem,
    MatrixItem,
    MultiItem,
    NumberItem,
    RankItem,
    RatingItem,
    Row,
    SingleItem,
    TextItem,
)
from questionnaires.questionnaire import Questionnaire, Section, Who
from questionnaires.scales import RATHER_NOT_SAY, Choice, ResponseScale
from questionnaires.skip_logic import All, AnyOf, Condition, FactCondition, ItemCondition
from questionnaires.texts import Text

Tree = dict[str, Any]


def written(questionnaire: Questionnaire, shared: Shared) -> Tree:
    """The document of a questionnaire: `documents.read_json` of it with the same `shared` gives the questionnaire again."""
    own = Shared()
    sections = [_section(section, questionnaire, shared, own) for section in questionnaire.sections]
    tree = around(questionnaire)
    measures = {
        each.id: {**text_tree(each.text), "family": each.family}
        for each in questionnaire.measures
        if shared.measures.get(each.id) != each
    }
    designs = {
        name: {"options": 1 + max(one for screen in design[0] for one in screen), "versions": _lists(design)}
        for name, design in own.designs.items()
    }
    for key, value in (("measures", measures), ("best_worst_designs", designs)):
        if value:
            tree[key] = value
    return tree | {"sections": sections}


def around(questionnaire: Questionnaire) -> Tree:
    """Everything a document says but its sections and what they share."""
    tree: Tree = {
        "id": questionnaire.id,
        **text_tree(questionnaire.title, "title"),
        **text_tree(questionnaire.purpose, "purpose"),
        "who": _who(questionnaire.who),
        "minutes": _number(questionnaire.minutes),
        "cadence": questionnaire.cadence,
        **text_tree(questionnaire.intro, "intro"),
        **text_tree(questionnaire.thanks, "thanks"),
    }
    for name in ("template", "per_person_page", "single_page", "paper_version", "issues_tracking_code"):
        if getattr(questionnaire, name):
            tree[name] = True
    for name in ("placeholders", "results_visible_to"):
        if listed := getattr(questionnaire, name):
            tree[name] = list(listed)
    return tree


def written_condition(condition: Condition) -> Tree:
    """A condition as documents write it."""
    match condition:
        case ItemCondition():
            key = "in" if condition.in_ else "not_in"
            return {"item": condition.item, key: list(condition.in_ or condition.not_in)}
        case FactCondition():
            bounds = {"gte": condition.gte, "lte": condition.lte, "eq": condition.eq, "in": list(condition.in_) or None}
            return {"ctx": condition.fact} | {key: value for key, value in bounds.items() if value is not None}
        case All():
            return {"all": [written_condition(part) for part in condition.conditions]}
        case AnyOf():
            return {"any": [written_condition(part) for part in condition.conditions]}


def _section(section: Section, whole: Questionnaire, shared: Shared, own: Shared) -> Tree:
    tree: Tree = {"id": section.id, **text_tree(section.title, "title"), **text_tree(section.hint, "hint")}
    if section.show_if is not None:
        tree["show_if"] = written_condition(section.show_if)
    return tree | {"items": [_item(item, whole, shared, own) for item in section.items]}


def _item(item: AnyItem, whole: Questionnaire, shared: Shared, own: Shared) -> Tree:
    tree: Tree = {
        "id": item.id,
        "type": item.kind,
        **text_tree(item.text),
        **text_tree(item.help, "help"),
        **text_tree(item.short, "short"),
    }
    tree |= properties(item)
    if item.show_if is not None:
        tree["show_if"] = written_condition(item.show_if)
    return tree | _own(item, whole, shared, own)


def properties(item: AnyItem) -> Tree:
    """What every kind of item may have beside its words and its rule."""
    tree: Tree = {}
    for name in ("required", "stable", "sensitive", "randomize"):
        if getattr(item, name):
            tree[name] = True
    for name in ("feeds", "themes"):
        if listed := getattr(item, name):
            tree[name] = list(listed)
    for name in ("module", "prefill"):
        if getattr(item, name) is not None:
            tree[name] = getattr(item, name)
    if item.stage != "first":
        tree["stage"] = item.stage
    return tree


def _own(item: AnyItem, whole: Questionnaire, shared: Shared, own: Shared) -> Tree:  # noqa: C901, PLR0911 - one per kind
    """What one kind of item has beside what all have."""
    match item:
        case RatingItem():
            shown = {} if item.display == "rows" else {"display": item.display}
            return _scaled(item, shared) | shown
        case MatrixItem():
            return _scaled(item, shared) | _rows(item)
        case SingleItem():
            return _single(item, whole)
        case MultiItem() | RankItem():
            most = {} if item.max_select is None else {"max_select": item.max_select}
            return {"options": _choices(_without_added_way_out(item))} | most
        case BestWorstItem():
            return _best_worst(item, shared, own)
        case TextItem():
            return {"max_length": item.max_length}
        case NumberItem():
            return {"minimum": item.minimum, "maximum": item.maximum}
        case DateItem():
            return _days(item.earliest, item.latest)
        case LikelihoodItem():
            return {**text_tree(item.low_label, "low_label"), **text_tree(item.high_label, "high_label")}
        case InfoItem():
            return {}


def _scaled(item: RatingItem | MatrixItem, shared: Shared) -> Tree:
    scale = item.scale
    known = shared.scales.get(scale.id) == scale
    offered = {"na": True} if scale.na is not None and scale.na in item.choices else {}
    return {"scale": scale.id if known else _scale(scale)} | offered


def _scale(scale: ResponseScale) -> Tree:
    tree: Tree = {"id": scale.id, "points": scale.points, "options": _choices(scale.choices)}
    return tree if scale.na is None else tree | {"na": choice_tree(scale.na)}


def _rows(item: MatrixItem) -> Tree:
    skip = {"skip_rows_marked_na_in": item.skip_rows_marked_na_in} if item.skip_rows_marked_na_in else {}
    if item.rows_from is not None:
        return {"rows_from": item.rows_from} | skip
    return {"rows": [_row(row) for row in item.rows]} | skip


def _row(row: Row) -> Tree:
    return {"id": row.id, **text_tree(row.text)}


def _single(item: SingleItem, whole: Questionnaire) -> Tree:
    choices = _without_added_way_out(item)
    tree: Tree = {"auto_answer_if_single": True} if item.auto_answer_if_single else {}
    if item.options_from is None:
        return {"options": _choices(choices)} | tree
    carried = {choice.id for choice in whole.item(item.options_from).choices if choice.role == "answer"}
    extra = _choices([choice for choice in choices if choice.id not in carried])
    return {"options_from": item.options_from} | ({"extra_options": extra} if extra else {}) | tree


def _best_worst(item: BestWorstItem, shared: Shared, own: Shared) -> Tree:
    name = next((name for name, design in shared.designs.items() if design == item.design), None)
    if name is None:
        name = f"design_of_{item.id}"
        own.designs[name] = item.design
    form = item.short_form
    short = {"type": "rank_top", **text_tree(form.text), "max_select": form.max_select} if form else None
    return {
        "options": _choices(item.choices),
        "design": name,
        **text_tree(item.best_label, "best_label"),
        **text_tree(item.worst_label, "worst_label"),
    } | ({"short_form": short} if short else {})


def _without_added_way_out(item: AnyItem) -> list[Choice]:
    """The choices without the 不愿说明 that reading adds to a required item that has no other way out."""
    choices = list(item.choices)
    last = choices[-1] if choices else None
    ways_out = [choice for choice in choices if choice.role == "missing"]
    by_reading = replace(RATHER_NOT_SAY, exclusive=isinstance(item, MultiItem | RankItem))
    added = item.required and last == by_reading and ways_out == [last]
    # Where as many may be chosen as there are with it, the document must count it.
    return choices[:-1] if added and (getattr(item, "max_select", None) or 0) < len(choices) else choices


def _choices(choices: list[Choice] | tuple[Choice, ...]) -> list[Tree]:
    return [choice_tree(choice) for choice in choices]


def choice_tree(choice: Choice) -> Tree:
    """A choice as documents write it; its role follows from its id and from being exclusive."""
    tree: Tree = {"id": choice.id, **text_tree(choice.text)}
    if choice.value is not None:
        tree["value"] = choice.value
    return tree | ({"exclusive": True} if choice.exclusive else {})


def _who(who: Who) -> Tree:
    tree: Tree = {"members": list(who.members)}
    if not who.anonymous:
        tree["anonymous"] = False
    for name in ("collector", "retired", "trigger", "min_raters", "officer_min_months"):
        if getattr(who, name) is not None:
            tree[name] = getattr(who, name)
    return tree | ({"repeatable": True} if who.repeatable else {})


def text_tree(text: Text | None, key: str = "") -> Tree:
    """A text as `zh` and `en`, or as `title_zh` and `title_en` for the key `title`; nothing for no text."""
    if text is None:
        return {}
    stem = f"{key}_" if key else ""
    return {f"{stem}zh": text.zh} | ({} if text.en is None else {f"{stem}en": text.en})


def _days(earliest: date, latest: date) -> Tree:
    tree: Tree = {} if earliest == FIRST_DAY else {"earliest": earliest.isoformat()}
    return tree | ({} if latest == LAST_DAY else {"latest": latest.isoformat()})


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _lists(design: Any) -> list[Any]:
    return [[list(screen) for screen in version] for version in design]
