"""Cookies: one signed cookie a desk and one for members' accounts, each with its own path. The staff door has none."""

from typing import Any

from flask import Flask, Request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

DOORS_WITH_COOKIE = ("officers", "leadership", "account")
COOKIE_NAMES = frozenset(f"{door}_session" for door in DOORS_WITH_COOKIE)


def _door(path: str) -> str | None:
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in DOORS_WITH_COOKIE else None


class DoorSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, named after the door and sent to that door only."""

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - Flask's signature
        return f"{_door(request.path)}_session"

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002 - Flask's signature
        return f"/{_door(request.path)}"

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        # a visitor of the staff door has no session: nothing is read, nothing can be written
        return super().open_session(app, request) if _door(request.path) else SecureCookieSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Any) -> None:
        if _door(request.path):
            super().save_session(app, session, response)


def init_app(app: Flask, *, https: bool) -> None:
    app.session_interface = DoorSessions()
    app.config.update(SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Strict", SESSION_COOKIE_SECURE=https)


def carries_our_cookie(cookies: dict[str, str] | Any) -> bool:
    """True when a request to the staff door brought another door's cookie: it must not, and is refused."""
    return any(name in COOKIE_NAMES for name in cookies)
