"""The four rights of staff and what they most want opened, where the congress poll of the wave is released."""

from analysis.disclosure.released import EVERYBODY
from analysis.disclosure.released_assessment import Score, ShownScore, UnitAssessment
from analysis.report.content import Block, Cell, Column, Paragraph, Section, Table
from analysis.report.documents import WaveDocuments, in_service, typical
from analysis.report.figures import listed, number_cell, score_cell, share
from analysis.report.language import speech

RIGHTS = ("right_to_know", "right_to_participate", "right_to_express", "right_to_supervise")
MOST_MATTERS = 3


def rights(documents: WaveDocuments, language: str, unit: UnitAssessment | None = None) -> Section | None:
    """A row a right: the university with the middle unit, or one unit beside both; None where nothing of it is told."""
    _ = speech(language)
    everybody = _scores(documents.assessment.university.shown)
    units = [_scores(each.shown) for each in in_service(documents.assessment)]
    own = _scores(unit.shown) if unit else everybody
    names = right_words(language)
    rows = tuple(
        (
            Cell(names[each], "strong"),
            *((score_cell(own.get(each, Score()), language),) if unit else ()),
            score_cell(everybody.get(each, Score()), language),
            number_cell(typical(scores[each].value for scores in units if each in scores)),
        )
        for each in RIGHTS
        if own.get(each, Score()).shown
    )
    blocks: list[Block] = []
    if rows:
        columns = (
            Column(_("权利"), 2, "left"),
            *((Column(_("本单位"), 1.6),) if unit else ()),
            Column(_("全校在职"), 1.6),
            Column(_("各单位中位"), 1.2),
        )
        note = _("满分 100，括号内是误差范围；每项是三道题的平均，答了两道以上才算。不计入群众评价分。")
        blocks.append(Table("", columns, rows, note))
    blocks += _to_open(documents, language, unit.unit if unit else EVERYBODY)
    return Section(_("四项权利和希望公开的事项"), tuple(blocks)) if blocks else None


def right_words(language: str) -> dict[str, str]:
    """The names of the rights."""
    _ = speech(language)
    return dict(zip(RIGHTS, (_("知情权"), _("参与权"), _("表达权"), _("民主监督权")), strict=True))


def _scores(shown: tuple[ShownScore, ...]) -> dict[str, Score]:
    return {each.id: each.score for each in shown}


def _to_open(documents: WaveDocuments, language: str, row: str) -> list[Block]:
    """The matters that most put among their first three."""
    _ = speech(language)
    asked = documents.asked("openness_priority", "top")
    figures = asked.figures(row)[:MOST_MATTERS] if asked else ()
    if not figures:
        return []
    matters = listed(
        (f"{item.label.in_language(language)} {share(each, language)}" for item, each in figures), language
    )
    base = figures[0][1].base
    return [Paragraph(_("%(n)s 人选了最希望公开的三类事项，最多的是%(matters)s。", n=f"{base:,}", matters=matters))]
