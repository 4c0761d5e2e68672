"""What an officer settles at publishing: placeholders, switches, personal items, short forms, whose pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from questionnaires.items import AnyItem, BestWorstItem, RankItem, carried_from
from questionnaires.questionnaire import ABOUT_YOU, Questionnaire, Section, texts_in
from questionnaires.skip_logic import All, AnyOf, Condition, FactCondition, ItemCondition, both, item_conditions
from questionnaires.texts import PLACEHOLDER, Text

MOST_PERSONAL_ITEMS = 2


@dataclass(frozen=True, slots=True)
class Person:
    """One person judged on a page of their own, seen by the members of `unit`.

    `key` (letters a-z, digits, underscore) marks the copied items; `values` fill the placeholders of the page.
    """

    unit: str
    key: str
    values: Mapping[str, str] = field(default_factory=dict)


class Unpublishable(ValueError):  # noqa: N818 - errors are plain nouns
    """What keeps a questionnaire from being published, one English sentence each."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(" ".join(sentences))


def publish_variant(
    questionnaire: Questionnaire,
    *,
    personal_items: Sequence[str] = (),
    modules_off: Sequence[str] = (),
    placeholders: Mapping[str, str] | None = None,
    short_forms: Sequence[str] = (),
    persons: Sequence[Person] = (),
) -> Questionnaire:
    """The questionnaire as it will be asked; raises Unpublishable with every reason at once.

    Of the personal items only those named are kept, at most two. Items of a module that is switched off are left out.
    Best-worst items named in `short_forms` become their ranking question. Every placeholder must be filled. A
    questionnaire with a page per person is repeated for each person, shown to that person's unit alone.
    """
    values = dict(placeholders or {})
    sentences = [
        *_choices_that_do_not_fit(questionnaire, personal_items, modules_off, short_forms),
        *_unfit_placeholders(questionnaire, values, persons),
        *_unfit_persons(questionnaire, persons),
    ]
    if sentences:
        raise Unpublishable(sentences)
    sections = tuple(
        replace(section, items=_kept(section, personal_items, modules_off, short_forms))
        for section in questionnaire.sections
    )
    sections = tuple(_filled(section, values) for section in sections if section.items)
    if questionnaire.per_person_page:
        sections = tuple(_page(section, person) for person in persons for section in sections)
    around = {name: getattr(questionnaire, name).filled(values) for name in ("title", "purpose", "intro", "thanks")}
    variant = replace(
        questionnaire, sections=sections, placeholders=(), template=False, per_person_page=False, **around
    )
    dangling = _dangling(variant)
    if dangling:
        raise Unpublishable(dangling)
    return variant


def _choices_that_do_not_fit(
    questionnaire: Questionnaire, personal_items: Sequence[str], modules_off: Sequence[str], short_forms: Sequence[str]
) -> list[str]:
    sentences = []
    if len(set(personal_items)) > MOST_PERSONAL_ITEMS:
        sentences.append("At most two personal items may be asked in one poll.")
    sentences += [
        f"{name!r} is not a personal item of this questionnaire."
        for name in personal_items
        if name not in questionnaire.personal_items
    ]
    sentences += [
        f"This questionnaire has no module {name!r}." for name in modules_off if name not in questionnaire.modules
    ]
    for name in short_forms:
        item = questionnaire.item(name) if name in questionnaire else None
        if not isinstance(item, BestWorstItem) or item.short_form is None:
            sentences.append(f"{name!r} has no short form.")
    return sentences


def _unfit_placeholders(
    questionnaire: Questionnaire, values: Mapping[str, str], persons: Sequence[Person]
) -> list[str]:
    standing = sorted(set().union(*(text.placeholders for text in texts_in(questionnaire))))
    sentences = []
    for name in standing:
        filled = [person.values.get(name) or values.get(name, "") for person in persons] or [values.get(name, "")]
        if questionnaire.per_person_page and not persons:
            continue  # said once: there are no persons
        if not all(value.strip() for value in filled):
            sentences.append(f"The placeholder {name!r} is not filled in.")
    sentences += [f"This questionnaire has no placeholder {name!r}." for name in values if name not in standing]
    everything = [*values.items(), *(pair for person in persons for pair in person.values.items())]
    sentences += [
        f"The text for {name!r} has double braces of its own."
        for name, value in everything
        if PLACEHOLDER.search(value)
    ]
    return sentences


def _unfit_persons(questionnaire: Questionnaire, persons: Sequence[Person]) -> list[str]:
    if not questionnaire.per_person_page:
        return ["This questionnaire has no page per person."] if persons else []
    sentences = [] if persons else ["Name at least one person to be judged."]
    keys = [person.key for person in persons]
    sentences += [f"The key {key!r} stands for two persons." for key in sorted({k for k in keys if keys.count(k) > 1})]
    fit = all(key.isascii() and key.replace("_", "").isalnum() and key == key.lower() for key in keys)
    return sentences if fit else [*sentences, "The key of a person is made of a-z, 0-9 and underscore."]


def filled(questionnaire: Questionnaire, values: Mapping[str, str]) -> Questionnaire:
    """The questionnaire with the known placeholders of its texts filled, otherwise as it stands: to look at, not to ask."""
    sections = tuple(_filled(section, values) for section in questionnaire.sections)
    around = {name: getattr(questionnaire, name).filled(values) for name in ("title", "purpose", "intro", "thanks")}
    return replace(questionnaire, sections=sections, placeholders=(), **around)


def _kept(
    section: Section, personal_items: Sequence[str], modules_off: Sequence[str], short_forms: Sequence[str]
) -> tuple[AnyItem, ...]:
    return tuple(
        _short(item) if item.id in short_forms else item
        for item in section.items
        if item.module not in modules_off and (section.id != ABOUT_YOU or item.id in personal_items)
    )


def _short(item: AnyItem) -> AnyItem:
    """The ranking question in place of a best-worst item: same id, choices and feeds; the label spoke of both ends."""
    assert isinstance(item, BestWorstItem)
    assert item.short_form is not None
    shared = {
        one.name: getattr(item, one.name) for one in fields(RankItem) if one.name not in {"max_select", "text", "short"}
    }
    return RankItem(**shared, text=item.short_form.text, max_select=item.short_form.max_select)


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    """The same value with the placeholders of every text inside it filled."""
    if isinstance(value, Text):
        return value.filled(values)
    if isinstance(value, tuple):
        return tuple(_filled(part, values) for part in value)
    if hasattr(value, "__dataclass_fields__"):
        return replace(value, **{one.name: _filled(getattr(value, one.name), values) for one in fields(value)})
    return value


def _page(section: Section, person: Person) -> Section:
    """The section copied for one person: ids marked with the key, conditions pointed at the copies, own unit only."""
    filled: Section = _filled(section, person.values)
    of_unit = FactCondition("unit", eq=person.unit)
    condition = of_unit if section.show_if is None else both(of_unit, _pointed(section.show_if, person.key))
    items = tuple(_copy(item, person.key) for item in filled.items)
    return replace(filled, id=f"{section.id}_{person.key}", items=items, show_if=condition)


def _copy(item: AnyItem, key: str) -> AnyItem:
    changed: dict[str, Any] = {name: f"{earlier}_{key}" for name, earlier in carried_from(item).items()}
    if item.show_if is not None:
        changed["show_if"] = _pointed(item.show_if, key)
    return replace(item, id=f"{item.id}_{key}", copy_of=item.id, person=key, **changed)


def _pointed(condition: Condition, key: str) -> Condition:
    match condition:
        case ItemCondition():
            return replace(condition, item=f"{condition.item}_{key}")
        case All() | AnyOf():
            return replace(condition, conditions=tuple(_pointed(part, key) for part in condition.conditions))
    return condition


def _dangling(questionnaire: Questionnaire) -> list[str]:
    """Items whose reason to be shown was left out."""
    sentences = []
    for item in questionnaire.items:
        wanted = {part.item for part in item_conditions(questionnaire.condition(item.id))}
        wanted |= set(carried_from(item).values())
        sentences += [
            f"Item {item.id!r} depends on {name!r}, which is left out."
            for name in sorted(wanted)
            if name not in questionnaire
        ]
    return sentences
