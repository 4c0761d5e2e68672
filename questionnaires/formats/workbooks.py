"""Excel workbooks from outside, opened with care: no macros, no formulas, no entities, no bombs."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from re import Pattern
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from questionnaires.formats.drafts import LARGEST_FILE
from questionnaires.formats.notes import UnreadableFile, note, unreadable

_MOST_PARTS, _LARGEST_UNPACKED = 300, 60_000_000
_MOST_ROWS, _LAST_ROW, _MOST_COLUMNS, _LONGEST_CELL = 5_000, 1_048_576, 200, 20_000
# What stands for a formula or an error in a column nobody reads here, so that the column is told.
_NOT_READ = "="
# Calc writes the two truth values as formulas; no other formula is taken for its value.
_TRUTH = {"=TRUE()": "true", "=FALSE()": "false"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: its cells by column name (lower case), blank ones left out."""

    sheet: str
    number: int
    cells: dict[str, str]

    @property
    def place(self) -> str:
        return f"{self.sheet}, row {self.number}"

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def sheets(data: bytes, wanted: Mapping[str, Pattern[str]]) -> tuple[dict[str, list[Row]], list[str]]:
    """The wanted sheets by lower-case name, and the titles of the others, which are not looked into.

    `wanted` says which columns of a sheet are read; formulas are refused in these and passed over in others.
    Raises UnreadableFile naming the sheet, row or column that is not acceptable.
    """
    _check_container(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of extensions that hold no words
        try:
            workbook = load_workbook(BytesIO(data), read_only=True, keep_links=False)
            with closing(workbook):
                named = [(sheet.title.strip().lower(), sheet) for sheet in workbook.worksheets]
                others = [sheet.title for name, sheet in named if name not in wanted]
                return {name: _rows(sheet, wanted[name]) for name, sheet in named if name in wanted}, others
        except UnreadableFile:
            raise
        except Exception as error:  # openpyxl raises whatever its parts raise on broken files
            raise unreadable(
                "", "工作簿损坏或不是 Excel 文件。", "The workbook is damaged or no Excel file."
            ) from error


def _check_container(data: bytes) -> None:
    """Before anything is unpacked: size, kind, number and declared size of parts, and no document types in them."""
    if len(data) > LARGEST_FILE:
        raise unreadable("", "文件超过 10 MB。", "The file is larger than 10 MB.")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise unreadable(
            "",
            "这是旧版 .xls 或加密的文件，请另存为 .xlsx。",
            "This is an old .xls or an encrypted file; save it as .xlsx.",
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                raise unreadable("", "文件解压后太大。", "The file is too large when unpacked.")
            for part in parts:
                if part.filename.lower().endswith("vbaproject.bin"):
                    raise unreadable(
                        part.filename,
                        "文件带有宏，请另存为不含宏的 .xlsx。",
                        "The file holds macros; save it without them as .xlsx.",
                    )
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(part.filename, archive.read(part))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise unreadable("", "这不是完整的 .xlsx 文件。", "This is not a whole .xlsx file.") from error


def _check_part(name: str, content: bytes) -> None:
    """Office writes UTF-8 and never a document type; other encodings could hide one."""
    if b"\x00" in content[:200] or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise unreadable(
            name,
            "文件里有不允许的 XML 声明（实体）。",
            "The file holds XML declarations (entities) that are not allowed.",
        )


def _rows(sheet: Any, read: Pattern[str]) -> list[Row]:
    header: list[str] | None = None
    rows: list[Row] = []
    # What a sheet says of its own size is not believed; blank rows and columns beyond the written ones are common.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number <= _LAST_ROW and not any(cell.value is not None for cell in cells):
            continue
        if len(rows) >= _MOST_ROWS or number > _LAST_ROW:
            raise unreadable(
                f"{sheet.title}, row {number}",
                f"工作表超过 {_MOST_ROWS} 行。",
                f"The sheet has more than {_MOST_ROWS} rows.",
            )
        if any(cell.value is not None for cell in cells[_MOST_COLUMNS:]):
            raise unreadable(
                f"{sheet.title}, row {number}",
                f"工作表超过 {_MOST_COLUMNS} 列。",
                f"The sheet has more than {_MOST_COLUMNS} columns.",
            )
        unread = {at for at, name in enumerate(header or (), start=1) if not read.fullmatch(name)}
        words = [
            _NOT_READ
            if column in unread and cell.data_type in {"f", "e"}
            else _words(sheet.title, number, column, cell)
            for column, cell in enumerate(cells[:_MOST_COLUMNS], start=1)
        ]
        if not any(words):
            continue
        if header is None:
            header = [word.strip().lower() for word in words]
            _check_header(sheet.title, number, header)
            continue
        rows.append(
            Row(sheet.title, number, {name: word for name, word in zip(header, words, strict=False) if name and word})
        )
    return rows


def _check_header(sheet: str, number: int, header: list[str]) -> None:
    named = [name for name in header if name]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise unreadable(f"{sheet}, row {number}", f"列“{twice}”出现两次。", f"The column “{twice}” stands twice.")


def _words(sheet: str, row: int, column: int, cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    place = f"{sheet}, row {row}, column {get_column_letter(column)}"
    if cell.data_type == "f" and value in _TRUTH:
        return _TRUTH[value]
    if cell.data_type == "f":
        raise unreadable(place, "单元格里是公式，请改成文字。", "The cell holds a formula; write its value instead.")
    if cell.data_type == "e":
        raise unreadable(place, "单元格里是错误值。", "The cell holds an error value.")
    words = (
        str(value).lower()
        if isinstance(value, bool)
        else str(int(value))
        if isinstance(value, float) and value == int(value)
        else str(value)
    )
    if len(words) > _LONGEST_CELL:
        raise UnreadableFile(note(place, "单元格里的文字太长。", "The words in the cell are too long."))
    return words
