"""Other worlds with the same results: people who change places show that nobody's answer is pinned, without a programme."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Atom = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Crossed:
    """One question crossed two ways: `counts` of answers, shape (rows, columns, answers).

    `row_blocks`, `column_blocks`: which of them are published together (equal numbers: only their sum is, or nothing).
    """

    counts: Counts
    row_blocks: npt.NDArray[np.intp]
    column_blocks: npt.NDArray[np.intp]
    siblings: tuple[tuple[npt.NDArray[np.intp], ...], ...] = field(init=False)  # of each row, of each column

    def __post_init__(self) -> None:
        blocks = (self.row_blocks, self.column_blocks)
        own = tuple(tuple(np.flatnonzero(each == block) for block in each) for each in blocks)
        object.__setattr__(self, "siblings", own)


def exchangeable(crossed: Crossed, group: Sequence[Atom], answers: Sequence[int]) -> bool:
    """Whether the group may as well hold nobody with any of these answers, for all a reader of every margin can know.

    True is a proof: there is a table of people with the same answers in every row and every column, the same number of
    people in every cell, and no such answer in the group. So neither exact counts nor means, intervals or any other
    figure of single rows or columns tell that one of the group gave it. False proves nothing; ask attack.minima.

    Formula: one person after the other is made to change places, either with one of a sibling cell that is published
    only together with this one; or by a rectangle: two people of a row exchange their columns, two of another row do the
    opposite. Source: the moves of Diaconis and Sturmfels (1998) for tables with fixed margins.
    """
    counts = crossed.counts.copy()
    inside = np.zeros(counts.shape[:2], bool)
    for atom in group:
        inside[atom] = True
    for atom in group:
        for answer in answers:
            while counts[(*atom, answer)]:
                if not (
                    _swapped(counts, crossed, inside, atom, answer, answers)
                    or _turned(counts, inside, atom, answer, answers)
                ):
                    return False
    return True


def _swapped(
    counts: Counts,
    crossed: Crossed,
    inside: npt.NDArray[np.bool_],
    atom: Atom,
    answer: int,
    answers: Sequence[int],
) -> bool:
    """Exchange with somebody of a sibling cell who gave another answer than these."""
    row, column = atom
    rows, columns = crossed.siblings[0][row], crossed.siblings[1][column]
    if rows.size * columns.size == 1:
        return False
    place = (rows[:, None], columns)
    others = counts[place] > 0
    others[..., list(answers)] = False
    others[inside[place]] = False
    if not others.any():
        return False
    one, two, other = np.unravel_index(int(others.argmax()), others.shape)
    there = (int(rows[one]), int(columns[two]))
    _move(counts, (row, column), answer, int(other))
    _move(counts, there, int(other), answer)
    return True


def _turned(counts: Counts, inside: npt.NDArray[np.bool_], atom: Atom, answer: int, answers: Sequence[int]) -> bool:
    """A rectangle: (row, column) and (row', column') lose the answer, (row, column') and (row', column) gain it."""
    row, column = atom
    gives = (counts[:, :, answer] > 0).astype(np.float32)  # (row', column')
    takes = (counts[:, column, :] > 0).astype(np.float32)  # (row', other)
    gives[row] = 0
    takes[inside[:, column]] = 0
    takes[:, list(answers)] = 0
    possible = (counts[row] > 0) & (gives.T @ takes > 0)
    possible[inside[row]] = False
    if not possible.any():
        return False
    column2, other = (int(each) for each in np.unravel_index(int(possible.argmax()), possible.shape))
    row2 = int((gives[:, column2] * takes[:, other]).argmax())
    _move(counts, (row, column), answer, other)
    _move(counts, (row, column2), other, answer)
    _move(counts, (row2, column2), answer, other)
    _move(counts, (row2, column), other, answer)
    return True


def _move(counts: Counts, atom: Atom, lost: int, gained: int) -> None:
    counts[(*atom, lost)] -= 1
    counts[(*atom, gained)] += 1
