"""Changes to one part of a questionnaire, as pure functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from questionnaires.design_checks.findings import Mend
from questionnaires.items import AnyItem
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Text


def item_changed(
    questionnaire: Questionnaire, item_id: str, change: Callable[[AnyItem], AnyItem | None]
) -> Questionnaire:
    """The questionnaire with one item changed, or left out where the change gives None."""
    sections = tuple(
        replace(
            section,
            items=tuple(
                kept for item in section.items if (kept := change(item) if item.id == item_id else item) is not None
            ),
        )
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=sections)


def setting(label: Text, item_id: str, **properties: Any) -> Mend:
    """A mend that sets properties of one item."""
    return Mend(label, lambda whole: item_changed(whole, item_id, lambda item: replace(item, **properties)))


def changing(label: Text, item_id: str, change: Callable[[AnyItem], AnyItem | None]) -> Mend:
    """A mend that changes one item by a function of it."""
    return Mend(label, lambda whole: item_changed(whole, item_id, change))


def leaving_out(label: Text, item_id: str) -> Mend:
    """A mend that takes one item out."""
    return changing(label, item_id, lambda _: None)
