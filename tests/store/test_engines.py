"""How the two databases are opened, and what happens when they cannot serve."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select, text

from survey_app.services.casting import cast_ballot
from survey_app.services.errors import Busy, StoreFull
from survey_app.store import patience
from survey_app.store.ballot_box import ballot
from survey_app.store.engines import Stores, ballot_box_engine, registry_engine, upgrade
from tests.databases import MakeStores, dispose
from tests.small_polls import DAY, open_poll, submission


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_sqlite_keeps_ballots_without_a_log_of_their_order_and_both_databases_durably(make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    assert pragma(stores.ballot_box, "journal_mode") == "delete"
    assert pragma(stores.ballot_box, "secure_delete") == 1
    assert pragma(stores.registry, "journal_mode") == "wal"
    assert [pragma(engine, "synchronous") for engine in (stores.registry, stores.ballot_box)] == [2, 3]  # FULL, EXTRA
    assert pragma(stores.registry, "foreign_keys") == 1


def test_other_users_of_the_machine_can_read_no_file_of_the_databases(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    stores = Stores(
        registry_engine(f"sqlite:///{folder}/registry.db"), ballot_box_engine(f"sqlite:///{folder}/ballot_box.db")
    )
    upgrade(stores.registry, stores.ballot_box)
    with stores.ballot_box.begin() as connection:
        connection.execute(text("DELETE FROM ballot"))
        found = {path.name: oct(path.stat().st_mode & 0o777) for path in [folder, *folder.iterdir()]}
    dispose(stores)
    assert {found.pop(name) for name in ("ballot_box.db", "registry.db", "registry.db-wal")} == {"0o600"}
    assert found.pop("instance") == "0o700"
    assert set(found.values()) <= {"0o600"}


def hold(stores: Stores, seconds: float) -> threading.Thread:
    """Another program locks the ballot box for some seconds; returns when the lock is held."""
    held = threading.Event()
    released = threading.Event()

    def lock() -> None:
        if stores.ballot_box.dialect.name == "sqlite":
            other = sqlite3.connect(stores.ballot_box.url.database, isolation_level=None)
            other.execute("BEGIN EXCLUSIVE")
            held.set()
            released.wait(seconds)
            other.execute("ROLLBACK")
            other.close()
            return
        with stores.ballot_box.begin() as connection:
            connection.execute(text("LOCK TABLE ballot IN ACCESS EXCLUSIVE MODE"))
            held.set()
            released.wait(seconds)

    thread = threading.Thread(target=lock)
    thread.start()
    assert held.wait(10)
    thread.release = released.set  # type: ignore[attr-defined]
    return thread


def count(stores: Stores) -> int:
    with stores.ballot_box.connect() as connection:
        return connection.scalar(select(func.count()).select_from(ballot)) or 0


def test_a_ballot_waits_while_the_database_is_locked_for_three_seconds(stores: Stores) -> None:
    open_poll(stores)
    lock = hold(stores, 3)
    assert not cast_ballot(stores.ballot_box, submission(), DAY).repeated
    lock.join()
    assert count(stores) == 1


def test_a_database_locked_for_too_long_is_busy_and_nothing_is_stored(
    make_stores: MakeStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = make_stores("sqlite")
    open_poll(stores)
    monkeypatch.setattr(patience, "GIVE_UP_SECONDS", 0.2)
    lock = hold(stores, 60)
    with pytest.raises(Busy):
        cast_ballot(stores.ballot_box, submission(), DAY)
    lock.release()  # type: ignore[attr-defined]
    lock.join()
    assert count(stores) == 0


def test_a_commit_that_meets_a_reader_waits_for_it(make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    open_poll(stores)
    reader = sqlite3.connect(stores.ballot_box.url.database, isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM box_poll").fetchone()
    done = threading.Timer(0.3, reader.rollback)
    done.start()
    assert not cast_ballot(stores.ballot_box, submission(), DAY).repeated
    done.join()
    reader.close()
    assert count(stores) == 1


def test_a_full_disk_acknowledges_nothing_and_damages_nothing(make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    open_poll(stores)
    with stores.ballot_box.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
    stores.ballot_box.dispose()

    @event.listens_for(stores.ballot_box, "connect")
    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 3}").close()

    sent, acknowledged = [submission() for _ in range(200)], []
    with pytest.raises(StoreFull):  # noqa: PT012  (which of them meets the limit is SQLite's business)
        for one in sent:
            acknowledged += [cast_ballot(stores.ballot_box, one, DAY).receipt]
    stores.ballot_box.dispose()
    with stores.ballot_box.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert {bytes(one) for one in connection.scalars(select(ballot.c.receipt))} == set(acknowledged)
    assert 0 < len(acknowledged) < 200
    event.remove(stores.ballot_box, "connect", limit)
    stores.ballot_box.dispose()
    assert [cast_ballot(stores.ballot_box, one, DAY).repeated for one in sent].count(True) == len(acknowledged)


def test_a_server_that_is_away_is_busy_not_an_unknown_fault(tmp_path: Path) -> None:
    engine = ballot_box_engine(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")
    with pytest.raises(Busy), engine.connect():
        pass


def test_many_threads_and_readers_share_the_ballot_box_without_a_locked_error(stores: Stores) -> None:
    open_poll(stores)
    faults: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(25):
                cast_ballot(stores.ballot_box, submission(), DAY)
                count(stores)
        except Exception as fault:  # noqa: BLE001  (shown below)
            faults.append(fault)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (faults, count(stores)) == ([], 200)
