"""The second column: what a unit's composite would be with the university's mix of staff categories and ages.

Never in place of the figure as answered: both stand beside each other (assessment.md section 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.assessment.answers import AssessedUnit, PollAnswers
from analysis.assessment.contract import Figure
from analysis.assessment.measures import Layout, Values
from analysis.assessment.reasons import APART, CATEGORY_NOT_ASKED, NO_SUPPORT
from analysis.assessment.scheme import Method
from analysis.weights import MOST_UNKNOWN

RATED_BY = 0.5  # a measure is adjusted if at least this share of the respondents answered it


@dataclass(frozen=True, slots=True, eq=False)
class Adjustment:
    """`shift` (U, M): points each measure of a unit owes to its mix of staff; `noise` (U, M, M): covariance of the shifts
    from estimating the effects. `reasons`: per unit why there is no adjustment, or None."""

    shift: Values
    noise: Values
    reasons: tuple[str | None, ...]


def adjustment(
    main: PollAnswers, weight: Values, units: Sequence[AssessedUnit], layout: Layout, method: Method
) -> Adjustment:
    """How much of every unit's figures is the mix of its staff.

    Meaning: logistics staff answer lower wherever they work; a branch of logistics staff should not be blamed for it.

    Inputs: respondents of the main poll and their `weight`. Only measures rated by nearly everybody are adjusted; shares
    about cases are not opinions and stay as they are.

    Formula: y_i = branch + category + age + e by least squares within branches (in-service respondents who told both);
    shift_b = (mix of branch - mix of university) x effects, mixes weighted. Adjusted figure = figure - k'shift.

    Withheld where more than a fifth told no category, or no age, and where a category that makes a fifth or more of the unit has
    fewer than 20 respondents in other branches: the effect would rest on a handful of people. It misleads if the mix is
    itself the work of the branch. Reference: assessment.md 4; Kitagawa (1955). Checked against: the demo's logistics branch.
    """
    told = (main.category >= 0) & (main.age >= 0)
    retired = np.array([unit.retired for unit in units])
    used = told & ~retired[main.unit] if main.n else told
    design = np.hstack([_levels(main.category), _levels(main.age)])
    n_units, n_measures = len(units), len(layout.measures)
    mix = _mixes(main, weight, main.unit, n_units)
    serving = weight * ~retired[main.unit] if main.n else weight
    university = _mixes(main, serving, np.zeros(main.n, np.intp), 1)[0]
    shift, noise = np.zeros((n_units, n_measures)), np.zeros((n_units, n_measures, n_measures))
    if used.any():
        rated = [row for row, place in enumerate(main.places) if _is_rated(main, row, layout, place)]
        places = np.array([main.places[row] for row in rated], np.intp)
        effects, residual, inverse = _effects(main, design, rated, used)
        away = mix - university
        shift[:, places] = away @ effects
        spread = np.einsum("ux,xy,uy->u", away, inverse, away)
        noise[:, places[:, None], places[None, :]] = spread[:, None, None] * residual
    return Adjustment(shift, noise, tuple(_reason(main, used, place, unit, method) for place, unit in enumerate(units)))


def adjusted_figure(
    value: float, variance: float, degrees: float, shift: Values, noise: Values, coefficients: Values, method: Method
) -> Figure:
    """The composite of one unit less what its mix explains: `shift` (M,), `noise` (M, M), `coefficients` (M,)."""
    from analysis.assessment.classification import interval_of

    mixed = min(100.0, max(0.0, value - float(coefficients @ shift)))
    total = variance + max(0.0, float(coefficients @ noise @ coefficients))
    return Figure.of(mixed, interval_of(mixed, total, degrees, method.confidence))


def _levels(codes: npt.NDArray[np.intp]) -> Values:
    """One 0/1 column for each level; unknown is zero in all."""
    n_levels = int(codes.max(initial=-1)) + 1
    return np.asarray(codes[:, None] == np.arange(n_levels), np.float64)


def _means(design: Values, weight: Values, group: npt.NDArray[np.intp], n_groups: int) -> Values:
    total = np.bincount(group, weight, n_groups)
    sums = np.array([np.bincount(group, weight * column, n_groups) for column in design.T])
    return np.asarray((sums.reshape(design.shape[1], n_groups) / np.where(total > 0, total, 1.0)).T)


def _mixes(main: PollAnswers, weight: Values, group: npt.NDArray[np.intp], n_groups: int) -> Values:
    """Shares of the categories and of the ages among those who told them, shape (groups, levels)."""
    parts = [_means(_levels(codes), weight * (codes >= 0), group, n_groups) for codes in (main.category, main.age)]
    return np.hstack(parts)


def _is_rated(main: PollAnswers, row: int, layout: Layout, place: int) -> bool:
    return layout.measures[place].credit is None and bool(main.known[row].mean() >= RATED_BY)


def _effects(
    main: PollAnswers, design: Values, rated: Sequence[int], used: npt.NDArray[np.bool_]
) -> tuple[Values, Values, Values]:
    """Effects (levels, measures), residual covariance (measures, measures), and (X'X)^-1 of the within-branch design."""
    n_units = int(main.unit.max()) + 1
    effects = []
    residuals = np.zeros((len(rated), main.n))
    for at, row in enumerate(rated):
        kept = used & main.known[row]
        unit = main.unit[kept]
        x = design[kept] - _means(design[kept], np.ones(unit.size), unit, n_units)[unit]
        y = main.values[row, kept]
        y = y - (np.bincount(unit, y, n_units) / np.maximum(np.bincount(unit, minlength=n_units), 1))[unit]
        solved = _inverse(x) @ (x.T @ y)
        effects.append(solved)
        residuals[at, kept] = y - x @ solved
    unit = main.unit[used]
    centred = design[used] - _means(design[used], np.ones(unit.size), unit, n_units)[unit]
    inverse = _inverse(centred)
    degrees = max(1, int(used.sum()) - np.unique(unit).size - design.shape[1])
    found: Values = np.array(effects).reshape(len(rated), design.shape[1]).T
    return found, residuals @ residuals.T / degrees, inverse


def _inverse(design: Values) -> Values:
    """(X'X)^-1, generalised: levels that nobody has, or that cannot be told apart, get no effect."""
    return np.asarray(np.linalg.pinv(design.T @ design, rcond=1e-9, hermitian=True), np.float64)


def _reason(
    main: PollAnswers,
    used: npt.NDArray[np.bool_],
    place: int,
    unit: AssessedUnit,
    method: Method,
) -> str | None:
    if unit.retired:
        return APART
    here = main.unit == place
    n, known = int(here.sum()), int((here & (main.category >= 0)).sum())
    fewest = min(known, int((here & (main.age >= 0)).sum()))
    if n == 0 or n - fewest > MOST_UNKNOWN * n:
        return CATEGORY_NOT_ASKED
    for category in range(len(main.categories)):
        of_category = used & (main.category == category)
        own, elsewhere = int((of_category & here).sum()), int((of_category & ~here).sum())
        if own >= method.support_share * known and elsewhere < method.support_respondents:
            return NO_SUPPORT
    return None
