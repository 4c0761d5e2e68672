"""Find my receipt: the same page for everybody; no request ever carries a receipt."""

from flask import render_template

from survey_app.staff import blueprint
from survey_app.staff.polls import poll_at
from survey_app.web.access import EVERYONE, audience


@blueprint.get("/b/<poll_id>/receipts")
@audience(EVERYONE)
def find_receipt(poll_id: str) -> str:
    return render_template("staff/receipts.html", poll=poll_at(poll_id))
