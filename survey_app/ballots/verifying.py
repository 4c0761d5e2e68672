"""Is this ticket signed by the key of its unit? RSASSA-PSS with SHA-384, by the library `cryptography`."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA384

from survey_app.ballots.keys import PublicKey


def is_signed(key: PublicKey, prepared: bytes, signature: bytes, salt_length: int = 48) -> bool:
    """Whether the signature has exactly the key's length, is below n and fits the prepared message."""
    if len(signature) != key.size or signature >= key.n_bytes:
        return False
    try:
        _library_key(key.n).verify(signature, prepared, _padding(salt_length), _HASH)
    except InvalidSignature:
        return False
    return True


_HASH = SHA384()


@lru_cache(maxsize=4)
def _padding(salt_length: int) -> padding.PSS:
    return padding.PSS(mgf=padding.MGF1(SHA384()), salt_length=salt_length)


@lru_cache(maxsize=4096)
def _library_key(n: int) -> rsa.RSAPublicKey:
    return rsa.RSAPublicNumbers(65537, n).public_key()
