"""SQLite connections that wait for a lock themselves.

SQLite's own busy handler sleeps ever longer and starves some callers for seconds. Here writers of one process queue
for their turn, so that none of them polls while another commits; between processes a short random pause keeps the
worst wait near a tenth of a second. Reads need the pause as well: in DELETE mode a commit locks readers out.
"""

import random
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

GIVE_UP_SECONDS = 10.0
_SHORTEST, _LONGEST = 0.0002, 0.002
_WRITES = "BEGIN IMMEDIATE"

T = TypeVar("T")

_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


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
    connection: "PatientConnection"

    def execute(self, statement: str, *arguments: Any) -> "PatientCursor":
        if statement != _WRITES:
            patiently(super().execute, statement, *arguments)
            return self
        self.connection.take_turn()
        try:
            patiently(super().execute, statement)
        finally:
            self.connection.end_turn()
        return self


class PatientConnection(sqlite3.Connection):
    """One connection; `file` names the database whose writers of this process take turns."""

    def __init__(self, file: str, *arguments: Any, **options: Any) -> None:
        super().__init__(file, *arguments, **options)
        self._turn = _turns[str(file)]
        self._has_turn = False

    def cursor(self, factory: Any = PatientCursor) -> Any:
        return super().cursor(factory)

    def commit(self) -> None:
        """A commit that meets a reader leaves the transaction open, so it may simply be tried again."""
        try:
            patiently(super().commit)
        finally:
            self.end_turn()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self.end_turn()

    def close(self) -> None:
        super().close()
        self.end_turn(closed=True)

    def take_turn(self) -> None:
        """Queue behind this process's other writers; after GIVE_UP_SECONDS try the database itself, which will say."""
        if not self._has_turn:
            self._has_turn = self._turn.acquire(timeout=GIVE_UP_SECONDS)

    def end_turn(self, *, closed: bool = False) -> None:
        """Let the next writer go, unless a transaction is still open."""
        if self._has_turn and (closed or not self.in_transaction):
            self._has_turn = False
            self._turn.release()
