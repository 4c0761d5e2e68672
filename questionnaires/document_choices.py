"""The choices of an item as documents write them: own lists, shared lists, scales, and what earlier items carry forward."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from questionnaires.document_parts import Shared, read_choices, read_scale
from questionnaires.document_record import Record
from questionnaires.items import AnyItem
from questionnaires.scales import Choice, ResponseScale

# A mask of more options would not be safe in the browser's 32-bit arithmetic.
MOST_OPTIONS = 30


@dataclass(slots=True)
class Reading:
    """What an item may refer to: the shared lists, and the items before it."""

    shared: Shared
    earlier: dict[str, AnyItem] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)


def choices_of(record: Record, reading: Reading, *, least: int = 2) -> tuple[Choice, ...]:
    """The item's choices: its own list or a shared one, and the extra options after it."""
    choices = read_choices(record, "options")
    name = record.word("options_ref")
    if name is not None:
        if "options" in record:
            record.fault("options_ref", "An item has either options or options_ref; put additions in extra_options.")
        if name not in reading.shared.option_lists:
            record.fault("options_ref", f"There is no option list {name!r}.")
        choices = reading.shared.option_lists.get(name, ())
    return checked(record, choices + read_choices(record, "extra_options"), least)


def checked(record: Record, choices: tuple[Choice, ...], least: int = 2) -> tuple[Choice, ...]:
    """The same choices; repeated ids, fewer than `least` or too many of them are noted as faults of the record."""
    ids = [choice.id for choice in choices]
    for repeated in sorted({one for one in ids if one and ids.count(one) > 1}):
        record.fault("options", f"The option {repeated!r} is given twice.")
    if not least <= len(choices) <= MOST_OPTIONS:
        record.fault("options", f"From {least} to {MOST_OPTIONS} options are wanted here.")
    return choices


def scale_of(record: Record, reading: Reading) -> tuple[ResponseScale, tuple[Choice, ...]]:
    """The scale (shared by name, or written here) and the choices made of it."""
    written = record.raw("scale")
    if isinstance(written, dict):
        inner = record.record("scale")
        assert inner is not None
        scale = read_scale(inner, inner.id())
    else:
        name = record.word("scale", required=True)
        if name is not None and name not in reading.shared.scales:
            record.fault("scale", f"There is no scale {name!r}.")
        scale = reading.shared.scales.get(name or "", ResponseScale("", 0, ()))
    if not record.flag("na"):
        return scale, scale.choices
    if scale.na is None:
        if scale.choices:
            record.fault("na", f"The scale {scale.id!r} has no not-applicable option.")
        return scale, scale.choices
    return scale, (*scale.choices, scale.na)


def earlier_item(record: Record, key: str, name: str | None, reading: Reading, kind: type[AnyItem]) -> AnyItem | None:
    """The earlier item of that kind whose choices or rows are carried forward."""
    if name is None:
        return None
    source = reading.earlier.get(name)
    if source is None:
        later = name in reading.stages
        record.fault(
            key, f"Item {name!r} comes later; only earlier items count." if later else f"There is no item {name!r}."
        )
        return None
    if not isinstance(source, kind) or source.stage != record.one_of("stage", ("first", "follow_up"), "first"):
        record.fault(key, f"Item {name!r} is not a {kind.kind} item of the same stage.")
        return None
    return source
