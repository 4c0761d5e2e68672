"""SQLite connections that wait for a lock themselves.

SQLite's own busy handler sleeps ever longer and starves some callers for seconds. A short random pause keeps the worst
wait near a tenth of a second under load. Reads need it as well: in DELETE mode a commit locks readers out.
"""

import random
import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar

GIVE_UP_SECONDS = 10.0
_SHORTEST, _LONGEST = 0.0002, 0.002

T = TypeVar("T")


def _is_locked(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def patiently(action: Callable[..., T], *arguments: Any) -> T:
    """Do it; while the database is locked by others, try again until GIVE_UP_SECONDS have passed."""
    deadline = 0.0
    while True:
        try:
            return action(*arguments)
        except sqlite3.OperationalError as error:
            now = time.monotonic()
            deadline = deadline or now + GIVE_UP_SECONDS
            if not _is_locked(error) or now >= deadline:
                raise
        time.sleep(random.uniform(_SHORTEST, _LONGEST))


class PatientCursor(sqlite3.Cursor):
    def execute(self, *arguments: Any) -> "PatientCursor":
        patiently(super().execute, *arguments)
        return self


class PatientConnection(sqlite3.Connection):
    def cursor(self, factory: Any = PatientCursor) -> Any:
        return super().cursor(factory)

    def commit(self) -> None:
        """A commit that meets a reader leaves the transaction open, so it may simply be tried again."""
        patiently(super().commit)
