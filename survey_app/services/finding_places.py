"""From the place a design check names (by ids) to the place in a draft's document (keys and indexes)."""

from collections.abc import Mapping
from typing import Any

from questionnaires.design_checks import Place

Path = tuple[str | int, ...]

_LISTS = {"row": ("rows",), "option": ("options", "extra_options")}


def is_in_item(path: Path) -> bool:
    return len(path) > 3 and path[2] == "items"


def path_of(document: Mapping[str, Any], place: Place) -> Path:
    """As near as the document can tell: a question that stands nowhere in it is said of the whole."""
    if place.item is not None:
        found = _item_at(document, place.item)
        return () if found is None else (*found[0], *_in_item(found[1], place))
    language = place.language or "zh"
    if place.section is not None:
        for at, section in enumerate(_list(document, "sections")):
            if _id(section) == place.section:
                return ("sections", at, "show_if" if place.part == "rule" else f"{place.part}_{language}")
        return ()
    return (f"{place.part}_{language}",)


def _item_at(document: Mapping[str, Any], item_id: str) -> tuple[Path, Mapping[str, Any]] | None:
    for s, section in enumerate(_list(document, "sections")):
        for i, item in enumerate(_list(section, "items")):
            if _id(item) == item_id:
                return ("sections", s, "items", i), item
    return None


def _in_item(item: Mapping[str, Any], place: Place) -> Path:
    language = place.language or "zh"
    if place.part in _LISTS:
        return _entry(item, _LISTS[place.part], place.name, language)
    if place.part == "scale" and place.name and place.name.endswith("_label"):
        return (f"{place.name}_{language}",)
    keys = {"text": language, "help": f"help_{language}", "short": f"short_{language}", "rule": "show_if"}
    return (keys.get(place.part, place.part),)


def _entry(item: Mapping[str, Any], lists: tuple[str, ...], name: str | None, language: str) -> Path:
    for key in lists:
        for at, entry in enumerate(_list(item, key)):
            if name is not None and _id(entry) == name:
                return (key, at, language)
    return (lists[0],)


def _list(value: Any, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else []


def _id(value: Any) -> Any:
    return value.get("id") if isinstance(value, Mapping) else None
