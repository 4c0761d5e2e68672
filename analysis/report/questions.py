"""The three questions in one sentence each: did the union act first, how much was solved, are staff satisfied."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.disclosure.released import EVERYBODY, ItemFigure
from analysis.disclosure.released_assessment import WaveChange
from analysis.report.content import Paragraph, Section
from analysis.report.documents import WaveDocuments, has_unit
from analysis.report.figures import change_words, joined, top_box, with_interval
from analysis.report.language import Speech, speech

Words = Callable[[Speech], str]


@dataclass(frozen=True, slots=True)
class Question:
    """`items`: the first of them that was asked answers the question; with each the words around its figure."""

    dimension: str
    subject: Words
    items: tuple[tuple[str, Words], ...]


QUESTIONS = (
    Question(
        "q_proactive",
        lambda _: _("主动帮了吗"),
        (("b02", lambda _: _("%(figure)s的教职工说，分工会经常或总是主动了解他们的困难。")),),
    ),
    Question(
        "q_solved",
        lambda _: _("解决了多少"),
        (
            ("a07", lambda _: _("工会知道、仍需帮助的困难里，%(figure)s经工会帮助已经解决。")),
            ("b05", lambda _: _("向工会提过困难的教职工里，%(figure)s说最重要的一件已经解决。")),
        ),
    ),
    Question(
        "q_satisfied",
        lambda _: _("满意吗"),
        (("b01", lambda _: _("%(figure)s的教职工对分工会比较满意或非常满意。")),),
    ),
)


def three_questions(documents: WaveDocuments, language: str, unit: str = EVERYBODY) -> Section | None:
    """The answered questions with last year beside them; None if no poll of the wave asked any."""
    _ = speech(language)
    found = [answered for each in QUESTIONS if (answered := _answer(each, documents, language, unit))]
    return Section(_("三个问题的回答"), tuple(found)) if found else None


def _answer(question: Question, documents: WaveDocuments, language: str, unit: str) -> Paragraph | None:
    _ = speech(language)
    for item, words in question.items:
        asked = documents.item(item)
        if asked is None or not has_unit(asked[0], unit):
            continue
        figure = asked[0].item_figure(unit, asked[1].column)
        said = top_box(figure, language)
        if said is None:
            continue
        before = documents.figure_before(asked[0], unit, asked[1].column)
        sentences = (
            words(_) % {"figure": said},
            _("%(n)s 人回答。", n=f"{figure.base:,}") if figure.base is not None else "",
            _last_year(before, language),
            _change(documents, question.dimension, language, unit),
        )
        return Paragraph(joined(sentences, language), lead=question.subject(_) + _("："), kind="say")
    return None


def _last_year(before: ItemFigure | None, language: str) -> str:
    _ = speech(language)
    if before is None or before.top_two_box_percent is None:
        return ""
    figure = with_interval(before.top_two_box_percent, before.top_two_box_low, before.top_two_box_high, language, "%")
    return _("上年为%(figure)s。", figure=figure)


def _change(documents: WaveDocuments, dimension: str, language: str, unit: str) -> str:
    """What the test of this question says; it covers all its parts, so it stands as a sentence of its own."""
    _ = speech(language)
    flagged = False
    if unit == EVERYBODY:
        scores = {each.id: each.change for each in documents.assessment.university.dimensions}
    else:
        own = documents.assessment.unit(unit)
        scores = {each.id: each.change for each in own.dimensions} if own else {}
        flagged = own is not None and bool(own.flags)
    words = change_words(scores.get(dimension, WaveChange()), language)
    if not words:
        return ""
    if flagged:
        return _("有提示待核实，这一方面的得分%(words)s。", words=words)
    return _("这一方面的得分%(words)s。", words=words)
