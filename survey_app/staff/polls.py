"""The poll behind an address, and a page instead of it when it takes no answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import abort, make_response, render_template

from questionnaires.texts import Text
from survey_app.services import reporting
from survey_app.services.casting import cast_ballot
from survey_app.services.designing import frozen_poll, state
from survey_app.services.errors import NoSuchPoll
from survey_app.services.poll_facts import is_preview
from survey_app.services.previewing import Host, preview, tried
from survey_app.staff.style import say
from survey_app.web.formats import day
from survey_app.web.instance import settings, stores, today
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language

if TYPE_CHECKING:
    from flask import Response

    from survey_app.services.casting import Receipt, Submission
    from survey_app.services.designing import FrozenPoll

POLL_ID = re.compile(r"[a-z0-9-]{1,32}")


def poll_at(poll_id: str) -> FrozenPoll:
    """The frozen poll of this id, or the made-up one of a draft that is tried out; 404 if there is none."""
    if not POLL_ID.fullmatch(poll_id):
        abort(404)
    try:
        return _tried_out(poll_id) if is_preview(poll_id) else frozen_poll(stores().ballot_box, poll_id)
    except NoSuchPoll:
        abort(404)


def _tried_out(poll_id: str) -> FrozenPoll:
    chosen = settings()
    host = Host(
        Text(chosen.organisation_zh, chosen.organisation_en), Text(chosen.contact_zh, chosen.contact_en or None)
    )
    return preview(stores(), poll_id, host, today())


def cast(submission: Submission) -> Receipt:
    """Cast a ballot; one of a draft that is tried out is checked the same and forgotten. Raises what casting raises."""
    if is_preview(submission.poll_id):
        return tried(_tried_out(submission.poll_id), submission)
    return cast_ballot(stores().ballot_box, submission, today())


def standing(poll: FrozenPoll) -> str:
    """`not_open`, `open`, or why it takes no more: `over`, `closed`, `sealed`."""
    return state(poll, today())


def not_open_page(poll: FrozenPoll) -> Response:
    """Says that the poll takes no answers, and when it did or will."""
    released = False
    if standing(poll) == "not_open":
        heading = _("还没有开始")
        sentence = _("这项调查 %(first)s 开始，到 %(last)s 为止。") % {
            "first": day(poll.first_day),
            "last": day(poll.last_day),
        }
        status = 200
    else:
        heading = _("已经停止收卷")
        released = any(release.poll_id == poll.poll_id for release in reporting.releases(stores()))
        sentence = _closed_sentence(poll, released=released)
        status = 410
    page = make_response(
        render_template(
            "staff/not_open.html",
            poll=poll,
            heading=heading,
            sentence=sentence,
            released=released,
            sealed=poll.state == "sealed",
        ),
        status,
    )
    page.headers["Cache-Control"] = "no-cache"
    return page


def _closed_sentence(poll: FrozenPoll, *, released: bool) -> str:
    """Why no answer is taken, and what came or will come of those that were."""
    if today() > poll.last_day:
        why = _("最后一天是 %(last)s，谁也不能补交。") % {"last": day(poll.last_day)}
    else:
        why = _("这项调查已提前停止收卷，谁也不能补交。")
    if released:
        then = _("结果已经公布。")
    else:
        then = _("结果最晚 %(results)s 公布，由%(organiser)s负责。") % {
            "organiser": say(poll.notice.organiser),
            "results": day(poll.notice.results_by, year=True),
        }
    return why + ("" if language() == "zh" else " ") + then
