"""Staff on the roster sign in, to collect their booklet and for nothing else.

Whichever way a person comes (a link by e-mail, the campus sign-in, a printed code), they end with a one-time token of
this module. The page then says whose account it is and asks; only the yes begins a session. Looking at a token uses
nothing up, so that mail filters and messengers that open links do no harm.

This belongs to the registry's world. A ballot is cast without any of it.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.orm import Session

from survey_app.ballots import slips
from survey_app.services.slowing import BRAKE
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Branch, MemberLink, MemberSession, PersonalCode, RosterMember

LINK_LENGTH = timedelta(minutes=30)
#: At least so long; it then ends with the clock's hour, so that no row says when exactly somebody came.
SESSION_LENGTH = timedelta(hours=1)
#: Links of one member that wait at the same time: nobody can fill a mailbox.
MOST_LINKS = 3
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3


class NotOnRoster(LookupError):  # noqa: N818 - plain nouns for errors (house rule)
    """The person is known to the campus sign-in, but is no member on the roster."""


class NoSuchLink(LookupError):  # noqa: N818
    """The one-time token was used, is too old, or never was one."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person on the roster, as the account pages show them."""

    staff_number: str
    name: str
    branch_id: str
    branch_zh: str
    branch_en: str | None

    def branch(self, language: str) -> str:
        return self.branch_en if language == "en" and self.branch_en else self.branch_zh


def token_for_staff_number(stores: Stores, staff_number: str, now: datetime) -> str:
    """A one-time token for a person whom somebody trusted has recognised. Raises NotOnRoster."""
    return _token_where(stores, RosterMember.staff_number == _tidy(staff_number), now)


def token_for_address(stores: Stores, address: str, now: datetime) -> str:
    """A one-time token for the member with this e-mail address. Raises NotOnRoster."""
    return _token_where(stores, RosterMember.email == tidy_address(address), now)


def token_for_code(stores: Stores, typed: str, now: datetime) -> str:
    """A one-time token for a printed personal code. Raises WrongCode, TooManyWrongCodes: only wrong codes wait."""
    letters = slips.read(typed)
    found = None
    if letters is not None:
        with reading(stores.registry) as connection:
            found = connection.scalar(
                select(PersonalCode.staff_number).where(PersonalCode.code_hash == code_hash(letters))
            )
    if found is None:
        raise BRAKE.refuse()
    try:
        return token_for_staff_number(stores, found, now)
    except NotOnRoster as error:
        raise BRAKE.refuse() from error


def whose(stores: Stores, token: str, now: datetime) -> Member:
    """Whose account a one-time token opens; uses nothing up. Raises NoSuchLink."""
    query = _members().join(MemberLink, MemberLink.staff_number == RosterMember.staff_number)
    query = query.where(MemberLink.token_hash == _hash(token), MemberLink.expires > now)
    with reading(stores.registry) as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NoSuchLink
    return Member(*row)


def sign_in(stores: Stores, token: str, now: datetime) -> str:
    """Use a one-time token up and begin a session; what comes back goes into the cookie. Raises NoSuchLink."""
    fresh = secrets.token_urlsafe(32)
    expires = (now + SESSION_LENGTH).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    with Session(stores.registry) as session, session.begin():
        used = delete(MemberLink).where(MemberLink.token_hash == _hash(token), MemberLink.expires > now)
        staff_number = session.scalar(used.returning(MemberLink.staff_number))
        if staff_number is None or session.get(RosterMember, staff_number) is None:
            raise NoSuchLink
        session.execute(delete(MemberLink).where(MemberLink.staff_number == staff_number))
        session.execute(delete(MemberSession).where(MemberSession.expires <= now))
        session.add(MemberSession(token_hash=_hash(fresh), staff_number=staff_number, expires=expires))
    return fresh


def member_of(stores: Stores, token: str, now: datetime) -> Member | None:
    """The member of a running session, or None: unknown, ended, too old, or no longer on the roster."""
    query = _members().join(MemberSession, MemberSession.staff_number == RosterMember.staff_number)
    query = query.where(MemberSession.token_hash == _hash(token), MemberSession.expires > now)
    with reading(stores.registry) as connection:
        row = connection.execute(query).one_or_none()
    return Member(*row) if row else None


def sign_out(stores: Stores, token: str) -> None:
    """End a session for good: a copied cookie is worth nothing afterwards."""
    with Session(stores.registry) as session, session.begin():
        session.execute(delete(MemberSession).where(MemberSession.token_hash == _hash(token)))


def tidy_address(address: str) -> str:
    """An address as the roster keeps it: no mailbox in use tells capitals apart."""
    return _tidy(address)[: LONGEST_ADDRESS + 1].casefold()


def code_hash(letters: str) -> bytes:
    """What is kept of a personal code: 75 random bits need no salt."""
    return sha256(b"survey_app/personal-code/v1\0" + letters.encode()).digest()


def _token_where(stores: Stores, condition: ColumnElement[bool], now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    expires = (now + LINK_LENGTH).replace(second=0, microsecond=0)
    with Session(stores.registry) as session, session.begin():
        session.execute(delete(MemberLink).where(MemberLink.expires <= now))
        staff_number = session.scalar(select(RosterMember.staff_number).where(condition))
        if staff_number is None:
            raise NotOnRoster
        session.add(MemberLink(token_hash=_hash(token), staff_number=staff_number, expires=expires))
    return token


def links_waiting(stores: Stores, address: str, now: datetime) -> int:
    """How many one-time tokens the member with this address has not used yet."""
    query = (
        select(func.count())
        .select_from(MemberLink)
        .join(RosterMember, RosterMember.staff_number == MemberLink.staff_number)
        .where(RosterMember.email == tidy_address(address), MemberLink.expires > now)
    )
    with reading(stores.registry) as connection:
        return connection.scalar(query) or 0


def _members() -> Select[str, str, str, str, str | None]:
    columns = (RosterMember.staff_number, RosterMember.name, RosterMember.branch_id, Branch.name_zh, Branch.name_en)
    return select(*columns).join(Branch, Branch.id == RosterMember.branch_id)


def _tidy(text: str) -> str:
    # PostgreSQL refuses NUL in text.
    return unicodedata.normalize("NFKC", text).replace("\0", "").strip()


def _hash(token: str) -> bytes:
    return sha256(token.encode("utf-8", "replace")).digest()
