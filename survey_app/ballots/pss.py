"""EMSA-PSS with SHA-384 (RFC 8017, 9.1.1): the padded message that is blinded and signed."""

from hashlib import sha384

DIGEST = 48
SALT = 48


def mask(seed: bytes, length: int) -> bytes:
    """MGF1-SHA384: `length` bytes grown from the seed."""
    blocks = -(-length // DIGEST)
    return b"".join(sha384(seed + block.to_bytes(4, "big")).digest() for block in range(blocks))[:length]


def encoded(message: bytes, salt: bytes, modulus_bits: int) -> bytes:
    """The encoded message for a modulus of this many bits; `salt`: 48 random bytes in the product's variant."""
    bits = modulus_bits - 1
    length = -(-bits // 8)
    digest = sha384(b"\0" * 8 + sha384(message).digest() + salt).digest()
    data = b"\0" * (length - len(salt) - DIGEST - 2) + b"\1" + salt
    masked = bytearray(a ^ b for a, b in zip(data, mask(digest, len(data)), strict=True))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + digest + b"\xbc"
