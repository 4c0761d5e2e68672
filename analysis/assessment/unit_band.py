"""One unit's proposed band, its total with evidence, the look at its records, and the notes readers need."""

from dataclasses import replace

from analysis.assessment.bands import Facts, banded
from analysis.assessment.contract import Band, Condition
from analysis.assessment.figures import Figure, Weights, settled
from analysis.assessment.reasons import NO_EVIDENCE
from analysis.assessment.workings import Workings


def total_of(voice: Figure, evidence: float | None, work: Workings) -> Figure:
    """0.70 B + 0.30 E; without evidence B itself, and the reason says so. Evidence is counted, not estimated."""
    if voice.value is None or evidence is None:
        return replace(voice, reason=voice.reason or NO_EVIDENCE)
    share, rest = work.scheme.total_share("staff_voice"), work.scheme.total_share("evidence") * evidence
    low, high = (None if end is None else settled(share * end + rest) for end in (voice.low, voice.high))
    return Figure(settled(share * voice.value + rest), low, high)


def ledger_gap_of(work: Workings, place: int) -> float | None:
    """V: staff-reported solved rate minus the ledger's, points, with at least ten cases on both sides."""
    records, least = work.records.of(work.wave.year.units[place].id), work.scheme.method.ledger_cases
    solved = work.layout.solved
    if solved is None or not work.wave.index.present[place, solved] or work.cases[place] < least:
        return None
    if records.ledger_cases is None or records.ledger_solved is None or records.ledger_cases < least:
        return None
    return settled(float(work.figures[work.layout.dimensions[solved].id].value[place]) - 100 * records.ledger_solved)


def band_of(
    work: Workings, place: int, reason: str | None, voice: Figure, lower: float | None
) -> tuple[Band, tuple[Condition, ...]]:
    """The proposed band with every condition; not rated for the `reason` that there is no composite."""
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


def notes_of(work: Workings, place: int, gap: float | None, weights: Weights | None) -> tuple[str, ...]:
    """The codes of what a reader must be told (see BranchAssessment)."""
    method, response = work.scheme.method, work.wave.response[place]
    ledger = ledger_gap_of(work, place)
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
