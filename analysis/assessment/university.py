"""In-service staff as a whole: every measure over all units, each respondent standing for as many members as in the unit."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.assessment.case_figures import NOT_KNOWN
from analysis.assessment.classification import interval_of
from analysis.assessment.contract import Figure
from analysis.assessment.index import Index, index_of
from analysis.assessment.measures import Layout, Values
from analysis.assessment.poll_moments import Counts
from analysis.assessment.reasons import HALF_MISSING, NO_PART
from analysis.assessment.scheme import Scheme
from analysis.assessment.waves import Wave, in_service
from analysis.estimation.intervals import Interval


@dataclass(frozen=True, slots=True, eq=False)
class University:
    """`figures`: one for each dimension of the layout, missing where not assessable; `composite` over all of them.

    `base`, `mean` (M,) and `covariance` (M, M): of every measure over all in-service staff, with `degrees` of freedom.
    """

    n_eligible: int
    n_responding: int
    index: Index
    base: Counts
    mean: Values
    covariance: Values
    degrees: float
    confidence: float
    figures: tuple[Figure, ...] = ()
    composite: Figure = NOT_KNOWN

    def figure(self, coefficients: Values, base: int | None = None, lowest: float = 0.0) -> Figure:
        """The linear combination of the measures, (M,), with its interval."""
        value = float(coefficients @ self.mean)
        variance = max(0.0, float(coefficients @ self.covariance @ coefficients))
        return Figure.of(value, bounded_interval(value, variance, self.degrees, self.confidence, lowest), base)

    def solved(self, plan: Layout) -> float | None:
        """S of the university, towards which each unit's is shrunk."""
        return None if plan.solved is None else self.figures[plan.solved].value


def bounded_interval(value: float, variance: float, degrees: float, confidence: float, lowest: float) -> Interval:
    """The t interval of a figure on `lowest`..100 (a difference of two figures can be negative), clipped to it."""
    scale = (100 - lowest) / 100
    own = interval_of((value - lowest) / scale, variance / scale**2, degrees, confidence)
    return Interval(lowest + scale * (own.low or 0.0), lowest + scale * (own.high or 0.0))


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
    units = [unit for unit, serves in zip(wave.year.units, serving, strict=True) if serves]
    everyone = University(
        n_eligible=sum(unit.n_eligible for unit in units),
        n_responding=int(wave.counts.n[serving].sum()),
        index=index,
        base=base,
        mean=(share * wave.moments.mean).sum(axis=0),
        covariance=np.einsum("um,umn,un->mn", share, wave.moments.closed, share),
        degrees=float(wave.counts.degrees[serving].sum()) + scheme.method.prior_degrees,
        confidence=scheme.method.confidence,
    )
    pairs = zip(index.inner[0], index.present[0], strict=True)
    return replace(
        everyone,
        figures=tuple(everyone.figure(row) if there else Figure.missing(HALF_MISSING) for row, there in pairs),
        composite=everyone.figure(index.composite[0]) if index.complete[0] else Figure.missing(NO_PART),
    )
