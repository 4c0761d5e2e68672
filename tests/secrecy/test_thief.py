"""Threat: somebody copies the databases and every file beside them. Tests are named after what the thief tries."""

import logging
import re
import secrets
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, inspect, select, text
from sqlalchemy.exc import DBAPIError

from survey_app.services import auditing, issuing, sealing
from survey_app.services.casting import cast_ballot
from survey_app.services.frozen_polls import frozen_poll
from survey_app.store.ballot_box import ballot, comment, metadata, slip_code
from survey_app.store.engines import Stores
from survey_app.store.registry import Base
from tests.databases import MakeStores
from tests.secrecy.threats import threat
from tests.small_polls import DAY, OFFICER, answers, open_poll, submission
from tests.small_polls import comment as a_comment

TELLING = re.compile(
    r"time|date|stamp|created|updated|_at$|^at$|ip|addr|agent|seq|order|rank|number|person|officer|name"
)
OURS = {"box_poll", "box_key", "ballot", "comment", "slip_code"}


def columns(engine: Engine) -> dict[tuple[str, str], str]:
    found = inspect(engine)
    return {
        (table, column["name"]): str(column["type"]).upper()
        for table in found.get_table_names()
        for column in found.get_columns(table)
        if not table.endswith("_migration")
    }


def every_value(engine: Engine, tables: MetaData) -> set[object]:
    with engine.connect() as connection:
        return {
            bytes(value) if isinstance(value, memoryview) else value
            for table in tables.sorted_tables
            for row in connection.execute(select(table))
            for value in row
            if value is not None
        }


@threat(4)
def test_reading_times_from_the_ballot_box(stores: Stores) -> None:
    found = columns(stores.ballot_box)
    assert {table for table, _ in found} == OURS
    assert set(found.values()) <= {"TEXT", "BLOB", "BYTEA", "INTEGER"}
    assert [name for name in found if TELLING.search(name[1]) and name[1] != "receipt"] == []
    assert {name for name in found if "day" in name[1]} == {("box_poll", "first_day"), ("box_poll", "last_day")}
    assert {name for name, kind in found.items() if kind == "INTEGER"} == {("slip_code", "used")}


@threat(6)
def test_reading_the_order_from_row_numbers_or_sequences(stores: Stores) -> None:
    if stores.ballot_box.dialect.name == "postgresql":
        assert inspect(stores.ballot_box).get_sequence_names() == []
        return
    for table in OURS:
        with pytest.raises(DBAPIError, match="rowid"), stores.ballot_box.connect() as connection:
            connection.execute(text(f"SELECT rowid FROM {table}"))


@threat(6)
def test_reading_the_order_from_how_rows_lie(make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    open_poll(stores)
    for _ in range(50):
        cast_ballot(stores.ballot_box, submission(), DAY)
    with stores.ballot_box.connect() as connection:
        keys = connection.scalars(select(ballot.c.nonce_hash)).all()
    assert keys == sorted(keys)


@threat(11)
def test_joining_registry_and_ballot_box(stores: Stores) -> None:
    open_poll(stores, way="slip")
    codes = issuing.draw_slips(stores, "poll-1", "b01", 10, officer_name=OFFICER)
    for code in codes:
        cast_ballot(stores.ballot_box, submission(code, comments=(a_comment(),)), DAY)
    shared = every_value(stores.registry, Base.metadata) & every_value(stores.ballot_box, metadata)
    # What both know is the poll: its questionnaire, fingerprint, way, state, days and units.
    poll = frozen_poll(stores.ballot_box, "poll-1")
    assert shared <= {"poll-1", poll.document, poll.fingerprint, "slip", "frozen", "b01", "b02", 0, 1}


@threat(22)
def test_joining_comments_or_slips_to_ballots(stores: Stores) -> None:
    open_poll(stores, way="slip")
    codes = issuing.draw_slips(stores, "poll-1", "b01", 5)
    for code in codes:
        cast_ballot(stores.ballot_box, submission(code, comments=(a_comment(),)), DAY)
    with stores.ballot_box.connect() as connection:
        values = [
            {
                bytes(value) if isinstance(value, memoryview) else value
                for row in connection.execute(select(table))
                for value in row
            }
            for table in (ballot, comment, slip_code)
        ]
    ballots, comments, slips = values
    assert ballots & comments == ballots & slips == comments & slips == {"poll-1", "b01"}


def test_searching_every_file_for_what_was_submitted(make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    folder = Path(str(stores.ballot_box.url.database)).parent
    open_poll(stores, way="slip")
    codes = issuing.draw_slips(stores, "poll-1", "b01", 10, officer_name=OFFICER)
    markers = [code.encode() for code in codes] + [code.replace("-", "").encode() for code in codes]
    for code in codes:
        sent = submission(code)
        cast_ballot(stores.ballot_box, sent, DAY)
        markers.append(sent.nonce)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert not [path.name for path in files if path.name.startswith("ballot_box.db-")]
    assert not [(path.name, marker) for path in files for marker in markers if marker in path.read_bytes()]


def test_searching_the_live_database_after_sealing(make_stores: MakeStores, tmp_path: Path) -> None:
    stores = make_stores("sqlite")
    open_poll(stores)
    said = secrets.token_hex(16)
    sent = [submission(answers=answers(), comments=(a_comment(text=f"{said}{number}"),)) for number in range(60)]
    for one in sent:
        cast_ballot(stores.ballot_box, one, DAY)
    live = Path(str(stores.ballot_box.url.database))
    assert all(one.opener in live.read_bytes() for one in sent)
    sealing.close_poll(stores, "poll-1", OFFICER)
    sealing.seal_poll(stores, tmp_path, "poll-1")
    left = live.read_bytes()
    assert said.encode() not in left
    assert not [one for one in sent if one.opener in left]


@pytest.mark.postgresql
def test_reading_dead_rows_of_postgresql_after_sealing(make_stores: MakeStores, tmp_path: Path) -> None:
    stores = make_stores("postgresql")
    open_poll(stores)
    open_poll(stores, "poll-2")
    sent = [submission() for _ in range(20)]
    for one in sent:
        cast_ballot(stores.ballot_box, one, DAY)
        cast_ballot(stores.ballot_box, submission(poll_id="poll-2"), DAY)
    sealing.close_poll(stores, "poll-1", OFFICER)
    sealing.seal_poll(stores, tmp_path, "poll-1")
    with stores.ballot_box.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        folder = connection.scalar(text("SHOW data_directory"))
        file = connection.scalar(text("SELECT pg_relation_filepath('ballot')"))
    pages = Path(str(folder), str(file)).read_bytes()
    assert pages
    assert not [one for one in sent if one.opener in pages]


@threat(5)
def test_reading_logs_and_error_messages(stores: Stores, caplog: pytest.LogCaptureFixture) -> None:
    open_poll(stores)
    with caplog.at_level(logging.INFO):
        sent = submission(comments=(a_comment(text="记号文字"),))
        cast_ballot(stores.ballot_box, sent, DAY)
    assert caplog.text == ""
    wrong = {"poll_id": "p", "receipt": b"", "unit_id": "b", "item": "q", "text": "记号文字", "opener": b""}
    with pytest.raises(DBAPIError) as caught, stores.ballot_box.begin() as connection:
        connection.execute(comment.insert(), wrong)
    assert "hidden" in str(caught.value)


def test_reading_the_audit_log_for_who_answered(stores: Stores) -> None:
    open_poll(stores, way="slip")
    codes = issuing.draw_slips(stores, "poll-1", "b01", 3, officer_name=OFFICER)
    before = auditing.entries(stores)
    for code in codes:
        cast_ballot(stores.ballot_box, submission(code), DAY)
    assert auditing.entries(stores) == before
