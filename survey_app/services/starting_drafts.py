"""Where a new draft begins: an empty one, a copy of a ready questionnaire, of another draft, or of a poll that was asked."""

import json
import secrets
from typing import Any

from questionnaires.documents import read_json
from questionnaires.library import IDS, load, shared
from questionnaires.questionnaire import Questionnaire
from questionnaires.written import written
from survey_app.services import drafting
from survey_app.services.designing import frozen_poll
from survey_app.services.drafting import Document, NoSuchDraft
from survey_app.services.errors import NoSuchPoll
from survey_app.store.engines import Stores

BLANK: dict[str, Any] = {
    "id": "own",
    "title_zh": "",
    "title_en": "",
    "purpose_zh": "",
    "who": {"members": ["in_service"]},
    "minutes": 3,
    "cadence": "once",
    "intro_zh": "本问卷不记名，约3分钟。",
    "intro_en": "Anonymous, about 3 minutes.",
    "thanks_zh": "谢谢您的回答。",
    "thanks_en": "Thank you for your answers.",
    "sections": [{"id": "part1", "title_zh": "", "title_en": "", "items": []}],
}


def started_draft(stores: Stores, start: str, officer_name: str) -> str:
    """A new draft from `start`: "blank", "library:<id>", "draft:<id>" or "poll:<id>"; its id. Raises NoSuchDraft."""
    return drafting.new_draft(stores, beginning(stores, start), start, officer_name)


def beginning(stores: Stores, start: str) -> Document:
    """The document that `start` names; raises NoSuchDraft."""
    kind, _, name = start.partition(":")
    if start == "blank":  # an id of its own: questionnaires of one id are compared from year to year
        return {**json.loads(json.dumps(BLANK)), "id": f"own_{secrets.token_hex(3)}"}
    if kind == "library" and name in IDS:
        return document_of(load(name))
    if kind == "draft":
        return drafting.draft(stores, name).document
    if kind == "poll":
        try:
            return document_of(frozen_poll(stores.ballot_box, name).questionnaire)
        except NoSuchPoll as missing:
            raise NoSuchDraft(start) from missing
    raise NoSuchDraft(start)


def document_of(questionnaire: Questionnaire) -> Document:
    """A questionnaire as a draft holds it."""
    return written(questionnaire, shared())


def ready_sections() -> list[Document]:
    """The library's blocks (关于您) as sections of a draft, to be put in whole."""
    found = []
    for name in shared().blocks:
        asked = {"id": "q1", "type": "info", "zh": "……"}
        document = {**BLANK, "title_zh": "……", "purpose_zh": "……", "closing_block": name,
                    "sections": [{"id": "part1", "title_zh": "……", "items": [asked]}]}  # fmt: skip
        found.append(document_of(read_json(json.dumps(_written(document)), name, shared()))["sections"][-1])
    return found


def _written(document: Document) -> Document:
    """The same without the texts that are still empty."""
    return {key: value for key, value in document.items() if value != ""}


def item_starts() -> dict[str, dict[str, Any]]:
    """What a new item of each type begins with, beside its id and its empty text."""
    empty = {"zh": "", "en": ""}
    two = [{"id": "o1", **empty}, {"id": "o2", **empty}]
    none = {"id": "none", "zh": "都没有", "en": "None of these", "exclusive": True}
    return {
        "rating": {"required": True, "scale": "satisfaction5", "na": True},
        "matrix": {
            "required": True,
            "scale": "satisfaction5",
            "na": True,
            "rows": [{"id": "r1", **empty}, {"id": "r2", **empty}],
        },
        "single": {"required": True, "options": two},
        "multi": {"required": True, "options": [*two, none]},
        "rank_top": {"required": True, "options": [*two, {"id": "o3", **empty}], "max_select": 3},
        "best_worst": {
            "options": [{"id": f"o{place}", **empty} for place in range(1, 9)],
            "design": "bw8_7x2x4",
            "best_label_zh": "最该先办",
            "best_label_en": "Do first",
            "worst_label_zh": "可放最后",
            "worst_label_en": "Can come last",
        },
        "text": {"max_length": 500},
        "number": {"minimum": 0, "maximum": 100},
        "date": {},
        "likelihood": {
            "required": True,
            "low_label_zh": "完全不会",
            "low_label_en": "Not at all likely",
            "high_label_zh": "一定会",
            "high_label_en": "Extremely likely",
        },
        "info": {},
    }
