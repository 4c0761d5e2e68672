"""RSA keys of reporting units: one for each (slot, unit), e = 65537 always, destroyed when the poll is sealed."""

from dataclasses import dataclass, field
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import rsa

from survey_app.ballots.encodings import H

E = 65537
BITS = (2048, 3072, 4096)  # 2048 is made; a longer one may be asked for


class BadKey(ValueError):  # noqa: N818 - errors are plain nouns
    """A key that must not be used: the message says which rule it breaks."""


@dataclass(frozen=True)
class PublicKey:
    """The modulus of one unit. Raises BadKey: other exponents, even or odd-sized moduli could mark a person's ticket."""

    n: int
    e: int = E

    def __post_init__(self) -> None:
        if self.e != E:
            raise BadKey("The exponent of a ticket key is 65537.")
        if self.n.bit_length() not in BITS:
            raise BadKey("A ticket key has 2048, 3072 or 4096 bits.")
        if self.n % 2 == 0:
            raise BadKey("The modulus of a ticket key is odd.")

    @property
    def size(self) -> int:
        """Bytes of the modulus, and so of every blinded message and signature."""
        return self.n.bit_length() // 8

    @cached_property
    def n_bytes(self) -> bytes:
        return self.n.to_bytes(self.size, "big")

    @cached_property
    def key_id(self) -> bytes:
        return H(self.n_bytes)

    @classmethod
    def from_bytes(cls, n: bytes) -> "PublicKey":
        """The key of a modulus of exactly its length; raises BadKey."""
        if len(n) * 8 not in BITS:
            raise BadKey("A ticket key has 2048, 3072 or 4096 bits.")
        return cls(int.from_bytes(n, "big"))


@dataclass(frozen=True)
class PrivateKey:
    """The two primes, and what the Chinese remainder theorem needs of them."""

    p: int = field(repr=False)
    q: int = field(repr=False)

    @cached_property
    def public(self) -> PublicKey:
        return PublicKey(self.p * self.q)

    @cached_property
    def d_p(self) -> int:
        return pow(E, -1, self.p - 1)

    @cached_property
    def d_q(self) -> int:
        return pow(E, -1, self.q - 1)

    @cached_property
    def q_inverse(self) -> int:
        return pow(self.q, -1, self.p)

    def to_bytes(self) -> bytes:
        """Both primes at half the modulus's length each; keep it encrypted."""
        half = self.public.size // 2
        return self.p.to_bytes(half, "big") + self.q.to_bytes(half, "big")

    @classmethod
    def from_bytes(cls, primes: bytes) -> "PrivateKey":
        half = len(primes) // 2
        return cls(int.from_bytes(primes[:half], "big"), int.from_bytes(primes[half:], "big"))


def new_key(bits: int = 2048) -> PrivateKey:
    """A fresh key; about 0.02 s for 2048 bits."""
    numbers = rsa.generate_private_key(E, bits).private_numbers()
    return PrivateKey(numbers.p, numbers.q)
