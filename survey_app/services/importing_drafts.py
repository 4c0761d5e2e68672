"""Questionnaires from files of other programs: looked at first, then taken over whole as a new draft."""

import re
from pathlib import PurePath

from questionnaires.formats import Imported, read_file
from survey_app.services import drafting
from survey_app.services.starting_drafts import document_of
from survey_app.store.engines import Stores

_LONGEST_NAME = 120


def file_name(name: str) -> str:
    """The name of an uploaded file without folders and unseen characters; its ending says what format it is."""
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", "", PurePath(name.replace("\\", "/")).name)
    return plain[-_LONGEST_NAME:]


def looked_at(data: bytes, name: str) -> Imported:
    """The questionnaire in a file, and all that cannot be carried; nothing is stored. Raises UnreadableFile."""
    return read_file(data, file_name(name))


def import_draft(stores: Stores, data: bytes, name: str, officer_name: str) -> str:
    """Take a file over as a new draft and return its id. Raises UnreadableFile and UnusableDocument, storing nothing."""
    found = looked_at(data, name)
    return drafting.new_draft(stores, document_of(found.questionnaire), f"file:{file_name(name)}", officer_name)
