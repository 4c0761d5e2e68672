"""The cells of one row, read one by one; every doubtful cell becomes a fault with its place."""

import re
import unicodedata

from survey_app.services.register.faults import Fault, FaultKind
from survey_app.services.register.headings import Columns
from survey_app.services.register.tables import FORMULA, Row

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd]")
# What mail servers in use take: no quotes, no comments, a domain with a dot.
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?\s*[人名%]?")


class Cells:
    """One row under its headings; `faults` fills while the cells are read."""

    def __init__(self, columns: Columns, row: Row) -> None:
        self.columns, self.row = columns, row
        self.faults: list[Fault] = []

    def fault(self, kind: FaultKind, column: str, expected: str = "") -> None:
        value = self.columns.cell(self.row, column)[:60] if column in self.columns.places else ""
        self.faults.append(Fault(kind, self.row.number, column, value, expected))

    def text(self, column: str, longest: int, *, required: bool = True) -> str:
        value = self.columns.cell(self.row, column)
        if value.startswith(FORMULA):
            self.fault("formula", column)
        elif _UNSEEN.search(value):
            self.fault("unseen_character", column)
        elif len(value) > longest:
            self.fault("too_long", column, str(longest))
        elif not value and required:
            self.fault("blank", column)
        return value

    def code(self, column: str) -> str:
        """A short code of Latin letters and digits: it goes into addresses and QR codes."""
        before = len(self.faults)
        value = unicodedata.normalize("NFKC", self.text(column, 400))
        if len(self.faults) == before and not _CODE.fullmatch(value):
            self.fault("bad_code", column)
        return value

    def address(self, column: str) -> str | None:
        """An e-mail address in small letters; None when the cell is blank or faulty (the fault is then noted)."""
        before = len(self.faults)
        value = unicodedata.normalize("NFKC", self.text(column, _LONGEST_ADDRESS, required=False)).casefold()
        if value and len(self.faults) == before and not _ADDRESS.fullmatch(value):
            self.fault("bad_address", column)
        return value or None

    def number(self, column: str) -> float | None:
        """The number in the cell; None when it is blank or faulty (the fault is then noted)."""
        before = len(self.faults)
        text = unicodedata.normalize("NFKC", self.text(column, 400, required=False)).replace(",", "")
        if len(self.faults) > before or not text:
            return None
        if not _NUMBER.fullmatch(text):
            self.fault("not_a_number", column)
            return None
        return float(text.rstrip("人名% "))

    def whole(self, column: str, low: int, high: int) -> int | None:
        """A whole number within bounds; a blank cell is a fault too."""
        before = len(self.faults)
        number = self.number(column)
        if number is None:
            if len(self.faults) == before:
                self.fault("blank", column)
            return None
        if number != int(number):
            self.fault("not_whole", column)
        elif not low <= number <= high:
            self.fault("out_of_range", column, f"{low}–{high}")
        else:
            return int(number)
        return None
