"""Universities whose truth is known: 40 branches, unequal response by staff category, answers on five points."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

N_BRANCHES = 40
SMALLEST, LARGEST = 10, 400
STAFF_MIX = (2, 1, 1)  # Dirichlet: half of the staff are of the first category on average, but branches differ a lot
RESPONSE = (0.3, 0.5, 0.7)  # by staff category
CATEGORY_EFFECT = (-0.25, 0.0, 0.25)  # scale points: those who answer less are less content
PERSON_SD, ITEM_SD = 0.65, 0.70  # together 0.95 of a scale point
MIDDLE = 3.6
HAD_DIFFICULTY = 0.4
FEWEST = 10  # respondents: below, a branch is not assessed
WEIGHTS = (0.3, 0.4, 0.3)  # of the composite: acted first, solved, satisfied


@dataclass(frozen=True)
class Sample:
    """Those who answered, in branches with enough answers.

    `unit`, `category`: shape (n,); `scores`, `known`: (measures, n), 0..100. `heads`: (branches, categories). `truth`:
    what all staff of each branch would have answered, (branches,).
    """

    unit: Places
    category: Places
    scores: Vector
    known: npt.NDArray[np.bool_]
    heads: npt.NDArray[np.int64]
    truth: Vector


def sampled(rng: np.random.Generator, tau: float, *, composite: bool) -> Sample:
    """One university with a true spread `tau` (scale points) between branches, and one poll of it."""
    size = np.exp(rng.uniform(np.log(SMALLEST), np.log(LARGEST), N_BRANCHES)).round().astype(int)
    shares = rng.dirichlet(STAFF_MIX, N_BRANCHES)
    unit = np.repeat(np.arange(N_BRANCHES), size)
    category = (rng.random(unit.size)[:, None] > np.cumsum(shares, axis=1)[unit, :2]).sum(axis=1)
    measures = 3 if composite else 1
    level = rng.normal(0, tau, N_BRANCHES)[unit] + np.take(CATEGORY_EFFECT, category)
    person = rng.normal(0, PERSON_SD, unit.size)
    noise = rng.normal(0, ITEM_SD, (measures, unit.size))
    answers = np.clip(np.rint(MIDDLE + level + person + noise), 1, 5)
    scores = 25.0 * (answers - 1)
    known = np.ones(scores.shape, bool)
    if composite:
        known[1] = rng.random(unit.size) < HAD_DIFFICULTY
    truth = _means(np.where(known, scores, 0.0), known, unit) @ weights(measures)
    answered = rng.random(unit.size) < np.take(RESPONSE, category)
    asked = np.stack([np.bincount(unit, answered & row, N_BRANCHES) for row in known])
    enough = (asked.max(axis=0) >= FEWEST) & (asked.min(axis=0) >= 2)
    place = np.cumsum(enough) - 1
    kept = answered & enough[unit]
    heads = np.bincount(unit * 3 + category, minlength=N_BRANCHES * 3).reshape(-1, 3)[enough]
    kept_scores = np.where(known, scores, 0.0)[:, kept]
    return Sample(place[unit[kept]], category[kept], kept_scores, known[:, kept], heads, truth[enough])


def weights(measures: int) -> Vector:
    """The weights of the composite, or of the single measure."""
    return np.array(WEIGHTS if measures == 3 else (1.0,))


def _means(scores: Vector, known: npt.NDArray[np.bool_], unit: Places) -> Vector:
    total = np.stack([np.bincount(unit, row, N_BRANCHES) for row in scores], axis=1)
    base = np.stack([np.bincount(unit, row, N_BRANCHES) for row in known], axis=1)
    return total / np.maximum(base, 1)
