"""The answering page of a draft: in the designer's phone frame, and in a tab of its own to be tried out."""

from flask import Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from questionnaires.documents import DocumentFaults
from questionnaires.texts import Text
from survey_app.officers.designer import draft_or_404
from survey_app.officers.door import UNIVERSITY, blueprint
from survey_app.officers.draft_places import place_of
from survey_app.services.drafting import DraftState
from survey_app.services.previewing import Host, made_up, preview_id, unit_of
from survey_app.services.reviewing import DraftFault, faults_of, questionnaire_of
from survey_app.web import previews
from survey_app.web.access import audience
from survey_app.web.headers import may_be_framed
from survey_app.web.instance import settings, today
from survey_app.web.languages import offered


@blueprint.get("/drafts/<draft_id>/preview")
@audience(*UNIVERSITY)
def preview(draft_id: str) -> Response:
    """The saved state as staff would see it; why there is nothing to see while it has faults."""
    state = draft_or_404(draft_id)
    document = state.document
    render = previews.answering_page()
    try:
        questionnaire = questionnaire_of(document)  # without the design checks: the page is asked for after every pause
    except DocumentFaults as found:
        return may_be_framed(_nothing_to_see(state, faults_of(found, document)))
    if render is None:
        return may_be_framed(_nothing_to_see(state, ()))
    language = request.args.get("language", "zh")
    language = language if language in offered() else "zh"
    poll = made_up(questionnaire, preview_id(draft_id, in_frame=True), host(), today())
    page = render(poll, language, f"?language={'en' if language == 'zh' else 'zh'}")
    # inert until the designer has laid it right: a page that opens would take the focus from who is writing beside it
    return may_be_framed(Response(page.replace(b"<body>", b"<body inert>", 1), mimetype="text/html"))


@blueprint.get("/drafts/<draft_id>/try")
@audience(*UNIVERSITY)
def try_out(draft_id: str) -> AnyResponse:
    """On to the page of its own; the part behind # tells it whose member answers, and is never sent."""
    state = draft_or_404(draft_id)
    try:
        questionnaire_of(state.document)
    except DocumentFaults as found:
        return _nothing_to_see(state, faults_of(found, state.document))
    english = "/en" if request.args.get("language") == "en" and "en" in offered() else ""
    members = request.args.get("members", type=int, default=0)
    chosen = f"#u={unit_of(members)}" if members else ""
    return redirect(f"/b/{preview_id(draft_id)}{english}{chosen}", 303)


def host() -> Host:
    chosen = settings()
    contact = Text(chosen.contact_zh, chosen.contact_en or None)
    return Host(Text(chosen.organisation_zh, chosen.organisation_en), contact)


def _nothing_to_see(state: DraftState, faults: tuple[DraftFault, ...]) -> Response:
    places = [(place_of(state, fault.path), fault) for fault in faults]
    return make_response(render_template("officers/no_preview.html", places=places))
