"""Conditions, choices, scales and designs as documents write them, and the library's shared lists of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from questionnaires.best_worst_designs import Design, design_faults
from questionnaires.document_record import Record
from questionnaires.questionnaire import Measure
from questionnaires.scales import MISSING_IDS, Choice, ResponseScale
from questionnaires.skip_logic import KNOWN_FACTS, All, AnyOf, Condition, FactCondition, ItemCondition


@dataclass(slots=True)
class Shared:
    """What documents may refer to by name. Blocks stay unread until a document closes with one."""

    scales: dict[str, ResponseScale] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    option_lists: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    designs: dict[str, Design] = field(default_factory=dict)
    blocks: dict[str, Callable[[Record], Record]] = field(default_factory=dict)

    def copy(self) -> Shared:
        return Shared(
            dict(self.scales), dict(self.measures), dict(self.option_lists), dict(self.designs), dict(self.blocks)
        )


def read_shared(record: Record, shared: Shared) -> Shared:
    """The shared lists with those of this document added."""
    shared = shared.copy()
    record.whole("schema_version", 1, 1)
    record.word("library_version")
    record.words("languages")
    for name, part in record.entries("scales"):
        shared.scales[name] = read_scale(part, name)
    for name, part in record.entries("measures"):
        shared.measures[name] = Measure(name, part.needed_text(), part.word("family", required=True) or "")
        part.close()
    lists = record.record("option_lists")
    if lists is not None:
        for name in lists.keys():  # noqa: SIM118 - a Record is no dict
            shared.option_lists[name] = read_choices(lists, name)
    for name, part in record.entries("best_worst_designs"):
        shared.designs[name] = read_design(part)
    for name, block in record.entries("blocks"):
        shared.blocks[name] = _reader_of(block)
    return shared


def _reader_of(block: Record) -> Callable[[Record], Record]:
    """Blocks are read anew in each document, so that faults are noted in the document that uses them."""
    value, place, path = block.value, block.place, block.path
    return lambda user: Record(value, place, path, user.ledger)


def read_scale(record: Record, name: str) -> ResponseScale:
    """A response scale of a document; its options must carry each value from 1 to `points` once."""
    record.one_of("order", ("high_to_low",), "high_to_low")
    choices = read_choices(record, "options")
    points = record.whole("points", 2, 11, required=True) or 0
    if sorted(choice.value or 0 for choice in choices) != list(range(1, points + 1)):
        record.fault("options", f"A scale of {points} points has one option for each value from 1 to {points}.")
    na = record.record("na")
    scale = ResponseScale(name, points, choices, None if na is None else read_choice(na))
    record.close()
    return scale


def read_choices(record: Record, key: str) -> tuple[Choice, ...]:
    """The choices listed under `key`, in the order of the document."""
    return tuple(read_choice(part) for part in record.records(key))


def read_choice(record: Record) -> Choice:
    """One choice; ids that stand for no answer (na, dk, pnts) take the role "missing"."""
    choice_id = record.id()
    exclusive = record.flag("exclusive")
    role = "missing" if choice_id in MISSING_IDS else "exclusive" if exclusive else "answer"
    choice = Choice(choice_id, record.needed_text(), record.whole("value", 0, 100), role, exclusive)  # type: ignore[arg-type]
    record.close()
    return choice


def read_design(record: Record) -> Design:
    """A best-worst design: versions of screens of option positions; empty, with faults noted, if it is not balanced."""
    options = record.whole("options", 2, 60, required=True) or 0
    written = record.raw("versions")
    record.close()
    faults = design_faults(written, options)
    for sentence in faults:
        record.fault("versions", sentence)
    if faults:
        return ()
    return tuple(tuple(tuple(screen) for screen in version) for version in written)


def read_condition(record: Record) -> Condition | None:
    """A condition; None after noting what is wrong with it."""
    condition: Condition | None = None
    if "all" in record or "any" in record:
        key = "all" if "all" in record else "any"
        parts = tuple(part for one in record.records(key) if (part := read_condition(one)) is not None)
        if not parts:
            record.fault(key, "At least one condition is wanted here.")
            return None
        condition = All(parts) if key == "all" else AnyOf(parts)
    elif "ctx" in record:
        condition = _fact_condition(record)
    elif "item" in record:
        condition = _item_condition(record)
    elif record.is_mapping:
        record.fault("", "A condition begins with item, ctx, all or any.")
    record.close()
    return condition


def _item_condition(record: Record) -> ItemCondition:
    condition = ItemCondition(record.id("item"), record.words("in"), record.words("not_in"))
    if bool(condition.in_) is bool(condition.not_in):
        record.fault("", "A condition on an item has a list of options under either 'in' or 'not_in'.")
    return condition


def _fact_condition(record: Record) -> FactCondition:
    fact = record.word("ctx", required=True) or ""
    if fact not in KNOWN_FACTS:
        record.fault("ctx", f"The system knows no fact {fact!r}; it knows {', '.join(sorted(KNOWN_FACTS))}.")
    gte, lte, eq, listed = (record.raw(key) for key in ("gte", "lte", "eq", "in"))
    for key, value in (("gte", gte), ("lte", lte)):
        if value is not None and type(value) is not int:
            record.fault(key, "A whole number is wanted here.")
    values: list[Any] = listed if isinstance(listed, list) else []
    if not all(type(value) in {int, str} for value in [*values, *([] if eq is None else [eq])]):
        record.fault("", "A fact is compared with whole numbers or words.")
    if gte is None and lte is None and eq is None and not values:
        record.fault("", "A condition on a fact has gte, lte, eq or in.")
    return FactCondition(fact, gte, lte, eq, tuple(values))
