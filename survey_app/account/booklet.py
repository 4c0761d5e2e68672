"""The booklet page: what this member has collected, and the one button that collects the rest in this browser."""

from datetime import date
from typing import Any

from flask import render_template

from survey_app.account.door import blueprint
from survey_app.ballots import crockford
from survey_app.services import booklets, terms
from survey_app.services.booklets import Booklet
from survey_app.services.designing import PollSummary, polls, state
from survey_app.services.errors import NoSuchTerm, NotOnRoster
from survey_app.services.terms import Term
from survey_app.web.access import MEMBER, audience, current_member
from survey_app.web.formats import day
from survey_app.web.instance import stores, today
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language


@blueprint.get("/")
@audience(MEMBER)
def home() -> str:
    try:
        found = booklets.booklet(stores(), current_member().staff_number, today())
        term = terms.term(stores(), found.term_id)
    except (NoSuchTerm, NotOnRoster):
        return render_template("account/no_booklet.html")
    unit = next(unit for unit in term.units if unit.id == found.unit_id)
    asked = _polls(term)
    return render_template(
        "account/booklet.html",
        unit_name=unit.name.in_language(language()),
        slots=found.slots,
        polls=asked,
        fingerprint=crockford.grouped(term.fingerprint),
        first_day=term.collect_first_day,
        last_day=term.collect_last_day,
        data=_page_data(found, term, asked),
    )


def _polls(term: Term) -> dict[str, PollSummary]:
    """The polls that stand on slots of this term, by slot, in the order of the slots."""
    known = {poll.poll_id: poll for poll in polls(stores())}
    return {slot.slot_id: known[slot.poll_id] for slot in term.slots if slot.poll_id in known}


def _page_data(found: Booklet, term: Term, asked: dict[str, PollSummary]) -> dict[str, Any]:
    """What the script is told. No key stands here: keys come from the public manifests, which are everybody's."""
    has_begun = today() >= term.collect_first_day
    return {
        "term": found.term_id,
        "unit": found.unit_id,
        "member": current_member().staff_number,
        "today": today().isoformat(),
        "fingerprint": term.fingerprint,
        "collect": f"/account/terms/{found.term_id}/tickets",
        "slots": [
            {
                "slot": one.slot_id,
                "manifest": f"/b/waves/{one.slot_id}/manifest",
                "collected": one.collected,
                "open": one.open and has_begun and one.method != "slip",
            }
            | (_when(asked[one.slot_id], today()) if one.slot_id in asked else {})
            for one in found.slots
        ],
        "words": _words(),
    }


def _when(poll: PollSummary, now: date) -> dict[str, str]:
    """When it can be answered with a ticket collected before today (`held`), and with one of today (`fresh`)."""
    match state(poll, now):
        case "not_open":
            said = fresh = _("%(day)s开始", day=day(poll.first_day))
        case "open":
            said = _("现在就能答，最后一天是%(day)s", day=day(poll.last_day))
            fresh = _("明天起能答，最后一天是%(day)s", day=day(poll.last_day))
            if now == poll.last_day:
                fresh = _("今天是最后一天，今天领的赶不上这一次")
        case "released":
            said = fresh = _("已结束，结果已经公布")
        case _:
            said = fresh = _("已停止收卷")
    manifest = {"poll": f"/b/waves/{poll.poll_id}/manifest"} if said != fresh else {}
    return {"held": said, "fresh": fresh} | manifest


def _words() -> dict[str, str]:
    """The script's sentences, the server's refusals by the word of the answer among them."""
    return {
        "collecting": _("正在领取，请稍等。"),
        "again": _("网络慢，正在再试。请不要关掉这一页。"),
        "done": _("已答，收到了"),
        "here": _("在这个浏览器里"),
        "collected": _("已领，不在这里"),
        "not_yet": _("未领"),
        "no_store": _("这个浏览器不让存东西（例如无痕窗口），什么也没有领。请换一个浏览器再来。"),
        "lost": _("没有连上网。请看看网络，再点一次；领到的还是同一份。"),
        "refused": _("没有领成，什么也没有用掉。请过一会儿再试；还是不行，请告诉校工会。"),
        "bad_signature": _("发来的资格核对不上，没有收下。请再点一次；还是这样，请告诉校工会。"),
        "wrong_recovery": _("这个找回码不对。请对照抄下的再看一遍，共 52 个。"),
        "already_issued": _("这不是您那一份的找回码，取不回来。没有用掉什么，可以再试。"),
        "paper_issued": _("您已经抽过匿名答题码，不能再领。"),
        "wave_closed": _("领取已经结束。"),
        "not_signed_in": _("登录已经过期，请重新登录再来；领到的还是同一份。"),
    }
