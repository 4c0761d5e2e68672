"""Two answers crossed: are they related, how strongly, and which cells stand out? And words: which are typical of a group?"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc, fdtrc, xlogy

from analysis.estimation.sampling import Design
from analysis.estimation.vectors import Matrix, Vector

Places = npt.NDArray[np.intp]
Residuals = tuple[tuple[float | None, ...], ...]
MOST_CELLS = 1000  # of a weighted crosstab: its covariance has the square of that
POOR = "fewer than two rows or columns have answers"


@dataclass(frozen=True, slots=True)
class Contingency:
    """`residuals` like the table, about -2..2 by chance, None in empty rows and columns (they are left out)."""

    n: float
    chi2: float | None
    degrees_of_freedom: int | None
    p: float | None
    cramers_v: float | None
    cramers_v_corrected: float | None
    g2: float | None
    g2_p: float | None
    smallest_expected: float | None
    residuals: Residuals
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Keyness:
    """`g2` 0 and up, above 6.6 at p < 0.01; rates per thousand words; `typical` of the first text (True) or the second."""

    g2: float | None
    p: float | None
    rate_first: float | None
    rate_second: float | None
    typical: bool | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RaoScott:
    """F statistic with (not whole) degrees of freedom; None where `reason` says why."""

    n: int
    f: float | None
    numerator: float | None
    denominator: float | None
    p: float | None
    reason: str | None = None


def contingency(table: npt.ArrayLike) -> Contingency:
    """Chi-square test of a crosstab, with Cramer's V and adjusted residuals.

    Meaning: V from 0 (unrelated) to 1 (one answer settles the other); residuals beyond 3 mark the cells that make the
    relation. G2 is the likelihood-ratio form.

    Inputs: counts, shape (rows, columns), >= 0. Rows and columns without any answer are left out. Returns a Contingency.

    Formula: E = row total column total / n; chi2 = sum (O - E)^2 / E without continuity correction; G2 = 2 sum O log(O/E);
    V = sqrt(chi2 / (n min(r - 1, c - 1))); corrected V (Bergsma) takes (r - 1)(c - 1) / (n - 1) from chi2 / n and shrinks r
    and c alike; residual (O - E) / sqrt(E (1 - row share)(1 - column share)).

    It misleads below expected counts of 5 (`smallest_expected`), with weights (use rao_scott), and with multiple answers
    of one person in the same table. A large poll makes trifles significant: read V.

    Reference: Agresti (2013); Bergsma (2013). Checked against: R chisq.test, vcd assocstats, effectsize cramers_v,
    tests/oracles/data/stats/contingency.json.
    """
    whole = np.asarray(table, np.float64)
    if whole.ndim != 2 or not ((whole >= 0) & np.isfinite(whole)).all():
        raise ValueError("A crosstab is a table of counts of 0 or more.")
    rows, columns = whole.sum(axis=1) > 0, whole.sum(axis=0) > 0
    counts = whole[np.ix_(rows, columns)]
    n = float(counts.sum())
    blank: Residuals = tuple((None,) * whole.shape[1] for _ in range(whole.shape[0]))
    if min(counts.shape, default=0) < 2:
        reason = "nobody answered" if n == 0 else POOR
        return Contingency(n, None, None, None, None, None, None, None, None, blank, reason)
    down, across = counts.sum(axis=1, keepdims=True) / n, counts.sum(axis=0, keepdims=True) / n
    expected = n * down * across
    chi2 = float(((counts - expected) ** 2 / expected).sum())
    g2 = max(0.0, float(2 * (xlogy(counts, counts / expected)).sum()))
    df = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    standard = (counts - expected) / np.sqrt(expected * (1 - down) * (1 - across))
    return Contingency(
        n,
        chi2,
        df,
        float(chdtrc(df, chi2)),
        sqrt(chi2 / n / (min(counts.shape) - 1)),
        _corrected_v(chi2 / n, n, counts.shape),
        g2,
        float(chdtrc(df, g2)),
        float(expected.min()),
        _spread_out(standard, rows, columns),
    )


def _corrected_v(phi2: float, n: float, shape: tuple[int, ...]) -> float | None:
    r, c = shape
    if n <= 1:
        return None
    less = min(size - (size - 1) ** 2 / (n - 1) for size in (r, c)) - 1
    return sqrt(max(0.0, phi2 - (r - 1) * (c - 1) / (n - 1)) / less) if less > 0 else None


def _spread_out(inner: Matrix, rows: npt.NDArray[np.bool_], columns: npt.NDArray[np.bool_]) -> Residuals:
    whole = np.full((rows.size, columns.size), np.nan)
    whole[np.ix_(rows, columns)] = inner
    return tuple(tuple(None if np.isnan(each) else float(each) for each in row) for row in whole)


def keyness(count_first: int, words_first: int, count_second: int, words_second: int) -> Keyness:
    """How typical a word is of one text compared with another: Dunning's log-likelihood.

    Inputs: occurrences of the word and number of all words in each text (0 <= count <= words). Returns a Keyness.
    Formula: G2 of the table word / other words by text. It misleads when one person repeats himself (count answers, not
    occurrences), and for rare words: below about ten occurrences read nothing into it; among a thousand words ten pass
    p < 0.01 by chance. Reference: Dunning (1993). Checked against: R vcd assocstats, contingency.json (keyness_2x2).
    """
    if not (0 <= count_first <= words_first and 0 <= count_second <= words_second):
        raise ValueError("A word occurs between never and as often as there are words.")
    if min(words_first, words_second) == 0:
        return Keyness(None, None, None, None, None, "one of the texts has no words")
    first, second = 1000 * count_first / words_first, 1000 * count_second / words_second
    rest = [words_first - count_first, words_second - count_second]
    found = contingency([[count_first, rest[0]], [count_second, rest[1]]])
    if found.g2 is None:
        return Keyness(None, None, first, second, None, "the word is in neither text, or there is no other")
    return Keyness(found.g2, found.g2_p, first, second, None if first == second else first > second)


def rao_scott(rows: npt.ArrayLike, columns: npt.ArrayLike, design: Design) -> RaoScott:
    """Test of a crosstab whose answers carry weights and strata.

    Meaning: as the chi-square test, but a weighted answer is not taken for several answers.

    Inputs: codes from 0 of both answers, shape (n,), -1 where missing (such rows keep their place in the design), and
    the sampling.Design of these rows. Returns a RaoScott; F with (d0, d0 df) degrees of freedom, df = answers - strata.

    Formula: X2 = n sum (p_ij - p_i p_j)^2 / (p_i p_j) on weighted shares; Delta = (C' D^-1 C / n)^-1 C' D^-1 V D^-1 C with
    C the interaction contrasts, D the shares and V their design covariance; F = X2 / tr Delta, d0 = (tr Delta)^2 /
    tr Delta^2.

    It misleads with few strata or cells of one or two answers, where V is poor. Classes nobody chose are left out.

    Reference: Rao & Scott (1984). Checked against: R survey 4.5 svychisq(statistic = "F"),
    tests/oracles/data/stats/rao_scott.json.
    """
    a, b = np.asarray(rows, np.intp), np.asarray(columns, np.intp)
    if not a.shape == b.shape == design.weights.shape:
        raise ValueError("Both answers and the design are of the same respondents.")
    told = (a >= 0) & (b >= 0) & (design.weights > 0)
    n = int(told.sum())
    if n == 0:
        return RaoScott(0, None, None, None, None, "nobody answered")
    (r, a_codes), (c, b_codes) = _used(a[told]), _used(b[told])
    df = n - _used(design.strata[told])[0]
    if min(r, c) < 2 or df < 1:
        return RaoScott(n, None, None, None, None, POOR if min(r, c) < 2 else "a single answer of each category")
    if r * c > MOST_CELLS:
        return RaoScott(n, None, None, None, None, "the table has more than a thousand cells")
    cells, weights, strata = a_codes * c + b_codes, design.weights[told], design.strata[told]
    shares = np.bincount(cells, weights, r * c) / weights.sum()
    return _rao_scott(n, shares, table_covariance(cells, weights, strata, shares, design), (r, c), df)


def _used(codes: Places) -> tuple[int, Places]:
    """How many different codes there are, and the codes numbered anew without gaps."""
    if codes.max() > codes.size + MOST_CELLS:
        values, numbers = np.unique(codes, return_inverse=True)
        return values.size, numbers.astype(np.intp)
    there = np.bincount(codes) > 0
    return int(there.sum()), (np.cumsum(there) - 1).take(codes)


def table_covariance(cells: Places, weights: Vector, strata: Places, shares: Vector, design: Design) -> Matrix:
    """sampling.linearised_covariance of the scores w (e - p) / sum w, e the respondent's cell as a vector of 0 and 1.

    With f the factor of a stratum, g the sums of f w^2 by cell and t_h = sum w (e - p) of a stratum, it is
    (diag(g) - g p' - p g' + sum(g) p p' - sum_h f_h t_h t_h' / n_h) / (sum w)^2: sums by cell and stratum are enough.
    """
    sizes = design.sizes
    factor = np.where(sizes > 1, design.correction * sizes / np.maximum(sizes - 1, 1), 0.0)
    squares = np.bincount(cells, factor[strata] * weights**2, shares.size)
    rows = np.bincount(strata * shares.size + cells, weights, sizes.size * shares.size).reshape(sizes.size, -1)
    totals = (rows - rows.sum(axis=1, keepdims=True) * shares) * np.sqrt(factor / np.maximum(sizes, 1))[:, None]
    mixed = np.outer(squares, shares)
    own = np.diag(squares) - mixed - mixed.T + squares.sum() * np.outer(shares, shares) - totals.T @ totals
    return np.asarray(own / weights.sum() ** 2)


def _rao_scott(n: int, shares: Vector, covariance: Matrix, shape: tuple[int, int], df: int) -> RaoScott:
    table = shares.reshape(shape)
    alone = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True)
    chi2 = n * float(((table - alone) ** 2 / alone).sum())
    contrasts = _interaction(shape)
    inverse = np.where(shares > 0, 1 / np.where(shares > 0, shares, 1.0), 0.0)[:, None]
    simple = contrasts.T @ (inverse / n * contrasts)
    if np.linalg.matrix_rank(simple) < len(simple):
        return RaoScott(n, None, None, None, None, "too many cells are empty")
    delta = np.linalg.solve(simple, (inverse * contrasts).T @ covariance @ (inverse * contrasts))
    trace, square = float(np.trace(delta)), float(np.trace(delta @ delta))
    if not (trace > 1e-12 and square > 0):
        return RaoScott(n, None, None, None, None, "the answers leave no variance: everybody was asked, or all agree")
    d0 = trace**2 / square
    f = chi2 / trace
    return RaoScott(n, f, d0, d0 * df, float(fdtrc(d0, d0 * df, f)))


def _interaction(shape: tuple[int, int]) -> Matrix:
    """Contrasts orthogonal to rows and columns, shape (cells, (r - 1)(c - 1))."""
    r, c = (np.eye(size)[:, 1:] - 1 / size for size in shape)
    return np.asarray(np.kron(r, c), np.float64)
