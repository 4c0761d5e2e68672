"""The yearly assessment: what goes in, the records that enter it, and publishing it once."""

from flask import redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from survey_app.officers.door import UNIVERSITY, blueprint, not_found, sentences, tell
from survey_app.officers.record_forms import RecordForm, VetoForm
from survey_app.services import assessing, assessment_waves, recording
from survey_app.services.assessment_waves import AssessableWave
from survey_app.services.errors import NoSuchWave, Refusal
from survey_app.services.recording import UnitEntry
from survey_app.web.access import audience, current_officer
from survey_app.web.instance import instance_folder, stores, today
from survey_app.web.languages import gettext as _

Answer = Response | str | tuple[str, int]


@blueprint.get("/assessments")
@audience(*UNIVERSITY)
def assessments() -> str:
    return render_template("officers/assessments.html", waves=assessment_waves.assessable_waves(stores()))


@blueprint.route("/assessments/<wave>", methods=["GET", "POST"])
@audience(*UNIVERSITY)
def assessment(wave: str) -> Answer:
    """What goes in and what is missing; pressing works the assessment out, once and for all."""
    found = _wave_or_404(wave)
    if request.method == "GET" or found.released:
        return _page(found)
    try:
        assessing.release_assessment(stores(), instance_folder(), wave, current_officer().name)
    except Refusal as refusal:
        return _page(found, sentences(refusal))
    tell(_("%(wave)s年度评估已公布，校领导现在能看。", wave=wave))
    return redirect(url_for("officers.assessment", wave=wave), 303)


@blueprint.route("/assessments/<wave>/units/<unit_id>", methods=["GET", "POST"])
@audience(*UNIVERSITY)
def unit_records(wave: str, unit_id: str) -> Answer:
    """Evidence and ledger figures of one unit."""
    found = _open_or_404(wave, unit_id)
    entry = recording.entries_of(stores(), wave).get(unit_id, UnitEntry())
    form = RecordForm(data={"evidence": entry.evidence, "cases": entry.ledger_cases, "solved": entry.ledger_solved})
    if request.method == "GET":
        return _records(found, unit_id, form, VetoForm(formdata=None, data={"day": today()}))
    if not form.validate_on_submit():
        return _records(found, unit_id, form, VetoForm(formdata=None, data={"day": today()}), form.faults())
    told = UnitEntry(form.evidence.data, form.cases.data, form.solved.data)
    try:
        recording.enter_records(stores(), wave, unit_id, told, current_officer().name)
    except Refusal as refusal:
        faults = [("cases", said) for said in sentences(refusal)]
        return _records(found, unit_id, form, VetoForm(formdata=None, data={"day": today()}), faults)
    tell(_("已保存。"))
    return redirect(url_for("officers.assessment", wave=wave), 303)


@blueprint.post("/assessments/<wave>/units/<unit_id>/vetoes")
@audience(*UNIVERSITY)
def enter_veto(wave: str, unit_id: str) -> Answer:
    found = _open_or_404(wave, unit_id)
    form = VetoForm()
    faults = [] if form.validate_on_submit() else form.faults()
    if form.day.data is not None and not faults:
        try:
            recording.enter_veto(stores(), wave, unit_id, form.reason.data, form.day.data, current_officer().name)
        except Refusal as refusal:
            faults = [("reason", said) for said in sentences(refusal)]
    if faults:
        return _records(found, unit_id, RecordForm(formdata=None), form, faults)
    tell(_("一票否决已记下，会和分数分开写明。"))
    return redirect(url_for("officers.unit_records", wave=wave, unit_id=unit_id), 303)


@blueprint.post("/assessments/<wave>/units/<unit_id>/vetoes/<int:veto_id>/withdraw")
@audience(*UNIVERSITY)
def withdraw_veto(wave: str, unit_id: str, veto_id: int) -> Answer:
    _open_or_404(wave, unit_id)
    try:
        recording.withdraw_veto(stores(), wave, veto_id, current_officer().name)
        tell(_("已撤回。"))
    except Refusal as refusal:
        tell(" ".join(sentences(refusal)))
    return redirect(url_for("officers.unit_records", wave=wave, unit_id=unit_id), 303)


def _page(found: AssessableWave, faults: list[str] | None = None) -> Answer:
    page = render_template(
        "officers/assessment.html",
        wave=found,
        entries=recording.entries_of(stores(), found.wave),
        form=FlaskForm(),
        faults=faults or [],
        sha256=next((each.sha256 for each in assessing.assessed_waves(stores()) if each.wave == found.wave), ""),
    )
    return (page, 422) if faults else page


def _records(
    found: AssessableWave,
    unit_id: str,
    form: RecordForm,
    veto: VetoForm,
    faults: list[tuple[str, str]] | None = None,
) -> Answer:
    page = render_template(
        "officers/unit_records.html",
        wave=found,
        unit_id=unit_id,
        name=dict(found.units)[unit_id],
        entry=recording.entries_of(stores(), found.wave).get(unit_id, UnitEntry()),
        form=form,
        veto=veto,
        faults=faults or [],
        sentence=dict(reversed(faults or [])),
    )
    return (page, 422) if faults else page


def _wave_or_404(wave: str) -> AssessableWave:
    try:
        return assessment_waves.assessable_wave(stores(), wave)
    except NoSuchWave:
        not_found()


def _open_or_404(wave: str, unit_id: str) -> AssessableWave:
    found = _wave_or_404(wave)
    if unit_id not in dict(found.units):
        not_found()
    return found
