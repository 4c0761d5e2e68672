"""What a released document says, looked up for a page in the reader's language: for leadership and for staff alike.

Nothing is computed here but the picking, ordering and wording of released figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from analysis.charts.wording import minus, spanned
from analysis.disclosure.released import (
    EVERYBODY,
    CriterionFigure,
    Distribution,
    ItemFigure,
    PollFacts,
    Released,
    ReleasedItem,
    ReleasedUnit,
)
from survey_app.web.formats import number
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language

#: Below this response rate a unit's figures are only an indication (assessment, section 4).
INDICATIVE_BELOW = 50
RETIRED = "retired"
#: The order of the groups of units on every page; the heads of the groups are worded in `type_name`.
TYPE_ORDER = ("academic", "school", "administrative", "support", "logistics", "pool")


@dataclass(frozen=True, slots=True)
class Figure:
    """One released number as it is shown: value, 95 % interval, base, share of "don't know"; or why there is none."""

    value: int | None
    low: int | None
    high: int | None
    base: int | None
    withheld: str | None = None
    dont_know: int | None = None
    percent: bool = False
    bound: bool = False  # nearly all gave one answer: at least (over 50) or at most (under 50) this much

    @property
    def shown(self) -> bool:
        return self.value is not None and self.withheld is None

    @property
    def words(self) -> str:
        if self.value is None:
            return ""
        if self.percent and self.bound:
            words = _("至少 %(percent)s%%") if self.value > 50 else _("至多 %(percent)s%%")
            return words % {"percent": self.value}
        return f"{minus(self.value)}%" if self.percent else minus(self.value)

    @property
    def interval(self) -> str:
        return "" if self.low is None or self.high is None else spanned(self.low, self.high)

    @property
    def why_withheld(self) -> str:
        return withheld_words(self.withheld)


def withheld_words(reason: str | None) -> str:
    """Why a cell carries no number."""
    return {
        "too_few": _("人数太少，为防止认出个人，不公布"),
        "no_answers": _("没有有效回答"),
    }.get(reason or "", _("按规则不公布"))


def score(figure: ItemFigure) -> Figure:
    """The mean, 0 to 100 (best-worst: -100 to 100)."""
    return Figure(
        figure.mean, figure.mean_low, figure.mean_high, figure.base, figure.withheld, figure.dont_know_percent
    )


def top_box(figure: ItemFigure) -> Figure:
    """The share in the favourable choices."""
    return Figure(
        figure.top_two_box_percent,
        figure.top_two_box_low,
        figure.top_two_box_high,
        figure.base,
        figure.withheld,
        figure.dont_know_percent,
        percent=True,
        bound=figure.coarse,
    )


def share(figure: ItemFigure) -> Figure:
    """The share that chose one option."""
    return Figure(
        figure.share_percent,
        figure.share_low,
        figure.share_high,
        figure.base,
        figure.withheld,
        figure.dont_know_percent,
        percent=True,
        bound=figure.coarse,
    )


def criterion_score(figure: CriterionFigure) -> Figure:
    return Figure(figure.score, figure.low, figure.high, figure.base, figure.withheld, figure.dont_know_percent)


def spoken(text: Any) -> str:
    """A released text in the language of the page; Chinese where English is absent."""
    return str(text.in_language(language()))


def type_name(unit_type: str) -> str:
    return {
        "academic": _("学院"),
        "school": _("附属学校"),
        "administrative": _("机关"),
        "support": _("直属单位"),
        "logistics": _("后勤"),
        "retired": _("单列，不计入全校在职"),
        "pool": _("合并统计"),
    }.get(unit_type, _("其他单位"))


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units of one type, in the order of the document: never by score."""

    unit_type: str
    units: tuple[ReleasedUnit, ...]

    @property
    def name(self) -> str:
        return type_name(self.unit_type)


class ReleaseInList(Protocol):
    """What is known of a released poll in a list."""

    @property
    def poll_id(self) -> str: ...
    @property
    def questionnaire(self) -> str: ...
    @property
    def last_day(self) -> date: ...


def wave_before(poll: PollFacts, releases: Iterable[ReleaseInList]) -> str | None:
    """The id of the latest released poll of the same questionnaire that ended before this one began."""
    before = [each for each in releases if each.questionnaire == poll.questionnaire and each.last_day < poll.first_day]
    return max(before, key=lambda each: each.last_day).poll_id if before else None


class Reading:
    """A released document with quick look-ups; one is made for each page."""

    def __init__(self, released: Released) -> None:
        self.released = released
        self.poll = released.poll
        self.rules = released.rules
        self._units = {unit.id: unit for unit in released.units}

    @cached_property
    def _criteria(self) -> dict[tuple[str, str], CriterionFigure]:
        return {(figure.unit, figure.criterion): figure for figure in self.released.criterion_figures}

    @property
    def title(self) -> str:
        return spoken(self.poll.title)

    @property
    def everybody(self) -> ReleasedUnit:
        return self._units[EVERYBODY]

    @property
    def turnout_words(self) -> str:
        """How many in-service staff answered, of how many, in words."""
        everybody = self.everybody
        if everybody.n_responding is None:
            return _("不到 5 人作答，应参加 %(all)s 人", all=number(everybody.n_eligible))
        words = _(
            "在职教职工 %(n)s 人作答，应参加 %(all)s 人",
            n=number(everybody.n_responding),
            all=number(everybody.n_eligible),
        )
        if everybody.response_percent is None:
            return words
        return words + _("（%(percent)s%%）", percent=everybody.response_percent)

    @property
    def is_indicative(self) -> bool:
        return is_indicative(self.everybody)

    def unit(self, unit_id: str) -> ReleasedUnit | None:
        return self._units.get(unit_id)

    def unit_name(self, unit: ReleasedUnit) -> str:
        return _("全校在职") if unit.id == EVERYBODY else spoken(unit.name)

    def cell(self, unit_id: str, column: str) -> ItemFigure:
        if unit_id not in self._units:
            return ItemFigure(unit_id, column, withheld="not_shown_by_rule")
        return self.released.item_figure(unit_id, column)

    def main_figure(self, unit_id: str, item: ReleasedItem) -> Figure:
        """The number an item is known by: its score; of an outcome (solved or not), the share of the favourable one."""
        figure = self.cell(unit_id, item.column)
        if is_outcome(item):
            return top_box(figure)
        return score(figure) if item.measure in {"score", "best_worst"} else share(figure)

    def criterion_figure(self, unit_id: str, criterion: str) -> Figure:
        figure = self._criteria.get((unit_id, criterion))
        return criterion_score(figure or CriterionFigure(unit_id, criterion, withheld="not_shown_by_rule"))

    def rated(self, item: str) -> ReleasedItem | None:
        """The column that holds the score of an item."""
        return next((each for each in self.released.items if each.item == item and each.measure == "score"), None)

    def item_called(self, item: str) -> ReleasedItem | None:
        return next((column for column in self.released.items if column.item == item), None)

    def feeding(self, measure_id: str) -> tuple[ReleasedItem, ...]:
        """The columns of the items that belong to one subject, e.g. "need_urgent"."""
        return tuple(column for column in self.released.items if measure_id in column.feeds)

    def distribution(self, column: str) -> Distribution | None:
        return self.released.distribution(column)

    @property
    def has_criteria(self) -> bool:
        return bool(self.released.criteria_list)

    @property
    def has_needs(self) -> bool:
        return bool(self.feeding("need_prevalence"))

    @cached_property
    def in_service(self) -> tuple[ReleasedUnit, ...]:
        """The units inside the university's total, without those whose answers are counted in the pool."""
        return tuple(unit for unit in self.released.units if unit.id != EVERYBODY and unit.unit_type != RETIRED)

    @property
    def retired(self) -> tuple[ReleasedUnit, ...]:
        return tuple(unit for unit in self.released.units if unit.unit_type == RETIRED)

    @property
    def groups(self) -> tuple[UnitGroup, ...]:
        """Units by type in the fixed order, retired members last and apart."""
        types = dict.fromkeys(unit.unit_type for unit in self.in_service)
        ordered = [name for name in TYPE_ORDER if name in types] + [name for name in types if name not in TYPE_ORDER]
        found = [UnitGroup(name, _of_type(self.in_service, name)) for name in ordered]
        if self.retired:
            found.append(UnitGroup(RETIRED, self.retired))
        return tuple(found)

    @property
    def indicative(self) -> tuple[ReleasedUnit, ...]:
        """In-service units where fewer than half answered."""
        return tuple(
            unit
            for unit in self.in_service
            if unit.response_percent is not None and unit.response_percent < INDICATIVE_BELOW
        )

    @property
    def pooled(self) -> tuple[ReleasedUnit, ...]:
        return tuple(unit for unit in self.released.units if unit.pooled_into)

    @property
    def pooled_names(self) -> str:
        return _("、").join(self.unit_name(unit) for unit in self.pooled)

    @property
    def indicative_names(self) -> str:
        return _("、").join(self.unit_name(unit) for unit in self.indicative)

    def question(self, item: ReleasedItem) -> str:
        """The words that were asked: of a matrix, the row's."""
        return spoken(item.row_text or item.text).rstrip("：:")

    def label(self, item: ReleasedItem) -> str:
        """The short name for tables and charts: the item's, the row's or the option's; of an outcome, which one."""
        label = spoken(item.label).rstrip("：:")
        if not is_outcome(item):
            return label
        return label + _("：") + _("、").join(spoken(each.text) for each in item.choices if each.id in item.top_choices)


def _of_type(units: Iterable[ReleasedUnit], unit_type: str) -> tuple[ReleasedUnit, ...]:
    return tuple(unit for unit in units if unit.unit_type == unit_type)


def is_outcome(item: ReleasedItem) -> bool:
    """A choice among outcomes, such as solved or not solved: its favourable share says more than its mean."""
    return item.measure == "score" and item.kind == "single"


def is_indicative(unit: ReleasedUnit) -> bool:
    return unit.response_percent is not None and unit.response_percent < INDICATIVE_BELOW
