"""Signs of answering without reading: to be flagged and shown with and without, never dropped in silence."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.estimation.vectors import Matrix, Vector, complete_rows, is_complete, item_matrix


@dataclass(frozen=True, slots=True)
class Outlyingness:
    """Squared Mahalanobis distance of each respondent; None for who left an item out, all None where `reason` says why."""

    squared: tuple[float | None, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Each respondent's runs of equal answers in a row: length of the longest, and mean length, both (respondents,)."""

    longest: npt.NDArray[np.int64]
    mean: Vector


def answer_runs(answers: npt.ArrayLike) -> Runs:
    """Longest and mean run of identical consecutive answers (longstring).

    Meaning: who gives one answer to many questions in a row may not have read them; or may mean it.

    Inputs: `answers` (respondents, items) in the order in which they stood on the page, NaN where missing. Returns
    lengths in 1 .. items (0 without items).

    Formula: a run ends where the next answer differs; a missing answer ends a run and is one of length 1.

    It misleads where all items point the same way and the branch is simply good: look at the share of a unit beside
    that of the others (domain/assessment.md section 4), and never at one respondent.

    Reference: Curran (2016); Meade & Craig (2012). Checked against: careless 1.2.2 longstring, careless.json.
    """
    matrix = item_matrix(answers)
    n, k = matrix.shape
    if k == 0:
        return Runs(np.zeros(n, dtype=np.int64), np.zeros(n))
    current = np.ones(n, dtype=np.int64)
    longest, count = current.copy(), current.copy()
    for at in range(1, k):
        same = matrix[:, at] == matrix[:, at - 1]
        current = np.where(same, current + 1, 1)
        count += ~same
        np.maximum(longest, current, out=longest)
    return Runs(longest, k / count)


def straight_liners(answers: npt.ArrayLike, *, least: int = 5) -> npt.NDArray[np.bool_]:
    """Who gave one and the same answer to all items answered, and answered at least `least`; shape (respondents,).

    It misleads as `answer_runs` does. Reference: domain/assessment.md section 4 (全部选同一项).
    """
    matrix = item_matrix(answers)
    if not matrix.size:
        return np.zeros(len(matrix), dtype=bool)
    given = ~np.isnan(matrix)
    lowest = np.where(given, matrix, np.inf).min(axis=1)
    highest = np.where(given, matrix, -np.inf).max(axis=1)
    return np.asarray((lowest == highest) & (given.sum(axis=1) >= max(least, 1)))


def answer_spread(answers: npt.ArrayLike) -> tuple[float | None, ...]:
    """Spread of each respondent's own answers (intra-individual response variability).

    Meaning: 0 is one answer to everything; very large is hopping between the ends.

    Inputs: `answers` (respondents, items), NaN where missing. Returns one sd (n - 1) each in the unit of the answers,
    None with fewer than two answers.

    It misleads on items that ask the same thing: those who agree with themselves look careless.
    Reference: Dunn et al. (2018). Checked against: careless 1.2.2 irv, careless.json.
    """
    matrix = item_matrix(answers)
    given = ~np.isnan(matrix)
    n = given.sum(axis=1)
    centred = np.where(given, matrix - (np.where(given, matrix, 0).sum(axis=1) / np.maximum(n, 1))[:, None], 0)
    sd = np.sqrt((centred**2).sum(axis=1) / np.maximum(n - 1, 1))
    return tuple(value if size > 1 else None for value, size in zip(sd.tolist(), n.tolist(), strict=True))


def outlyingness(answers: npt.ArrayLike) -> Outlyingness:
    """Squared Mahalanobis distance of each complete respondent.

    Meaning: how unusual a combination of answers is, given how the items go together; about chi2(items) if normal.

    Inputs: `answers` (respondents, items), NaN where missing. Returns distances >= 0 without unit.

    Formula: (x - mean)' C^-1 (x - mean), mean and covariance C (n - 1) over complete respondents.

    It misleads as a sign of carelessness: a rare but true opinion is as far out, and answers on five points are not
    normal. For exploration only. Reference: Meade & Craig (2012). Checked against: careless 1.2.2 mahad, careless.json.
    """
    matrix = item_matrix(answers)
    nothing = (None,) * len(matrix)
    rows = complete_rows(matrix)
    n, k = rows.shape
    if k == 0:
        return Outlyingness(nothing, "there are no items")
    if n <= k:
        return Outlyingness(nothing, "there are not more complete respondents than items")
    centred = rows - rows.mean(axis=0)
    spread = np.sqrt((centred**2).sum(axis=0) / (n - 1))
    if float(spread.min()) <= 1e-9 * max(float(abs(rows).max()), float(spread.max())):
        return Outlyingness(nothing, "an item got the same answer from everybody")
    return _distances(matrix, centred / spread, nothing)


def _distances(matrix: Matrix, scaled: Matrix, nothing: tuple[None, ...]) -> Outlyingness:
    correlations = scaled.T @ scaled / (len(scaled) - 1)
    values, vectors = np.linalg.eigh(correlations)
    if float(values[0]) < 1e-9:
        return Outlyingness(nothing, "an item repeats what others say")
    found = iter((((scaled @ vectors) ** 2) @ (1 / values)).tolist())
    complete = is_complete(matrix)
    return Outlyingness(tuple(next(found) if whole else None for whole in complete.tolist()))
