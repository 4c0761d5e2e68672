"""Sealed boxes (SQLite files with the tables poll, unit, ballot, comment) as blocks of a frame.

SQLite joins the answers of a range of keys into one text, so no Python object is made for a single ballot. Keys are
hashes: a range of their first bytes holds about the same number of ballots everywhere.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.frame.codebook import Codebook, UnreadableAnswers
from analysis.frame.columns import BLOCK, Frame, UnitIndex, frame_of_block

Numbers64 = npt.NDArray[np.uint64]
_BASE = np.uint64(1_099_511_628_211)
_COUNT = "SELECT coalesce(sum(n_ballots), 0) FROM unit"
_COMMENTS = "SELECT unit_id, item, count(*) FROM comment GROUP BY unit_id, item"
RANGE = (
    "SELECT count(*), CAST(group_concat(unit_id, ',') AS BLOB), CAST(group_concat(answers, '') AS BLOB) "
    "FROM ballot WHERE nonce_hash >= ? AND nonce_hash < ?"
)


def box_frames(path: Path, book: Codebook, units: Sequence[str], block: int = BLOCK) -> Iterator[Frame]:
    """The ballots of a box, about `block` at a time; raises UnreadableAnswers if any cannot be read."""
    ids = UnitIds(units)
    with closing(_opened(path)) as box:
        n_ballots = int(box.execute(_COUNT).fetchone()[0])
        seen = 0
        for edges in key_ranges(n_ballots, block):
            n, names, answers = box.execute(RANGE, edges).fetchone()
            if n:
                seen += n
                yield frame_of_block(book, tuple(units), ids.places(names, n), answers)
        if seen != n_ballots:
            raise UnreadableAnswers(f"The box counts {n_ballots} ballots but holds {seen}.")


def box_comments(path: Path) -> dict[tuple[str, str], int]:
    """How many comments each (unit, item) has. Their words are read by frame.comments alone."""
    with closing(_opened(path)) as box:
        return {(unit, item): int(n) for unit, item, n in box.execute(_COMMENTS)}


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def key_ranges(n_ballots: int, block: int) -> Iterator[tuple[bytes, bytes]]:
    """Key ranges that cover every key: about n_ballots / block of them, at most 65,536."""
    parts = min(65536, max(1, -(-n_ballots // block)))
    edges = [b"", *((65536 * part // parts).to_bytes(2, "big") for part in range(1, parts)), b"\xff" * 33]
    yield from pairwise(edges)


class UnitIds:
    """Finds the places of unit ids, many at a time.

    Each id becomes one number (its bytes as digits of a large odd base, modulo 2^64); the ids of the poll are checked to
    give different numbers, and the ids found are looked up among them.
    """

    def __init__(self, units: Sequence[str]) -> None:
        numbers = _id_numbers("".join(f"{unit}," for unit in units).encode())
        if np.unique(numbers).size != len(units):
            raise UnreadableAnswers("Two units of the poll cannot be told apart.")
        self._order = np.argsort(numbers)
        self._sorted = numbers[self._order]

    def places(self, names: bytes, n: int) -> UnitIndex:
        """The places of n ids joined by commas. Raises UnreadableAnswers for an id the poll does not have."""
        found = _id_numbers(names + b",")
        place = np.searchsorted(self._sorted, found)
        place[place == self._sorted.size] = 0
        if found.size != n or not self._sorted.size or (self._sorted[place] != found).any():
            raise UnreadableAnswers("A ballot names a unit the poll does not have.")
        return self._order[place].astype(np.int32)


def _id_numbers(names: bytes) -> Numbers64:
    """One number for each id in a text of ids that each end with a comma."""
    data = np.frombuffer(names, np.uint8)
    ends = np.flatnonzero(data == 44)
    starts = np.concatenate((np.zeros(min(1, ends.size), np.intp), ends[:-1] + 1))
    lengths = ends - starts
    numbers = np.zeros(ends.size, np.uint64)
    for place in range(int(lengths.max(initial=0))):
        within = lengths > place
        byte = data.take(np.where(within, starts + place, 0)).astype(np.uint64)
        numbers = np.where(within, numbers * _BASE + byte + np.uint64(1), numbers)
    return numbers
