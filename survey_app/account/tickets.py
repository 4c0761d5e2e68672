"""The two calls of the booklet page: what a member has collected, and tickets signed without being seen. No log of either."""

from typing import Any

import orjson
from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from survey_app.account.door import blueprint
from survey_app.ballots.encodings import HASH_BYTES, from_base64url, is_id, to_base64url
from survey_app.services import booklets, collecting, errors
from survey_app.services.collecting import SignedTicket, TicketWanted
from survey_app.web.access import MEMBER, audience, current_member
from survey_app.web.instance import settings, stores, today

LARGEST_REQUEST = 64 * 1024

REFUSALS: dict[type[Exception], tuple[int, str]] = {
    errors.InvalidSubmission: (400, "bad_request"),
    errors.BadBlindedMessage: (400, "bad_blinded_message"),
    errors.CollectingNotOpenYet: (403, "not_open_yet"),
    errors.NotOnRoster: (403, "not_on_roster"),
    errors.WrongUnit: (403, "wrong_unit"),
    errors.NoSuchTerm: (404, "no_such_term"),
    errors.UnknownKey: (404, "unknown_key"),
    errors.AlreadyIssued: (409, "already_issued"),
    errors.PaperIssued: (409, "paper_issued"),
    errors.Ended: (410, "wave_closed"),
    errors.Busy: (503, "busy"),
    errors.StoreFull: (503, "busy"),
}
REFUSED = tuple(REFUSALS)


@blueprint.get("/terms/<term_id>")
@audience(MEMBER)
def collected(term_id: str) -> Response:
    try:
        found = booklets.booklet(stores(), current_member().staff_number, today(), term_id)
    except REFUSED as refused:
        return _refused(refused)
    slots = [{"slot": one.slot_id, "collected": one.collected, "open": one.open} for one in found.slots]
    return _said(200, {"unit": found.unit_id, "slots": slots})


@blueprint.post("/terms/<term_id>/tickets")
@audience(MEMBER)
def tickets(term_id: str) -> Response:
    """All or nothing; the same request again gives the same signatures, so a lost answer loses no right."""
    staff_number = current_member().staff_number
    try:
        wanted = _wanted(_body())
        booklets.booklet(stores(), staff_number, today(), term_id)  # raises NoSuchTerm for an address without one
        signed = collecting.collect(stores(), settings().secret, staff_number, wanted, today())
    except RequestEntityTooLarge:
        return _said(413, {"error": "too_large"})
    except REFUSED as refused:
        return _refused(refused)
    return _said(200, {"tickets": list(map(_told, signed))})


def _body() -> bytes:
    """Raises RequestEntityTooLarge. Looking for the form's token opens the stream before, with the limit of whole pages."""
    if (request.content_length or 0) > LARGEST_REQUEST:
        raise RequestEntityTooLarge
    body = request.get_data(cache=False)
    if len(body) > LARGEST_REQUEST:
        raise RequestEntityTooLarge
    return body


def _wanted(body: bytes) -> list[TicketWanted]:
    """Raises InvalidSubmission for a body that no page of ours sends, BadBlindedMessage for one that is not of its length."""
    try:
        named = orjson.loads(body)["tickets"]
        return [_one_wanted(one) for one in named]
    except (orjson.JSONDecodeError, KeyError, TypeError) as fault:
        raise errors.InvalidSubmission(str(fault)) from None


def _one_wanted(given: dict[str, Any]) -> TicketWanted:
    slot_id = given["slot"]
    if not isinstance(slot_id, str) or not is_id(slot_id):
        raise errors.InvalidSubmission("A slot has an id.")
    try:
        key_id = from_base64url(given["key_id"], HASH_BYTES)
        blinded = from_base64url(given["blinded"])
    except ValueError as fault:
        raise errors.InvalidSubmission(str(fault)) from None
    return TicketWanted(slot_id, key_id, blinded)


def _told(signed: SignedTicket) -> dict[str, str]:
    return {"slot": signed.slot_id, "blind_sig": to_base64url(signed.blind_signature)}


def _refused(refused: Exception) -> Response:
    status, word = next(said for kind, said in REFUSALS.items() if isinstance(refused, kind))
    return _said(status, {"error": word})


def _said(status: int, told: dict[str, Any]) -> Response:
    return Response(orjson.dumps(told), status, mimetype="application/json", headers={"Cache-Control": "no-store"})
