"""The released cells as one table for a spreadsheet: what the pages show, cell by cell, and nothing else."""

import csv
from collections.abc import Iterator
from io import StringIO

from survey_app.web.languages import gettext as _
from survey_app.web.readings import Reading, spoken, withheld_words

BOM = "\ufeff"  # tells spreadsheets that the file is UTF-8
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Row = list[str | int | None]


def cells_csv(reading: Reading) -> str:
    """All released cells: units, criteria, items, then the university's distributions. A withheld cell says so."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(_heads())
    for row in _rows(reading):
        writer.writerow([_plain(value) for value in row])
    return BOM + file.getvalue()


def _plain(value: str | int | None) -> str | int:
    """A text that a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _heads() -> list[str]:
    return [
        _("单位编号"),
        _("单位"),
        _("种类"),
        _("编号"),
        _("内容"),
        _("选项"),
        _("应参加人数"),
        _("有效回答人数"),
        _("人数或条数"),
        _("得分"),
        _("得分下限"),
        _("得分上限"),
        _("百分比"),
        _("百分比下限"),
        _("百分比上限"),
        _("不了解的百分比"),
        _("不公布的原因"),
    ]


def _rows(reading: Reading) -> Iterator[Row]:
    yield from _participation(reading)
    yield from _criteria(reading)
    yield from _items(reading)
    yield from _distributions(reading)
    yield from _comments(reading)


def _why(reason: str | None) -> str:
    return withheld_words(reason) if reason else ""


def _name(reading: Reading, unit_id: str) -> str:
    unit = reading.unit(unit_id)
    return reading.unit_name(unit) if unit else unit_id


def _participation(reading: Reading) -> Iterator[Row]:
    for unit in reading.released.units:
        name = reading.unit_name(unit)
        yield [
            unit.id, name, _("作答"), "", "", "", unit.n_eligible, None, unit.n_responding, None, None, None,
            unit.response_percent, None, None, None, _why(unit.withheld),
        ]  # fmt: skip


def _criteria(reading: Reading) -> Iterator[Row]:
    names = {criterion.id: spoken(criterion.name) for criterion in reading.released.criteria_list}
    for each in reading.released.criterion_figures:
        yield [
            each.unit, _name(reading, each.unit), _("标准"), each.criterion, names.get(each.criterion, ""), "", None,
            each.base, None, each.score, each.low, each.high, None, None, None, each.dont_know_percent, _why(each.withheld),
        ]  # fmt: skip


def _items(reading: Reading) -> Iterator[Row]:
    items = {item.column: item for item in reading.released.items}
    for each in reading.released.item_figures:
        item = items[each.column]
        percents = (
            (each.share_percent, each.share_low, each.share_high)
            if item.option
            else (each.top_two_box_percent, each.top_two_box_low, each.top_two_box_high)
        )
        favourable = _("、").join(spoken(choice.text) for choice in item.choices if choice.id in item.top_choices)
        yield [
            each.unit, _name(reading, each.unit), _("题目"), each.column, reading.question(item),
            reading.label(item) if item.option else favourable, None, each.base, None,
            each.mean, each.mean_low, each.mean_high, *percents, each.dont_know_percent, _why(each.withheld),
        ]  # fmt: skip


def _distributions(reading: Reading) -> Iterator[Row]:
    items = {item.column: item for item in reading.released.items}
    for distribution in reading.released.distributions:
        item = items.get(distribution.column) or reading.item_called(distribution.column)
        words = reading.question(item) if item else ""
        names = {choice.id: spoken(choice.text) for choice in item.choices} if item else {}
        lead: Row = ["ALL", _name(reading, "ALL"), _("分布"), distribution.column, words]
        if distribution.withheld:
            yield [*lead, "", None, distribution.base, *[None] * 8, _why(distribution.withheld)]
        for entry in (*distribution.entries, *distribution.missing):
            yield [
                *lead, names.get(entry.choice, entry.choice), None, distribution.base, entry.n, None, None, None,
                entry.percent, None, None, None, "",
            ]  # fmt: skip


def _comments(reading: Reading) -> Iterator[Row]:
    for each in reading.released.comment_counts:
        item = reading.item_called(each.item)
        yield [
            each.unit, _name(reading, each.unit), _("意见条数"), each.item, reading.question(item) if item else "", "",
            None, None, each.n, *[None] * 7, _why(each.withheld),
        ]  # fmt: skip
