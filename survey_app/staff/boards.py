"""The public board: manifests before, counts while a poll is open, receipts and the Merkle root once it is sealed.

Plain files, the same bytes for everybody who asks; no address here takes a receipt or a name.
"""

import gzip
import hashlib
import json
from functools import lru_cache

from flask import abort, request
from werkzeug.wrappers import Response

from survey_app.ballots import manifests
from survey_app.services import boards
from survey_app.services.errors import NoSuchBoard, NoSuchPoll
from survey_app.staff import blueprint
from survey_app.staff.polls import POLL_ID
from survey_app.web.access import EVERYONE, audience
from survey_app.web.instance import instance_folder, stores, today

FOR_AN_HOUR = "public, max-age=3600"
FOR_A_MINUTE = "public, max-age=60"
ASKED_AGAIN = "no-cache"
JSON = "application/json"


@blueprint.get("/b/waves/<wave>/manifest")
@audience(EVERYONE)
def manifest(wave: str) -> Response:
    """Of a poll by ticket or of a slot, with its fingerprint for an ETag. Nothing of it ever changes."""
    try:
        data = boards.manifest(stores(), _id(wave))
    except NoSuchPoll:
        abort(404)
    return _sent(data, JSON, FOR_AN_HOUR, manifests.fingerprint(data))


@blueprint.get("/b/waves/<poll_id>/board.json")
@audience(EVERYONE)
def board(poll_id: str) -> Response:
    try:
        data = boards.board(stores(), instance_folder(), _id(poll_id), today())
    except NoSuchPoll:
        abort(404)
    return _sent(data, JSON, lasting(sealed=json.loads(data)["sealed"]))


@blueprint.get("/b/waves/<poll_id>/receipts.txt")
@audience(EVERYONE)
def receipts(poll_id: str) -> Response:
    """The whole list, to look one's own receipt up in: who asks for it tells nothing of theirs."""
    try:
        data = boards.receipts_list(stores(), instance_folder(), _id(poll_id))
    except (NoSuchPoll, NoSuchBoard):
        abort(404)
    return _sent(data, "text/plain", FOR_AN_HOUR)


@blueprint.get("/b/waves/<poll_id>/seal.json")
@audience(EVERYONE)
def seal(poll_id: str) -> Response:
    try:
        data = boards.seal_document(stores(), instance_folder(), _id(poll_id))
    except (NoSuchPoll, NoSuchBoard):
        abort(404)
    return _sent(data, JSON, FOR_AN_HOUR)


def lasting(*, sealed: bool) -> str:
    """How long a board may be kept: until it is sealed its figures and its links change, and closing or sealing must show at
    once, so a browser asks each time and is told in a word that nothing changed."""
    return FOR_A_MINUTE if sealed else ASKED_AGAIN


def page(html: str, *, sealed: bool) -> Response:
    """A page about the counting, with a tag by which a browser asks for it again."""
    response = Response(html, mimetype="text/html")
    response.headers["Cache-Control"] = lasting(sealed=sealed)
    response.add_etag()
    return response.make_conditional(request)


def _id(given: str) -> str:
    if not POLL_ID.fullmatch(given):
        abort(404)
    return given


def _sent(data: bytes, media_type: str, kept: str, tag: str | None = None) -> Response:
    """Compressed where the browser takes that: the manifests of a year are read in one go before collecting."""
    squeeze = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(_squeezed(data) if squeeze else data, mimetype=media_type)
    if squeeze:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = kept
    response.set_etag((tag or hashlib.sha256(data).hexdigest()) + ("-gz" if squeeze else ""))
    return response.make_conditional(request)


@lru_cache(maxsize=64)
def _squeezed(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)
