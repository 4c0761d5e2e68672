"""The figures of all rows, question by question, as far as the judge lets them be told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.disclosure.crossings import Counted
from analysis.disclosure.joining import coarse_mean, nearly_unanimous
from analysis.disclosure.judging import Saying, Verdict
from analysis.disclosure.questions import CHOSEN, Question, question_counts, questions
from analysis.disclosure.raw_figures import RawCriterion, RawFigure, code_counts, raw_criterion, raw_figure, worth_of
from analysis.disclosure.released import (
    EVERYBODY,
    CriterionFigure,
    ItemFigure,
    ReleasedItem,
    Withheld,
)
from analysis.disclosure.released_breakdowns import RowDistribution
from analysis.disclosure.released_items import ONCE_ONLY
from analysis.disclosure.rounding import outward, whole
from analysis.disclosure.suppression import Row, hidden_cells
from analysis.disclosure.telling import coarse_figure, plain_figure, row_distribution, sayings
from analysis.disclosure.told_rows import ToldRows
from analysis.scoring import Scoring
from analysis.tallies import Tally

Reasons = dict[str, Withheld | None]


@dataclass(slots=True)
class ItemRows:
    """What one release tells of its questions. `withheld`: columns of which not even the total may be told."""

    figures: tuple[ItemFigure, ...] = ()
    group_figures: tuple[ItemFigure, ...] = ()
    distributions: tuple[RowDistribution, ...] = ()
    withheld: frozenset[str] = frozenset()


def reasons_of(bases: Mapping[str, int], families: Sequence[Sequence[str]], minimum: int) -> Reasons:
    """Why each row of one column is withheld, or None: too few, or hidden so that total minus shown parts is enough."""
    hidden: frozenset[str] = frozenset()
    for family in families:
        hidden |= hidden_cells({row: bases[row] for row in family if row in bases}, minimum)
    reasons: Reasons = {}
    for row, base in bases.items():
        if base == 0:
            reasons[row] = "no_answers"
        elif base < minimum:
            reasons[row] = "too_few"
        else:
            reasons[row] = "not_shown_by_rule" if row in hidden else None
    return reasons


def item_rows(
    counted: Counted,
    told: ToldRows,
    items: Sequence[ReleasedItem],
    scoring: Scoring,
    progress: Callable[[int, int], None],
) -> ItemRows:
    """Figures and distributions of every row; `progress(done, total)` counts questions."""
    asked = questions(items)
    figures: dict[str, list[ItemFigure]] = {}
    found = ItemRows()
    for done, question in enumerate(asked):
        progress(done, len(asked))
        _QuestionRows(counted, told, question, scoring).add_to(found, figures)
    for item in items:
        if item.measure == "best_worst":
            figures[item.column] = _unjudged(counted, told, item, scoring)
    progress(len(asked), len(asked))
    units = {row.id for _, row in told.sources(counted)} - {group.row.id for each in told.groups for group in each.rows}
    every = [figure for item in items for figure in figures.get(item.column, ())]
    found.figures = tuple(each for each in every if each.unit in units)
    found.group_figures = tuple(each for each in every if each.unit not in units)
    return found


def _unjudged(counted: Counted, told: ToldRows, item: ReleasedItem, scoring: Scoring) -> list[ItemFigure]:
    """First minus last over times shown: a ratio of sums nobody can take apart; bases are kept as everywhere."""
    raw = {row.id: raw_figure(tally, item, row, scoring) for tally, row in told.sources(counted)}
    reasons = reasons_of({row: each.base for row, each in raw.items()}, told.families(), told.minimum)
    return [plain_figure(row, item.column, each, reasons[row], told.minimum) for row, each in raw.items()]


@dataclass(slots=True)
class _QuestionRows:
    """One question's way through the gate."""

    counted: Counted
    told: ToldRows
    question: Question
    scoring: Scoring
    sources: dict[str, tuple[Tally, Row]] = field(init=False)
    raw: dict[str, dict[str, RawFigure]] = field(init=False)
    reasons: dict[str, Reasons] = field(init=False)

    def __post_init__(self) -> None:
        self.sources = {row.id: (tally, row) for tally, row in self.told.sources(self.counted)}
        groups = {group.row.id for each in self.told.groups for group in each.rows}
        self.raw, self.reasons = {}, {}
        for item in self.question.columns:
            rows = [row for row in self.sources if row == EVERYBODY or self._planned(item, row in groups)]
            raw = {row: raw_figure(*self._with(row, item), self.scoring) for row in rows}
            reasons = reasons_of({row: each.base for row, each in raw.items()}, self.told.families(), self.told.minimum)
            everybody = raw.get(EVERYBODY)
            if everybody and everybody.chosen is not None and 0 < everybody.chosen < self.told.minimum:
                apart = {row.id for row in self.told.plan.apart}
                for row in set(rows) - apart - {EVERYBODY}:
                    reasons[row] = reasons[row] or "not_shown_by_rule"
            self.raw[item.column], self.reasons[item.column] = raw, reasons

    def _with(self, row: str, item: ReleasedItem) -> tuple[Tally, ReleasedItem, Row]:
        tally, own = self.sources[row]
        return tally, item, own

    def _planned(self, item: ReleasedItem, group: bool) -> bool:
        """Which columns give figures for units and groups; what they say of a single choice is their distribution."""
        if item.measure in ONCE_ONLY or (item.measure == "share" and item.kind != "multi"):
            return False
        return not (group and item.personal)

    def add_to(self, found: ItemRows, figures: dict[str, list[ItemFigure]]) -> None:
        judge, question = self.told.judge, self.question
        spread = {row: self._distribution(row, coarse=False) for row in self.sources if row != EVERYBODY}
        parts = {each.id for each in judge.slices} if judge else set()
        wanted = {row for row in parts if spread.get(row) and not self._hidden(row)}
        wanted |= {row for reasons in self.reasons.values() for row in parts if reasons.get(row, "no") is None}
        coarse = {row for row in self.sources if self._unanimous(row)}
        if judge and not question.item.personal:
            counts = question_counts(self.counted.crossing, question)[list(self.told.in_total)]
            verdict = judge.verdict(counts, question.told, frozenset(wanted), frozenset(coarse & parts), self._sayings)
        else:
            verdict = Verdict(frozenset(wanted), frozenset(coarse))
        coarse |= verdict.coarse
        hidden = parts - verdict.shown
        if verdict.withheld:
            hidden |= {EVERYBODY}
            found.withheld |= {item.column for item in question.columns}
        for item in question.columns:
            reasons = {
                row: reason or ("not_shown_by_rule" if row in hidden else None)
                for row, reason in self.reasons[item.column].items()
            }
            figures[item.column] = [self._figure(row, item, reasons[row], row in coarse) for row in reasons]
        shown = [row for row in self.sources if row != EVERYBODY and row not in hidden]
        told = (self._distribution(row, coarse=row in coarse) for row in shown)
        found.distributions += tuple(each for each in told if each)

    def _hidden(self, row: str) -> bool:
        return self.reasons[self.question.item.column].get(row) is not None

    def _counts(self, row: str) -> list[int]:
        tally, own = self.sources[row]
        return code_counts(tally, self.question.id, own)

    def _unanimous(self, row: str) -> bool:
        question = self.question
        if question.told == (CHOSEN,):
            raw = self.raw[question.item.column].get(row)
            return raw is not None and 0 < raw.base < 20 and (raw.chosen or 0) >= raw.base - 1
        counts = self._counts(row)
        valid = [n for n, choice in zip(counts, question.item.choices, strict=True) if choice.role != "missing"]
        return nearly_unanimous(valid, sum(valid))

    def _figure(self, row: str, item: ReleasedItem, reason: Withheld | None, coarse: bool) -> ItemFigure:
        raw = self.raw[item.column][row]
        figure = plain_figure(row, item.column, raw, reason, self.told.minimum)
        if not coarse or reason:
            return figure
        return coarse_figure(figure, item, raw, () if self.question.told == (CHOSEN,) else self._counts(row))

    def _distribution(self, row: str, *, coarse: bool) -> RowDistribution | None:
        """None for what has no codes of its own, for what respondents say of themselves, and for rows with too few."""
        question = self.question
        if question.told == (CHOSEN,) or question.item.personal or self._hidden(row):
            return None
        counts = self._counts(row)
        base = sum(n for n, choice in zip(counts, question.item.choices, strict=True) if choice.role != "missing")
        if base < self.told.minimum or EVERYBODY not in self.sources:
            return None
        return row_distribution(row, question.item, counts, self._counts(EVERYBODY), self.told.minimum, coarse=coarse)

    def _sayings(self, row: str) -> tuple[Saying, ...]:
        question = self.question
        figures = [
            self._figure(row, item, self.reasons[item.column].get(row, "not_shown_by_rule"), True)
            if row in self.raw[item.column]
            else ItemFigure(row, item.column, withheld="not_shown_by_rule")
            for item in question.columns
        ]
        worth = worth_of(self.counted.tally, question.item, self.scoring)
        return sayings(question, figures, self._distribution(row, coarse=True), worth)


def criterion_rows(
    counted: Counted, told: ToldRows, scoring: Scoring
) -> tuple[tuple[CriterionFigure, ...], tuple[CriterionFigure, ...]]:
    """The criteria of units (one for every listed unit) and of groups."""
    figures: dict[tuple[str, str], CriterionFigure] = {}
    for place, criterion in enumerate(scoring.criteria):
        raw = {row.id: raw_criterion(tally, place, row, scoring) for tally, row in told.sources(counted)}
        reasons = reasons_of({row: each.estimate.base for row, each in raw.items()}, told.families(), told.minimum)
        for row, each in raw.items():
            figures[row, criterion.id] = _criterion(row, criterion.id, each, reasons[row])
    units = tuple(
        figures.get((unit.id, each.id), CriterionFigure(unit.id, each.id, withheld=unit.withheld))
        for unit in told.plan.listed
        for each in scoring.criteria
    )
    groups = tuple(
        figures.get((group.id, each.id), CriterionFigure(group.id, each.id, withheld=group.withheld))
        for plan in told.groups
        for group in plan.listed
        for each in scoring.criteria
    )
    return units, groups


def _criterion(row: str, criterion: str, raw: RawCriterion, withheld: Withheld | None) -> CriterionFigure:
    if withheld:
        return CriterionFigure(row, criterion, base=0 if withheld == "no_answers" else None, withheld=withheld)
    low, high = outward(raw.estimate.interval)
    dont_know = whole(raw.dont_know)
    if raw.unanimous and raw.estimate.value is not None:
        score = coarse_mean(raw.estimate.value)
        return CriterionFigure(row, criterion, raw.estimate.base, score, dont_know_percent=dont_know, coarse=True)
    return CriterionFigure(row, criterion, raw.estimate.base, whole(raw.estimate.value), low, high, dont_know)
