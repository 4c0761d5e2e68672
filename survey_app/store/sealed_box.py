"""The sealed box: one SQLite file a poll, the same bytes whatever order the ballots came in.

Rows are written in the order of their keys into tables without rowid, in one transaction, into a new file. Nothing of
the live file (page order, freed pages, journal) reaches it.

Tables: poll (one row), unit (counts), ballot, comment. `answers` are the bytes that were submitted.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from survey_app.store.durability import sync
from survey_app.store.errors import StoreFull

FORMAT = "survey_app.box/1"

_SCHEMA = """
CREATE TABLE poll (
    poll_id TEXT PRIMARY KEY, format TEXT NOT NULL, way TEXT NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL,
    fingerprint TEXT NOT NULL, document BLOB NOT NULL, facts BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE unit (
    unit_id TEXT PRIMARY KEY, n_ballots INTEGER NOT NULL, n_comments INTEGER NOT NULL,
    n_slips_used INTEGER NOT NULL, n_slips_unused INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE ballot (
    nonce_hash BLOB PRIMARY KEY, unit_id TEXT NOT NULL, answers BLOB NOT NULL, opener BLOB NOT NULL, receipt BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE comment (
    receipt BLOB PRIMARY KEY, unit_id TEXT NOT NULL, item TEXT NOT NULL, text TEXT NOT NULL, opener BLOB NOT NULL
) WITHOUT ROWID;
"""
_POLL = (
    "INSERT INTO poll (poll_id, format, way, first_day, last_day, fingerprint, document, facts) "
    "VALUES (:poll_id, :format, :way, :first_day, :last_day, :fingerprint, :document, :facts)"
)
_UNIT = (
    "INSERT INTO unit (unit_id, n_ballots, n_comments, n_slips_used, n_slips_unused) "
    "VALUES (:unit_id, :n_ballots, :n_comments, :n_slips_used, :n_slips_unused)"
)
_BALLOT = "INSERT INTO ballot (nonce_hash, unit_id, answers, opener, receipt) VALUES (?, ?, ?, ?, ?)"
_COMMENT = "INSERT INTO comment (receipt, unit_id, item, text, opener) VALUES (?, ?, ?, ?, ?)"

BALLOT_COLUMNS = ("nonce_hash", "unit_id", "answers", "opener", "receipt")
COMMENT_COLUMNS = ("receipt", "unit_id", "item", "text", "opener")

Values = Mapping[str, Any]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class UnitCount:
    """What a sealed box says of one unit in numbers."""

    unit_id: str
    n_ballots: int
    n_comments: int
    n_slips_used: int
    n_slips_unused: int


def write_box(
    path: Path, poll: Values, units: Iterable[Values], ballots: Iterable[Row], comments: Iterable[Row]
) -> None:
    """A new file at `path`, durable when this returns.

    Rows of ballots and comments have the values of BALLOT_COLUMNS and COMMENT_COLUMNS; all come in the order of their keys.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))  # comments in full are for the service alone
    box = sqlite3.connect(path, isolation_level=None)
    try:
        box.executescript(f"PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
        box.execute("BEGIN")
        box.execute(_POLL, dict(poll) | {"format": FORMAT})
        box.executemany(_UNIT, units)
        box.executemany(_BALLOT, ballots)
        box.executemany(_COMMENT, comments)
        box.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise StoreFull("No room for the sealed box.") from error
        raise
    finally:
        box.close()
    sync(path)


def counts(path: Path) -> tuple[UnitCount, ...]:
    """The counts of a box, counted from its rows again; raises ValueError if the file is damaged or contradicts itself."""
    box = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        if box.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise ValueError(f"{path.name} is damaged.")
        told = tuple(UnitCount(*row) for row in box.execute("SELECT * FROM unit ORDER BY unit_id"))
        ballots = dict(box.execute("SELECT unit_id, count(*) FROM ballot GROUP BY unit_id"))
        comments = dict(box.execute("SELECT unit_id, count(*) FROM comment GROUP BY unit_id"))
    finally:
        box.close()
    seen = {unit.unit_id: (unit.n_ballots, unit.n_comments) for unit in told}
    if any(seen.get(one) != (ballots.get(one, 0), comments.get(one, 0)) for one in {*seen, *ballots, *comments}):
        raise ValueError(f"{path.name} does not hold the rows that it counts.")
    return told


def receipts(path: Path) -> dict[str, list[bytes]]:
    """The receipts of every unit in the order of their bytes."""
    box = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        found: dict[str, list[bytes]] = {}
        for unit_id, receipt in box.execute("SELECT unit_id, receipt FROM ballot ORDER BY unit_id, receipt"):
            found.setdefault(unit_id, []).append(receipt)
        return found
    finally:
        box.close()


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
