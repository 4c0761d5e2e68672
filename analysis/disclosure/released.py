"""The released document: every figure anyone may see, and nothing else.

One poll has one `Released`. It is written once, stored as canonical JSON (sorted keys, no spaces, UTF-8)
and read by pages, charts and exports. Withheld is a value: a figure that may not be shown says why.
They are made by `analysis.disclosure.gate` alone.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from analysis.disclosure.released_breakdowns import (
    MatchFigure,
    NeedFigure,
    ReleasedGroup,
    RowDistribution,
    ThemeFigure,
    WordFigure,
)
from analysis.frame import Text
from analysis.stored_values import canonical_json, value_from_json

FORMAT = "survey_app.released/1"
EVERYBODY = "ALL"  # the id of the in-service total
POOL = "POOL"  # the id of the pool of units with fewer answers than the minimum

Withheld = Literal["too_few", "no_answers", "not_shown_by_rule"]
Measure = Literal["score", "share", "first", "top", "best_worst", "count", "text"]


@dataclass(frozen=True, slots=True)
class PollFacts:
    id: str
    questionnaire: str
    title: Text
    wave: str
    first_day: date
    last_day: date
    way: str
    fingerprint: str
    box_sha256: str


@dataclass(frozen=True, slots=True)
class Rules:
    minimum_base: int = 5
    text_base: int = 10


@dataclass(frozen=True, slots=True)
class ReleasedUnit:
    """One row of results. The first is `ALL` (in-service staff of the listed units), the pool follows the units.

    `n_responding` is None where it is 1 to 4. `notes` are codes: "too_few", "no_answers", "left_out_of_total",
    "total_leaves_units_out" (on ALL), "more_answers_than_eligible", "no_head_count", "apart" (retired).
    """

    id: str
    name: Text
    unit_type: str
    n_eligible: int
    n_responding: int | None
    response_percent: int | None
    pooled_into: str | None = None
    withheld: Withheld | None = None
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        return self.withheld is None


@dataclass(frozen=True, slots=True)
class ReleasedSection:
    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class ReleasedChoice:
    """`score`: what the choice is worth in the means of a scored column, 0..100; None elsewhere and where it is left out."""

    id: str
    text: Text
    value: int | None
    role: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class ReleasedItem:
    """One column of the results.

    `measure` says what the figures mean: "score" (mean 0..100, top-two-box), "share" (share who chose `option`),
    "first" / "top" (share who ranked `option` first / among the first places), "best_worst" (first minus last over
    times shown, -100..100), "count" (base only), "text" (comments, counted apart).
    `label` is the short name for tables and charts: the item's, the row's, or the option's.
    `top_choices` are the choices that count as favourable in `top_two_box_percent`.
    """

    column: str
    item: str
    section: str
    text: Text
    label: Text
    row_text: Text | None
    kind: str
    measure: Measure
    choices: tuple[ReleasedChoice, ...] = ()
    feeds: tuple[str, ...] = ()
    option: str | None = None
    top_choices: tuple[str, ...] = ()
    personal: bool = False
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class ItemFigure:
    """Figures of one row (a unit or an attribute group) and column, whole points and per cent; intervals 95 %, rounded outward.

    `coarse` (rules 7 and 8): the mean is rounded to 5 points within 5..95 and has no interval. Where nearly all of fewer
    than 20 gave one answer its share is a bound without interval: at least if over 50, at most if under 50.
    """

    unit: str
    column: str
    base: int | None = None
    mean: int | None = None
    mean_low: int | None = None
    mean_high: int | None = None
    top_two_box_percent: int | None = None
    top_two_box_low: int | None = None
    top_two_box_high: int | None = None
    share_percent: int | None = None
    share_low: int | None = None
    share_high: int | None = None
    dont_know_percent: int | None = None
    withheld: Withheld | None = None
    coarse: bool = False


@dataclass(frozen=True, slots=True)
class ReleasedCriterion:
    id: str
    name: Text
    items: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class CriterionFigure:
    unit: str
    criterion: str
    base: int | None = None
    score: int | None = None
    low: int | None = None
    high: int | None = None
    dont_know_percent: int | None = None
    withheld: Withheld | None = None
    coarse: bool = False  # rounded to 5 points, no interval: nearly all of fewer than 20 came to the same score


@dataclass(frozen=True, slots=True)
class DistributionEntry:
    choice: str
    n: int
    percent: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """How everybody (ALL) answered one column; entries in the order of the choices, "answer" roles first in `base`."""

    column: str
    base: int | None
    entries: tuple[DistributionEntry, ...] = ()
    missing: tuple[DistributionEntry, ...] = ()  # "don't know" and the like: counts beside the base
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class CommentCount:
    unit: str
    item: str
    n: int | None
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class Released:
    """All that may be shown of one poll. Fields with a default came later; an older document reads as having none of it.

    `groups`: the attribute groups; their figures are `item_figure(group.id, column)` and `criteria(group.id)`, and are
    stored apart (`group_figures`, `group_criteria`) so that a list of units' figures stays one.
    `row_distributions`: of units and groups, by `row_distribution(row, column)`; `distributions` stay those of the total.
    """

    poll: PollFacts
    method_version: str
    units: tuple[ReleasedUnit, ...]
    sections: tuple[ReleasedSection, ...]
    items: tuple[ReleasedItem, ...]
    criteria_list: tuple[ReleasedCriterion, ...]
    item_figures: tuple[ItemFigure, ...]
    criterion_figures: tuple[CriterionFigure, ...]
    distributions: tuple[Distribution, ...]
    comment_counts: tuple[CommentCount, ...]
    rules: Rules = Rules()
    format: str = FORMAT
    groups: tuple[ReleasedGroup, ...] = ()
    group_figures: tuple[ItemFigure, ...] = ()
    group_criteria: tuple[CriterionFigure, ...] = ()
    row_distributions: tuple[RowDistribution, ...] = ()
    needs: tuple[NeedFigure, ...] = ()
    need_service: tuple[MatchFigure, ...] = ()
    words: tuple[WordFigure, ...] = ()
    themes: tuple[ThemeFigure, ...] = ()
    _index: dict[tuple[str, str, str], Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[tuple[str, str, str], Any] = {("unit", unit.id, ""): unit for unit in self.units}
        index |= {("item", item.column, ""): item for item in self.items}
        figures, criteria = (*self.item_figures, *self.group_figures), (*self.criterion_figures, *self.group_criteria)
        index |= {("figure", each.unit, each.column): each for each in figures}
        index |= {("criterion", each.unit, each.criterion): each for each in criteria}
        index |= {("group", group.id, ""): group for group in self.groups}
        index |= {("row", each.row, each.column): each for each in self.row_distributions}
        index |= {("distribution", each.column, ""): each for each in self.distributions}
        index |= {("comments", each.unit, each.item): each for each in self.comment_counts}
        object.__setattr__(self, "_index", index)

    def unit(self, unit_id: str) -> ReleasedUnit:
        """The row of this id; KeyError if there is none."""
        unit: ReleasedUnit = self._index["unit", unit_id, ""]
        return unit

    def item(self, column: str) -> ReleasedItem:
        """The item column of this name; KeyError if there is none."""
        item: ReleasedItem = self._index["item", column, ""]
        return item

    def __contains__(self, column: object) -> bool:
        return ("item", column, "") in self._index

    def columns_of(self, item: str) -> tuple[ReleasedItem, ...]:
        return tuple(each for each in self.items if each.item == item)

    def item_figure(self, unit: str, column: str) -> ItemFigure:
        """The figures of one cell; a cell that was never planned comes back withheld, with its unit's reason if any."""
        figure: ItemFigure | None = self._index.get(("figure", unit, column))
        if figure:
            return figure
        row = self._index.get(("group", unit, "")) or self.unit(unit)
        return ItemFigure(unit, column, withheld=row.withheld or "not_shown_by_rule")

    def criteria(self, unit: str) -> tuple[CriterionFigure, ...]:
        """The criteria of one unit in document order; empty when the questionnaire has none."""
        return tuple(self._index["criterion", unit, each.id] for each in self.criteria_list)

    def criterion(self, criterion_id: str) -> ReleasedCriterion:
        return next(each for each in self.criteria_list if each.id == criterion_id)

    def distribution(self, column: str) -> Distribution | None:
        return self._index.get(("distribution", column, ""))

    def group(self, group_id: str) -> ReleasedGroup:
        """The attribute group of this id; KeyError if there is none."""
        group: ReleasedGroup = self._index["group", group_id, ""]
        return group

    def row_distribution(self, row: str, column: str) -> RowDistribution | None:
        """How a unit or group answered a column; None where no distribution was planned."""
        return self._index.get(("row", row, column))

    def comment_count(self, unit: str, item: str) -> CommentCount | None:
        return self._index.get(("comments", unit, item))

    def to_json(self) -> bytes:
        """The canonical bytes that are stored and fingerprinted."""
        return canonical_json(self)

    @classmethod
    def from_json(cls, data: bytes) -> "Released":
        document: Any = json.loads(data)
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise ValueError(f"This is not a released document of the format {FORMAT}.")
        released: Released = value_from_json(cls, document)
        return released
