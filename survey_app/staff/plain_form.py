"""Answering without script: one section a page, everything given so far in hidden fields, nothing kept on the server.

`at` names the page the form came from ("start", a section's id, "check"); `go` the button that was pressed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, abort, make_response, render_template, request

from questionnaires.answers import Fault, faults
from questionnaires.items import BestWorstItem
from questionnaires.questionnaire import Section
from survey_app.services import errors
from survey_app.services.casting import OpenUnit, SlipCode, unit_of_slip
from survey_app.staff import blueprint
from survey_app.staff.ballot_calls import REFUSALS, refusal
from survey_app.staff.fields import answers_in, carried_fields, designs_in
from survey_app.staff.page_words import nothing_asked, refusals
from survey_app.staff.plain_ballot import openers_in, submission_of
from survey_app.staff.polls import cast, not_open_page, poll_at, standing
from survey_app.staff.questions import Sheet, answer_lines
from survey_app.staff.wording import fault_sentence, heading
from survey_app.web.access import EVERYONE, audience
from survey_app.web.instance import stores
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language, speak
from survey_app.web.sessions import carries_our_cookie

if TYPE_CHECKING:
    from survey_app.services.designing import FrozenPoll
    from survey_app.staff.fields import Form

LARGEST_FORM = 128 * 1024
LONGEST_CODE = 64


@dataclass(frozen=True, slots=True)
class Visit:
    """One press of a button: the poll, what the form holds, and the answers it makes."""

    poll: FrozenPoll
    form: Form
    unit_id: str
    sheet: Sheet


@blueprint.post("/b/<poll_id>/sections")
@audience(EVERYONE)
def sections(poll_id: str) -> Response:
    if carries_our_cookie(request.cookies):
        abort(400)
    request.max_content_length = request.max_form_memory_size = LARGEST_FORM
    form = request.form
    go = form.get("go", "next")
    speak(go if go in {"zh", "en"} else form.get("language", "zh"))
    poll = poll_at(poll_id)
    at = form.get("at", "start")
    # a ballot sent again after the last day still finds its receipt; everything else stops
    if standing(poll) != "open" and (at, go) != ("check", "send"):
        return _private(not_open_page(poll))
    if at == "start":
        return _private(_started(poll, form))
    unit_id = form.get("unit", "")
    try:
        facts = poll.facts(unit_id)
    except errors.NoSuchUnit:
        return _private(_start_again(poll, form, _("这一页放得太久了，请重新开始。")))
    visit = Visit(poll, form, unit_id, Sheet.of(poll.questionnaire, answers_in(poll.questionnaire, form), facts))
    return _private(_turned(visit, at, go))


def _turned(visit: Visit, at: str, go: str) -> Response:
    """The page that follows from the button pressed."""
    sections = visit.sheet.sections
    ids = [section.id for section in sections]
    if go.startswith("change ") and go[7:] in visit.sheet.asked:
        return _section_page(visit, visit.poll.questionnaire.section_of(go[7:]))
    here = ids.index(at) if at in ids else len(ids)
    if go == "back":
        return _section_page(visit, sections[here - 1]) if here else _start_again(visit.poll, visit.form, None)
    if go in {"zh", "en"}:
        return _section_page(visit, sections[here]) if here < len(ids) else _check_page(visit)
    if here < len(ids):
        return _next_page(visit, here)
    return _sent(visit) if go == "send" else _check_page(visit)


def _next_page(visit: Visit, here: int) -> Response:
    """The next section, or the same one again: with what is wrong, or with questions that an answer has brought up."""
    sections = visit.sheet.sections
    seen = visit.form.getlist("seen")
    found = faults(visit.poll.questionnaire, visit.sheet.given, visit.sheet.facts, sections[here].id)
    if wrong := tuple(fault for fault in found if fault.item in seen):
        return _section_page(visit, sections[here], wrong)
    if new := [item.id for item in sections[here].items if item.id in visit.sheet.asked and item.id not in seen]:
        return _section_page(visit, sections[here], new=len(new))
    return _section_page(visit, sections[here + 1]) if here + 1 < len(sections) else _check_page(visit)


def _started(poll: FrozenPoll, form: Form) -> Response:
    """The first step: a slip's code or a branch gives the unit, and with it the questions asked."""
    try:
        unit_id = _unit(poll, form)
        facts = poll.facts(unit_id)
    except errors.NoSuchUnit:
        return _start_again(poll, form, _("请选您的分工会"))
    except errors.PollClosed:  # since this page was asked for
        return not_open_page(poll)
    except (errors.WrongCode, errors.CodeSpent, errors.TooManyWrongCodes, errors.Busy) as refused:
        status, code = refusal(refused)
        empty = not form.get("code", "").strip()
        return _start_again(poll, form, _("请输入纸条上的答题码") if empty else refusals()[code], status)
    visit = Visit(poll, form, unit_id, Sheet.of(poll.questionnaire, answers_in(poll.questionnaire, form), facts))
    if not visit.sheet.sections:
        return _start_again(poll, form, nothing_asked())
    return _section_page(visit, visit.sheet.sections[0])


def _unit(poll: FrozenPoll, form: Form) -> str:
    if poll.way == "open":
        return form.get("unit", "")
    code = form.get("code", "").strip()
    if not code or len(code) > LONGEST_CODE:
        raise errors.WrongCode
    return unit_of_slip(stores().ballot_box, poll.poll_id, code)


def _start_again(poll: FrozenPoll, form: Form, error: str | None, status: int = 422) -> Response:
    page = render_template(
        "staff/start.html",
        poll=poll,
        start_error=error,
        code=form.get("code", "")[:LONGEST_CODE],
        unit=form.get("unit", ""),
        carried=carried_fields(poll.questionnaire.items, form) + _kept_randoms(poll, form),
    )
    return make_response(page, status if error else 200)


def _section_page(visit: Visit, section: Section, found: tuple[Fault, ...] = (), new: int = 0) -> Response:
    poll, sheet = visit.poll, visit.sheet
    ids = [one.id for one in sheet.sections]
    place = ids.index(section.id)
    designs = designs_in(poll.questionnaire, visit.form)
    for item in section.items:
        if isinstance(item, BestWorstItem) and item.id not in designs:
            designs[item.id] = secrets.randbelow(len(item.design))
    others = [item for item in poll.questionnaire.items if item not in section.items]
    named: dict[str, str] = {}
    for fault in found:
        named.setdefault(fault.item, fault_sentence(poll.questionnaire.item(fault.item), fault))
    page = render_template(
        "staff/section.html",
        poll=poll,
        section=sheet.shown(section, found, designs),
        place=place + 1,
        places=len(ids),
        answered=sheet.answered,
        asked=len(sheet.asked),
        following=sheet.sections[place + 1].title if place + 1 < len(ids) else None,
        faults=[(sheet.number(item), item, sentence) for item, sentence in named.items()],
        new=new,
        fault_heading=heading(len(named), only_missing=all(fault.kind == "missing" for fault in found)),
        carried=_always(visit, section.id) + carried_fields(others, visit.form),
        seen=[item.id for item in section.items if item.id in sheet.asked],
    )
    return make_response(page, 422 if found else 200)


def _check_page(visit: Visit, refused: str = "", status: int = 200) -> Response:
    poll, sheet = visit.poll, visit.sheet
    item = poll.questionnaire.item
    given = [
        (
            section.title,
            [(item(one), answer_lines(sheet, item(one))) for one in sheet.asked if item(one) in section.items],
        )
        for section in sheet.sections
    ]
    page = render_template(
        "staff/check.html",
        poll=poll,
        given=given,
        refusal=refused,
        refusal_next=_("您的答案都还在这一页上。") if refused else "",
        carried=_always(visit, "check") + carried_fields(poll.questionnaire.items, visit.form),
    )
    return make_response(page, status)


def _sent(visit: Visit) -> Response:
    poll, sheet = visit.poll, visit.sheet
    wrong = faults(poll.questionnaire, sheet.given, sheet.facts)
    if wrong:
        section = poll.questionnaire.section_of(wrong[0].item)
        return _section_page(
            visit, section, tuple(one for one in wrong if poll.questionnaire.section_of(one.item) == section)
        )
    code = visit.form.get("code", "")[:LONGEST_CODE]
    credential = SlipCode(code) if poll.way != "open" else OpenUnit(visit.unit_id)
    try:
        receipt = cast(submission_of(poll, sheet, visit.form, credential))
    except (errors.PollClosed, errors.PollNotOpenYet):
        return not_open_page(poll)
    except tuple(REFUSALS) as refused:
        status, code = refusal(refused)
        sentence = refusals().get(code, _("没有收下。您的答案都还在，请过一会儿再试；还是不行，请告诉校工会。"))
        return _check_page(visit, sentence, status)
    return make_response(render_template("staff/thanks.html", poll=poll, receipt=receipt.shown.split("-")))


def _always(visit: Visit, at: str) -> list[tuple[str, str]]:
    """Hidden fields of every page: where it stands, the right to answer, and the random numbers of this ballot."""
    form = visit.form
    return [
        ("language", language()),
        ("at", at),
        ("code", form.get("code", "")[:LONGEST_CODE]),
        ("unit", visit.unit_id),
        *_kept_randoms(visit.poll, form),
    ]


def _kept_randoms(poll: FrozenPoll, form: Form) -> list[tuple[str, str]]:
    return list(openers_in(poll.questionnaire, form).items())


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
