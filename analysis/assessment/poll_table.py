"""One poll as sums by unit and staff category: all that means, variances and the adjusted column ever need of respondents.

Computed in one pass; tables of blocks add up. Everything later works on these small tables, however many answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from analysis.assessment.answers import Asked, PollAnswers
from analysis.assessment.measures import Known, Values

Products = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PollTable:
    """U units, C categories and a last one for those who told none, m measures, A ages.

    With z = (1, y_1 .. y_m, k_1 .. k_m) of a respondent (y the value, 0 where unknown; k 1 where known) and x = (z, age as
    A ones and zeros), `products` holds the sums of x z' of each group, shape (2, U, C + 1, 1 + 2m + A, 1 + 2m); first
    those who did not press one answer all through, then those who did. `trust`, `trust_known`: sums by unit (U,).
    """

    asked: Asked
    products: Products
    trust: Values
    trust_known: Values

    @property
    def m(self) -> int:
        return len(self.asked.places)

    @property
    def groups(self) -> Products:
        """The sums of all respondents by unit and category, shape (U, C + 1, 1 + 2m + A, 1 + 2m)."""
        return np.asarray(self.products.sum(axis=0))

    @property
    def n(self) -> Values:
        """Respondents by unit and category, shape (U, C + 1)."""
        return np.asarray(self.products[..., 0, 0].sum(axis=0))

    @property
    def straight(self) -> Values:
        """Respondents of each unit who pressed one answer all through, shape (U,)."""
        return np.asarray(self.products[1, :, :, 0, 0].sum(axis=1))

    def without_pressed(self, units: Known) -> "PollTable":
        """The table without those who pressed one answer all through in these units, mask (U,)."""
        kept = self.products.copy()
        kept[1, units] = 0.0
        return replace(self, products=kept)


def poll_table(asked: Asked, blocks: Iterable[PollAnswers]) -> PollTable:
    """The table of one poll from its respondents in blocks; no blocks give a table of zeros.

    All numbers are sums of at most 10,000 for each respondent, so they lose about 1e-16 of themselves, and variances
    made of them about 1e-14. Checked against: the formulas written out as loops over respondents.
    """
    n_units, m = len(asked.units), len(asked.places)
    width = 1 + 2 * m
    shape = (2, n_units, len(asked.categories) + 1)
    products = np.zeros((int(np.prod(shape)), width + asked.n_ages, width))
    trust, trust_known = np.zeros(n_units), np.zeros(n_units)
    for block in blocks:
        _add(products, block, asked)
        trust += np.bincount(block.unit, block.trust, n_units)
        trust_known += np.bincount(block.unit, block.trust_known, n_units)
    return PollTable(asked, products.reshape(*shape, *products.shape[1:]), trust, trust_known)


def _add(products: Products, block: PollAnswers, asked: Asked) -> None:
    """The respondents brought into the order of their groups; then one matrix product for each group."""
    n_kinds = len(asked.categories) + 1
    group = (block.straight * len(asked.units) + block.unit) * n_kinds + block.category % n_kinds  # -1 is the last
    few = len(products) <= np.iinfo(np.int16).max
    order = np.argsort(group.astype(np.int16) if few else group, kind="stable")  # short integers sort faster
    rows = np.empty((products.shape[1], block.n))
    m = len(asked.places)
    rows[0] = 1.0
    for place in range(m):
        np.take(block.values[place], order, out=rows[1 + place], mode="clip")
        rows[1 + m + place] = block.known[place].take(order)
    rows[2 * m + 1 :] = block.age[order] == np.arange(asked.n_ages)[:, None]
    ordered = group[order]
    edges = np.flatnonzero(np.diff(ordered, prepend=-1, append=-1)).tolist()
    for start, stop in pairwise(edges):
        own = rows[:, start:stop]
        products[ordered[start]] += own @ own[: 2 * m + 1].T
