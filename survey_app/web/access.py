"""Who may open a page. Every endpoint names its audience, or the app does not start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request
from werkzeug.wrappers import Response

View = TypeVar("View", bound=Callable[..., Any])

EVERYONE = "everyone"
ROLES = frozenset({"university_officer", "branch_officer", "leadership", "administrator"})


class NoAudience(Exception):  # noqa: N818 - plain nouns for errors (house rule)
    """An endpoint does not say who may open it."""


@dataclass(frozen=True, slots=True)
class OfficerFacts:
    """Who is signed in at a desk: never staff, who have no sign-in here."""

    name: str
    display_name: str
    role: str
    branch_id: str | None = None


def audience(*roles: str) -> Callable[[View], View]:
    """Mark a view: `@audience(EVERYONE)` or the roles that may open it."""
    unknown = set(roles) - ROLES - {EVERYONE}
    if unknown or not roles:
        raise NoAudience(f"audience() takes EVERYONE or roles out of {sorted(ROLES)}, not {sorted(unknown)}")

    def mark(view: View) -> View:
        view.audience = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def current_officer() -> OfficerFacts:
    """The officer of this request; only inside a view whose audience is not EVERYONE."""
    officer = g.get("officer")
    if officer is None:
        abort(403)
    assert isinstance(officer, OfficerFacts)
    return officer


def _admit() -> Response | None:
    if request.endpoint is None:
        return None
    roles: frozenset[str] = getattr(current_app.view_functions[request.endpoint], "audience", frozenset())
    if EVERYONE in roles:
        return None
    officer = g.get("officer")
    if officer is None:
        door = request.path.split("/")[1]
        return redirect(f"/{door}/sign-in", 303)
    if officer.role not in roles:
        abort(403)
    return None


def init_app(app: Flask) -> None:
    """Call last: checks every endpoint and lets nobody in who is not named."""
    missing = sorted(name for name, view in app.view_functions.items() if not hasattr(view, "audience"))
    if missing:
        raise NoAudience(
            f"These endpoints name no audience; add @audience(...) under their route: {', '.join(missing)}"
        )
    app.before_request(_admit)
