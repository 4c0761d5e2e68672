"""The call of the designer's tab 跳题: what is wrong with the rules of a state, saved or not."""

from flask import Response, jsonify, request

from questionnaires.library import shared
from questionnaires.path_checks import path_faults
from survey_app.officers.door import UNIVERSITY, blueprint, not_found, say
from survey_app.services import drafting
from survey_app.services.drafting import NoSuchDraft
from survey_app.web.access import audience
from survey_app.web.instance import stores
from survey_app.web.languages import gettext as _


@blueprint.post("/drafts/<draft_id>/paths")
@audience(*UNIVERSITY)
def check_paths(draft_id: str) -> Response | tuple[Response, int]:
    """Forward references, loops, contradictions and unreachable questions, in the language of the page."""
    try:
        drafting.draft(stores(), draft_id)
    except NoSuchDraft:
        not_found()
    sent = request.get_json(silent=True)
    document = sent.get("document") if isinstance(sent, dict) else None
    if not isinstance(document, dict):
        return jsonify(sentence=_("这次保存的内容没有收全，请再试一次。")), 422
    found = path_faults(document, shared())
    return jsonify(
        faults=[{"rule": each.rule, "path": list(each.path), "sentence": say(each.sentence)} for each in found]
    )
