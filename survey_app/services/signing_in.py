"""Officers and leadership sign in; staff never do.

A guess is counted before it is checked, for unknown names as for known ones, and costs the same time. What is kept of a
guess is the name and the minute, never an address. A session lives in the registry as the hash of a random token and
ends at sign-out or after twelve hours.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Branch, Officer, OfficerSession, SignInAttempt

GUESSES_A_MINUTE = 5
GUESSING_WINDOW = timedelta(minutes=1)
SESSION_LENGTH = timedelta(hours=12)
LONGEST_NAME = 80
LONGEST_PASSWORD = 1000  # Argon2 reads all of it: a megabyte of password would be a way to keep the server busy
SHORTEST_PASSWORD = 8
_hasher = PasswordHasher()  # Argon2id with the library's current defaults (RFC 9106, low-memory profile)
_NOBODYS_HASH = _hasher.hash(secrets.token_urlsafe(32))


class WrongSignIn(Exception):  # noqa: N818 - plain nouns for errors (house rule)
    """Name and password do not fit; which of the two is not said."""


class TooManyGuesses(Exception):  # noqa: N818
    """Five guesses at this name within a minute."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a token belongs to."""

    name: str
    display_name: str
    role: str
    branch_id: str | None


def sign_in(stores: Stores, name: str, password: str, now: datetime) -> str:
    """Check name and password and begin a session; the token goes into the cookie. Raises WrongSignIn, TooManyGuesses."""
    name = _tidy(name)
    _count_guess(stores, name, now)
    with Session(stores.registry) as session:
        officer = session.scalar(select(Officer).where(Officer.name == name))
    # An unknown name is checked against a hash that nothing matches, so that both take the same time.
    right = _matches(officer.password_hash if officer else _NOBODYS_HASH, password)
    if not right or officer is None or not officer.active:
        raise WrongSignIn
    token = secrets.token_urlsafe(32)
    with Session(stores.registry) as session, session.begin():
        session.execute(delete(SignInAttempt).where(SignInAttempt.name == name))
        session.execute(delete(OfficerSession).where(OfficerSession.expires <= now))
        session.add(OfficerSession(token_hash=_hash(token), officer_id=officer.id, expires=now + SESSION_LENGTH))
        if _hasher.check_needs_rehash(officer.password_hash):
            officer.password_hash = _hasher.hash(password)
            session.merge(officer)
    return token


def officer_of(stores: Stores, token: str, now: datetime) -> SignedIn | None:
    """The officer of a running session, or None: unknown, ended, too old, or no longer active."""
    query = (
        select(Officer.name, Officer.display_name, Officer.role, Officer.branch_id)
        .join(OfficerSession, OfficerSession.officer_id == Officer.id)
        .where(OfficerSession.token_hash == _hash(token), OfficerSession.expires > now, Officer.active)
    )
    with reading(stores.registry) as connection:
        row = connection.execute(query).one_or_none()
    return SignedIn(*row) if row else None


def display_names(stores: Stores) -> dict[str, str]:
    """How every officer is called, by the name they sign in with."""
    with reading(stores.registry) as connection:
        found = connection.execute(select(Officer.name, Officer.display_name))
        return {row.name: row.display_name for row in found}


def sign_out(stores: Stores, token: str) -> None:
    """End a session for good: a copied cookie is worth nothing afterwards."""
    with Session(stores.registry) as session, session.begin():
        session.execute(delete(OfficerSession).where(OfficerSession.token_hash == _hash(token)))


def add_officer(
    stores: Stores, name: str, display_name: str, role: str, password: str, *, branch_id: str | None = None
) -> None:
    """Add a person who may sign in. Raises ValueError with a sentence when something does not fit."""
    name, display_name = _tidy(name), display_name.strip()
    for broken, sentence in (
        (not name or len(name) > LONGEST_NAME, f"A name has 1 to {LONGEST_NAME} characters."),
        (not display_name or len(display_name) > LONGEST_NAME, f"A display name has 1 to {LONGEST_NAME} characters."),
        (len(password) < SHORTEST_PASSWORD, f"A password has at least {SHORTEST_PASSWORD} characters."),
        (len(password) > LONGEST_PASSWORD, f"A password has at most {LONGEST_PASSWORD} characters."),
        (role == "branch_officer" and not branch_id, "A branch officer needs a branch, e.g. --branch B15."),
        (role != "branch_officer" and bool(branch_id), "Only a branch officer belongs to a branch."),
    ):
        if broken:
            raise ValueError(sentence)
    person = Officer(
        name=name, display_name=display_name, password_hash=_hasher.hash(password), role=role, branch_id=branch_id
    )
    try:
        with Session(stores.registry) as session, session.begin():
            if branch_id and session.get(Branch, branch_id) is None:
                raise ValueError(f"There is no branch {branch_id}.")
            session.add(person)
    except IntegrityError as error:
        raise ValueError(f"There is already somebody called {name}, or the role {role} is unknown.") from error


def _count_guess(stores: Stores, name: str, now: datetime) -> None:
    # Counted before checking and inside one write transaction: many guesses at the same moment are still five.
    with Session(stores.registry) as session, session.begin():
        if session.get_bind().dialect.name == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))
        session.execute(delete(SignInAttempt).where(SignInAttempt.at <= now - GUESSING_WINDOW))
        made = session.scalar(select(func.count()).select_from(SignInAttempt).where(SignInAttempt.name == name)) or 0
        if made >= GUESSES_A_MINUTE:
            raise TooManyGuesses
        session.add(SignInAttempt(name=name, at=now))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password[:LONGEST_PASSWORD]) and len(password) <= LONGEST_PASSWORD
    except (VerificationError, InvalidHashError):
        return False


def _tidy(name: str) -> str:
    # PostgreSQL refuses NUL in text; a name is cut because it is kept for a minute, whoever typed it.
    return unicodedata.normalize("NFKC", name).replace("\0", "").strip()[: LONGEST_NAME + 1]


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
