"""From the workings to the contract: the assessment of one unit, written down."""

from dataclasses import replace

from analysis.assessment.adjusted import adjusted_figure
from analysis.assessment.bands import Facts, banded, lower_bound
from analysis.assessment.classification import Standing, Standings, interval_of
from analysis.assessment.contract import (
    Band,
    BranchAssessment,
    Change,
    Class,
    Condition,
    DimensionFigure,
    Figure,
    PartFigure,
    Places,
    Weights,
    settled,
)
from analysis.assessment.index import GROUPS
from analysis.assessment.measures import Dimension, Group
from analysis.assessment.moments import Combined
from analysis.assessment.reasons import (
    APART,
    FLAG_OPEN,
    HALF_MISSING,
    NO_EVIDENCE,
    NO_PART,
    NOBODY,
    NOT_ASKED,
    TOO_FEW_ANSWERS,
    TOO_FEW_CASES,
    TOO_FEW_RESPONDENTS,
)
from analysis.assessment.scheme import Method
from analysis.assessment.waves import not_assessed
from analysis.assessment.workings import Key, Workings
from analysis.estimation.response import tipping_gap


def branch_assessment(work: Workings, place: int) -> BranchAssessment:
    """Everything about the unit at this place; a unit too small has figures from five answers on, and no composite."""
    wave, scheme = work.wave, work.scheme
    unit, n = wave.year.units[place], wave.n[place]
    small = 0 < n < scheme.minimum("figure")
    reason = not_assessed(wave, place, scheme)
    whole = reason or (None if wave.index.complete[place] else NO_PART)
    voice = _figure(work.voice, place, whole, work)
    lower = None if whole else _lower(work, place)
    standing = _class(work, None, place, whole)
    gap = _tipping(standing, wave.response[place], scheme.method)
    band, conditions = _band(work, place, whole, voice, lower)
    weights = _weights(work, place)
    records = work.records.of(unit.id)
    return BranchAssessment(
        unit=unit.id,
        name=unit.name,
        unit_type=unit.unit_type,
        branches=unit.branches,
        n_eligible=unit.n_eligible,
        n_responding=None if small else n,
        response_rate=None if small else settled(wave.response[place], 4),
        n_effective=None if small or n == 0 else settled(wave.counts.n_eff[place]),
        assessed=whole is None,
        reason=whole,
        raw=None if whole else settled(work.figures[None].raw[place]),
        composite=_figure(work.figures[None], place, whole, work),
        standing=standing,
        places=_places(work, place),
        tipping_gap=gap,
        weights=weights,
        change=_change(work, None, place, whole),
        straight_lining=None if n < scheme.minimum("figure") else settled(work.quality.straight[place], 4),
        without_pressed=_without_pressed(work, place, whole),
        adjusted=_adjusted(work, place, whole),
        halves=tuple(_half(work, group, place, whole) for group in GROUPS),
        dimensions=tuple(_dimension(work, number, place) for number in range(len(work.layout.dimensions))),
        staff_voice=voice,
        staff_voice_lower80=settled(lower),
        evidence=settled(records.evidence),
        total=_total(voice, records.evidence, work),
        official_rate=work.official[place],
        solved_difficulties=work.difficulties[place],
        ledger_gap=_ledger_gap(work, place),
        band=band,
        conditions=conditions,
        vetoes=records.vetoes,
        flags=work.flags[place],
        notes=_notes(work, place, gap, weights),
    )


def _figure(figure: Combined, place: int, reason: str | None, work: Workings, base: int | None = None) -> Figure:
    if reason:
        return Figure.missing(reason)
    interval = interval_of(
        float(figure.value[place]),
        float(figure.variance[place]),
        float(figure.degrees[place]),
        work.scheme.method.confidence,
    )
    return Figure.of(float(figure.value[place]), interval, base)


def _lower(work: Workings, place: int) -> float:
    voice, method = work.voice, work.scheme.method
    numbers = float(voice.value[place]), float(voice.variance[place]), float(voice.degrees[place])
    return lower_bound(*numbers, method.band_confidence)


def _class(work: Workings, key: Key, place: int, reason: str | None) -> Class:
    if reason:
        return Class(reason=reason)
    if work.wave.year.units[place].retired:
        return Class(reason=APART)
    standing = work.standings[key].units.get(place)
    if standing is None:
        return Class(reason=work.standings[key].reason or HALF_MISSING)
    found = _written(standing)
    if place not in work.pressed or found.label in (None, "not_distinguishable") or work.without is None:
        return found
    clean = work.without.standings[key].units.get(place)
    if clean is not None and clean.label == found.label:
        return found
    return replace(found, label="not_distinguishable", reason=FLAG_OPEN)


def _written(standing: Standing) -> Class:
    shrunk, classed = standing.shrunk, standing.classed
    return Class(
        shrunk=settled(shrunk.mean),
        low=settled(shrunk.interval.low),
        high=settled(shrunk.interval.high),
        reliability=settled(shrunk.reliability, 4),
        contrast=settled(classed.contrast),
        probability_above=settled(classed.probability_above, 4),
        probability_below=settled(classed.probability_below, 4),
        label=classed.label,
        as_answered=classed.label,
    )


def _places(work: Workings, place: int) -> Places | None:
    found: Standings = work.standings[None]
    standing = found.units.get(place)
    if standing is None or standing.rank is None or standing.expected_rank is None:
        return None
    expected = settled(standing.expected_rank, 2) or 0.0
    return Places(standing.rank.best, standing.rank.worst, expected, standing.tiers, len(found.units))


def _weights(work: Workings, place: int) -> Weights | None:
    found = work.stability.get(place)
    if found is None:
        return None
    depends = found.kept < work.scheme.method.stable_share
    kept = settled(found.kept) or 0.0
    return Weights(kept, found.best_rank, found.worst_rank, found.changes_without, found.geometric, depends)


def _tipping(standing: Class, response: float | None, method: Method) -> float | None:
    if standing.label not in ("above", "below") or standing.contrast is None or response is None:
        return None
    return settled(tipping_gap(standing.contrast, method.smallest_difference, response).gap)


def _change(work: Workings, key: Key, place: int, reason: str | None) -> Change:
    if reason:
        return Change(reason=reason)
    return work.changes.get((place, key)) or Change(reason=work.unmatched.get(place, TOO_FEW_RESPONDENTS))


def _without_pressed(work: Workings, place: int, reason: str | None) -> Figure | None:
    """The composite without the pressed answers, beside the figure as answered: only where the flag is open."""
    if reason or place not in work.pressed or work.without is None:
        return None
    left = not_assessed(work.without.wave, place, work.scheme)
    return _figure(work.without.figures[None], place, left, work)


def _adjusted(work: Workings, place: int, reason: str | None) -> Figure:
    reason = reason or work.adjustment.reasons[place]
    if reason:
        return Figure.missing(reason)
    figure, k = work.figures[None], work.wave.index.composite[place]
    numbers = float(figure.value[place]), float(figure.variance[place]), float(figure.degrees[place])
    return adjusted_figure(*numbers, work.adjustment.shift[place], work.adjustment.noise[place], k, work.scheme.method)


def _dimension(work: Workings, number: int, place: int) -> DimensionFigure:
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
        figure=_figure(figure, place, reason, work, base),
        raw=None if reason else settled(figure.raw[place]),
        parts=parts,
        standing=_class(work, dimension.id, place, reason or small),
        change=_change(work, dimension.id, place, reason or small),
        cases=None if cases is not None and 0 < cases < work.scheme.minimum("cases_for_rate") else cases,
        shrunk_to_university=settled(work.solved_star[place]) if solved and not reason else None,
    )


def _half(work: Workings, group: Group, place: int, reason: str | None) -> DimensionFigure:
    """The three questions or the six criteria together, as the composite has them."""
    figure, index = work.figures[group], work.wave.index.half(work.layout, group)
    reason = reason or (None if index.complete[place] else HALF_MISSING)
    weight = sum(each.weight for each in work.layout.dimensions if each.group == group)
    return DimensionFigure(
        id=group,
        group=group,
        weight=settled(weight, 6) or 0.0,
        figure=_figure(figure, place, reason, work, None if reason else work.wave.n[place]),
        raw=None if reason else settled(figure.raw[place]),
        parts=(),
        standing=_class(work, group, place, reason),
        change=_change(work, group, place, reason),
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
    return PartFigure(part.id, part.weight, share, _figure(figure, place, reason, work, int(base[place].sum())))


def _total(voice: Figure, evidence: float | None, work: Workings) -> Figure:
    """0.70 B + 0.30 E; without evidence B itself, and the reason says so. Evidence is counted, not estimated."""
    if voice.value is None or evidence is None:
        return replace(voice, reason=voice.reason or NO_EVIDENCE)
    share, rest = work.scheme.total_share("staff_voice"), work.scheme.total_share("evidence") * evidence
    low, high = (None if end is None else settled(share * end + rest) for end in (voice.low, voice.high))
    return Figure(settled(share * voice.value + rest), low, high)


def _ledger_gap(work: Workings, place: int) -> float | None:
    """V: staff-reported solved rate minus the ledger's, points, with at least ten cases on both sides."""
    records, least = work.records.of(work.wave.year.units[place].id), work.scheme.method.ledger_cases
    solved = work.layout.solved
    if solved is None or not work.wave.index.present[place, solved] or work.cases[place] < least:
        return None
    if records.ledger_cases is None or records.ledger_solved is None or records.ledger_cases < least:
        return None
    return settled(float(work.figures[work.layout.dimensions[solved].id].value[place]) - 100 * records.ledger_solved)


def _band(
    work: Workings, place: int, reason: str | None, voice: Figure, lower: float | None
) -> tuple[Band, tuple[Condition, ...]]:
    if reason:
        return "not_rated", ()
    index, layout = work.wave.index, work.layout
    criteria = [number for number, each in enumerate(layout.dimensions) if each.group == "criteria"]
    known = all(index.present[place, number] for number in criteria)
    lowest = min(float(work.figures[layout.dimensions[number].id].value[place]) for number in criteria)
    official = work.official[place]
    facts = Facts(
        official_rate=official.value,
        official_reason=official.reason,
        staff_voice=voice.value,
        staff_voice_lower80=lower,
        university_mean=work.university_mean,
        response_rate=work.wave.response[place],
        lowest_criterion=lowest if known else None,
        solved_assessable=layout.solved is not None and bool(index.present[place, layout.solved]),
        flagged=any(flag.open for flag in work.flags[place]),
        vetoed=bool(work.records.of(work.wave.year.units[place].id).vetoes),
    )
    return banded(facts, work.scheme)


def _notes(work: Workings, place: int, gap: float | None, weights: Weights | None) -> tuple[str, ...]:
    method, response = work.scheme.method, work.wave.response[place]
    ledger = _ledger_gap(work, place)
    held = {
        "apart": work.wave.year.units[place].retired,
        "indicative": response is not None and response < method.response_indicative,
        "no_head_count": response is None,
        "tipping": gap is not None and gap < method.tipping_warning,
        "weights": weights is not None and weights.depends_on_the_weights,
        "flagged": any(flag.open for flag in work.flags[place]),
        "stand_in": not work.wave.index.present[place, work.wave.index.outer > 0].all(),
        "records": ledger is not None and ledger < -method.ledger_gap,
    }
    return tuple(name for name, holds in held.items() if holds)
