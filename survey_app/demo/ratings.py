"""From a latent value to a press on a five-point scale: cut points, noise, don't know, straight-lining."""

from collections.abc import Iterable
from typing import Literal

import numpy as np

from survey_app.demo.persons import Flags, Floats, Ints

CUT_POINTS = np.array([-2.05, -1.30, -0.45, 0.75])
NOISE = 0.70
TOP = 5
DONT_KNOW = 0  # stands in an array of points for "don't know / not applicable"
BLANK = -1

Scale = Literal["s", "a", "f", "o"]  # first letter of the choice ids: satisfaction, agreement, frequency, official


def points(latent: Floats, rng: np.random.Generator) -> Ints:
    """1..5: one more than the number of cut points below the latent value with noise."""
    noisy = latent + NOISE * rng.standard_normal(len(latent))
    return 1 + np.searchsorted(CUT_POINTS, noisy).astype(np.int64)


def ratings(
    latent: Floats, straight: Flags, rng: np.random.Generator, *, dont_know: float = 0.0, blank: float = 0.0
) -> Ints:
    """Points with don't know and blanks; those who press the top answer all through know everything and skip nothing."""
    given = points(latent, rng)
    given[rng.random(len(latent)) < dont_know] = DONT_KNOW
    given[rng.random(len(latent)) < blank] = BLANK
    given[straight] = TOP
    return given


def choice_ids(scale: Scale, given: Ints) -> list[str | None]:
    """Choice ids of the library's scales; None where left blank."""
    words = {point: f"{scale}{point}" for point in range(1, TOP + 1)} | {DONT_KNOW: "na", BLANK: None}
    return [words[int(point)] for point in given]


def one_of(options: Iterable[str], weights: Iterable[float], rng: np.random.Generator) -> str:
    names, chances = list(options), np.array(list(weights))
    return names[int(np.searchsorted(np.cumsum(chances / chances.sum()), rng.random()))]
