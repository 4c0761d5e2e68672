"""Form fields and answers: which fields an item has without script, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from werkzeug.datastructures import MultiDict

from questionnaires.answers import Answer, BestWorst
from questionnaires.items import AnyItem, BestWorstItem, MatrixItem, RankItem
from questionnaires.questionnaire import Questionnaire

Form = MultiDict[str, str]


def field_names(item: AnyItem) -> Iterator[str]:
    """The names of an item's fields."""
    match item:
        case MatrixItem():
            yield from (f"{item.id}.{row.id}" for row in item.rows)
        case RankItem():
            yield from (f"{item.id}.{place}" for place in range(1, item.max_select + 1))
        case BestWorstItem():
            yield f"{item.id}.design"
            for screen in range(1, item.screens + 1):
                yield from (f"{item.id}.{screen}.best", f"{item.id}.{screen}.worst")
        case _:
            yield item.id


def answers_in(questionnaire: Questionnaire, form: Form) -> dict[str, Answer]:
    """Every answer the fields hold, in natural form, unchecked; several values where one belongs stay visible as wrong."""
    found = ((item.id, _answer(item, form)) for item in questionnaire.items if item.kind != "info")
    return {item_id: answer for item_id, answer in found if answer is not None}


def carried_fields(items: Iterable[AnyItem], form: Form) -> list[tuple[str, str]]:
    """The fields of these items as they came, for hidden inputs."""
    return [(name, value) for item in items for name in field_names(item) for value in form.getlist(name) if value]


def designs_in(questionnaire: Questionnaire, form: Form) -> dict[str, int]:
    """The best-worst version each such item was shown in."""
    found = {}
    for item in questionnaire.items:
        if isinstance(item, BestWorstItem):
            text = form.get(f"{item.id}.design", "")
            if text.isascii() and text.isdigit() and int(text[:4]) < len(item.design):
                found[item.id] = int(text[:4])
    return found


def _answer(item: AnyItem, form: Form) -> Answer | None:
    match item:
        case MatrixItem():
            return {row.id: one for row in item.rows if (one := _one(form, f"{item.id}.{row.id}"))} or None
        case RankItem():
            return tuple(one for name in field_names(item) if (one := _one(form, name))) or None
        case BestWorstItem():
            return _best_worst(item, form)
    values = [value for value in form.getlist(item.id) if value]
    if item.kind == "multi":
        return tuple(values) or None
    if len(set(values)) > 1:
        return tuple(values)  # two answers to a question that takes one: the check refuses it
    return values[0] if values else None


def _best_worst(item: BestWorstItem, form: Form) -> BestWorst | None:
    screens = tuple(
        (_one(form, f"{item.id}.{screen}.best"), _one(form, f"{item.id}.{screen}.worst"))
        for screen in range(1, item.screens + 1)
    )
    if not any(one for screen in screens for one in screen):
        return None
    text = form.get(f"{item.id}.design", "")
    return BestWorst(int(text[:4]) if text.isascii() and text.isdigit() else -1, screens)


def _one(form: Form, name: str) -> str | None:
    return form.get(name) or None
