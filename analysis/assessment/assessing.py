"""One wave assessed: the entry of the package."""

from analysis.assessment.answers import Year
from analysis.assessment.beside import Beside, beside_of
from analysis.assessment.branch_assessment import branch_assessment
from analysis.assessment.contract import Assessment, Figure, PartFigure, UniversityFigures, settled
from analysis.assessment.measures import layout
from analysis.assessment.records import Records
from analysis.assessment.scheme import Scheme
from analysis.assessment.waves import wave_of
from analysis.assessment.workings import workings


def assessment(year: Year, before: Year | None, scheme: Scheme, records: Records | None = None) -> Assessment:
    """The assessment of one year's polls, compared with the year before if there was one.

    Inputs: frames of the year by questionnaire, its units with head counts, the scheme (fixed before the polls opened),
    and what the university union entered from records. Returns one BranchAssessment for each unit, in their order.
    Poor data never raise: what cannot be computed is None with its reason. The same input gives the same numbers.
    """
    plan = layout(scheme)
    now = wave_of(year, plan, scheme)
    earlier = None if before is None else wave_of(before, plan, scheme)
    beside = beside_of(workings(now, earlier, scheme, records or Records()))
    return Assessment(
        wave=year.wave,
        wave_before=None if before is None else before.wave,
        version=scheme.version,
        university=_university(beside),
        units=tuple(branch_assessment(beside, place) for place in range(len(year.units))),
    )


def _university(beside: Beside) -> UniversityFigures:
    work = beside.work
    found, everyone = work.standings[None], work.university
    dimensions = tuple(
        PartFigure(each.id, settled(each.weight, 6) or 0.0, settled(everyone.index.outer[place], 6) or 0.0, figure)
        for (place, each), figure in zip(enumerate(work.layout.dimensions), everyone.figures, strict=True)
    )
    composite: Figure = everyone.composite
    return UniversityFigures(
        n_eligible=everyone.n_eligible,
        n_responding=everyone.n_responding,
        staff_voice=composite,
        mean_of_units=settled(work.university_mean),
        dimensions=dimensions,
        mean=settled(found.mu),
        spread=settled(found.tau),
        straight_lining_median=settled(work.quality.median, 4),
        reason=found.reason,
        cases=beside.university_cases(),
        awareness=beside.awareness.university,
        lenient=beside.lenient_of(None),
        shown=beside.shown(None),
    )
