"""The gate: what may be shown. Everything anyone sees of a poll's answers is read from the `Released` made here.

Rules: design/disclosure.md, in docs/decisions/0012-the-gate.md. Units too small are pooled first; groups under 5 answers
are withheld and so is what would give them away by subtraction, by equations (elimination) or by a linear programme
(judging); answers nearly all or hardly any gave are told together (joining); scores are whole points, intervals are
rounded outward.
"""

from collections.abc import Callable, Mapping, Sequence

from analysis.disclosure.crossings import Counted
from analysis.disclosure.distributions import distributions
from analysis.disclosure.figures import criterion_rows, item_rows, reasons_of
from analysis.disclosure.joining import FULL_BASE
from analysis.disclosure.ledger import held_against
from analysis.disclosure.plan import PublicationPlan
from analysis.disclosure.planning import publication_plan
from analysis.disclosure.released import (
    CommentCount,
    PollFacts,
    Released,
    ReleasedCriterion,
    ReleasedItem,
    ReleasedSection,
)
from analysis.disclosure.released_items import released_items
from analysis.disclosure.suppression import Plan, UnitFacts
from analysis.disclosure.told_rows import told_rows
from analysis.disclosure.unsafe import UnsafeRelease
from analysis.frame import Text
from analysis.scoring import Scoring

METHOD_VERSION = "2026.2"
Progress = Callable[[int, int], None]


def release(
    counted: Counted,
    poll: PollFacts,
    units: Sequence[UnitFacts],
    scoring: Scoring,
    comments: Mapping[tuple[str, str], int] | None = None,
    progress: Progress = lambda _done, _total: None,
    ledger: Sequence[Released] = (),
    planned: PublicationPlan | None = None,
) -> Released:
    """Everything that may be shown of one poll, for ever: the same ballots give the same bytes.

    Inputs: all counts of the poll (their units in the order of `units`), what was frozen with the poll, the scoring of
    its questionnaire, and the number of comments per (unit, item); `progress(done, total)` is told of questions judged;
    `ledger`: what was released before, of this and other polls; `planned`: the
    publication plan frozen with the poll (None: the one that follows from its questionnaire), whose attributes were counted
    and of which nothing is told that it does not name. Raises UnsafeRelease if nothing safe can be found.
    """
    tally = counted.tally
    planned = _kept(planned or publication_plan(tally.book.questionnaire, units, scoring))
    told = told_rows(counted, units, planned)
    rules = planned.rules
    plan = told.plan
    items = tuple(each for each in released_items(tally.book, scoring) if each.column in told.levels)
    questionnaire = tally.book.questionnaire
    rows = item_rows(counted, told, items, scoring, progress)
    criteria, group_criteria = criterion_rows(counted, told, scoring)
    found = Released(
        poll=poll,
        method_version=f"{METHOD_VERSION}, scoring {scoring.version}",
        units=plan.listed,
        sections=tuple(ReleasedSection(section.id, section.title) for section in questionnaire.sections),
        items=items,
        criteria_list=tuple(ReleasedCriterion(c.id, c.name, c.items, c.weight) for c in scoring.criteria),
        item_figures=rows.figures,
        criterion_figures=criteria,
        distributions=distributions(tally, items, plan.total, rules.minimum_base, rows.withheld),
        comment_counts=_comment_counts(items, plan, units, comments or {}, rules.text_base),
        rules=rules,
        groups=tuple(group for each in told.groups for group in each.listed),
        group_figures=rows.group_figures,
        group_criteria=group_criteria,
        row_distributions=rows.distributions,
    )
    return held_against(found, ledger)


def _kept(planned: PublicationPlan) -> PublicationPlan:
    """The plan, if its promises can be kept: bands up to a larger base than these figures are made by cannot."""
    if planned.full_base > FULL_BASE:
        raise UnsafeRelease(
            Text(
                f"定稿时承诺答的人不到 {planned.full_base} 时只分三档，现在的系统只能做到 {FULL_BASE}，结果不能公布。",
                f"When the poll was frozen, three bands alone were promised for fewer than {planned.full_base} answers; this "
                f"version keeps to that up to {FULL_BASE} only. Nothing can be released.",
            )
        )
    return planned


def _comment_counts(
    items: Sequence[ReleasedItem],
    plan: Plan,
    units: Sequence[UnitFacts],
    comments: Mapping[tuple[str, str], int],
    minimum: int,
) -> tuple[CommentCount, ...]:
    rows = (*((plan.total,) if plan.total else ()), *plan.parts, *plan.apart)
    counts: list[CommentCount] = []
    for item in (item.item for item in items if item.measure == "text"):
        numbers = {row.id: sum(comments.get((units[place].id, item), 0) for place in row.units) for row in rows}
        for row, reason in reasons_of(numbers, [[part.id for part in plan.parts]], minimum).items():
            shown = numbers[row] if reason in (None, "no_answers") else None
            counts.append(CommentCount(row, item, shown, reason))
    return tuple(counts)
