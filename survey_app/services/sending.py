"""Mails that wait are sent, each once, by one sender at a time; what a dead sender left in doubt is told and not repeated.

A mail is marked before its text goes out and struck off when its fate is known, each in its own transaction. So whoever
finds a marked mail while holding the lock knows that a sender died with it in hand: perhaps it was sent. A second mail
would be worse than none, for the next reminder goes to whoever still has not collected.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from survey_app.services import invitation_letters
from survey_app.services.booklets import not_collected
from survey_app.services.errors import NoSuchTerm
from survey_app.services.invitation_letters import Invitation
from survey_app.services.mailing import Fate, MailServerUnreachable, Postbox, letter
from survey_app.services.terms import term
from survey_app.sign_in_settings import MailServer
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Mail, MailJob, RosterMember

MOST_TRIES = 5
#: After so many mails the list of those who have not collected is read again.
LOOK_AGAIN = 50
#: So many mails in a row that the server puts off mean: not now.
PUT_OFF = 5
_COLUMNS = {"sent": "n_sent", "refused": "n_failed", "doubtful": "n_doubtful", "skipped": "n_skipped"}


@dataclass(frozen=True, slots=True)
class Sender:
    """What a sender needs to know of the installation."""

    stores: Stores
    folder: Path
    server: MailServer
    organisation_zh: str
    organisation_en: str
    page: str
    languages: tuple[str, ...]
    today: Callable[[], date]


@dataclass(frozen=True, slots=True)
class _Waiting:
    job_id: int
    kind: str
    staff_number: str
    address: str | None


def send_waiting(sender: Sender) -> int:
    """One pass over what waits: how many still wait afterwards. Raises MailServerUnreachable.

    Returns at once when another sender is at work, in this process or another one of this machine.
    """
    with _alone(sender.folder) as alone:
        if alone:
            _tell_doubtful(sender.stores)
            if waiting := _waiting(sender.stores):
                with Postbox(sender.server) as postbox:
                    _send_all(sender, postbox, waiting)
            _end_jobs(sender.stores)
    with reading(sender.stores.registry) as connection:
        return connection.scalar(select(func.count()).select_from(Mail)) or 0


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """True for one sender at a time. The lock dies with its process, however that dies."""
    with (folder / "mail.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _send_all(sender: Sender, postbox: Postbox, waiting: list[_Waiting]) -> None:
    missing, filled = _looked_up(sender)
    put_off = 0
    for place, one in enumerate(waiting):
        if place and place % LOOK_AGAIN == 0:
            missing, filled = _looked_up(sender)
        if filled is None or one.address is None or one.staff_number not in missing:
            _strike_off(sender.stores, one, "skipped")
            continue
        if not _mark(sender.stores, one):
            continue  # stopped meanwhile
        fate = postbox.send(_letter(sender, one, filled))
        _strike_off(sender.stores, one, fate)
        put_off = put_off + 1 if fate == "later" else 0
        if put_off >= PUT_OFF:
            raise MailServerUnreachable("put off")


def _looked_up(sender: Sender) -> tuple[frozenset[str], Invitation | None]:
    """Who has not collected, and what the letter says; nobody and nothing when the term has ended."""
    try:
        missing, last_day = not_collected(sender.stores, sender.today()), term(sender.stores).collect_last_day
    except NoSuchTerm:
        return frozenset(), None
    words = Invitation(sender.organisation_zh, sender.organisation_en, sender.page, last_day, sender.languages)
    return frozenset(missing), words


def _letter(sender: Sender, one: _Waiting, filled: Invitation) -> EmailMessage:
    subject, text = invitation_letters.subject(one.kind, filled), invitation_letters.text(one.kind, filled)
    message_id = sha256(f"{one.job_id}/{one.staff_number}/{one.address}".encode()).hexdigest()[:32]
    return letter(sender.server, str(one.address), sender.organisation_zh, subject, text, message_id)


def _waiting(stores: Stores) -> list[_Waiting]:
    query = (
        select(Mail.job_id, MailJob.kind, Mail.staff_number, RosterMember.email)
        .join(MailJob, MailJob.id == Mail.job_id)
        .outerjoin(RosterMember, RosterMember.staff_number == Mail.staff_number)
        .where(Mail.state == "waiting", MailJob.state == "going")
        .order_by(Mail.job_id, Mail.tries, Mail.staff_number)
    )
    with reading(stores.registry) as connection:
        return [_Waiting(*row) for row in connection.execute(query)]


def _mark(stores: Stores, one: _Waiting) -> bool:
    """Durably, before the text goes out."""
    with stores.registry.begin() as connection:
        marked = update(Mail).where(*_row(one), Mail.state == "waiting").values(state="sending")
        return connection.execute(marked).rowcount == 1


def _strike_off(stores: Stores, one: _Waiting, fate: Fate | str) -> None:
    with stores.registry.begin() as connection:
        if fate == "later":
            going = select(MailJob.id).where(MailJob.state == "going")
            again = update(Mail).where(*_row(one), Mail.tries + 1 < MOST_TRIES, Mail.job_id.in_(going))
            if connection.execute(again.values(state="waiting", tries=Mail.tries + 1)).rowcount:
                return
            fate = "refused"
        if connection.execute(delete(Mail).where(*_row(one))).rowcount:
            column = _COLUMNS[fate]
            job = update(MailJob).where(MailJob.id == one.job_id)
            connection.execute(job.values({column: getattr(MailJob, column) + 1}))


def _tell_doubtful(stores: Stores) -> None:
    with reading(stores.registry) as connection:
        query = select(Mail.job_id, Mail.staff_number).where(Mail.state == "sending")
        left = [_Waiting(job, "", number, None) for job, number in connection.execute(query)]
    for one in left:
        _strike_off(stores, one, "doubtful")


def _end_jobs(stores: Stores) -> None:
    with Session(stores.registry) as session, session.begin():
        left = select(Mail.job_id)
        session.execute(
            update(MailJob).where(MailJob.state == "going", MailJob.id.not_in(left)).values(state="done"),
            execution_options={"synchronize_session": False},
        )


def _row(one: _Waiting) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Mail.job_id == one.job_id, Mail.staff_number == one.staff_number
