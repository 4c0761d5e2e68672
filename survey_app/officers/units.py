"""Units, head counts and the roster: what is known, and lists to take over after a look."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from survey_app.officers.door import UNIVERSITY, blueprint, tell
from survey_app.officers.forms import ImportForm, UploadForm
from survey_app.officers.wording import fault_sentence
from survey_app.services import registering
from survey_app.services.register import uploads
from survey_app.services.register.faults import Fault, UnreadableList
from survey_app.services.register.tables import MAXIMUM_BYTES
from survey_app.services.registering import RosterPreview, UnitsPreview
from survey_app.web.access import audience, current_officer
from survey_app.web.instance import instance_folder, stores
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language

Answer = Response | str | tuple[str, int]
MOST_FAULTS_SHOWN = 100


@blueprint.before_request
def wipe_forgotten_uploads() -> None:
    """A list whose preview was simply closed goes when its hour is over and anybody is at the desk."""
    uploads.wipe_old(instance_folder())


@blueprint.get("/units")
@audience(*UNIVERSITY)
def units() -> str:
    known = registering.branches(stores())
    return render_template("officers/units.html", branches=known, language_now=language())


@blueprint.route("/units/import", methods=["GET", "POST"])
@audience(*UNIVERSITY)
def import_units() -> Answer:
    """A list of units: the form, then the preview."""
    return _import("units")


@blueprint.route("/units/roster", methods=["GET", "POST"])
@audience(*UNIVERSITY)
def import_roster() -> Answer:
    """A list of members: the form, then the preview."""
    return _import("roster")


@blueprint.post("/units/import/take-over")
@audience(*UNIVERSITY)
def take_over_units() -> Answer:
    return _take_over("units")


@blueprint.post("/units/roster/take-over")
@audience(*UNIVERSITY)
def take_over_roster() -> Answer:
    return _take_over("roster")


@blueprint.post("/units/roster/remove")
@audience(*UNIVERSITY)
def remove_roster() -> Response:
    registering.remove_roster(stores(), current_officer().name)
    tell(_("名册已删除，单位和人数还在。"))
    return redirect(url_for("officers.units"), 303)


def _import(kind: str) -> Answer:
    if request.method == "GET":
        return _form(kind)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _form(kind, _("请先选一个文件。"))
    data = sent.stream.read(MAXIMUM_BYTES + 1)
    try:
        preview = _preview(kind, data)
    except UnreadableList as unreadable:
        return _form(kind, fault_sentence(unreadable.fault))
    form = ImportForm(formdata=None)
    if not preview.list.faults:
        form.token.data = uploads.keep(instance_folder(), data)
    return _previewed(kind, preview, form)


def _take_over(kind: str) -> Answer:
    form = ImportForm()
    token = form.token.data or ""
    if "give_up" in request.form:
        uploads.wipe(instance_folder(), token)
        return redirect(url_for("officers.units"), 303)
    try:
        data = uploads.kept(instance_folder(), token)
        count = _taken_over(kind, data, remove_absent=bool(form.remove_absent.data))
    except uploads.NoSuchUpload:
        return _form(kind, _("这份名单已经导入或已清除，请重新选文件。"))
    except UnreadableList as unreadable:
        uploads.wipe(instance_folder(), token)
        return _form(kind, fault_sentence(unreadable.fault))
    except registering.FaultyList:  # the units changed since the preview: show it anew
        uploads.wipe(instance_folder(), token)
        return _previewed(kind, _preview(kind, data), ImportForm(formdata=None))
    uploads.wipe(instance_folder(), token)
    tell(_("已导入 %(n)s 个单位。", n=count) if kind == "units" else _("已导入 %(n)s 名会员。", n=count))
    return redirect(url_for("officers.units"), 303)


def _preview(kind: str, data: bytes) -> UnitsPreview | RosterPreview:
    return registering.preview_units(stores(), data) if kind == "units" else registering.preview_roster(stores(), data)


def _taken_over(kind: str, data: bytes, *, remove_absent: bool) -> int:
    name = current_officer().name
    if kind == "units":
        return len(registering.import_units(stores(), data, name, remove_absent=remove_absent).list.units)
    return len(registering.import_roster(stores(), data, name).list.members)


def _form(kind: str, fault: str = "") -> Answer:
    known = registering.branches(stores())
    page = render_template(
        "officers/import.html", kind=kind, form=UploadForm(formdata=None), fault=fault, has_units=bool(known)
    )
    return (page, 422) if fault else page


def _previewed(kind: str, preview: UnitsPreview | RosterPreview, form: ImportForm) -> Answer:
    faults = preview.list.faults
    page = render_template(
        f"officers/preview_{kind}.html",
        kind=kind,
        preview=preview,
        form=form,
        faults=[(fault, _where(fault, preview), fault_sentence(fault)) for fault in faults[:MOST_FAULTS_SHOWN]],
        n_faults=len(faults),
        n_rows=len({fault.row for fault in faults}),
    )
    return (page, 422) if faults else page


def _where(fault: Fault, preview: UnitsPreview | RosterPreview) -> str:
    """The cell as the officer's own sheet calls it."""
    if fault.row is None or fault.column is None:
        return ""
    return preview.list.titles.get(fault.column, "")
