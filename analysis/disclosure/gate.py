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
from analysis.disclosure.ledger import held_against
from analysis.disclosure.released import (
    CommentCount,
    PollFacts,
    Released,
    ReleasedCriterion,
    ReleasedItem,
    ReleasedSection,
    Rules,
)
from analysis.disclosure.released_items import released_items
from analysis.disclosure.suppression import Plan, UnitFacts
from analysis.disclosure.told_rows import told_rows
from analysis.scoring import Scoring

METHOD_VERSION = "2026.2"
RULES = Rules()
Progress = Callable[[int, int], None]


def release(
    counted: Counted,
    poll: PollFacts,
    units: Sequence[UnitFacts],
    scoring: Scoring,
    comments: Mapping[tuple[str, str], int] | None = None,
    progress: Progress = lambda _done, _total: None,
    ledger: Sequence[Released] = (),
) -> Released:
    """Everything that may be shown of one poll, for ever: the same ballots give the same bytes.

    Inputs: all counts of the poll (their units in the order of `units`), what was frozen with the poll, the scoring of
    its questionnaire, and the number of comments per (unit, item); `progress(done, total)` is told of questions judged;
    `ledger`: what was released before, of this and other polls. Raises UnsafeRelease if nothing safe can be found.
    """
    tally = counted.tally
    told = told_rows(counted, units, RULES.minimum_base)
    plan = told.plan
    items = released_items(tally.book, scoring)
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
        distributions=distributions(tally, items, plan.total, RULES.minimum_base, rows.withheld),
        comment_counts=_comment_counts(items, plan, units, comments or {}),
        rules=RULES,
        groups=tuple(group for each in told.groups for group in each.listed),
        group_figures=rows.group_figures,
        group_criteria=group_criteria,
        row_distributions=rows.distributions,
    )
    return held_against(found, ledger)


def _comment_counts(
    items: Sequence[ReleasedItem], plan: Plan, units: Sequence[UnitFacts], comments: Mapping[tuple[str, str], int]
) -> tuple[CommentCount, ...]:
    rows = (*((plan.total,) if plan.total else ()), *plan.parts, *plan.apart)
    counts: list[CommentCount] = []
    for item in (item.item for item in items if item.measure == "text"):
        numbers = {row.id: sum(comments.get((units[place].id, item), 0) for place in row.units) for row in rows}
        for row, reason in reasons_of(numbers, [[part.id for part in plan.parts]], RULES.text_base).items():
            shown = numbers[row] if reason in (None, "no_answers") else None
            counts.append(CommentCount(row, item, shown, reason))
    return tuple(counts)
