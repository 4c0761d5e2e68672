"""Who could have answered: strata, head counts and weights of the answers, and the variance they leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from analysis.estimation.vectors import Matrix, Vector

Lonely = Literal["certainty", "adjust", "average"]


@dataclass(frozen=True, slots=True)
class Design:
    """`strata` (n,) codes, `weights` (n,), `sizes` (k,) rows and `correction` (k,) = 1 - n_h / N_h of each stratum."""

    strata: npt.NDArray[np.intp]
    weights: Vector
    sizes: npt.NDArray[np.intp]
    correction: Vector


def sampling_design(
    n: int,
    strata: npt.ArrayLike | None = None,
    head_counts: Sequence[float] | float | npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
) -> Design | None:
    """The design of `n` rows; None where a stratum has no head count and no weights were given.

    A stratum with more rows than heads goes without the correction, and its rows weigh 1.
    """
    codes = np.zeros(n, np.intp) if strata is None else np.asarray(strata, np.intp)
    if codes.shape != (n,) or (n and codes.min() < 0):
        raise ValueError("One stratum code from 0 upwards is needed for each row.")
    heads = None if head_counts is None else np.atleast_1d(np.asarray(head_counts, np.float64))
    k = max(int(codes.max()) + 1 if n else 0, 0 if heads is None else heads.size)
    if heads is not None and heads.size < k:
        raise ValueError("There are more strata than head counts.")
    sizes = np.bincount(codes, minlength=k)
    own = _own_weights(weights, n)
    if heads is None:
        return Design(codes, np.ones(n) if own is None else own, sizes, np.ones(k))
    if own is None and not np.isfinite(heads[sizes > 0]).all():
        return None
    heads = np.where(np.isfinite(heads), heads, np.inf)
    correction = np.where(heads >= np.maximum(sizes, 1), 1 - sizes / np.maximum(heads, 1), 1.0)
    if own is None:
        own = (np.maximum(heads, sizes) / np.maximum(sizes, 1))[codes]
    return Design(codes, own, sizes, correction)


def _own_weights(weights: npt.ArrayLike | None, n: int) -> Vector | None:
    if weights is None:
        return None
    given = np.asarray(weights, np.float64)
    if given.shape != (n,) or not ((given >= 0) & np.isfinite(given)).all():
        raise ValueError("One weight of 0 or more is needed for each row.")
    return given


def linearised_covariance(scores: Matrix, design: Design, lonely: Lonely = "certainty") -> Matrix:
    """Covariance of the column sums of `scores`, shape (n, p), under a design: shape (p, p).

    Formula: sum_h (1 - n_h / N_h) n_h / (n_h - 1) sum_i (s_hi - mean s_h) (s_hi - mean s_h)'. A stratum of one row adds
    nothing ("certainty"), its squared score ("adjust", scores then being centred around zero) or the mean of the other
    strata ("average"). It misleads where the first is chosen and such strata are many: the variance is then too small.
    Reference: Lumley (2010), app. A. Checked against: R survey 4.5, tests/oracles/data/stats/design_mean.json.
    """
    present = design.sizes > 0
    alone = design.sizes == 1
    sums = np.stack([np.bincount(design.strata, column, len(design.sizes)) for column in scores.T], axis=1)
    means = sums / np.maximum(design.sizes, 1)[:, None]
    factor = design.correction * design.sizes / np.maximum(design.sizes - 1, 1)
    if lonely == "adjust":
        means[alone] = 0.0
    else:
        factor = np.where(alone, 0.0, factor)
    centred = (scores - means[design.strata]) * np.sqrt(factor[design.strata])[:, None]
    covariance: Matrix = centred.T @ centred
    unknown = int((alone & (design.correction > 0)).sum())
    if lonely == "average" and 0 < unknown < int(present.sum()):
        covariance *= present.sum() / (present.sum() - unknown)
    return covariance
