"""Who may open a page. Every endpoint names its audience, or the app does not start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, jsonify, redirect, request
from werkzeug.wrappers import Response

View = TypeVar("View", bound=Callable[..., Any])

EVERYONE = "everyone"
#: Staff on the roster who signed in to collect their booklet. Never officers as such, and officers never here.
MEMBER = "member"
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


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """Who is signed in at the account door."""

    staff_number: str
    name: str
    branch_id: str
    branch_name: str


def audience(*roles: str) -> Callable[[View], View]:
    """Mark a view: `@audience(EVERYONE)`, `@audience(MEMBER)` or the officers' roles that may open it."""
    unknown = set(roles) - ROLES - {EVERYONE, MEMBER}
    if unknown or not roles:
        raise NoAudience(f"audience() takes EVERYONE, MEMBER or roles out of {sorted(ROLES)}, not {sorted(unknown)}")

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


def current_member() -> MemberFacts:
    """The member of this request; only inside a view whose audience is MEMBER."""
    member = g.get("member")
    if member is None:
        abort(403)
    assert isinstance(member, MemberFacts)
    return member


def _admit() -> Response | None:
    if request.endpoint is None:
        return None
    roles: frozenset[str] = getattr(current_app.view_functions[request.endpoint], "audience", frozenset())
    if EVERYONE in roles:
        return None
    if MEMBER in roles:
        return None if g.get("member") is not None else _not_signed_in()
    officer = g.get("officer")
    if officer is None:
        door = request.path.split("/")[1]
        return redirect(f"/{door}/sign-in", 303)
    if officer.role not in roles:
        abort(403)
    return None


def _not_signed_in() -> Response:
    """A page leads to the sign-in; a call of a script is told so."""
    wanted = request.accept_mimetypes
    if request.is_json or wanted["application/json"] > wanted["text/html"]:
        response = jsonify(error="not_signed_in")
        response.status_code = 401
        return response
    return redirect("/account/sign-in", 303)


def init_app(app: Flask) -> None:
    """Call last: checks every endpoint and lets nobody in who is not named."""
    missing = sorted(name for name, view in app.view_functions.items() if not hasattr(view, "audience"))
    if missing:
        raise NoAudience(
            f"These endpoints name no audience; add @audience(...) under their route: {', '.join(missing)}"
        )
    app.before_request(_admit)
