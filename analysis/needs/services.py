"""Services beside needs: who is reached, are users satisfied, and does what is needed meet a service that is good?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.disclosure.raw_figures import code_counts
from analysis.disclosure.suppression import Row
from analysis.estimates import Estimate, domain_population, item_worth, score_estimate
from analysis.estimation.intervals import Interval
from analysis.frame import MatrixItem, MultiItem, RankItem, Text
from analysis.needs.prevalence import NOT_ASKED, NOT_SHOWN, Allowed, Need, chosen, fed_item, row_share
from analysis.tallies import Tally

Verdict = Literal["act_now", "keep", "review_cost", "watch", "no_service", "not_distinguishable"]

# Which services of the library answer which of its needs. What is not listed has no service of the union.
LIBRARY_MATCH: Mapping[str, tuple[str, ...]] = {
    "child_schooling": ("child_schooling_help",),
    "serious_illness": ("medical_mutual_aid", "warmth_visit"),
    "hardship": ("hardship_aid", "warmth_visit"),
    "mental_wellbeing": ("wellbeing_support",),
    "health_fitness": ("wellbeing_support", "culture_sport"),
    "fair_treatment": ("rights_help",),
    "social_culture": ("culture_sport",),
    "training_growth": ("learning_programme", "teaching_contest", "skills_practice"),
}


@dataclass(frozen=True, slots=True)
class Service:
    """One service of one row, 0..100 with intervals: share who used it, score among users, share who want it strengthened."""

    id: str
    text: Text
    reach: Estimate
    satisfaction: Estimate
    strengthen: Estimate


@dataclass(frozen=True, slots=True)
class Match:
    """A need and a service that answers it (None where there is none), with the two figures the verdict rests on."""

    need: str
    service: str | None
    wanted: Estimate
    satisfaction: Estimate
    verdict: Verdict
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class NeedServiceMatch:
    """The table, and the two lines that divide it: the mean share wanted and the mean satisfaction; None if unknown."""

    rows: tuple[Match, ...]
    wanted_line: float | None
    satisfaction_line: float | None
    reason: str | None = None


def services_of(tally: Tally, row: Row, *, allowed: Allowed = lambda _: True) -> tuple[Service, ...]:
    """The services of one row, in the order of the questionnaire; empty if it asks for none.

    Inputs as needs.needs_of. Formula: reach as a share of all who answered, satisfaction the mean item score of users
    only, strengthen the share that put it among the first of the ranking. Items are found by what they feed
    (service_reach, service_satisfaction, service_priority).
    It misleads when satisfaction is read without reach: the few users of a service nobody knows are often content.
    """
    reach = fed_item(tally.book, "service_reach", MultiItem)
    if reach is None:
        return ()
    return tuple(
        Service(
            choice.id,
            choice.text,
            row_share(*chosen(tally, row, reach, choice.id), row) if allowed(f"{reach.id}.{choice.id}") else NOT_SHOWN,
            _satisfaction(tally, row, choice.id, allowed),
            _strengthen(tally, row, choice.id, allowed),
        )
        for choice in reach.choices
        if choice.role == "answer"
    )


def need_service_match(
    needs: Sequence[Need], services: Sequence[Service], match: Mapping[str, Sequence[str]] = LIBRARY_MATCH
) -> NeedServiceMatch:
    """Needed by many and weak: act now; by many and good: keep; by few and good: review the cost; by few and weak: watch.

    Inputs: needs and services of the same row (they may come from two polls); `match` from need to services. Each pair
    gets a verdict; a need of many without a service says so.

    Formula: many (few) where the interval of `wanted` lies above (below) the mean over needs; good (weak) where that of
    the satisfaction of users lies above (below) the mean over services; otherwise "not distinguishable".
    It misleads as every quadrant does: the lines are relative, so something always lies below them; and those who do not
    use a service because it is bad are not among its users. Reference: domain/assessment.md 2.3.
    """
    wanted = [need.wanted.value for need in needs if need.wanted.value is not None]
    scores = [service.satisfaction.value for service in services if service.satisfaction.value is not None]
    if not wanted:
        return NeedServiceMatch((), None, None, "nothing is known of what is wanted")
    wanted_line = sum(wanted) / len(wanted)
    score_line = sum(scores) / len(scores) if scores else None
    by_id = {service.id: service for service in services}
    rows = tuple(
        _matched(need, name, by_id.get(name or ""), wanted_line, score_line)
        for need in needs
        for name in (match.get(need.id) or (None,))
    )
    return NeedServiceMatch(rows, wanted_line, score_line, None if scores else "nothing is known of the services")


def _matched(
    need: Need, name: str | None, service: Service | None, wanted_line: float, score_line: float | None
) -> Match:
    side = _side(need.wanted.interval, wanted_line)
    if name and service is None:
        return Match(need.id, name, need.wanted, NOT_ASKED, "not_distinguishable", NOT_ASKED.interval.reason)
    if service is None:
        verdict: Verdict = "no_service" if side == 1 else "not_distinguishable" if side == 0 else "watch"
        return Match(need.id, None, need.wanted, NOT_ASKED, verdict, "no service of the union answers this need")
    quality = 0 if score_line is None else _side(service.satisfaction.interval, score_line)
    verdicts: dict[tuple[int, int], Verdict] = {
        (1, -1): "act_now", (1, 1): "keep", (-1, 1): "review_cost", (-1, -1): "watch",
    }  # fmt: skip
    found = verdicts.get((side, quality), "not_distinguishable")
    reason = service.satisfaction.interval.reason or need.wanted.interval.reason
    return Match(need.id, service.id, need.wanted, service.satisfaction, found, reason)


def _side(interval: Interval, line: float) -> int:
    """1 above the line, -1 below it, 0 where the interval holds it or is unknown."""
    if interval.low is None or interval.high is None:
        return 0
    return 1 if interval.low > line else -1 if interval.high < line else 0


def _satisfaction(tally: Tally, row: Row, service: str, allowed: Allowed) -> Estimate:
    item = fed_item(tally.book, "service_satisfaction", MatrixItem)
    worth = item_worth(item.choices) if item else None
    if item is None or worth is None or service not in [each.id for each in item.rows]:
        return NOT_ASKED
    column = f"{item.id}.{service}"
    if not allowed(column):
        return NOT_SHOWN
    counts = code_counts(tally, column, row)
    base = sum(n for n, value in zip(counts, worth, strict=True) if value is not None)
    return score_estimate(counts, worth, domain_population(base, row.n_responding, row.n_eligible))


def _strengthen(tally: Tally, row: Row, service: str, allowed: Allowed) -> Estimate:
    item = fed_item(tally.book, "service_priority", RankItem)
    ids = [each.id for each in item.choices] if item else []
    if item is None or service not in ids:
        return NOT_ASKED
    if not allowed(f"{item.id}.top.{service}"):
        return NOT_SHOWN
    places = [code_counts(tally, f"{item.id}.{place}", row) for place in range(1, item.max_select + 1)]
    base = sum(places[0])
    return row_share(min(base, sum(place[ids.index(service)] for place in places)), base, row)
