"""The data of a case: columns of texts, only an empty field is missing, filters applied first."""

import csv
from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Cell = str | None


class Unusable(Exception):  # noqa: N818 - errors are plain nouns
    """Something a case asks for is not there; the message is the sentence to print."""


class Table(dict[str, list[Cell]]):
    """Columns by name, all of one length; `None`, `No` and `NA` are texts like any other."""

    def __missing__(self, name: str) -> list[Cell]:
        raise Unusable(f"the data have no column {name!r}")

    @property
    def n_rows(self) -> int:
        return len(next(iter(self.values()), []))

    def numbers(self, name: str) -> npt.NDArray[np.float64]:
        """A column as numbers, NaN where the field is empty."""
        try:
            return np.array([np.nan if cell is None else float(cell) for cell in self[name]])
        except ValueError:
            raise Unusable(f"the column {name!r} holds texts where numbers are needed") from None

    def where(self, keep: Callable[[int], bool]) -> "Table":
        """The rows (0-based) for which `keep` is true."""
        rows = [row for row in range(self.n_rows) if keep(row)]
        return Table({name: [cells[row] for row in rows] for name, cells in self.items()})

    def complete(self, names: Sequence[str]) -> "Table":
        """The rows in which none of these columns is empty."""
        return self.where(lambda row: all(self[name][row] is not None for name in names))


def read_table(path: Path) -> Table:
    """A CSV in UTF-8 with one header line."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = list(csv.reader(lines)) or [[]]
    if any(len(row) != len(header) for row in rows):
        raise Unusable(f"{path.name} has rows of unequal length")
    return Table({name: [row[place] or None for row in rows] for place, name in enumerate(header)})


def filtered(table: Table, inputs: Mapping[str, Any]) -> Table:
    """What `filter`, `rows` and `keep_groups` of a case leave, before anything else is done."""
    for name, wanted in (inputs.get("filter") or {}).items():
        table = _rows_among(table, name, wanted if isinstance(wanted, list) else [wanted])
    rows = inputs.get("rows")
    if isinstance(rows, dict):
        table = table.where(lambda row: rows["first"] <= row + 1 <= rows["last"])
    if "keep_groups" in inputs:
        table = _rows_among(table, inputs["group"], inputs["keep_groups"])
    return table


def _rows_among(table: Table, name: str, wanted: list[Any]) -> Table:
    cells = table[name]
    return table.where(lambda row: any(same(cells[row], each) for each in wanted))


def same(cell: Cell, value: object) -> bool:
    """Whether a field of the data is the value a case names: 2016 and "2016" are one."""
    if cell is None or value is None:
        return cell is value
    return cell == str(value) or in_order(cell) == in_order(value)


def in_order(value: object) -> tuple[int, float, str]:
    """Sort key: numbers first, in numeric order, then texts by code point."""
    try:
        number = float(str(value))
    except ValueError:
        return (1, 0.0, str(value))
    return (0, number, "") if isfinite(number) else (1, 0.0, str(value))
