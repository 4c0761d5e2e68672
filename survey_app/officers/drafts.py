"""Questionnaires that are being designed: the list, a new one from a copy or from nothing, put away and taken out."""

from flask import redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from survey_app.officers.door import UNIVERSITY, blueprint, not_found, tell
from survey_app.officers.questions import ready
from survey_app.services import designing, drafting, signing_in, starting_drafts
from survey_app.services.drafting import NoSuchDraft
from survey_app.web.access import audience, current_officer
from survey_app.web.instance import stores
from survey_app.web.languages import gettext as _


@blueprint.get("/drafts")
@audience(*UNIVERSITY)
def drafts() -> str:
    found = drafting.drafts(stores())
    return render_template(
        "officers/drafts.html",
        drafts=[each for each in found if not each.archived],
        archived=[each for each in found if each.archived],
        names=signing_in.display_names(stores()),
        library=list(ready().values()),
        asked=designing.polls(stores()),
        form=FlaskForm(),
    )


@blueprint.post("/drafts")
@audience(*UNIVERSITY)
def start_draft() -> Response:
    """A new draft from what the button names, and on to the editor."""
    try:
        draft_id = starting_drafts.started_draft(stores(), request.form.get("start", ""), current_officer().name)
    except NoSuchDraft:
        not_found()
    return redirect(url_for("officers.designer", draft_id=draft_id), 303)


@blueprint.post("/drafts/<draft_id>/archived")
@audience(*UNIVERSITY)
def put_away(draft_id: str) -> Response:
    archived = request.form.get("archived") == "yes"
    try:
        drafting.set_archived(stores(), draft_id, current_officer().name, archived=archived)
    except NoSuchDraft:
        not_found()
    tell(_("已经收起，随时可以取出来。") if archived else _("已经取出来，可以接着改。"))
    return redirect(url_for("officers.drafts"), 303)
