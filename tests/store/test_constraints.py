"""The databases themselves refuse what must not be stored, whoever writes it."""

from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from survey_app.store.ballot_box import ballot, box_poll, comment, slip_code
from survey_app.store.engines import Stores

HASH = bytes(32)
BALLOT = {
    "poll_id": "p",
    "nonce_hash": HASH,
    "unit_id": "b01",
    "answers": b"[1,2]",
    "opener": HASH,
    "receipt": HASH,
}
COMMENT = {"poll_id": "p", "receipt": HASH, "unit_id": "b01", "item": "q1", "text": "好", "opener": HASH}
SLIP = {"poll_id": "p", "code_hash": HASH, "unit_id": "b01", "used": 0}
POLL = {
    "poll_id": "p",
    "way": "slip",
    "first_day": "2026-11-02",
    "last_day": "2026-11-20",
    "state": "frozen",
    "fingerprint": "-".join(["ABCD"] * 8),
    "document": b"{}",
    "facts": b"{}",
}


@pytest.mark.parametrize(("table", "row"), [(ballot, BALLOT), (comment, COMMENT), (slip_code, SLIP), (box_poll, POLL)])
def test_a_right_row_is_taken(stores: Stores, table: Any, row: dict[str, Any]) -> None:
    with stores.ballot_box.begin() as connection:
        connection.execute(insert(table), row)


@pytest.mark.parametrize(
    ("table", "row", "wrong"),
    [
        (ballot, BALLOT, {"nonce_hash": bytes(31)}),
        (ballot, BALLOT, {"receipt": bytes(33)}),
        (ballot, BALLOT, {"opener": b""}),
        (ballot, BALLOT, {"answers": b'{"name":"wang"}'}),
        (ballot, BALLOT, {"answers": b"["}),
        (ballot, BALLOT, {"answers": b"[" + b"1," * 5000}),
        (comment, COMMENT, {"text": ""}),
        (comment, COMMENT, {"text": "长" * 5001}),
        (slip_code, SLIP, {"used": 2}),
        (slip_code, SLIP, {"code_hash": b"7K4MQ2XR9TFH3WZB"}),
        (box_poll, POLL, {"first_day": "2026-11-02 08:00"}),
        (box_poll, POLL, {"first_day": "2026-11-21"}),
        (box_poll, POLL, {"state": "reopened"}),
        (box_poll, POLL, {"way": "named"}),
    ],
)
def test_a_wrong_row_is_refused_by_the_database(
    stores: Stores, table: Any, row: dict[str, Any], wrong: dict[str, Any]
) -> None:
    with pytest.raises(DBAPIError, match="ck_"), stores.ballot_box.begin() as connection:
        connection.execute(insert(table), row | wrong)
