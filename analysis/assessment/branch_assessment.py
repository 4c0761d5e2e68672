"""From the workings to the contract: the assessment of one unit, written down."""

from analysis.assessment.beside import Beside
from analysis.assessment.contract import BranchAssessment, settled
from analysis.assessment.index import GROUPS
from analysis.assessment.reasons import NO_PART
from analysis.assessment.unit_band import band_of, ledger_gap_of, notes_of, total_of
from analysis.assessment.unit_dimensions import dimension_of, half_of
from analysis.assessment.unit_standing import (
    adjusted_of,
    change_of,
    class_of,
    figure_of,
    lower_of,
    places_of,
    tipping_of,
    weights_of,
    without_pressed_of,
)
from analysis.assessment.waves import not_assessed


def branch_assessment(beside: Beside, place: int) -> BranchAssessment:
    """Everything about the unit at this place; a unit too small has figures from five answers on, and no composite."""
    work = beside.work
    wave, scheme = work.wave, work.scheme
    unit, n = wave.year.units[place], wave.n[place]
    small = 0 < n < scheme.minimum("figure")
    reason = not_assessed(wave, place, scheme)
    whole = reason or (None if wave.index.complete[place] else NO_PART)
    voice = figure_of(work.voice, place, whole, work)
    lower = None if whole else lower_of(work, place)
    standing = class_of(beside, None, place, whole)
    gap = tipping_of(standing, wave.response[place], scheme.method)
    band, conditions = band_of(work, place, whole, voice, lower)
    weights = weights_of(work, place)
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
        composite=figure_of(work.figures[None], place, whole, work),
        standing=standing,
        places=places_of(work, place),
        tipping_gap=gap,
        weights=weights,
        change=change_of(work, None, place, whole),
        straight_lining=None if n < scheme.minimum("figure") else settled(work.quality.straight[place], 4),
        without_pressed=without_pressed_of(work, place, whole),
        adjusted=adjusted_of(work, place, whole),
        halves=tuple(half_of(beside, group, place, whole) for group in GROUPS),
        dimensions=tuple(dimension_of(beside, number, place) for number in range(len(work.layout.dimensions))),
        staff_voice=voice,
        staff_voice_lower80=settled(lower),
        evidence=settled(records.evidence),
        total=total_of(voice, records.evidence, work),
        official_rate=work.official[place],
        solved_difficulties=work.difficulties[place],
        ledger_gap=ledger_gap_of(work, place),
        band=band,
        conditions=conditions,
        vetoes=records.vetoes,
        flags=work.flags[place],
        notes=notes_of(work, place, gap, weights),
        cases=beside.cases(place),
        shown=beside.shown(place),
    )
