"""Casting a ballot: everything is checked first, then one transaction stores it, and only then is there a receipt.

A ballot's key comes from the random nonce of its submission. That is how a resend is recognised, and why a spent slip
code says nothing but "used": no row of the code leads to a row of answers. A ticket is its own nonce: nothing else of it
is kept, and it is spent by the ballot that lies under its hash.
"""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Engine, LargeBinary, Text, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from survey_app.ballots import acknowledgements, encodings, receipts, slips
from survey_app.ballots.verifying import is_signed
from survey_app.services import comment_checks
from survey_app.services.comment_checks import Comment, Values
from survey_app.services.errors import (
    AlreadySubmitted,
    BadContext,
    BadCredential,
    CodeSpent,
    CredentialUsed,
    InvalidSubmission,
    PollClosed,
    PollNotOpenYet,
    UnknownKey,
    WrongCode,
)
from survey_app.services.frozen_polls import ack_key, check_of, forget, frozen_poll
from survey_app.services.poll_facts import FrozenPoll, Way
from survey_app.services.slowing import BRAKE
from survey_app.store.ballot_box import ballot, box_poll, comment, slip_code
from survey_app.store.engines import reading, writing

__all__ = [
    "Comment",
    "Credential",
    "OpenUnit",
    "Receipt",
    "SlipCode",
    "Submission",
    "TicketCredential",
    "cast_ballot",
    "unit_of_slip",
]


@dataclass(frozen=True, slots=True)
class SlipCode:
    """A one-time code as typed or scanned."""

    code: str


@dataclass(frozen=True, slots=True)
class OpenUnit:
    """The unit named in the address of an open poll."""

    unit_id: str


@dataclass(frozen=True, slots=True)
class TicketCredential:
    """A ticket: 32 random bytes before the context of its slot and unit, signed blindly with the key named."""

    key_id: bytes
    prepared: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    @property
    def nonce(self) -> bytes:
        """What a submission by this ticket has for a nonce."""
        return self.prepared[: encodings.HASH_BYTES]


Credential = SlipCode | OpenUnit | TicketCredential


@dataclass(frozen=True, slots=True)
class Submission:
    """What a page sends. `nonce` and `opener`: 32 random bytes each, made by the page; `answers`: the flat array's bytes.

    The nonce of a ballot by ticket is the ticket's own.
    """

    poll_id: str
    nonce: bytes
    opener: bytes
    answers: bytes
    comments: tuple[Comment, ...]
    credential: Credential


@dataclass(frozen=True, slots=True)
class Receipt:
    """`receipt`: 32 bytes. `repeated`: the same submission was stored before and nothing was stored now. `ack`: the ballot
    box's signature on it in a poll by ticket: proof, should the receipt be missing from the sealed list."""

    receipt: bytes
    repeated: bool
    unit_id: str
    ack: bytes | None = None

    @property
    def shown(self) -> str:
        """Eight groups of four letters."""
        return receipts.shown(self.receipt)


_CREDENTIALS: dict[Way, tuple[type, ...]] = {
    "slip": (SlipCode,),
    "open": (OpenUnit,),
    "ticket": (TicketCredential, SlipCode),
}
_SPENT: dict[type, type[Exception]] = {
    SlipCode: CodeSpent,
    OpenUnit: AlreadySubmitted,
    TicketCredential: CredentialUsed,
}


def _value(name: str) -> object:
    return bindparam(name, type_=LargeBinary if name in ("nonce_hash", "answers", "opener", "receipt") else Text)


_BALLOT_COLUMNS = [column.name for column in ballot.columns]
# The poll's state is asked inside the statement that stores the ballot: nothing can land after the close.
_STORE = (
    insert(ballot)
    .from_select(
        _BALLOT_COLUMNS,
        select(*[_value(name) for name in _BALLOT_COLUMNS]).where(  # type: ignore[call-overload]
            select(box_poll.c.poll_id)
            .where(box_poll.c.poll_id == bindparam("poll_id"), box_poll.c.state == "frozen")
            .exists()
        ),
    )
    .execution_options(preserve_rowcount=True)
)
_SLIP = select(slip_code.c.unit_id, slip_code.c.used).where(
    slip_code.c.poll_id == bindparam("poll_id"), slip_code.c.code_hash == bindparam("code_hash")
)
_SPEND = (
    update(slip_code)
    .where(
        slip_code.c.poll_id == bindparam("of_poll"),
        slip_code.c.code_hash == bindparam("of_code"),
        slip_code.c.used == 0,
    )
    .values(used=1)
)
_RECEIPT = select(ballot.c.receipt).where(
    ballot.c.poll_id == bindparam("poll_id"), ballot.c.nonce_hash == bindparam("nonce_hash")
)
_COMMENTS = insert(comment)


def cast_ballot(ballot_box: Engine, submission: Submission, today: date) -> Receipt:
    """Store one ballot durably and give its receipt; the same submission again gives the same receipt.

    Raises NoSuchPoll, NoSuchUnit, PollNotOpenYet, PollClosed, WrongCode, CodeSpent, AlreadySubmitted, UnknownKey,
    BadContext, BadCredential, CredentialUsed, TooManyWrongCodes, InvalidAnswers, InvalidSubmission, Busy or StoreFull;
    nothing is stored and no code or ticket spent then.
    """
    poll = frozen_poll(ballot_box, submission.poll_id)
    if poll.state == "sealed":
        raise PollClosed(poll.last_day)
    if today < poll.first_day:
        raise PollNotOpenYet(poll.first_day)
    check_form(poll, submission)
    code_hash, unit_id, spent = _credential(ballot_box, poll, submission.credential)
    row = _ballot_row(poll, submission, unit_id)
    ack = ack_of(ballot_box, poll, row["receipt"])
    if spent or poll.state == "closed" or today > poll.last_day:
        return _repeated(ballot_box, row, ack, otherwise=CodeSpent() if spent else PollClosed(poll.last_day))
    facts = poll.facts(unit_id)
    check_of(poll.document)(submission.answers, facts)
    comments = comment_checks.comment_rows(poll, unit_id, submission.answers, submission.comments)
    try:
        _store(ballot_box, poll, row, comments, code_hash)
    except (IntegrityError, CodeSpent):
        return _repeated(ballot_box, row, ack, otherwise=_SPENT[type(submission.credential)]())
    return Receipt(row["receipt"], repeated=False, unit_id=unit_id, ack=ack)


def unit_of_slip(ballot_box: Engine, poll_id: str, code: str) -> str:
    """The reporting unit of an unused slip; raises WrongCode, CodeSpent, PollClosed, NoSuchPoll, TooManyWrongCodes."""
    poll = frozen_poll(ballot_box, poll_id)
    if poll.state != "frozen":
        raise PollClosed(poll.last_day)
    _, unit_id, spent = _slip(ballot_box, poll, code)
    if spent:
        raise CodeSpent
    return unit_id


def check_form(poll: FrozenPoll, submission: Submission) -> None:
    """A page of ours draws every random value anew: equal ones would tie a comment to its ballot."""
    random_values = [submission.nonce, submission.opener, *(one.opener for one in submission.comments)]
    if any(len(value) != encodings.HASH_BYTES for value in random_values):
        raise InvalidSubmission("Nonce and openers have 32 bytes.")
    if len(set(random_values)) < len(random_values):
        raise InvalidSubmission("Nonce and openers are drawn anew for each use.")
    if not isinstance(submission.credential, _CREDENTIALS[poll.way]):
        raise InvalidSubmission(f"The way of this poll is {poll.way}.")
    if isinstance(submission.credential, TicketCredential) and submission.nonce != submission.credential.nonce:
        raise InvalidSubmission("The nonce of a ballot by ticket is the ticket's own.")


def _credential(ballot_box: Engine, poll: FrozenPoll, credential: Credential) -> tuple[bytes | None, str, bool]:
    """Code hash (None without a slip), unit id, whether the code is spent."""
    if isinstance(credential, SlipCode):
        return _slip(ballot_box, poll, credential.code)
    if isinstance(credential, TicketCredential):
        return None, _unit_of_ticket(poll, credential), False
    poll.facts(credential.unit_id)  # raises NoSuchUnit
    return None, credential.unit_id, False


def _unit_of_ticket(poll: FrozenPoll, ticket: TicketCredential) -> str:
    """The reporting unit whose members alone could get this ticket: key and context must agree, and then the signature."""
    known = poll.slot.keys.get(ticket.key_id) if poll.slot is not None else None
    if known is None:
        raise UnknownKey
    if ticket.prepared[encodings.HASH_BYTES :] != encodings.context(poll.encoded_id, known.unit_id):
        raise BadContext
    if not is_signed(known.key, ticket.prepared, ticket.signature):
        raise BadCredential
    return known.unit_id


def ack_of(ballot_box: Engine, poll: FrozenPoll, receipt: bytes) -> bytes | None:
    """The acknowledgement of a receipt in a poll by ticket; the same receipt always gets the same."""
    private = ack_key(ballot_box, poll.poll_id) if poll.slot is not None else None
    return None if private is None else acknowledgements.acknowledge(private, poll.encoded_id, receipt)


def _slip(ballot_box: Engine, poll: FrozenPoll, code: str) -> tuple[bytes, str, bool]:
    letters = slips.read(code)
    if letters is None:  # a typing error, not a guess: the check letter does not fit
        raise WrongCode
    code_hash = slips.code_hash(poll.poll_id, letters)
    with reading(ballot_box) as connection:
        found = connection.execute(_SLIP, {"poll_id": poll.poll_id, "code_hash": code_hash}).one_or_none()
    if found is None:
        raise BRAKE.refuse()
    return code_hash, found.unit_id, bool(found.used)


def _ballot_row(poll: FrozenPoll, submission: Submission, unit_id: str) -> Values:
    nonce_hash = encodings.nonce_hash(encodings.prepared(submission.nonce, poll.encoded_id, unit_id))
    committed = receipts.commitment(submission.opener, submission.answers)
    return {
        "poll_id": poll.poll_id,
        "nonce_hash": nonce_hash,
        "unit_id": unit_id,
        "answers": submission.answers,
        "opener": submission.opener,
        "receipt": receipts.receipt(nonce_hash, committed),
    }


def _store(
    ballot_box: Engine,
    poll: FrozenPoll,
    row: Values,
    comments: list[Values],
    code_hash: bytes | None,
) -> None:
    """One durable transaction: code, ballot and comments, or nothing."""
    with writing(ballot_box, statements=1 + (code_hash is not None) + bool(comments)) as connection:
        if code_hash is not None:
            spending = {"of_poll": poll.poll_id, "of_code": code_hash}
            if connection.execute(_SPEND, spending).rowcount != 1:
                raise CodeSpent
        if connection.execute(_STORE, row).rowcount != 1:
            forget(ballot_box, poll.poll_id)
            raise PollClosed(poll.last_day)
        if comments:
            connection.execute(_COMMENTS, comments)


def _repeated(ballot_box: Engine, row: Values, ack: bytes | None, otherwise: Exception) -> Receipt:
    """The receipt of this very submission if it is in the box already; else the refusal."""
    with reading(ballot_box) as connection:
        known = connection.scalar(_RECEIPT, {"poll_id": row["poll_id"], "nonce_hash": row["nonce_hash"]})
    if known is None or bytes(known) != row["receipt"]:
        raise otherwise
    return Receipt(bytes(known), repeated=True, unit_id=str(row["unit_id"]), ack=ack)
