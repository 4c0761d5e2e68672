"""The path: which items this respondent sees, and which of the answers stand on it.

One walk in document order settles everything, because a condition may look back only. An answer that is off the path
cannot keep a later item on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.answer_values import Answer, Answers, Fault
from questionnaires.cleaning import Refused, cleaned
from questionnaires.items import AnyItem, InfoItem, MatrixItem, Row, SingleItem, Stage
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import Choice
from questionnaires.skip_logic import Facts, chosen_ids, holds


@dataclass(frozen=True, slots=True)
class Walk:
    path: tuple[str, ...]
    answers: dict[str, Answer]
    faults: tuple[Fault, ...]


def path(questionnaire: Questionnaire, answers: Answers, facts: Facts, stage: Stage = "first") -> tuple[str, ...]:
    """Ids of the items shown, in order."""
    return walk(questionnaire, answers, facts, stage).path


def on_path(questionnaire: Questionnaire, answers: Answers, facts: Facts, stage: Stage = "first") -> dict[str, Answer]:
    """The valid answers that stand on the path, cleaned; an item with a single option left may be answered for them.

    Doing it twice changes nothing.
    """
    return walk(questionnaire, answers, facts, stage).answers


def faults(
    questionnaire: Questionnaire, answers: Answers, facts: Facts, section: str | None = None, stage: Stage = "first"
) -> tuple[Fault, ...]:
    """What is missing or wrong on the path, in order; of one section only if it is named."""
    found = walk(questionnaire, answers, facts, stage).faults
    return tuple(fault for fault in found if section is None or questionnaire.section_of(fault.item).id == section)


def walk(questionnaire: Questionnaire, answers: Answers, facts: Facts, stage: Stage = "first") -> Walk:
    """Go through the sections in order: which items are shown, which answers stay, what is wrong with them."""
    shown: list[str] = []
    kept: dict[str, Answer] = {}
    wrong: list[Fault] = []
    for section in questionnaire.sections:
        if not holds(section.show_if, kept, facts):
            continue
        for item in section.items:
            if item.stage == stage and holds(item.show_if, kept, facts) and _has_something(questionnaire, item, kept):
                shown.append(item.id)
                wrong += _answer_one(questionnaire, item, answers.get(item.id), kept)
    return Walk(tuple(shown), kept, tuple(wrong))


def offered_choices(questionnaire: Questionnaire, item: AnyItem, answers: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The choices this respondent is offered: of those carried forward, only what was chosen in the earlier item."""
    if not isinstance(item, SingleItem) or item.options_from is None:
        return item.choices
    carried = carried_ids(questionnaire, item)
    chosen = chosen_ids(answers.get(item.options_from))
    return tuple(choice for choice in item.choices if choice.id not in carried or choice.id in chosen)


def offered_rows(questionnaire: Questionnaire, item: MatrixItem, answers: Mapping[str, Any]) -> tuple[Row, ...]:
    """The rows of a matrix that are on this respondent's path."""
    rows = item.rows
    if item.rows_from is not None:
        chosen = chosen_ids(answers.get(item.rows_from))
        rows = tuple(row for row in rows if row.id in chosen)
    if item.skip_rows_marked_na_in is not None:
        marked = answers.get(item.skip_rows_marked_na_in)
        if isinstance(marked, Mapping):
            na = questionnaire.item(item.skip_rows_marked_na_in).choices
            skipped = {choice.id for choice in na if choice.id == "na"}
            rows = tuple(row for row in rows if marked.get(row.id) not in skipped)
    return rows


def carried_ids(questionnaire: Questionnaire, item: SingleItem) -> frozenset[str]:
    """Ids of the choices that are carried forward from the earlier item."""
    if item.options_from is None:
        return frozenset()
    return frozenset(c.id for c in questionnaire.item(item.options_from).choices if c.role == "answer")


def _has_something(questionnaire: Questionnaire, item: AnyItem, kept: Mapping[str, Answer]) -> bool:
    """A carried-forward item with nothing to carry is not on the path."""
    if isinstance(item, MatrixItem):
        return bool(offered_rows(questionnaire, item, kept))
    if isinstance(item, SingleItem) and item.options_from is not None:
        return not chosen_ids(kept.get(item.options_from)).isdisjoint(carried_ids(questionnaire, item))
    return True


def _answer_one(questionnaire: Questionnaire, item: AnyItem, given: object, kept: dict[str, Answer]) -> list[Fault]:
    """Keep the answer of one item on the path if it is good, and say what is missing or wrong."""
    if isinstance(item, InfoItem):
        return []
    choices = offered_choices(questionnaire, item, kept)
    rows = offered_rows(questionnaire, item, kept) if isinstance(item, MatrixItem) else ()
    if isinstance(item, SingleItem) and item.auto_answer_if_single:
        real = [choice for choice in choices if choice.role != "missing"]
        if len(real) == 1:
            given = real[0].id
    try:
        answer = cleaned(item, given, choices, rows)
    except Refused as refused:
        return [Fault(item.id, refused.row, refused.kind)]
    if answer is not None:
        kept[item.id] = answer
    return _missing(item, answer, rows)


def _missing(item: AnyItem, answer: Answer | None, rows: tuple[Row, ...]) -> list[Fault]:
    if not item.required:
        return []
    if isinstance(item, MatrixItem):
        given = answer if isinstance(answer, Mapping) else {}
        return [Fault(item.id, row.id, "missing") for row in rows if row.id not in given]
    return [Fault(item.id, None, "missing")] if answer is None else []
