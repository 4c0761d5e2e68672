"""One unit's questions, criteria and halves, each with its components, class, change and awareness, from the workings."""

from analysis.assessment.beside import Beside
from analysis.assessment.contract import DimensionFigure
from analysis.assessment.figures import PartFigure, settled
from analysis.assessment.measures import Dimension, Group
from analysis.assessment.reasons import HALF_MISSING, NOBODY, NOT_ASKED, TOO_FEW_ANSWERS, TOO_FEW_CASES
from analysis.assessment.unit_standing import change_of, class_of, figure_of
from analysis.assessment.waves import not_assessed
from analysis.assessment.workings import Workings


def dimension_of(beside: Beside, number: int, place: int) -> DimensionFigure:
    """A question or criterion of the unit at `place`."""
    work = beside.work
    dimension = work.layout.dimensions[number]
    figure = work.figures[dimension.id]
    small = not_assessed(work.wave, place, work.scheme)
    reason = _missing(work, dimension, number, place)
    parts = tuple(_part(work, dimension, number, at, place) for at in range(len(dimension.parts)))
    base = int(max(work.wave.moments.base[place, list(part.measures)].sum() for part in dimension.parts))
    solved = number == work.layout.solved
    cases = int(work.cases[place]) if solved else None
    return DimensionFigure(
        id=dimension.id,
        group=dimension.group,
        weight=settled(dimension.weight, 6) or 0.0,
        figure=figure_of(figure, place, reason, work, base),
        raw=None if reason else settled(figure.raw[place]),
        parts=parts,
        standing=class_of(beside, dimension.id, place, reason or small),
        change=change_of(work, dimension.id, place, reason or small),
        cases=None if cases is not None and 0 < cases < work.scheme.minimum("cases_for_rate") else cases,
        shrunk_to_university=settled(work.solved_star[place]) if solved and not reason else None,
        lenient=beside.lenient_of(place) if solved else None,
        awareness=beside.awareness.units[number][place],
    )


def half_of(beside: Beside, group: Group, place: int, reason: str | None) -> DimensionFigure:
    """The three questions or the six criteria together, as the composite has them."""
    work = beside.work
    figure, index = work.figures[group], work.halves[group]
    reason = reason or (None if index.complete[place] else HALF_MISSING)
    weight = sum(each.weight for each in work.layout.dimensions if each.group == group)
    return DimensionFigure(
        id=group,
        group=group,
        weight=settled(weight, 6) or 0.0,
        figure=figure_of(figure, place, reason, work, None if reason else work.wave.n[place]),
        raw=None if reason else settled(figure.raw[place]),
        parts=(),
        standing=class_of(beside, group, place, reason),
        change=change_of(work, group, place, reason),
    )


def _missing(work: Workings, dimension: Dimension, number: int, place: int) -> str | None:
    if work.wave.index.present[place, number]:
        return None
    measures = [measure for part in dimension.parts for measure in part.measures]
    if not work.wave.moments.base[:, measures].any():
        return NOT_ASKED
    if number == work.layout.solved and work.cases[place] < work.scheme.minimum("cases_for_rate"):
        return TOO_FEW_CASES
    if not work.wave.moments.base[place, measures].any():
        return NOBODY
    return TOO_FEW_ANSWERS if len(measures) == 1 else HALF_MISSING


def _part(work: Workings, dimension: Dimension, number: int, at: int, place: int) -> PartFigure:
    part = dimension.parts[at]
    measures = list(part.measures)
    base = work.wave.moments.base[:, measures]
    share = settled(float(work.wave.index.inner[place, number, measures].sum()), 6) or 0.0
    figure, enough = work.parts[part.id]
    reason = None if enough[place] else (TOO_FEW_ANSWERS if base.any() else NOT_ASKED)
    return PartFigure(part.id, part.weight, share, figure_of(figure, place, reason, work, int(base[place].sum())))
