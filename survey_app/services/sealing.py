"""Closing and sealing: the box is closed, written out once in the order of its keys, checked, and the live rows wiped.

Every step may be repeated: after a crash, calling again goes on where it stopped. Before the wipe the box is complete
on disk under its own name, so no ballot is ever in no place.
"""

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, case, delete, func, select, text, update
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.services import auditing
from survey_app.services.errors import NoSuchPoll, NotSealable
from survey_app.services.frozen_polls import forget
from survey_app.services.sealed_context import write_context
from survey_app.services.slots import destroy_keys
from survey_app.store import sealed_box
from survey_app.store.ballot_box import ballot, box_poll, comment, slip_code
from survey_app.store.durability import put_in_place
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Poll
from survey_app.store.sealed_box import Row, UnitCount

Progress = Callable[[int, int], object]
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class SealedBox:
    """The file that stands for the poll from now on. `sha256`: hexadecimal, also in the registry."""

    path: Path
    sha256: str
    units: tuple[UnitCount, ...]

    @property
    def n_ballots(self) -> int:
        return sum(unit.n_ballots for unit in self.units)


def box_path(instance: Path, poll_id: str) -> Path:
    return instance / "sealed" / f"{poll_id}.box"


def close_poll(stores: Stores, poll_id: str, officer_name: str) -> None:
    """Take no more ballots, from this transaction on. Doing it twice changes nothing. Raises NoSuchPoll."""
    with stores.ballot_box.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Waits for ballots on their way and holds new ones back until the state below is committed.
            connection.execute(text("LOCK TABLE ballot IN SHARE MODE"))
        of_poll = box_poll.c.poll_id == poll_id
        if connection.scalar(select(box_poll.c.state).where(of_poll)) is None:
            raise NoSuchPoll(poll_id)
        connection.execute(update(box_poll).where(of_poll, box_poll.c.state == "frozen").values(state="closed"))
    forget(stores.ballot_box, poll_id)
    with Session(stores.registry) as session, session.begin():
        if _takes_state(session, poll_id, "closed", after=("frozen",)):
            auditing.record(session, officer_name, "close_poll", poll_id)


def seal_poll(
    stores: Stores, instance: Path, poll_id: str, progress: Progress | None = None, *, officer_name: str = "system"
) -> SealedBox:
    """Write `instance/sealed/<poll>.box`, wipe the live rows, write the context beside the box, destroy the keys that signed
    its tickets, and mark the poll sealed. `progress(done, total)`: ballots.

    Raises NotSealable while the poll is not closed, NoSuchPoll, Busy, StoreFull.
    """
    path = box_path(instance, poll_id)
    if _box_state(stores, poll_id) == "closed":
        _write_box(stores, path, poll_id, progress or (lambda _done, _total: None))
        sealed = SealedBox(path, sealed_box.sha256(path), sealed_box.counts(path))
        _note_counts(stores, poll_id, sealed)
        _wipe(stores, poll_id, sealed)
    sealed = _present_box(stores, path, poll_id)
    write_context(stores, path)
    destroy_keys(stores, poll_id)
    for left_over in path.parent.glob(f"{poll_id}.*.partial"):  # of a run that was killed
        left_over.unlink(missing_ok=True)
    _mark_sealed(stores, poll_id, officer_name)
    return sealed


def _box_state(stores: Stores, poll_id: str) -> str:
    with reading(stores.ballot_box) as connection:
        state: str | None = connection.scalar(select(box_poll.c.state).where(box_poll.c.poll_id == poll_id))
    if state is None:
        raise NoSuchPoll(poll_id)
    if state == "frozen":
        raise NotSealable(Text("调查还没有截止，不能封箱。", "The poll is still open: close it before sealing."))
    return state


def _write_box(stores: Stores, path: Path, poll_id: str, progress: Progress) -> None:
    # A name of its own: two officers sealing at once write two files with the same bytes.
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}.partial")
    try:
        with reading(stores.ballot_box) as connection:
            poll = connection.execute(select(box_poll).where(box_poll.c.poll_id == poll_id)).one()._asdict()
            if poll["state"] != "closed":
                return  # sealed by somebody else in the meantime
            units = _unit_counts(connection, poll_id)
            total = sum(unit["n_ballots"] for unit in units)
            ballots = _counted(_rows(connection, ballot, sealed_box.BALLOT_COLUMNS, poll_id), total, progress)
            comments = _rows(connection, comment, sealed_box.COMMENT_COLUMNS, poll_id)
            sealed_box.write_box(partial, poll, units, ballots, comments)
        sealed_box.counts(partial)
        put_in_place(partial, path)
    except (OSError, sqlite3.Error, ValueError):
        # Whoever was faster has sealed the poll and tidied up, this file included: then all is well.
        if _box_state(stores, poll_id) != "sealed":
            raise
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()


def _rows(connection: Connection, table: Table, columns: tuple[str, ...], poll_id: str) -> Iterator[Row]:
    """Rows in the order of the first column, a batch in memory at a time."""
    wanted = (
        select(*[table.c[name] for name in columns]).where(table.c.poll_id == poll_id).order_by(table.c[columns[0]])
    )
    for row in connection.execute(wanted.execution_options(yield_per=_BATCH)):
        yield tuple(row)


def _counted(rows: Iterable[Row], total: int, progress: Progress) -> Iterator[Row]:
    done = 0
    for done, row in enumerate(rows, 1):
        yield row
        if done % _BATCH == 0:
            progress(done, total)
    progress(done, total)


def _unit_counts(connection: Connection, poll_id: str) -> list[dict[str, Any]]:
    """Numbers of every unit that has any row, in the order of unit ids."""
    found: dict[str, dict[str, int]] = {}
    empty = {"n_ballots": 0, "n_comments": 0, "n_slips_used": 0, "n_slips_unused": 0}
    unused = func.sum(case((slip_code.c.used == 0, 1), else_=0))
    used = func.sum(slip_code.c.used)
    for table, figures in (
        (ballot, {"n_ballots": func.count()}),
        (comment, {"n_comments": func.count()}),
        (slip_code, {"n_slips_used": used, "n_slips_unused": unused}),
    ):
        wanted = select(table.c.unit_id, *[figure.label(name) for name, figure in figures.items()])
        for row in connection.execute(wanted.where(table.c.poll_id == poll_id).group_by(table.c.unit_id)).mappings():
            unit = found.setdefault(row["unit_id"], dict(empty))
            unit.update({name: int(row[name]) for name in figures})
    return [{"unit_id": unit_id, **found[unit_id]} for unit_id in sorted(found)]


def _note_counts(stores: Stores, poll_id: str, sealed: SealedBox) -> None:
    """The box's hash and the numbers of each unit into the registry, before anything is wiped."""
    counted = {unit.unit_id: unit for unit in sealed.units}
    with Session(stores.registry) as session, session.begin():
        poll = _registry_poll(session, poll_id)
        poll.box_sha256 = sealed.sha256
        for unit in poll.units:
            count = counted.get(unit.unit_id)
            unit.n_responding = count.n_ballots if count else 0
            unit.n_slips_used = count.n_slips_used if count else 0
            unit.n_slips_unused = count.n_slips_unused if count else 0


def _wipe(stores: Stores, poll_id: str, sealed: SealedBox) -> None:
    """Delete the live rows if they are the ones in the box; slips and comments go with them."""
    with stores.ballot_box.begin() as connection:
        of_poll = box_poll.c.poll_id == poll_id
        state = connection.scalar(select(box_poll.c.state).where(of_poll).with_for_update())
        if state != "closed":
            return
        live = connection.scalar(select(func.count()).select_from(ballot).where(ballot.c.poll_id == poll_id))
        if live != sealed.n_ballots:
            raise NotSealable(Text("封箱文件与票箱数目不符。", "The sealed box and the ballot box differ in number."))
        for table in (ballot, comment, slip_code):
            connection.execute(delete(table).where(table.c.poll_id == poll_id))
        connection.execute(update(box_poll).where(of_poll).values(state="sealed", ack_private=None))
    forget(stores.ballot_box, poll_id)


def _present_box(stores: Stores, path: Path, poll_id: str) -> SealedBox:
    """The box on disk, if it is the one the registry names."""
    with reading(stores.registry) as connection, Session(connection) as session:
        expected = _registry_poll(session, poll_id).box_sha256
    if not path.exists() or sealed_box.sha256(path) != expected:
        raise NotSealable(
            Text("封箱文件缺失或已被改动。", "The sealed box is missing or was changed: restore it from the backup.")
        )
    return SealedBox(path, expected, sealed_box.counts(path))


def _mark_sealed(stores: Stores, poll_id: str, officer_name: str) -> None:
    with reading(stores.registry) as connection, Session(connection) as session:
        if _registry_poll(session, poll_id).state in ("sealed", "released"):
            return
    _drop_dead_rows(stores)
    with Session(stores.registry) as session, session.begin():
        if _takes_state(session, poll_id, "sealed", after=("frozen", "closed")):
            auditing.record(session, officer_name, "seal_poll", poll_id)


def _takes_state(session: Session, poll_id: str, state: str, after: tuple[str, ...]) -> bool:
    """Whether this transaction is the one that moves the poll on: of several at once exactly one is."""
    wanted = update(Poll).where(Poll.poll_id == poll_id, Poll.state.in_(after)).values(state=state)
    return session.execute(wanted.returning(Poll.poll_id)).one_or_none() is not None


def _drop_dead_rows(stores: Stores) -> None:
    """PostgreSQL keeps deleted rows, in the order they came, until the tables are written anew."""
    if stores.ballot_box.dialect.name == "postgresql":
        with stores.ballot_box.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (FULL) box_poll, ballot, comment, slip_code"))


def _registry_poll(session: Session, poll_id: str) -> Poll:
    poll = session.get(Poll, poll_id)
    if poll is None:
        raise NoSuchPoll(poll_id)
    return poll
