"""Difficulties as staff report them: known to the union, acted on, solved, answered in time; why some stayed silent.

Counts of cases belong to the ledger; until there is one, its half of the section is left out whole.
"""

from analysis.disclosure.released import EVERYBODY
from analysis.report.content import Block, Cell, Column, Paragraph, Section, Table
from analysis.report.documents import WaveDocuments, has_unit
from analysis.report.figures import DASH, joined, listed, number_cell, score_cell, scored, share
from analysis.report.language import speech

STEPS = (
    "a05.union_first", "a05.i_told", "a05.relayed", "a05.not_known", "a06.yes_act",
    "a07.solved", "a07.partly", "a07.in_progress", "a07.unsolved", "a08.d3", "a08.d10", "a08.d30", "a08.d30p", "a08.none",
)  # fmt: skip
MOST_REASONS = 3


def difficulties(documents: WaveDocuments, language: str, unit: str = EVERYBODY) -> Section | None:
    """A row a step with its share, base and last year; None where nothing of it may be shown."""
    _ = speech(language)
    rows: list[tuple[Cell, ...]] = []
    group = ""
    for column in STEPS:
        found = documents.column(column)
        if found is None or not has_unit(found[0], unit):
            continue
        released, item = found
        figure = released.item_figure(unit, column)
        words = share(figure, language)
        if words is None:
            continue
        question = item.text.in_language(language).rstrip("：:")
        if question != group:
            rows.append((Cell(_("%(question)s（%(n)s 人回答）", question=question, n=figure.base)),))
            group = question
        before = documents.figure_before(released, unit, column)
        last = share(before, language) if before else None
        rows.append((Cell(item.label.in_language(language)), Cell(words), Cell(last or DASH, "" if last else "muted")))
    if not rows:
        return _of_cases(documents, language, unit)
    columns = (Column(_("教职工说"), 3, "left"), Column(_("占多少"), 1.4), Column(_("上年"), 1.4))
    note = _("问卷是匿名的，这里只有比例；收到多少件、办结多少件以台账为准，台账没有录入，这里不写。")
    blocks: list[Block] = [*_case_sentences(documents, language, unit), Table("", columns, tuple(rows), note)]
    blocks += _silence(documents, language, unit)
    return Section(_("遇到的困难，办得怎样"), tuple(blocks))


def _of_cases(documents: WaveDocuments, language: str, unit: str) -> Section | None:
    """The way of a unit's difficulties by the assessment's counts, where the steps themselves are not told by unit."""
    _ = speech(language)
    own = documents.assessment.unit(unit)
    if own is None or own.cases.met is None:
        return None
    cases = own.cases
    steps = (
        (_("遇到困难"), cases.met, None),
        (_("工会知道"), cases.known, None),
        (_("其中工会主动来了解的"), None, cases.union_first_percent),
        (_("工会采取了行动"), cases.acted, cases.acted_percent),
        (_("已经解决"), cases.solved, None),
        (_("部分解决"), cases.partly, None),
        (_("正在办理"), cases.in_progress, None),
        (_("没有解决"), cases.unsolved, None),
        (_("10 天内得到第一次答复"), None, cases.first_reply_percent),
    )
    rows = tuple(
        (
            Cell(words),
            number_cell(count),
            score_cell(rate, language, sign="%") if rate else Cell(""),
        )
        for words, count, rate in steps
        if count is not None or (rate and rate.shown)
    )
    columns = (Column(_("教职工说"), 3, "left"), Column(_("人次"), 1), Column(_("占多少"), 1.4))
    note = _("人次来自匿名问卷，不到 5 的不写；收到多少件、办结多少件以台账为准，台账没有录入，这里不写。")
    blocks: list[Block] = [*_case_sentences(documents, language, unit), Table("", columns, rows, note, small=True)]
    if cases.silence:
        said = listed(
            (f"{each.text.in_language(language)} {each.percent}%" for each in cases.silence[:MOST_REASONS]), language
        )
        blocks.append(Paragraph(_("没有向工会反映的主要原因：%(reasons)s。", reasons=said)))
    return Section(_("遇到的困难，办得怎样"), tuple(blocks))


def _case_sentences(documents: WaveDocuments, language: str, unit: str) -> list[Block]:
    _ = speech(language)
    own = documents.assessment.unit(unit)
    cases = documents.assessment.university.cases if unit == EVERYBODY else own.cases if own else None
    if cases is None:
        return []
    said = []
    if solved := scored(cases.solved_percent, language, "%"):
        lenient = scored(cases.lenient_percent, language, "%")
        said.append(_("困难的解决率是%(figure)s，部分解决的算一半，正在办理的留在分母里。", figure=solved))
        if lenient:
            said.append(_("不算正在办理的是%(figure)s。", figure=lenient))
    if unknown := scored(cases.unknown_percent, language, "%"):
        said.append(_("%(figure)s的困难工会还不知道。", figure=unknown))
    if reply := scored(cases.first_reply_percent, language, "%"):
        said.append(_("%(figure)s在 10 天内得到第一次答复。", figure=reply))
    return [Paragraph(joined(said, language))] if said else []


def _silence(documents: WaveDocuments, language: str, unit: str) -> list[Block]:
    _ = speech(language)
    asked = documents.asked("voice_barrier")
    figures = asked.figures(unit)[:MOST_REASONS] if asked else ()
    if not figures:
        return []
    said = listed(
        (f"{item.label.in_language(language)} {share(figure, language)}" for item, figure in figures), language
    )
    return [Paragraph(_("没有向工会反映的主要原因：%(reasons)s。", reasons=said))]
