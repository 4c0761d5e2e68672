"""Style sheets and scripts: read once at start, served compressed under a name that changes with their content."""

import gzip
import mimetypes
from dataclasses import dataclass
from functools import cache
from hashlib import sha256, sha384
from pathlib import Path

from flask import Blueprint, Flask, abort, request
from werkzeug.wrappers import Response

from survey_app.web.access import EVERYONE, audience

PACKAGES = Path(__file__).parent.parent
FOR_EVER = "public, max-age=31536000, immutable"
SQUEEZED = frozenset({".css", ".js", ".svg", ".json"})
BUNDLE = ("staff/page.js", "staff/tickets.js")
blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    plain: bytes
    squeezed: bytes | None
    media_type: str


def collected() -> dict[str, Asset]:
    """Every file below a `static` folder of a door or of web, by its name below that folder."""
    found = {}
    for path in sorted(PACKAGES.glob("*/static/**/*")):
        if path.is_file():
            static = next(parent for parent in path.parents if parent.name == "static")
            plain = path.read_bytes()
            squeezed = gzip.compress(plain, 9, mtime=0) if path.suffix in SQUEEZED else None
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            if path.suffix == ".js":
                media_type = "text/javascript"
            if media_type.startswith("text/"):
                media_type += "; charset=utf-8"
            found[path.relative_to(static).as_posix()] = Asset(plain, squeezed, media_type)
    return found


ASSETS = collected()


@cache
def stamp() -> str:
    """One stamp for all files, joined ones included, as a folder in their address. Asked for once the doors are there."""
    return sha256(b"".join(name.encode() + asset.plain for name, asset in sorted(ASSETS.items()))).hexdigest()[:10]


def bundle_sha384() -> bytes | None:
    """SHA-384 of the scripts with which members answer, as they are sent: what a poll's manifest names, so that anybody can
    fetch and compare them. None where the door of staff is not served."""
    parts = [ASSETS.get(name) for name in BUNDLE]
    return None if None in parts else sha384(b"".join(part.plain for part in parts if part)).digest()


def asset(name: str) -> str:
    """The address of a style sheet or script, e.g. asset("base.css") or asset("staff/answer.js")."""
    if name not in ASSETS:
        raise FileNotFoundError(f"no static file {name!r} below survey_app/*/static")
    return f"/static/{stamp()}/{name}"


@blueprint.get("/static/<address_stamp>/<path:name>")
@audience(EVERYONE)
def static_file(address_stamp: str, name: str) -> Response:
    found = ASSETS.get(name)
    if found is None:
        abort(404)
    squeeze = found.squeezed is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(found.squeezed if squeeze else found.plain, content_type=found.media_type)
    response.headers["Cache-Control"] = FOR_EVER if address_stamp == stamp() else "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    if squeeze:
        response.headers["Content-Encoding"] = "gzip"
    return response


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.jinja_env.globals["asset"] = asset
