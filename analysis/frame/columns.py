"""The frame: one row per ballot, one contiguous int8 column per thing measured."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from analysis.frame.answer_parser import Codes, Numbers, parsed
from analysis.frame.codebook import Codebook, UnreadableAnswers

BLOCK = 8192  # ballots parsed at once: their bytes stay in the processor's cache

UnitIndex = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Answers of some ballots (all of a poll, or one block of them).

    `codes`: int8, shape (columns of the codebook, ballots), each column contiguous; -1 blank, -2 off path.
    `numbers`: int32, shape (number and date columns, ballots), the same marks. `unit`: index into `units` per ballot.
    The order of the ballots means nothing.
    """

    codebook: Codebook
    units: tuple[str, ...]
    unit: UnitIndex
    codes: Codes
    numbers: Numbers

    @property
    def n_ballots(self) -> int:
        return int(self.unit.size)

    def column(self, name: str) -> Codes:
        """The int8 column of this name; KeyError if there is none."""
        column: Codes = self.codes[self.codebook.place[name]]
        return column

    def number(self, name: str) -> Numbers:
        column: Numbers = self.numbers[self.codebook.numbers.index(name)]
        return column


def frame_of(book: Codebook, units: Sequence[str], ballots: Iterable[tuple[str, bytes]]) -> Frame:
    """The frame of (unit, stored answers) pairs. Raises UnreadableAnswers for a unit that is not in `units`."""
    return merged(book, units, frames_of(book, units, ballots))


def frames_of(book: Codebook, units: Sequence[str], ballots: Iterable[tuple[str, bytes]]) -> Iterator[Frame]:
    """The same in blocks, for tallies that never hold all ballots at once."""
    index = {unit: place for place, unit in enumerate(units)}
    rest = iter(ballots)
    while block := list(islice(rest, BLOCK)):
        try:
            unit = np.fromiter((index[each] for each, _ in block), np.int32, len(block))
        except KeyError as unknown:
            raise UnreadableAnswers(f"A ballot names a unit the poll does not have: {unknown.args[0]}.") from None
        yield frame_of_block(book, tuple(units), unit, b"".join(answers for _, answers in block))


def frame_of_block(book: Codebook, units: tuple[str, ...], unit: UnitIndex, block: bytes) -> Frame:
    """The frame of ballots written one after the other; `unit` has one entry per ballot, in the same order."""
    stored, wide = parsed(block, book.n_stored, book.wide)
    if stored.shape[1] != unit.size:
        raise UnreadableAnswers("There are not as many units as ballots.")
    codes = stored if _plain(book) else _expanded(book, stored, wide)
    if codes.size:
        limits = np.array([column.n_codes - 1 for column in book.columns])
        if (codes.max(axis=1) > limits).any() or codes.min() < -2:
            raise UnreadableAnswers("A stored code names a choice the question does not have.")
    numbers = [row for row, source in enumerate(book.wide) if not book.questionnaire.columns[source].choices]
    return Frame(book, units, unit, codes, wide[numbers])


def _plain(book: Codebook) -> bool:
    return len(book.columns) == book.n_stored and not book.wide


def _expanded(book: Codebook, stored: Codes, wide: Numbers) -> Codes:
    """Copy the columns into frame order, one 0/1 column for each option of a mask."""
    row_of = {source: row for row, source in enumerate(book.wide)}
    codes = np.empty((len(book.columns), stored.shape[1]), np.int8)
    for place, column in enumerate(book.columns):
        if column.option is None:
            codes[place] = stored[column.source]
        else:
            mask = wide[row_of[column.source]]
            if mask.size and mask.max() >= 1 << len(column.choices):
                raise UnreadableAnswers("A stored code names a choice the question does not have.")
            np.copyto(codes[place], np.where(mask < 0, mask, mask >> column.option & 1), casting="unsafe")
    return codes


def merged(book: Codebook, units: Sequence[str], frames: Iterable[Frame]) -> Frame:
    """All frames as one; they must share the codebook and the order of the units."""
    parts = list(frames)
    if not parts:
        nothing = np.empty((len(book.columns), 0), np.int8)
        return Frame(book, tuple(units), np.empty(0, np.int32), nothing, np.empty((len(book.numbers), 0), np.int32))
    if any(part.units != tuple(units) for part in parts):
        raise ValueError("Frames of different polls cannot be merged.")
    return Frame(
        book,
        tuple(units),
        np.concatenate([part.unit for part in parts]),
        np.concatenate([part.codes for part in parts], axis=1),
        np.concatenate([part.numbers for part in parts], axis=1),
    )
