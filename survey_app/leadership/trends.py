"""The same figures over the waves: the university's questions and criteria, and every unit with what may be compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.disclosure.released_assessment import ReleasedAssessment, Score, UnitAssessment
from survey_app.web.drawings import Drawing
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language
from survey_app.web.readings import spoken
from survey_app.web.year_drawings import YearDrawings
from survey_app.web.year_words import Verdict, brief, change_verdict
from survey_app.web.years import Year, dimension_of


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure of the university: a drawing, its numbers by wave, and what changed since the last."""

    name: str
    drawing: Drawing
    points: tuple[tuple[str, Score], ...]
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class UnitTrend:
    """`scores` by wave, None where the unit was not there; `says`: change, or why waves do not compare."""

    unit: UnitAssessment
    name: str
    scores: tuple[Score | None, ...]
    verdict: Verdict | None
    called: str


@dataclass(frozen=True, slots=True)
class Trends:
    waves: tuple[str, ...]
    whole: tuple[Trend, ...]
    groups: tuple[tuple[str, tuple[UnitTrend, ...]], ...]
    gone: tuple[str, ...]


def trends(year: Year, documents: Sequence[ReleasedAssessment]) -> Trends:
    """All waves up to this one, the oldest first; `documents` may be in any order."""
    past = sorted((each for each in documents if each.wave <= year.wave), key=lambda each: each.wave)
    return Trends(
        waves=tuple(each.wave for each in past),
        whole=tuple(_whole(year, past, each.id) for each in (*year.questions, *year.criteria)),
        groups=tuple((group.name, tuple(_unit(past, unit) for unit in group.units)) for group in year.groups),
        gone=_gone(year, past),
    )


def _whole(year: Year, past: Sequence[ReleasedAssessment], dimension_id: str) -> Trend:
    points = tuple((each.wave, dimension_of(each.university, dimension_id).score) for each in past)
    dimension = dimension_of(year.university, dimension_id)
    name = year.dimension_name(dimension_id)
    return Trend(
        name=name,
        drawing=YearDrawings(year, year.university).waves(name, list(points)),
        points=points,
        verdict=brief(
            change_verdict(dimension.change, dimension.score, year.score_before(year.university, dimension_id))
        ),
    )


def _unit(past: Sequence[ReleasedAssessment], unit: UnitAssessment) -> UnitTrend:
    found = [each.unit(unit.unit) for each in past]
    previous = found[-2] if len(found) > 1 else None
    renamed = previous is not None and spoken(previous.name) != spoken(unit.name)
    before = previous.voice if previous and unit.change.reason is None else None
    return UnitTrend(
        unit=unit,
        name=spoken(unit.name),
        scores=tuple(each.voice if each else None for each in found),
        verdict=brief(change_verdict(unit.change, unit.voice, before)),
        called=_("上一次叫“%(name)s”。", name=spoken(previous.name)) if previous and renamed else "",
    )


def _gone(year: Year, past: Sequence[ReleasedAssessment]) -> tuple[str, ...]:
    """Units of the wave before that are no longer there: merged into others, renumbered or closed."""
    if len(past) < 2 or year.document.wave != past[-1].wave:
        return ()
    here = {unit.unit for unit in year.document.units}
    return tuple(unit.name.in_language(language()) for unit in past[-2].units if unit.unit not in here)
