"""The designer: one page, and the calls its script makes. Every call may be repeated; none loses what was typed."""

from typing import Any

from flask import Response, jsonify, make_response, render_template, request, url_for
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf

from questionnaires.library import library, shared
from questionnaires.scales import ResponseScale
from survey_app.officers.designer_words import designer_words
from survey_app.officers.door import UNIVERSITY, blueprint, not_found, say, sentences
from survey_app.officers.logic_words import logic_words, unit_names
from survey_app.officers.translation_words import translation_words
from survey_app.services import drafting, reviewing, signing_in, starting_drafts
from survey_app.services.draft_circumstances import circumstances
from survey_app.services.drafting import DraftChanged, DraftState, NoSuchDraft, UnusableDocument
from survey_app.services.previewing import SIZES
from survey_app.services.reviewing import NoSuchFinding, Review
from survey_app.web.access import audience, current_officer
from survey_app.web.headers import may_frame
from survey_app.web.instance import clock, stores
from survey_app.web.languages import gettext as _
from survey_app.web.languages import offered

Answer = Response | tuple[Response, int]


def draft_or_404(draft_id: str) -> DraftState:
    try:
        return drafting.draft(stores(), draft_id)
    except NoSuchDraft:
        not_found()


@blueprint.get("/drafts/<draft_id>")
@audience(*UNIVERSITY)
def designer(draft_id: str) -> Response:
    state = draft_or_404(draft_id)
    told = {
        "id": draft_id,
        "address": url_for("officers.designer", draft_id=draft_id),
        "token": generate_csrf(),
        "revision": state.summary.revision,
        "document": state.document,
        "shared": _shared(),
        "units": unit_names(),
        "sections": starting_drafts.ready_sections(),
        "starts": list(starting_drafts.item_starts().items()),
        "check": _check(review_of(state)),
        "sizes": list(SIZES),
        "bilingual": len(offered()) > 1,
    }
    page = render_template(
        "officers/designer.html",
        state=state,
        told=told,
        words={**designer_words(), **logic_words(), **translation_words()},
        form=FlaskForm(),
    )
    return may_frame(make_response(page))


@blueprint.put("/drafts/<draft_id>/document")
@audience(*UNIVERSITY)
def save_document(draft_id: str) -> Answer:
    """Keep the next state; 409 with theirs if somebody was faster, 422 with a sentence if it is no document."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or type(sent.get("revision")) is not int:
        return _refused(_("这次保存的内容没有收全，请再试一次。"))
    document, officer = sent.get("document"), current_officer()
    try:
        saved = drafting.save_draft(
            stores(),
            draft_id,
            sent["revision"],
            document if isinstance(document, dict) else {},
            officer.name,
            over_theirs=sent.get("over_theirs") is True,
        )
    except NoSuchDraft:
        return jsonify(sentence=_("这份草稿已经不在了。")), 404
    except UnusableDocument as refusal:
        return _refused(" ".join(sentences(refusal)))
    except DraftChanged as changed:
        return jsonify(_theirs(changed.theirs)), 409
    assert isinstance(document, dict)
    review = review_of(DraftState(saved, document))
    return jsonify(revision=saved.revision, saved_at=clock(saved.changed_at), check=_check(review))


@blueprint.post("/drafts/<draft_id>/check")
@audience(*UNIVERSITY)
def check_document(draft_id: str) -> Answer:
    """What the checks say of a state that is not saved."""
    state = draft_or_404(draft_id)
    sent = request.get_json(silent=True)
    document = sent.get("document") if isinstance(sent, dict) else None
    if not isinstance(document, dict):
        return _refused(_("这次保存的内容没有收全，请再试一次。"))
    return jsonify(_check(review_of(DraftState(state.summary, document))))


@blueprint.post("/drafts/<draft_id>/mend")
@audience(*UNIVERSITY)
def mend_document(draft_id: str) -> Answer:
    """The state that was sent, after the one-click mend of one finding; nothing is stored."""
    state = draft_or_404(draft_id)
    sent = request.get_json(silent=True)
    sent = sent if isinstance(sent, dict) else {}
    document, rule, path = sent.get("document"), sent.get("rule"), sent.get("path")
    if not isinstance(document, dict) or not isinstance(rule, str) or not isinstance(path, list):
        return _refused(_("这次保存的内容没有收全，请再试一次。"))
    known = circumstances(stores(), DraftState(state.summary, document))
    try:
        return jsonify(document=reviewing.mended(document, rule, tuple(path), known))
    except NoSuchFinding:
        return _refused(_("没有改成，请自己改。"))


@blueprint.post("/drafts/copies")
@audience(*UNIVERSITY)
def keep_copy() -> Answer:
    """Keep a state that could not be saved as a draft of its own."""
    sent = request.get_json(silent=True)
    document = sent.get("document") if isinstance(sent, dict) else None
    try:
        copy = drafting.new_draft(
            stores(), document if isinstance(document, dict) else {}, "copy", current_officer().name
        )
    except UnusableDocument as refusal:
        return _refused(" ".join(sentences(refusal)))
    return jsonify(address=url_for("officers.designer", draft_id=copy))


def review_of(state: DraftState) -> Review:
    """A state of a draft looked over, with what is known of units and of earlier polls."""
    return reviewing.reviewed(state.document, circumstances(stores(), state))


def _refused(sentence: str) -> Answer:
    return jsonify(sentence=sentence), 422


def _theirs(state: DraftState) -> dict[str, Any]:
    summary = state.summary
    return {
        "revision": summary.revision,
        "by": signing_in.display_names(stores()).get(summary.changed_by, summary.changed_by),
        "at": clock(summary.changed_at),
        "document": state.document,
    }


def _check(review: Review) -> dict[str, Any]:
    """What the page is told of a review; places as lists of keys and indexes."""
    return {
        "faults": [
            {"path": list(one.path), "title": say(one.title), "sentence": say(one.sentence)} for one in review.faults
        ],
        "findings": [
            {
                "rule": one.rule,
                "severity": one.severity,
                "path": list(one.path),
                "title": say(one.title),
                "sentence": say(one.sentence),
                "mend": one.mend is not None,
                "mend_words": say(one.mend) if one.mend else None,
            }
            for one in review.findings
        ],
        "minutes": None if review.minutes_needed is None else max(1, round(review.minutes_needed)),
        "untranslated": [list(path) for path in review.untranslated],
        "n_texts": review.n_texts,
    }


def _used(named: tuple[str, ResponseScale]) -> int:
    """Negative: scales that the library asks with most often stand first."""
    asked = (getattr(item, "scale", None) for each in library().values() for item in each.items)
    return -sum(1 for scale in asked if scale == named[1])


def _shared() -> dict[str, Any]:
    """The library's scales, lists and measures as documents name them."""
    known = shared()

    def choices(listed: Any) -> list[dict[str, str | None]]:
        return [{"id": each.id, "zh": each.text.zh, "en": each.text.en} for each in listed]

    return {
        "scales": {
            name: {"options": choices(scale.choices), "na": choices([scale.na])[0] if scale.na else None}
            for name, scale in known.scales.items()
        },
        "scale_names": [name for name, _scale in sorted(known.scales.items(), key=_used)],
        "option_lists": {name: choices(listed) for name, listed in known.option_lists.items()},
        "designs": {
            name: {"options": 1 + max(max(screen) for screen in design[0]), "screens": len(design[0])}
            for name, design in known.designs.items()
        },
        "measures": {name: {"zh": each.text.zh, "en": each.text.en} for name, each in known.measures.items()},
    }
