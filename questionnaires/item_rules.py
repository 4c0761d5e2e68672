"""Rules of one item over the flat array: what a column may hold, and what its columns owe each other or an earlier item."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from questionnaires.answer_codes import EPOCH
from questionnaires.answer_path import carried_ids
from questionnaires.answer_values import FaultKind
from questionnaires.columns import Column
from questionnaires.items import (
    AnyItem,
    BestWorstItem,
    DateItem,
    MatrixItem,
    MultiItem,
    NumberItem,
    RankItem,
    SingleItem,
    Stage,
    carried_from,
)
from questionnaires.questionnaire import Questionnaire
from questionnaires.skip_rules import Places, positions

# What is wrong with an item that is on the path, or None.
Rule = Callable[[Sequence[int | None]], FaultKind | None]


class _Between:
    """Whole numbers in a range, -1 where blank is allowed, None where the item may be off the path.

    A range alone would search itself one by one for None.
    """

    __slots__ = ("high", "low", "others")

    def __init__(self, low: int, high: int, others: frozenset[int | None]) -> None:
        self.low, self.high, self.others = low, high, others

    def __contains__(self, code: object) -> bool:
        return code in self.others or (isinstance(code, int) and self.low <= code <= self.high)


def allowed_codes(questionnaire: Questionnaire, column: Column, stage: Stage) -> Container[int | None]:
    """What a column may hold on some path of this stage."""
    item = questionnaire.item(column.item)
    if item.stage != stage:
        return frozenset({None})
    others: set[int | None] = {None} if _may_be_off_path(questionnaire, item) else set()
    if not item.required or column.rank not in {None, "1"}:
        others.add(-1)
    match item:
        case MultiItem():
            return _Between(1, (1 << len(item.choices)) - 1, frozenset(others))
        case NumberItem():
            return _Between(item.minimum, item.maximum, frozenset(others))
        case DateItem():
            return _Between((item.earliest - EPOCH).days, (item.latest - EPOCH).days, frozenset(others))
        case BestWorstItem() if column.kind == "design":
            return frozenset({*range(len(item.design)), *others})
    return frozenset({*range(len(item.choices)), *others})


def _may_be_off_path(questionnaire: Questionnaire, item: AnyItem) -> bool:
    return questionnaire.condition(item.id) is not None or bool(carried_from(item))


def item_rule(questionnaire: Questionnaire, item: AnyItem, places: Places) -> Rule | None:  # noqa: PLR0911 - one return per kind of item
    """The rule that holds for one item beyond its columns (exclusive, ranked, carried ...); None if its columns say all."""
    match item:
        case MultiItem():
            return _multi_rule(item, places.of(item.id)[0])
        case RankItem():
            return _rank_rule(item, places.of(item.id))
        case BestWorstItem():
            return _best_worst_rule(item, places.of(item.id))
        case SingleItem() if item.options_from is not None:
            return _carried_rule(questionnaire, item, places)
        case SingleItem() if item.auto_answer_if_single and _only_answer(item) is not None:
            return _only_rule(places.of(item.id)[0], _only_answer(item))
        case MatrixItem() if item.rows_from or item.skip_rows_marked_na_in:
            return _rows_rule(questionnaire, item, places)
    return None


def _multi_rule(item: MultiItem, place: int) -> Rule | None:
    exclusive = sum(1 << spot for spot, choice in enumerate(item.choices) if choice.exclusive)
    most = item.max_select or len(item.choices)
    if not exclusive and most >= len(item.choices):
        return None

    def rule(codes: Sequence[int | None]) -> FaultKind | None:
        mask = codes[place]
        if mask is None or mask < 1:
            return None
        if mask & exclusive and mask & (mask - 1):
            return "exclusive"
        return "too_many" if mask.bit_count() > most else None

    return rule


def _rank_rule(item: RankItem, places: list[int]) -> Rule:
    start, stop = places[0], places[-1] + 1
    alone = frozenset(spot for spot, choice in enumerate(item.choices) if choice.exclusive)

    def rule(codes: Sequence[int | None]) -> FaultKind | None:
        given = codes[start:stop]
        ranked = [code for code in given if code != -1]
        if given[: len(ranked)] != ranked:
            return "malformed"  # a gap: a second place without a first
        if len(set(ranked)) < len(ranked):
            return "duplicate"
        return "exclusive" if len(ranked) > 1 and not alone.isdisjoint(ranked) else None

    return rule


def _best_worst_rule(item: BestWorstItem, places: list[int]) -> Rule:
    start, stop = places[0], places[-1] + 1
    blank = [-1] * (2 * item.screens)
    shown = [[frozenset(screen) | {-1} for screen in version for _ in range(2)] for version in item.design]

    def rule(codes: Sequence[int | None]) -> FaultKind | None:
        design, *ends = codes[start:stop]
        if design is None or design == -1:
            return None if ends == blank else "malformed"
        if not all(end in good for end, good in zip(ends, shown[design], strict=True)):
            return "foreign"
        same = any(best == worst != -1 for best, worst in zip(ends[::2], ends[1::2], strict=True))
        return "duplicate" if same else None

    return rule


def _only_answer(item: SingleItem) -> int | None:
    real = [spot for spot, choice in enumerate(item.choices) if choice.role != "missing"]
    return real[0] if len(real) == 1 else None


def _only_rule(place: int, only: int | None) -> Rule:
    return lambda codes: None if codes[place] == only else "missing"


def _carried_rule(questionnaire: Questionnaire, item: SingleItem, places: Places) -> Rule:
    """The choice was chosen in the earlier item, or is the item's own; nothing carried means off the path."""
    assert item.options_from is not None
    source = questionnaire.item(item.options_from)
    place, origin = places.of(item.id)[0], places.of(source.id)[0]
    carried = carried_ids(questionnaire, item)
    every = sum(1 << spot for spot in positions(source, carried))
    # For each code of this item, the bit of the earlier mask that must be set; 0 for the item's own choices.
    at_source = {choice.id: 1 << spot for spot, choice in enumerate(source.choices)}
    needed = [at_source[choice.id] if choice.id in carried else 0 for choice in item.choices]
    code_of = {bit: code for code, bit in enumerate(needed) if bit}
    own = sum(1 for choice in item.choices if choice.id not in carried and choice.role != "missing")
    automatic = item.auto_answer_if_single and not own

    def rule(codes: Sequence[int | None]) -> FaultKind | None:
        mask, code = codes[origin], codes[place]
        chosen = mask & every if mask is not None and mask > 0 else 0
        if not chosen or code is None:
            return None if not chosen and code is None else "off_path"
        if automatic and not chosen & (chosen - 1):
            return None if code == code_of[chosen] else "missing"
        return "foreign" if code >= 0 and needed[code] and not needed[code] & chosen else None

    return rule


def _rows_rule(questionnaire: Questionnaire, item: MatrixItem, places: Places) -> Rule:
    """Each row's column is null exactly where the row is not carried, or was marked not applicable before."""
    here = places.of(item.id)
    origin, bits = None, [0] * len(here)
    if item.rows_from is not None:
        source = questionnaire.item(item.rows_from)
        origin = places.of(source.id)[0]
        bits = [1 << spot for row in item.rows for spot in positions(source, {row.id})]
    marks: list[tuple[int, int] | None] = [None] * len(here)
    if item.skip_rows_marked_na_in is not None:
        marked = questionnaire.item(item.skip_rows_marked_na_in)
        assert isinstance(marked, MatrixItem)
        na = positions(marked, {"na"})
        place_of = {row.id: place for row, place in zip(marked.rows, places.of(marked.id), strict=True)}
        marks = [(place_of[row.id], na[0]) if na and row.id in place_of else None for row in item.rows]
    table = list(zip(here, bits, marks, strict=True))

    def rule(codes: Sequence[int | None]) -> FaultKind | None:
        mask = (codes[origin] or 0) if origin is not None else 0
        mask = max(mask, 0)
        for place, bit, mark in table:
            shown = (origin is None or mask & bit) and (mark is None or codes[mark[0]] != mark[1])
            if (codes[place] is not None) is not bool(shown):
                return "off_path"
        return None

    return rule
