"""Find my receipt: the same page for everybody; no request ever carries a receipt."""

from flask import abort, make_response, redirect, render_template
from werkzeug.wrappers import Response

from questionnaires.texts import Text
from survey_app.ballots.encodings import from_base64url
from survey_app.ballots.receipts import shown
from survey_app.services import boards
from survey_app.services.errors import NoSuchBoard
from survey_app.services.poll_facts import FrozenPoll, is_preview
from survey_app.staff import blueprint
from survey_app.staff.boards import FOR_AN_HOUR, page
from survey_app.staff.polls import poll_at, standing
from survey_app.web.access import EVERYONE, audience
from survey_app.web.instance import instance_folder, stores
from survey_app.web.languages import language


@blueprint.get("/b/<poll_id>/receipts")
@audience(EVERYONE)
def find_receipt(poll_id: str) -> Response:
    """Where to compare, once there is a list; before that, when it comes."""
    poll = poll_at(poll_id)
    sealed = not is_preview(poll_id) and boards.is_sealed(stores(), poll_id)
    return page(
        render_template("staff/receipts.html", poll=poll, sealed=sealed, standing=standing(poll)), sealed=sealed
    )


@blueprint.get("/b/<poll_id>/receipts/all")
@audience(EVERYONE)
def every_receipt(poll_id: str) -> Response:
    """The whole list in the letters that people hold, by unit: to read, print and search without a script.

    Before sealing the way leads to the page that says when the list comes."""
    if is_preview(poll_id):
        abort(404)
    poll = poll_at(poll_id)
    try:
        listed = boards.receipts_list(stores(), instance_folder(), poll_id).decode()
    except NoSuchBoard:
        asked = "?lang=en" if language() == "en" else ""
        return redirect(f"/b/{poll_id}/receipts{asked}")
    response = make_response(render_template("staff/every_receipt.html", poll=poll, rows=_by_unit(poll, listed)))
    response.headers["Cache-Control"] = FOR_AN_HOUR
    return response


def _by_unit(poll: FrozenPoll, listed: str) -> list[tuple[list[Text], list[str]]]:
    """Names and receipts of each row; the letters rise with the bytes, so their order is that of the file."""
    names = {unit.id: unit.name for unit in poll.units}
    rows: dict[str, list[str]] = {}
    for line in listed.splitlines():
        units, receipt = line.split()
        rows.setdefault(units, []).append(shown(from_base64url(receipt)))
    return [([names[unit] for unit in units.split("+")], receipts) for units, receipts in rows.items()]
