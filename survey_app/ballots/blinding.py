"""The member's side of a blind signature (RFC 9474): blind, let sign, finalize. The browser does the same in its script.

The signer sees `blinded` alone, which is as likely for any ticket as for any other: even with the private key and
unlimited computing power, every pair of a signing and a ballot is explained by exactly one blinding factor.
"""

from dataclasses import dataclass, field
from math import gcd

from survey_app.ballots.keys import PublicKey
from survey_app.ballots.pss import encoded
from survey_app.ballots.verifying import is_signed


class BadBlinding(ValueError):  # noqa: N818 - errors are plain nouns
    """The blinding factor or what the signer sent back cannot be used."""


@dataclass(frozen=True, slots=True)
class Blinded:
    """What goes to the signer, and the inverse of the blinding factor, which stays with the member."""

    blinded: bytes
    inverse: int = field(repr=False)


def blind(key: PublicKey, prepared: bytes, salt: bytes, factor: int) -> Blinded:
    """Hide a prepared message behind a random factor r in 2..n-2; raises BadBlinding for one that has no inverse."""
    number = int.from_bytes(encoded(prepared, salt, key.n.bit_length()), "big")
    if not 1 < factor < key.n - 1 or gcd(factor, key.n) != 1 or gcd(number, key.n) != 1:
        raise BadBlinding("This blinding factor cannot be used.")
    hidden = number * pow(factor, key.e, key.n) % key.n
    return Blinded(hidden.to_bytes(key.size, "big"), pow(factor, -1, key.n))


def finalize(key: PublicKey, prepared: bytes, blind_signature: bytes, inverse: int, salt_length: int = 48) -> bytes:
    """The ticket's signature; raises BadBlinding unless it verifies, so a bad answer of the server is never kept."""
    number = int.from_bytes(blind_signature, "big")
    if len(blind_signature) != key.size or number >= key.n:
        raise BadBlinding("The signature that came back has the wrong length.")
    signature = (number * inverse % key.n).to_bytes(key.size, "big")
    if not is_signed(key, prepared, signature, salt_length):
        raise BadBlinding("The signature that came back is not one of this key.")
    return signature
