"""Invitations and reminders to members whose booklet is not collected: whom, how many, and how far the sending is.

Who has answered is known to nobody, so nobody can be reminded by it. What is kept while a mailing goes on is a row for
each mail still to be sent; it is gone when the mail is, and only counts stay.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import Select, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from survey_app.services import auditing, terms
from survey_app.services.booklets import not_collected
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Mail, MailJob, RosterMember, TermMember

Kind = Literal["invitation", "reminder"]
FIVE = 5
DAYS_BETWEEN = 3


class StillMailing(Exception):  # noqa: N818 - plain nouns for errors (house rule)
    """The mailing before this one is not over."""


class MailedLately(Exception):  # noqa: N818
    """The mailing before this one is less than three days old. `again`: the first day on which another may go."""

    def __init__(self, again: date) -> None:
        super().__init__(f"again on {again}")
        self.again = again


class NobodyToMail(Exception):  # noqa: N818
    """All have collected, or none of the others has an address."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """One invitation or reminder in numbers. `doubtful`: the sending broke off there; they were not sent again."""

    id: int
    kind: str
    state: str  # going, done or stopped
    n_mails: int
    sent: int
    skipped: int
    failed: int
    doubtful: int

    @property
    def left(self) -> int:
        return self.n_mails - self.sent - self.skipped - self.failed - self.doubtful

    @property
    def percent(self) -> int:
        return 100 * (self.n_mails - self.left) // self.n_mails if self.n_mails else 100


@dataclass(frozen=True, slots=True)
class UnitCollected:
    """A unit's members who have collected, rounded down to fives; None: fewer than five."""

    unit_id: str
    name_zh: str
    name_en: str | None
    n_eligible: int
    n_collected: int | None

    def name(self, language: str) -> str:
        return self.name_en if language == "en" and self.name_en else self.name_zh

    @property
    def percent(self) -> int | None:
        return None if self.n_collected is None else round(100 * self.n_collected / self.n_eligible)


@dataclass(frozen=True, slots=True)
class Collected:
    """How far collecting is. All figures in fives; `reachable`: not collected, with an address."""

    units: tuple[UnitCollected, ...]
    n_eligible: int
    n_collected: int
    reachable: int


def collected(stores: Stores, today: date) -> Collected:
    """Of the open term; raises NoSuchTerm. No name and no staff number leaves this function."""
    term, missing = terms.term(stores), set(not_collected(stores, today))
    with reading(stores.registry) as connection:
        query = select(TermMember.staff_number, TermMember.unit_id).where(TermMember.term_id == term.id)
        unit_of = {number: unit for number, unit in connection.execute(query)}  # noqa: C416 - a Result is not a mapping
        reachable = len(set(connection.scalars(_with_address())) & missing)
    left: dict[str, int] = {}
    for number in missing:
        left[unit_of[number]] = left.get(unit_of[number], 0) + 1
    units = tuple(
        UnitCollected(
            unit.id, unit.name.zh, unit.name.en, unit.n_eligible, _fives(unit.n_eligible - left.get(unit.id, 0)) or None
        )
        for unit in term.units
    )
    return Collected(units, term.n_members, _fives(term.n_members - len(missing)), _fives(reachable))


def begin_mailing(stores: Stores, kind: Kind, officer_name: str, today: date) -> int:
    """Note a mail for everybody with something left to collect; the sender does the rest. Its id.

    Raises NoSuchTerm, StillMailing, MailedLately (a mailing that was stopped before its first mail does not count), and
    NobodyToMail. Two officers at once make one mailing.
    """
    term, missing = terms.term(stores), not_collected(stores, today)
    with Session(stores.registry) as session, session.begin():
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("LOCK TABLE mail_job IN SHARE ROW EXCLUSIVE MODE"))
        if session.scalar(select(MailJob.id).where(MailJob.state == "going").limit(1)) is not None:
            raise StillMailing
        begun = MailJob.n_sent + MailJob.n_failed + MailJob.n_doubtful > 0
        last = session.scalar(select(func.max(MailJob.day)).where(MailJob.term_id == term.id, begun))
        if last is not None and today < last + timedelta(DAYS_BETWEEN):
            raise MailedLately(last + timedelta(DAYS_BETWEEN))
        reachable = set(session.scalars(_with_address()))
        numbers = [number for number in missing if number in reachable]
        if not numbers:
            raise NobodyToMail
        job = MailJob(term_id=term.id, kind=kind, state="going", day=today, n_mails=len(numbers))
        session.add(job)
        session.flush()
        rows = [{"job_id": job.id, "staff_number": number, "state": "waiting", "tries": 0} for number in numbers]
        session.execute(insert(Mail), rows)
        auditing.record(session, officer_name, f"mail_{kind}", f"{term.id}: {len(numbers)}")
        return job.id


def stop_mailing(stores: Stores, job_id: int, officer_name: str) -> None:
    """Send no more of it; what is being sent at this moment still goes out."""
    with Session(stores.registry) as session, session.begin():
        job = session.scalar(select(MailJob).where(MailJob.id == job_id, MailJob.state == "going").with_for_update())
        if job is None:
            return
        gone = session.execute(
            delete(Mail).where(Mail.job_id == job_id, Mail.state == "waiting").returning(Mail.staff_number)
        ).all()
        session.execute(
            update(MailJob).where(MailJob.id == job_id).values(state="stopped", n_skipped=MailJob.n_skipped + len(gone))
        )
        auditing.record(session, officer_name, "stop_mailing", f"{job.term_id}: {len(gone)}")


def mailings(stores: Stores, term_id: str) -> tuple[Mailing, ...]:
    """The mailings of a term, the newest first."""
    columns = (MailJob.id, MailJob.kind, MailJob.state, MailJob.n_mails)
    counts = (MailJob.n_sent, MailJob.n_skipped, MailJob.n_failed, MailJob.n_doubtful)
    query = select(*columns, *counts).where(MailJob.term_id == term_id).order_by(MailJob.id.desc())
    with reading(stores.registry) as connection:
        return tuple(Mailing(*row) for row in connection.execute(query))


def is_mailing(stores: Stores) -> bool:
    """Whether anything waits to be sent, or was being sent when a sender died."""
    with reading(stores.registry) as connection:
        return bool(connection.scalar(select(func.count()).select_from(Mail)))


def _with_address() -> Select[str]:
    return select(RosterMember.staff_number).where(RosterMember.email.is_not(None))


def _fives(number: int) -> int:
    return number // FIVE * FIVE
