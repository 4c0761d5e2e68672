"""The pages that are the same for everyone: start, answering page, sample thanks, how anonymity is kept."""

from __future__ import annotations

import gzip
import secrets
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson
from flask import Response, abort, current_app, make_response, render_template, request
from markupsafe import Markup

from survey_app.ballots.receipts import SHOWN_BYTES, shown
from survey_app.services.designing import polls, state
from survey_app.services.poll_facts import is_preview
from survey_app.staff import blueprint
from survey_app.staff.page_words import page_data
from survey_app.staff.polls import not_open_page, poll_at, standing
from survey_app.staff.questions import every_section
from survey_app.staff.tickets import ticket_data, ticket_words
from survey_app.web import previews
from survey_app.web.access import EVERYONE, audience
from survey_app.web.instance import settings, stores, today
from survey_app.web.languages import language, offered, speak

if TYPE_CHECKING:
    from survey_app.services.designing import FrozenPoll

# What could end a script element or an attribute.
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'"}
SHORT_WHILE = "public, max-age=300"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it is sent, to everyone the same."""

    plain: bytes
    squeezed: bytes
    tag: str


@blueprint.get("/")
@audience(EVERYONE)
def home() -> str:
    found = [(poll, state(poll, today())) for poll in polls(stores())]
    return render_template(
        "staff/home.html",
        open_polls=[poll for poll, now in found if now == "open"],
        coming_polls=[poll for poll, now in found if now == "not_open"],
    )


@blueprint.get("/b/<poll_id>")
@audience(EVERYONE)
def answer(poll_id: str) -> Response:
    return _answering_page(poll_id, "zh")


@blueprint.get("/b/<poll_id>/en")
@audience(EVERYONE)
def answer_in_english(poll_id: str) -> Response:
    if "en" not in offered():
        abort(404)
    return _answering_page(poll_id, "en")


@blueprint.get("/b/<poll_id>/thanks")
@audience(EVERYONE)
def sample_thanks(poll_id: str) -> Response:
    """What everybody sees after answering, for anybody to open: a screenshot of it proves nothing."""
    poll = poll_at(poll_id)
    made_up = shown(secrets.token_bytes(SHOWN_BYTES)).split("-")
    page = make_response(render_template("staff/thanks.html", poll=poll, receipt=made_up))
    page.headers["Cache-Control"] = "no-store"
    return page


def _answering_page(poll_id: str, chosen: str) -> Response:
    speak(chosen)
    poll = poll_at(poll_id)
    if standing(poll) != "open":
        return not_open_page(poll)
    if is_preview(poll_id):
        other = f"/b/{poll_id}" + ("/en" if language() == "zh" else "")
        return Response(_answering_html(poll, other), mimetype="text/html", headers={"Cache-Control": "no-store"})
    page = _kept(poll)
    squeeze = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(page.squeezed if squeeze else page.plain, mimetype="text/html")
    if squeeze:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = SHORT_WHILE
    response.set_etag(page.tag + ("-gz" if squeeze else ""))
    if "If-None-Match" in request.headers:
        response.make_conditional(request)
    return response


def _kept(poll: FrozenPoll) -> KeptPage:
    """The page of this poll and language, rendered once: what is frozen cannot change. By ticket it tells the day as well."""
    memory: dict[tuple[str, str], tuple[date | None, KeptPage]] = current_app.extensions.setdefault("staff_pages", {})
    key, of_day = (poll.poll_id, language()), today() if poll.slot else None
    if key not in memory or memory[key][0] != of_day:
        memory[key] = of_day, _rendered(poll)
    return memory[key][1]


def _rendered(poll: FrozenPoll) -> KeptPage:
    plain = _answering_html(poll, f"/b/{poll.poll_id}" + ("/en" if language() == "zh" else ""))
    return KeptPage(plain, gzip.compress(plain, 9, mtime=0), sha256(plain).hexdigest()[:20])


def _shown_elsewhere(poll: FrozenPoll, chosen: str, other_address: str) -> bytes:
    """The answering page for another door to show; the rest of that request is in its language."""
    speak(chosen, "staff")
    return _answering_html(poll, other_address)


blueprint.record_once(lambda registered: previews.offer(registered.app, _shown_elsewhere))


def _in_page(data: dict[str, Any]) -> Markup:
    """JSON for a script element, in letters: Chinese in escapes would weigh half as much again."""
    return Markup(orjson.dumps(data, option=orjson.OPT_SORT_KEYS).decode().translate(ESCAPED))  # noqa: S704 - escaped


def _answering_html(poll: FrozenPoll, other_address: str) -> bytes:
    chosen = settings()
    data = page_data(poll) | {"organisation": chosen.organisation_zh if language() == "zh" else chosen.organisation_en}
    if (of_ticket := ticket_data(poll)) is not None:
        data = data | {"ticket": of_ticket, "words": data["words"] | ticket_words()}
    sections = list(every_section(poll.questionnaire))
    html = render_template(
        "staff/answer.html",
        poll=poll,
        sections=sections,
        data=_in_page(data),
        other_address=other_address,
        tried=is_preview(poll.poll_id),
    )
    return "\n".join(line for line in map(str.strip, html.splitlines()) if line).encode()
