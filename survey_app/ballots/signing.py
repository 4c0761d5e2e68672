"""The registrar's side: signing a blinded message without seeing the ticket.

Every private operation is blinded with a fresh random base (so its duration says nothing of the key) and checked
before it leaves: one wrong bit in a half of the Chinese remainder would give the key away.
"""

import secrets
from collections.abc import Callable

from survey_app.ballots.keys import E, PrivateKey, PublicKey

try:
    from gmpy2 import invert, mpz, powmod, powmod_sec
except ImportError:  # four times slower, the same bytes
    mpz, powmod, powmod_sec = int, pow, pow

    def invert(value: int, modulus: int) -> int:
        return pow(value, -1, modulus)


Power = Callable[[int, int, int], int]


class BadBlindedMessage(ValueError):  # noqa: N818 - errors are plain nouns
    """A blinded message that nobody honest sends: wrong length, 0, 1, n-1 or n and above. No right is used up."""


class SigningFault(RuntimeError):  # noqa: N818 - errors are plain nouns
    """The machine computed wrongly; nothing was released. The same request may be repeated."""


def check_blinded(key: PublicKey, blinded: bytes) -> None:
    """Raises BadBlindedMessage; to be called before the right to a ticket is written down as used."""
    if len(blinded) != key.size:
        raise BadBlindedMessage("A blinded message has exactly the length of the key.")
    if not 1 < int.from_bytes(blinded, "big") < key.n - 1:
        raise BadBlindedMessage("This blinded message cannot be signed.")


def blind_sign(key: PrivateKey, blinded: bytes) -> bytes:
    """The signature of a blinded message: the same message always gives the same bytes, so a retry heals a lost answer.

    Raises BadBlindedMessage, and SigningFault when the result does not verify.
    """
    check_blinded(key.public, blinded)
    n = mpz(key.public.n)
    message = mpz(int.from_bytes(blinded, "big"))
    base = mpz(secrets.randbelow(key.public.n - 3) + 2)
    signature = _private_power(key, message * powmod(base, E, n) % n) * invert(base, n) % n
    if powmod(signature, E, n) != message:
        raise SigningFault("The signature did not verify; nothing was sent.")
    return int(signature).to_bytes(key.public.size, "big")


def _private_power(key: PrivateKey, value: int) -> int:
    """value ** d mod n from its two halves (Garner)."""
    p, q = mpz(key.p), mpz(key.q)
    first, second = powmod_sec(value % p, mpz(key.d_p), p), powmod_sec(value % q, mpz(key.d_q), q)
    return int(second + q * ((first - second) * mpz(key.q_inverse) % p))
