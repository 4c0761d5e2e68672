"""Every text of a questionnaire one language at a time, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questionnaires.design_checks.findings import Part, Place
from questionnaires.items import AnyItem, BestWorstItem, LikelihoodItem, MatrixItem
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Language, Text


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in one language; `item` is None outside items."""

    place: Place
    language: Language
    words: str
    item: AnyItem | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """One text in both languages, its place without a language."""

    place: Place
    text: Text
    item: AnyItem | None = None


def placed_texts(questionnaire: Questionnaire) -> Iterator[Placed]:
    """Every text: around the questionnaire, of sections, of items, their rows and options."""
    around: tuple[Part, ...] = ("title", "purpose", "intro", "thanks")
    for part in around:
        yield Placed(Place(part=part), getattr(questionnaire, part))
    for section in questionnaire.sections:
        yield Placed(Place(section.id, part="title"), section.title)
        if section.hint:
            yield Placed(Place(section.id, part="hint"), section.hint)
        for item in section.items:
            yield from item_texts(section.id, item)


def item_texts(section: str, item: AnyItem) -> Iterator[Placed]:
    """The texts of one item, each with its place."""
    yield Placed(Place(section, item.id), item.text, item)
    parts: tuple[Part, ...] = ("help", "short")
    for part in parts:
        text = getattr(item, part)
        if text:
            yield Placed(Place(section, item.id, part), text, item)
    if isinstance(item, MatrixItem):
        for row in item.rows:
            yield Placed(Place(section, item.id, "row", row.id), row.text, item)
    for choice in item.choices:
        yield Placed(Place(section, item.id, "option", choice.id), choice.text, item)
    match item:
        case LikelihoodItem():
            ends = {"low_label": item.low_label, "high_label": item.high_label}
        case BestWorstItem():
            ends = {"best_label": item.best_label, "worst_label": item.worst_label}
            if item.short_form:
                ends["short_form"] = item.short_form.text
        case _:
            ends = {}
    for name, text in ends.items():
        yield Placed(Place(section, item.id, "scale", name), text, item)


def wordings(questionnaire: Questionnaire, *parts: Part) -> Iterator[Wording]:
    """The texts of items (of these parts only, if any are named) one language at a time."""
    for placed in placed_texts(questionnaire):
        if placed.item is None or (parts and placed.place.part not in parts):
            continue
        for language, words in spoken(placed.text):
            place = Place(placed.place.section, placed.place.item, placed.place.part, placed.place.name, language)
            yield Wording(place, language, words, placed.item)


def spoken(text: Text) -> Iterator[tuple[Language, str]]:
    """The languages a text is there in, with its words."""
    yield "zh", text.zh
    if text.en is not None:
        yield "en", text.en
