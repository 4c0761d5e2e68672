"""Ranks as what they are: a range of places, never one."""

from dataclasses import dataclass
from math import ceil

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from analysis.estimation.vectors import HAIR, Matrix, Vector, unit_numbers

Pairs = npt.NDArray[np.bool_]

BLOCK = 1_000_000  # comparisons held in memory at once: draws x units x units


@dataclass(frozen=True, slots=True)
class RankRange:
    """Places from `best` to `worst`; 1 is the highest figure."""

    best: int
    worst: int


def ranks(estimates: npt.ArrayLike) -> tuple[int, ...]:
    """Place of each unit, 1 = highest, equal figures share the better place. To be shown only as part of a range."""
    y = unit_numbers(estimates)
    return tuple((len(y) + 1 - np.searchsorted(np.sort(y), y, side="right")).tolist())


def rank_intervals(draws: Matrix, *, confidence: float = 0.90) -> tuple[RankRange, ...]:
    """Rank interval of each unit from joint draws of the true means.

    Meaning: the places a unit may really have; the 5th to 95th percentile of its place over the draws.

    Inputs: `draws` (count, units) of pooling.joint_draws. Returns one range for each unit; none without draws or units.
    Formula: place in each draw (1 = highest); the smallest places below which at most (1 - confidence)/2, and above
    which at most (1 - confidence)/2, of the draws lie.

    It misleads when two ranges are compared: each holds for its unit alone, not all together (see `holm_rank_sets`).
    Wide ranges are the finding: the units cannot be put in an order.

    Reference: Goldstein & Spiegelhalter (1996), JRSS A 159; Laird & Louis (1989). Checked against: the simulation of
    statistics 4.5 (cover .92, width 23 to 11 of about 38 places).
    """
    if draws.size == 0:
        return ()
    places = np.sort(_places(draws), axis=0)
    count = len(places)
    skipped = int((1 - confidence) / 2 * count)
    rows = zip(places[skipped].tolist(), places[count - 1 - skipped].tolist(), strict=True)
    return tuple(RankRange(best, worst) for best, worst in rows)


def drawn_expected_ranks(draws: Matrix) -> tuple[float, ...]:
    """Expected place of each unit over joint draws (count, units): 1 + sum_k P(theta_k > theta_b)."""
    return tuple(_places(draws).mean(axis=0).tolist()) if draws.size else ()


def expected_ranks(means: npt.ArrayLike, sds: npt.ArrayLike) -> tuple[float, ...]:
    """Expected place of each unit from independent normal posteriors.

    Inputs, shape (units,): posterior `means` and `sds` (>= 0). Returns places from 1 (highest) to the number of units.
    Formula: 1 + sum_{k != b} Phi((m_k - m_b) / sqrt(s_k^2 + s_b^2)); two figures equal and known exactly count a half.

    It misleads alone: units whose means are poorly known all come near the middle. Show it inside the rank interval.
    Reference: Laird & Louis (1989). Checked against: base R, rank_sets.json.
    """
    m, s = _figures(means, sds)
    gaps = m[None, :] - m[:, None]
    beaten = ndtr(gaps / _pair_errors(s))
    np.fill_diagonal(beaten, 0)
    return tuple((1 + beaten.sum(axis=1)).tolist())


def holm_rank_sets(
    estimates: npt.ArrayLike, standard_errors: npt.ArrayLike, *, confidence: float = 0.95
) -> tuple[RankRange, ...]:
    """Places of all units at once, from tests of every pair.

    Meaning: with probability `confidence` the true places of all units lie in their ranges together.

    Inputs, shape (units,): unshrunk `estimates`, independent of each other, and their `standard_errors` (>= 0).
    Formula: two-sided z tests of all pairs, p adjusted by Holm; best = 1 + units significantly higher, worst = units -
    units significantly lower. Deterministic and conservative.

    It misleads as the everyday form: so strict that most ranges span nearly all places (26 to 36 of 38 in statistics
    4.6). Reference: Mogstad, Romano, Shaikh & Wilhelm (2024), RES; Holm (1979). Checked against: base R p.adjust,
    rank_sets.json.
    """
    y, errors = _figures(estimates, standard_errors)
    first, second = np.triu_indices(len(y), 1)
    gap = y[first] - y[second]
    p = 2 * ndtr(-abs(gap / _pair_errors(errors)[first, second]))
    order = np.argsort(p, kind="stable")
    passed = p[order] * np.arange(len(p), 0, -1) <= 1 - confidence
    rejected = np.zeros(len(p), dtype=bool)
    rejected[order[: int(np.argmin(passed)) if not passed.all() else len(p)]] = True
    higher = np.zeros((len(y), len(y)), dtype=bool)  # higher[a, b]: a is significantly above b
    higher[first, second] = rejected & (gap > 0)
    higher[second, first] = rejected & (gap < 0)
    return _ranges(higher)


def largest_t_rank_sets(
    estimates: npt.ArrayLike,
    standard_errors: npt.ArrayLike,
    *,
    together: bool,
    confidence: float = 0.95,
    draws: int = 4000,
    seed: int = 20_260_101,
) -> tuple[RankRange, ...]:
    """Confidence sets of places by the largest t statistic, stepping down, the same for the same data and seed.

    Meaning: as `holm_rank_sets`, a little narrower; `together=False` holds for one unit at a time and is narrower still.

    Inputs: as `holm_rank_sets`; `draws` of the parametric bootstrap. Time grows with draws x units^2 (units^3 in memory
    is never held).
    Formula: T_ab = (y_a - y_b) / sqrt(se_a^2 + se_b^2); a is above b where T_ab exceeds the `confidence` quantile of the
    largest T*_cd among the ordered pairs not yet settled, T* from normal draws with the same standard errors; repeat
    until no more are. Pairs: all of them, or those with one unit on either side.

    It misleads as Holm's form does, and its bounds move by a place with another seed: too few draws for the last digit.
    Reference: Mogstad, Romano, Shaikh & Wilhelm (2024). Checked against: csranks 1.2.3, rank_sets.json (within 2).
    """
    y, errors = _figures(estimates, standard_errors)
    k = len(y)
    if k < 2:
        return _ranges(np.zeros((k, k), dtype=bool))
    observed = (y[:, None] - y[None, :]) / _pair_errors(errors)
    noise = np.random.Generator(np.random.PCG64(seed)).standard_normal((draws, k)) * errors
    higher = np.zeros((k, k), dtype=bool)  # higher[a, b]: a is significantly above b
    lower = np.zeros((k, k), dtype=bool)
    while True:
        largest = _largest(noise, errors, ~higher, ~lower)
        critical = _upper_quantile(largest.max(axis=1, keepdims=True) if together else largest, confidence)[:, None]
        found = (observed > critical) & ~higher, (observed < -critical) & ~lower
        if not (found[0].any() or found[1].any()):
            break
        higher |= found[0]
        lower |= found[1]
    rows = zip(lower.sum(axis=1).tolist(), higher.sum(axis=1).tolist(), strict=True)
    return tuple(RankRange(1 + up, k - down) for up, down in rows)


def _figures(values: npt.ArrayLike, errors: npt.ArrayLike) -> tuple[Vector, Vector]:
    y, s = unit_numbers(values), unit_numbers(errors)
    if len(y) != len(s):
        raise ValueError("Each unit needs one figure and one standard error.")
    if np.any(s < 0):
        raise ValueError("A standard error cannot be negative.")
    return y, s


def _pair_errors(errors: Vector) -> Matrix:
    """sqrt(se_a^2 + se_b^2) of every pair; a hair above 0 so that equal figures known exactly do not differ."""
    return np.asarray(np.maximum(np.hypot(errors[:, None], errors[None, :]), HAIR))


def _places(draws: Matrix) -> npt.NDArray[np.int64]:
    return np.asarray(np.argsort(np.argsort(-draws, axis=1, kind="stable"), axis=1, kind="stable") + 1)


def _ranges(higher: Pairs) -> tuple[RankRange, ...]:
    above, below = higher.sum(axis=0).tolist(), higher.sum(axis=1).tolist()
    return tuple(RankRange(1 + up, len(above) - down) for up, down in zip(above, below, strict=True))


def _largest(noise: Matrix, errors: Vector, above: Pairs, below: Pairs) -> Matrix:
    """Largest T* of each unit's open pairs, as the higher (`above`) or the lower one, shape (draws, units)."""
    inverse = 1 / _pair_errors(np.maximum(errors, HAIR))
    np.fill_diagonal(inverse, 0)
    size = max(1, BLOCK // inverse.size)
    parts = []
    for start in range(0, len(noise), size):
        block = noise[start : start + size]
        gaps = (block[:, :, None] - block[:, None, :]) * inverse
        parts.append(np.maximum((gaps * above).max(axis=2), -(gaps * below).min(axis=2)))
    return np.concatenate(parts)


def _upper_quantile(largest: Matrix, share: float) -> Vector:
    return np.asarray(np.sort(largest, axis=0)[min(len(largest), ceil(share * len(largest))) - 1])
