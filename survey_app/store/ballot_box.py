"""Ballots, and nothing else. No time, no address, no agent, no person, no order, no sequence: by schema, not by promise.

Tables have no rowid on SQLite: rows lie in the order of random keys, so a sealed copy does not show who came first.
A ballot, its comments and its slip code share no key. Of a ticket nothing is kept but the hash in the ballot's key.

Honest limit: PostgreSQL itself marks rows with the number of the transaction that wrote them and keeps a log of writes.
While a poll is open, whoever administers that server could tell which rows came together and in which order; sealing
writes the tables anew. SQLite keeps no such marks, which is why it is the default here.
"""

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.schema import SchemaItem

from survey_app.store.naming import NAMES

LARGEST_ANSWERS = 8192
LARGEST_COMMENT = 5000

metadata = MetaData(naming_convention=NAMES)


def _check(condition: str, name: str) -> CheckConstraint:
    return CheckConstraint(condition, name=name)


def _hash(name: str, *, primary_key: bool = False) -> tuple[SchemaItem, ...]:
    return (
        Column(name, LargeBinary, primary_key=primary_key, nullable=False),
        _check(f"length({name}) = 32", f"{name}_is_a_hash"),
    )


box_poll = Table(
    "box_poll",
    metadata,
    Column("poll_id", Text, primary_key=True),
    Column("way", Text, nullable=False),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("facts", LargeBinary, nullable=False),
    Column("slot_id", Text, unique=True),
    Column("mode", Text),
    Column("manifest", LargeBinary),
    Column("ack_private", LargeBinary),  # signs receipts; gone when the poll is sealed
    _check("length(poll_id) BETWEEN 1 AND 32", "id_is_short"),
    _check("way IN ('slip', 'open', 'ticket')", "way_is_known"),
    _check("state IN ('frozen', 'closed', 'sealed')", "state_is_known"),
    _check("length(first_day) = 10 AND length(last_day) = 10 AND first_day <= last_day", "days_are_days"),
    _check("length(fingerprint) = 39", "fingerprint_is_whole"),
    _check("mode IN ('two_phases', 'combined')", "mode_is_known"),
    _check(
        "(way = 'ticket') = (slot_id IS NOT NULL) AND (slot_id IS NULL) = (mode IS NULL) "
        "AND (slot_id IS NULL) = (manifest IS NULL)",
        "tickets_have_a_slot",
    ),
    _check("ack_private IS NULL OR (length(ack_private) = 32 AND slot_id IS NOT NULL)", "ack_private_is_a_key"),
    sqlite_with_rowid=False,
)

ballot = Table(
    "ballot",
    metadata,
    Column("poll_id", Text, primary_key=True),
    *_hash("nonce_hash", primary_key=True),
    Column("unit_id", Text, nullable=False),
    Column("answers", LargeBinary, nullable=False),
    *_hash("opener"),
    *_hash("receipt"),
    _check(f"length(answers) BETWEEN 2 AND {LARGEST_ANSWERS}", "answers_are_compact"),
    _check("substr(answers, 1, 1) = x'5b'", "answers_are_an_array").ddl_if(dialect="sqlite"),
    _check("get_byte(answers, 0) = 91", "answers_are_an_array").ddl_if(dialect="postgresql"),
    sqlite_with_rowid=False,
)

comment = Table(
    "comment",
    metadata,
    Column("poll_id", Text, primary_key=True),
    *_hash("receipt", primary_key=True),
    Column("unit_id", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("text", Text, nullable=False),
    *_hash("opener"),
    _check(f"length(text) BETWEEN 1 AND {LARGEST_COMMENT}", "text_has_a_length"),
    sqlite_with_rowid=False,
)

slip_code = Table(
    "slip_code",
    metadata,
    Column("poll_id", Text, primary_key=True),
    *_hash("code_hash", primary_key=True),
    Column("unit_id", Text, nullable=False),
    Column("used", Integer, nullable=False),
    _check("used IN (0, 1)", "used_or_not"),
    sqlite_with_rowid=False,
)

box_key = Table(
    "box_key",
    metadata,
    Column("poll_id", Text, primary_key=True),
    *_hash("key_id", primary_key=True),
    Column("unit_id", Text, nullable=False),
    Column("n", LargeBinary, nullable=False),
    _check("length(n) IN (256, 384, 512)", "n_is_a_modulus"),
    sqlite_with_rowid=False,
)
