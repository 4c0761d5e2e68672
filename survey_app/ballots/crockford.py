"""Crockford base32: what people read aloud, copy from paper and type again."""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LETTERS = frozenset(ALPHABET)


def written(data: bytes) -> str:
    """Bytes whose bits divide by five, as letters without groups: 20 bytes give 32 letters."""
    if len(data) * 8 % 5:
        raise ValueError(f"{len(data)} bytes do not fill whole letters of five bits.")
    number = int.from_bytes(data, "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(len(data) * 8 - 5, -1, -5))


def grouped(letters: str) -> str:
    """`7K4MQ2XR` as `7K4M-Q2XR`."""
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def read(typed: str) -> str | None:
    """The letters somebody meant: case, blanks, hyphens, full-width forms and O/0, I/l/1 do not matter. None for anything else."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    kept = "".join(letter for letter in plain if not (letter.isspace() or unicodedata.category(letter) == "Pd"))
    meant = kept.translate(_READ_AS)
    return meant if _LETTERS.issuperset(meant) else None
