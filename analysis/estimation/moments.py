"""Number, means and centred cross products of items, added up block by block: all that scales and drivers need."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.estimation.vectors import Matrix, Vector, complete_rows, item_matrix

BLOCK = 8_192  # respondents turned into numbers at once: 40 items of them lie in the processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """`n` complete respondents; `means` (items,); `products` (items, items), the sums of products of deviations."""

    n: int
    means: Vector
    products: Matrix

    def __add__(self, other: "Moments") -> "Moments":
        """Both together, by Chan, Golub & LeVeque (1983): nothing is lost when sums are large and spreads small."""
        if not other.n:
            return self
        if not self.n:
            return other
        n, gap = self.n + other.n, other.means - self.means
        shared = np.outer(gap, gap) * (self.n * other.n / n)
        return Moments(n, self.means + gap * (other.n / n), self.products + other.products + shared)

    @property
    def covariance(self) -> Matrix:
        """Shape (items, items), with n - 1; needs two respondents."""
        return self.products / (self.n - 1)


def moments(answers: npt.ArrayLike) -> Moments:
    """Moments of the complete rows of (respondents, items), NaN where an answer is missing."""
    rows = complete_rows(item_matrix(answers))
    n_items = rows.shape[1]
    if not len(rows):
        return Moments(0, np.zeros(n_items), np.zeros((n_items, n_items)))
    means = rows.mean(axis=0)
    centred = rows - means
    return Moments(len(rows), means, centred.T @ centred)


def coded_moments(columns: Sequence[npt.NDArray[np.int8]], worth: Sequence[Sequence[float | None]]) -> Moments:
    """Moments of columns of codes as a frame holds them, without ever holding them as floats.

    Inputs: one int8 column of codes (respondents,) for each item; `worth` for each item what each code is worth, None
    where it is no answer. Codes below 0 (blank, off path) are missing. Only respondents with all items count.
    """
    centres = np.array([_centre(each) for each in worth])
    tables = [_table(each, centre) for each, centre in zip(worth, centres, strict=True)]
    k, size = len(columns), len(columns[0]) if len(columns) else 0
    n, sums, products = 0, np.zeros(k), np.zeros((k, k))
    room = np.empty((k, min(size, BLOCK)))
    for start in range(0, size, BLOCK):
        values = _block(columns, tables, start, room[:, : min(BLOCK, size - start)])
        n += values.shape[1]
        sums += values.sum(axis=1)
        products += values @ values.T
    means = sums / max(n, 1)
    return Moments(n, means + centres * (n > 0), products - n * np.outer(means, means))


def _centre(worth: Iterable[float | None]) -> float:
    """Somewhere in the middle of what codes are worth: squares about it stay small, and sums of whole numbers exact."""
    known = [each for each in worth if each is not None]
    return (min(known) + max(known)) / 2 if known else 0.0


def _table(worth: Iterable[float | None], centre: float) -> Vector:
    table = np.full(256, np.nan)
    known = [np.nan if each is None else each - centre for each in worth]
    table[: len(known)] = known
    return table


def _block(columns: Sequence[npt.NDArray[np.int8]], tables: Sequence[Vector], start: int, room: Matrix) -> Matrix:
    for row, column, table in zip(room, columns, tables, strict=True):
        np.take(table, column[start : start + room.shape[1]].view(np.uint8), out=row, mode="clip")
    missing = np.isnan(room.sum(axis=0))
    return room[:, ~missing] if missing.any() else room
