"""The two calls of the page's script: what unit a slip belongs to, and one ballot. No cookie, no name, no log."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from questionnaires.answers import InvalidAnswers
from survey_app.ballots.encodings import HASH_BYTES, from_base64url, to_base64url
from survey_app.services import errors
from survey_app.services.casting import (
    Comment,
    OpenUnit,
    SlipCode,
    Submission,
    TicketCredential,
    unit_of_slip,
)
from survey_app.staff import blueprint
from survey_app.staff.polls import cast
from survey_app.web.access import EVERYONE, audience
from survey_app.web.instance import stores
from survey_app.web.sessions import carries_our_cookie

LARGEST_BALLOT = 64 * 1024
LARGEST_CODE = 1024
LONGEST_CODE = 64
LONGEST_PREPARED = 160  # 32 random bytes, a label, and two ids of 32 letters
LONGEST_SIGNATURE = 512

REFUSALS: dict[type[Exception], tuple[int, str]] = {
    errors.InvalidSubmission: (400, "bad_request"),
    errors.NoSuchPoll: (404, "no_such_poll"),
    errors.NoSuchUnit: (404, "no_such_unit"),
    errors.WrongCode: (403, "wrong_code"),
    errors.PollNotOpenYet: (403, "poll_not_open"),
    errors.BadContext: (400, "bad_context"),
    errors.BadCredential: (403, "bad_credential"),
    errors.UnknownKey: (404, "unknown_key"),
    errors.CodeSpent: (409, "code_used"),
    errors.CredentialUsed: (409, "credential_used"),
    errors.AlreadySubmitted: (409, "already_submitted"),
    errors.PollClosed: (410, "poll_closed"),
    InvalidAnswers: (422, "invalid_answers"),
    errors.TooManyWrongCodes: (429, "too_many_requests"),
    errors.Busy: (503, "busy"),
    errors.StoreFull: (503, "busy"),
}


class BadRequest(ValueError):  # noqa: N818 - plain nouns for errors (house rule)
    """A body that no page of ours sends."""


REFUSED: tuple[type[Exception], ...] = (BadRequest, RequestEntityTooLarge, *REFUSALS)


@blueprint.post("/b/waves/<poll_id>/ballots")
@audience(EVERYONE)
def ballots_by_ticket(poll_id: str) -> Response:
    """The protocol's own address: whatever could name the sender is refused before anything is read."""
    if request.cookies or "Authorization" in request.headers:
        return _said(400, error="identifying_header")
    return _taken(poll_id)


@blueprint.post("/b/<poll_id>/ballots")
@audience(EVERYONE)
def ballots(poll_id: str) -> Response:
    """The page's address: a campus-wide cookie that comes along is nobody's fault here, one of ours is refused."""
    if carries_our_cookie(request.cookies) or "Authorization" in request.headers:
        return _said(400, error="identifying_header")
    return _taken(poll_id)


def _taken(poll_id: str) -> Response:
    by_ticket = False
    try:
        body = _body(LARGEST_BALLOT)
        by_ticket = "key_id" in body
        receipt = cast(_submission(poll_id, body, _ticket(body) if by_ticket else None))
    except REFUSED as refused:
        return _refused_by_protocol(refused) if by_ticket else _refused(refused)
    said = {"receipt": to_base64url(receipt.receipt)}
    if receipt.ack is not None:
        said["ack"] = to_base64url(receipt.ack)
    return _said(200 if receipt.repeated else 201, **said)


@blueprint.post("/b/<poll_id>/slips")
@audience(EVERYONE)
def slips(poll_id: str) -> Response:
    """The unit of a code, before the first question: nobody should answer for minutes with a mistyped code."""
    if carries_our_cookie(request.cookies) or "Authorization" in request.headers:
        return _said(400, error="identifying_header")
    try:
        code = _text(_body(LARGEST_CODE), "slip", LONGEST_CODE)
        unit_id = unit_of_slip(stores().ballot_box, poll_id, code)
    except REFUSED as refused:
        return _refused(refused)
    return _said(200, unit=unit_id)


def _body(largest: int) -> dict[str, Any]:
    request.max_content_length = largest
    try:
        body = orjson.loads(request.get_data(cache=False))
    except orjson.JSONDecodeError:
        raise BadRequest from None
    if not isinstance(body, dict):
        raise BadRequest
    return body


def _submission(poll_id: str, body: dict[str, Any], ticket: TicketCredential | None) -> Submission:
    answers = body.get("answers")
    comments = body.get("comments")
    if not isinstance(answers, str) or not answers.isascii() or not isinstance(comments, list):
        raise BadRequest
    return Submission(
        poll_id=poll_id,
        nonce=ticket.nonce if ticket else _random_bytes(body, "nonce"),
        opener=_random_bytes(body, "opener"),
        answers=answers.encode("ascii"),
        comments=tuple(map(_comment, comments)),
        credential=ticket or _credential(body.get("credential")),
    )


def _ticket(body: dict[str, Any]) -> TicketCredential:
    return TicketCredential(
        key_id=_random_bytes(body, "key_id"),
        prepared=_bytes(body, "prepared", LONGEST_PREPARED),
        signature=_bytes(body, "sig", LONGEST_SIGNATURE),
    )


def _comment(given: Any) -> Comment:
    if not isinstance(given, dict):
        raise BadRequest
    item = "q" if "q" in given else "item"  # the protocol's name for it, and the page's
    return Comment(_text(given, item, 64), _text(given, "text", LARGEST_BALLOT), _random_bytes(given, "opener"))


def _credential(given: Any) -> SlipCode | OpenUnit:
    if not isinstance(given, dict) or len(given) != 1:
        raise BadRequest
    return (
        SlipCode(_text(given, "slip", LONGEST_CODE))
        if "slip" in given
        else OpenUnit(_text(given, "unit", LONGEST_CODE))
    )


def _text(given: dict[str, Any], name: str, longest: int) -> str:
    value = given.get(name)
    if not isinstance(value, str) or len(value) > longest:
        raise BadRequest
    return value


def _random_bytes(given: dict[str, Any], name: str) -> bytes:
    """32 bytes in base64url without padding; any other alphabet, length or spelling is refused."""
    return _bytes(given, name, HASH_BYTES, HASH_BYTES)


def _bytes(given: dict[str, Any], name: str, longest: int, exactly: int | None = None) -> bytes:
    try:
        return from_base64url(_text(given, name, 2 * longest), exactly)
    except ValueError:
        raise BadRequest from None


def _refused(refused: Exception) -> Response:
    if isinstance(refused, BadRequest):
        return _said(400, error="bad_request")
    if isinstance(refused, RequestEntityTooLarge):
        return _said(413, error="too_large")
    status, code = refusal(refused)
    if isinstance(refused, InvalidAnswers):
        return _said(status, error=code, item=refused.fault.item)
    return _said(status, error=code)


def _refused_by_protocol(refused: Exception) -> Response:
    """The same in the words of the protocol, where they are others."""
    if isinstance(refused, errors.PollClosed):
        return _said(410, error="wave_closed")
    if isinstance(refused, InvalidAnswers):
        return _said(422, error="invalid_answers", item=refused.fault.item, field=refused.fault.item)
    return _refused(refused)


def refusal(refused: Exception) -> tuple[int, str]:
    """The status and the code of a service's refusal."""
    return next(said for kind, said in REFUSALS.items() if isinstance(refused, kind))


def _said(status: int, **said: str) -> Response:
    response = Response(orjson.dumps(said), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
