"""What a one-click mend changed, carried into the draft as it was written: nothing else of it is touched."""

from typing import Any

from questionnaires.library import shared
from questionnaires.questionnaire import Questionnaire
from questionnaires.written import written
from survey_app.services.drafting import Document

Tree = dict[str, Any]


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
    """A part of the draft with those properties that the mend changed or took away."""
    if before is None or after is None or before == after:
        return written_as
    changed = {key: value for key, value in after.items() if key != apart and before.get(key) != value}
    gone = {key for key in before.keys() - after.keys() if key != apart}
    return {key: value for key, value in written_as.items() if key not in gone} | changed


def _items(tree: Tree) -> dict[str, Tree]:
    return {item["id"]: item for section in tree["sections"] for item in section["items"]}
