"""What stands beside the scores of every unit: rates and counts of cases, awareness, checks of the classes, areas."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from analysis.assessment.awareness import Awareness, awareness_of
from analysis.assessment.case_figures import CaseFigures, ShownFigure
from analysis.assessment.cases import CaseCounts, case_counts, case_figures
from analysis.assessment.class_checks import class_checks, level_table, ranked_measure
from analysis.assessment.figures import ClassCheck, Figure
from analysis.assessment.index import inner_weights
from analysis.assessment.measures import Known, Layout
from analysis.assessment.moments import Combined
from analysis.assessment.reasons import HALF_MISSING, NOBODY, NOT_ASKED, TOO_FEW_ANSWERS, TOO_FEW_CASES
from analysis.assessment.university import bounded_interval
from analysis.assessment.waves import in_service
from analysis.assessment.workings import Key, Workings

Terms = tuple[tuple[int, float], ...]  # places of measures, and what each is multiplied with
KNOWN = ("union_first", "i_told", "relayed")  # the answers that mean the union knows of the difficulty
RATES = ("union_first", "unknown_rate", "first_reply", "service_first")  # shown figures that CaseFigures holds


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """`lenient`: S of all units without what is in progress, and where there is one; `checks`: by unit and figure;
    `sums`: figures made of the same terms in every unit, of all units, kept once worked out."""

    work: Workings
    awareness: Awareness
    counts: CaseCounts
    lenient: tuple[Combined, Known]
    checks: Mapping[tuple[int, Key], ClassCheck]
    sums: dict[Terms, Combined] = field(default_factory=dict)

    def cases(self, place: int) -> CaseFigures:
        """Counts and rates of the cases of one unit."""
        return case_figures(self.counts, [place], self._rates(place), KNOWN)

    def university_cases(self) -> CaseFigures:
        """The same of all in-service staff."""
        serving = np.flatnonzero(in_service(self.work.wave)).tolist()
        return case_figures(self.counts, serving, self._rates(None), KNOWN)

    def shown(self, place: int | None) -> tuple[ShownFigure, ...]:
        """The figures of every area of one unit, of all in-service staff for None; none of questionnaires not held."""
        measures, held = self.work.layout.measures, self.work.wave.year.frames
        return tuple(
            ShownFigure(each.id, each.group, self._figure(each.terms, place, each.lowest), each.name)
            for each in self.work.layout.shown
            if each.group != "cases" and held.get(measures[each.terms[0][0]].poll)
        )

    def lenient_of(self, place: int | None) -> Figure:
        """S without what is in progress."""
        work = self.work
        question = work.layout.lenient
        if question is None:
            return Figure.missing(NOT_ASKED)
        places = [each for part in question.parts for each in part.measures]
        if place is None:
            layout = Layout(work.layout.measures, (question,))
            inner, present = inner_weights(layout, work.university.base[None, :], work.scheme.minimum("figure"))
            return work.university.figure(inner[0, 0]) if present[0, 0] else Figure.missing(HALF_MISSING)
        figure, there = self.lenient
        if there[place]:
            base = int(max(work.wave.moments.base[place, list(part.measures)].sum() for part in question.parts))
            return _of_unit(work, figure, place, base)
        base = int(work.wave.moments.base[place, places].max())
        return Figure.missing(TOO_FEW_CASES if base < work.scheme.minimum("cases_for_rate") else HALF_MISSING)

    def _rates(self, place: int | None) -> dict[str, Figure]:
        terms = {each.id: each.terms for each in self.work.layout.shown if each.id in RATES} | _case_terms(self.work)
        return {name: self._figure(own, place) for name, own in terms.items()}

    def _figure(self, terms: Terms, place: int | None, lowest: float = 0.0) -> Figure:
        work = self.work
        measures = [measure for measure, _ in terms]
        everybody = work.wave.moments.base
        own = work.university.base if place is None else everybody[place]
        base = min(int(own[measure]) for measure in measures)
        if base < work.scheme.minimum("figure"):
            return Figure.missing(_reason(base, bool(everybody[:, measures].any())))
        coefficients = np.zeros(len(work.layout.measures))
        coefficients[measures] = [factor for _, factor in terms]
        if place is None:
            return work.university.figure(coefficients, base, lowest)
        if terms not in self.sums:
            self.sums[terms] = work.wave.moments.combined(np.tile(coefficients, (len(everybody), 1)), work.wave.heads)
        return _of_unit(work, self.sums[terms], place, base, lowest)


def beside_of(work: Workings) -> Beside:
    """Everything that is shown beside the scores, of all units at once."""
    return Beside(
        work,
        awareness_of(work.wave.year, work.layout, work.scheme),
        case_counts(work.wave.year),
        _lenient(work),
        _checks(work),
    )


def _lenient(work: Workings) -> tuple[Combined, Known]:
    moments, question = work.wave.moments, work.layout.lenient
    inner, present = np.zeros((len(moments.base), 1, len(work.layout.measures))), np.zeros((len(moments.base), 1), bool)
    if question is not None:
        layout = Layout(work.layout.measures, (question,))
        inner, present = inner_weights(layout, moments.base, work.scheme.minimum("figure"))
    return moments.combined(inner[:, 0], work.wave.heads), present[:, 0]


def _checks(work: Workings) -> dict[tuple[int, Key], ClassCheck]:
    found: dict[tuple[int, Key], ClassCheck] = {}
    dimensions = {each.id: each for each in work.layout.dimensions}
    for key, standing in work.standings.items():
        measure = ranked_measure(work.layout, dimensions[key]) if key in dimensions else None
        table = None if measure is None else level_table(work.wave.year, measure)
        name = None if measure is None else measure.id
        places = list(standing.units)
        own = class_checks(work.figures[key], work.wave.heads, places, table, name, work.scheme.method)
        found |= {(place, key): check for place, check in own.items()}
    return found


def _of_unit(work: Workings, figure: Combined, place: int, base: int, lowest: float = 0.0) -> Figure:
    value, variance, degrees = (float(each[place]) for each in (figure.value, figure.variance, figure.degrees))
    return Figure.of(value, bounded_interval(value, variance, degrees, work.scheme.method.confidence, lowest), base)


def _case_terms(work: Workings) -> dict[str, Terms]:
    """The rates of the one poll that asks all staff of their cases: those of S1 and P3, and S1 without what is in progress."""
    layout = work.layout
    parts = {part.id: part for each in layout.dimensions for part in each.parts}
    found = {"acted_rate": parts.get("P3")}
    if layout.solved is not None and layout.lenient is not None:
        pairs = zip(layout.dimensions[layout.solved].parts, layout.lenient.parts, strict=True)
        asking = (pair for pair in pairs if layout.measures[pair[0].measures[0]].poll in work.scheme.method.all_staff)
        found["solved_rate"], found["lenient_rate"] = next(asking, (None, None))
    return {name: ((part.measures[0], 1.0),) for name, part in found.items() if part is not None}


def _reason(base: int, asked: bool) -> str:
    if not asked:
        return NOT_ASKED
    return TOO_FEW_ANSWERS if base else NOBODY
