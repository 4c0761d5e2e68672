"""The three questions of the year as sentences a leader can repeat, each with its score, last year and what may be said of it."""

from dataclasses import dataclass

from markupsafe import Markup

from analysis.disclosure.released import EVERYBODY
from analysis.disclosure.released_assessment import Cases, Score, UnitAssessment
from survey_app.web.formats import number
from survey_app.web.languages import gettext as _
from survey_app.web.readings import Figure, Reading, spoken, top_box
from survey_app.web.year_words import Verdict, change_verdict, standing_verdict
from survey_app.web.years import Row, Year, dimension_of

#: The rated question of the yearly review whose favourable share answers a question in words.
ASKED = {"q_proactive": "b02", "q_satisfied": "b01"}


@dataclass(frozen=True, slots=True)
class YearSentence:
    """One of the three questions: `say` in words, `score` behind it with `before`, and `verdicts` in words."""

    id: str
    subject: str
    say: Markup
    score: Score
    before: Score | None
    verdicts: tuple[Verdict, ...]
    figure: Figure | None
    why: str


def year_sentences(year: Year, row: Row, main: Reading | None) -> tuple[YearSentence, ...]:
    """The questions of the scheme for the university or one unit; `main` is the released yearly review."""
    return tuple(_sentence(year, row, each.id, main) for each in year.questions)


def _sentence(year: Year, row: Row, dimension_id: str, main: Reading | None) -> YearSentence:
    dimension = dimension_of(row, dimension_id)
    before = year.score_before(row, dimension_id)
    figure = _figure(main, row, dimension_id)
    verdicts = (standing_verdict(dimension.standing), change_verdict(dimension.change, dimension.score, before))
    return YearSentence(
        id=dimension_id,
        subject=_subject(dimension_id) or spoken(year.document.dimension_info(dimension_id).name),
        say=_say(dimension_id, row, figure, dimension.score),
        score=dimension.score,
        before=before,
        verdicts=tuple(each for each in verdicts if each is not None),
        figure=figure,
        why=spoken(dimension.score.reason) if dimension.score.reason else "",
    )


def _subject(dimension_id: str) -> str:
    return {
        "q_proactive": _("主动帮了吗"),
        "q_solved": _("解决了多少"),
        "q_satisfied": _("满意吗"),
    }.get(dimension_id, "")


def _figure(main: Reading | None, row: Row, dimension_id: str) -> Figure | None:
    """The favourable share of the question that says it in words, where the review asked it and it may be shown."""
    item = main.rated(ASKED.get(dimension_id, "")) if main else None
    if main is None or item is None:
        return None
    unit_id = row.unit if isinstance(row, UnitAssessment) else EVERYBODY
    figure = top_box(main.cell(unit_id, item.column)) if main.unit(unit_id) else None
    return figure if figure and figure.shown else None


def _say(dimension_id: str, row: Row, figure: Figure | None, score: Score) -> Markup:
    one = isinstance(row, UnitAssessment)
    if dimension_id == "q_solved" and row.cases.known is not None:
        return _cases(row.cases)
    if figure is not None and dimension_id == "q_proactive":
        words = (
            _("{figure} 的人说分工会经常或总是主动了解困难。")
            if one
            else _("{figure} 的教职工说，分工会经常或总是主动了解他们的困难。")
        )
        return _filled(words, figure.words)
    if figure is not None and dimension_id == "q_satisfied":
        words = _("{figure} 的人比较满意或非常满意。") if one else _("{figure} 的教职工对分工会比较满意或非常满意。")
        return _filled(words, figure.words)
    if score.value is not None:
        return _filled(_("得分 {figure}，满分 100。"), str(score.value))
    return Markup("{}").format(spoken(score.reason) if score.reason else _("没有可公布的数字"))


def _cases(cases: Cases) -> Markup:
    """What staff told of their difficulties. A count that is withheld gives way to its rate, and that to words."""
    values = {"known": number(cases.known or 0)}
    if cases.solved is not None and cases.solved_percent.base:
        needed = {"needed": number(cases.solved_percent.base)}  # known ones that still want help: what the rate is of
        said = _filled(
            _("工会知道、仍需帮助的 %(needed)s 件困难里，{figure} 件已解决。") % needed, number(cases.solved)
        )
    elif cases.solved is not None:
        said = _filled(_("工会知道的 %(known)s 件困难，{figure} 件已解决。") % values, number(cases.solved))
    elif cases.solved_percent.shown:
        rate = f"{cases.solved_percent.value}%"
        said = _filled(_("工会知道的 %(known)s 件困难，{figure} 已解决（部分解决算一半）。") % values, rate)
    else:
        said = Markup("{}").format(_("工会知道的 %(known)s 件困难；解决了多少，人数太少，不公布。") % values)
    unknown = cases.unknown_percent
    if not unknown.shown:
        return said
    return said + Markup("{}").format(_("教职工遇到的困难里，%(percent)s%% 工会还不知道。", percent=unknown.value))


def _filled(words: str, figure: str) -> Markup:
    before, after = words.split("{figure}")
    return Markup("{}<b>{}</b>{}").format(before, figure, after)
