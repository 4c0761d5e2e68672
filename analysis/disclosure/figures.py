"""The figures of all rows, question by question, as far as the judge lets them be told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.disclosure.crossings import Counted
from analysis.disclosure.joining import coarse_mean, nearly_unanimous
from analysis.disclosure.joint import joint, judged_together
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
    pairs = [pair for pair in counted.crossing.pairs if {each.id for each in asked}.issuperset(pair)]
    figures: dict[str, list[ItemFigure]] = {}
    found = ItemRows()
    judged: dict[str, _QuestionRows] = {}
    for done, question in enumerate(asked):
        progress(done, len(asked) + len(pairs))
        judged[question.id] = _QuestionRows(counted, told, question, scoring)
    for done, (first, second) in enumerate(pairs, start=len(asked)):
        progress(done, len(asked) + len(pairs))
        judged[first].judge_with(judged[second])
    for each in judged.values():
        each.add_to(found, figures)
    for item in items:
        if item.measure == "best_worst":
            figures[item.column] = _unjudged(counted, told, item, scoring)
    progress(len(asked) + len(pairs), len(asked) + len(pairs))
    units = {row.id for _, row in told.sources(counted)} - told.group_rows
    every = [figure for item in items for figure in figures.get(item.column, ())]
    found.figures = tuple(each for each in every if each.unit in units)
    found.group_figures = tuple(each for each in every if each.unit not in units)
    return found


def _unjudged(counted: Counted, told: ToldRows, item: ReleasedItem, scoring: Scoring) -> list[ItemFigure]:
    """First minus last over times shown: a ratio of sums nobody can take apart; bases are kept as everywhere."""
    rows = [(tally, row) for tally, row in told.sources(counted) if told.planned(item.column, row.id)]
    raw = {row.id: raw_figure(tally, item, row, scoring) for tally, row in rows}
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
    verdict: Verdict = field(init=False)

    def __post_init__(self) -> None:
        self.sources = {row.id: (tally, row) for tally, row in self.told.sources(self.counted)}
        self.raw, self.reasons = {}, {}
        for item in self.question.columns:
            rows = [row for row in self.sources if row == EVERYBODY or self._planned(item, row)]
            raw = {row: raw_figure(*self._with(row, item), self.scoring) for row in rows}
            reasons = reasons_of({row: each.base for row, each in raw.items()}, self.told.families(), self.told.minimum)
            everybody = raw.get(EVERYBODY)
            if everybody and everybody.chosen is not None and 0 < everybody.chosen < self.told.minimum:
                apart = {row.id for row in self.told.plan.apart}
                for row in set(rows) - apart - {EVERYBODY}:
                    reasons[row] = reasons[row] or "not_shown_by_rule"
            self.raw[item.column], self.reasons[item.column] = raw, reasons
        self.verdict = self._judged()

    def _with(self, row: str, item: ReleasedItem) -> tuple[Tally, ReleasedItem, Row]:
        tally, own = self.sources[row]
        return tally, item, own

    def _planned(self, item: ReleasedItem, row: str) -> bool:
        """Which columns give figures for units and groups; what they say of a single choice is their distribution."""
        if item.measure in ONCE_ONLY or (item.measure == "share" and item.kind != "multi"):
            return False
        return self.told.planned(item.column, row)

    def _judged(self) -> Verdict:
        """What may be shown of this question by itself; of rows apart, which are told coarsely."""
        judge, question = self.told.judge, self.question
        coarse = frozenset(row for row in self.sources if self._unanimous(row))
        spread = {row: self._distribution(row, coarse=False) for row in self.sources if row != EVERYBODY}
        parts = self.parts
        wanted = {row for row in parts if spread.get(row) and not self._hidden(row)}
        # A base of nobody is told as well, and says of everybody in the row that they gave none of the answers.
        told = (None, "no_answers")
        wanted |= {row for reasons in self.reasons.values() for row in parts if reasons.get(row, "too_few") in told}
        if judge is None or question.item.personal:
            return Verdict(frozenset(wanted), coarse)
        counts = question_counts(self.counted.crossing, question)[list(self.told.in_total)]
        answers = [(each,) for each in question.told]
        found = judge.verdict(counts, answers, frozenset(wanted), coarse & parts, self.coarsely)
        return replace(found, coarse=found.coarse | (coarse - parts))

    @property
    def parts(self) -> frozenset[str]:
        judge = self.told.judge
        return frozenset(each.id for each in judge.slices) if judge else frozenset()

    def judge_with(self, second: "_QuestionRows") -> None:
        """Rule 6 for this question and one that it leads to: both verdicts become as strict as the two together want it."""
        judge, own = self.told.judge, (self, second)
        if judge is None or any(each.question.item.personal or each.verdict.withheld for each in own):
            return
        apart = [each.verdict.coarse - each.parts for each in own]
        verdicts = tuple(replace(each.verdict, coarse=each.verdict.coarse & each.parts) for each in own)
        asked = joint(self.counted.crossing, self.told.in_total, self.question, second.question)
        found = judged_together(judge, asked, (verdicts[0], verdicts[1]), (self.coarsely, second.coarsely))
        for each, verdict, rows in zip(own, found, apart, strict=True):
            each.verdict = replace(verdict, coarse=verdict.coarse | rows)

    def add_to(self, found: ItemRows, figures: dict[str, list[ItemFigure]]) -> None:
        question, coarse = self.question, self.verdict.coarse
        hidden = self.parts - self.verdict.shown
        if self.verdict.withheld:
            hidden |= {EVERYBODY}
            found.withheld |= {item.column for item in question.columns}
        for item in question.columns:
            reasons = {
                row: "not_shown_by_rule" if row in hidden and reason in (None, "no_answers") else reason
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
        if not coarse:
            return figure
        return coarse_figure(figure, item, raw, () if self.question.told == (CHOSEN,) else self._counts(row))

    def _distribution(self, row: str, *, coarse: bool) -> RowDistribution | None:
        """None for what has no codes of its own, for what respondents say of themselves, and for rows with too few."""
        question = self.question
        if question.told == (CHOSEN,) or not self.told.planned(question.item.column, row) or self._hidden(row):
            return None
        counts = self._counts(row)
        base = sum(n for n, choice in zip(counts, question.item.choices, strict=True) if choice.role != "missing")
        if base < self.told.minimum or EVERYBODY not in self.sources:
            return None
        return row_distribution(row, question.item, counts, self._counts(EVERYBODY), self.told.minimum, coarse=coarse)

    def coarsely(self, row: str) -> tuple[Saying, ...]:
        """What a row says of this question if it is told coarsely."""
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
