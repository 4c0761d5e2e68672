"""Intervals that know how large the unit is, and say so in words when they are undefined."""

from dataclasses import dataclass
from math import sqrt

from scipy.special import ndtri, stdtrit


@dataclass(frozen=True, slots=True)
class Interval:
    """`low` and `high` in the unit of the estimate; both None with a `reason` where the interval is undefined."""

    low: float | None
    high: float | None
    reason: str | None = None

    @classmethod
    def undefined(cls, reason: str) -> "Interval":
        return cls(None, None, reason)


def wilson_interval(
    count: float, base: int, *, population: float | None = None, confidence: float = 0.95, small_sample: bool = False
) -> Interval:
    """Wilson score interval of a share, with the finite-population correction.

    Meaning: the shares among all `population` members (all who could have answered the item) that fit what the `base`
    who did answer said. With everybody answered it shrinks to the share itself.

    Inputs: `count` of `base` answers (0 <= count <= base; need not be whole, see estimates), `population` as a head
    count >= base, or None for a population without end. Returns shares in 0..1, never NaN.

    Formula: p = count / base; n = base without population, else the effective size n_eff = (base - 1) / (1 - base /
    population), which is p (1 - p) over the design variance of p; then (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) /
    (1 + z^2/n). `small_sample` takes t with base - 1 degrees of freedom in place of z (the R survey way).

    It misleads when those who stay silent think otherwise: the correction counts heads, not opinions. One answer out of
    several members has no n_eff and gives no interval.

    Reference: Wilson (1927); Korn & Graubard (1998). Checked against: R survey 4.5 svyciprop(method="wilson") and
    prop.test(correct=FALSE), tests/oracles/data/stats/proportion.json.
    """
    if base < 1:
        return Interval.undefined("nobody answered")
    if not 0 <= count <= base:
        raise ValueError(f"{count} of {base} is no share.")
    share = count / base
    if population is not None and population <= base:
        return Interval(share, share)
    size = base if population is None else (base - 1) / (1 - base / population)
    if size <= 0 or (small_sample and base < 2):
        return Interval.undefined("a single answer says nothing about the others")
    tail = (1 + confidence) / 2
    z = float(stdtrit(base - 1, tail)) if small_sample else float(ndtri(tail))
    middle = share + z * z / (2 * size)
    half = z * sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    scale = 1 + z * z / size
    return Interval(max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale))


def mean_interval(
    base: int, total: float, squares: float, *, population: float | None = None, confidence: float = 0.95
) -> Interval:
    """t interval of a mean, with the finite-population correction.

    Meaning: the means over all `population` members that fit the `base` answers. At a full census it is the mean.

    Inputs: number, sum and sum of squares of the answers (any unit); `population` head count >= base, or None.
    Returns the interval in the unit of the answers, never NaN.

    Formula: mean -+ t(base - 1) sqrt((1 - base / population) S^2 / base), S^2 = (squares - total^2 / base) / (base - 1).

    It misleads in small units whose answers happen to agree: S^2 is then too small, and zero when all agree (estimates
    falls back on the Wilson form there). Categories of staff that answer unequally need weights (a later module).

    Reference: Cochran (1977), ch. 2. Checked against: R survey 4.5 svymean and confint(df = n - 1),
    tests/oracles/data/stats/design_mean.json (srs_fpc, srs_no_fpc).
    """
    if base < 1:
        return Interval.undefined("nobody answered")
    mean = total / base
    if population is not None and population <= base:
        return Interval(mean, mean)
    if base < 2:
        return Interval.undefined("a single answer says nothing about the others")
    half = float(stdtrit(base - 1, (1 + confidence) / 2)) * standard_error(base, total, squares, population=population)
    return Interval(mean - half, mean + half)


def standard_error(base: int, total: float, squares: float, *, population: float | None = None) -> float:
    """Standard error of a mean from number (>= 2), sum and sum of squares, with the finite-population correction."""
    variance = max(0.0, (squares - total * total / base) / (base - 1))
    sampled = 0.0 if population is None else min(1.0, base / population)
    return sqrt((1 - sampled) * variance / base)
