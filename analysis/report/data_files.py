"""Data files of the released cells: Excel with one sheet a table, CSV, SPSS and Parquet."""

import csv
import tempfile
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.report.cell_row import NAMES, TEXTS, CellRow, headings, table_names

if TYPE_CHECKING:
    import polars as pl

BOM = "\ufeff"  # tells spreadsheets that the file is UTF-8
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WIDEST, LETTERS_MEASURED = 48, 200


def safe_text(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _plain(value: str | int | None) -> str | int | None:
    return safe_text(value) if isinstance(value, str) else value


def csv_file(rows: Iterable[CellRow], language: str) -> bytes:
    """All cells in one table, UTF-8 with a mark, formulas neutralised."""
    file = StringIO()
    writer = csv.writer(file)
    heads = headings(language)
    writer.writerow([heads[name] for name in NAMES])
    for row in rows:
        writer.writerow([_plain(getattr(row, name)) for name in NAMES])
    return (BOM + file.getvalue()).encode()


def excel_file(rows: Sequence[CellRow], language: str) -> bytes:
    """A sheet a table: frozen bold heads with a filter, only columns the table uses, numbers as numbers."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book, heads = Workbook(), headings(language)
    for empty in book.worksheets:
        book.remove(empty)
    for table, title in table_names(language).items():
        own = [row for row in rows if row.table == table]
        if not own:
            continue
        names = [name for name in NAMES if name != "table" and any(getattr(row, name) not in (None, "") for row in own)]
        sheet = book.create_sheet(title[:31])
        sheet.append([heads[name] for name in names])
        for row in own:
            sheet.append(
                [_plain(getattr(row, name)) or None if name in TEXTS else getattr(row, name) for name in names]
            )
        for cell in sheet[1]:
            cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
        for place, name in enumerate(names, start=1):
            sheet.column_dimensions[sheet.cell(1, place).column_letter].width = _width(heads[name], own, name)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _width(head: str, rows: Sequence[CellRow], name: str) -> float:
    """Wide enough for most of what stands in the column; a Chinese character takes two letters."""
    texts = [head, *(str(getattr(row, name) or "") for row in rows[:LETTERS_MEASURED])]
    return min(WIDEST, 2 + max(sum(2 if ord(letter) > 0x2E7F else 1 for letter in text) for text in texts))


def frame(rows: Iterable[CellRow]) -> "pl.DataFrame":
    """The cells as a data frame: texts and whole numbers, a cell that is not shown is null."""
    import polars as pl

    kinds: dict[str, Any] = {name: pl.String if name in TEXTS else pl.Int64 for name in NAMES}
    kept = list(rows)
    return pl.DataFrame({name: [getattr(row, name) for row in kept] for name in NAMES}, schema=kinds)


def parquet_file(rows: Iterable[CellRow]) -> bytes:
    """Columns by their English names."""
    out = BytesIO()
    frame(rows).write_parquet(out)
    return out.getvalue()


def spss_file(rows: Iterable[CellRow], language: str) -> bytes:
    """SPSS: variables by their English names, labelled in the reader's language; a cell that is not shown is missing."""
    import polars as pl

    cells = frame(rows).with_columns(pl.col(pl.Int64).cast(pl.Float64))
    return sav(cells, headings(language), {"table": table_names(language)})


def sav(cells: "pl.DataFrame", labels: dict[str, str], values: dict[str, dict[Any, str]]) -> bytes:
    """A data frame as .sav. pyreadstat writes to a path alone, so it goes through a temporary folder."""
    import pyreadstat

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cells.sav"
        pyreadstat.write_sav(
            cells,
            str(path),
            column_labels=[labels.get(name, name) for name in cells.columns],
            variable_value_labels=values,
            row_compress=True,
        )
        return path.read_bytes()
