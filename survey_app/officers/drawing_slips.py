"""Handing out slips of a poll by ticket: the officer types a staff number, sees whose it is, marks it, and hands the box over.

Marking and drawing are two things: which slip somebody draws is seen by nobody.
"""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from survey_app.officers.door import OFFICERS, blueprint, not_found, own_units, poll_or_404, state_of, tell
from survey_app.services import marking_slips
from survey_app.services.designing import FrozenPoll
from survey_app.services.errors import Ended, HoldsTicket, NoSuchSlot, NotOnRoster
from survey_app.services.marking_slips import Drawer
from survey_app.web.access import audience, current_officer
from survey_app.web.instance import stores
from survey_app.web.languages import gettext as _

Answer = Response | str | tuple[str, int]
LONGEST_NUMBER = 40


@blueprint.route("/polls/<poll_id>/slips/mark", methods=["GET", "POST"])
@audience(*OFFICERS)
def mark_slip(poll_id: str) -> Answer:
    """First look whose number it is; marking it is a second step, for it cannot be taken back."""
    summary, poll = poll_or_404(poll_id)
    if poll.way != "ticket":
        not_found()
    if request.method == "GET" or state_of(summary) not in ("not_open", "open"):
        return _page(poll, state_of(summary))
    number = request.form.get("staff_number", "").strip()[:LONGEST_NUMBER]
    if not number:
        return _page(poll, "open", fault=_("请填写工号。"))
    units = frozenset(unit.id for unit in own_units(current_officer(), poll))
    try:
        if request.form.get("step") == "mark":
            found = marking_slips.mark_slip(stores(), poll_id, number, current_officer().name, units)
            again = _("%(name)s以前就登记过，没有再记一次。", name=_called(found))
            tell(again if found.marked else _("已登记：%(name)s。请他自己从纸箱里抽一张。", name=_called(found)))
            return redirect(url_for("officers.mark_slip", poll_id=poll_id), 303)
        return _page(poll, "open", number=number, found=marking_slips.drawer(stores(), poll_id, number, units))
    except NotOnRoster:
        fault = _("年度名册里没有这个工号，或者不是本单位的。请核对。")
    except HoldsTicket:
        fault = _("这位老师已经领了全年答题资格，请直接用领取时的手机或电脑答，不能再抽。")
    except (Ended, NoSuchSlot):
        fault = _("这项调查已停止收卷，不能再登记。")
    return _page(poll, "open", number=number, fault=fault)


def _called(found: Drawer) -> str:
    return found.name or found.staff_number


def _page(
    poll: FrozenPoll, state: str, *, number: str = "", found: Drawer | None = None, fault: str | None = None
) -> Answer:
    page = render_template(
        "officers/mark_slip.html",
        poll=poll,
        may_mark=state in ("not_open", "open"),
        number=number,
        found=found,
        faults=[fault] if fault else [],
    )
    return (page, 422) if fault else page
