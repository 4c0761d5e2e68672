"""What can be wrong with an uploaded list. A fault names its place; the door puts it into words."""

from dataclasses import dataclass
from typing import Literal

FaultKind = Literal[
    # the file as a whole
    "empty",
    "too_large",
    "not_a_table",
    "old_excel",
    "locked",
    "broken_encoding",
    "no_headings",
    "missing_columns",
    "repeated_column",
    "no_rows",
    "too_many_rows",
    # one cell
    "blank",
    "formula",
    "unseen_character",
    "too_long",
    "bad_code",
    "repeated_code",
    "repeated_name",
    "bad_address",
    "repeated_address",
    "unknown_type",
    "unknown_category",
    "unknown_unit",
    "not_a_number",
    "not_whole",
    "out_of_range",
    # cells that do not fit together
    "counts_differ",
    "percent_differ",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `row` is the line of the sheet as the officer sees it (1 = first); `value` is what stood there."""

    kind: FaultKind
    row: int | None = None
    column: str | None = None
    value: str = ""
    expected: str = ""


class UnreadableList(Exception):  # noqa: N818 - plain nouns for errors (house rule)
    """The file cannot be read as a list at all."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault
