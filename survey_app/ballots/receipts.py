"""Receipts: proof of being counted, not of what was answered."""

from survey_app.ballots import crockford
from survey_app.ballots.encodings import HASH_BYTES, H, context

SHOWN_BYTES = 20


def commitment(opener: bytes, answers: bytes) -> bytes:
    """Binds the answers; the 32 random bytes of the opener hide them."""
    if len(opener) != HASH_BYTES:
        raise ValueError("An opener has 32 bytes.")
    return H(b"survey_app/answers/v1\0" + opener + answers)


def receipt(nonce_hash: bytes, committed: bytes) -> bytes:
    return H(b"survey_app/receipt/v1\0" + nonce_hash + committed)


def comment_receipt(opener: bytes, poll_id: str, unit_id: str, item: str, text: str) -> bytes:
    """A comment's own receipt, made from its own random opener alone: nothing of the ballot enters it, so nothing leads back."""
    if len(opener) != HASH_BYTES:
        raise ValueError("An opener has 32 bytes.")
    bound = context(poll_id, unit_id) + b"\0" + item.encode() + b"\0"
    return H(b"survey_app/comment/v1\0" + opener + bound + text.encode())


def shown(receipt_bytes: bytes) -> str:
    """A receipt as people see it: eight groups of four letters, its first 20 bytes."""
    return crockford.grouped(crockford.written(receipt_bytes[:SHOWN_BYTES]))
