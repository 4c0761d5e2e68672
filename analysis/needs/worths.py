"""Best-worst needs of one row: how often each was put first and last, and its worth by the choice model."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.disclosure.suppression import Row
from analysis.estimation.intervals import Interval
from analysis.frame import BestWorstItem, Frame, Text
from analysis.measurement.best_worst import choice_model
from analysis.measurement.screens import option_counts
from analysis.needs.prevalence import best_worst_screens, fed_item


@dataclass(frozen=True, slots=True)
class NeedWorth:
    """`shown`, `first`, `last`: times on answered screens. `share`: of first choices if all needs stood on one screen, 0..100,
    with its interval clustered by respondent; None where the interval's reason says why. `utility`: over the last need.
    """

    id: str
    text: Text
    shown: int
    first: int
    last: int
    utility: float | None
    share: float | None
    share_interval: Interval


@dataclass(frozen=True, slots=True)
class NeedWorths:
    """The needs in the order of the questionnaire; `base`: respondents who answered a screen."""

    base: int
    needs: tuple[NeedWorth, ...]
    reason: str | None = None


def worths_of(frame: Frame, row: Row, *, minimum: int = 10) -> NeedWorths:
    """Counts and worths of one row.

    Inputs: all ballots of the poll, the row, the fewest respondents a model is fitted to. Formula, misuse, reference:
    screens.option_counts and best_worst.choice_model (best first, then the worst of the rest).
    """
    item = fed_item(frame.codebook, "need_priority", BestWorstItem)
    if item is None:
        return NeedWorths(0, (), "the questionnaire did not ask this")
    screens = best_worst_screens(item, [of_row(frame, row)])
    base = int(np.unique(screens.respondent).size)
    if base < minimum:
        return NeedWorths(base, (), f"fewer than {minimum} people answered")
    counts, model = option_counts(screens, len(item.choices)), choice_model(screens, len(item.choices))
    unknown = Interval.undefined(model.reason or "")
    needs = []
    for place, (choice, each) in enumerate(zip(item.choices, counts, strict=True)):
        worth = model.options[place] if model.options else None
        needs.append(
            NeedWorth(
                choice.id,
                choice.text,
                each.shown,
                each.best,
                each.worst,
                worth.utility if worth else None,
                worth.share * 100 if worth else None,
                percent(worth.share_interval) if worth else unknown,
            )
        )
    return NeedWorths(base, tuple(needs), model.reason)


def of_row(frame: Frame, row: Row) -> Frame:
    """The ballots of the units of a row."""
    kept = np.isin(frame.unit, row.units)
    return replace(frame, unit=frame.unit[kept], codes=frame.codes[:, kept], numbers=frame.numbers[:, kept])


def percent(interval: Interval) -> Interval:
    """An interval of shares (0..1) in 0..100."""
    if interval.low is None or interval.high is None:
        return interval
    return Interval(interval.low * 100, interval.high * 100)
