"""Questionnaires as YAML or JSON documents, one to a document. Faults name the place and say what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from questionnaires.document_choices import Reading
from questionnaires.document_items import read_item
from questionnaires.document_parts import Shared, read_condition, read_shared
from questionnaires.document_record import Record
from questionnaires.document_tree import DocumentFaults, Fault, Ledger, json_tree, text_of, yaml_tree
from questionnaires.items import AnyItem
from questionnaires.questionnaire import Questionnaire, Section, Who, texts_in
from questionnaires.skip_logic import Condition, item_conditions
from questionnaires.texts import PLACEHOLDER, Text

__all__ = [
    "DocumentFaults",
    "Fault",
    "Shared",
    "read_json",
    "read_shared_yaml",
    "read_tree",
    "read_yaml",
    "sketched",
    "text_of",
]

MEMBERS = ("in_service", "retired", "anyone", "chosen_by_officer")

_DEPENDABLE = {"single", "multi", "rating", "likelihood"}


def read_yaml(text: str, source: str = "", shared: Shared | None = None) -> Questionnaire:
    """The questionnaire of a YAML document; raises DocumentFaults. `shared` holds what it may refer to by name."""
    ledger = Ledger(source)
    return _questionnaire(yaml_tree(text, ledger), ledger, shared or Shared())


def read_json(text: str | bytes, source: str = "", shared: Shared | None = None) -> Questionnaire:
    """The same of a JSON document."""
    ledger = Ledger(source)
    text = text_of(text, source) if isinstance(text, bytes) else text
    return _questionnaire(json_tree(text, ledger), ledger, shared or Shared())


def read_tree(tree: Any, source: str = "", shared: Shared | None = None) -> Questionnaire:
    """The same of a document already taken apart into plain values."""
    return _questionnaire(tree, Ledger(source), shared or Shared())


def sketched(tree: Any, shared: Shared | None = None) -> Questionnaire | None:
    """As much of a questionnaire as an unfinished document holds; None if it is no mapping.

    Texts that are missing are empty, items of unknown type left out, rules kept even where they look forward: for checks
    that want to say more than what keeps the document from being read.
    """
    ledger = Ledger("")
    record = Record(tree, "", (), ledger)
    return _as_far_as_read(record, read_shared(record, shared or Shared())) if record.is_mapping else None


def read_shared_yaml(text: str, source: str = "") -> Shared:
    """The scales, option lists, designs, blocks and measures that documents may refer to."""
    ledger = Ledger(source)
    record = Record(yaml_tree(text, ledger), "", (), ledger)
    shared = read_shared(record, Shared())
    record.close()
    ledger.stop_if_faulty()
    return shared


def _questionnaire(tree: Any, ledger: Ledger, shared: Shared) -> Questionnaire:
    record = Record(tree, "", (), ledger)
    ledger.stop_if_faulty()
    questionnaire = _as_far_as_read(record, read_shared(record, shared))
    ledger.stop_if_faulty()
    return questionnaire


def _as_far_as_read(record: Record, shared: Shared) -> Questionnaire:
    sections = _sections(record, shared)
    fields = {
        "id": record.id(),
        **{name: record.needed_text(name) for name in ("title", "purpose", "intro", "thanks")},
        "minutes": _minutes(record),
        "cadence": record.word("cadence", required=True) or "",
        "who": _who(record),
        "placeholders": record.words("placeholders"),
        **{name: record.flag(name) for name in _FLAGS},
        "results_visible_to": record.words("results_visible_to"),
    }
    record.close()
    used = dict.fromkeys(name for one in sections for item in one.items for name in (*item.feeds, *item.themes))
    measures = tuple(shared.measures[name] for name in used if name in shared.measures)
    questionnaire = Questionnaire(**fields, sections=sections, measures=measures)  # type: ignore[arg-type]
    _check_placeholders(questionnaire, record)
    return questionnaire


_FLAGS = ("template", "per_person_page", "single_page", "paper_version", "issues_tracking_code")


def _minutes(record: Record) -> float:
    value = record.raw("minutes")
    if type(value) not in {int, float} or not 0 < value <= 120:
        record.fault("minutes", "A number of minutes (0.5 to 120) is wanted here.")
        return 0.0
    return float(value)


def _who(record: Record) -> Who:
    who = record.record("who")
    if who is None:
        record.fault("who", "This is missing.")
        return Who(())
    members = who.words("members")
    if not members or not set(members) <= set(MEMBERS):
        who.fault("members", f"Some of {', '.join(MEMBERS)} are wanted here.")
    found = Who(
        members=members,
        anonymous=who.flag("anonymous", default=True),
        collector=who.word("collector"),
        retired=who.one_of("retired", ("reported_apart", "excluded")) if "retired" in who else None,
        trigger=who.word("trigger"),
        repeatable=who.flag("repeatable"),
        min_raters=who.whole("min_raters", 1, 1000),
        officer_min_months=who.whole("officer_min_months", 0, 120),
    )
    who.close()
    return found


def _sections(record: Record, shared: Shared) -> tuple[Section, ...]:
    """The sections: titled groups, or all items in one; then the closing block."""
    if ("sections" in record) is ("items" in record):
        record.fault("sections", "A questionnaire has either sections or items.")
    groups = list(record.records("sections"))
    closing = record.word("closing_block")
    if closing is not None and closing not in shared.blocks:
        record.fault("closing_block", f"There is no block {closing!r}.")
        closing = None
    block = None if closing is None else shared.blocks[closing](record)
    parts = [*([record] if "items" in record else groups), *([] if block is None else [block])]
    listed = [list(part.records("items", "items")) for part in parts]
    stages = {str(one.peek("id")): str(one.peek("stage") or "first") for items in listed for one in items}
    reading = Reading(shared, stages=stages)
    sections = []
    for part, items in zip(parts, listed, strict=True):
        if not items:
            part.fault("items", "At least one item is wanted here.")
        name = "questions" if part is record else closing if part is block else part.id()
        condition = None if part is record else _section_condition(part, reading)
        found = tuple(item for one in items if (item := _item(one, reading)) is not None)
        title = part.needed_text("title")
        hint = part.text("intro" if part is block else "hint", required=False) if part is not record else None
        sections.append(Section(name or "", title, hint, found, condition))
        if part is not record:
            part.close()
    _check_repeats(record, [section.id for section in sections])
    return tuple(sections)


def _section_condition(part: Record, reading: Reading) -> Condition | None:
    written = part.record("show_if")
    condition = None if written is None else read_condition(written)
    _check_condition(part, "show_if", condition, reading, "first")
    return condition


def _check_repeats(record: Record, ids: list[str]) -> None:
    for repeated in sorted({one for one in ids if one and ids.count(one) > 1}):
        record.fault("sections", f"The section {repeated!r} is given twice.")


def _item(record: Record, reading: Reading) -> AnyItem | None:
    item = read_item(record, reading)
    if item is None:
        return None
    _check_condition(record, "show_if", item.show_if, reading, item.stage)
    if item.id in reading.earlier:
        record.fault("id", f"The item id {item.id!r} is given twice.")
    elif item.id:
        reading.earlier[item.id] = item
    return item


def _check_condition(record: Record, key: str, condition: Condition | None, reading: Reading, stage: str) -> None:
    """Conditions look back, at items with choices, of the same stage, and name options those have."""
    for part in item_conditions(condition):
        source = reading.earlier.get(part.item)
        if source is None:
            record.fault(key, _no_such_item(part.item, reading))
        elif source.kind not in _DEPENDABLE:
            record.fault(key, f"Item {part.item!r} is a {source.kind} item; conditions depend on items with choices.")
        elif source.stage != stage:
            record.fault(key, f"Item {part.item!r} belongs to another stage.")
        else:
            known = [choice.id for choice in source.choices]
            for name in (*part.in_, *part.not_in):
                if name not in known:
                    record.fault(key, f"Item {part.item!r} has no option {name!r}.{_meant(name, known)}")


def _no_such_item(name: str, reading: Reading) -> str:
    if name in reading.stages:
        return f"Item {name!r} does not come before this one; a condition can only look back."
    return f"There is no item {name!r}.{_meant(name, list(reading.stages))}"


def _meant(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1)
    return f" Is {near[0]!r} meant?" if near else ""


def _check_placeholders(questionnaire: Questionnaire, record: Record) -> None:
    standing: set[str] = set()
    for text in texts_in(questionnaire):
        standing |= text.placeholders
        for one in _languages(text):
            if ("{{" in one or "}}" in one) and re.search(r"\{\{|\}\}", PLACEHOLDER.sub("", one)):
                record.fault("placeholders", f"Double braces hold a name of a-z, 0-9 and underscore: {one[:40]!r}.")
    declared = set(questionnaire.placeholders)
    if not questionnaire.per_person_page:
        for name in sorted(standing - declared):
            record.fault("placeholders", f"The placeholder {name!r} is used but not declared.")
    for name in sorted(declared - standing):
        record.fault("placeholders", f"The placeholder {name!r} is declared but not used.")


def _languages(text: Text) -> Iterator[str]:
    yield text.zh
    if text.en is not None:
        yield text.en
