"""Backing up: the registry at any time, of the ballot box only what is sealed. One form for SQLite and PostgreSQL.

A backup is a folder: `registry.db` and `ballot_box.db` (SQLite, rows in the order of their keys), `sealed/` and `backup.json`
with counts and fingerprints. Two backups of an open ballot box would tell by their difference who came between them, so
ballots that are not sealed are in none. Neither are sessions, links and waiting mails, nor the secret of the instance: kept
apart, it makes the signing keys in the backup worthless to a thief.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select
from sqlalchemy.orm import Session

from analysis.context import context_path
from questionnaires.texts import Text
from survey_app.services import auditing
from survey_app.services.errors import NotBackedUp, StoreFull
from survey_app.services.sealing import box_path
from survey_app.store import sealed_box
from survey_app.store.ballot_box import box_key, box_poll
from survey_app.store.durability import FolderInTheWay, new_folder
from survey_app.store.engines import Stores, ballot_box_engine, reading, registry_engine, upgrade
from survey_app.store.registry import (
    Base,
    Mail,
    MailJob,
    MemberLink,
    MemberSession,
    OfficerSession,
    Poll,
    SignInAttempt,
)
from survey_app.store.upgrading import BALLOT_BOX, REGISTRY, head

FORMAT = "survey_app.backup/1"
MANIFEST, REGISTRY_FILE, BALLOT_BOX_FILE, SEALED = "backup.json", "registry.db", "ballot_box.db", "sealed"
_BATCH = 1000
#: Who is signed in, who asked for a link, whose mail waits: worth nothing later, and a mail would be sent twice.
_LEFT_OUT = {each.__tablename__ for each in (OfficerSession, SignInAttempt, MemberSession, MemberLink, Mail)}
REGISTRY_TABLES = tuple(table for table in Base.metadata.sorted_tables if table.name not in _LEFT_OUT)
BALLOT_BOX_TABLES = (box_poll, box_key)

Row = dict[str, Any]
Change = Callable[[Row], Row | None]


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds. `left_out`: polls that were not sealed, whose ballots are not in it."""

    folder: Path
    counts: Mapping[str, int]
    sealed: tuple[str, ...]
    left_out: tuple[str, ...]


def back_up(stores: Stores, instance: Path, folder: Path, officer_name: str = "command line") -> Backup:
    """Write a backup as a new folder: there whole afterwards, or not at all. Sealed ballots are copied, so it is written down.

    Raises NotBackedUp if something is in the way, or a sealed box is missing or not the one that was sealed: such a copy
    would take the place of the last good one.
    """
    try:
        with new_folder(folder, mode=0o700) as unfinished:
            with Session(stores.registry) as session, session.begin():
                auditing.record(session, officer_name, "backup", "")
            made = _written(stores, instance, unfinished)
    except FolderInTheWay as fault:
        raise NotBackedUp(
            Text(f"{folder} 里已有别的文件，没有覆盖。", f"{folder} holds something else; nothing was written over.")
        ) from fault
    return Backup(folder, *made)


def _written(stores: Stores, instance: Path, folder: Path) -> tuple[dict[str, int], tuple[str, ...], tuple[str, ...]]:
    target = Stores(
        registry_engine(f"sqlite:///{folder / REGISTRY_FILE}"),
        ballot_box_engine(f"sqlite:///{folder / BALLOT_BOX_FILE}"),
    )
    try:
        upgrade(target.registry, target.ballot_box)
        # The registry first: a poll that is sealed meanwhile is then closed here and sealed in the box, and sealing it again
        # heals that. The other way round it would be sealed here with its ballots nowhere.
        of_registry: dict[str, Change] = {MailJob.__tablename__: _stopped, Poll.__tablename__: _closed}
        counts = _copied(stores.registry, target.registry, REGISTRY_TABLES, of_registry)
        known = _polls(target.registry)  # a poll that is frozen at this moment is in neither
        of_box: dict[str, Change] = {
            box_poll.name: partial(_known, known, _closed),
            box_key.name: partial(_known, known, dict),
        }
        counts |= _copied(stores.ballot_box, target.ballot_box, BALLOT_BOX_TABLES, of_box)
        sealed, left_out = _states(target.ballot_box)
        sealed_as = _sealed_as(target.registry)
    finally:
        target.registry.dispose()
        target.ballot_box.dispose()
    for name in (REGISTRY_FILE, BALLOT_BOX_FILE):
        _settle(folder / name)
    (folder / SEALED).mkdir(mode=0o700)
    for poll_id in sealed:
        box = box_path(instance, poll_id)
        for path in (box, context_path(box)):
            if path.exists():
                shutil.copyfile(path, folder / SEALED / path.name)
                (folder / SEALED / path.name).chmod(0o600)
        _refuse_another_box(folder / SEALED / box.name, sealed_as.get(poll_id))
    files = {path.relative_to(folder).as_posix(): sealed_box.sha256(path) for path in _files(folder)}
    document = {
        "format": FORMAT,
        "registry": head(REGISTRY),
        "ballot_box": head(BALLOT_BOX),
        "counts": counts,
        "sealed": sealed,
        "left_out": left_out,
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(document, indent=1, sort_keys=True), "utf-8")
    (folder / MANIFEST).chmod(0o600)
    return counts, tuple(sealed), tuple(left_out)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _copied(source: Engine, target: Engine, tables: tuple[Table, ...], changes: Mapping[str, Change]) -> dict[str, int]:
    with reading(source) as read, target.begin() as write:
        return {table.name: copy_rows(read, write, table, changes.get(table.name)) for table in tables}


def copy_rows(read: Connection, write: Connection, table: Table, change: Change | None = None) -> int:
    """The rows of a table in the order of their keys, which is not the order they came in; how many. `change` may drop one."""
    rows = read.execution_options(stream_results=True).execute(select(table).order_by(*table.primary_key.columns))
    n = 0
    for batch in rows.mappings().partitions(_BATCH):
        kept = [dict(row) for row in batch] if change is None else [row for row in map(change, map(dict, batch)) if row]
        if kept:
            write.execute(table.insert(), kept)
        n += len(kept)
    return n


def count_rows(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _stopped(job: Row) -> Row:
    """A mailing on its way is stopped in the copy: whoever has had the mail would get it again."""
    return job | {"state": "stopped" if job["state"] == "going" else job["state"]}


def _closed(poll: Row) -> Row:
    """An open poll is closed in the copy, here and there: its ballots are not in it, so nobody may go on as if they were."""
    closed = {"state": "closed" if poll["state"] == "frozen" else poll["state"]}
    return poll | closed | ({"ack_private": None} if "ack_private" in poll else {})


def _known(polls: frozenset[str], change: Change, row: Row) -> Row | None:
    return change(row) if row["poll_id"] in polls else None


def _sealed_as(registry: Engine) -> Mapping[str, str]:
    """The fingerprint of each box in the registry; a poll that was being sealed may lack it."""
    with reading(registry) as connection:
        rows = connection.execute(select(Poll.poll_id, Poll.box_sha256).where(Poll.box_sha256.is_not(None)))
        return {row.poll_id: row.box_sha256 for row in rows}


def _refuse_another_box(copy: Path, sha256: str | None) -> None:
    if not copy.exists() or (sha256 is not None and sealed_box.sha256(copy) != sha256):
        raise NotBackedUp(
            Text(
                f"{copy.stem} 的封存箱缺失或已被改动，没有备份。请从上一次备份取回。",
                f"The sealed box of {copy.stem} is missing or was changed; nothing was written. Take it from the last backup.",
            )
        )


def _polls(registry: Engine) -> frozenset[str]:
    with reading(registry) as connection:
        return frozenset(connection.scalars(select(Poll.poll_id)))


def _states(box: Engine) -> tuple[list[str], list[str]]:
    with reading(box) as connection:
        rows = connection.execute(select(box_poll.c.poll_id, box_poll.c.state).order_by(box_poll.c.poll_id)).all()
    return [row.poll_id for row in rows if row.state == "sealed"], [
        row.poll_id for row in rows if row.state != "sealed"
    ]


def _settle(path: Path) -> None:
    """One file with nothing beside it, written anew: no freed page, no journal."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.execute("PRAGMA journal_mode = DELETE")
            file.execute("VACUUM")
    except sqlite3.OperationalError as fault:
        if fault.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
            raise StoreFull("No room for the backup.") from fault
        raise
