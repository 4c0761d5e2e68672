"""What stands between a draft and a poll: its faults, what the design checks say, how long it takes, what is untranslated."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.documents import DocumentFaults, read_json
from questionnaires.library import shared
from questionnaires.questionnaire import Questionnaire
from survey_app.services.drafting import Document

Path = tuple[str | int, ...]

# What every text needs in Chinese; its English stands beside it under the same stem.
_TEXT_KEYS = ("zh", "title_zh", "hint_zh", "purpose_zh", "intro_zh", "thanks_zh", "help_zh", "short_zh", "low_label_zh",
              "high_label_zh", "best_label_zh", "worst_label_zh")  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftFault:
    """Why the draft is no questionnaire yet: the place as keys and indexes, and a sentence."""

    path: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class Review:
    """`questionnaire`: what the draft is when it has no faults. `untranslated`: places of texts without English."""

    faults: tuple[DraftFault, ...]
    questionnaire: Questionnaire | None
    untranslated: tuple[Path, ...]
    n_texts: int


def reviewed(document: Document) -> Review:
    """Look a draft over. Never raises for what a draft may hold, however unfinished."""
    places = list(_texts(document, ()))
    untranslated = tuple(path for path, english in places if not english)
    try:
        questionnaire = questionnaire_of(document)
    except DocumentFaults as found:
        faults = tuple(DraftFault(fault.path, fault.sentence) for fault in found.faults)
        return Review(faults, None, untranslated, len(places))
    return Review((), questionnaire, untranslated, len(places))


def questionnaire_of(document: Document) -> Questionnaire:
    """The questionnaire that a draft's document is; raises DocumentFaults."""
    return read_json(json.dumps(_without_empty(document), ensure_ascii=False), "draft", shared())


def _without_empty(value: Any) -> Any:
    """Texts that were emptied while editing are texts that are not there."""
    if isinstance(value, Mapping):
        return {key: _without_empty(each) for key, each in value.items() if each not in ("", None)}
    if isinstance(value, list):
        return [_without_empty(each) for each in value]
    return value


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, bool]]:
    """The place of every Chinese text that is written, and whether its English is."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key in _TEXT_KEYS and isinstance(each, str) and each.strip():
                english = value.get(f"{key[:-2]}en")
                yield (*path, key), isinstance(english, str) and bool(english.strip())
            else:
                yield from _texts(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _texts(each, (*path, index))
