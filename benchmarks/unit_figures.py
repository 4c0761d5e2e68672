"""The figures of units from a simulated poll, computed by the product's own weights and variances."""

from dataclasses import dataclass

import numpy as np

from analysis.assessment.answers import Asked, AssessedUnit, PollAnswers
from analysis.assessment.poll_moments import poll_moments
from analysis.assessment.poll_table import PollTable, poll_table
from analysis.assessment.scheme import Method
from analysis.assessment.strata import strata
from analysis.frame import Text
from benchmarks.simulated_university import Sample, Vector, weights

CATEGORIES = ("one", "two", "three")


@dataclass(frozen=True)
class UnitFigures:
    """Per branch: plain and weighted composite, variances (own, moderated, of the plain mean), S^2/N, head count."""

    plain: Vector
    value: Vector
    own_variance: Vector
    variance: Vector
    degrees: Vector
    staff_variance: Vector
    plain_variance: Vector
    heads: Vector


def unit_figures(sample: Sample) -> UnitFigures:
    """Sections 4.2 and 4.3 of the method on one sample."""
    measures = len(sample.scores)
    units = [
        AssessedUnit(str(place), Text(str(place)), "academic", sum(row), dict(zip(CATEGORIES, row, strict=True)))
        for place, row in enumerate(sample.heads.tolist())
    ]
    table = _table(sample, tuple(unit.id for unit in units))
    moments = poll_moments(table, strata(table, units), units, finite=True)
    k = weights(measures)
    heads = sample.heads.sum(axis=1).astype(float)
    prior = Method().prior_degrees
    return UnitFigures(
        plain=moments.raw @ k,
        value=moments.mean @ k,
        own_variance=_of_composite(moments.own, k),
        variance=_of_composite(moments.moderated(prior, finite=True), k),
        degrees=moments.degrees + prior,
        staff_variance=k @ moments.scatter @ k / heads,
        plain_variance=_plain_variance(sample),
        heads=heads,
    )


def _of_composite(matrices: Vector, k: Vector) -> Vector:
    return np.einsum("m,umn,n->u", k, matrices, k)


def _table(sample: Sample, units: tuple[str, ...]) -> PollTable:
    n = sample.unit.size
    nothing = np.zeros(n)
    answers = PollAnswers(
        unit=sample.unit,
        values=sample.scores,
        known=sample.known,
        category=sample.category,
        age=np.full(n, -1),
        straight=nothing > 0,
        trust=nothing,
        trust_known=nothing > 0,
    )
    places = tuple(range(len(sample.scores)))
    return poll_table(Asked("simulated", places, units, CATEGORIES, 0), [answers])


def _plain_variance(sample: Sample) -> Vector:
    """Variance of the plain composite as a spreadsheet has it: each measure's own, no covariance, no correction."""
    variance = np.zeros(len(sample.truth))
    for weight, scores, known in zip(weights(len(sample.scores)), sample.scores, sample.known, strict=True):
        base = np.bincount(sample.unit, known)
        mean = np.bincount(sample.unit, scores) / base
        squares = np.bincount(sample.unit, known * (scores - mean[sample.unit]) ** 2)
        variance += weight**2 * squares / (base - 1) / base
    return np.maximum(variance, np.finfo(float).tiny)  # two answers may agree
