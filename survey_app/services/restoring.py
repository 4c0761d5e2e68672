"""Restoring a backup into an instance that is still empty, and proving it: by counts, fingerprints and the audit.

Everything that can be looked at beforehand is. A run that was killed leaves a mark; the next one clears away what it left.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, select, text

from questionnaires.texts import Text
from survey_app.ballots.audit.words import Finding, is_sound
from survey_app.ballots.key_safe import KeySafe, WrongSecret
from survey_app.services.auditing_polls import audit_poll
from survey_app.services.backing_up import (
    BALLOT_BOX_FILE,
    BALLOT_BOX_TABLES,
    FORMAT,
    MANIFEST,
    REGISTRY_FILE,
    REGISTRY_TABLES,
    SEALED,
    copy_rows,
    count_rows,
)
from survey_app.services.errors import NotRestored
from survey_app.services.terms import unit_key_name
from survey_app.store import sealed_box
from survey_app.store.ballot_box import metadata as ballot_box_metadata
from survey_app.store.durability import put_in_place, sync
from survey_app.store.engines import Stores, read_only_engine, reading
from survey_app.store.registry import Base, Poll, SlotKey
from survey_app.store.upgrading import BALLOT_BOX, REGISTRY, head

MARK = "restoring"  # in the instance folder, while a restore is on its way


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. `audits`: findings of every sealed poll; `keys_open`: whether the secret here opens the signing keys of
    slots still in use, None where there are none; `left_out`: polls that were open when the backup was made, now closed."""

    counts: Mapping[str, int]
    audits: Mapping[str, Sequence[Finding]]
    left_out: tuple[str, ...]
    keys_open: bool | None

    @property
    def is_sound(self) -> bool:
        return all(map(is_sound, self.audits.values()))


def restore(stores: Stores, instance: Path, folder: Path, secret: str, today: date, officer_name: str) -> Restored:
    """Bring back what `back_up` wrote. The databases have the newest form and are empty.

    Raises NotRestored, with nothing changed, for a folder that is no whole backup of this version, or when something is here.
    """
    told = _checked(folder)
    mark = instance / MARK
    if not (mark.exists() and _is_whole(stores, told["counts"])):
        if mark.exists() and _is_empty(stores.registry):
            _clear_box(stores, instance)
        _refuse_mixing(stores, instance)
        mark.touch()
        sync(instance)
        _bring_back(stores, instance, folder.absolute(), told["counts"])
    mark.unlink()
    audits = {
        poll: audit_poll(stores, instance, poll, today, officer_name) for poll in _audited(stores, told["sealed"])
    }
    return Restored(told["counts"], audits, tuple(told["left_out"]), _keys_open(stores, secret))


def _bring_back(stores: Stores, instance: Path, folder: Path, counts: Mapping[str, int]) -> None:
    """Files, then the ballot box, and in the end the registry in one transaction: with it the restore is whole."""
    source = Stores(read_only_engine(folder / REGISTRY_FILE), read_only_engine(folder / BALLOT_BOX_FILE))
    try:
        _put_files(folder / SEALED, instance / SEALED)
        _fill(source.ballot_box, stores.ballot_box, BALLOT_BOX_TABLES, counts)
        _fill(source.registry, stores.registry, REGISTRY_TABLES, counts)
    except NotRestored:
        _clear_box(stores, instance)
        raise
    finally:
        source.registry.dispose()
        source.ballot_box.dispose()


def _checked(folder: Path) -> Mapping[str, Any]:
    """What backup.json says, after every file was compared with it."""
    try:
        told = json.loads((folder / MANIFEST).read_text("utf-8"))
        files, is_ours = dict(told["files"]), told["format"] == FORMAT
        revisions, counts = (told["registry"], told["ballot_box"]), dict(told["counts"])
        polls = [*told["sealed"], *told["left_out"]]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise NotRestored(Text(f"{folder} 不是备份。", f"{folder} is no backup.")) from fault
    if (
        not is_ours
        or not all(isinstance(one, str) for one in polls)
        or not all(type(n) is int for n in counts.values())
    ):
        raise NotRestored(Text(f"{folder} 不是备份。", f"{folder} is no backup."))
    if revisions != (head(REGISTRY), head(BALLOT_BOX)):
        raise NotRestored(
            Text(
                f"备份是另一个版本做的（{revisions[0]}/{revisions[1]}）。请用那个版本恢复，再升级。",
                f"The backup was made by another version ({revisions[0]}/{revisions[1]}): restore with that one, then upgrade.",
            )
        )
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    there.pop(MANIFEST, None)
    wrong = sorted(there.keys() ^ files.keys())
    wrong += [name for name in sorted(there.keys() & files.keys()) if sealed_box.sha256(there[name]) != files[name]]
    if wrong:
        names = ", ".join(wrong[:5])
        raise NotRestored(Text(f"备份不完整或被改动过：{names}", f"The backup is damaged or was changed: {names}"))
    return dict(told)


def _refuse_mixing(stores: Stores, instance: Path) -> None:
    with reading(stores.registry) as registry, reading(stores.ballot_box) as box:
        held = [table.name for table in Base.metadata.sorted_tables if count_rows(registry, table)]
        held += [table.name for table in ballot_box_metadata.sorted_tables if count_rows(box, table)]
    if held or any((instance / SEALED).glob("*")):
        raise NotRestored(
            Text(
                "这里已有数据，不能把备份混进来。请恢复到空的实例。",
                "There is data here already: restore into an empty instance.",
            )
        )


def _fill(source: Engine, target: Engine, tables: tuple[Table, ...], counts: Mapping[str, int]) -> None:
    """One transaction, kept only if it brought as many rows as the backup says."""
    with reading(source) as read, target.begin() as write:
        for table in tables:
            if copy_rows(read, write, table) != counts.get(table.name):
                raise NotRestored(
                    Text(
                        f"{table.name} 的条数与备份所记不同，什么也没有恢复。",
                        f"{table.name} does not hold what the backup says: nothing was restored.",
                    )
                )
            if write.dialect.name == "postgresql":
                _count_on(write, table)


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers new rows by a sequence, which knows nothing of rows that brought their numbers along."""
    column = table.autoincrement_column
    if column is None:
        return
    sequence = connection.scalar(
        text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
    )
    largest = connection.scalar(select(column).order_by(column.desc()).limit(1))
    if sequence and largest:
        connection.execute(text("SELECT setval(:sequence, :largest)"), {"sequence": sequence, "largest": largest})


def _put_files(source: Path, target: Path) -> None:
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in sorted(source.glob("*")):
        partial = target / f"{path.name}.partial"
        shutil.copyfile(path, partial)
        partial.chmod(0o600)
        sync(partial)
        put_in_place(partial, target / path.name)


def _is_whole(stores: Stores, counts: Mapping[str, int]) -> bool:
    """Whether the registry, which comes last, is back with every row: not merely whether somebody wrote into it since."""
    with reading(stores.registry) as connection:
        return all(count_rows(connection, table) == counts.get(table.name) for table in REGISTRY_TABLES)


def _is_empty(registry: Engine) -> bool:
    with reading(registry) as connection:
        return not any(count_rows(connection, table) for table in REGISTRY_TABLES)


def _clear_box(stores: Stores, instance: Path) -> None:
    """Take back what a restore that did not end has written; nothing else was here before it."""
    with stores.ballot_box.begin() as connection:
        for table in reversed(BALLOT_BOX_TABLES):
            connection.execute(delete(table))
    for path in (instance / SEALED).glob("*"):
        path.unlink()
    (instance / MARK).unlink(missing_ok=True)


def _audited(stores: Stores, sealed: Sequence[str]) -> list[str]:
    """The sealed polls that the registry knows as such: one that was being sealed is sealed by whoever goes on."""
    with reading(stores.registry) as connection:
        wanted = select(Poll.poll_id).where(Poll.poll_id.in_(sealed), Poll.state.in_(("sealed", "released")))
        return list(connection.scalars(wanted.order_by(Poll.poll_id)))


def _keys_open(stores: Stores, secret: str) -> bool | None:
    wanted = select(SlotKey.slot_id, SlotKey.unit_id, SlotKey.private).where(SlotKey.private.is_not(None)).limit(1)
    with reading(stores.registry) as connection:
        key = connection.execute(wanted).one_or_none()
    if key is None:
        return None
    try:
        KeySafe(secret).unlocked(key.slot_id, unit_key_name(key.unit_id), bytes(key.private))
    except WrongSecret:
        return False
    return True
