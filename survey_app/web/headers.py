"""Security headers on every answer, and no-store on every page that somebody signed in to see."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
POLICY = "; ".join((*_DIRECTIVES, "frame-ancestors 'none'"))
#: For the one page that shows another of ours in a frame, and for the one that is shown.
POLICY_WITH_FRAME = "; ".join((*_DIRECTIVES, "frame-src 'self'", "frame-ancestors 'none'"))
POLICY_IN_FRAME = "; ".join((*_DIRECTIVES, "frame-ancestors 'self'"))
FIXED = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), interest-cohort=()",
}
NO_STORE = ("Cache-Control", "no-store")
PRIVATE = ("/officers", "/leadership", "/account")


def may_frame(response: Response) -> Response:
    """Let this page show pages of our own in a frame."""
    response.headers["Content-Security-Policy"] = POLICY_WITH_FRAME
    return response


def may_be_framed(response: Response) -> Response:
    """Let pages of our own show this one in a frame."""
    response.headers["Content-Security-Policy"] = POLICY_IN_FRAME
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def init_app(app: Flask, *, https: bool) -> None:
    """Wrap the whole application: no answer, not even to a fault, leaves without these headers.

    A header that the view has set stands: two policies on one answer would hold both.
    """
    always = [*FIXED.items(), *([("Strict-Transport-Security", "max-age=31536000")] if https else [])]
    inner = app.wsgi_app

    def secured(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        private = environ.get("PATH_INFO", "").startswith(PRIVATE)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            said = {name.lower() for name, _value in headers}
            headers.extend((name, value) for name, value in always if name.lower() not in said)
            if private and not any(name == "Cache-Control" for name, _value in headers):
                headers.append(NO_STORE)
            return start_response(status, headers, *rest)

        return inner(environ, start)

    app.wsgi_app = secured  # type: ignore[method-assign]
