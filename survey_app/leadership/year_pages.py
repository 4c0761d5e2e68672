"""The pages of a year's assessment: overview, units by criteria, three groups, needs, waves, one unit, and the method."""

from typing import Any

from flask import abort, render_template, request

from analysis.disclosure.released_assessment import ReleasedAssessment
from analysis.report.comments import comments_of
from survey_app.leadership import blueprint
from survey_app.leadership.beside import beside
from survey_app.leadership.grades import grades, vetoes
from survey_app.leadership.heat_map import heat_map
from survey_app.leadership.needs_map import need_service, needs_map
from survey_app.leadership.plotly_file import plotly_address
from survey_app.leadership.rights import READERS, own_unit, seen_by, seen_of_year
from survey_app.leadership.standings import standings
from survey_app.leadership.trends import trends
from survey_app.leadership.year_cautions import year_cautions
from survey_app.leadership.year_unit import unit_year
from survey_app.services import assessing, method_cards, reporting
from survey_app.services.errors import NoSuchPoll, NoSuchWave
from survey_app.web.access import audience, current_officer
from survey_app.web.drawings import Drawings
from survey_app.web.instance import stores
from survey_app.web.languages import language
from survey_app.web.readings import Reading
from survey_app.web.year_drawings import YearDrawings
from survey_app.web.year_sentences import year_sentences
from survey_app.web.year_words import CARDS
from survey_app.web.years import Year

MAIN, NEEDS = "staff_home_annual", "needs_annual"
TABS = {"criteria": "criterion", "questions": "question"}


def _year(wave: str) -> Year:
    """What this officer may read of a year; 404 while it is not released."""
    try:
        whole = assessing.released_assessment(stores(), wave)
    except NoSuchWave:
        abort(404)
    officer = current_officer()
    before = _before(whole)
    return Year(seen_of_year(officer, whole), seen_of_year(officer, before) if before else None, whole)


def _before(document: ReleasedAssessment) -> ReleasedAssessment | None:
    try:
        return assessing.released_assessment(stores(), document.wave_before) if document.wave_before else None
    except NoSuchWave:
        return None


def _poll(year: Year, questionnaire: str) -> Reading | None:
    """The released poll of this questionnaire that went into the year."""
    for poll in year.document.polls:
        if poll.questionnaire == questionnaire and poll.wave == year.wave:
            try:
                return Reading(seen_by(current_officer(), reporting.released(stores(), poll.poll_id)))
            except NoSuchPoll:
                return None
    return None


def _render(template: str, year: Year | None, **values: Any) -> str:
    officer = current_officer()
    return render_template(
        f"leadership/{template}",
        year=year,
        officer=officer,
        sees_all=officer.role != "branch_officer",
        plotly_address=plotly_address(),
        cards=CARDS,
        **values,
    )


@blueprint.get("/years/<wave>")
@audience(*READERS)
def year_overview(wave: str) -> str:
    year = _year(wave)
    main, asked = _poll(year, MAIN), _poll(year, NEEDS)
    return _render(
        "year.html",
        year,
        main=main,
        sentences=year_sentences(year, year.university, main),
        grades=grades(year),
        vetoes=vetoes(year),
        cautions=year_cautions(year),
        needs=needs_map(asked, asked.everybody.id) if asked else None,
        need_drawings=Drawings(asked) if asked else None,
        turnout=Drawings(main) if main else None,
        drawings=YearDrawings(year, year.university),
        comments=[line for reading in (main, asked) if reading for line in comments_of(reading.released, language())],
        beside=beside(year),
        polls=[summary for summary in reporting.releases(stores()) if summary.wave == wave],
        waves=[each.wave for each in assessing.assessed_waves(stores())],
        own=year.unit(own_unit(main.released, current_officer()) or "") if main else None,
    )


@blueprint.get("/years/<wave>/units")
@audience(*READERS)
def year_units(wave: str) -> str:
    tab = request.args.get("show", "criteria")
    if tab not in TABS:
        abort(404)
    year = _year(wave)
    return _render("year_units.html", year, table=heat_map(year, TABS[tab]), tab=tab, main=_poll(year, MAIN))


@blueprint.get("/years/<wave>/classes")
@audience(*READERS)
def year_classes(wave: str) -> str:
    year = _year(wave)
    return _render("year_classes.html", year, groups=standings(year))


@blueprint.get("/years/<wave>/needs")
@audience(*READERS)
def year_needs(wave: str) -> str:
    year = _year(wave)
    asked = _poll(year, NEEDS)
    needs = needs_map(asked, asked.everybody.id) if asked else None
    if asked is None or needs is None:
        abort(404)
    main = _poll(year, MAIN)
    match = need_service((asked, main))
    return _render("year_needs.html", year, needs=needs, reading=asked, match=match, drawings=Drawings(asked))


@blueprint.get("/years/<wave>/trends")
@audience(*READERS)
def year_trends(wave: str) -> str:
    year = _year(wave)
    officer = current_officer()
    documents = [
        seen_of_year(officer, assessing.released_assessment(stores(), each.wave))
        for each in assessing.assessed_waves(stores())
    ]
    return _render("year_trends.html", year, trends=trends(year, documents))


@blueprint.get("/years/<wave>/units/<unit_id>")
@audience(*READERS)
def year_unit(wave: str, unit_id: str) -> str:
    year = _year(wave)
    unit = year.unit(unit_id)
    if unit is None:
        abort(404)
    main, asked = _poll(year, MAIN), _poll(year, NEEDS)
    return _render(
        "year_unit.html",
        year,
        page=unit_year(year, unit, main, asked),
        drawings=YearDrawings(year, unit),
        need_drawings=Drawings(asked, unit=unit_id) if asked else None,
        main=main,
        spread=Drawings(main, unit=unit_id).row_distribution("b01") if main else None,
        has_items=main is not None and main.unit(unit_id) is not None,
    )


@blueprint.get("/method")
@audience(*READERS)
def method() -> str:
    return _render("method.html", None, cards_in_force=method_cards.cards_in_force())
