"""What of an unfinished draft can be read, so that the checks speak of finished questions while others are being written."""

from collections.abc import Callable, Mapping
from typing import Any

from questionnaires.documents import DocumentFaults
from questionnaires.questionnaire import Questionnaire
from survey_app.services.drafting import Document

ROUNDS = 4  # a question left out may have been another's reason to be asked
_STAND_INS: Mapping[str, Any] = {
    "title_zh": "……",
    "purpose_zh": "……",
    "intro_zh": "……",
    "thanks_zh": "……",
    "minutes": 3,
}


def sound_part(
    document: Document, found: DocumentFaults, read: Callable[[Document], Questionnaire]
) -> Questionnaire | None:
    """The questionnaire of the questions without faults; None if even that cannot be read."""
    for _round in range(ROUNDS):
        document = _without(document, found)
        if not document["sections"]:
            return None
        try:
            return read(document)
        except DocumentFaults as still:
            found = still
    return None


def _without(document: Document, found: DocumentFaults) -> Document:
    """The document without faulty questions and empty sections, and with something in place of a missing name."""
    paths = [fault.path for fault in found.faults]
    faulty = {path[1:4:2] for path in paths if path[:1] == ("sections",) and path[2:3] == ("items",) and len(path) > 3}
    sections = []
    for s, section in enumerate(document["sections"]):
        items = [item for i, item in enumerate(section["items"]) if (s, i) not in faulty]
        named = {str(path[2]) for path in paths if path[:2] == ("sections", s) and len(path) == 3}
        if items:
            sections.append(section | {key: _STAND_INS[key] for key in named if key in _STAND_INS} | {"items": items})
    top = {str(path[0]) for path in paths if len(path) == 1}
    return {**document, **{key: _STAND_INS[key] for key in top if key in _STAND_INS}, "sections": sections}
