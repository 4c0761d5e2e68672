"""Intervals of a share beside Wilson's: exact, and from the design variance; see intervals.wilson_interval for our own."""

from dataclasses import dataclass
from math import exp, log, sqrt

from scipy.special import betaincinv, stdtrit

from analysis.estimation.intervals import Interval, wilson_interval


@dataclass(frozen=True, slots=True)
class Proportion:
    """Shares in 0..1. The design fields are None (with a reason in the interval) without a head count, or at 0 and 1."""

    base: int
    share: float | None
    standard_error: float | None
    wilson: Interval
    finite_wilson: Interval
    exact: Interval
    design_wilson: Interval
    design_wilson_normal: Interval
    design_logit: Interval
    reason: str | None = None


def proportion(count: int, base: int, *, population: float | None = None, confidence: float = 0.95) -> Proportion:
    """A share with every interval an auditor may ask for; pages show intervals.wilson_interval.

    Meaning: `wilson` and `exact` (Clopper-Pearson) know the `base` answers only; `finite_wilson` (the one shown on pages)
    and the design intervals know the head count too and shrink to the share itself as everybody answers.

    Inputs: `count` of `base` answers, 0 <= count <= base; `population` head count or None (below `base` it
    is not believed). Returns shares in 0..1.

    Formula: p = count / base; v = (1 - base / population) p (1 - p) / (base - 1), standard error sqrt(v); design Wilson:
    Wilson with n_eff = p (1 - p) / v and t(base - 1), or the normal quantile; logit: expit(logit p -+ t sqrt(v) / (p
    (1 - p))); exact: beta quantiles.

    It misleads at p = 0 or 1: the design variance is then zero, which is no certainty; these intervals are undefined
    there and wilson_interval falls back on n_eff = (base - 1) / (1 - base / population). The exact one is too wide.

    Reference: Wilson (1927); Clopper & Pearson (1934); Korn & Graubard (1998); Lohr (2019) ch. 2. Checked against: R
    prop.test, binom.test and survey 4.5 svyciprop, tests/oracles/data/stats/proportion.json.
    """
    if not 0 <= count <= base:
        raise ValueError(f"{count} of {base} is no share.")
    if base == 0:
        none = Interval.undefined("nobody answered")
        return Proportion(0, None, None, none, none, none, none, none, none, none.reason)
    few = population is not None and population < base
    population = None if few else population
    share = count / base
    wilson = wilson_interval(count, base, confidence=confidence)
    finite = wilson_interval(count, base, population=population, confidence=confidence)
    exact = _clopper_pearson(count, base, confidence)
    if (reason := _no_design(count, base, population)) is not None or population is None:
        none = Interval.undefined("fewer heads than answers" if few else reason or "")
        certain = population is not None and (base > 1 or population <= base)
        return Proportion(base, share, 0.0 if certain else None, wilson, finite, exact, none, none, none)
    error = sqrt(max(0.0, 1 - base / population) * share * (1 - share) / (base - 1))
    small = wilson_interval(count, base, population=population, confidence=confidence, small_sample=True)
    logit = _logit(share, error, float(stdtrit(base - 1, (1 + confidence) / 2)))
    return Proportion(base, share, error, wilson, finite, exact, small, finite, logit)


def _no_design(count: int, base: int, population: float | None) -> str | None:
    if population is None:
        return "no head count is known"
    if base < 2:
        return "a single answer says nothing about the others"
    if count in {0, base}:
        return "all answers are alike: their variance says nothing; see the Wilson interval"
    return None


def _clopper_pearson(count: int, base: int, confidence: float) -> Interval:
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else float(betaincinv(count, base - count + 1, tail))
    high = 1.0 if count == base else float(betaincinv(count + 1, base - count, 1 - tail))
    return Interval(low, high)


def _logit(share: float, error: float, quantile: float) -> Interval:
    middle = log(share / (1 - share))
    half = quantile * error / (share * (1 - share))
    return Interval(_expit(middle - half), _expit(middle + half))


def _expit(value: float) -> float:
    return 1 / (1 + exp(-value)) if value > -700 else 0.0
