"""Ranks in which equal answers share the mean of their places."""

import numpy as np

from analysis.estimation.vectors import Vector


def midranks(values: Vector) -> Vector:
    """Ranks 1..n of `values`, shape (n,); ties get the mean of the ranks they cover. No value may be missing."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: Vector = (last - (counts - 1) / 2)[inverse]
    return ranks


def tie_sum(values: Vector) -> float:
    """Sum of t^3 - t over the groups of t equal values: what ties take from the variance of ranks."""
    counts = np.unique(values, return_counts=True)[1].astype(np.float64)
    return float((counts**3 - counts).sum())
