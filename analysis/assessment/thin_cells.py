"""Where a weighted figure would speak for one person: cells of the weighting with a single answer, and near unanimity.

The gate prints such figures unweighted, or in steps of five points (design/disclosure.md, derived figures).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.assessment.answers import Asked, Places, Year, asked, poll_answers
from analysis.assessment.measures import Layout, Values, layout
from analysis.assessment.poll_table import PollTable, poll_table
from analysis.assessment.scheme import Scheme
from analysis.assessment.strata import strata, unit_strata
from analysis.assessment.weighted_attack import told_by_weighting
from analysis.frame import Frame

UNANIMITY_BELOW = 20  # rule 7: from this many answers on, agreement names nobody

Figures = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ThinCells:
    """Figures by (unit, component or dimension).

    `lone`: a cell of the weighting holds exactly one answer to a measure in it, or the weighted figure beside the unweighted
    one tells what somebody in a category of one to four answered (analysis.assessment.weighted_attack). `unanimous`: it
    rests on one measure to which all, or all but one, of fewer than twenty answered alike. Figures that are only shown
    stand under their own ids.
    """

    lone: Figures = frozenset()
    unanimous: Figures = frozenset()


def thin_cells(year: Year, scheme: Scheme) -> ThinCells:
    """The thin figures of all units of a year."""
    plan = layout(scheme)
    lone: set[tuple[str, int]] = set()
    alike: set[tuple[str, int]] = set()
    for poll in plan.polls():
        told = asked(year, poll, plan, scheme.method)
        table = poll_table(told, poll_answers(year, told, plan, scheme.method, ""))
        layers = strata(table, year.units) if poll in scheme.method.all_staff else unit_strata(table)
        lone |= set(_lone(table, layers.cell))
        lone |= set(told_by_weighting(table, layers.weight, plan))
        alike |= set(_alike(year, told, plan, scheme, table))
    return ThinCells(_figures(plan, lone), _figures(plan, alike, alone=True))


def _known(table: PollTable) -> Values:
    """Answers to each measure by unit and category, shape (U, C + 1, m)."""
    return np.asarray(np.rint(table.groups[..., 1 + table.m :, 0][..., : table.m]))


def _lone(table: PollTable, cells: Places) -> Iterator[tuple[str, int]]:
    """(Unit, measure) where some cell of the weighting holds exactly one answer."""
    for unit, known, cell in zip(table.asked.units, _known(table), cells, strict=True):
        codes = np.unique(cell, return_inverse=True)[1]
        for row, place in enumerate(table.asked.places):
            if (np.bincount(codes, known[:, row]) == 1).any():
                yield unit, place


def _alike(year: Year, told: Asked, plan: Layout, scheme: Scheme, table: PollTable) -> Iterator[tuple[str, int]]:
    """(Unit, measure) of fewer than twenty answers that are all, or all but one, the same. Only small units are read."""
    counts = _known(table).sum(axis=1)
    small = {unit for unit, own in zip(told.units, counts, strict=True) if ((own > 0) & (own < UNANIMITY_BELOW)).any()}
    frames = [_of_units(frame, small) for frame in year.frames.get(told.poll, ())]
    few = Year(year.wave, year.units, {told.poll: frames})
    blocks = list(poll_answers(few, told, plan, scheme.method, ""))
    unit = np.concatenate([block.unit for block in blocks]) if blocks else np.zeros(0, np.intp)
    for row, place in enumerate(told.places):
        known = np.concatenate([block.known[row] for block in blocks]) if blocks else np.zeros(0, bool)
        values = np.concatenate([block.values[row] for block in blocks]) if blocks else np.zeros(0)
        for own in np.unique(unit):
            given = values[known & (unit == own)]
            if 0 < given.size < UNANIMITY_BELOW and _most_common(given) >= given.size - 1:
                yield told.units[own], place


def _of_units(frame: Frame, units: set[str]) -> Frame:
    kept = np.array([name in units for name in frame.units], bool)[frame.unit]
    return Frame(frame.codebook, frame.units, frame.unit[kept], frame.codes[:, kept], frame.numbers[:, kept])


def _most_common(values: Values) -> int:
    return int(np.unique(values, return_counts=True)[1].max())


def _figures(plan: Layout, found: set[tuple[str, int]], *, alone: bool = False) -> Figures:
    """The components and dimensions that hold a measure found; `alone`: only those that hold no other."""
    units: dict[int, list[str]] = {}
    for unit, measure in found:
        units.setdefault(measure, []).append(unit)
    figures = set()
    for dimension in plan.dimensions:
        every = [measure for part in dimension.parts for measure in part.measures]
        for name, measures in ((dimension.id, every), *((part.id, list(part.measures)) for part in dimension.parts)):
            if not alone or len(measures) == 1:
                figures |= {(unit, name) for measure in measures for unit in units.get(measure, ())}
    for shown in plan.shown:
        if not alone:
            figures |= {(unit, shown.id) for measure, _share in shown.terms for unit in units.get(measure, ())}
    return frozenset(figures)
