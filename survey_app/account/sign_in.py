"""Signing in at the account door: the ways that are configured, whose account it is, and out again."""

from collections.abc import Callable

from flask import abort, current_app, g, redirect, render_template, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from survey_app.account import letters
from survey_app.account.door import begin_session, blueprint, end_session, log, now
from survey_app.services import linking, members
from survey_app.services.campus_steps import CampusSignInFailed, Step
from survey_app.services.errors import TooManyWrongCodes, WrongCode
from survey_app.sign_in_settings import SignInSettings, mail_server
from survey_app.web.access import EVERYONE, audience
from survey_app.web.instance import settings, stores
from survey_app.web.languages import gettext as _

Answer = Response | str | tuple[str, int]
STEP, STEP_PATH, STEP_SECONDS = "account_step", "/account/sign-in", 600


@blueprint.get("/sign-in")
@audience(EVERYONE)
def sign_in() -> Answer:
    """The ways on offer; whoever is signed in goes on."""
    return redirect("/account/", 303) if g.get("member") else _page()


@blueprint.post("/sign-in/email")
@audience(EVERYONE)
def by_email() -> Answer:
    """Ask for a link. The answer is the same whether or not anybody has this address."""
    _offered("email")
    address = members.tidy_address(request.form.get("address", ""))
    local, at, host = address.rpartition("@")
    if not (local and at and "." in host and len(address) <= members.LONGEST_ADDRESS) or not address.isprintable():
        return _page(email_fault=_("请填完整的邮箱地址，例如 name@example.edu.cn。"), address=address)
    page = f"{settings().public_address}/account/link/"
    server = mail_server(settings().sign_in)
    linking.request_link(stores(), server, address, page, letters.link_words(), now())
    return render_template("account/link_sent.html")


@blueprint.post("/sign-in/code")
@audience(EVERYONE)
def by_code() -> Answer:
    """A printed personal code."""
    _offered("code")
    try:
        return _whose(members.token_for_code(stores(), request.form.get("code", "")[:100], now()))
    except WrongCode:
        return _page(code_fault=_("这个登录码不对，或者已经换了新的。请对照纸上再看一遍。"))
    except TooManyWrongCodes:
        abort(429)


@blueprint.get("/link/<token>")
@audience(EVERYONE)
def link(token: str) -> Answer:
    """A link from a mail: says whose it is and asks. Opening it uses nothing up."""
    return _whose(token)


@blueprint.post("/link")
@audience(EVERYONE)
def confirm() -> Answer:
    """The person said: yes, that is me. Only now the link is used up and a session begins."""
    try:
        token = members.sign_in(stores(), request.form.get("token", ""), now())
    except members.NoSuchLink:
        return _link_is_over()
    end_session()
    begin_session(token)
    return redirect("/account/", 303)


@blueprint.get("/sign-in/oidc")
@audience(EVERYONE)
def oidc() -> Answer:
    from survey_app.services import campus_sign_in

    return _leave("oidc", campus_sign_in.oidc_address)


@blueprint.get("/sign-in/oidc/back")
@audience(EVERYONE)
def oidc_back() -> Answer:
    from survey_app.services import campus_sign_in

    return _come_back("oidc", campus_sign_in.oidc_name, request.args.get("code", ""))


@blueprint.get("/sign-in/cas")
@audience(EVERYONE)
def cas() -> Answer:
    from survey_app.services import campus_sign_in

    return _leave("cas", campus_sign_in.cas_address)


@blueprint.get("/sign-in/cas/back")
@audience(EVERYONE)
def cas_back() -> Answer:
    from survey_app.services import campus_sign_in

    return _come_back("cas", campus_sign_in.cas_name, request.args.get("ticket", ""))


@blueprint.post("/sign-out")
@audience(EVERYONE)
def sign_out() -> Response:
    end_session()
    return redirect("/account/sign-in", 303)


def _offered(way: str) -> SignInSettings:
    if not settings().sign_in.offers(way):
        abort(404)
    return settings().sign_in


def _leave(way: str, address_of: Callable[[SignInSettings, str], tuple[str, Step]]) -> Answer:
    chosen = _offered(way)
    try:
        address, step = address_of(chosen, _back(way))
    except CampusSignInFailed as fault:
        return _failed(fault)
    response = redirect(address, 303)
    # Lax, for the browser comes back from another site; it lives ten minutes and opens nothing by itself.
    response.set_cookie(
        STEP,
        _signer().dumps([way, step.kept()]),
        max_age=STEP_SECONDS,
        path=STEP_PATH,
        secure=settings().https,
        httponly=True,
        samesite="Lax",
    )
    return response


def _come_back(way: str, name_of: Callable[[SignInSettings, str, Step, str], str], proof: str) -> Answer:
    chosen, step = _offered(way), _kept_step(way)
    if step is None or not proof or len(proof) > 4000 or request.args.get("state") != step.state:
        return _page(campus_fault=_("这次登录没有走完，或者隔得太久了。请再点一次。"))
    try:
        name = name_of(chosen, _back(way), step, proof)
        by_address = way == "oidc" and chosen.oidc_claim == "email"
        token = (members.token_for_address if by_address else members.token_for_staff_number)(stores(), name, now())
    except CampusSignInFailed as fault:
        return _failed(fault)
    except members.NotOnRoster:
        return _without_step(render_template("account/not_on_roster.html"), 403)
    return _without_step(_whose(token))


def _back(way: str) -> str:
    return f"{settings().public_address}{STEP_PATH}/{way}/back"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="account step")


def _kept_step(way: str) -> Step | None:
    try:
        kept_way, parts = _signer().loads(request.cookies.get(STEP, ""), max_age=STEP_SECONDS)
        return Step(**parts) if kept_way == way else None
    except (BadData, TypeError, ValueError):
        return None


def _without_step(answer: Answer, status: int = 200) -> Response:
    response = current_app.make_response(answer if isinstance(answer, tuple) else (answer, status))
    response.delete_cookie(STEP, path=STEP_PATH, secure=settings().https, httponly=True, samesite="Lax")
    return response


def _failed(fault: CampusSignInFailed) -> Answer:
    log.error("campus sign-in: %s", fault)
    return _page(campus_fault=_("统一身份认证现在连不上，或者没有认出您。请过一会儿再试，或换一种方式。"))


def _whose(token: str) -> Answer:
    try:
        person = members.whose(stores(), token, now())
    except members.NoSuchLink:
        return _link_is_over()
    return render_template("account/whose.html", person=person, token=token)


def _link_is_over() -> Answer:
    return render_template("account/link_over.html"), 410


def _page(**faults: str) -> Answer:
    page = render_template("account/sign_in.html", ways=settings().sign_in, **faults)
    return (page, 422) if faults else page
