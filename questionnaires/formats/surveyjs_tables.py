"""Elements of SurveyJS that ask several things at once, as the single elements they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from questionnaires.formats.surveyjs_words import Reading
from questionnaires.written import Tree

_COMMON = ("isRequired", "visibleIf", "description")
_CHOOSING = {"default", "dropdown", "radiogroup", "buttongroup"}


def unfolded(element: Tree, place: str, reading: Reading) -> Iterator[Tree]:
    """The element itself; a text for each box of a multiple text; a matrix for each column of choices of a wide matrix."""
    match element.get("type"):
        case "multipletext":
            yield from _boxes(element, place, reading)
        case "matrixdropdown":
            yield from _columns(element, place, reading)
        case _:
            yield element


def _boxes(element: Tree, place: str, reading: Reading) -> Iterator[Tree]:
    reading.draft.note(place, "每个填写框成为一道题。", "Each box became a question of its own.")
    for box in _trees(element.get("items")):
        own = {"type": "text", "name": _name(element, box), "title": _title(element, box)}
        yield _shared(element) | {key: box[key] for key in ("isRequired", "inputType", "maxLength") if key in box} | own


def _columns(element: Tree, place: str, reading: Reading) -> Iterator[Tree]:
    reading.draft.note(place, "每一列成为一道矩阵题。", "Each column became a matrix of its own.")
    for column in _trees(element.get("columns")):
        choices = column.get("choices") or element.get("choices")
        if str(column.get("cellType", element.get("cellType", "default"))) not in _CHOOSING or not choices:
            reading.draft.note(
                f"{place}.columns “{column.get('name')}”",
                "这一列不是单选，没有带过来。",
                "This column is no single choice and was not carried over.",
            )
            continue
        own = {"type": "matrix", "name": _name(element, column), "title": _title(element, column)}
        yield _shared(element) | own | {"columns": choices, "rows": element.get("rows")}


def _shared(element: Tree) -> Tree:
    return {key: element[key] for key in _COMMON if key in element}


def _trees(listed: Any) -> list[Tree]:
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _name(element: Tree, part: Tree) -> str:
    return f"{element.get('name') or ''}_{part.get('name') or ''}"


def _title(element: Tree, part: Tree) -> Any:
    """The words of the whole and of the part, language by language where either has several."""
    whole, own = (one.get("title") or str(one.get("name") or "") for one in (element, part))
    if not isinstance(whole, dict) and not isinstance(own, dict):
        return f"{whole} {own}"
    languages = {*(whole if isinstance(whole, dict) else ()), *(own if isinstance(own, dict) else ())}
    return {one: f"{_in(whole, one)} {_in(own, one)}" for one in sorted(languages)}


def _in(title: Any, language: str) -> str:
    return str(title.get(language, title.get("default", ""))) if isinstance(title, dict) else str(title)
