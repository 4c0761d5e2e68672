"""Codes of paper slips: 15 random letters (75 bits) and one check letter, in four groups of four.

The letters c0..c15 are numbers 0..31 read as elements of GF(32) with x^5 = x^2 + 1. The check letter c15 makes
c0 + c1 a + c2 a^2 + ... + c15 a^15 = 0 (a = x). As the powers differ, every single wrong letter and every exchange
of two letters is noticed before the database is asked.
"""

import secrets

from survey_app.ballots import crockford
from survey_app.ballots.encodings import H

LETTERS = 16
_POLYNOMIAL = 0b100101
_INVERSE_OF_X = 0b10010  # x * (x^4 + x) = x^5 + x^2 = 1


def _times(first: int, second: int) -> int:
    product = 0
    while second:
        if second & 1:
            product ^= first
        second >>= 1
        first <<= 1
        if first & 0b100000:
            first ^= _POLYNOMIAL
    return product


def _sum(numbers: list[int]) -> int:
    """c0 + c1 a + ... by Horner's rule, from the last letter down."""
    total = 0
    for number in reversed(numbers):
        total = _times(total, 2) ^ number
    return total


def _divisor() -> int:
    """1 / a^15: turns the sum of the first fifteen into the check number."""
    power = 1
    for _ in range(LETTERS - 1):
        power = _times(power, _INVERSE_OF_X)
    return power


_TO_CHECK = _divisor()


def check_letter(fifteen: str) -> str:
    numbers = [crockford.ALPHABET.index(letter) for letter in fifteen]
    return crockford.ALPHABET[_times(_sum(numbers), _TO_CHECK)]


def drawn() -> str:
    """A new code as printed: `7K4M-Q2XR-9TFH-3WZB`."""
    fifteen = "".join(secrets.choice(crockford.ALPHABET) for _ in range(LETTERS - 1))
    return crockford.grouped(fifteen + check_letter(fifteen))


def read(typed: str) -> str | None:
    """The sixteen letters of a typed code without groups, or None when it cannot be a code (length, letters, check letter)."""
    letters = crockford.read(typed)
    if letters is None or len(letters) != LETTERS or check_letter(letters[:-1]) != letters[-1]:
        return None
    return letters


def code_hash(poll_id: str, letters: str) -> bytes:
    """What the ballot box keeps of a code. 75 random bits need no salt; the poll's id keeps polls apart."""
    return H(b"survey_app/slip/v1\0" + poll_id.encode() + b"\0" + letters.encode())
