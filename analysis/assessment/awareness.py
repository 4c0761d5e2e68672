"""Who knows enough to judge: awareness of every dimension, in every unit (assessment.md section 1)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.assessment.answers import Year
from analysis.assessment.figures import Figure, settled
from analysis.assessment.measures import Dimension, Layout
from analysis.assessment.poll_moments import Counts
from analysis.assessment.reasons import NO_DONT_KNOW, NOBODY, NOT_ASKED, TOO_FEW_ANSWERS
from analysis.assessment.scheme import Scheme
from analysis.estimates import domain_population, dont_know_codes, valid_codes
from analysis.estimation.ratios import answer_share
from analysis.frame import Frame


@dataclass(frozen=True, slots=True, eq=False)
class Awareness:
    """By dimension, in the order of the layout: the figure of each unit, and that of all in-service staff."""

    units: tuple[tuple[Figure, ...], ...]
    university: tuple[Figure, ...]


def awareness_of(year: Year, layout: Layout, scheme: Scheme) -> Awareness:
    """Valid answers / (valid + "don't know") of all questions of a dimension that offer "don't know", 0..100.

    Of the polls that ask all staff. Plain answers, so that it can be recounted; interval over respondents (`answer_share`) with the finite population.
    A low awareness is a finding about visibility, not about quality. It misleads if read as a mark of the unit's work:
    ordinary staff cannot see everything. Blanks and questions off the path count neither way.
    """
    found = [_dimension(year, layout, each, scheme) for each in layout.dimensions]
    return Awareness(tuple(units for units, _ in found), tuple(everyone for _, everyone in found))


def _dimension(year: Year, layout: Layout, dimension: Dimension, scheme: Scheme) -> tuple[tuple[Figure, ...], Figure]:
    asked = _questions(layout, dimension, scheme.method.all_staff)
    frames = [(frame, items) for poll, items in asked.items() for frame in year.frames.get(poll, ())]
    offered = [(frame, own) for frame, items in frames if (own := _offering(frame, items))]
    nothing = Figure.missing(NO_DONT_KNOW if any(_held(*pair) for pair in frames) else NOT_ASKED)
    if not offered:
        return (nothing,) * len(year.units), nothing
    most = max(len(items) for _, items in offered) + 1
    counts = np.zeros((len(year.units), most, most), np.int64)
    responding = np.zeros(len(year.units), np.int64)
    for frame, items in offered:
        table, n = _counted(frame, items, most)
        for row, name in enumerate(frame.units):
            place = next((at for at, unit in enumerate(year.units) if unit.id == name), None)
            if place is not None:
                counts[place] += table[row]
                responding[place] += n[row]
    eligible = [unit.n_eligible * len(offered) for unit in year.units]
    serving = [at for at, unit in enumerate(year.units) if not unit.retired]
    units = tuple(
        _figure(counts[at], int(responding[at]), eligible[at], scheme)  # each poll has its own respondents
        for at in range(len(year.units))
    )
    heads = sum(eligible[at] for at in serving)
    return units, _figure(counts[serving].sum(axis=0), int(responding[serving].sum()), heads, scheme)


def _questions(layout: Layout, dimension: Dimension, polls: Sequence[str]) -> dict[str, list[str]]:
    asked: dict[str, list[str]] = {}
    measures = [layout.measures[place] for part in dimension.parts for place in part.measures]
    for measure in (each for each in measures if each.poll in polls):
        asked.setdefault(measure.poll, []).extend(measure.items)
    return asked


def _held(frame: Frame, items: Sequence[str]) -> bool:
    return any(item in frame.codebook.place for item in items)


def _offering(frame: Frame, items: Sequence[str]) -> list[str]:
    """The questions of the frame that offer "don't know"."""
    return [
        item
        for item in items
        if item in frame.codebook.place and dont_know_codes(frame.codebook.questionnaire.item(item).choices)
    ]


def _counted(frame: Frame, items: Sequence[str], most: int) -> tuple[Counts, Counts]:
    """Respondents by unit, valid answers and answers at all (units, most, most), and respondents by unit."""
    code = np.zeros(frame.n_ballots, np.int32)
    for item in items:
        choices = frame.codebook.questionnaire.item(item).choices
        worth = np.zeros(len(choices) + 2, np.int32)  # -2 and -1 reach the two zeros at the end
        worth[list(dont_know_codes(choices))] = 1
        worth[list(valid_codes(choices))] = most + 1
        code += worth.take(frame.column(item).astype(np.intp), mode="wrap")
    unit = frame.unit.astype(np.intp)
    counts = np.bincount(unit * most**2 + code, minlength=len(frame.units) * most**2)
    return counts.reshape(-1, most, most), np.bincount(unit, minlength=len(frame.units))


def _figure(counts: Counts, responding: int, eligible: int, scheme: Scheme) -> Figure:
    share, base, interval = answer_share(
        counts, population=domain_population(int(counts[:, 1:].sum()), responding, eligible)
    )
    if share is None or base < scheme.minimum("figure"):
        return Figure.missing(TOO_FEW_ANSWERS if base else NOBODY)
    low, high = (None if end is None else settled(100 * end) for end in (interval.low, interval.high))
    return Figure(settled(100 * share), low, high, base, interval.reason)
