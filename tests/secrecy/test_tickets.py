"""Threats to polls by ticket: whoever holds both databases, every file and the instance's secret, after sealing or before."""

import random
import shutil
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, inspect, select, text
from sqlalchemy.orm import Session

from survey_app.ballots.encodings import H
from survey_app.ballots.key_safe import KeySafe
from survey_app.services import auditing, issuing
from survey_app.services.casting import cast_ballot
from survey_app.services.collecting import collect
from survey_app.services.errors import AlreadyIssued, Ended
from survey_app.services.marking_slips import mark_slip
from survey_app.services.sealing import close_poll, seal_poll
from survey_app.services.slots import end_term
from survey_app.services.terms import unit_key_name
from survey_app.store.ballot_box import metadata
from survey_app.store.engines import Stores
from survey_app.store.registry import Base, Issuance, SlotKey, TermMember
from tests.databases import MakeStores, stores_at
from tests.secrecy.threats import threat
from tests.small_polls import DAY, OFFICER, submission
from tests.small_polls import comment as a_comment
from tests.small_terms import (
    COLLECTING,
    SECRET,
    a_ticket,
    answers_of,
    asked,
    browser,
    by_ticket,
    manifest_of,
    small_term,
    ticket_poll,
)


def values(engine: Engine, tables: MetaData) -> set[object]:
    with engine.connect() as connection:
        return {
            bytes(value) if isinstance(value, memoryview) else value
            for table in tables.sorted_tables
            for row in connection.execute(select(table))
            for value in row
            if value is not None
        }


def seal(stores: Stores, folder: Path, poll_id: str = "poll-1") -> Path:
    close_poll(stores, poll_id, OFFICER)
    return seal_poll(stores, folder, poll_id).path


def folder_of(stores: Stores) -> Path:
    return Path(str(stores.registry.url.database)).parent


def private_keys(stores: Stores) -> list[bytes]:
    """Every form of the keys that must be gone: as locked, and each prime by itself."""
    safe = KeySafe(SECRET)
    found: list[bytes] = []
    with Session(stores.registry) as session:
        for key in session.scalars(select(SlotKey).where(SlotKey.slot_id == "2026-01")):
            locked = bytes(key.private or b"")
            primes = safe.unlocked(key.slot_id, unit_key_name(key.unit_id), locked)
            found += [locked, primes[: len(primes) // 2], primes[len(primes) // 2 :]]
    return found


@threat(4)
def test_reading_from_the_registry_when_somebody_collected(stores: Stores) -> None:
    """No column of a time beside who collected, and nothing of the ticket but the hash of what was signed."""
    found = inspect(stores.registry)
    told = {table: {one["name"]: str(one["type"]).upper() for one in found.get_columns(table)} for table in TABLES}
    assert {table: set(columns) for table, columns in told.items()} == TABLES
    assert not [kind for columns in told.values() for kind in columns.values() if "DATE" in kind or "TIME" in kind]


TABLES = {
    "issuance": {"slot_id", "staff_number", "method", "key_id", "blinded_hash"},
    "slot_key": {"slot_id", "unit_id", "key_id", "n", "private"},
    "term_member": {"term_id", "staff_number", "unit_id"},
}


@threat(6)
def test_reading_who_collected_first_from_row_numbers(make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    small_term(stores)
    members = [f"b01-{n:03}" for n in range(12)]
    random.Random(6).shuffle(members)
    for number in members:
        a_ticket(stores, number)
    with stores.registry.connect() as connection:
        lying = connection.scalars(text("SELECT staff_number FROM issuance")).all()
    assert lying == sorted(members)
    for table in (Issuance.__tablename__, TermMember.__tablename__):
        with stores.registry.connect() as connection, pytest.raises(Exception, match="rowid"):
            connection.execute(text(f"SELECT rowid FROM {table}"))


@threat(11)
def test_joining_who_collected_to_what_was_answered(stores: Stores) -> None:
    poll = ticket_poll(stores)
    for n in range(8):
        cast_ballot(stores.ballot_box, by_ticket(a_ticket(stores, f"b01-{n:03}"), comments=(a_comment(),)), DAY)
    public = {"poll-1", "2026-01", "ticket", "frozen", poll.document, poll.fingerprint, "b01", "b02", 0, 1}
    for unit in manifest_of(stores).units:
        public |= {unit.key.key_id, unit.key.n_bytes}
    shared = values(stores.registry, Base.metadata) & values(stores.ballot_box, metadata)
    assert shared <= public
    with stores.ballot_box.connect() as connection:  # a key that many share leads to nobody
        assert connection.scalar(text("SELECT count(*) FROM box_key")) == len(poll.units)


@threat(11)
def test_the_ballot_box_keeps_no_ticket(make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    ticket_poll(stores)
    ticket = a_ticket(stores)
    cast_ballot(stores.ballot_box, by_ticket(ticket), DAY)
    files = [path for path in folder_of(stores).rglob("*") if path.is_file()]
    for part in (ticket.signature, ticket.prepared, ticket.nonce):
        assert not [path.name for path in files if part in path.read_bytes()]


def test_the_registry_alone_signs_nothing_and_tells_no_acknowledgement_key(make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    poll = ticket_poll(stores)
    files = [path.read_bytes() for path in folder_of(stores).glob("registry.db*")]
    secret_parts = [part for at, part in enumerate(private_keys(stores)) if at % 3]
    assert secret_parts
    assert not [part for part in secret_parts for data in files if part in data]
    with stores.ballot_box.connect() as connection:
        ack = connection.scalar(text("SELECT ack_private FROM box_poll WHERE poll_id = :id"), {"id": poll.poll_id})
    assert not [data for data in files if bytes(ack) in data]


def test_looking_for_the_private_keys_in_every_file_after_sealing(make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    folder = folder_of(stores)
    ticket_poll(stores)
    keys = private_keys(stores)
    (mine,) = asked(stores, browser())
    collect(stores, SECRET, "b01-000", [mine], COLLECTING)
    cast_ballot(stores.ballot_box, by_ticket(a_ticket(stores, "b01-001")), DAY)
    with stores.ballot_box.connect() as connection:
        ack = bytes(connection.scalar(text("SELECT ack_private FROM box_poll")))
    before = b"".join(path.read_bytes() for path in folder.glob("registry.db*"))
    assert keys[0] in before
    assert H(mine.blinded) in before
    seal(stores, folder)
    after = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    gone = [*keys, H(mine.blinded), ack]
    assert not [(name, part.hex()[:16]) for name, data in after.items() for part in gone if part in data]
    with pytest.raises(Ended):
        collect(stores, SECRET, "b01-002", asked(stores, browser()), COLLECTING)
    with pytest.raises(Ended):  # not even the same request again
        collect(stores, SECRET, "b01-000", [mine], COLLECTING)


def test_looking_for_the_keys_of_an_ended_term(make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    small_term(stores)
    keys = private_keys(stores)
    end_term(stores, "2026", OFFICER)
    left = b"".join(path.read_bytes() for path in folder_of(stores).glob("registry.db*"))
    assert not [key for key in keys if key in left]


@pytest.mark.postgresql
def test_looking_for_the_private_keys_in_the_tables_of_postgresql_after_sealing(
    make_stores: MakeStores, tmp_path: Path
) -> None:
    stores = make_stores("postgresql")
    ticket_poll(stores)
    keys = private_keys(stores)[::3]
    (mine,) = asked(stores, browser())
    collect(stores, SECRET, "b01-000", [mine], COLLECTING)
    seal(stores, tmp_path)
    with stores.registry.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        folder = Path(str(connection.scalar(text("SHOW data_directory"))))
        tables = [
            connection.scalar(text(f"SELECT pg_relation_filepath('{name}')"))
            for name in ("slot", "slot_key", "issuance")
        ]
    pages = b"".join((folder / str(table)).read_bytes() for table in tables)
    assert pages
    assert not [part for part in [*keys, H(mine.blinded)] if part in pages]


@threat(6)
def test_reading_the_order_of_ballots_from_sealed_files_of_two_orders(make_stores: MakeStores, tmp_path: Path) -> None:
    """The same ballots by ticket and by slip, cast in two orders on two servers: byte by byte the same sealed file."""
    first = make_stores("sqlite")
    ticket_poll(first)
    codes = issuing.draw_slips(first, "poll-1", "b02", 2)
    sent = [submission(code, answers=answers_of("b02")) for code in codes]
    sent += [by_ticket(a_ticket(first, f"b01-{n:03}"), comments=(a_comment(),)) for n in range(24)]
    sent += [by_ticket(a_ticket(first, f"b02-{n:03}")) for n in range(9)]
    for engine in (first.registry, first.ballot_box):
        engine.dispose()
    shutil.copytree(folder_of(first), tmp_path / "second")
    second = stores_at(tmp_path / "second")
    mixed = sent[:]
    random.Random(3).shuffle(mixed)
    for server, ballots in ((first, sent), (second, mixed)):
        for one in ballots:
            cast_ballot(server.ballot_box, one, DAY)
    live = [Path(str(one.ballot_box.url.database)).read_bytes() for one in (first, second)]
    boxes = [seal(one, tmp_path / name).read_bytes() for one, name in ((first, "a"), (second, "b"))]
    second.registry.dispose()
    second.ballot_box.dispose()
    assert live[0] != live[1]  # why the live file is never published or backed up
    assert boxes[0] == boxes[1]


def test_acting_officers_leave_no_trace_of_persons_in_the_audit_log(stores: Stores) -> None:
    ticket_poll(stores)
    mark_slip(stores, "poll-1", "b01-000", OFFICER)
    a_ticket(stores, "b01-001")
    entries = auditing.entries(stores)
    assert [entry.action for entry in entries] == ["mark_slip", "freeze_poll", "open_term"]
    assert not [entry for entry in entries if "b01" in entry.object_]


@threat(12)
def test_two_tickets_for_one_person_race(make_stores: MakeStores) -> None:
    """Twenty workers with connections of their own, as processes would have."""
    stores = make_stores("sqlite")
    small_term(stores)
    workers = [stores_at(folder_of(stores)) for _ in range(20)]
    requests = [asked(stores, browser()) for _ in workers]
    start = threading.Barrier(len(workers))
    outcomes: list[str] = []

    def run(worker: Stores, request) -> None:
        start.wait()
        try:
            collect(worker, SECRET, "b01-000", request, COLLECTING)
            outcomes.append("signed")
        except AlreadyIssued:
            outcomes.append("already_issued")

    threads = [threading.Thread(target=run, args=pair) for pair in zip(workers, requests, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for worker in workers:
        worker.registry.dispose()
        worker.ballot_box.dispose()
    assert sorted(outcomes) == ["already_issued"] * 19 + ["signed"]
