"""The ballot box's signature on a receipt: whoever holds one and misses the receipt in the sealed list has proof of fraud."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from survey_app.ballots.encodings import is_id


def new_ack_key() -> bytes:
    """A fresh private key of a poll, 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def ack_public(private: bytes) -> bytes:
    """The public key, 32 bytes, as the manifest shows it."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def acknowledge(private: bytes, poll_id: str, receipt: bytes) -> bytes:
    """64 bytes; the same receipt always gets the same."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(_told(poll_id, receipt))


def is_acknowledged(public: bytes, poll_id: str, receipt: bytes, ack: bytes) -> bool:
    """Whether the poll's key signed this receipt."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(ack, _told(poll_id, receipt))
    except (InvalidSignature, ValueError):
        return False
    return True


def _told(poll_id: str, receipt: bytes) -> bytes:
    if not is_id(poll_id):
        raise ValueError("An id is one to 32 of a-z, 0-9 and hyphen.")
    return b"survey_app/ack/v1\0" + poll_id.encode() + b"\0" + receipt
