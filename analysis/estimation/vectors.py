"""Arrays as the statistics take them: finite numbers by unit, and item matrices in which NaN is a missing answer."""

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]

HAIR = 1e-150  # put where a spread is 0, so that a division by it is very large, or 0 / HAIR = 0, and never undefined


def unit_numbers(values: npt.ArrayLike) -> Vector:
    """One finite number for each unit, shape (units,); a unit without a figure is left out by the caller."""
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.ndim != 1 or not np.all(np.isfinite(numbers)):
        raise ValueError("One finite number for each unit is needed; leave out units without a figure.")
    return numbers


def item_matrix(answers: npt.ArrayLike) -> Matrix:
    """Answers as (respondents, items), NaN where missing; infinite numbers are no answers."""
    matrix = np.asarray(answers, dtype=np.float64)
    if matrix.size == 0 and matrix.ndim < 2:
        matrix = matrix.reshape(0, 0)
    if matrix.ndim != 2 or np.any(np.isinf(matrix)):
        raise ValueError("Answers are needed as respondents by items, missing ones as NaN.")
    return matrix


def is_complete(matrix: Matrix) -> npt.NDArray[np.bool_]:
    """Which rows miss nothing, shape (rows,)."""
    return np.asarray(~np.isnan(matrix).any(axis=1), dtype=np.bool_)


def complete_rows(matrix: Matrix) -> Matrix:
    """The respondents who answered every item, shape (complete, items)."""
    return matrix[is_complete(matrix)]


def present(values: npt.ArrayLike) -> Vector:
    """The answers that are there, as one row of floats: NaN, and every number that is not finite, is missing."""
    given = np.asarray(values, dtype=np.float64).ravel()
    return given[np.isfinite(given)]
