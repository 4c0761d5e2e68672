"""Private keys at rest: locked with a key that is derived from the instance's secret, so a copy of the database alone signs nothing."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class WrongSecret(Exception):  # noqa: N818 - errors are plain nouns
    """What is locked here was not locked with this secret, or was changed."""


class KeySafe:
    """Locks and unlocks private keys; `secret`: the instance's. What is locked fits its slot and name alone."""

    __slots__ = ("_cipher",)

    def __init__(self, secret: str) -> None:
        derived = HKDF(SHA384(), 32, salt=None, info=b"survey_app/keys/v1").derive(secret.encode())
        self._cipher = AESGCM(derived)

    def locked(self, slot_id: str, name: str, private: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, private, _bound(slot_id, name))

    def unlocked(self, slot_id: str, name: str, kept: bytes) -> bytes:
        """The key again; raises WrongSecret."""
        try:
            return self._cipher.decrypt(kept[:_NONCE], kept[_NONCE:], _bound(slot_id, name))
        except InvalidTag:
            raise WrongSecret("The keys of this instance were locked with another secret.") from None


def _bound(slot_id: str, name: str) -> bytes:
    return slot_id.encode() + b"\0" + name.encode()
