"""The encodings of the ballot protocol: what is hashed, byte for byte (`survey_app/ballot/v1`)."""

import base64
import re
from hashlib import sha384

HASH_BYTES = 32
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
_ID = re.compile(r"[a-z0-9-]{1,32}", re.ASCII)


def is_id(text: str) -> bool:
    """Ids of polls and units stand inside hashed bytes: one spelling only."""
    return _ID.fullmatch(text) is not None


def H(data: bytes) -> bytes:  # noqa: N802  (the protocol's name)
    """The only hash of the protocol: the first 32 bytes of SHA-384."""
    return sha384(data).digest()[:HASH_BYTES]


def context(poll_id: str, unit_id: str) -> bytes:
    """What binds a ballot to its poll and reporting unit."""
    if not (is_id(poll_id) and is_id(unit_id)):
        raise ValueError("An id is one to 32 of a-z, 0-9 and hyphen.")
    return b"survey_app/ballot/v1\0" + poll_id.encode() + b"\0" + unit_id.encode()


def prepared(prefix: bytes, poll_id: str, unit_id: str) -> bytes:
    """RFC 9474 Prepare: 32 random bytes before the context. Slip and open ballots use the submission nonce as prefix."""
    if len(prefix) != HASH_BYTES:
        raise ValueError("A prefix has 32 bytes.")
    return prefix + context(poll_id, unit_id)


def nonce_hash(prepared_message: bytes) -> bytes:
    """The key of a ballot: says nothing of who, and the same submission finds its ballot again."""
    return H(b"survey_app/nonce/v1\0" + prepared_message)


def to_base64url(data: bytes) -> str:
    """Bytes in JSON: base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: object, length: int | None = None) -> bytes:
    """The bytes of a JSON text; raises ValueError for another alphabet, length or a second way to write the same bytes."""
    if not isinstance(text, str) or not _BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        raise ValueError("This is not base64url without padding.")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_base64url(data) != text or (length is not None and len(data) != length):
        raise ValueError("These are not the bytes that belong here.")
    return data
