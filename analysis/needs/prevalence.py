"""Needs: how many have them, which are most urgent, hardest, most wanted from the union, and which should come first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

from analysis.disclosure.raw_figures import code_counts
from analysis.disclosure.suppression import Row
from analysis.estimates import (
    Estimate,
    best_worst_estimate,
    domain_population,
    share_estimate,
    valid_codes,
)
from analysis.estimation.intervals import Interval
from analysis.frame import AnyItem, BestWorstItem, Codebook, Frame, Item, MultiItem, SingleItem, Text
from analysis.measurement.best_worst import ChoiceModel, choice_model
from analysis.measurement.screens import Screens
from analysis.tallies import Tally

Kind = TypeVar("Kind", bound=Item)
Bar = Literal["prevalence", "urgent", "hardest", "wanted", "first_minus_last"]
Allowed = Callable[[str], bool]  # may the figure of this column of the release be shown for this row?

NOT_ASKED = Estimate(0, None, Interval.undefined("the questionnaire did not ask this"))
NOT_SHOWN = Estimate(0, None, Interval.undefined("not shown by rule"))


@dataclass(frozen=True, slots=True)
class Need:
    """One need of one row, shares in 0..100 with intervals.

    `prevalence`: of all who answered, those who have it. `urgent`, `hardest`, `wanted`: of those with any difficulty who
    answered, those who name it as the most urgent, as the hardest to solve alone, as what they most want help with.
    `severity`: of those who have it, those for whom it is the most urgent. `first_minus_last`: -100..100.
    """

    id: str
    text: Text
    prevalence: Estimate
    urgent: Estimate
    hardest: Estimate
    wanted: Estimate
    severity: Estimate
    first_minus_last: Estimate

    def bar(self, name: Bar) -> Estimate:
        """The estimate of one of the bars, by its name."""
        found: Estimate = getattr(self, name)
        return found


@dataclass(frozen=True, slots=True)
class Leading:
    """The needs that lead by one bar. `sure`: ahead of every need not in the list beyond chance; `open`: those that compete
    for the places left, in the order of their figures.
    """

    places: int
    sure: tuple[Need, ...]
    open: tuple[Need, ...]
    reason: str | None = None


def needs_of(tally: Tally, row: Row, *, allowed: Allowed = lambda _: True) -> tuple[Need, ...]:
    """The needs of one row (a unit, a pool, everybody), in the order of the questionnaire; empty if it asks for none.

    Inputs: the tally of the poll; the row, as the release has it; `allowed` says for each column of the release
    (`a01.housing`, `a02.housing` ...) whether the row may show it: what it may not is None with "not shown by rule".
    Pass the release's own verdict for units; everybody's row needs none.

    Formula: shares by estimates.share_estimate with Wilson intervals and the finite population of the row; first minus
    last by estimates.best_worst_estimate. Items are found by what they feed (need_prevalence, need_urgent, need_hard,
    need_wanted, need_priority).

    It misleads when the bars are added up: they answer different questions, and a rare need can be the most urgent of all
    who have it (`severity`). Sensitive needs are told less often than had. Reference: domain/assessment.md 2.3.
    Checked against: plain loops over ballots.
    """
    asked = fed_item(tally.book, "need_prevalence", MultiItem)
    if asked is None:
        return ()
    return tuple(
        _need(tally, row, asked, choice.id, choice.text, allowed) for choice in asked.choices if choice.role == "answer"
    )


def leading_needs(needs: Sequence[Need], by: Bar, *, places: int = 5) -> Leading:
    """The `places` needs that lead by one bar, and how far chance could have put them there.

    Formula: a need is sure of its place where the lower end of its interval lies above the figure of the first need left
    out; open are the others of the first `places`, and those left out whose upper end reaches the figure of the last one
    in. It misleads as any list does: the order within it means little; show the intervals.
    """
    known = [need for need in needs if need.bar(by).value is not None]
    if not known:
        reason = needs[0].bar(by).interval.reason if needs else None
        return Leading(places, (), (), reason or "the questionnaire did not ask this")
    ordered = sorted(known, key=lambda need: -_value(need.bar(by)))
    inside, outside = ordered[:places], ordered[places:]
    if not outside:
        return Leading(places, tuple(inside), ())
    first_out, last_in = _value(outside[0].bar(by)), _value(inside[-1].bar(by))
    sure = [need for need in inside if _low(need.bar(by)) > first_out]
    rivals = [need for need in outside if _high(need.bar(by)) >= last_in]
    return Leading(places, tuple(sure), tuple(need for need in inside if need not in sure) + tuple(rivals))


def need_worths(book: Codebook, frames: Iterable[Frame]) -> tuple[tuple[str, ...], ChoiceModel]:
    """Which need should come first, whatever it was shown beside: conditional logit of the best-worst screens.

    Inputs: the codebook and the ballots, in blocks or at once (all of a poll, or of a row that may be shown). Returns the
    option ids and the model, options in the same order; a model without options and with a reason where nobody answered
    or nothing was asked. Formula, misuse, reference: best_worst.choice_model.
    """
    item = fed_item(book, "need_priority", BestWorstItem)
    if item is None:
        return (), ChoiceModel((), None, None, "the questionnaire did not ask this")
    ids = tuple(choice.id for choice in item.choices)
    return ids, choice_model(best_worst_screens(item, frames), len(ids))


def best_worst_screens(item: BestWorstItem, frames: Iterable[Frame]) -> Screens:
    """The answered screens of a best-worst item; screens left blank at both ends are left out. A place that a shorter screen
    does not have is -1."""
    places = max(len(screen) for version in item.design for screen in version)
    design = np.array(
        [[(*screen, *(-1,) * (places - len(screen))) for screen in version] for version in item.design], np.intp
    )
    parts, first = [], 0
    for frame in frames:
        version = frame.column(f"{item.id}.design").astype(np.intp)
        for screen in range(item.screens):
            best, worst = (
                frame.column(f"{item.id}.{screen + 1}.{end}").astype(np.intp).clip(min=-1) for end in ("best", "worst")
            )
            seen = (version >= 0) & ((best >= 0) | (worst >= 0))
            who = first + np.flatnonzero(seen)
            parts.append((design[version[seen], screen], best[seen], worst[seen], who))
        first += frame.n_ballots
    if not parts:
        none = np.zeros(0, np.intp)
        return Screens(np.zeros((0, design.shape[-1]), np.intp), none, none, none)
    return Screens(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _need(tally: Tally, row: Row, asked: MultiItem, need: str, text: Text, allowed: Allowed) -> Need:
    prevalence = chosen(tally, row, asked, need)
    shown = allowed(f"{asked.id}.{need}")
    urgent_item = fed_item(tally.book, "need_urgent", SingleItem)
    severity = NOT_ASKED
    if urgent_item and not (shown and allowed(f"{urgent_item.id}.{need}")):
        severity = NOT_SHOWN
    elif urgent_item:
        most_urgent, _ = _counted(tally, row, urgent_item, need)
        severity = row_share(min(most_urgent, prevalence[0]), prevalence[0], row)
    return Need(
        id=need,
        text=text,
        prevalence=row_share(*prevalence, row) if shown else NOT_SHOWN,
        urgent=_named(tally, row, "need_urgent", need, allowed),
        hardest=_named(tally, row, "need_hard", need, allowed),
        wanted=_named(tally, row, "need_wanted", need, allowed),
        severity=severity,
        first_minus_last=_first_minus_last(tally, row, need, allowed),
    )


def _named(tally: Tally, row: Row, measure: str, need: str, allowed: Allowed) -> Estimate:
    item = fed_item(tally.book, measure, SingleItem)
    if item is None:
        return NOT_ASKED
    return row_share(*_counted(tally, row, item, need), row) if allowed(f"{item.id}.{need}") else NOT_SHOWN


def _first_minus_last(tally: Tally, row: Row, need: str, allowed: Allowed) -> Estimate:
    item = fed_item(tally.book, "need_priority", BestWorstItem)
    ids = [choice.id for choice in item.choices] if item else []
    if item is None or need not in ids:
        return NOT_ASKED
    if not allowed(f"{item.id}.{need}"):
        return NOT_SHOWN
    counts = tally.best_worst[item.id][list(row.units)].sum(axis=0)[ids.index(need)]
    base = int(counts[1:].sum())
    return best_worst_estimate(counts, domain_population(base, row.n_responding, row.n_eligible))


def chosen(tally: Tally, row: Row, item: AnyItem, choice: str) -> tuple[int, int]:
    """How many chose an option of a multiple choice, and how many answered it at all (refusals left out)."""
    refused = sum(code_counts(tally, f"{item.id}.{each.id}", row)[1] for each in item.choices if each.role == "missing")
    without, chosen = code_counts(tally, f"{item.id}.{choice}", row)
    return chosen, without + chosen - refused


def _counted(tally: Tally, row: Row, item: AnyItem, choice: str) -> tuple[int, int]:
    """How many gave this single answer, and how many gave a valid one."""
    counts = code_counts(tally, item.id, row)
    ids = [each.id for each in item.choices]
    return (counts[ids.index(choice)] if choice in ids else 0), sum(counts[code] for code in valid_codes(item.choices))


def row_share(count: int, base: int, row: Row) -> Estimate:
    """Share of the base, 0..100, with the interval that knows the staff of the row (estimates.share_estimate)."""
    return share_estimate(count, base, domain_population(base, row.n_responding, row.n_eligible))


def fed_item(book: Codebook, measure: str, kind: type[Kind]) -> Kind | None:
    """The first item of this kind that feeds a measure; None if the questionnaire asks nothing of the kind."""
    items: Sequence[Item] = book.questionnaire.items
    return next((each for each in items if measure in each.feeds and isinstance(each, kind)), None)


def _value(estimate: Estimate) -> float:
    assert estimate.value is not None
    return estimate.value


def _low(estimate: Estimate) -> float:
    return -np.inf if estimate.interval.low is None else estimate.interval.low


def _high(estimate: Estimate) -> float:
    return np.inf if estimate.interval.high is None else estimate.interval.high
