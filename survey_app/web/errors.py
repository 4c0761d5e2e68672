"""Faults as pages with a sentence in the reader's language: never a traceback, never an address in a log."""

import logging
import sys
import traceback
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from survey_app.web.languages import gettext as _

log = logging.getLogger("survey_app")


def _words(code: int) -> tuple[str, str]:
    return {
        400: (_("这一页没有看懂您的请求"), _("请返回上一页再试一次。您填的内容没有被保存。")),
        403: (_("这一页不对您开放"), _("如果您认为应当能看，请联系校工会。")),
        404: (_("没有这一页"), _("地址可能抄错了，也可能这项调查已经撤下。")),
        405: (_("这一页没有看懂您的请求"), _("请返回上一页再试一次。您填的内容没有被保存。")),
        410: (_("已经结束"), _("这项调查不再收卷。")),
        413: (_("内容太大"), _("发来的内容超过了上限，没有保存。请删短一些再发。")),
        429: (_("请稍等一分钟再试"), _("刚才试得太多了。")),
        503: (_("现在忙不过来"), _("请过一会儿再试一次。没有丢失任何答案。")),
    }.get(code, (_("我们这边出错了"), _("不是您的问题。请过一会儿再试一次；如果还是这样，请告诉校工会。")))


def _page(error: HTTPException) -> Response | tuple[str, int]:
    code = error.code or 500
    if code in {301, 302, 303, 304, 307, 308} and isinstance(error.get_response(), Response):
        return error.get_response()
    title, sentence = _words(code)
    return render_template("web/error.html", title=title, sentence=sentence, code=code), code


def _on_this_host(response: Response) -> Response:
    """A redirect for a slash names the host it was asked by: behind a proxy that may be wrong, and it can be forged."""
    if response.status_code == HTTPStatus.PERMANENT_REDIRECT and response.location:
        path, query = urlsplit(response.location)[2:4]
        response.location = f"/{path.lstrip('/')}" + (f"?{query}" if query else "")
    return response


def _refuse_nul() -> None:
    """No address of ours holds one, and PostgreSQL refuses to be asked for it."""
    if "\0" in request.path:
        abort(404)


def _quiet(app: Flask) -> None:
    """Say where a fault arose and of what kind; we intentionally log no path, no address, no body, no time."""

    def log_exception(exc_info: Any) -> None:
        kind, _error, trace = exc_info
        frames = traceback.extract_tb(trace)
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
        log.error("fault in %s: %s at %s", request.endpoint, getattr(kind, "__name__", kind), place)

    app.log_exception = log_exception  # type: ignore[method-assign]


def init_app(app: Flask) -> None:
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
        log.addHandler(handler)
    app.before_request(_refuse_nul)
    app.after_request(_on_this_host)
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(InternalServerError, _page)
    _quiet(app)
