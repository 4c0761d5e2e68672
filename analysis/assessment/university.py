"""In-service staff as a whole: every measure over all units, each respondent standing for as many members as in the unit."""

from dataclasses import dataclass

import numpy as np

from analysis.assessment.classification import interval_of
from analysis.assessment.contract import Figure
from analysis.assessment.index import Index, index_of
from analysis.assessment.measures import Layout, Values
from analysis.assessment.scheme import Scheme
from analysis.assessment.waves import Wave, in_service


@dataclass(frozen=True, slots=True, eq=False)
class University:
    """`figures`: one for each dimension of the layout, missing where not assessable; `composite` over all of them."""

    n_eligible: int
    n_responding: int
    index: Index
    figures: tuple[Figure, ...]
    composite: Figure

    def solved(self, plan: Layout) -> float | None:
        """S of the university, towards which each unit's is shrunk."""
        return None if plan.solved is None else self.figures[plan.solved].value


def university_of(wave: Wave, plan: Layout, scheme: Scheme) -> University:
    """P, S, T, the criteria and the composite of all in-service staff.

    Formula: R = sum_b s_b R_b with s_b the unit's share of the weights behind the measure (a separate ratio estimator,
    Cochran 1977, sec. 6.11), variance sum_b s_b^2 V_b, shares taken as known. It misleads where whole units hardly
    answered: theirs then weigh by head count what few said.
    """
    serving = in_service(wave)
    weight = wave.moments.weight * serving[:, None]
    total = weight.sum(axis=0)
    share = weight / np.where(total > 0, total, 1.0)
    base = (wave.moments.base * serving[:, None]).sum(axis=0)
    index = index_of(plan, base[None, :], scheme.minimum("figure"), base)
    covariance = np.einsum("um,umn,un->mn", share, wave.moments.closed, share)
    mean = (share * wave.moments.mean).sum(axis=0)
    degrees = float(wave.counts.degrees[serving].sum()) + scheme.method.prior_degrees

    def figure(coefficients: Values, there: bool, reason: str) -> Figure:
        if not there:
            return Figure.missing(reason)
        value = float(coefficients @ mean)
        variance = max(0.0, float(coefficients @ covariance @ coefficients))
        return Figure.of(value, interval_of(value, variance, degrees, scheme.method.confidence))

    from analysis.assessment.reasons import HALF_MISSING, NO_PART

    pairs = zip(index.inner[0], index.present[0], strict=True)
    units = [unit for unit, serves in zip(wave.year.units, serving, strict=True) if serves]
    return University(
        n_eligible=sum(unit.n_eligible for unit in units),
        n_responding=int(wave.counts.n[serving].sum()),
        index=index,
        figures=tuple(figure(coefficients, bool(there), HALF_MISSING) for coefficients, there in pairs),
        composite=figure(index.composite[0], bool(index.complete[0]), NO_PART),
    )
