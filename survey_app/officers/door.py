"""The officers' door: its blueprint, who may do what behind it, and what every page of it shows."""

from typing import Any, NoReturn

from flask import Blueprint, abort, flash, g
from werkzeug.wrappers import Response

from questionnaires.texts import Text
from survey_app.services import designing
from survey_app.services.designing import FrozenPoll, PollSummary, ReportingUnit
from survey_app.services.errors import NoSuchPoll, Refusal
from survey_app.web.access import OfficerFacts, current_officer
from survey_app.web.instance import stores, today
from survey_app.web.languages import language

#: May change things for the whole university.
UNIVERSITY = ("university_officer", "administrator")
#: May look, a branch officer at the own unit only.
OFFICERS = ("university_officer", "branch_officer", "administrator")

blueprint = Blueprint("officers", __name__, url_prefix="/officers", template_folder="templates")


@blueprint.context_processor
def on_every_page() -> dict[str, Any]:
    officer = g.get("officer")
    whole = officer is not None and officer.role in UNIVERSITY
    return {"officer": officer, "desk": "officers", "whole_university": whole, "say": say}


def say(text: Text) -> str:
    """A text of a questionnaire, a unit or a refusal in the language of the page."""
    return text.in_language(language())


def sentences(refusal: Refusal) -> list[str]:
    return [say(sentence) for sentence in refusal.sentences]


def own_units(officer: OfficerFacts, poll: FrozenPoll) -> tuple[ReportingUnit, ...]:
    """The units an officer may look at: all, or for a branch officer the one their branch counts in."""
    if officer.role != "branch_officer":
        return poll.units
    return tuple(unit for unit in poll.units if officer.branch_id in unit.branches)


def poll_or_404(poll_id: str) -> tuple[PollSummary, FrozenPoll]:
    """The poll as the registry and as the ballot box know it; a poll of others is no page of a branch officer's."""
    try:
        summary = designing.poll_summary(stores(), poll_id)
        poll = designing.frozen_poll(stores().ballot_box, poll_id)
    except NoSuchPoll:
        not_found()
    if not own_units(current_officer(), poll):
        not_found()
    return summary, poll


def state_of(summary: PollSummary) -> designing.PollState:
    return designing.state(summary, today())


def not_found() -> NoReturn:
    abort(404)


def tell(sentence: str) -> None:
    """Show a sentence on the next page."""
    flash(sentence)


def as_pdf(data: bytes, name: str, *, download: bool = False) -> Response:
    """A PDF to print, or one to save at once: what exists in one copy must not depend on a viewer asking again."""
    response = Response(data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'{"attachment" if download else "inline"}; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
