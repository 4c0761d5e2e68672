"""Questionnaires in from files and out to files: what cannot be carried is shown before anything is stored or saved."""

import re

from flask import redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from questionnaires.documents import DocumentFaults
from questionnaires.formats import WRITERS, Exported, Note, UnreadableFile
from survey_app.officers import draft_places
from survey_app.officers.designer import draft_or_404
from survey_app.officers.door import UNIVERSITY, blueprint, not_found, say, sentences, tell
from survey_app.officers.forms import ImportForm
from survey_app.services import importing_drafts
from survey_app.services.drafting import UnusableDocument
from survey_app.services.register import uploads
from survey_app.services.reviewing import DraftFault, faults_of, questionnaire_of
from survey_app.web.access import audience, current_officer
from survey_app.web.instance import instance_folder, stores
from survey_app.web.languages import gettext as _

Answer = Response | str | tuple[str, int]
LARGEST_UPLOAD = 5 * 1024 * 1024
MOST_NOTES_SHOWN = 200
_MEDIA = {
    "yaml": ("application/yaml", "yaml"),
    "json": ("application/json", "json"),
    "xlsform": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "surveyjs": ("application/json", "surveyjs.json"),
    "limesurvey": ("application/xml", "lss"),
}


def format_names() -> dict[str, str]:
    """What officers call each format."""
    return {
        "xlsform": _("XLSForm（Excel 工作簿，Kobo、ODK 用）"),
        "surveyjs": _("SurveyJS（JSON）"),
        "limesurvey": _("LimeSurvey（.lss）"),
        "yaml": _("本系统的 YAML"),
        "json": _("本系统的 JSON"),
    }


@blueprint.route("/drafts/import", methods=["GET", "POST"])
@audience(*UNIVERSITY)
def import_questionnaire() -> Answer:
    """A file is chosen; then what is in it, what does not come with it, or why it cannot be read."""
    if request.method == "GET":
        return _form()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _form([_("请先选一个文件。")])
    data, name = sent.stream.read(LARGEST_UPLOAD + 1), importing_drafts.file_name(sent.filename)
    if len(data) > LARGEST_UPLOAD:
        return _form([_("文件超过 5 MB。")])
    try:
        found = importing_drafts.looked_at(data, name)
    except UnreadableFile as refusal:
        return _form(note_sentences(refusal.notes), name)
    form = ImportForm(formdata=None)
    form.token.data = uploads.keep(instance_folder(), data)
    return render_template(
        "officers/import_draft.html",
        name=name,
        form=form,
        questionnaire=found.questionnaire,
        notes=note_sentences(found.notes),
        n_notes=len(found.notes),
    )


@blueprint.post("/drafts/import/take-over")
@audience(*UNIVERSITY)
def take_over_questionnaire() -> Answer:
    form = ImportForm()
    token = form.token.data or ""
    if "give_up" in request.form:
        uploads.wipe(instance_folder(), token)
        return redirect(url_for("officers.drafts"), 303)
    name = request.form.get("name", "")
    try:
        data = uploads.kept(instance_folder(), token)
        draft_id = importing_drafts.import_draft(stores(), data, name, current_officer().name)
    except uploads.NoSuchUpload:
        return _form([_("这个文件已经导入或已清除，请重新选文件。")])
    except UnreadableFile as refusal:
        return _form(note_sentences(refusal.notes))
    except UnusableDocument as refusal:
        return _form(sentences(refusal))
    uploads.wipe(instance_folder(), token)
    tell(_("已导入，接着改就行。"))
    return redirect(url_for("officers.designer", draft_id=draft_id), 303)


@blueprint.get("/drafts/<draft_id>/export")
@audience(*UNIVERSITY)
def exports(draft_id: str) -> str:
    """The formats, and for each what other programs will not find in the file; of an unfinished draft, what is to be done."""
    state = draft_or_404(draft_id)
    found: dict[str, list[str]] = {}
    faults: tuple[DraftFault, ...] = ()
    try:
        questionnaire = questionnaire_of(state.document)
        found = {name: note_sentences(WRITERS[name](questionnaire).notes) for name in format_names()}
    except DocumentFaults as refusal:
        faults = faults_of(refusal, state.document)
    return render_template(
        "officers/exports.html",
        state=state,
        found=found,
        faults=faults,
        address_of=lambda path: draft_places.address_of(draft_id, path),
        place_of=lambda path: draft_places.place_of(state, path),
        names=format_names(),
        form=FlaskForm(),
    )


@blueprint.get("/drafts/<draft_id>/export/<name>")
@audience(*UNIVERSITY)
def export(draft_id: str, name: str) -> Response:
    """The state that is saved, as a file; an unfinished one leads to the page that says so."""
    state = draft_or_404(draft_id)
    if name not in WRITERS:
        not_found()
    try:
        questionnaire = questionnaire_of(state.document)
    except DocumentFaults:
        return redirect(url_for("officers.exports", draft_id=draft_id), 303)
    made: Exported = WRITERS[name](questionnaire)
    media_type, ending = _MEDIA[name]
    response = Response(made.data, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{questionnaire.id}.{ending}"'
    return response


def note_sentences(notes: tuple[Note, ...]) -> list[str]:
    """Each note with its place in words, the first many of them."""
    return [_with_place(note) for note in notes[:MOST_NOTES_SHOWN]]


def _with_place(note: Note) -> str:
    named, rest = note.places_named()
    place = _("、").join(place_words(one) for one in named)
    if rest:
        place = _("%(places)s等 %(n)s 处", places=place, n=len(named) + rest)
    return _("%(place)s：%(sentence)s", place=place, sentence=say(note.text)) if place else say(note.text)


def place_words(place: str) -> str:
    """A sheet and row, a line or a key of a file, in the language of the page."""
    cell = re.fullmatch(r"(.+), row (\d+)(?:, column (\w+))?", place)
    if cell:
        words = _("工作表 %(sheet)s 第 %(row)s 行", sheet=cell[1], row=cell[2])
        return words + (_(" %(column)s 列", column=cell[3]) if cell[3] else "")
    column = re.fullmatch(r"(.+), column (.+)", place)
    if column:
        return _("工作表 %(sheet)s 列“%(column)s”", sheet=column[1], column=column[2])
    coded = re.fullmatch(r"line (\d+), (.+)", place)
    if coded:
        return _("第 %(n)s 行（%(key)s）", n=coded[1], key=coded[2])
    line = re.fullmatch(r"line (\d+)", place)
    if line:
        return _("第 %(n)s 行", n=line[1])
    inside = re.fullmatch(r"(.+) \(line (\d+)\)", place)
    if inside:
        where = _("整份文件") if inside[1] == "document" else inside[1]
        return _("第 %(n)s 行（%(key)s）", n=inside[2], key=where)
    return _("整份文件") if place == "document" else place


def _form(faults: list[str] | None = None, name: str = "") -> Answer:
    page = render_template("officers/import_draft.html", faults=faults or [], name=name, form=ImportForm(formdata=None))
    return (page, 422) if faults else page
