"""What staff read of a released poll, on a phone: the same `Released` document as leadership, in fewer words."""

from dataclasses import dataclass

from flask import abort, make_response, render_template, request
from werkzeug.wrappers import Response

from analysis.disclosure.released import EVERYBODY, ReleasedUnit
from survey_app.services import assessing, reporting
from survey_app.services.errors import NoSuchPoll
from survey_app.staff import blueprint
from survey_app.web.access import EVERYONE, audience
from survey_app.web.contents import block_of, parts
from survey_app.web.drawings import Drawings
from survey_app.web.instance import stores
from survey_app.web.readings import Figure, Reading, is_indicative, spoken, wave_before
from survey_app.web.sentences import sentences

#: Released results never change; the short time lets a new release appear in the list soon.
KEPT = "public, max-age=300"


@dataclass(frozen=True, slots=True)
class CriterionInWords:
    name: str
    figure: Figure
    university: Figure | None
    before: Figure | None = None


def kept(page: str) -> Response:
    """A page of released results as caches may keep it."""
    response = make_response(page)
    response.headers["Cache-Control"] = KEPT
    return response


def _reading(poll_id: str) -> Reading:
    try:
        return Reading(reporting.released(stores(), poll_id))
    except NoSuchPoll:
        abort(404)


def _earlier(reading: Reading) -> Reading | None:
    """The wave before of the same questionnaire, if it was released and anybody answered."""
    before = wave_before(reading.poll, reporting.releases(stores()))
    earlier = _reading(before) if before else None
    return earlier if earlier and earlier.everybody.shown else None


@blueprint.get("/results")
@audience(EVERYONE)
def results_list() -> Response:
    """All released polls, the latest first."""
    releases = sorted(reporting.releases(stores()), key=lambda summary: summary.last_day, reverse=True)
    return kept(render_template("staff/results_list.html", releases=releases, years=assessing.assessed_waves(stores())))


@blueprint.get("/results/<poll_id>")
@audience(EVERYONE)
def results(poll_id: str) -> Response:
    """One released poll; `?unit=` adds one unit's figures in words."""
    reading = _reading(poll_id)
    asked = request.args.get("unit", "")
    unit = reading.unit(asked) if asked else None
    if asked and (unit is None or asked == EVERYBODY):
        abort(404)
    earlier = _earlier(reading)
    return kept(
        render_template(
            "staff/results.html",
            reading=reading,
            assessed=any(each.wave == reading.poll.wave for each in assessing.assessed_waves(stores())),
            sentences=sentences(reading, earlier),
            wanted=block_of(reading, EVERYBODY, "need_wanted"),
            sections=() if reading.has_criteria or reading.has_needs else parts(reading),
            criteria=_criteria(reading, EVERYBODY),
            drawings=Drawings(reading),
            unit=unit,
            unit_page=_unit_words(reading, unit) if unit else None,
        )
    )


def _criteria(reading: Reading, unit_id: str) -> tuple[CriterionInWords, ...]:
    return tuple(
        CriterionInWords(
            spoken(each.name),
            reading.criterion_figure(unit_id, each.id),
            reading.criterion_figure(EVERYBODY, each.id) if unit_id != EVERYBODY else None,
        )
        for each in reading.released.criteria_list
    )


def _unit_words(reading: Reading, unit: ReleasedUnit) -> dict[str, object]:
    """One unit in words; of a pooled unit, the pool it is counted in."""
    counted = reading.unit(unit.pooled_into) if unit.pooled_into else unit
    if counted is None or not counted.shown:
        return {"shown": False, "name": reading.unit_name(unit), "unit": unit}
    wanted = block_of(reading, counted.id, "need_wanted")
    return {
        "shown": True,
        "name": reading.unit_name(unit),
        "pool": reading.unit_name(counted) if counted is not unit else None,
        "unit": counted,
        "indicative": is_indicative(counted),
        "sentences": sentences(reading, None, counted.id),
        "criteria": _criteria(reading, counted.id),
        "wanted": wanted,
        "sections": () if reading.has_criteria or reading.has_needs else parts(reading, counted.id),
    }
