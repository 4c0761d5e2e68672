"""The term of tickets: open it, see how far collecting is, invite and remind, print sign-in codes. Numbers only, no names.

Shut, like the members' own door, as long as no way of signing in is configured.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, count

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from questionnaires.texts import Text
from survey_app.ballots import crockford
from survey_app.officers.choices import SLOTS, Faults, UnitChoices
from survey_app.officers.door import UNIVERSITY, as_pdf, blueprint, sentences, tell
from survey_app.services import inviting, merging, personal_codes, printing, registering, slots, terms
from survey_app.services.errors import NoSuchTerm, Refusal, TermIsOpen, UnitTooSmall
from survey_app.services.inviting import MailedLately, NobodyToMail, StillMailing
from survey_app.services.registering import BranchFacts
from survey_app.services.terms import Term, TermWanted
from survey_app.web.access import audience, current_officer
from survey_app.web.formats import day
from survey_app.web.instance import settings, stores, today
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language

Answer = Response | str | tuple[str, int]
KINDS = ("invitation", "reminder")


def is_offered() -> bool:
    """Whether members can sign in at all."""
    return bool(settings().sign_in.ways)


@blueprint.app_context_processor
def _entry() -> dict[str, bool]:
    return {"tickets_offered": is_offered()}


@blueprint.get("/terms")
@audience(*UNIVERSITY)
def term() -> Answer:
    """The open term, or the form that opens one."""
    _refuse_shut()
    try:
        return _page(terms.term(stores()))
    except NoSuchTerm:
        return _form(_suggested(), _suggested_units(_branches()), [])


@blueprint.post("/terms")
@audience(*UNIVERSITY)
def open_term() -> Answer:
    """Freeze the units, the roster and the keys of a year."""
    _refuse_shut()
    given = {name: request.form.get(name, "").strip()[:200] for name in _suggested()}
    branches = _branches()
    units = UnitChoices.sent(request.form, branches) if _names_units() else _suggested_units(branches)
    wanted, faults = _wanted(given, units)
    if faults or wanted is None:
        return _form(given, units, faults)
    try:
        opened = terms.open_term(stores(), settings().secret, wanted, current_officer().name)
    except TermIsOpen as refusal:
        tell("".join(sentences(refusal)))
        return redirect(url_for("officers.term"), 303)
    except UnitTooSmall as refusal:
        return _form(given, units, [("units", said) for said in sentences(refusal)])
    except Refusal as refusal:
        return _form(given, units, [("term", said) for said in sentences(refusal)])
    tell(_("已开设，共 %(n)s 人可以领取。", n=opened.n_members))
    return redirect(url_for("officers.term"), 303)


@blueprint.post("/terms/<term_id>/end")
@audience(*UNIVERSITY)
def end_term(term_id: str) -> Answer:
    _refuse_shut()
    if request.form.get("sure") != "yes":
        tell(_("请先勾选确认，再结束。"))
        return redirect(url_for("officers.term"), 303)
    try:
        slots.end_term(stores(), term_id, current_officer().name)
    except NoSuchTerm:
        abort(404)
    tell(_("年度已结束，不再发放。已定稿的调查照常进行。"))
    return redirect(url_for("officers.term"), 303)


@blueprint.post("/terms/mail")
@audience(*UNIVERSITY)
def mail() -> Answer:
    """Invite or remind everybody who has not collected; the sending goes on by itself."""
    _refuse_shut()
    kind = request.form.get("kind", "")
    if kind not in KINDS or not settings().sign_in.can_mail:
        abort(400)
    try:
        inviting.begin_mailing(stores(), "reminder" if kind == "reminder" else "invitation", _name(), today())
        tell(_("已开始发送。可以离开这一页，发送会自己进行。"))
    except StillMailing:
        tell(_("上一批还没有发完，请等它发完。"))
    except MailedLately as fault:
        tell(_("两次提醒至少隔 3 天：%(day)s起可以再发。", day=day(fault.again)))
    except NobodyToMail:
        tell(_("没有可发的：都领了，或者没领的人名册里没有邮箱。"))
    except NoSuchTerm:
        abort(404)
    return redirect(url_for("officers.term"), 303)


@blueprint.post("/terms/mail/<int:job_id>/stop")
@audience(*UNIVERSITY)
def stop_mail(job_id: int) -> Answer:
    _refuse_shut()
    inviting.stop_mailing(stores(), job_id, _name())
    tell(_("已停止发送。"))
    return redirect(url_for("officers.term"), 303)


@blueprint.post("/terms/codes")
@audience(*UNIVERSITY)
def print_codes() -> Answer:
    """Personal sign-in codes: the PDF is their only copy."""
    _refuse_shut()
    if not settings().sign_in.offers("code"):
        abort(404)
    printing.check_font()  # before anything is drawn: codes that cannot be printed would be lost
    wanted = request.form.get("branch") or None
    if wanted and wanted not in {branch.id for branch in registering.branches(stores())}:
        abort(404)
    everybody = request.form.get("everybody") == "yes"
    codes = personal_codes.draw_personal_codes(stores(), wanted, _name(), without_address=not everybody)
    if not codes:
        tell(_("没有要印的：这些会员都有邮箱。"))
        return redirect(url_for("officers.term"), 303)
    made = printing.personal_codes_pdf(settings().public_address, codes, _open_fingerprint())
    return as_pdf(made, "sign-in-codes" + (f"-{wanted}" if wanted else ""), download=True)


def _open_fingerprint() -> str | None:
    try:
        return terms.term(stores()).fingerprint
    except NoSuchTerm:
        return None


def _refuse_shut() -> None:
    if not is_offered():
        abort(404)


def _name() -> str:
    return current_officer().name


def _page(found: Term) -> str:
    mailings = inviting.mailings(stores(), found.id)
    return render_template(
        "officers/term.html",
        term=found,
        collected=inviting.collected(stores(), today()),
        mailings=mailings,
        going=next((one for one in mailings if one.state == "going"), None),
        has_begun=today() >= found.collect_first_day,
        ways=settings().sign_in,
        branches=registering.branches(stores()),
        language_now=language(),
        page=f"{settings().public_address}/account/",
        fingerprint=crockford.grouped(found.fingerprint),
        reminder=_reminder(found),
    )


def _reminder(found: Term) -> str:
    return _(
        "各位老师：今年的全年答题资格开始领取，登录一次，约一分钟，以后答题不用再登录，没有人能看到谁答了什么。"
        "请在准备用来答题的手机上打开 %(page)s ，%(day)s前领好。不想登录的，每次调查可以到分工会抽匿名答题码。",
        page=f"{settings().public_address}/account/",
        day=day(found.collect_last_day, year=found.collect_last_day.year != today().year),
    )


def _suggested() -> dict[str, str]:
    year, now = today().year, today()
    return {
        "id": _free_id(str(year)),
        "title_zh": f"{year}年度",
        "title_en": f"Year {year}",
        "first_day": now.isoformat(),
        "last_day": (now + timedelta(days=30)).isoformat(),
    }


def _free_id(year: str) -> str:
    """The year, or the year and a number where a term of that name has ended: an id is never used twice."""
    taken = {one.id for one in _earlier()}
    return next(name for name in chain((year,), (f"{year}-{n}" for n in count(2))) if name not in taken)


def _names_units() -> bool:
    return any(name.startswith("unit-") for name in request.form)


def _branches() -> tuple[BranchFacts, ...]:
    """Those that the roster names, with as many members as it names: it decides who may collect."""
    return tuple(
        replace(branch, members=branch.in_roster) for branch in registering.branches(stores()) if branch.in_roster
    )


def _suggested_units(branches: Sequence[BranchFacts]) -> UnitChoices:
    return UnitChoices.suggested(branches, merging.suggested_merges(stores(), by_roster=True))


def _wanted(given: dict[str, str], units: UnitChoices) -> tuple[TermWanted | None, Faults]:
    """The term that was described, or every reason why it is none yet."""
    first, last = _day(given["first_day"]), _day(given["last_day"])
    faults = list(units.faults)
    if first is None or last is None:
        name = "first_day" if first is None else "last_day"
        return None, [(name, _("请填写领取的起止日期，例如 2026-10-12。")), *faults]
    merges = units.merges(merging.suggested_merges(stores(), by_roster=True))
    title = Text(given["title_zh"], given["title_en"] or None)
    return TermWanted(given["id"], title, first, last, merges, units.left_out), faults


def _form(given: dict[str, str], units: UnitChoices, faults: Faults) -> Answer:
    page = render_template(
        "officers/term_form.html",
        given=given,
        faults=faults,
        sentence=dict(reversed(faults)),
        units=units,
        seconds=math.ceil(terms.opening_seconds(units.n_units)),
        slots=SLOTS,
        branches=_branches(),
        earlier=_earlier(),
        language_now=language(),
    )
    return (page, 422) if faults else page


def _earlier() -> tuple[Term, ...]:
    return terms.terms(stores())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
