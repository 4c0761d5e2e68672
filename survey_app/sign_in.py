"""Signing in and out at the two desks. Staff have no account and never come here."""

from datetime import UTC, datetime

from flask import Blueprint, Flask, g, redirect, render_template, request, session
from flask_wtf import FlaskForm
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField

from survey_app.services import signing_in
from survey_app.services.errors import Busy, StoreFull
from survey_app.web.access import EVERYONE, OfficerFacts, audience
from survey_app.web.instance import stores
from survey_app.web.languages import gettext as _
from survey_app.web.languages import lazy_gettext as _l

#: Who may sit at which desk. What a role may do there, each view says for itself.
ROLES = {
    "officers": frozenset({"university_officer", "branch_officer", "administrator"}),
    "leadership": frozenset({"leadership", "university_officer", "branch_officer", "administrator"}),
}
TOKEN = "token"  # noqa: S105 - the name of a field, not a secret


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Checked by the service, not by the form: a missing name is a wrong sign-in like any other."""

    name = StringField(_l("登录名"))
    password = PasswordField(_l("密码"))


def _desk() -> str:
    return request.path.split("/")[1]


def _page(form: SignInForm, sentence: str = "", status: int = 200) -> tuple[str, int]:
    return render_template("web/sign_in.html", form=form, sentence=sentence, desk=_desk()), status


def sign_in() -> Response | tuple[str, int]:
    """The form, and what comes back from it."""
    if g.get("officer") is not None:
        return redirect(f"/{_desk()}/", 303)
    form = SignInForm()
    if request.method == "GET" or not form.validate_on_submit():
        return _page(form)
    try:
        token = signing_in.sign_in(stores(), form.name.data or "", form.password.data or "", _now())
    except signing_in.TooManyGuesses:
        return _page(form, _("这个登录名一分钟内试得太多了。请等一分钟再试。"), 429)
    except signing_in.WrongSignIn:
        return _page(form, _("登录名或密码不对。"), 422)
    officer = signing_in.officer_of(stores(), token, _now())
    if officer is None or officer.role not in ROLES[_desk()]:
        signing_in.sign_out(stores(), token)
        return _page(form, _("这个账号不从这里登录，请用校领导的入口。"), 403)
    _renew_session(token)
    return redirect(f"/{_desk()}/", 303)


def sign_out() -> Response:
    """Ends the session in the registry; a copy of the cookie is worth nothing afterwards."""
    token = session.get(TOKEN)
    if token:
        signing_in.sign_out(stores(), str(token))
    language = session.get("lang")
    session.clear()
    if language:
        session["lang"] = language
    return redirect(f"/{_desk()}/sign-in", 303)


def _renew_session(token: str) -> None:
    # Nothing that was in the cookie before sign-in lives on, except the language.
    language = session.get("lang")
    session.clear()
    session[TOKEN] = token
    if language:
        session["lang"] = language


def _recognise() -> None:
    g.officer = None
    if _desk() not in ROLES or not session.get(TOKEN):
        return
    officer = signing_in.officer_of(stores(), str(session[TOKEN]), _now())
    if officer is not None and officer.role in ROLES[_desk()]:
        g.officer = OfficerFacts(officer.name, officer.display_name, officer.role, officer.branch_id)


def _now() -> datetime:
    return datetime.now(UTC)


def role_name(role: str) -> str:
    """A role as people call it."""
    return {
        "university_officer": _("校工会"),
        "branch_officer": _("分工会"),
        "leadership": _("校领导"),
        "administrator": _("管理员"),
    }[role]


def init_app(app: Flask) -> None:
    """Before every page of a desk: who is it? And the two addresses of each desk; a database that is busy or full is a 503."""
    app.before_request(_recognise)
    for fault in (Busy, StoreFull):
        app.register_error_handler(fault, lambda _fault: app.handle_http_exception(ServiceUnavailable()))
    app.jinja_env.globals["role_name"] = role_name
    for desk in ROLES:
        blueprint = Blueprint(f"{desk}_sign_in", __name__, url_prefix=f"/{desk}")
        blueprint.add_url_rule("/sign-in", "sign_in", audience(EVERYONE)(sign_in), methods=["GET", "POST"])
        blueprint.add_url_rule("/sign-out", "sign_out", audience(EVERYONE)(sign_out), methods=["POST"])
        app.register_blueprint(blueprint)
