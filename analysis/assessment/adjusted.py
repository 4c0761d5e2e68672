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
from analysis.estimation.weights import MOST_UNKNOWN

RATED_BY = 0.5  # a measure is adjusted if at least this share of the respondents answered it


@dataclass(frozen=True, slots=True, eq=False)
class Adjustment:
    """`shift` (U, M): points each measure of a unit owes to its mix of staff; `noise` (U, M, M): covariance of the shifts
    from estimating the effects. `reasons`: per unit why there is no adjustment, or None."""

    shift: Values
    noise: Values
    reasons: tuple[str | None, ...]


def adjustment(
    main: PollAnswers, weight: Values, units: Sequence[AssessedUnit], layout: Layout, method: Method, scatter: Values
) -> Adjustment:
    """How much of every unit's figures is the mix of its staff.

    Meaning: logistics staff answer lower wherever they work; a branch of logistics staff should not be blamed for it.

    Inputs: respondents of the main poll and their `weight`; `scatter` (M, M) pooled spread of the scores, for the noise. Only measures rated by nearly everybody are adjusted; shares
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
    n_units, n_measures = len(units), len(layout.measures)
    mix = _mixes(main, weight, main.unit, n_units)
    serving = weight * ~retired[main.unit] if main.n else weight
    university = _mixes(main, serving, np.zeros(main.n, np.intp), 1)[0]
    shift, noise = np.zeros((n_units, n_measures)), np.zeros((n_units, n_measures, n_measures))
    if used.any():
        rated = [row for row, place in enumerate(main.places) if _is_rated(main, row, layout, place)]
        places = np.array([main.places[row] for row in rated], np.intp)
        effects, inverse = _effects(main, _groups(main, used), rated)
        away = mix - university
        shift[:, places] = away @ effects
        spread = np.einsum("ux,xy,uy->u", away, inverse, away)
        noise = spread[:, None, None] * scatter
    return Adjustment(shift, noise, _reasons(main, used, units, method))


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


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Respondents who told both, by unit, category and age: `group` of each (used ones), `unit` and `design` of each group."""

    used: npt.NDArray[np.bool_]
    group: npt.NDArray[np.intp]
    unit: npt.NDArray[np.intp]
    design: Values


def _groups(main: PollAnswers, used: npt.NDArray[np.bool_]) -> _Groups:
    n_categories, n_ages = int(main.category.max()) + 1, int(main.age.max()) + 1
    group = (main.unit[used] * n_categories + main.category[used]) * n_ages + main.age[used]
    rest, age = np.divmod(np.arange((int(main.unit.max()) + 1) * n_categories * n_ages), n_ages)
    unit, category = np.divmod(rest, n_categories)
    return _Groups(used, group, unit, np.hstack([_levels(category), _levels(age)]))


def _effects(main: PollAnswers, groups: _Groups, rated: Sequence[int]) -> tuple[Values, Values]:
    """Effects (levels, measures) by least squares within units, and (X'X)^-1 of the within-unit design.

    All respondents of a group have the same row of the design, so the groups' counts and sums give the same solution.
    """
    columns = []
    for row in rated:
        known = main.known[row, groups.used]
        counts: Values = np.bincount(groups.group, known, groups.unit.size).astype(np.float64)
        sums = np.bincount(groups.group, main.values[row, groups.used] * known, groups.unit.size)
        x = _centred(groups, counts)
        columns.append(_inverse(x, counts) @ (x.T @ sums))
    everyone: Values = np.bincount(groups.group, minlength=groups.unit.size).astype(np.float64)
    return np.array(columns).reshape(len(rated), groups.design.shape[1]).T, _inverse(
        _centred(groups, everyone), everyone
    )


def _centred(groups: _Groups, counts: Values) -> Values:
    """The design of every group less the mean of its unit."""
    return np.asarray(
        groups.design - _means(groups.design, counts, groups.unit, int(groups.unit.max()) + 1)[groups.unit]
    )


def _inverse(design: Values, counts: Values) -> Values:
    """(X'X)^-1, generalised: levels that nobody has, or that cannot be told apart, get no effect."""
    return np.asarray(np.linalg.pinv(design.T @ (design * counts[:, None]), rcond=1e-9, hermitian=True), np.float64)


def _reasons(
    main: PollAnswers, used: npt.NDArray[np.bool_], units: Sequence[AssessedUnit], method: Method
) -> tuple[str | None, ...]:
    """Why each unit has no adjusted figure, or None."""
    n_units, n_categories = len(units), len(main.categories)
    n = np.bincount(main.unit, minlength=n_units)
    told = np.minimum(
        np.bincount(main.unit[main.category >= 0], minlength=n_units),
        np.bincount(main.unit[main.age >= 0], minlength=n_units),
    )
    cells = main.unit[used] * n_categories + main.category[used]
    own = np.bincount(cells, minlength=n_units * n_categories).reshape(n_units, n_categories)
    elsewhere = own.sum(axis=0) - own
    matters = own >= np.maximum(1, method.support_share * own.sum(axis=1, keepdims=True))
    unsupported = (matters & (elsewhere < method.support_respondents)).any(axis=1)
    found: list[str | None] = []
    for place, unit in enumerate(units):
        if unit.retired:
            found.append(APART)
        elif n[place] == 0 or n[place] - told[place] > MOST_UNKNOWN * n[place]:
            found.append(CATEGORY_NOT_ASKED)
        else:
            found.append(NO_SUPPORT if unsupported[place] else None)
    return tuple(found)
