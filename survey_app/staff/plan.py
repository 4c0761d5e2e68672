"""What will be published of a poll, and what never: for anybody to read before answering."""

from flask import Response, make_response, render_template

from survey_app.services.publication_plan import plan_of
from survey_app.staff import blueprint
from survey_app.staff.polls import poll_at
from survey_app.web.access import EVERYONE, audience

SHORT_WHILE = "public, max-age=300"


@blueprint.get("/b/<poll_id>/plan")
@audience(EVERYONE)
def plan(poll_id: str) -> Response:
    poll = poll_at(poll_id)
    page = make_response(render_template("staff/plan.html", poll=poll, plan=plan_of(poll)))
    page.headers["Cache-Control"] = SHORT_WHILE
    return page
