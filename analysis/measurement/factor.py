"""The one-factor model by maximum likelihood, for McDonald's omega."""

from dataclasses import dataclass

import numpy as np

from analysis.estimation.vectors import Matrix, Vector

LEAST_OWN = 0.005  # an own variance at this bound (of 1) is a Heywood case: the likelihood wants it at or below zero
SINGULAR = 1e-8


@dataclass(frozen=True, slots=True, eq=False)
class OneFactor:
    """`loadings` and `own` variances on the correlation metric, (items,); both empty where `reason` says why."""

    loadings: Vector
    own: Vector
    reason: str | None = None


def one_factor(correlations: Matrix) -> OneFactor:
    """One common factor behind a correlation matrix.

    Meaning: how far each item goes with what all of them share. Loadings times the items' sds are those of the
    covariance matrix: the likelihood does not care for the unit.

    Inputs: `correlations` (items, items), three items or more. Returns loadings turned so that their sum is not
    negative, own variances in 0.005..1.

    Formula: R = l l' + diag(t); minimise sum over all but the largest eigenvalue e of t^-1/2 R t^-1/2 of (e - log e - 1)
    over t (Joereskog's concentrated likelihood), l from the largest.

    It misleads in a Heywood case, where an own variance would be zero or less and software prints a fine omega all the
    same: refused here with a reason, as are two items and items that repeat each other.

    Reference: Joereskog (1967), Psychometrika 32; McDonald (1999). Checked against: lavaan 0.6.14 cfa and factanal,
    reliability.json.
    """
    from scipy.optimize import minimize

    k = len(correlations)
    if k < 3:
        return _refused("two items cannot show what they share")
    if float(np.linalg.eigvalsh(correlations)[0]) < SINGULAR:
        return _refused("an item repeats what others say, or there are too few respondents")
    start = (1 - 0.5 / k) / np.diag(np.linalg.inv(correlations))
    bounds = [(LEAST_OWN, 1.0)] * k
    options = {"maxiter": 1000, "ftol": 1e-14, "gtol": 1e-9}
    found = minimize(
        _misfit, np.clip(start, LEAST_OWN, 1), (correlations,), "L-BFGS-B", jac=True, bounds=bounds, options=options
    )
    own = np.asarray(found.x, dtype=np.float64)
    if float(own.min()) < LEAST_OWN * 1.01:
        return _refused("the items do not fit one factor: an item's own variance would be zero or less (Heywood case)")
    slope = _misfit(own, correlations)[1]
    if float(np.abs(np.where(own < 1, slope, np.maximum(slope, 0))).max()) > 1e-3:
        return _refused("the one-factor model did not settle")
    loadings = _loadings(own, correlations)
    return OneFactor(loadings if loadings.sum() >= 0 else -loadings, own)


def _refused(reason: str) -> OneFactor:
    return OneFactor(np.zeros(0), np.zeros(0), reason)


def _loadings(own: Vector, correlations: Matrix) -> Vector:
    scale = np.sqrt(own)
    values, vectors = np.linalg.eigh(correlations / np.outer(scale, scale))
    return np.asarray(scale * vectors[:, -1] * np.sqrt(max(float(values[-1]) - 1, 0.0)))


def _misfit(own: Vector, correlations: Matrix) -> tuple[float, Vector]:
    scale = np.sqrt(own)
    values = np.linalg.eigvalsh(correlations / np.outer(scale, scale))[:-1]
    loadings = _loadings(own, correlations)
    residual = loadings**2 + own - np.diag(correlations)
    return float((values - np.log(values) - 1).sum()), residual / own**2
