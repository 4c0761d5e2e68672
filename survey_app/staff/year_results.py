"""What staff read of a year, one phone screen a section: what you told us, your unit in words, how answers were protected."""

from dataclasses import dataclass

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from analysis.disclosure.released_assessment import UnitAssessment
from survey_app.services import assessing, reporting
from survey_app.services.errors import NoSuchPoll, NoSuchWave
from survey_app.staff import blueprint
from survey_app.staff.results import kept
from survey_app.web.access import EVERYONE, audience
from survey_app.web.contents import block_of
from survey_app.web.drawings import Drawings
from survey_app.web.instance import stores
from survey_app.web.readings import RETIRED, Reading, spoken
from survey_app.web.year_drawings import YearDrawings
from survey_app.web.year_sentences import YearSentence, year_sentences
from survey_app.web.year_words import Verdict, band_name, change_verdict, flag_words
from survey_app.web.years import Year, is_compared, is_indicative

MAIN, NEEDS = "staff_home_annual", "needs_annual"


@dataclass(frozen=True, slots=True)
class UnitInWords:
    """One unit without a rank and without a score beside another's: what is clearly above or below, and what changed."""

    unit: UnitAssessment
    name: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    plain: int
    compared: bool
    change: Verdict | None
    grade: str
    flags: tuple[str, ...]
    indicative: bool
    sentences: tuple[YearSentence, ...]


def _year(wave: str) -> Year:
    try:
        document = assessing.released_assessment(stores(), wave)
    except NoSuchWave:
        abort(404)
    try:
        before = assessing.released_assessment(stores(), document.wave_before) if document.wave_before else None
    except NoSuchWave:
        before = None
    return Year(document, before)


def _poll(year: Year, questionnaire: str) -> Reading | None:
    for poll in year.document.polls:
        if poll.questionnaire == questionnaire and poll.wave == year.wave:
            try:
                return Reading(reporting.released(stores(), poll.poll_id))
            except NoSuchPoll:
                return None
    return None


@blueprint.get("/results/years/<wave>")
@audience(EVERYONE)
def year_results(wave: str) -> Response:
    """One year; `?unit=` adds one unit in words."""
    year = _year(wave)
    asked = request.args.get("unit", "")
    unit = year.unit(asked) if asked else None
    if asked and unit is None:
        abort(404)
    main, needs = _poll(year, MAIN), _poll(year, NEEDS)
    return kept(
        render_template(
            "staff/year.html",
            year=year,
            main=main,
            sentences=year_sentences(year, year.university, main),
            wanted=block_of(needs, needs.everybody.id, "need_wanted") if needs else None,
            need_drawings=Drawings(needs) if needs else None,
            drawings=YearDrawings(year, year.university),
            polls=[each for each in reporting.releases(stores()) if each.wave == wave],
            unit=_in_words(year, unit, main) if unit else None,
        )
    )


def _in_words(year: Year, unit: UnitAssessment, main: Reading | None) -> UnitInWords:
    before = year.row_before(unit)
    labels = {each.id: each.standing.label for each in unit.dimensions} if is_compared(unit) else {}
    names = {info.id: year.dimension_name(info.id) for info in (*year.questions, *year.criteria)}
    return UnitInWords(
        unit=unit,
        name=spoken(unit.name),
        above=tuple(name for each, name in names.items() if labels.get(each) == "above"),
        below=tuple(name for each, name in names.items() if labels.get(each) == "below"),
        plain=sum(label == "not_distinguishable" for label in labels.values()),
        compared=any(labels.values()),
        change=change_verdict(unit.change, unit.voice, before.voice if before else None),
        grade="" if unit.unit_type == RETIRED else band_name(unit.band),
        flags=tuple(flag_words(flag) for flag in unit.flags),
        indicative=is_indicative(unit),
        sentences=year_sentences(year, unit, main),
    )
