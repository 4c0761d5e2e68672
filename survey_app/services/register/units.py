"""A list of units with head counts, checked row by row. Nothing is guessed: a doubtful cell becomes a fault."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from survey_app.services.register.cells import Cells
from survey_app.services.register.faults import Fault, FaultKind
from survey_app.services.register.headings import (
    CATEGORIES,
    UNIT_HEADINGS,
    UNIT_REQUIRED,
    UNIT_TYPES,
    Columns,
    find_columns,
    plain,
)
from survey_app.services.register.tables import Row, read_sheets

MAXIMUM_UNITS = 2000
MAXIMUM_MEMBERS = 1_000_000
MAXIMUM_NAME = 60
_TOTAL_WORDS = frozenset({"合计", "总计", "小计", "全校", "total", "sum"})


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One branch union as the list gives it; head counts by staff category, empty where the list has none."""

    row: int
    branch_id: str
    name_zh: str
    name_en: str | None
    unit_type: str
    members: int
    head_counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitList:
    """What was read: the good rows, every fault, what the columns are called, and the headings that were not used."""

    units: tuple[UnitRow, ...]
    faults: tuple[Fault, ...]
    titles: Mapping[str, str]
    unused: tuple[str, ...]


def read_units(data: bytes) -> UnitList:
    """Units from the bytes of an .xlsx or CSV file. Raises UnreadableList when it is no such list."""
    columns, rows = find_columns(read_sheets(data), UNIT_HEADINGS, UNIT_REQUIRED)
    rows = [row for row in rows if not _is_total(columns, row)]
    faults: list[Fault] = []
    if not rows:
        faults.append(Fault("no_rows"))
    if len(rows) > MAXIMUM_UNITS:
        faults.append(Fault("too_many_rows", expected=str(MAXIMUM_UNITS)))
        rows = rows[:MAXIMUM_UNITS]
    units: list[UnitRow] = []
    for row in rows:
        cells = Cells(columns, row)
        unit = _unit(cells)
        faults += cells.faults
        units += [unit] if unit else []
    faults += repeated(columns, rows, "branch_id", "repeated_code")
    faults += repeated(columns, rows, "name_zh", "repeated_name")
    return UnitList(tuple(units), in_order(faults), columns.titles, columns.unused)


def largest_remainder(total: int, shares: Mapping[str, float]) -> dict[str, int]:
    """Whole head counts that add up to `total`, in proportion to `shares`; ties go to the earlier category."""
    weight = sum(shares.values())
    if weight <= 0:
        return {}
    exact = {key: total * share / weight for key, share in shares.items()}
    counts = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: counts[key] - exact[key])
    for key in by_remainder[: total - sum(counts.values())]:
        counts[key] += 1
    return counts


def repeated(columns: Columns, rows: Iterable[Row], column: str, kind: FaultKind) -> list[Fault]:
    """A fault for each later row whose cell says the same as an earlier one's."""
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        value = columns.cell(row, column)
        if not value:
            continue
        key = unicodedata.normalize("NFKC", value).casefold()
        if key in first:
            faults.append(Fault(kind, row.number, column, value[:60], expected=str(first[key])))
        first.setdefault(key, row.number)
    return faults


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.row or 0))


def _is_total(columns: Columns, row: Row) -> bool:
    code, name = plain(columns.cell(row, "branch_id")), plain(columns.cell(row, "name_zh"))
    return code in _TOTAL_WORDS or (not code and name in _TOTAL_WORDS)


def _unit(cells: Cells) -> UnitRow | None:
    code, name = cells.code("branch_id"), cells.text("name_zh", MAXIMUM_NAME)
    name_en = cells.text("name_en", 2 * MAXIMUM_NAME, required=False)
    unit_type = _unit_type(cells)
    members = cells.whole("members", 1, MAXIMUM_MEMBERS)
    counts = _head_counts(cells, members)
    if cells.faults or members is None or unit_type is None:
        return None
    return UnitRow(cells.row.number, code, name, name_en or None, unit_type, members, counts)


def _unit_type(cells: Cells) -> str | None:
    before = len(cells.faults)
    found = UNIT_TYPES.get(plain(cells.text("unit_type", 400)))
    if found is None and len(cells.faults) == before:
        cells.fault("unknown_type", "unit_type")
    return found


def _head_counts(cells: Cells, members: int | None) -> dict[str, int]:
    """Head counts as given, or made from per cents by largest remainder. They must add up to the members."""
    before = len(cells.faults)
    counts = {category: cells.number(f"count_{category}") for category in CATEGORIES}
    shares = {category: cells.number(f"pct_{category}") for category in CATEGORIES}
    for category, count in counts.items():
        if count is not None and (count < 0 or count != int(count)):
            cells.fault("not_whole" if count >= 0 else "out_of_range", f"count_{category}", f"0–{MAXIMUM_MEMBERS}")
    for category, share in shares.items():
        if share is not None and not 0 <= share <= 100:
            cells.fault("out_of_range", f"pct_{category}", "0–100")
    if len(cells.faults) > before or members is None:
        return {}
    given = {category: int(count) for category, count in counts.items() if count is not None}
    if given:
        if sum(given.values()) != members:
            cells.faults.append(
                Fault("counts_differ", cells.row.number, "members", str(members), str(sum(given.values())))
            )
        return given
    parts = {category: share for category, share in shares.items() if share is not None}
    if parts and not 99 <= sum(parts.values()) <= 101:  # rounded per cents rarely add up to exactly 100
        cells.faults.append(
            Fault("percent_differ", cells.row.number, f"pct_{next(iter(parts))}", f"{sum(parts.values()):g}")
        )
        return {}
    return largest_remainder(members, parts)
