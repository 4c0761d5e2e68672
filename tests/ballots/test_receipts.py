"""Encodings and receipts against vectors made by three independent programs (data/receipts.json, hexadecimal)."""

import json
from pathlib import Path

import pytest

from survey_app.ballots import encodings, receipts

VECTORS = json.loads((Path(__file__).parent / "data" / "receipts.json").read_text())


@pytest.mark.parametrize("vector", VECTORS)
def test_a_receipt_is_made_as_the_protocol_says(vector: dict[str, str]) -> None:
    _, poll_id, unit_id = bytes.fromhex(vector["context"]).decode().split("\0")
    prepared = encodings.prepared(bytes.fromhex(vector["prefix"]), poll_id, unit_id)
    nonce_hash = encodings.nonce_hash(prepared)
    committed = receipts.commitment(bytes.fromhex(vector["opener"]), vector["answers"].encode())
    assert prepared.hex() == vector["prepared"]
    assert nonce_hash.hex() == vector["nonce_hash"]
    assert committed.hex() == vector["commitment"]
    assert receipts.receipt(nonce_hash, committed).hex() == vector["receipt"]


def test_a_receipt_is_shown_in_eight_groups_of_four() -> None:
    assert receipts.shown(bytes(32)) == "-".join(["0000"] * 8)
    assert receipts.shown(b"\xff" * 20 + bytes(12)) == "-".join(["ZZZZ"] * 8)


@pytest.mark.parametrize("bad", ["", "Poll", "poll_1", "poll\0x", "调查", "a" * 33, "a\n"])
def test_an_id_that_could_be_read_in_two_ways_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="id"):
        encodings.context(bad, "b01")
    with pytest.raises(ValueError, match="id"):
        encodings.context("poll", bad)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_random_values_of_a_wrong_length_are_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        encodings.prepared(bytes(length), "poll", "b01")
    with pytest.raises(ValueError, match="32 bytes"):
        receipts.commitment(bytes(length), b"[]")
    with pytest.raises(ValueError, match="32 bytes"):
        receipts.comment_receipt(bytes(length), "poll", "b01", "q1", "text")


def test_a_comment_receipt_binds_poll_unit_item_and_text() -> None:
    opener = bytes(32)
    made = {
        receipts.comment_receipt(opener, *given)
        for given in (
            ("p1", "b01", "q1", "text"),
            ("p2", "b01", "q1", "text"),
            ("p1", "b02", "q1", "text"),
            ("p1", "b01", "q2", "text"),
            ("p1", "b01", "q1", "texts"),
        )
    }
    assert len(made) == 5
