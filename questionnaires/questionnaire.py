"""A questionnaire: sections of items, and what is said around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from itertools import chain
from typing import Any

from questionnaires.columns import Column, columns_of
from questionnaires.items import AnyItem
from questionnaires.skip_logic import Condition, both
from questionnaires.texts import Text

ABOUT_YOU = "about_you"

__all__ = ["ABOUT_YOU", "Column", "Measure", "Questionnaire", "Section", "Who"]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of items. `show_if` stands before each item's own condition (the closing block has one)."""

    id: str
    title: Text
    hint: Text | None = None
    items: tuple[AnyItem, ...] = ()
    show_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What items feed: a label for grouping and charts, and the family it belongs to."""

    id: str
    text: Text
    family: str


@dataclass(frozen=True, slots=True)
class Who:
    """Who is asked and how. `retired`: "reported_apart" or "excluded" where retired members are a case of their own."""

    members: tuple[str, ...]
    anonymous: bool = True
    collector: str | None = None
    retired: str | None = None
    trigger: str | None = None
    repeatable: bool = False
    min_raters: int | None = None
    officer_min_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """One questionnaire, resolved: nothing in it refers to anything outside it."""

    id: str
    title: Text
    purpose: Text
    intro: Text
    thanks: Text
    minutes: float
    cadence: str
    who: Who
    sections: tuple[Section, ...]
    measures: tuple[Measure, ...] = ()
    placeholders: tuple[str, ...] = ()
    template: bool = False
    per_person_page: bool = False
    single_page: bool = False
    paper_version: bool = False
    issues_tracking_code: bool = False
    results_visible_to: tuple[str, ...] = ()

    # Worked out once, because the doors ask for them on every page.
    items: tuple[AnyItem, ...] = field(init=False, repr=False, compare=False)
    columns: tuple[Column, ...] = field(init=False, repr=False, compare=False)
    _by_id: dict[str, AnyItem] = field(init=False, repr=False, compare=False)
    _section_of: dict[str, Section] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        items = tuple(chain.from_iterable(section.items for section in self.sections))
        set_once = object.__setattr__
        set_once(self, "items", items)
        set_once(self, "columns", tuple(chain.from_iterable(map(columns_of, items))))
        set_once(self, "_by_id", {item.id: item for item in items})
        set_once(self, "_section_of", {item.id: section for section in self.sections for item in section.items})

    def item(self, item_id: str) -> AnyItem:
        """The item of this id; KeyError if there is none."""
        return self._by_id[item_id]

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._by_id

    def section_of(self, item_id: str) -> Section:
        return self._section_of[item_id]

    def condition(self, item_id: str) -> Condition | None:
        """When the item is shown: its section's condition and its own."""
        return both(self._section_of[item_id].show_if, self._by_id[item_id].show_if)

    @property
    def personal_items(self) -> tuple[str, ...]:
        """Ids of the items about the person (the about_you block)."""
        return tuple(item.id for section in self.sections if section.id == ABOUT_YOU for item in section.items)

    @property
    def modules(self) -> tuple[str, ...]:
        """Names of the switches an officer can turn off at publishing."""
        return tuple(dict.fromkeys(item.module for item in self.items if item.module))


def texts_in(value: Any) -> Iterator[Text]:
    """Every text inside a questionnaire or a part of it, in order."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part)
    else:
        for name in _parts(value.__class__):
            yield from texts_in(getattr(value, name))


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """What a thing of the questionnaire is written with; none for a plain value."""
    return tuple(one.name for one in fields(kind) if one.init) if is_dataclass(kind) else ()
