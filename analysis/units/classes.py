"""Which units are clearly above or below the rest of the university, and which cannot be told apart (statistics 4.5)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, stdtr

from analysis.comparison.multiplicity import Method, adjusted_p
from analysis.estimation.vectors import HAIR, Vector, unit_numbers
from analysis.units.mixtures import mixture_moments
from analysis.units.pooling import Posterior

Label = Literal["above", "below", "not_distinguishable"]

METHODS: tuple[Method, Method] = ("bh", "holm")
SMALLEST_DIFFERENCE = 2.5  # points of 100: a tenth of a scale point
ERROR_CUT = 0.07  # 0.10 gives more wrong classes than that where units hardly differ (statistics 4.5)


@dataclass(frozen=True, slots=True)
class ClassedUnit:
    """A unit against the rest: `contrast` in the unit of the estimates with its posterior sd, and how sure its class is.

    `probability_above` and `probability_below` (0..1) are of a contrast beyond the smallest difference that matters;
    `local_error` = 1 - the larger of the two. All None where `reason` says why.
    """

    contrast: float | None
    sd: float | None
    probability_above: float | None
    probability_below: float | None
    local_error: float | None
    label: Label | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class UnitContrast:
    """A unit's unshrunk contrast with the rest: standard error, test statistic, p and its two adjusted forms."""

    contrast: float | None
    standard_error: float | None
    statistic: float | None
    p: float | None
    p_bh: float | None
    p_holm: float | None
    label: Label | None
    reason: str | None = None


def unit_classes(
    fit: Posterior,
    head_counts: npt.ArrayLike,
    *,
    smallest_difference: float = SMALLEST_DIFFERENCE,
    error_cut: float = ERROR_CUT,
) -> tuple[ClassedUnit, ...]:
    """Class of each unit with the share of wrong classes held down.

    Meaning: "above" says that the unit's true mean is very likely more than `smallest_difference` above that of the
    rest of the university; of all units called above or below, about `error_cut` are expected to be wrong.

    Inputs: `fit` from pooling.posterior; `head_counts` N of the same units, shape (units,), > 0; `smallest_difference`
    D in the unit of the estimates, >= 0. Returns one entry for each unit, in order.

    Formula: d_b = theta_b - sum_{k != b} N_k theta_k / sum_{k != b} N_k = (A theta)_b. Given tau it is normal with mean
    A m and variance sum_k A_bk^2 L_k v_k + (sum_k A_bk (1 - L_k))^2 / Q; mixed over tau this gives p+ = P(d > D) and
    p- = P(d < -D). l = 1 - max(p+, p-); sorted by l, the longest run from the surest on whose mean l is <= the cut gets
    its class. Units with the same l are treated alike.

    It misleads when read as a mark: "not distinguishable" is no judgement, and a class compares with the rest, so all
    units may be good. The expected share of wrong classes is an average over years, not a promise for this one.

    Reference: Gu & Koenker (2023), Econometrica 91; statistics 4.5. Checked against: the same by 200,000 joint draws,
    and the simulation in benchmarks.
    """
    heads = _head_counts(head_counts)
    if fit.reason is not None:
        return tuple(ClassedUnit(None, None, None, None, None, None, fit.reason) for _ in heads)
    if len(heads) != len(fit.estimates):
        raise ValueError("Each unit of the posterior needs its head count.")
    means, sds = contrast_parts(fit, heads)
    above = fit.weight @ ndtr((means - smallest_difference) / sds)
    below = fit.weight @ ndtr((-means - smallest_difference) / sds)
    middle, spread = mixture_moments(fit.weight, means, sds)
    error = 1 - np.maximum(above, below)
    named = surest(error, error_cut)
    labels = [
        _label(up > down) if sure else "not_distinguishable" for up, down, sure in zip(above, below, named, strict=True)
    ]
    rows = zip(middle.tolist(), spread.tolist(), above.tolist(), below.tolist(), error.tolist(), labels, strict=True)
    return tuple(ClassedUnit(*row) for row in rows)


def contrast_parts(fit: Posterior, head_counts: npt.ArrayLike) -> tuple[Vector, Vector]:
    """Mean and sd of each unit's contrast with the rest given tau, both (points, units); formula in `unit_classes`."""
    heads = _head_counts(head_counts)
    noise = fit.reliability * fit.variances
    borrowed = against_the_rest(1 - fit.reliability, heads)
    variance = _contrast_variance(noise, heads) + borrowed**2 * fit.mu_variance[:, None]
    return against_the_rest(fit.means, heads), np.sqrt(np.maximum(variance, HAIR))


def against_the_rest(values: Vector, heads: Vector) -> Vector:
    """Each unit's value minus the head-count weighted mean of all others, along the last axis (two units or more)."""
    everyone = (values * heads).sum(axis=-1, keepdims=True)
    return np.asarray(values - (everyone - values * heads) / (heads.sum() - heads))


def surest(local_error: Vector, cut: float) -> npt.NDArray[np.bool_]:
    """Which units get a class: the longest run from the smallest local error whose mean is within `cut`, ties together."""
    order = np.sort(local_error)
    run = np.cumsum(order) / np.arange(1, len(order) + 1)
    ends = np.append(order[1:] > order[:-1], True) & (run <= cut)  # a run never ends between equals
    if not ends.any():
        return np.zeros(len(order), dtype=bool)
    return np.asarray(local_error <= order[np.flatnonzero(ends)[-1]])


def contrast_tests(
    estimates: npt.ArrayLike,
    standard_errors: npt.ArrayLike,
    head_counts: npt.ArrayLike,
    *,
    degrees_of_freedom: npt.ArrayLike | None = None,
    false_discovery_rate: float = 0.1,
) -> tuple[UnitContrast, ...]:
    """The frequentist check beside the classes: each unit against all others, Benjamini-Hochberg over units.

    Inputs, shape (units,): `estimates` (unshrunk), their `standard_errors` (>= 0), `head_counts` (> 0), and the degrees
    of freedom of a t test by unit, or None for the normal one. Returns one entry for each unit, in order.

    Formula: d_b = y_b - sum_{k != b} a_k y_k, a_k = N_k / sum_{k != b} N_k; var = se_b^2 + sum a_k^2 se_k^2; two-sided p
    of d / sqrt(var); class above or below where p adjusted by Benjamini-Hochberg is within the rate.

    It misleads for tiny units whose standard error is their own: use the moderated one of 4.3 with its degrees of
    freedom (the rest's part of the variance is small and taken as known). It finds fewer true differences than the
    classes (4.5), and significance is not importance: no smallest difference is asked for.

    Reference: Benjamini & Hochberg (1995). Checked against: survey 4.5 svycontrast and p.adjust, classes.json.
    """
    y, errors, heads = unit_numbers(estimates), unit_numbers(standard_errors), _head_counts(head_counts)
    if not len(y) == len(errors) == len(heads):
        raise ValueError("Each unit needs one estimate, one standard error and one head count.")
    if np.any(errors < 0):
        raise ValueError("A standard error cannot be negative.")
    if len(y) < 2:
        return tuple(_untested("a single unit has nothing to be compared with") for _ in y)
    spread = np.sqrt(_contrast_variance(errors**2, heads))
    if np.any(spread == 0):
        return tuple(_untested("all units are known exactly: nothing is left to test") for _ in y)
    contrast = against_the_rest(y, heads)
    statistic = contrast / spread
    freedom = np.inf if degrees_of_freedom is None else np.asarray(degrees_of_freedom, dtype=float)
    tail = ndtr(-abs(statistic)) if degrees_of_freedom is None else stdtr(freedom, -abs(statistic))
    p = 2 * tail
    p_bh, p_holm = (np.array(adjusted_p(p.tolist(), method), dtype=np.float64) for method in METHODS)
    labels = [
        _label(d > 0) if q <= false_discovery_rate else "not_distinguishable"
        for d, q in zip(contrast, p_bh, strict=True)
    ]
    columns = (contrast, spread, statistic, p, p_bh, p_holm)
    return tuple(UnitContrast(*row) for row in zip(*(column.tolist() for column in columns), labels, strict=True))


def _head_counts(values: npt.ArrayLike) -> Vector:
    heads = unit_numbers(values)
    if np.any(heads <= 0):
        raise ValueError("A unit that is compared has members.")
    return heads


def _contrast_variance(variances: Vector, heads: Vector) -> Vector:
    squares = heads**2 * variances
    others = squares.sum(axis=-1, keepdims=True) - squares
    return np.asarray(variances + np.maximum(others, 0) / (heads.sum() - heads) ** 2)


def _label(above: bool) -> Label:
    return "above" if above else "below"


def _untested(reason: str) -> UnitContrast:
    return UnitContrast(None, None, None, None, None, None, None, reason)
