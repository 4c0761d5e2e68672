"""The account door: its blueprint, who is signed in, and that it is shut where no way of signing in is configured."""

import logging
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, g, request, session

from survey_app.services import members
from survey_app.web.access import MemberFacts
from survey_app.web.instance import settings, stores
from survey_app.web.languages import language

log = logging.getLogger("survey_app")
TOKEN = "token"  # noqa: S105 - the name of a field, not a secret

blueprint = Blueprint("account", __name__, url_prefix="/account", template_folder="templates")


def now() -> datetime:
    return datetime.now(UTC)


@blueprint.before_app_request
def recognise() -> None:
    """Before every page of this door: is there a door at all, and who is it? Of the whole app, for access is asked there."""
    if request.blueprint != blueprint.name:
        return
    if not settings().sign_in.ways:
        abort(404)
    member = members.member_of(stores(), str(session[TOKEN]), now()) if session.get(TOKEN) else None
    if member is not None:
        g.member = MemberFacts(member.staff_number, member.name, member.branch_id, member.branch(language()))


def begin_session(token: str) -> None:
    """Nothing that was in the cookie before lives on, except the language."""
    chosen = session.get("lang")
    session.clear()
    session[TOKEN] = token
    if chosen:
        session["lang"] = chosen


def end_session() -> None:
    token, chosen = session.get(TOKEN), session.get("lang")
    if token:
        members.sign_out(stores(), str(token))
    session.clear()
    if chosen:
        session["lang"] = chosen


@blueprint.context_processor
def on_every_page() -> dict[str, Any]:
    return {"member": g.get("member")}
