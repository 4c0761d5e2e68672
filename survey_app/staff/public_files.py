"""The public release page: every published file with its fingerprint, and how anybody with the sealed box repeats every figure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import abort, make_response, render_template
from werkzeug.wrappers import Response

from survey_app.services import assessing, publishing_cells, reporting
from survey_app.services.errors import NoSuchPoll, NoSuchWave
from survey_app.services.publishing_cells import PublishedFile
from survey_app.staff import blueprint
from survey_app.staff.results import KEPT, kept
from survey_app.web.access import EVERYONE, audience
from survey_app.web.instance import stores


@dataclass(frozen=True, slots=True)
class Box:
    """A sealed box that the figures rest on; `sha256` is its fingerprint."""

    poll_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PublicRelease:
    """A released poll or year as the page shows it. `documents`: what repeating it writes, byte for byte;
    `records`: what the union entered beside the boxes."""

    address: str
    method: str
    fingerprint: str
    boxes: tuple[Box, ...]
    documents: Mapping[str, bytes]
    cells: Mapping[str, bytes]
    command: str
    records: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def listed_records(self) -> tuple[PublishedFile, ...]:
        return publishing_cells.listed(self.records)

    @property
    def listed(self) -> tuple[PublishedFile, ...]:
        return publishing_cells.listed(self.cells)

    @property
    def listed_documents(self) -> tuple[PublishedFile, ...]:
        return publishing_cells.listed(self.documents)

    @property
    def files(self) -> dict[str, bytes]:
        return {**self.cells, **self.documents, **self.records}


@blueprint.get("/results/<poll_id>/files")
@audience(EVERYONE)
def poll_release(poll_id: str) -> Response:
    title = next((each.title for each in reporting.releases(stores()) if each.poll_id == poll_id), None)
    return kept(render_template("staff/public_files.html", release=_poll(poll_id), title=title, wave=""))


@blueprint.get("/results/years/<wave>/files")
@audience(EVERYONE)
def year_release(wave: str) -> Response:
    return kept(render_template("staff/public_files.html", release=_year(wave), title=None, wave=wave))


@blueprint.get("/results/<poll_id>/files/<name>")
@audience(EVERYONE)
def poll_file(poll_id: str, name: str) -> Response:
    return _sent(_poll(poll_id), name, poll_id)


@blueprint.get("/results/years/<wave>/files/<name>")
@audience(EVERYONE)
def year_file(wave: str, name: str) -> Response:
    return _sent(_year(wave), name, f"assessment-{wave}")


def _poll(poll_id: str) -> PublicRelease:
    try:
        released = reporting.released(stores(), poll_id)
    except NoSuchPoll:
        abort(404)
    return PublicRelease(
        address=f"/results/{poll_id}",
        method=released.method_version,
        fingerprint=released.poll.fingerprint,
        boxes=(Box(poll_id, released.poll.box_sha256),),
        documents={f"{poll_id}.released.json": released.to_json()},
        cells=publishing_cells.poll_files(stores(), poll_id),
        command=f"python -m analysis {poll_id}.box --out results",
    )


def _year(wave: str) -> PublicRelease:
    try:
        released = assessing.released_assessment(stores(), wave)
        context = assessing.released_context(stores(), wave)
    except NoSuchWave:
        abort(404)
    boxes = tuple(Box(poll.poll_id, poll.box_sha256) for poll in released.polls)
    named = " ".join(f"{box.poll_id}.box" for box in boxes)
    return PublicRelease(
        address=f"/results/years/{wave}",
        method=released.version,
        fingerprint="",
        boxes=boxes,
        documents={f"assessment-{wave}.released.json": released.to_json()},
        cells=publishing_cells.assessment_files(stores(), wave),
        command=f"python -m analysis {named} --context assessment-{wave}.context.json --out results",
        records={f"assessment-{wave}.context.json": context},
    )


def _sent(release: PublicRelease, name: str, stem: str) -> Response:
    """One file, or all of them as `all.zip`; what was published never changes, so caches may keep it."""
    data = publishing_cells.archive(release.files) if name == "all.zip" else release.files.get(name)
    if data is None:
        abort(404)
    kind = "application/zip" if name == "all.zip" else "application/json" if name.endswith(".json") else "text/plain"
    response = make_response(data)
    response.mimetype = kind
    response.headers["Cache-Control"] = KEPT
    saved_as = f"{stem}.zip" if name == "all.zip" else name
    response.headers["Content-Disposition"] = f'attachment; filename="{saved_as}"'
    response.set_etag(hashlib.sha256(data).hexdigest())
    return response
