"""The second column: what a unit's composite would be with the university's mix of staff categories and ages.

Never in place of the figure as answered: both stand beside each other (assessment.md section 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.assessment.answers import AssessedUnit
from analysis.assessment.contract import Figure
from analysis.assessment.measures import Known, Layout, Values
from analysis.assessment.poll_table import PollTable
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
    main: PollTable, weight: Values, units: Sequence[AssessedUnit], layout: Layout, method: Method, scatter: Values
) -> Adjustment:
    """How much of every unit's figures is the mix of its staff.

    Meaning: logistics staff answer lower wherever they work; a branch of logistics staff should not be blamed for it.

    Inputs: the sums of the main poll and the `weight` of its groups (U, C + 1); `scatter` (M, M) pooled spread of the
    scores, for the noise. Only measures rated by nearly everybody are adjusted; shares about cases are not opinions and
    stay as they are.

    Formula: y_i = branch + category + age + e by least squares within branches (in-service respondents who told both),
    from the counts and sums of each unit, category and age: all of such a group have the same row of the design;
    shift_b = (mix of branch - mix of university) x effects, mixes weighted. Adjusted figure = figure - k'shift.

    Withheld where more than a fifth told no category, or no age, and where a category that makes a fifth or more of the unit has
    fewer than 20 respondents in other branches: the effect would rest on a handful of people. It misleads if the mix is
    itself the work of the branch. Reference: assessment.md 4; Kitagawa (1955). Checked against: the demo's logistics branch.
    """
    serving = np.array([not unit.retired for unit in units], bool)
    n_measures = len(layout.measures)
    mix = _mixes(main, weight)
    shift, noise = np.zeros((len(units), n_measures)), np.zeros((len(units), n_measures, n_measures))
    told = _told_both(main) * serving[:, None, None]
    if told.any():
        rated = [row for row, place in enumerate(main.asked.places) if _is_rated(main, row, layout, place)]
        places = np.array([main.asked.places[row] for row in rated], np.intp)
        effects, inverse = _effects(main, told, serving, rated)
        away = _shares(mix, main) - _shares((mix * serving[:, None]).sum(axis=0, keepdims=True), main)
        shift[:, places] = away @ effects
        spread = np.einsum("ux,xy,uy->u", away, inverse, away)
        noise = spread[:, None, None] * scatter
    return Adjustment(shift, noise, _reasons(main, told, units, method))


def adjusted_figure(
    value: float, variance: float, degrees: float, shift: Values, noise: Values, coefficients: Values, method: Method
) -> Figure:
    """The composite of one unit less what its mix explains: `shift` (M,), `noise` (M, M), `coefficients` (M,)."""
    from analysis.assessment.classification import interval_of

    mixed = min(100.0, max(0.0, value - float(coefficients @ shift)))
    total = variance + max(0.0, float(coefficients @ noise @ coefficients))
    return Figure.of(mixed, interval_of(mixed, total, degrees, method.confidence))


def _by_age(main: PollTable) -> Values:
    """Sums of z of those who told both, by unit, category and age, shape (U, C, A, 1 + 2m)."""
    return main.groups[:, :-1, 1 + 2 * main.m :]


def _told_both(main: PollTable) -> Values:
    """How many told both, by unit, category and age."""
    return _by_age(main)[..., 0]


def _mixes(main: PollTable, weight: Values) -> Values:
    """Members behind the categories and behind the ages of those who told them, shape (U, C + A)."""
    ages = main.groups[:, :, 1 + 2 * main.m :, 0]
    return np.hstack([(weight * main.n)[:, :-1], (weight[:, :, None] * ages).sum(axis=1)])


def _shares(mix: Values, main: PollTable) -> Values:
    """The same as shares, of the categories and of the ages apart."""
    n_categories = len(main.asked.categories)
    parts = (mix[:, :n_categories], mix[:, n_categories:])
    totals = (part.sum(axis=1, keepdims=True) for part in parts)
    return np.hstack([part / np.where(total > 0, total, 1.0) for part, total in zip(parts, totals, strict=True)])


def _is_rated(main: PollTable, row: int, layout: Layout, place: int) -> bool:
    known = float(main.groups[..., 1 + main.m + row, 0].sum())
    return layout.measures[place].credit is None and known >= RATED_BY * float(main.n.sum())


def _effects(main: PollTable, told: Values, serving: Known, rated: Sequence[int]) -> tuple[Values, Values]:
    """Effects (levels, measures) by least squares within units, and (X'X)^-1 of the within-unit design."""
    sums = _by_age(main) * serving[:, None, None, None]
    columns = []
    for row in rated:
        counts, own = sums[..., 1 + main.m + row], sums[..., 1 + row]
        x = _centred(counts)
        columns.append(_inverse(x, counts) @ np.einsum("ucal,uca->l", x, own))
    levels = sum(told.shape[1:])
    return np.array(columns).reshape(len(rated), levels).T, _inverse(_centred(told), told)


def _centred(counts: Values) -> Values:
    """The design of every group, one 0/1 column for each category and age, less the mean of its unit: (U, C, A, C + A)."""
    n_categories, n_ages = counts.shape[1:]
    design = np.zeros((n_categories, n_ages, n_categories + n_ages))
    design[..., :n_categories] = np.eye(n_categories)[:, None]
    design[..., n_categories:] = np.eye(n_ages)
    total = counts.sum(axis=(1, 2))[:, None]
    means = np.einsum("uca,cal->ul", counts, design) / np.where(total > 0, total, 1.0)
    return np.asarray(design - means[:, None, None])


def _inverse(design: Values, counts: Values) -> Values:
    """(X'X)^-1, generalised: levels that nobody has, or that cannot be told apart, get no effect."""
    rows = design.reshape(-1, design.shape[-1])
    return np.asarray(np.linalg.pinv(rows.T @ (rows * counts.reshape(-1, 1)), rcond=1e-9, hermitian=True), np.float64)


def _reasons(
    main: PollTable, told_both: Values, units: Sequence[AssessedUnit], method: Method
) -> tuple[str | None, ...]:
    """Why each unit has no adjusted figure, or None."""
    n = main.n.sum(axis=1)
    told_age = main.groups[:, :, 1 + 2 * main.m :, 0].sum(axis=(1, 2))
    told = np.minimum(n - main.n[:, -1], told_age)
    own = told_both.sum(axis=2)
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
