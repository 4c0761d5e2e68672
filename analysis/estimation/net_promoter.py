"""The net promoter score, asked for by name, with the error it hides."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.estimation.design_means import DesignMean, design_mean


@dataclass(frozen=True, slots=True)
class NetPromoter:
    """Counts of the three groups, and `score` (its mean in -100..100)."""

    promoters: int
    passives: int
    detractors: int
    score: DesignMean


def net_promoter(
    values: npt.ArrayLike,
    *,
    head_counts: Sequence[float] | float | None = None,
    strata: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> NetPromoter:
    """Share of promoters minus share of detractors, -100..100, with its design-based error.

    Meaning: answers 9 and 10 count +100, 7 and 8 count 0, 0 to 6 count -100; the score is their mean.

    Inputs: `values` 0..10, shape (n,), NaN where missing; strata, head counts and weights as design_means.design_mean.
    Returns counts (not weighted) and the DesignMean of the score; its limits may pass -100 and 100 in tiny groups.

    It misleads: it throws away most of the scale, its error is about twice that of the mean, and one opinion moves it by
    200 / n. Use it only beside others who publish no other figure. Reference: Rowlands & Duffy; Lumley (2010). Checked
    against: R survey 4.5 svymean on +100 / 0 / -100, tests/oracles/data/stats/nps.json.
    """
    given = np.asarray(values, np.float64).ravel()
    known = given[np.isfinite(given)]
    if known.size and not 0 <= known.min() <= known.max() <= 10:
        raise ValueError("A net promoter score is made of answers from 0 to 10.")
    worth = np.where(np.isfinite(given), 100.0 * (given >= 9) - 100.0 * (given < 7), np.nan)
    score = design_mean(worth, head_counts=head_counts, strata=strata, weights=weights, confidence=confidence)
    promoters, detractors = int((known >= 9).sum()), int((known < 7).sum())
    return NetPromoter(promoters, known.size - promoters - detractors, detractors, score)
