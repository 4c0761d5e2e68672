"""Every text of a questionnaire one language at a time, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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


class _Same:
    """A questionnaire as a key: the very one, because comparing all that is in two of them would take longer than reading."""

    __slots__ = ("questionnaire",)

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.questionnaire is other.questionnaire

    def __hash__(self) -> int:
        return id(self.questionnaire)


def placed_texts(questionnaire: Questionnaire) -> tuple[Placed, ...]:
    """Every text: around the questionnaire, of sections, of items, their rows and options."""
    return _placed_texts(_Same(questionnaire))


@lru_cache(maxsize=2)  # a dozen rules in a row ask for the same
def _placed_texts(same: _Same) -> tuple[Placed, ...]:
    return tuple(_texts_of(same.questionnaire))


def _texts_of(questionnaire: Questionnaire) -> Iterator[Placed]:
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


def wordings(questionnaire: Questionnaire, *parts: Part) -> tuple[Wording, ...]:
    """The texts of items (of these parts only, if any are named) one language at a time."""
    return _wordings(_Same(questionnaire), parts)


@lru_cache(maxsize=16)
def _wordings(same: _Same, parts: tuple[Part, ...]) -> tuple[Wording, ...]:
    if parts:
        return tuple(wording for wording in _wordings(same, ()) if wording.place.part in parts)
    return tuple(_in_each_language(_placed_texts(same)))


def _in_each_language(texts: tuple[Placed, ...]) -> Iterator[Wording]:
    for placed in texts:
        if placed.item is None:
            continue
        place = placed.place
        for language, words in spoken(placed.text):
            here = Place(place.section, place.item, place.part, place.name, language)
            yield Wording(here, language, words, placed.item)


def spoken(text: Text) -> Iterator[tuple[Language, str]]:
    """The languages a text is there in, with its words."""
    yield "zh", text.zh
    if text.en is not None:
        yield "en", text.en
