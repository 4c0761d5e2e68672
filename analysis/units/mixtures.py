"""Mixtures of normals: what is known of a unit when several spreads between units are likely."""

import numpy as np
from scipy.special import ndtr, ndtri

from analysis.estimation.vectors import HAIR, Vector

SQRT_2_PI = float(np.sqrt(2 * np.pi))
MOST_STEPS = 60
FAR = 40.0  # standard deviations: no density is left
SETTLED = 1e-13  # a step so small, beside the figure itself, changes nothing that is written down


def mixture_moments(weight: Vector, means: Vector, sds: Vector) -> tuple[Vector, Vector]:
    """Mean and sd, shape (columns,), of mixtures of normals: `weight` (parts,), `means` and `sds` (parts, columns)."""
    middle = weight @ means
    variance = weight @ (sds**2 + (means - middle) ** 2)
    return middle, np.sqrt(variance)


def mixture_quantile(weight: Vector, means: Vector, sds: Vector, share: float) -> Vector:
    """Quantiles at `share` of mixtures of normals, shape (columns,), between the parts' own quantiles.

    Newton's steps, and half the way instead where a step would leave what still can hold the quantile.
    """
    ends = means + sds * ndtri(share)
    low, high = ends.min(axis=0), ends.max(axis=0)
    steps = np.maximum(sds, HAIR)
    found = weight @ ends
    for _ in range(MOST_STEPS):
        away = (found - means) / steps
        excess = weight @ ndtr(away) - share
        low, high = np.where(excess < 0, found, low), np.where(excess < 0, high, found)
        density = weight @ (np.exp(-0.5 * np.clip(away, -FAR, FAR) ** 2) / steps) / SQRT_2_PI
        to = found - excess / np.maximum(density, HAIR)
        to = np.where((low <= to) & (to <= high), to, (low + high) / 2)
        if (np.abs(to - found) <= SETTLED * np.maximum(1.0, np.abs(found))).all():
            return np.asarray(to)
        found = to
    return np.asarray(found)
