"""The gate of the yearly assessment: from `Assessment` to the `ReleasedAssessment` that pages, charts and reports read.

Rules for derived figures (design/disclosure.md): whole points, intervals rounded outward; nothing of groups under five;
composites, adjusted and other weighted figures from ten answers on; where a staff category gave a single answer the
unweighted figure stands in its place; where nearly all of fewer than twenty answered alike steps of five, no interval.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.assessment import Assessment, BranchAssessment, Figure
from analysis.assessment.contract import CaseFigures, DimensionFigure, PartFigure
from analysis.assessment.thin_cells import ThinCells
from analysis.disclosure.assessed_bands import conditions, flags, vetoes
from analysis.disclosure.assessed_cases import cases, shown_scores
from analysis.disclosure.assessment_figures import (
    RULES,
    TOO_FEW,
    UNWEIGHTED,
    composite,
    counted,
    in_fives,
    moved,
    percent,
    rate,
    score,
    standing,
    told,
    unweighted,
    wave_change,
)
from analysis.disclosure.released import EVERYBODY
from analysis.disclosure.released_assessment import (
    AssessedPoll,
    Cases,
    ComponentScore,
    DimensionInfo,
    DimensionScore,
    PlaceRange,
    ReleasedAssessment,
    Score,
    UnitAssessment,
    UniversityAssessment,
)
from analysis.disclosure.rounding import whole
from analysis.frame import Text

NOT_ENTERED = Text("没有录入佐证材料", "No evidence was entered")
NO_FLAG = Text("质量提示没有触发", "No quality flag is open")

_RETIRED = "retired"
_GROUPS: dict[str, Any] = {"three_questions": "question", "criteria": "criterion"}
_MIDDLE_HALF = 2 * 0.6745  # of a normal distribution, in standard deviations


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the figures: the polls that went in, names of dimensions and components, thin cells of this wave
    and of the one before, figures about cases (unit, name) that the poll does not tell, and the university's staff voice then."""

    polls: tuple[AssessedPoll, ...] = ()
    names: Mapping[str, Text] = field(default_factory=dict)
    thin: ThinCells = field(default_factory=ThinCells)
    thin_before: ThinCells = field(default_factory=ThinCells)
    voice_before: Figure | None = None
    responding_before: int | None = None
    context_sha256: str | None = None
    untold: frozenset[tuple[str, str]] = frozenset()


def gated(found: Assessment, around: Surroundings) -> ReleasedAssessment:
    """Everything that may be shown of a wave's assessment: the same figures give the same bytes."""
    return ReleasedAssessment(
        wave=found.wave,
        wave_before=found.wave_before,
        version=found.version,
        polls=around.polls,
        dimensions=_dimensions(found, around.names),
        university=_university(found, around),
        units=tuple(_unit(each, around) for each in found.units),
        context_sha256=around.context_sha256,
    )


def _dimensions(found: Assessment, names: Mapping[str, Text]) -> tuple[DimensionInfo, ...]:
    """Weights inside each half: the published ones add up to 1 over questions and over criteria."""
    some = found.units[0].dimensions if found.units else ()
    half = {group: sum(each.weight for each in some if each.group == group) or 1.0 for group in _GROUPS}
    return tuple(
        DimensionInfo(each.id, _GROUPS[each.group], _name(names, each.id), round(each.weight / half[each.group], 6))
        for each in some
    )


def _name(names: Mapping[str, Text], thing: str) -> Text:
    return names.get(thing, Text(thing, thing))


def _university(found: Assessment, around: Surroundings) -> UniversityAssessment:
    everyone, groups = found.university, {each.id: each.group for unit in found.units[:1] for each in unit.dimensions}
    n_eligible, n_responding = _listed(found)
    return UniversityAssessment(
        n_eligible=n_eligible,
        n_responding=n_responding,
        voice=composite(everyone.staff_voice, n_responding),
        voice_before=composite(around.voice_before, around.responding_before) if around.voice_before else Score(),
        dimensions=tuple(
            DimensionScore(
                each.id,
                _GROUPS[groups[each.id]],
                composite(each.figure, _answers(found, each)),
                unaware_percent=_unaware(awareness),
            )
            for each, awareness in zip(everyone.dimensions, _padded(everyone.awareness, found), strict=True)
        ),
        cases=cases(_listed_cases(found), untold={name for unit, name in around.untold if unit == EVERYBODY}),
        spread=None if everyone.spread is None else whole(_MIDDLE_HALF * everyone.spread),
        shown=shown_scores(everyone.shown),
    )


def _answers(found: Assessment, part: PartFigure) -> int:
    """Answers behind a figure of all in service: those of the units that have the figure themselves."""
    serving = [unit for unit in found.units if unit.unit_type != _RETIRED]
    return part.figure.base or sum(unit.dimension(part.id).figure.base or 0 for unit in serving)


def _padded(awareness: tuple[Figure, ...], found: Assessment) -> tuple[Figure | None, ...]:
    return awareness or (None,) * len(found.university.dimensions)


def _listed(found: Assessment) -> tuple[int, int]:
    """Members and respondents in service, without units of 1 to 4 answers where those are fewer than five together:
    the total less the units shown would count them."""
    serving = [unit for unit in found.units if unit.unit_type != _RETIRED]
    shown = sum(unit.n_responding or 0 for unit in serving)
    hidden = found.university.n_responding - shown
    if not 0 < hidden < RULES.figure:
        return found.university.n_eligible, found.university.n_responding
    left_out = sum(unit.n_eligible for unit in serving if unit.n_responding is None)
    return found.university.n_eligible - left_out, shown


def _listed_cases(found: Assessment) -> CaseFigures:
    """The counts of all in service, without the units that `_listed` leaves out: the units shown would give them away."""
    everyone = found.university.cases
    if _listed(found)[1] == found.university.n_responding:
        return everyone
    out = [unit.cases for unit in found.units if unit.unit_type != _RETIRED and unit.n_responding is None]

    def less(name: str) -> int | None:
        whole: int | None = getattr(everyone, name)
        return None if whole is None else whole - sum(getattr(each, name) or 0 for each in out)

    return replace(
        everyone,
        met=less("met"),
        known=less("known"),
        acted=less("acted"),
        solved=less("solved"),
        partly=less("partly"),
        in_progress=less("in_progress"),
        unsolved=less("unsolved"),
    )


def _unit(unit: BranchAssessment, around: Surroundings) -> UnitAssessment:
    n = counted(unit.n_responding)
    kept = unit.weights.kept if unit.weights else None
    places = unit.places
    thin = {name for owner, name in around.thin.lone if owner == unit.unit}
    untold = {name for owner, name in around.untold if owner == unit.unit}
    return UnitAssessment(
        unit=unit.unit,
        name=unit.name,
        unit_type=unit.unit_type,
        n_eligible=unit.n_eligible,
        n_responding=n,
        response_percent=None if n is None else percent(unit.response_rate),
        band=unit.band,
        voice=composite(unit.staff_voice, n),
        reason=told(unit.reason),
        standing=standing(unit.standing),
        change=wave_change(unit.change),
        places=PlaceRange(places.best, places.worst, places.of, places.tiers) if places else None,
        adjusted=composite(moved(unit.adjusted, unit.composite, unit.staff_voice), n),
        without_pressed=_without_pressed(unit, n),
        evidence=Score(whole(unit.evidence)) if unit.evidence is not None else Score(reason=NOT_ENTERED),
        total=composite(unit.total, n),
        official_rate=rate(unit.official_rate),
        tipping_gap=whole(unit.tipping_gap),
        weights_kept_percent=percent(kept),
        straight_lining_percent=percent(unit.straight_lining) if n else None,
        dimensions=tuple(_dimension(unit.unit, each, around) for each in unit.dimensions),
        cases=cases(unit.cases, thin, untold) if n is not None and n >= RULES.figure else Cases(),
        shown=shown_scores(unit.shown, thin),
        conditions=conditions(unit),
        vetoes=vetoes(unit),
        flags=flags(unit),
        notes=unit.notes,
    )


def _without_pressed(unit: BranchAssessment, n: int | None) -> Score:
    """The staff voice without those who pressed one answer all through, where their share is flagged."""
    if unit.without_pressed is None:
        return Score(reason=NO_FLAG)
    pressed = round((unit.straight_lining or 0.0) * (n or 0))
    if 0 < pressed < RULES.figure:
        return Score(reason=TOO_FEW)  # with and without them: the difference would be theirs alone
    return composite(moved(unit.without_pressed, unit.composite, unit.staff_voice), (n or 0) - pressed)


def _dimension(unit: str, found: DimensionFigure, around: Surroundings) -> DimensionScore:
    lone = (unit, found.id) in around.thin.lone
    alike = (unit, found.id) in around.thin.unanimous
    moving = (
        lone
        or alike
        or any((unit, found.id) in each for each in (around.thin_before.lone, around.thin_before.unanimous))
    )
    base = found.figure.base
    plain = lone or base is None or base < RULES.weighted
    shown = _figure(found.figure, found.raw, plain=plain, alike=alike)
    return DimensionScore(
        id=found.id,
        group=_GROUPS[found.group],
        score=shown,
        standing=standing(found.standing, numbers=not plain and not alike),
        change=wave_change(found.change, numbers=not plain and not moving),
        components=tuple(_component(unit, each, around) for each in found.parts),
        unaware_percent=_unaware(found.awareness),
    )


def _figure(figure: Figure, raw: float | None, *, plain: bool, alike: bool) -> Score:
    shown = unweighted(figure, raw) if plain and raw is not None and figure.value is not None else score(figure)
    if shown.value is not None and shown.base is not None and shown.base < RULES.figure:
        shown = Score(reason=TOO_FEW)
    return in_fives(shown) if alike else shown


def _component(unit: str, part: PartFigure, around: Surroundings) -> ComponentScore:
    """A component where a category gave one answer, or of fewer than ten answers, has no plain figure to stand for it."""
    alike = (unit, part.id) in around.thin.unanimous
    if (unit, part.id) in around.thin.lone or (part.figure.base or RULES.weighted) < RULES.weighted:
        shown = Score(
            base=counted(part.figure.base),
            reason=UNWEIGHTED if part.figure.value is not None else told(part.figure.reason),
        )
    else:
        shown = _figure(part.figure, None, plain=False, alike=alike)
    return ComponentScore(part.id, _name(around.names, part.id), part.weight, part.share, shown)


def _unaware(awareness: Figure | None) -> int | None:
    if awareness is None or awareness.value is None or (awareness.base or RULES.figure) < RULES.figure:
        return None
    return 100 - (whole(awareness.value) or 0)
