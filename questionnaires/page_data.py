"""What the answering page's script must know of a questionnaire. The texts stand in the page itself."""

from __future__ import annotations

from typing import Any

from questionnaires.answer_path import carried_ids
from questionnaires.columns import Column
from questionnaires.items import (
    AnyItem,
    BestWorstItem,
    DateItem,
    MatrixItem,
    MultiItem,
    NumberItem,
    RankItem,
    SingleItem,
    TextItem,
)
from questionnaires.questionnaire import Questionnaire
from questionnaires.skip_logic import All, AnyOf, Condition, FactCondition, ItemCondition


def browser_data(questionnaire: Questionnaire) -> dict[str, Any]:
    """JSON-safe; a property that holds its usual value (false, none) is left out.

    items: {id, kind, section, choices: [id], ...}; `show_if` is the whole condition, the section's included:
    {"item", "in" | "not_in"}, {"fact", "gte" | "lte" | "eq" | "in"}, {"all": [...]}, {"any": [...]}.
    `exclusive` and `missing` list positions in `choices`; `carried` the positions offered only if chosen in
    `options_from`. Items of another stage are listed too (their columns stay null). columns: see `columns.Column`.
    """
    return {
        "id": questionnaire.id,
        "sections": [
            {"id": section.id, "items": [item.id for item in section.items]} for section in questionnaire.sections
        ],
        "items": [_item(questionnaire, item) for item in questionnaire.items],
        "columns": [_column(column) for column in questionnaire.columns],
    }


def _item(questionnaire: Questionnaire, item: AnyItem) -> dict[str, Any]:
    found: dict[str, Any] = {"id": item.id, "kind": item.kind, "section": questionnaire.section_of(item.id).id}
    condition = questionnaire.condition(item.id)
    usual = {
        "choices": [choice.id for choice in item.choices],
        "exclusive": [place for place, choice in enumerate(item.choices) if choice.exclusive],
        "missing": [place for place, choice in enumerate(item.choices) if choice.role == "missing"],
        "required": item.required,
        "randomize": item.randomize,
        "prefill": item.prefill,
        "stage": item.stage if item.stage != "first" else None,
        "show_if": None if condition is None else condition_data(condition),
        **_own(questionnaire, item),
    }
    return found | {name: value for name, value in usual.items() if value not in (None, False, [])}


def _own(questionnaire: Questionnaire, item: AnyItem) -> dict[str, Any]:  # noqa: PLR0911 - one return per kind
    match item:
        case SingleItem():
            carried = carried_ids(questionnaire, item)
            places = [place for place, choice in enumerate(item.choices) if choice.id in carried]
            return {"options_from": item.options_from, "carried": places, "auto_answer": item.auto_answer_if_single}
        case MatrixItem():
            rows = [row.id for row in item.rows]
            return {"rows": rows, "rows_from": item.rows_from, "skip_rows_marked_na_in": item.skip_rows_marked_na_in}
        case MultiItem() | RankItem():
            return {"max_select": item.max_select}
        case BestWorstItem():
            return {"design": [[list(screen) for screen in version] for version in item.design]}
        case TextItem():
            return {"max_length": item.max_length}
        case NumberItem():
            return {"minimum": item.minimum, "maximum": item.maximum}
        case DateItem():
            return {"earliest": item.earliest.isoformat(), "latest": item.latest.isoformat()}
    return {}


def _column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "item": column.item, "kind": column.kind}
    parts = {"row": column.row, "rank": column.rank, "screen": column.screen, "end": column.end}
    return found | {name: value for name, value in parts.items() if value is not None}


def condition_data(condition: Condition) -> dict[str, Any]:
    """A condition as the script reads it."""
    match condition:
        case ItemCondition():
            given = {"in": list(condition.in_)} if condition.in_ else {"not_in": list(condition.not_in)}
            return {"item": condition.item, **given}
        case FactCondition():
            bounds = {"gte": condition.gte, "lte": condition.lte, "eq": condition.eq, "in": list(condition.in_) or None}
            return {"fact": condition.fact} | {name: value for name, value in bounds.items() if value is not None}
        case All():
            return {"all": [condition_data(part) for part in condition.conditions]}
        case AnyOf():
            return {"any": [condition_data(part) for part in condition.conditions]}
