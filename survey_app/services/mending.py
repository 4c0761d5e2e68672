"""What a one-click mend changed, carried into the draft as it was written: nothing else of it is touched."""

from typing import Any

from questionnaires.library import shared
from questionnaires.questionnaire import Questionnaire
from questionnaires.written import written
from survey_app.services.drafting import Document

Tree = dict[str, Any]

MARK = "zh_before"  # beside a text: the Chinese that its English was made from

# What a mend writes out whole takes the place of what the draft took from elsewhere.
_INSTEAD = {"options": ("options_ref", "extra_options"), "rows": ("rows_ref",)}


def merged(document: Document, before: Questionnaire, after: Questionnaire) -> Document:
    """`document` with the difference between two questionnaires. `before` is what of it could be read."""
    was, now = written(before, shared()), written(after, shared())
    sections_after = {section["id"]: section for section in now["sections"]}
    sections_before = {section["id"]: section for section in was["sections"]}
    readable = _items(was)
    items = {
        item["id"]: _changed(item, readable[item["id"]], _items(now).get(item["id"]))
        for section in document["sections"]
        for item in section["items"]
        if item.get("id") in readable
    }
    sections = []
    for section in document["sections"]:
        told = (sections_before.get(section.get("id")), sections_after.get(section.get("id")))
        listed = [items[item["id"]] for item in told[1]["items"]] if told[1] else []
        for at, item in enumerate(section["items"]):
            if item.get("id") not in readable:  # not finished: it stays about where it was
                listed.insert(at, item)
        sections.append({**_changed(section, *told, apart="items"), "items": listed})
    return {**_changed(dict(document), was, now, apart="sections"), "sections": sections}


def _changed(written_as: Tree, before: Tree | None, after: Tree | None, apart: str = "") -> Tree:
    """A part of the draft with those properties that the mend changed or took away; what is `apart` may be left out."""
    if before is None or after is None or before == after:
        return written_as
    changed = {key: value for key, value in after.items() if key != apart and before.get(key) != value}
    gone = {key for key in before.keys() - after.keys() if key != apart}
    gone |= {each for key, others in _INSTEAD.items() if key in changed for each in others if each not in after}
    mended = {key: value for key, value in written_as.items() if key not in gone and key != apart} | changed
    told: Tree = _marked(mended, _written_out(written_as))
    return told


def _written_out(item: Tree) -> Tree:
    """The item with its own options all in one list, as a mend gives them back."""
    extra = item.get("extra_options")
    return item | {"options": [*item.get("options", ()), *extra]} if extra else item


def _marked(now: Any, was: Any) -> Any:
    """`now` with the marks that `was` has on English that is still the same and not yet looked at again."""
    if isinstance(now, list) and isinstance(was, list):
        named = {each["id"]: each for each in was if isinstance(each, dict) and isinstance(each.get("id"), str)}
        return [_marked(each, named.get(each.get("id"))) if isinstance(each, dict) else each for each in now]
    if not isinstance(now, dict) or not isinstance(was, dict):
        return now
    texts = {key: _marked(each, was.get(key)) for key, each in now.items() if not key.endswith(MARK)}
    marks = {key: mark for key, mark in was.items() if key.endswith(MARK) and _is_open(key, mark, texts, was)}
    return texts | marks


def _is_open(key: str, mark: Any, now: Tree, was: Tree) -> bool:
    """Whether the English beside a mark is the one it spoke of, and its Chinese still another than it was made from."""
    chinese = key.removesuffix("_before")
    english = f"{chinese[:-2]}en"
    return chinese in now and now[chinese] != mark and english in now and now[english] == was.get(english)


def _items(tree: Tree) -> dict[str, Tree]:
    return {item["id"]: item for section in tree["sections"] for item in section["items"]}
