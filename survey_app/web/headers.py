"""Security headers on every answer, and no-store on every page that somebody signed in to see."""

from flask import Flask, request
from werkzeug.wrappers import Response

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
NO_STORE = {"Cache-Control": "no-store"}
PRIVATE = ("/officers", "/leadership")


def init_app(app: Flask, *, https: bool) -> None:
    always = FIXED | ({"Strict-Transport-Security": "max-age=31536000"} if https else {})

    def secure(response: Response) -> Response:
        given = {name.lower() for name in response.headers.keys()}  # noqa: SIM118 - iterating headers gives pairs
        wanted = always | NO_STORE if request.path.startswith(PRIVATE) else always
        response.headers.extend([(name, value) for name, value in wanted.items() if name.lower() not in given])
        return response

    app.after_request(secure)
