"""Rule 5: what can be published so that no protected group is a linear combination of it, exactly, modulo a prime."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PRIME = 2147483629  # near 2^31: the product of two residues still fits int64
_KEYS = 3  # random columns of a fingerprint: two vectors that are not proportional look so with probability 2^-62

Vector = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cell:
    """A group that could be published: its id and the atoms (smallest groups) it consists of."""

    id: str
    atoms: Vector


def publishable(
    cells: Sequence[Cell],
    protected: Iterable[Sequence[int]],
    n_atoms: int,
    sizes: Sequence[int] | None = None,
    minimum: int = 5,
) -> tuple[str, ...]:
    """The ids of the cells that may be published, taken in the order given (the important ones first).

    Inputs: `cells` with the indices of their atoms; `protected` groups as indices of atoms; `sizes` respondents per
    protected group, if unions of two protected groups that together have fewer than `minimum` are to be kept apart too.
    Returns the ids of the cells kept. Guarantee: no protected group (or such union) is a linear combination of the
    published cells; so no figure that adds up over people (a count, a mean times its base) of theirs follows.

    Formula: the published cells are held in reduced row echelon form modulo PRIME. A cell is refused if it would make
    the remainder of a protected group vanish, that is if the group's remainder is proportional to the cell's own.
    Remainders are compared by fingerprints (their products with random vectors), which can only refuse too much, with
    probability 2^-62. It misleads when taken for the whole guarantee: counts are never negative, and zeros can pin a
    group that no equation gives away (analysis.disclosure.attack looks for that). Reference: Langsrud (2024),
    Secondary cell suppression by Gaussian elimination. Checked against: rational elimination in the tests.
    """
    groups = [np.asarray(each, np.intp) for each in protected]
    span = _Span(n_atoms, groups)
    weights = np.asarray(sizes if sizes is not None else [minimum] * len(groups), np.int64)
    kept = []
    for cell in cells:
        remainder = span.remainder(cell.atoms)
        if not remainder.any():
            kept.append(cell.id)
        elif not span.would_give_away(remainder, weights, minimum):
            span.add(remainder)
            kept.append(cell.id)
    return tuple(kept)


class _Span:
    """The span of published vectors: reduced rows, their pivots, and fingerprints of rows and protected groups."""

    def __init__(self, n_atoms: int, groups: Sequence[npt.NDArray[np.intp]]) -> None:
        dice = np.random.default_rng(20261123)  # fixed: the same poll gives the same release
        self._keys = dice.integers(1, PRIME, (n_atoms, _KEYS), np.int64)
        self._rows = np.zeros((0, n_atoms), np.int64)
        self._pivots = np.zeros(0, np.intp)
        self._members = np.zeros((len(groups), n_atoms), bool)
        for place, group in enumerate(groups):
            self._members[place, group] = True
        self._prints = np.array([self._keys[group].sum(axis=0) % PRIME for group in groups]).reshape(-1, _KEYS)

    def remainder(self, atoms: Vector) -> Vector:
        """What is left of a cell's indicator after the published rows are taken away."""
        vector = np.zeros(self._keys.shape[0], np.int64)
        vector[atoms] = 1
        inside = vector[self._pivots] == 1
        left: Vector = (vector - self._rows[inside].sum(axis=0)) % PRIME
        return left

    def would_give_away(self, remainder: Vector, sizes: Vector, minimum: int) -> bool:
        """Whether a protected group, or two that are small together, would be in the span with this remainder."""
        if not len(self._members):
            return False
        own = _dot(remainder[None, :], self._keys)[0]
        rows = _dot(self._rows, self._keys)
        prints = (self._prints - self._members[:, self._pivots].astype(np.int64) @ rows) % PRIME
        crossed = np.stack(
            [(prints[:, one] * own[other] - prints[:, other] * own[one]) % PRIME for one, other in ((0, 1), (1, 2))],
            axis=1,
        )
        if (crossed == 0).all(axis=1).any():
            return True
        return _pairs_vanish(crossed, sizes, minimum)

    def add(self, remainder: Vector) -> None:
        pivot = int(np.flatnonzero(remainder)[0])
        row = remainder * pow(int(remainder[pivot]), -1, PRIME) % PRIME
        factors = self._rows[:, pivot]
        hit = np.flatnonzero(factors)
        self._rows[hit] = (self._rows[hit] - factors[hit, None] * row % PRIME) % PRIME
        self._rows = np.vstack([self._rows, row])
        self._pivots = np.append(self._pivots, pivot)


def _pairs_vanish(crossed: Vector, sizes: Vector, minimum: int) -> bool:
    tiny = np.flatnonzero(sizes < minimum - 1)
    seen: dict[tuple[int, int], int] = {}
    for place in tiny[np.argsort(sizes[tiny], kind="stable")]:
        first, second = int(crossed[place, 0]), int(crossed[place, 1])
        other = seen.get((-first % PRIME, -second % PRIME))
        if other is not None and sizes[other] + sizes[place] < minimum:
            return True
        seen.setdefault((first, second), place)  # the smallest with this remainder
    return False


def _dot(rows: Vector, keys: Vector) -> Vector:
    """A product modulo PRIME without overflow: residues are split into halves of 16 bits."""
    high, low = rows >> 16, rows & 0xFFFF
    product: Vector = ((high @ keys % PRIME) * 65536 + low @ keys) % PRIME
    return product
