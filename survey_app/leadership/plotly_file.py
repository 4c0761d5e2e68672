"""plotly.js as the installed plotly package ships it, under an address that changes with its version.

Loaded only when a reader opens an interactive figure (1.5 MB on the wire), then kept by the browser for ever.
"""

import gzip
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from survey_app.leadership import blueprint
from survey_app.web.access import EVERYONE, audience
from survey_app.web.assets import FOR_EVER


@cache
def _squeezed() -> bytes:
    return gzip.compress(_plain(), 6, mtime=0)


def _plain() -> bytes:
    return files("plotly").joinpath("package_data/plotly.min.js").read_bytes()


@cache
def _release() -> str:
    return version("plotly")


def plotly_address() -> str:
    return url_for("leadership.plotly_file", release=_release())


@blueprint.get("/plotly-<release>.js")
@audience(EVERYONE)
def plotly_file(release: str) -> Response:
    """The library; public code, so nobody needs to be signed in to fetch it."""
    if release != _release():
        abort(404)
    squeeze = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(_squeezed() if squeeze else _plain(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Vary"] = "Accept-Encoding"
    if squeeze:
        response.headers["Content-Encoding"] = "gzip"
    return response
