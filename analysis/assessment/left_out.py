"""The composite with each dimension left out: what it would be, and whether the class would be another (statistics 4.7)."""

import numpy as np

from analysis.assessment.figures import LeftOut, settled
from analysis.assessment.index import Index
from analysis.assessment.measures import Layout, Values
from analysis.assessment.moments import Moments


def left_out(
    layout: Layout, moments: Moments, index: Index, stand: Values, place: int, changes_without: tuple[str, ...]
) -> tuple[LeftOut, ...]:
    """The composite of the unit at `place` without each of its dimensions, the other weights kept in proportion.

    Inputs: `stand` (D,), the university's figures, which stand in for what the unit lacks; `changes_without`: the dimensions
    without which its class is another (sensitivity).

    Formula: C_(d) = (C - omega_d R_d) / (1 - omega_d), R_d the unit's figure or what stands in for it. A dimension of no
    weight, or of all of it, is not listed. It misleads if the largest number is read as the most important dimension: a
    low dimension always lifts the composite when it is left out. Reference: OECD/JRC (2008), step 7.
    """
    own = np.einsum("dm,m->d", index.inner[place], moments.mean[place])
    values = np.where(index.present[place], own, stand)
    whole = float(values @ index.outer)
    found = []
    for at, dimension in enumerate(layout.dimensions):
        weight = float(index.outer[at])
        if not 0 < weight < 1:
            continue
        without = (whole - weight * float(values[at])) / (1 - weight)
        found.append(LeftOut(dimension.id, settled(without), settled(without - whole), dimension.id in changes_without))
    return tuple(found)
