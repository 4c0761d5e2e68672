"""From raw figures to figures that may be told, plainly or coarsely; and what a coarse one says to a reader who computes."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor

import numpy as np

from analysis.disclosure.joining import FULL_BASE, bands, coarse_mean, nearly_unanimous, rare_joined, share_bound
from analysis.disclosure.judging import Saying
from analysis.disclosure.questions import CHOSEN, Question
from analysis.disclosure.raw_figures import RawFigure
from analysis.disclosure.released import ItemFigure, ReleasedItem, Withheld
from analysis.disclosure.released_breakdowns import BreakdownEntry, Joined, RowDistribution
from analysis.disclosure.rounding import outward, whole
from analysis.estimates import Worth
from analysis.tallies import MARKS


def plain_figure(row: str, column: str, raw: RawFigure, withheld: Withheld | None, minimum: int) -> ItemFigure:
    """Whole points and outward intervals, or the reason why there are none."""
    if withheld == "no_answers":
        unaware = whole(raw.dont_know) if raw.asked >= minimum else None
        return ItemFigure(row, column, base=0, dont_know_percent=unaware, withheld=withheld)
    if withheld:
        return ItemFigure(row, column, withheld=withheld)
    mean_low, mean_high = outward(raw.mean.interval) if raw.mean else (None, None)
    top_low, top_high = outward(raw.top.interval) if raw.top else (None, None)
    share_low, share_high = outward(raw.share.interval) if raw.share else (None, None)
    return ItemFigure(
        row,
        column,
        raw.base,
        mean=whole(raw.mean.value) if raw.mean else None,
        mean_low=mean_low,
        mean_high=mean_high,
        top_two_box_percent=whole(raw.top.value) if raw.top else None,
        top_two_box_low=top_low,
        top_two_box_high=top_high,
        share_percent=whole(raw.share.value) if raw.share else None,
        share_low=share_low,
        share_high=share_high,
        dont_know_percent=whole(raw.dont_know),
    )


def coarse_figure(figure: ItemFigure, item: ReleasedItem, raw: RawFigure, counts: Sequence[int]) -> ItemFigure:
    """The same cell told coarsely (rules 7 and 8). `counts`: answers per code of the row."""
    if figure.withheld or figure.base is None:
        return replace(figure, dont_know_percent=None)
    if raw.share is not None:
        chosen = raw.chosen or 0
        if figure.base < FULL_BASE and chosen >= figure.base - 1:
            return replace(figure, share_percent=share_bound(figure.base), share_low=None, share_high=None, coarse=True)
        return replace(figure, coarse=True)
    if raw.mean is None or raw.mean.value is None:
        return replace(figure, dont_know_percent=None, coarse=True)
    told = replace(figure, mean=coarse_mean(raw.mean.value), mean_low=None, mean_high=None, coarse=True)
    told = replace(told, dont_know_percent=None)
    top = [code for code, choice in enumerate(item.choices) if choice.id in item.top_choices]
    valid = [n for n, choice in zip(counts, item.choices, strict=True) if choice.role != "missing"]
    parts = bands(item)
    if nearly_unanimous(valid, figure.base) and any(
        len(part) == 1 and counts[part[0]] >= figure.base - 1 for part in parts
    ):
        many = sum(counts[code] for code in top) >= figure.base - 1
        bound = share_bound(figure.base)
        told = replace(
            told, top_two_box_percent=bound if many else 100 - bound, top_two_box_low=None, top_two_box_high=None
        )
    return told


def row_distribution(
    row: str, item: ReleasedItem, counts: Sequence[int], totals: Sequence[int], minimum: int, *, coarse: bool
) -> RowDistribution | None:
    """How a row answered, as far as rules 7 and 8 let it be told; None where nothing is planned.

    `counts` and `totals`: answers per code of the row and of the whole university.
    """
    valid = [code for code, choice in enumerate(item.choices) if choice.role != "missing"]
    base = sum(counts[code] for code in valid)
    full = base >= FULL_BASE and not coarse
    parts: Sequence[tuple[int, ...]] = [(code,) for code in valid] if full else bands(item)
    if not parts:
        return None
    joined = rare_joined(parts, totals, minimum)
    unanimous = nearly_unanimous([counts[code] for code in valid], base)
    if not full and any(len(part) == 1 and sum(counts[c] for c in part) >= base - 1 for part in joined) and unanimous:
        return RowDistribution(row, item.column, withheld="not_shown_by_rule")
    if len(joined) < 2:
        return RowDistribution(row, item.column, withheld="not_shown_by_rule")
    reason: Joined | None = "unanimous" if unanimous else "small" if not full else None
    if reason is None and len(joined) < len(parts):
        reason = "rare"
    entries = []
    for part in joined:
        n = sum(counts[code] for code in part)
        entries.append(BreakdownEntry(tuple(item.choices[code].id for code in part), n, whole(n / base * 100) or 0))
    return RowDistribution(row, item.column, base, tuple(entries), reason)


def sayings(
    question: Question, figures: Sequence[ItemFigure], distribution: RowDistribution | None, worth: Worth | None
) -> tuple[Saying, ...]:
    """All that one row says of a question when told coarsely: weights per place (2 + codes), low and high of the sum."""
    width = CHOSEN + 1 if question.told == (CHOSEN,) else MARKS + len(question.item.choices)
    found: list[Saying] = []

    def add(places: Sequence[int], low: float, high: float) -> None:
        weights = np.zeros(width)
        weights[list(places)] = 1
        found.append((weights, low, high))

    for figure, item in zip(figures, question.columns, strict=True):
        base = figure.base
        if base is None or figure.withheld not in (None, "no_answers"):
            continue
        told = question.told != (CHOSEN,)
        if told:
            scored = worth is not None and item.measure == "score"
            add(
                [MARKS + code for code, value in enumerate(worth or ()) if value is not None]
                if scored
                else question.valid,
                base,
                base,
            )
        if figure.top_two_box_percent is not None:
            top = [MARKS + code for code, choice in enumerate(item.choices) if choice.id in item.top_choices]
            add(top, *_people(figure.top_two_box_percent, base, bound=figure.top_two_box_low is None))
        if figure.share_percent is not None:
            place = CHOSEN if not told else MARKS + [each.id for each in item.choices].index(item.option or "")
            add([place], *_people(figure.share_percent, base, bound=figure.share_low is None))
        if figure.mean is not None and worth is not None:
            scores = np.array([0.0] * MARKS + [value or 0.0 for value in worth])
            low = 0.0 if figure.mean == 5 else figure.mean - 2.5
            high = 100.0 if figure.mean == 95 else figure.mean + 2.5
            found.append((scores, base * low - 1e-6, base * high + 1e-6))
    if distribution:
        codes = {choice.id: MARKS + code for code, choice in enumerate(question.item.choices)}
        for entry in distribution.entries:
            add([codes[each] for each in entry.choices], entry.n, entry.n)
    return tuple(found)


def _people(percent: int, base: int, *, bound: bool) -> tuple[float, float]:
    """How many of `base` a whole per cent can stand for; a bound is open to its side."""
    if bound:
        return (ceil(percent * base / 100 - 1e-9), base) if percent > 50 else (0, floor(percent * base / 100 + 1e-9))
    return max(0, ceil((percent - 0.5) * base / 100 - 1e-9)), min(base, floor((percent + 0.5) * base / 100 + 1e-9))
