"""The poll behind an address, and a page instead of it when it takes no answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import abort, make_response, render_template

from survey_app.services.designing import frozen_poll, state
from survey_app.services.errors import NoSuchPoll
from survey_app.staff.style import say
from survey_app.web.formats import day
from survey_app.web.instance import stores, today
from survey_app.web.languages import gettext as _

if TYPE_CHECKING:
    from flask import Response

    from survey_app.services.designing import FrozenPoll

POLL_ID = re.compile(r"[a-z0-9-]{1,32}")


def poll_at(poll_id: str) -> FrozenPoll:
    """The frozen poll of this id; 404 if there is none."""
    if not POLL_ID.fullmatch(poll_id):
        abort(404)
    try:
        return frozen_poll(stores().ballot_box, poll_id)
    except NoSuchPoll:
        abort(404)


def standing(poll: FrozenPoll) -> str:
    """`not_open`, `open`, or why it takes no more: `over`, `closed`, `sealed`."""
    return state(poll, today())


def not_open_page(poll: FrozenPoll) -> Response:
    """Says that the poll takes no answers, and when it did or will."""
    if standing(poll) == "not_open":
        heading = _("还没有开始")
        sentence = _("这项调查 %(first)s 开始，到 %(last)s 为止。") % {
            "first": day(poll.first_day),
            "last": day(poll.last_day),
        }
        status = 200
    else:
        heading = _("已经停止收卷")
        sentence = _("最后一天是 %(last)s，谁也不能补交。%(organiser)s会在 %(results)s 以前公布结果。") % {
            "last": day(poll.last_day),
            "organiser": say(poll.notice.organiser),
            "results": day(poll.notice.results_by, year=True),
        }
        status = 410
    page = make_response(render_template("staff/not_open.html", poll=poll, heading=heading, sentence=sentence), status)
    page.headers["Cache-Control"] = "no-cache"
    return page
