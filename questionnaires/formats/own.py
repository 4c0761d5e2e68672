"""Our own documents from and for files: YAML and JSON that refer to nothing outside themselves."""

from __future__ import annotations

import orjson
import yaml

from questionnaires.document_parts import Shared
from questionnaires.formats.notes import Exported, Imported, Note, note
from questionnaires.items import SingleItem
from questionnaires.library import read_document
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import Choice
from questionnaires.written import written


def read_own(data: bytes, name: str) -> Imported:
    """The questionnaire of a document, which may name lists of the library; raises DocumentFaults."""
    return Imported(read_document(data, name))


def write_yaml(questionnaire: Questionnaire) -> Exported:
    """The document as YAML."""
    text = yaml.safe_dump(written(questionnaire, Shared()), allow_unicode=True, sort_keys=False, width=100_000)
    return Exported(text.encode(), _unsaid(questionnaire))


def write_json(questionnaire: Questionnaire) -> Exported:
    """The document as JSON."""
    return Exported(orjson.dumps(written(questionnaire, Shared()), option=orjson.OPT_INDENT_2), _unsaid(questionnaire))


def _unsaid(questionnaire: Questionnaire) -> tuple[Note, ...]:
    """Documents are written before publishing and cannot say whose page a copied item is on."""
    return tuple(
        note(
            item.id,
            "题目属于某一位干部的页面，这一点不写入文件。",
            "The item is on one officer's page; the document does not say so.",
        )
        for item in questionnaire.items
        if item.person
    )


def own_choices(item: SingleItem, questionnaire: Questionnaire) -> tuple[Choice, ...]:
    """The choices of a carried item that were not carried from the other."""
    source = questionnaire.item(item.options_from or "")
    carried = {choice.id for choice in source.choices if choice.role == "answer"}
    return tuple(choice for choice in item.choices if choice.id not in carried)
