"""Figures of one row and column before the gate. Nothing outside `disclosure` may read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.disclosure.joining import nearly_unanimous
from analysis.disclosure.released import ReleasedItem
from analysis.disclosure.suppression import Row
from analysis.estimates import (
    NOBODY,
    Estimate,
    Worth,
    best_worst_estimate,
    criterion_estimate,
    domain_population,
    dont_know_codes,
    dont_know_share,
    item_worth,
    score_estimate,
    share_estimate,
    valid_codes,
)
from analysis.frame import AnyItem, RankItem
from analysis.scoring import Scoring
from analysis.tallies import MARKS, Counts, Tally


@dataclass(frozen=True, slots=True)
class RawFigure:
    """`asked`: valid answers and "don't know" together. `chosen`: how many chose the option of a share (for rare answers)."""

    base: int
    mean: Estimate | None = None
    top: Estimate | None = None
    share: Estimate | None = None
    dont_know: float | None = None
    chosen: int | None = None
    asked: int = 0


def code_counts(tally: Tally, column: str, row: Row) -> list[int]:
    """Counts per code of one frame column, summed over the units of a row."""
    return [int(n) for n in _summed(tally.columns[column], row)[MARKS:]]


def raw_figure(tally: Tally, item: ReleasedItem, row: Row, scoring: Scoring) -> RawFigure:
    """The figures of one row and column."""
    asked = tally.book.questionnaire.item(item.item)
    if item.measure == "best_worst":
        place = [choice.id for choice in asked.choices].index(item.option or "")
        counts = _summed(tally.best_worst[item.item], row)[place]
        base = int(counts[1:].sum())
        estimate = best_worst_estimate(counts, _population(base, row))
        return RawFigure(base, mean=estimate)
    if item.measure == "score":
        return _score(code_counts(tally, item.column, row), asked, item, row, scoring)
    if item.measure == "count":
        counts_here = code_counts(tally, item.column, row)
        base = sum(counts_here[code] for code in valid_codes(asked.choices))
        return RawFigure(base, dont_know=dont_know_share(counts_here, asked.choices), asked=_asked(counts_here, asked))
    return _share(tally, item, asked, row)


def _score(counts: Sequence[int], asked: AnyItem, item: ReleasedItem, row: Row, scoring: Scoring) -> RawFigure:
    worth = _worth(asked, scoring)
    base = sum(n for n, value in zip(counts, worth, strict=True) if value is not None)
    population = _population(base, row)
    top = sum(n for n, choice in zip(counts, asked.choices, strict=True) if choice.id in item.top_choices)
    return RawFigure(
        base,
        mean=score_estimate(counts, worth, population),
        top=share_estimate(top, base, population),
        dont_know=dont_know_share(counts, asked.choices),
        asked=_asked(counts, asked),
    )


def _asked(counts: Sequence[int], item: AnyItem) -> int:
    return sum(counts[code] for code in (*valid_codes(item.choices), *dont_know_codes(item.choices)))


def worth_of(tally: Tally, item: ReleasedItem, scoring: Scoring) -> Worth | None:
    """What each code of a scored column is worth, 0..100; None for a column without a score."""
    return _worth(tally.book.questionnaire.item(item.item), scoring) if item.measure == "score" else None


def _worth(asked: AnyItem, scoring: Scoring) -> Worth:
    credit = scoring.credits.get(asked.id)
    if credit is None:
        worth = item_worth(asked.choices)
        assert worth is not None, "only items with a scale or with credits are scored"
        return worth
    return tuple(credit[choice.id] * 100 if choice.id in credit else None for choice in asked.choices)


def _share(tally: Tally, item: ReleasedItem, asked: AnyItem, row: Row) -> RawFigure:
    ids = [choice.id for choice in asked.choices]
    code = ids.index(item.option or "")
    if item.kind == "multi":
        options = {each: code_counts(tally, f"{item.item}.{each}", row) for each in ids}
        refused = sum(options[choice.id][1] for choice in asked.choices if choice.role == "missing")
        chosen, base = options[ids[code]][1], sum(options[ids[code]]) - refused
    elif isinstance(asked, RankItem):
        places = [code_counts(tally, f"{item.item}.{place}", row) for place in range(1, asked.max_select + 1)]
        base = sum(places[0])
        # Nobody ranks an option twice: the door refuses it, and a damaged ballot must not break a release.
        chosen = min(base, sum(place[code] for place in (places[:1] if item.measure == "first" else places)))
    else:
        counts = code_counts(tally, item.item, row)
        chosen, base = counts[code], sum(counts[each] for each in valid_codes(asked.choices))
    return RawFigure(base, share=share_estimate(chosen, base, _population(base, row)), chosen=chosen)


@dataclass(frozen=True, slots=True)
class RawCriterion:
    """`unanimous`: all, or all but one, of fewer than 20 come to the same score (rule 7)."""

    estimate: Estimate
    dont_know: float | None
    unanimous: bool = False


def raw_criterion(tally: Tally, criterion: int, row: Row, scoring: Scoring) -> RawCriterion:
    """The criterion score of a row, and the don't-know share over all its items."""
    combination = tally.plan[criterion]
    counts = [int(n) for n in _summed(tally.combinations[combination.name], row)]
    base = sum(n for code, n in enumerate(counts) if code // combination.width >= scoring.minimum_items)
    population = _population(base, row)
    estimate = criterion_estimate(counts, combination, scoring.minimum_items, population) if base else NOBODY
    asked = [tally.book.questionnaire.item(name) for name in combination.columns]
    pooled = [n for name in combination.columns for n in code_counts(tally, name, row)]
    scores: dict[float, int] = {}
    for code, n in enumerate(counts):
        answered, steps = divmod(code, combination.width)
        if n and answered >= scoring.minimum_items:
            scores[steps / answered] = scores.get(steps / answered, 0) + n
    unaware = dont_know_share(pooled, [choice for item in asked for choice in item.choices])
    return RawCriterion(estimate, unaware, nearly_unanimous(list(scores.values()), base))


def _population(base: int, row: Row) -> float | None:
    return domain_population(base, row.n_responding, row.n_eligible)


def _summed(counts: Counts, row: Row) -> Counts:
    total: Counts = counts[list(row.units)].sum(axis=0)
    return total
