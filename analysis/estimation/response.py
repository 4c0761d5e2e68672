"""Who answered and who did not: rates, whether the silent differ by category, and how different they would have to be."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

WARN_BELOW: Final = 10.0
NO_EARLY_LATE: Final = "early and late answers cannot be compared: to protect those who answer, no times are stored"


@dataclass(frozen=True, slots=True)
class ResponseRate:
    """`rate` = answers / heads, 0..1, or None where `reason` says why."""

    n: int
    heads: float | None
    rate: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ResponseFit:
    """Answers over categories against heads: `chi2`, `p` take the staff as endless; `p_against_silent` does not."""

    n: int
    chi2: float | None
    degrees_of_freedom: int | None
    p: float | None
    smallest_expected: float | None
    p_against_silent: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class TippingGap:
    """`gap` in the unit of the score, `close` True below 10 of 100; None where `reason` says why."""

    gap: float | None
    close: bool | None
    reason: str | None = None


def response_rate(n: int, heads: float | None) -> ResponseRate:
    """Share of a unit or category that answered, 0..1: answers / heads.

    No rate without heads, or where more answered than the roster counts (an old roster, or members in the wrong place).
    There is no interval: the rate is counted, not estimated. It misleads as a mark of quality: 90 % under pressure tell
    less than 50 % free ones. Reference: AAPOR, response rate 1.
    """
    if n < 0:
        raise ValueError("Answers cannot be fewer than none.")
    if heads is None or not heads > 0:
        return ResponseRate(n, None, None, "no head count is known")
    if n > heads:
        return ResponseRate(n, heads, None, "more answers than heads")
    return ResponseRate(n, heads, n / heads)


def response_rates(counts: npt.ArrayLike, heads: npt.ArrayLike) -> tuple[tuple[ResponseRate, ...], ...]:
    """Response rate of each unit (rows) and category (columns); heads NaN where unknown. See response_rate."""
    n, known = np.asarray(counts, np.intp), np.asarray(heads, np.float64)
    if n.shape != known.shape or n.ndim != 2:
        raise ValueError("Answers and heads are tables of units by categories, of one shape.")
    return tuple(
        tuple(response_rate(int(count), float(head)) for count, head in zip(*rows, strict=True))
        for rows in zip(n, known, strict=True)
    )


def response_fit(observed: npt.ArrayLike, heads: npt.ArrayLike) -> ResponseFit:
    """Do those who answered spread over the categories like the staff?

    Meaning: a small p says that some categories answered more than others (weights are needed); it says nothing about
    whether the silent of a category think like the others.

    Inputs: `observed` answers and `heads` per category, shape (k,); categories with neither are left out. Returns a
    ResponseFit, its fields None with a reason: nobody answered, one category, answers where there are no heads.

    Formula: chi2 = sum (O - E)^2 / E, E = n heads / sum heads, k - 1 degrees of freedom. `p_against_silent` compares those
    who answered with those who did not: chi2 / (1 - n / N), the right test for a finite staff (None at a census).

    It misleads below an expected count of 5 (`smallest_expected`), and in large polls, where trifles are significant.

    Reference: Pearson (1900). Checked against: R chisq.test(x, p), tests/oracles/data/stats/response_gof.json.
    """
    counts, known = np.asarray(observed, np.float64), np.asarray(heads, np.float64)
    if counts.shape != known.shape or counts.ndim != 1 or (counts < 0).any() or (known < 0).any():
        raise ValueError("Answers and heads are counts of the same categories.")
    n = int(counts.sum())
    if not np.isfinite(known).all() or (counts[known == 0] > 0).any():
        return ResponseFit(n, None, None, None, None, None, "a category that answered has no head count")
    counts, known = counts[known > 0], known[known > 0]
    if n == 0 or counts.size < 2:
        reason = "nobody answered" if n == 0 else "there is a single category"
        return ResponseFit(n, None, None, None, None, None, reason)
    expected = n * known / known.sum()
    chi2 = float(((counts - expected) ** 2 / expected).sum())
    df = counts.size - 1
    silent = 1 - n / float(known.sum())
    against = float(chdtrc(df, chi2 / silent)) if silent > 0 and (counts <= known).all() else None
    return ResponseFit(n, chi2, df, float(chdtrc(df, chi2)), float(expected.min()), against)


def tipping_gap(difference: float, least: float, rate: float) -> TippingGap:
    """How much worse (or better) than those who answered the silent would have to be to remove a class.

    Meaning: a unit called "clearly above" would no longer be if its silent members scored `gap` points lower than those
    who answered. A large gap is reassuring; below 10 of 100 the class hangs on who stayed silent.

    Inputs: `difference` d of the unit from the rest and `least` D, the smallest difference worth acting on, in points
    (D >= 0); `rate` r the (weighted) response rate, 0..1. Formula: (|d| - D) / (1 - r).

    Undefined where everybody answered, or the difference is not beyond D. It misleads as a proof: it says how large a
    difference would be needed, not whether there is one. Early and late answers cannot be compared (NO_EARLY_LATE).

    Reference: design statistics 4.6; Rosenbaum's sensitivity analysis in its simplest form. Checked against: its formula.
    """
    if not (0 <= rate <= 1 and least >= 0):
        raise ValueError("A response rate lies in 0..1, and the smallest difference is not negative.")
    if rate == 1:
        return TippingGap(None, None, "everybody answered: nobody is silent")
    if abs(difference) <= least:
        return TippingGap(None, None, "the unit is not told apart from the rest: there is no class to remove")
    gap = (abs(difference) - least) / (1 - rate)
    return TippingGap(gap, gap < WARN_BELOW)
