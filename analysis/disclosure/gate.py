"""The gate: what may be shown. Everything anyone sees of a poll's answers is read from the `Released` made here.

First form of the gate (design/disclosure.md rules 1 to 4 and 8, and subtraction within each column): groups under 5
answers are pooled or withheld, comments under 10 are not even counted, each column hides what total minus shown parts
would give away, scores are whole points, intervals are rounded outward, distributions exist for the in-service total.
"""

from collections.abc import Mapping, Sequence

from analysis.disclosure.distributions import distributions
from analysis.disclosure.raw_figures import RawCriterion, RawFigure, raw_criterion, raw_figure
from analysis.disclosure.released import (
    EVERYBODY,
    CommentCount,
    CriterionFigure,
    ItemFigure,
    PollFacts,
    Released,
    ReleasedCriterion,
    ReleasedItem,
    ReleasedSection,
    Rules,
    Withheld,
)
from analysis.disclosure.released_items import ONCE_ONLY, released_items
from analysis.disclosure.rounding import outward, whole
from analysis.disclosure.suppression import Plan, Row, UnitFacts, hidden_cells, row_plan
from analysis.scoring import Scoring
from analysis.tallies import Tally

METHOD_VERSION = "2026.1/first"
RULES = Rules()


def release(
    tally: Tally,
    poll: PollFacts,
    units: Sequence[UnitFacts],
    scoring: Scoring,
    comments: Mapping[tuple[str, str], int] | None = None,
) -> Released:
    """Everything that may be shown of one poll, for ever: the same ballots give the same bytes.

    Inputs: the tally of all ballots (its units in the order of `units`), what was frozen with the poll, the scoring of
    its questionnaire, and the number of comments per (unit, item).
    """
    plan = row_plan(units, [int(n) for n in tally.responding], RULES.minimum_base)
    items = released_items(tally.book, scoring)
    questionnaire = tally.book.questionnaire
    return Released(
        poll=poll,
        method_version=f"{METHOD_VERSION}, scoring {scoring.version}",
        units=plan.listed,
        sections=tuple(ReleasedSection(section.id, section.title) for section in questionnaire.sections),
        items=items,
        criteria_list=tuple(ReleasedCriterion(c.id, c.name, c.items, c.weight) for c in scoring.criteria),
        item_figures=tuple(figure for item in items for figure in _item_figures(tally, item, plan, scoring)),
        criterion_figures=_criterion_figures(tally, plan, scoring),
        distributions=distributions(tally, items, plan.total, RULES.minimum_base),
        comment_counts=_comment_counts(items, plan, units, comments or {}),
        rules=RULES,
    )


def _rows(plan: Plan, *, parts: bool = True) -> tuple[Row, ...]:
    total = (plan.total,) if plan.total else ()
    return (*total, *plan.parts, *plan.apart) if parts else total


def _reasons(bases: Mapping[str, int], plan: Plan, minimum: int) -> dict[str, Withheld | None]:
    """Why each row of one column is withheld, or None: total, parts (with what must hide beside them), and those apart."""
    parts = {row.id: bases[row.id] for row in plan.parts if row.id in bases}
    hidden = hidden_cells(parts, minimum)
    reasons: dict[str, Withheld | None] = {}
    for row, base in bases.items():
        if base == 0:
            reasons[row] = "no_answers"
        elif base < minimum:
            reasons[row] = "too_few"
        else:
            reasons[row] = "not_shown_by_rule" if row in hidden else None
    return reasons


def _item_figures(tally: Tally, item: ReleasedItem, plan: Plan, scoring: Scoring) -> list[ItemFigure]:
    """The figures of one column. An item with one answer each gives its options for everybody only: shares of all
    options of a unit would be its distribution. An option chosen by 1 to 4 of everybody is not broken down either.
    """
    if item.measure == "text" or item.kind in ("number", "date"):
        return []  # numbers and dates would need bands first: exact ones can name a person
    whole_only = item.measure in ONCE_ONLY or (item.measure == "share" and item.kind != "multi")
    raw = {row.id: raw_figure(tally, item, row, scoring) for row in _rows(plan, parts=not whole_only)}
    reasons = _reasons({row: figure.base for row, figure in raw.items()}, plan, RULES.minimum_base)
    everybody = raw.get(EVERYBODY)
    if everybody and everybody.chosen is not None and 0 < everybody.chosen < RULES.minimum_base:
        parts = {row.id for row in plan.parts}
        reasons = {row: reason or ("not_shown_by_rule" if row in parts else None) for row, reason in reasons.items()}
    return [_item_figure(row, item.column, figure, reasons[row]) for row, figure in raw.items()]


def _item_figure(row: str, column: str, raw: RawFigure, withheld: Withheld | None) -> ItemFigure:
    if withheld == "no_answers":
        unaware = whole(raw.dont_know) if raw.asked >= RULES.minimum_base else None
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


def _criterion_figures(tally: Tally, plan: Plan, scoring: Scoring) -> tuple[CriterionFigure, ...]:
    figures: dict[tuple[str, str], CriterionFigure] = {}
    for place, criterion in enumerate(scoring.criteria):
        raw = {row.id: raw_criterion(tally, place, row, scoring) for row in _rows(plan)}
        reasons = _reasons({row: each.estimate.base for row, each in raw.items()}, plan, RULES.minimum_base)
        for row, each in raw.items():
            figures[row, criterion.id] = _criterion_figure(row, criterion.id, each, reasons[row])
    return tuple(
        figures.get((unit.id, criterion.id), CriterionFigure(unit.id, criterion.id, withheld=unit.withheld))
        for unit in plan.listed
        for criterion in scoring.criteria
    )


def _criterion_figure(row: str, criterion: str, raw: RawCriterion, withheld: Withheld | None) -> CriterionFigure:
    if withheld:
        return CriterionFigure(row, criterion, base=0 if withheld == "no_answers" else None, withheld=withheld)
    low, high = outward(raw.estimate.interval)
    score, dont_know = whole(raw.estimate.value), whole(raw.dont_know)
    return CriterionFigure(row, criterion, raw.estimate.base, score, low, high, dont_know)


def _comment_counts(
    items: Sequence[ReleasedItem], plan: Plan, units: Sequence[UnitFacts], comments: Mapping[tuple[str, str], int]
) -> tuple[CommentCount, ...]:
    counts: list[CommentCount] = []
    for item in (item.item for item in items if item.measure == "text"):
        numbers = {row.id: sum(comments.get((units[place].id, item), 0) for place in row.units) for row in _rows(plan)}
        for row, reason in _reasons(numbers, plan, RULES.text_base).items():
            shown = numbers[row] if reason in (None, "no_answers") else None
            counts.append(CommentCount(row, item, shown, reason))
    return tuple(counts)
