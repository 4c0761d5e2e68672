"""Style sheets and scripts: read once at start, served compressed under a name that changes with their content."""

import gzip
import mimetypes
import re
from base64 import b64encode
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
#: Every script that holds a seed, a ticket or an answer, in the order in which their bytes are hashed as one.
BUNDLE = ("staff/page.js", "staff/tickets.js", "account/collect.js")
#: What only one file among several needs, or only its readers: imports of the others, the word export, comments on
#: lines of their own, indents, empty lines.
APART = re.compile(r"^import [^;]*;\n|^export (?=const|function|async)|^ *//.*\n|^ +|^\n", re.MULTILINE)
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


def joined_script(modules: tuple[str, ...]) -> Asset:
    """Modules as one, in order of use. Their top-level names are all different; a test holds that."""
    plain = "".join(APART.sub("", ASSETS[name].plain.decode()) for name in modules).encode()
    return Asset(plain, gzip.compress(plain, 9, mtime=0), "text/javascript; charset=utf-8")


def bundle() -> tuple[tuple[str, bytes], ...]:
    """The scripts with which members collect and answer, as they are sent: name and bytes. Those of doors that are served."""
    return tuple((name, ASSETS[name].plain) for name in BUNDLE if name in ASSETS)


def bundle_sha384() -> bytes | None:
    """SHA-384 of those scripts, one after another: what a poll's manifest names, so that anybody can fetch and compare
    them. None where the door of staff is not served."""
    parts = dict(bundle())
    return sha384(b"".join(parts.values())).digest() if BUNDLE[0] in parts else None


@cache
def integrity(name: str) -> str:
    """What a page says of a script beside its address: the browser runs nothing else, whatever comes from there."""
    return "sha384-" + b64encode(sha384(ASSETS[name].plain).digest()).decode()


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
    app.jinja_env.globals["integrity"] = integrity
