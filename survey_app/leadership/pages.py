"""The pages of the leadership door: overview, units, one unit, and the table of cells."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from analysis.disclosure.released import EVERYBODY, Released
from survey_app.leadership import blueprint
from survey_app.leadership.overview import overview
from survey_app.leadership.plotly_file import plotly_address
from survey_app.leadership.rights import READERS, own_unit, seen_by
from survey_app.leadership.unit_page import unit_page
from survey_app.leadership.units_table import criteria_table, item_tables
from survey_app.services import assessing, reporting
from survey_app.services.errors import NoSuchPoll
from survey_app.web.access import audience, current_officer
from survey_app.web.drawings import Drawings
from survey_app.web.instance import stores
from survey_app.web.readings import Reading, wave_before


def _released(poll_id: str) -> Released:
    """What this officer may read of a poll; 404 while it is not released, whoever asks."""
    try:
        return seen_by(current_officer(), reporting.released(stores(), poll_id))
    except NoSuchPoll:
        abort(404)


def _earlier(reading: Reading) -> Reading | None:
    """The wave before of the same questionnaire, if it was released and anybody answered."""
    before = wave_before(reading.poll, reporting.releases(stores()))
    earlier = Reading(_released(before)) if before else None
    return earlier if earlier and earlier.everybody.shown else None


def _render(template: str, reading: Reading | None, **values: Any) -> str:
    officer = current_officer()
    return render_template(
        template,
        reading=reading,
        poll=reading.poll if reading else None,
        officer=officer,
        sees_all=officer.role != "branch_officer",
        plotly_address=plotly_address(),
        assessed={each.wave for each in assessing.assessed_waves(stores())},
        releases=sorted(reporting.releases(stores()), key=lambda summary: summary.last_day, reverse=True),
        **values,
    )


@blueprint.get("/")
@audience(*READERS)
def latest() -> str | Response:
    """The newest year that was assessed; before there is one, the newest poll."""
    waves = assessing.assessed_waves(stores())
    if waves:
        return redirect(url_for("leadership.year_overview", wave=waves[0].wave), 303)
    releases = reporting.releases(stores())
    if not releases:
        return _render("leadership/nothing_yet.html", None)
    return poll_overview(max(releases, key=lambda summary: summary.last_day).poll_id)


@blueprint.get("/<poll_id>")
@audience(*READERS)
def poll_overview(poll_id: str) -> str:
    released = _released(poll_id)
    reading = Reading(released)
    own = own_unit(released, current_officer())
    earlier = _earlier(reading)
    return _render(
        "leadership/overview.html",
        reading,
        page=overview(reading, earlier),
        drawings=Drawings(reading, earlier),
        own=own,
    )


@blueprint.get("/<poll_id>/units")
@audience(*READERS)
def units(poll_id: str) -> str:
    reading = Reading(_released(poll_id))
    if reading.has_criteria:
        return _render("leadership/units.html", reading, table=criteria_table(reading))
    return _render("leadership/unit_items.html", reading, tables=item_tables(reading))


@blueprint.get("/<poll_id>/units/<unit_id>")
@audience(*READERS)
def one_unit(poll_id: str, unit_id: str) -> str:
    reading = Reading(_released(poll_id))
    unit = reading.unit(unit_id)
    if unit is None or unit_id == EVERYBODY:
        abort(404)
    page = unit_page(reading, _earlier(reading), unit)
    return _render("leadership/unit.html", reading, page=page, drawings=Drawings(reading, page.earlier, unit.id))
