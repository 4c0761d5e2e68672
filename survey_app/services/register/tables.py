"""One sheet of an uploaded file as rows of text, whatever wrote it: Excel, WPS or a CSV export.

A hostile file ends in an `UnreadableList`, never in a crash: sizes are looked at before anything is unpacked.
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from survey_app.services.register.faults import Fault, UnreadableList

MAXIMUM_BYTES = 5 * 1024 * 1024
MAXIMUM_UNPACKED_BYTES = 24 * 1024 * 1024
MAXIMUM_ROWS = 30_000
MAXIMUM_COLUMNS = 100
MAXIMUM_CELL = 500
FORMULA = "="
_ZIP_MAGIC = b"PK\x03\x04"
_OLD_OFFICE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number in the sheet (1 = first) and its cells as trimmed text; a formula keeps its `=`."""

    number: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        return not any(self.cells)


Sheet = list[Row]


def read_sheets(data: bytes) -> list[Sheet]:
    """Every sheet of the file with its non-blank rows. Raises UnreadableList."""
    if not data.strip():
        raise UnreadableList(Fault("empty"))
    if len(data) > MAXIMUM_BYTES:
        raise UnreadableList(Fault("too_large"))
    if data.startswith(_OLD_OFFICE_MAGIC):
        # Excel wraps a workbook with a password in the same container as its old format.
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise UnreadableList(Fault("locked" if encrypted else "old_excel"))
    if data.startswith(_ZIP_MAGIC):
        return _workbook_sheets(data)
    return [_numbered(_csv_rows(_decoded(data)))]


def _numbered(rows: Iterable[Iterable[str]]) -> Sheet:
    sheet: Sheet = []
    for number, cells in enumerate(rows, start=1):
        if number > MAXIMUM_ROWS:
            raise UnreadableList(Fault("too_many_rows", expected=str(MAXIMUM_ROWS)))
        row = Row(number, tuple(cell.strip()[: MAXIMUM_CELL + 1] for cell in list(cells)[:MAXIMUM_COLUMNS]))
        if not row.blank:
            sheet.append(row)
    return sheet


def _decoded(data: bytes) -> str:
    # Excel's "Unicode text" is UTF-16 with a mark; Chinese Windows writes GB18030 without one.
    encodings = ["utf-16"] if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise UnreadableList(Fault("not_a_table"))
        return text
    raise UnreadableList(Fault("broken_encoding"))


def _csv_rows(text: str) -> Iterator[list[str]]:
    first_line = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",\t;，", key=first_line.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:  # a field of more than 128 kB, a stray carriage return
        raise UnreadableList(Fault("not_a_table")) from error


def _workbook_sheets(data: bytes) -> list[Sheet]:
    _refuse_bombs(data)
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            return [
                _numbered(
                    [_text(value) for value in cells]
                    for cells in sheet.iter_rows(max_row=MAXIMUM_ROWS + 1, max_col=MAXIMUM_COLUMNS, values_only=True)
                )
                for sheet in workbook.worksheets[:20]
            ]
        finally:
            workbook.close()
    except UnreadableList:
        raise
    except Exception as error:
        # openpyxl answers broken workbooks with a dozen kinds of exception (KeyError, ParseError, BadZipFile ...).
        raise UnreadableList(Fault("not_a_table")) from error


def _refuse_bombs(data: bytes) -> None:
    # zipfile never unpacks more than the size a member declares, so the declared sizes bound the work.
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableList(Fault("not_a_table")) from error
    if len(members) > 1000 or sum(member.file_size for member in members) > MAXIMUM_UNPACKED_BYTES:
        raise UnreadableList(Fault("too_large"))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str | int | float):
        return str(value)
    return FORMULA  # array formulas and data tables arrive as objects of their own
