"""Items as documents write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from questionnaires.document_choices import Reading, checked, choices_of, earlier_item, scale_of
from questionnaires.document_parts import read_choices, read_condition
from questionnaires.document_record import Record
from questionnaires.items import (
    FIRST_DAY,
    LAST_DAY,
    AnyItem,
    BestWorstItem,
    DateItem,
    InfoItem,
    LikelihoodItem,
    MatrixItem,
    MultiItem,
    NumberItem,
    RankItem,
    RatingItem,
    Row,
    ShortForm,
    SingleItem,
    TextItem,
)
from questionnaires.scales import RATHER_NOT_SAY, Choice
from questionnaires.texts import Text


def read_item(record: Record, reading: Reading) -> AnyItem | None:
    """The item, or None after noting that its type is unknown."""
    kind = record.raw("type")
    reader = READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        record.fault("type", f"One of {', '.join(READERS)} is wanted here. Found: {str(kind)[:40]!r}.")
        return None
    common = _common(record, reading)
    item = reader(record, reading, common)
    record.close()
    return _with_way_out(record, item)


def _common(record: Record, reading: Reading) -> dict[str, Any]:
    condition = record.record("show_if")
    common: dict[str, Any] = {
        "id": record.id(),
        "text": record.needed_text(),
        "help": record.text("help", required=False),
        "short": record.text("short", required=False),
        **{name: record.flag(name) for name in ("required", "stable", "sensitive", "randomize")},
        "show_if": None if condition is None else read_condition(condition),
        "feeds": record.words("feeds"),
        "themes": record.words("themes"),
        "module": record.word("module"),
        "stage": record.one_of("stage", ("first", "follow_up"), "first"),
        "prefill": record.word("prefill"),
    }
    is_text = record.raw("type") == "text"
    for key in ("feeds", "themes"):
        for name in common[key]:
            if name not in reading.shared.measures:
                record.fault(key, f"There is no measure {name!r}.")
        if common[key] and (key == "themes") is not is_text:
            record.fault(key, "Text items have themes, all other items feed measures.")
    return common


def _with_way_out(record: Record, item: AnyItem) -> AnyItem:
    """A required item always has a way to say nothing: its own, or 不愿说明 added as its last choice."""
    if not item.required or isinstance(item, TextItem):
        return item
    if not item.choices or isinstance(item, BestWorstItem):
        record.fault("required", f"A {item.kind} item cannot be required: it has no place for 'rather not say'.")
        return item
    if any(choice.role == "missing" for choice in item.choices):
        return item
    way_out = replace(RATHER_NOT_SAY, exclusive=isinstance(item, MultiItem | RankItem))
    return replace(item, choices=(*item.choices, way_out))


def _rating(record: Record, reading: Reading, common: dict[str, Any]) -> AnyItem:
    scale, choices = scale_of(record, reading)
    display = record.one_of("display", ("rows", "faces"), "rows")
    return RatingItem(**common, scale=scale, choices=choices, display=display)  # type: ignore[arg-type]


def _matrix(record: Record, reading: Reading, common: dict[str, Any]) -> AnyItem:
    scale, choices = scale_of(record, reading)
    rows_from, rows_ref, skip = (record.word(key) for key in ("rows_from", "rows_ref", "skip_rows_marked_na_in"))
    own = tuple(_row(part) for part in record.records("rows"))
    if sum(1 for one in (rows_from, rows_ref, own or None) if one is not None) != 1:
        record.fault("rows", "A matrix has one of rows, rows_ref and rows_from.")
    if rows_ref is not None and rows_ref not in reading.shared.option_lists:
        record.fault("rows_ref", f"There is no option list {rows_ref!r}.")
    listed = reading.shared.option_lists.get(rows_ref or "", ())
    source = earlier_item(record, "rows_from", rows_from, reading, MultiItem)
    if source is not None:
        listed = tuple(choice for choice in source.choices if choice.role == "answer")
    if earlier_item(record, "skip_rows_marked_na_in", skip, reading, MatrixItem) is None:
        skip = None
    rows = own or tuple(Row(choice.id, choice.text) for choice in listed)
    if len({row.id for row in rows}) < len(rows):
        record.fault("rows", "A row is given twice.")
    return MatrixItem(
        **common,
        scale=scale,
        choices=choices,
        rows=rows,
        rows_from=rows_from if source else None,
        skip_rows_marked_na_in=skip,
    )


def _row(record: Record) -> Row:
    row = Row(record.id(), record.needed_text())
    record.close()
    return row


def _single(record: Record, reading: Reading, common: dict[str, Any]) -> AnyItem:
    options_from = record.word("options_from")
    automatic = record.flag("auto_answer_if_single")
    if options_from is None:
        choices = choices_of(record, reading)
        return SingleItem(**common, choices=choices, auto_answer_if_single=automatic)
    source = earlier_item(record, "options_from", options_from, reading, MultiItem)
    carried = () if source is None else tuple(choice for choice in source.choices if choice.role == "answer")
    if "options" in record or "options_ref" in record:
        record.fault("options_from", "Own options beside carried ones stand in extra_options.")
    choices = checked(record, carried + read_choices(record, "extra_options"), least=0)
    return SingleItem(
        **common,
        choices=choices,
        options_from=options_from if source else None,
        auto_answer_if_single=automatic,
    )


def _multi(record: Record, reading: Reading, common: dict[str, Any]) -> AnyItem:
    # Who would rather not say has said nothing else.
    choices = tuple(
        replace(choice, exclusive=True) if choice.role == "missing" else choice
        for choice in choices_of(record, reading)
    )
    most = record.whole("max_select", 1, max(len(choices), 1))
    return MultiItem(**common, choices=choices, max_select=most)


def _rank(record: Record, reading: Reading, common: dict[str, Any]) -> AnyItem:
    choices = choices_of(record, reading)
    most = record.whole("max_select", 1, max(len(choices), 1), required=True) or 1
    return RankItem(**common, choices=choices, max_select=most)


def _best_worst(record: Record, reading: Reading, common: dict[str, Any]) -> AnyItem:
    choices = choices_of(record, reading, least=4)
    name = record.word("design", required=True)
    design = reading.shared.designs.get(name or "", ())
    if name is not None and name not in reading.shared.designs:
        record.fault("design", f"There is no design {name!r}.")
    elif design and {one for version in design for screen in version for one in screen} != set(range(len(choices))):
        record.fault("design", f"The design {name!r} is not made for {len(choices)} options.")
    form = record.record("short_form")
    return BestWorstItem(
        **common,
        choices=choices,
        design=design or (((0, 1),),),
        best_label=record.needed_text("best_label"),
        worst_label=record.needed_text("worst_label"),
        short_form=None if form is None else _short_form(form, len(choices)),
    )


def _short_form(record: Record, options: int) -> ShortForm:
    record.one_of("type", ("rank_top",))
    form = ShortForm(record.needed_text(), record.whole("max_select", 1, max(options, 1), required=True) or 1)
    record.close()
    return form


def _text(record: Record, reading: Reading, common: dict[str, Any]) -> AnyItem:  # noqa: ARG001
    return TextItem(**common, max_length=record.whole("max_length", 1, 2000, required=True) or 1)


def _number(record: Record, reading: Reading, common: dict[str, Any]) -> AnyItem:  # noqa: ARG001
    low = record.whole("minimum", 0, 10**9) or 0
    high = record.whole("maximum", low, 10**9)
    return NumberItem(**common, minimum=low, maximum=10**6 if high is None else high)


def _date(record: Record, reading: Reading, common: dict[str, Any]) -> AnyItem:  # noqa: ARG001
    low = _day(record, "earliest", FIRST_DAY)
    high = _day(record, "latest", LAST_DAY)
    if low > high:
        record.fault("latest", "The latest day is before the earliest.")
    return DateItem(**common, earliest=low, latest=high)


def _day(record: Record, key: str, default: date) -> date:
    written = record.word(key)
    if written is None:
        return default
    try:
        day = date.fromisoformat(written)
    except ValueError:
        record.fault(key, "A day is written as 2026-12-31.")
        return default
    if not FIRST_DAY <= day <= LAST_DAY:
        record.fault(key, "A day from 1970 to 2199 is wanted here.")
    return day


def _likelihood(record: Record, reading: Reading, common: dict[str, Any]) -> AnyItem:  # noqa: ARG001
    choices = tuple(Choice(str(value), Text(str(value), str(value)), value) for value in range(11))
    low, high = record.needed_text("low_label"), record.needed_text("high_label")
    return LikelihoodItem(**common, choices=choices, low_label=low, high_label=high)


def _info(record: Record, reading: Reading, common: dict[str, Any]) -> AnyItem:  # noqa: ARG001
    return InfoItem(**common)


READERS: dict[str, Callable[[Record, Reading, dict[str, Any]], AnyItem]] = {
    "rating": _rating,
    "matrix": _matrix,
    "single": _single,
    "multi": _multi,
    "rank_top": _rank,
    "best_worst": _best_worst,
    "text": _text,
    "number": _number,
    "date": _date,
    "likelihood": _likelihood,
    "info": _info,
}
