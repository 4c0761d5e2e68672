"""Bands (合格, 先进, 模范): every condition with what was wanted and what was found. The committee decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.assessment.choice_counts import choice_counts, counted
from analysis.assessment.contract import Band, Condition, Figure, settled
from analysis.assessment.reasons import NO_PART, NOT_ASKED, TOO_FEW_ANSWERS
from analysis.assessment.scheme import Scheme
from analysis.estimation.intervals import Interval, wilson_interval
from analysis.frame import Frame

ORDER: tuple[Band, ...] = ("model", "advanced", "qualified")  # from the highest


@dataclass(frozen=True, slots=True)
class Facts:
    """What a unit brings to the conditions. Rates in 0..1, scores in 0..100; `official_reason` where the rate is unknown."""

    official_rate: float | None
    official_reason: str | None
    staff_voice: float | None
    staff_voice_lower80: float | None
    university_mean: float | None
    response_rate: float | None
    lowest_criterion: float | None
    solved_assessable: bool
    flagged: bool
    vetoed: bool


def banded(facts: Facts, scheme: Scheme) -> tuple[Band, tuple[Condition, ...]]:
    """The highest band all of whose conditions hold, and every condition of every band.

    A condition whose question the questionnaire left out holds nobody back; one that cannot be computed for another
    reason is not met. It misleads if a band is read as a measurement: 69 and 71 are alike. Reference: assessment.md 5.
    """
    conditions = {
        name: _conditions(name, scheme.scoring.bands[name], facts) for name in ORDER if name in scheme.scoring.bands
    }
    reached = [name for name, own in conditions.items() if all(each.met is not False for each in own)]
    every = tuple(each for own in conditions.values() for each in own)
    return (reached[0] if reached else "below_qualified"), every


def _conditions(band: str, rule: Mapping[str, object], facts: Facts) -> tuple[Condition, ...]:
    found: list[Condition] = []
    if "official_rate" in rule:
        found.append(
            _least(band, "official_rate", _number(rule["official_rate"]), facts.official_rate, facts.official_reason)
        )
    if "staff_voice" in rule:
        found.append(_least(band, "staff_voice", _number(rule["staff_voice"]), facts.staff_voice))
    if "staff_voice_lower80" in rule:
        written = rule["staff_voice_lower80"]
        wanted = facts.university_mean if written == "university_mean" else _number(written)
        found.append(_least(band, "staff_voice_lower80", wanted, facts.staff_voice_lower80))
    if "response_rate" in rule:
        found.append(_least(band, "response_rate", _number(rule["response_rate"]), facts.response_rate))
    if "each_criterion" in rule:
        found.append(_least(band, "each_criterion", _number(rule["each_criterion"]), facts.lowest_criterion))
    if rule.get("no_open_flag"):
        found.append(_yes(band, "solved_assessable", facts.solved_assessable))
        found.append(_yes(band, "no_open_flag", not facts.flagged))
    found.append(_yes(band, "no_veto", not facts.vetoed))
    return tuple(found)


def _number(written: object) -> float:
    if not isinstance(written, int | float):
        raise TypeError(f"A band's condition is written as {written!r}: a number is wanted.")
    return float(written)


def _least(band: str, name: str, wanted: float | None, found: float | None, reason: str | None = None) -> Condition:
    if found is None or wanted is None:
        met = None if reason == NOT_ASKED else False
        return Condition(band, name, settled(wanted), settled(found), met, reason or NO_PART)
    return Condition(band, name, settled(wanted), settled(found), bool(found >= wanted))


def _yes(band: str, name: str, holds: bool) -> Condition:
    return Condition(band, name, None, None, holds)


def official_rates(
    frames: tuple[Frame, ...], places: Mapping[str, int], members: tuple[int, ...], scheme: Scheme
) -> list[Figure]:
    """The official rate of every unit, 0..1: those satisfied or basically satisfied of all who gave a grade.

    Plain counts, as the return to the upper union wants them; Wilson interval with the unit's head count. It does not tell
    units apart (assessment.md section 1).
    """
    rule = scheme.scoring.official_rate
    poll, _, item = rule.item.partition(".")
    own = [frame for frame in frames if frame.codebook.questionnaire.id == poll and item in frame.codebook.place]
    if not own:
        return [Figure.missing(NOT_ASKED)] * len(members)
    counts = choice_counts(own, item, places)
    satisfied, graded = (counted(counts, chosen, len(members)) for chosen in (rule.satisfied, rule.of))
    pairs = zip(satisfied, graded, members, strict=True)
    return [_rate(int(good), int(of), heads, scheme.minimum("figure")) for good, of, heads in pairs]


def _rate(satisfied: int, graded: int, members: int, minimum: int) -> Figure:
    if graded < minimum:
        return Figure.missing(TOO_FEW_ANSWERS)
    interval = wilson_interval(satisfied, graded, population=members if members >= graded else None)
    rate = satisfied / graded
    return Figure(settled(rate, 4), settled(interval.low, 4), settled(interval.high, 4), graded, interval.reason)


def lower_bound(value: float, variance: float, degrees: float, confidence: float) -> float:
    """The lower end of the two-sided interval of this confidence (80 %: exceeded with 90 %)."""
    from analysis.assessment.classification import interval_of

    interval: Interval = interval_of(value, variance, degrees, confidence)
    return interval.low or 0.0
