"""May these items be added into one score: alpha, omega, and what each item adds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import fdtri

from analysis.estimation.intervals import Interval
from analysis.estimation.moments import Moments, moments
from analysis.estimation.vectors import Matrix, Vector, item_matrix
from analysis.measurement.factor import one_factor

MOST_ITEMS = 500
LOW_CORRELATION = 0.15
OMEGA_GAP = 0.05


@dataclass(frozen=True, slots=True)
class ScaleItem:
    """One item of a scale, answers in their own unit; correlations in -1..1, None where an item or a rest does not vary."""

    mean: float
    sd: float
    correlation_with_rest: float | None
    correlation_with_total: float | None
    alpha_without: float | None
    loading: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """A scale's consistency over its `n` complete respondents.

    All coefficients None where `reason` says why; omega alone None where `omega_reason` does. `doubts` are sentences to
    print beside the figures.
    """

    n: int
    n_items: int
    alpha: float | None = None
    alpha_interval: Interval = Interval(None, None)  # noqa: RUF009 - frozen
    alpha_standardised: float | None = None
    mean_correlation: float | None = None
    omega: float | None = None
    omega_standardised: float | None = None
    items: tuple[ScaleItem, ...] = ()
    doubts: tuple[str, ...] = ()
    omega_reason: str | None = None
    reason: str | None = None


def reliability(answers: npt.ArrayLike, *, confidence: float = 0.95) -> Reliability:
    """Consistency of a scale from answers (respondents, items), NaN where missing; see `scale_reliability`."""
    matrix = item_matrix(answers)
    if matrix.shape[1] > MOST_ITEMS:
        return _refused(len(matrix), matrix.shape[1], f"more than {MOST_ITEMS} items are no scale")
    return scale_reliability(moments(matrix), confidence=confidence)


def scale_reliability(sums: Moments, *, confidence: float = 0.95) -> Reliability:
    """Cronbach's alpha with Feldt's interval, McDonald's omega, mean correlation, and the items one by one.

    Meaning: the part of the spread of the summed score that its items share; near 1 the items may be added, low values
    say that they measure different things or hardly anything.

    Inputs: `sums` of moments.moments or coded_moments over the complete respondents, items already turned the same way,
    in any unit. Returns coefficients at most 1 (alpha may be below 0), items in their order.

    Formula: k items, covariance C: alpha = k/(k-1) (1 - trace C / sum C); standardised k r/(1 + (k-1) r) with the mean
    correlation r; interval 1 - (1 - alpha) F with n - 1 and (n-1)(k-1) degrees of freedom; omega = (sum l)^2 / ((sum l)^2
    + sum t), l and t loadings and own variances of the one-factor model by maximum likelihood; correlation of an item
    with the sum of the others (rest) and of all (total); alpha over the other items.

    It misleads when items are few in kind but many in number: two unrelated scales glued together still gave alpha 0.60.
    So omega and the mean correlation stand beside it, with a doubt in words where r < 0.15 or omega < alpha - 0.05. Long
    scales have a high alpha for their length alone. It is no sign that the right thing is measured.

    Reference: Cronbach (1951); Feldt (1965); McDonald (1999). Checked against: psych 2.2.9 alpha and alpha.ci, lavaan
    0.6.14 cfa, factanal, reliability.json.
    """
    n, k = sums.n, len(sums.means)
    if (reason := _refusal(sums)) is not None:
        return _refused(n, k, reason)
    covariance = sums.covariance
    alpha = _alpha(covariance)
    assert alpha is not None
    correlations = _correlations(covariance)
    mean_r = None if correlations is None else float((correlations.sum() - k) / (k * (k - 1)))
    loadings, own, omega_reason = _factor(correlations)
    sds = np.sqrt(np.diag(covariance))
    omega = None if loadings is None else _omega(loadings * sds, own * sds**2)
    return Reliability(
        n=n,
        n_items=k,
        alpha=alpha,
        alpha_interval=_feldt(alpha, n, k, confidence),
        alpha_standardised=_standardised(mean_r, k),
        mean_correlation=mean_r,
        omega=omega,
        omega_standardised=None if loadings is None else _omega(loadings, own),
        items=_items(sums, covariance, loadings),
        doubts=_doubts(alpha, mean_r, omega),
        omega_reason=omega_reason,
    )


def _refused(n: int, n_items: int, reason: str) -> Reliability:
    return Reliability(n, n_items, alpha_interval=Interval.undefined(reason), omega_reason=reason, reason=reason)


def _refusal(sums: Moments) -> str | None:
    if len(sums.means) < 2:
        return "a single item has nothing to agree with"
    if sums.n < 2:
        return "nobody answered all items" if sums.n == 0 else "a single respondent has no spread"
    if not _varies(float(sums.products.sum()), float(abs(sums.means).sum()), sums.n):
        return "all respondents have the same total"
    return None


def _varies(squares: float, size: float, n: int) -> bool:
    return squares > 1e-12 * n * size * size and squares > 0


def _alpha(covariance: Matrix) -> float | None:
    k, total = len(covariance), float(covariance.sum())
    if k < 2 or total <= 1e-12 * float(np.trace(covariance)):
        return None
    return k / (k - 1) * (1 - float(np.trace(covariance)) / total)


def _feldt(alpha: float, n: int, k: int, confidence: float) -> Interval:
    freedom = (n - 1, (n - 1) * (k - 1))
    low, high = (
        1 - (1 - alpha) * float(fdtri(*freedom, tail)) for tail in ((1 + confidence) / 2, (1 - confidence) / 2)
    )
    return Interval(low, high)


def _correlations(covariance: Matrix) -> Matrix | None:
    variances = np.diag(covariance)
    if np.any(variances <= 1e-12 * variances.max()):
        return None
    sds = np.sqrt(variances)
    return np.asarray(covariance / np.outer(sds, sds))


def _standardised(mean_r: float | None, k: int) -> float | None:
    if mean_r is None or 1 + (k - 1) * mean_r <= 1e-12:
        return None
    return k * mean_r / (1 + (k - 1) * mean_r)


def _factor(correlations: Matrix | None) -> tuple[Vector | None, Vector, str | None]:
    if correlations is None:
        return None, np.zeros(0), "an item got the same answer from everybody"
    fit = one_factor(correlations)
    return (fit.loadings, fit.own, fit.reason) if fit.reason is None else (None, np.zeros(0), fit.reason)


def _omega(loadings: Vector, own: Vector) -> float:
    common = float(loadings.sum()) ** 2
    return common / (common + float(own.sum()))


def _items(sums: Moments, covariance: Matrix, loadings: Vector | None) -> tuple[ScaleItem, ...]:
    with_total, total = covariance.sum(axis=1), float(covariance.sum())
    rows = []
    for at, variance in enumerate(np.diag(covariance)):
        shared = float(with_total[at] - variance)
        rest = total - 2 * shared - float(variance)
        kept = np.delete(np.arange(len(covariance)), at)
        rows.append(
            ScaleItem(
                mean=float(sums.means[at]),
                sd=sqrt(variance),
                correlation_with_rest=_correlation(shared, float(variance), rest),
                correlation_with_total=_correlation(float(with_total[at]), float(variance), total),
                alpha_without=_alpha(covariance[np.ix_(kept, kept)]),
                loading=None if loadings is None else float(loadings[at]) * sqrt(variance),
            )
        )
    return tuple(rows)


def _correlation(shared: float, one: float, other: float) -> float | None:
    if min(one, other) <= 1e-12 * max(one, other):
        return None
    return max(-1.0, min(1.0, shared / sqrt(one * other)))


def _doubts(alpha: float, mean_r: float | None, omega: float | None) -> tuple[str, ...]:
    said: Sequence[tuple[bool, str]] = (
        (alpha < 0, "the items go against each other: is one of them reversed?"),
        (mean_r is not None and mean_r < LOW_CORRELATION, "the items hardly go together (mean correlation under 0.15)"),
        (omega is not None and omega < alpha - OMEGA_GAP, "more than one thing is measured (omega well under alpha)"),
    )
    return tuple(sentence for holds, sentence in said if holds)
