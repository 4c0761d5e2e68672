"""The texts of a draft out to a translator as CSV and in again."""

import json
from typing import Any

from flask import Response, jsonify, request

from questionnaires import translations
from questionnaires.translations import FaultyTable
from survey_app.officers.door import UNIVERSITY, blueprint, not_found, say
from survey_app.services import drafting
from survey_app.services.drafting import Document, NoSuchDraft
from survey_app.web.access import audience
from survey_app.web.instance import stores
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language

MOST_FAULTS_SHOWN = 50


@blueprint.get("/drafts/<draft_id>/translations.csv")
@audience(*UNIVERSITY)
def translations_out(draft_id: str) -> Response:
    """Every text of the state that is saved, with what is missing and what has changed since marked."""
    response = Response(translations.table(_document(draft_id), language()), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="translation-{draft_id}.csv"'
    return response


@blueprint.post("/drafts/<draft_id>/translations.csv")
@audience(*UNIVERSITY)
def translations_in(draft_id: str) -> Response | tuple[Response, int]:
    """The state that was sent with the English of a table; the page saves it like any edit, so it can be undone."""
    document: Any = _document(draft_id)
    sent, file = request.files.get("document"), request.files.get("file")
    if sent is not None:
        try:
            document = json.loads(sent.read())
        except (ValueError, RecursionError):
            document = None
    if file is None or not file.filename or not isinstance(document, dict):
        return jsonify(sentences=[_("请先选一个文件。")]), 422
    try:
        taken = translations.taken_over(document, file.read(translations.LARGEST_TABLE + 1))
    except FaultyTable as refusal:
        told = [say(fault.sentence) for fault in refusal.faults[:MOST_FAULTS_SHOWN]]
        left = len(refusal.faults) - len(told)
        return jsonify(sentences=told + ([_("还有 %(n)s 处没有列出。", n=left)] if left else [])), 422
    sentence = _("导入了 %(n)s 处英文。", n=taken.n_changed)
    if taken.n_outdated:
        sentence += _("其中 %(n)s 处的中文后来改过，已经标出。", n=taken.n_outdated)
    return jsonify(document=taken.document, sentence=sentence)


def _document(draft_id: str) -> Document:
    try:
        return drafting.draft(stores(), draft_id).document
    except NoSuchDraft:
        not_found()
