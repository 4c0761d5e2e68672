"""The three steps that end a poll, each with a page that asks first. Each may be pressed again after a fault."""

from flask import redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from survey_app.officers.door import UNIVERSITY, blueprint, poll_or_404, sentences, state_of, tell
from survey_app.services import reporting
from survey_app.services import sealing as boxes
from survey_app.services.designing import PollSummary
from survey_app.services.errors import Refusal
from survey_app.web.access import audience, current_officer
from survey_app.web.instance import instance_folder, stores
from survey_app.web.languages import gettext as _

Answer = Response | str | tuple[str, int]


def _ask(step: str, summary: PollSummary, faults: list[str] | None = None) -> Answer:
    page = render_template(
        "officers/confirm_step.html",
        step=step,
        summary=summary,
        form=FlaskForm(),
        faults=faults or [],
        state=state_of(summary),
    )
    return (page, 422) if faults else page


def _back(poll_id: str) -> Response:
    return redirect(url_for("officers.fieldwork", poll_id=poll_id), 303)


@blueprint.route("/polls/<poll_id>/close", methods=["GET", "POST"])
@audience(*UNIVERSITY)
def close(poll_id: str) -> Answer:
    """Stop taking answers before the last day is over."""
    summary, _poll = poll_or_404(poll_id)
    if state_of(summary) not in {"not_open", "open"}:
        return _back(poll_id)
    if request.method == "GET":
        return _ask("close", summary)
    boxes.close_poll(stores(), poll_id, current_officer().name)
    tell(_("已停止收卷。"))
    return _back(poll_id)


@blueprint.route("/polls/<poll_id>/seal", methods=["GET", "POST"])
@audience(*UNIVERSITY)
def seal(poll_id: str) -> Answer:
    """Close if that is still to be done, then seal. A run that was cut off is taken up where it stopped."""
    summary, _poll = poll_or_404(poll_id)
    if state_of(summary) not in {"over", "closed"}:
        return _back(poll_id)
    if request.method == "GET":
        return _ask("seal", summary)
    try:
        boxes.close_poll(stores(), poll_id, current_officer().name)
        boxes.seal_poll(stores(), instance_folder(), poll_id, officer_name=current_officer().name)
    except Refusal as refusal:
        return _ask("seal", summary, sentences(refusal))
    tell(_("已封箱。答卷不会再变，现在可以公布结果。"))
    return _back(poll_id)


@blueprint.route("/polls/<poll_id>/release", methods=["GET", "POST"])
@audience(*UNIVERSITY)
def release(poll_id: str) -> Answer:
    """Work out the results once and show them to leadership and staff."""
    summary, _poll = poll_or_404(poll_id)
    if state_of(summary) != "sealed":
        return _back(poll_id)
    if request.method == "GET":
        return _ask("release", summary)
    try:
        reporting.release_poll(stores(), instance_folder(), poll_id, officer_name=current_officer().name)
    except Refusal as refusal:
        return _ask("release", summary, sentences(refusal))
    tell(_("结果已公布，校领导和教职工都能看。"))
    return _back(poll_id)
