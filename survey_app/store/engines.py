"""The two databases: how each is opened and what a transaction means in it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url

from survey_app.store.errors import Busy, StoreFull
from survey_app.store.patience import GIVE_UP_SECONDS, PatientConnection
from survey_app.store.upgrading import upgrade

__all__ = ["Stores", "ballot_box_engine", "read_only_engine", "reading", "registry_engine", "upgrade", "writing"]

# secure_delete: a ticket key that is destroyed must not linger in a freed page.
REGISTRY_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
# No write-ahead log and no freed pages with old content: both would keep the order of arrival.
# EXTRA also syncs the folder after the journal is deleted; with FULL a power cut could bring the journal, and with it an
# acknowledged ballot's undoing, back (sqlite.org/pragma.html#pragma_synchronous). It costs about 15 %.
# No cache spill: a large transaction takes the exclusive lock at its commit only.
BALLOT_BOX_PRAGMAS = ("journal_mode = DELETE", "secure_delete = ON", "synchronous = EXTRA", "cache_spill = OFF")
# An error that names what was being stored would carry answers into a log.
_POOL: dict[str, Any] = {"pool_size": 16, "max_overflow": 32, "hide_parameters": True}


@dataclass(frozen=True, slots=True)
class Stores:
    """Both databases. They share no key, no session and no transaction."""

    registry: Engine
    ballot_box: Engine


def registry_engine(url: str) -> Engine:
    """People, polls, sessions, audit: `sqlite:///...` or `postgresql+psycopg://...`."""
    return _engine(url, REGISTRY_PRAGMAS)


def ballot_box_engine(url: str) -> Engine:
    """Ballots and nothing else: `sqlite:///...` or `postgresql+psycopg://...`."""
    return _engine(url, BALLOT_BOX_PRAGMAS)


def read_only_engine(path: Path) -> Engine:
    """A SQLite file that is looked at and left as it is, down to its last byte: either database as it lies in a backup."""
    return create_engine(
        f"sqlite:///file:{quote(str(path.absolute()))}?mode=ro&immutable=1&uri=true", hide_parameters=True
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent look at a database that takes no write lock."""
    level = "REPEATABLE READ" if engine.dialect.name == "postgresql" else None
    options: dict[str, Any] = {"reads_only": True} | ({"isolation_level": level} if level else {})
    with engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def writing(engine: Engine, *, statements: int = 2) -> Iterator[Connection]:
    """One durable transaction. Of a single statement PostgreSQL makes one by itself: two round trips fewer."""
    if statements == 1 and engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection
    else:
        with engine.begin() as connection:
            yield connection


def _engine(url: str, pragmas: tuple[str, ...]) -> Engine:
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    engine = _sqlite(url, pragmas) if is_sqlite else _postgresql(url)
    event.listen(engine, "handle_error", _plain_error)
    return engine


def _sqlite(url: str, pragmas: tuple[str, ...]) -> Engine:
    if file := make_url(url).database:
        Path(file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    arguments = {"factory": PatientConnection, "timeout": 0, "isolation_level": None, "check_same_thread": False}
    engine = create_engine(url, connect_args=arguments, **_POOL)

    @event.listens_for(engine, "do_connect")
    def make_private(_dialect: object, _record: object, arguments: list[str], _options: object) -> None:
        # Names, answers and the moment of the last one are nobody else's on this machine; SQLite's own files follow suit.
        os.close(os.open(arguments[0], os.O_RDONLY | os.O_CREAT, 0o600))

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that will write asks for the lock at once: one that upgrades later can only fail.
        reads_only = connection.get_execution_options().get("reads_only")
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: str) -> Engine:
    options = f"-c lock_timeout={int(GIVE_UP_SECONDS * 1000)} -c synchronous_commit=on"
    return create_engine(url, connect_args={"options": options, "connect_timeout": 5}, **_POOL)


def _plain_error(caught: ExceptionContext) -> None:
    """Locked, unreachable and full become plain nouns; everything else stays what it is."""
    error = caught.original_exception
    state = getattr(error, "sqlstate", None)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or state == "53100":
        raise StoreFull("The database has no room left.") from error
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or state in ("55P03", "40P01", "40001", "57P01", "57P03"):
        raise Busy("The database is busy.") from error
    unreachable = type(error).__module__.startswith("psycopg") and type(error).__name__ in (
        "OperationalError",
        "ConnectionTimeout",
    )
    if caught.is_disconnect or (unreachable and state is None):
        raise Busy("The database cannot be reached.") from error
