"""Weights when the head counts of two or more margins are known, but not of their crossing."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from analysis.estimation.design_means import DesignMean, mean_with_error, undefined
from analysis.estimation.sampling import linearised_covariance, sampling_design
from analysis.estimation.vectors import Vector
from analysis.estimation.weights import Codes, Weights, effective_size, indicator, margin_sums

Margin = tuple[npt.ArrayLike, npt.ArrayLike]  # codes of the answers (n,), heads of the classes (k,)

PRECISION = 1e-10
ROUNDS = 1000


def raked(base: npt.ArrayLike, margins: Sequence[Margin]) -> Weights:
    """Base weights fitted to several margins in turn until all hold.

    Meaning: the weighted answers have as many members of each category, and of each age group (say), as the roster has.

    Inputs: `base` weights > 0, shape (n,); per margin the class of each answer, codes 0..k-1 (-1: not told), shape (n,),
    and the heads of each class, shape (k,). Those who did not tell keep their weight in that margin; the others share the
    rest. Returns weights > 0 that add up to the heads; None with a reason where margins contradict each other, a class
    has heads and no answers (or answers and no heads), or 1,000 rounds do not settle (1e-10, relative).

    Formula: iterative proportional fitting: w_i <- w_i N_class / sum of w in the class, margin after margin.

    It misleads with sparse crossings: weights grow extreme (cap them: weights.capped) and the crossing itself stays as the
    answers have it.

    Reference: Deming & Stephan (1940); Deville & Sarndal (1992). Checked against: R survey 4.5 rake,
    tests/oracles/data/stats/poststrat_rake.json.
    """
    weights = np.array(base, np.float64)
    if weights.ndim != 1 or not ((weights > 0) & np.isfinite(weights)).all():
        raise ValueError("Base weights are a row of numbers above 0.")
    if not margins:
        raise ValueError("Raking needs at least one margin.")
    known = [(np.asarray(codes, np.intp), np.asarray(heads, np.float64)) for codes, heads in margins]
    if weights.size == 0:
        return Weights(None, "nobody answered")
    if (reason := _contradiction(weights.size, known)) is not None:
        return Weights(None, reason)
    total = float(known[0][1].sum())
    weights *= total / weights.sum()
    for _ in range(ROUNDS):
        gap = 0.0
        for codes, heads in known:
            wanted = heads * (float(weights[codes >= 0].sum()) / total)
            sums = margin_sums(weights, codes, heads.size)
            factors = np.append(np.where(sums > 0, wanted / np.where(sums > 0, sums, 1.0), 1.0), 1.0)
            gap = max(gap, float(np.abs(factors - 1).max()))
            weights *= factors[codes]  # -1 takes the last factor, 1
        if gap < PRECISION:
            return Weights(weights)
    return Weights(None, "the margins cannot all be met by these answers")


def _contradiction(n: int, margins: Sequence[tuple[Codes, Vector]]) -> str | None:
    total = float(margins[0][1].sum())
    for codes, heads in margins:
        if codes.shape != (n,) or not -1 <= codes.min() <= codes.max() < heads.size:
            raise ValueError("Each answer needs one class of each margin, or -1.")
        if not (np.isfinite(heads) & (heads >= 0)).all() or heads.sum() <= 0:
            return "a margin has no head counts"
        if abs(float(heads.sum()) - total) > 1e-9 * total:
            return "the margins count different heads"
        if ((np.bincount(codes[codes >= 0], minlength=heads.size) > 0) != (heads > 0)).any():
            return "a class has heads and no answers, or answers and no heads"
    return None


def calibrated_mean(
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    base: npt.ArrayLike,
    margins: Sequence[Margin],
    *,
    population: float | None = None,
    confidence: float = 0.95,
) -> DesignMean:
    """Mean with post-stratified or raked weights, and the error that knowing the margins leaves.

    Inputs: `values` (n,), NaN where missing; `weights` after and `base` weights before calibration, (n,); the margins as
    in `raked` (one margin, the cells, for post-stratification); `population` head count for the finite-population
    correction, or None.

    Formula: m = sum w y / sum w; e = residuals of y - m after regression on the classes of all margins, weighted by
    `base`; variance = (1 - n / N) n / (n - 1) sum (z - mean z)^2, z = w e / sum w; t(n - 1).

    It misleads with cells of a few answers: their residuals are too small. Raking differs by about 0.1 % from the survey
    package, which projects margin by margin. Reference: Deville & Sarndal (1992). Checked against: R survey 4.5,
    tests/oracles/data/stats/poststrat_rake.json.
    """
    given = np.asarray(values, np.float64)
    answered = np.isfinite(given)
    n = int(answered.sum())
    if n == 0:
        return undefined("nobody answered")
    w, start = np.asarray(weights, np.float64)[answered], np.asarray(base, np.float64)[answered]
    if (n_eff := effective_size(w)) is None:
        return undefined("every weight is zero", n)
    mean = float((w * given[answered]).sum() / w.sum())
    steps = given[answered] - mean
    known = [(np.asarray(codes, np.intp)[answered], np.size(heads)) for codes, heads in margins]
    residuals = steps - _fitted(steps, start, known)
    design = sampling_design(n, head_counts=population, weights=w)
    assert design is not None
    scores = (w * residuals / w.sum())[:, None]
    variance = float(linearised_covariance(scores, design)[0, 0])
    spread = float((w * steps**2).sum() / w.sum())
    census = bool(design.correction[0] == 0)
    return mean_with_error(
        n, mean, variance, n - 1, spread, n_eff, census=census, lonely=int(n == 1), confidence=confidence
    )


def _fitted(steps: Vector, start: Vector, margins: Sequence[tuple[Codes, int]]) -> Vector:
    """What the classes of the margins explain: for one margin the means of its classes, else least squares."""
    if len(margins) == 1:
        codes, size = margins[0]
        means = margin_sums(start * steps, codes, size) / np.maximum(margin_sums(start, codes, size), 1e-300)
        return np.append(means, 0.0)[codes]
    classes = np.hstack([indicator(codes, size) for codes, size in margins])
    scale = np.sqrt(start)[:, None]
    fit = np.linalg.lstsq(classes * scale, steps * scale[:, 0], rcond=None)[0]
    return np.asarray(classes @ fit, np.float64)
