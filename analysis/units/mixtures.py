"""Mixtures of normals: what is known of a unit when several spreads between units are likely."""

import numpy as np
from scipy.special import ndtr, ndtri

from analysis.estimation.vectors import HAIR, Vector


def mixture_moments(weight: Vector, means: Vector, sds: Vector) -> tuple[Vector, Vector]:
    """Mean and sd, shape (columns,), of mixtures of normals: `weight` (parts,), `means` and `sds` (parts, columns)."""
    middle = weight @ means
    variance = weight @ (sds**2 + (means - middle) ** 2)
    return middle, np.sqrt(variance)


def mixture_quantile(weight: Vector, means: Vector, sds: Vector, share: float) -> Vector:
    """Quantiles at `share` of mixtures of normals, shape (columns,), by halving between the parts' own quantiles."""
    ends = means + sds * ndtri(share)
    low, high = ends.min(axis=0), ends.max(axis=0)
    steps = np.maximum(sds, HAIR)
    for _ in range(40):
        middle = (low + high) / 2
        below = weight @ ndtr((middle - means) / steps) < share
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)
