"""Questionnaires from and for other programs: XLSForm, SurveyJS, LimeSurvey, and our own YAML and JSON.

Reading gives a whole questionnaire or UnreadableFile, never half of one. What cannot be carried is listed in words with
its place, on the way in and on the way out.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

import orjson

from questionnaires.documents import DocumentFaults
from questionnaires.formats.drafts import LARGEST_FILE
from questionnaires.formats.limesurvey_reading import read_limesurvey
from questionnaires.formats.limesurvey_writing import write_limesurvey
from questionnaires.formats.notes import Exported, Imported, Note, UnreadableFile, note, unreadable
from questionnaires.formats.own import read_own, write_json, write_yaml
from questionnaires.formats.surveyjs_reading import read_surveyjs
from questionnaires.formats.surveyjs_writing import write_surveyjs
from questionnaires.formats.xlsform_reading import read_xlsform
from questionnaires.formats.xlsform_writing import write_xlsform
from questionnaires.questionnaire import Questionnaire

__all__ = ["ENDINGS", "Exported", "Imported", "Note", "UnreadableFile", "read_file", "write_file"]

WRITERS: dict[str, Callable[[Questionnaire], Exported]] = {
    "yaml": write_yaml,
    "json": write_json,
    "xlsform": write_xlsform,
    "surveyjs": write_surveyjs,
    "limesurvey": write_limesurvey,
}
# By the end of a file's name; a SurveyJS document is told from ours by what is in it.
ENDINGS = {
    ".yaml": "yaml", ".yml": "yaml", ".surveyjs.json": "surveyjs", ".json": "json", ".xlsx": "xlsform", ".lss": "limesurvey",
}  # fmt: skip


def format_of(name: str) -> str:
    """The format a file's name asks for; raises UnreadableFile for any other."""
    lower = PurePath(name).name.lower()
    for ending, found in ENDINGS.items():
        if lower.endswith(ending):
            return found
    known = ", ".join(ENDINGS)
    raise unreadable(
        PurePath(name).name, f"不认识的文件类型，可用：{known}。", f"The kind of file is unknown; known are {known}."
    )


def read_file(data: bytes, name: str) -> Imported:
    """The questionnaire of a file from outside; raises UnreadableFile with every reason and its place."""
    if len(data) > LARGEST_FILE:
        raise unreadable("", "文件超过 10 MB。", "The file is larger than 10 MB.")
    found = format_of(name)
    try:
        match found:
            case "xlsform":
                return read_xlsform(data, name)
            case "limesurvey":
                return read_limesurvey(data, name)
            case "surveyjs":
                return read_surveyjs(data, name)
        return read_surveyjs(data, name) if found == "json" and _is_surveyjs(data) else read_own(data, name)
    except DocumentFaults as refusal:
        raise UnreadableFile(
            *(note(_place(one.place, one.line), f"不能读入：{one.sentence}", one.sentence) for one in refusal.faults)
        ) from None


def _place(place: str, line: int | None) -> str:
    where = place or "document"
    return where if line is None else f"{where} (line {line})"


def _is_surveyjs(data: bytes) -> bool:
    """Ours has sections or items; SurveyJS pages or elements."""
    try:
        tree = orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return (
        isinstance(tree, dict)
        and bool(tree.keys() & {"pages", "elements", "questions"})
        and not tree.keys() & {"sections", "items"}
    )


def write_file(questionnaire: Questionnaire, name: str) -> Exported:
    """The questionnaire in the format the file's name asks for."""
    return WRITERS[format_of(name)](questionnaire)
