"""A roster of members: who belongs to which unit. Used for head counts and, later, for the right to answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.services.register.cells import Cells
from survey_app.services.register.faults import Fault
from survey_app.services.register.headings import CATEGORY_WORDS, ROSTER_HEADINGS, ROSTER_REQUIRED, find_columns, plain
from survey_app.services.register.tables import read_sheets
from survey_app.services.register.units import in_order, repeated

MAXIMUM_NAME = 60


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One member as the list gives them; `category` and `email` are None where the list has none."""

    row: int
    staff_no: str
    name: str
    branch_id: str
    category: str | None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class RosterList:
    """What was read: the good rows, every fault, what the columns are called, and the headings that were not used."""

    members: tuple[RosterRow, ...]
    faults: tuple[Fault, ...]
    titles: Mapping[str, str]
    unused: tuple[str, ...]


def read_roster(data: bytes, branches: Mapping[str, str]) -> RosterList:
    """Members from an .xlsx or CSV file. `branches`: branch id by everything that may name it (code or name, folded)."""
    columns, rows = find_columns(read_sheets(data), ROSTER_HEADINGS, ROSTER_REQUIRED)
    faults: list[Fault] = [] if rows else [Fault("no_rows")]
    members: list[RosterRow] = []
    for row in rows:
        cells = Cells(columns, row)
        member = _member(cells, branches)
        faults += cells.faults
        members += [member] if member else []
    faults += repeated(columns, rows, "staff_no", "repeated_code")
    faults += repeated(columns, rows, "email", "repeated_address")
    return RosterList(tuple(members), in_order(faults), columns.titles, columns.unused)


def folded(name: str) -> str:
    """A unit's name or code as people may write it: 医学院分工会, 医学院, b15."""
    return plain(name).removesuffix("分工会").removesuffix("部门工会")


def _member(cells: Cells, branches: Mapping[str, str]) -> RosterRow | None:
    staff_no, name = cells.code("staff_no"), cells.text("name", MAXIMUM_NAME)
    written, before = cells.text("branch", MAXIMUM_NAME), len(cells.faults)
    branch = branches.get(folded(written))
    if branch is None and written and len(cells.faults) == before:
        cells.fault("unknown_unit", "branch")
    word = cells.text("category", MAXIMUM_NAME, required=False)
    category = CATEGORY_WORDS.get(plain(word))
    if word and category is None:
        cells.fault("unknown_category", "category")
    email = cells.address("email")
    if cells.faults or branch is None:
        return None
    return RosterRow(cells.row.number, staff_no, name, branch, category, email)
