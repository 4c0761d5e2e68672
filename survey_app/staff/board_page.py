"""The board as a page for people: who could answer, who may, how many did, and how anybody checks it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha384
from typing import TYPE_CHECKING, Any

from flask import abort, render_template
from werkzeug.wrappers import Response

from survey_app.ballots import crockford, manifests
from survey_app.ballots.encodings import from_base64url
from survey_app.services import boards, publishing_cells
from survey_app.services.designing import polls, state
from survey_app.services.errors import NoSuchBoard, NoSuchPoll
from survey_app.services.poll_facts import is_preview
from survey_app.staff import blueprint
from survey_app.staff.boards import FOR_A_MINUTE, page
from survey_app.staff.polls import poll_at, standing
from survey_app.web.access import EVERYONE, audience
from survey_app.web.assets import asset, bundle, bundle_sha384
from survey_app.web.instance import instance_folder, settings, stores, today

if TYPE_CHECKING:
    from survey_app.services.designing import FrozenPoll


@dataclass(frozen=True, slots=True)
class Scripts:
    """The scripts with which members collect and answer: their hash as served today, as one and one by one, and as the
    poll's manifest named it when it was frozen (None without a manifest). Hexadecimal, as `sha384sum` prints it."""

    served: str
    frozen: str | None
    files: tuple[tuple[str, str], ...]

    @property
    def changed(self) -> bool:
        return self.frozen is not None and self.frozen != self.served


@blueprint.get("/boards")
@audience(EVERYONE)
def all_boards() -> Response:
    found = [(poll, state(poll, today())) for poll in polls(stores())]
    return page(render_template("staff/boards.html", polls=found), sealed=False)


@blueprint.get("/b/<poll_id>/board")
@audience(EVERYONE)
def board_page(poll_id: str) -> Response:
    poll = _held(poll_id)
    told = json.loads(boards.board(stores(), instance_folder(), poll_id, today()))
    html = render_template(
        "staff/board.html",
        poll=poll,
        standing=standing(poll),
        rows=_rows(poll, told["units"]),
        sealed=_sealed(poll) if told["sealed"] else None,
        fingerprint=_fingerprint(poll),
        scripts=scripts(poll),
        command=_command(),
    )
    return page(html, sealed=told["sealed"])


@blueprint.get("/b/waves/<poll_id>/bundle.txt")
@audience(EVERYONE)
def bundle_list(poll_id: str) -> Response:
    """Hashes to compare: of each script, of all one after another, and the one frozen with the poll."""
    told = scripts(_held(poll_id))
    lines = [f"{digest}  {settings().public_address}{address}" for address, digest in told.files]
    lines += [f"{told.served}  all of them, one after another, as served today"]
    lines += [f"{told.frozen}  the same as the manifest named it when the poll was frozen"] if told.frozen else []
    response = Response("\n".join(lines) + "\n", mimetype="text/plain")
    response.headers["Cache-Control"] = FOR_A_MINUTE
    return response


@blueprint.get("/b/waves/<poll_id>/board.zip")
@audience(EVERYONE)
def board_archive(poll_id: str) -> Response:
    """Every published file of a sealed poll, in the folder that an auditor takes home."""
    try:
        files = boards.board_files(stores(), instance_folder(), _held(poll_id).poll_id, today())
    except (NoSuchPoll, NoSuchBoard):
        abort(404)
    response = Response(publishing_cells.archive(files), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{poll_id}-board.zip"'
    response.headers["Cache-Control"] = FOR_A_MINUTE
    return response


def scripts(poll: FrozenPoll | None = None) -> Scripts:
    frozen = None
    if poll is not None and poll.slot is not None:
        frozen = from_base64url(json.loads(poll.slot.manifest)["bundle_sha384"]).hex()
    files = tuple((asset(name), sha384(plain).hexdigest()) for name, plain in bundle())
    return Scripts((bundle_sha384() or b"").hex(), frozen, files)


def _held(poll_id: str) -> FrozenPoll:
    """The poll, if it is a real one: a draft that is tried out has no board."""
    if is_preview(poll_id):
        abort(404)
    return poll_at(poll_id)


def _rows(poll: FrozenPoll, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = {unit.id: unit.name for unit in poll.units}
    return [row | {"names": [names[unit] for unit in row["units"]]} for row in told]


def _sealed(poll: FrozenPoll) -> dict[str, Any]:
    """Root and counts, and the files with their sizes."""
    files = boards.board_files(stores(), instance_folder(), poll.poll_id, today())
    told: dict[str, Any] = json.loads(files["seal.json"])
    places = {"manifest.json": "manifest", "slot.json": None}
    slot = poll.slot.slot_id if poll.slot else ""
    listed = [
        (
            name,
            f"/b/waves/{slot}/manifest" if name == "slot.json" else f"/b/waves/{poll.poll_id}/{places.get(name, name)}",
            len(data),
        )
        for name, data in files.items()
    ]
    return told | {"files": listed}


def _fingerprint(poll: FrozenPoll) -> str:
    return crockford.grouped(manifests.fingerprint(poll.slot.manifest)) if poll.slot else poll.shown_fingerprint


def _command() -> str:
    return "curl -s " + " ".join(f"{settings().public_address}{asset(name)}" for name, _ in bundle()) + " | sha384sum"
