"""The rows of a release as places of its units, so that what is computed beside it sums up the very same people."""

from collections.abc import Sequence

from analysis.disclosure.released import EVERYBODY, POOL, Released
from analysis.disclosure.suppression import RETIRED, Row


def rows_of(released: Released, units: Sequence[str], responding: Sequence[int]) -> tuple[Row, ...]:
    """Everybody first, then every row that the release shows, in its order.

    Inputs: the released document; the units of the poll in the order of its tally, and how many answered in each.
    """
    place = {unit: at for at, unit in enumerate(units)}
    own = [unit for unit in released.units if unit.id in place]
    members = {unit.id: [place[unit.id]] for unit in own}
    members[POOL] = [place[unit.id] for unit in own if unit.pooled_into == POOL]
    members[EVERYBODY] = [
        place[unit.id] for unit in own if unit.unit_type != RETIRED and "left_out_of_total" not in unit.notes
    ]
    return tuple(
        Row(unit.id, tuple(members[unit.id]), sum(responding[at] for at in members[unit.id]), unit.n_eligible)
        for unit in released.units
        if unit.shown and members.get(unit.id)
    )


def may_show(released: Released, row: str, column: str) -> bool:
    """Whether the release tells the exact figure of this row and column: as a figure, or (the options of an item with one
    answer each) as an entry of its own in the row's distribution."""
    if column not in released:
        return False
    figure = released.item_figure(row, column)
    if figure.withheld is None:
        return not figure.coarse
    item = released.item(column)
    told = released.row_distribution(row, item.item)
    if item.kind != "single" or told is None or told.withheld is not None:
        return False
    return any(entry.choices == (item.option,) for entry in told.entries)
