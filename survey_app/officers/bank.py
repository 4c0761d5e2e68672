"""The question bank as the designer's script asks for it."""

from flask import Response, jsonify, request

from survey_app.officers.designer import draft_or_404
from survey_app.officers.door import UNIVERSITY, blueprint, say
from survey_app.services import question_bank
from survey_app.services.question_bank import BankItem
from survey_app.web.access import audience
from survey_app.web.instance import stores

LONGEST_SEARCH = 100


@blueprint.get("/drafts/<draft_id>/bank")
@audience(*UNIVERSITY)
def bank(draft_id: str) -> Response:
    """Questions with all the words of `q` in them, and how they went before."""
    draft_or_404(draft_id)
    found, n_found = question_bank.search(stores(), request.args.get("q", "")[:LONGEST_SEARCH])
    return jsonify(items=[_told(one) for one in found], n_found=n_found)


def _told(one: BankItem) -> dict[str, object]:
    before = one.before
    return {
        "from": one.source,
        "title": say(one.source_title),
        "path": one.section,
        "item": one.item,
        "zh": one.text.zh,
        "en": one.text.en,
        "before": None
        if before is None
        else {"poll": say(before.poll), "base": before.base, "dont_know_percent": before.dont_know_percent},
    }
