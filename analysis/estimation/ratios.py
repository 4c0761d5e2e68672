"""A share of answers that come several from each respondent: the answers of one person go together."""

from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from analysis.estimation.intervals import Interval, wilson_interval


def answer_share(
    counts: npt.ArrayLike, *, population: float | None = None, confidence: float = 0.95
) -> tuple[float | None, int, Interval]:
    """The share of answers that hold, of all given, with an interval over respondents.

    Meaning: with three questions each, ten people give up to thirty answers; they say as much as ten, not as thirty.

    Inputs: `counts` (most + 1, most + 1): number of respondents with x answers that hold (row) of m given (column);
    m = 0 does not count. `population`: how many members could have answered, or None. Returns the share 0..1, the
    respondents behind it, and the interval in 0..1.

    Formula: R = sum x / sum m; residual e = (x - R m) n / sum m; t(n - 1) sqrt((1 - n / population) sum e^2 / (n - 1) / n)
    around R. Where all residuals are zero (all or none hold) the Wilson interval of n respondents is used: the spread
    cannot be estimated there.

    It misleads where people gave very different numbers of answers: who answers more weighs more.
    Reference: Cochran (1977), sec. 6.3. Checked against: R survey 4.5 svyratio's formula written out as a loop.
    """
    table = np.asarray(counts, np.int64)
    cells = [(int(n), x, m) for (x, m), n in np.ndenumerate(table) if n and m]
    base = sum(n for n, _, _ in cells)
    if base == 0:
        return None, 0, Interval.undefined("nobody answered")
    given = sum(n * m for n, _, m in cells)
    share = sum(n * x for n, x, _ in cells) / given
    if population is not None and population <= base:
        return share, base, Interval(share, share)
    squares = sum(n * ((x - share * m) * base / given) ** 2 for n, x, m in cells)
    if squares < 1e-18:
        return share, base, wilson_interval(share * base, base, population=population, confidence=confidence)
    sampled = 0.0 if population is None else base / population
    half = float(stdtrit(base - 1, (1 + confidence) / 2)) * sqrt((1 - sampled) * squares / (base - 1) / base)
    return share, base, Interval(max(0.0, share - half), min(1.0, share + half))
