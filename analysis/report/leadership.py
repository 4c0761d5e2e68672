"""The report to the university's leadership: at most eight pages, the first enough to decide."""

from analysis.disclosure.released import EVERYBODY
from analysis.report.cautions import not_to_conclude, turnout_and_trust
from analysis.report.comments import comments
from analysis.report.content import Letterhead, Report
from analysis.report.difficulties import difficulties
from analysis.report.documents import WaveDocuments, in_service
from analysis.report.figures import day_words, joined
from analysis.report.grades import conditions_of_units, proposed_grades
from analysis.report.language import speech
from analysis.report.many_units import are_many, conditions_by_type
from analysis.report.method import method
from analysis.report.needs import needs
from analysis.report.questions import three_questions
from analysis.report.rights import rights
from analysis.report.services import services
from analysis.report.standings import criteria, scores_of_units, standings

MOST_PAGES = 8


def leadership_report(documents: WaveDocuments, language: str, letterhead: Letterhead | None = None) -> Report:
    """In the reading order of every page of results: what was said and the grades, then what they rest on."""
    _ = speech(language)
    found = (
        three_questions(documents, language),
        proposed_grades(documents, language),
        not_to_conclude(documents, language),
        conditions_by_type(documents, language)
        if are_many(in_service(documents.assessment))
        else conditions_of_units(documents, language),
        difficulties(documents, language),
        needs(documents, language, bars=letterhead is None),  # its sentence and table say the same, in fewer lines
        standings(documents, language),
        criteria(documents, language),
        scores_of_units(documents, language),
        rights(documents, language),
        services(documents, language),
        comments(documents, language),
        turnout_and_trust(documents, language),
        method(documents, language),
    )
    title = (
        _("关于%(wave)s年度分工会工作评议结果的报告", wave=documents.wave)
        if letterhead
        else _("%(wave)s年度分工会工作评议结果", wave=documents.wave)
    )
    return Report(
        reader="leadership",
        language=language,
        title=title,
        head=took_part(documents, language),
        sections=tuple(each for each in found if each),
        most_pages=MOST_PAGES,
        file_name=_("%(wave)s年度评议结果（校领导）", wave=documents.wave),
        letterhead=letterhead,
        opening=_opening(documents, language) if letterhead else "",
    )


def took_part(documents: WaveDocuments, language: str) -> str:
    """When, how many of how many, in one line."""
    _ = speech(language)
    main = documents.main
    if main is None:
        return ""
    everybody = main.unit(EVERYBODY)
    days = _(
        "%(first)s至%(last)s",
        first=day_words(main.poll.first_day, language),
        last=day_words(main.poll.last_day, language, year=False),
    )
    if everybody.n_responding is None:
        return days
    return joined(
        [
            days + ("; " if language == "en" else "；"),
            _(
                "在职应参加 %(all)s 人，作答 %(n)s 人，占 %(percent)s%%；匿名作答，已封箱公布",
                all=f"{everybody.n_eligible:,}",
                n=f"{everybody.n_responding:,}",
                percent=everybody.response_percent,
            ),
        ],
        "zh",
    )


def _opening(documents: WaveDocuments, language: str) -> str:
    _ = speech(language)
    main = documents.main
    if main is None:
        return ""
    everybody = main.unit(EVERYBODY)
    return _(
        "%(first)s至%(last)s，校工会组织全体会员匿名评议分工会工作。在职会员应参加%(all)s人，作答%(n)s人，占%(percent)s%%；离退休会员另列。答卷已封箱，核票无误。现将结果报告如下。",
        first=day_words(main.poll.first_day, language),
        last=day_words(main.poll.last_day, language, year=False),
        all=f"{everybody.n_eligible:,}",
        n=f"{everybody.n_responding:,}" if everybody.n_responding is not None else "",
        percent=everybody.response_percent,
    )
