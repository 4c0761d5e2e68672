"""Security headers on every answer, and no-store on every page that somebody signed in to see."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
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
PRIVATE = ("/officers", "/leadership")


def init_app(app: Flask, *, https: bool) -> None:
    """Wrap the whole application: no answer, not even to a fault, leaves without these headers."""
    always = [*FIXED.items(), *([("Strict-Transport-Security", "max-age=31536000")] if https else [])]
    inner = app.wsgi_app

    def secured(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        private = environ.get("PATH_INFO", "").startswith(PRIVATE)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            headers.extend(always)
            if private and not any(name == "Cache-Control" for name, _value in headers):
                headers.append(NO_STORE)
            return start_response(status, headers, *rest)

        return inner(environ, start)

    app.wsgi_app = secured  # type: ignore[method-assign]
