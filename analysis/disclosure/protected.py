"""Groups somebody could name, whose answers must not follow from what is published: nameable, and fewer than k people."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from analysis.disclosure.exchanges import Atom

MOST_SIBLINGS = 10  # unions of more small siblings than this are left to the fingerprints of the elimination

People = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """A protected group: atoms of a two-way table and how many people it has (1 to k - 1)."""

    atoms: tuple[Atom, ...]
    n: int


def protected_groups(people: People, minimum: int) -> tuple[Group, ...]:
    """Every nameable group of 1 to minimum - 1 people in a two-way table of people, shape (rows, columns).

    They are: cells nobody plans to print (unit x category), whole rows and columns (units that went into the pool, small
    categories), what a row or the total leaves when one planned part is taken away (differences of nested cells), and
    unions of small siblings (cells of one row or column, small rows, small columns) that together stay under `minimum`.
    """
    found = {frozenset(atoms): n for atoms, n in _all(people, minimum) if 0 < n < minimum}
    return tuple(Group(tuple(sorted(atoms)), n) for atoms, n in found.items())


def _all(people: People, minimum: int) -> Iterator[tuple[tuple[Atom, ...], int]]:
    rows, columns = people.shape
    there = people > 0
    everybody = _atoms(there, range(rows), range(columns))
    total = int(people.sum())
    row_atoms = [_atoms(there, [row], range(columns)) for row in range(rows)]
    column_atoms = [_atoms(there, range(rows), [column]) for column in range(columns)]
    row_sums, column_sums = people.sum(axis=1), people.sum(axis=0)
    families: list[list[tuple[Atom, ...]]] = [
        *(_cells(there, [row], range(columns)) for row in range(rows)),
        *(_cells(there, range(rows), [column]) for column in range(columns)),
        row_atoms,
        column_atoms,
    ]
    for family in families:
        yield from _small_unions([(atoms, int(sum(people[atom] for atom in atoms))) for atoms in family], minimum)
    for atoms, n in zip((*row_atoms, *column_atoms), (*row_sums, *column_sums), strict=True):
        if total - n < minimum:
            yield tuple(sorted(set(everybody) - set(atoms))), total - int(n)


def _small_unions(family: list[tuple[tuple[Atom, ...], int]], minimum: int) -> Iterator[tuple[tuple[Atom, ...], int]]:
    small = [(atoms, n) for atoms, n in family if 0 < n < minimum]
    yield from small
    if len(small) > MOST_SIBLINGS:
        return
    for size in range(2, min(minimum, len(small) + 1)):
        for union in combinations(small, size):
            n = sum(each for _, each in union)
            if n < minimum:
                yield tuple(atom for atoms, _ in union for atom in atoms), n


def _cells(there: npt.NDArray[np.bool_], rows: range | list[int], columns: range | list[int]) -> list[tuple[Atom, ...]]:
    return [(atom,) for atom in _atoms(there, rows, columns)]


def _atoms(there: npt.NDArray[np.bool_], rows: range | list[int], columns: range | list[int]) -> tuple[Atom, ...]:
    return tuple((row, column) for row in rows for column in columns if there[row, column])
