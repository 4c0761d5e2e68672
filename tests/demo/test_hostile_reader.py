"""The reader who knows every formula: scheme, weights, head counts, how many of each category answered. From the rounded figures
of the assessment, beside the unweighted means of each question, they try to learn what a group of one to four answered."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from math import floor
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from analysis.assessment import Scheme, Year, assessment
from analysis.assessment.answers import asked, poll_answers
from analysis.assessment.measures import Layout, layout
from analysis.assessment.poll_table import poll_table
from analysis.assessment.strata import strata
from analysis.assessment.thin_cells import ThinCells, thin_cells
from analysis.disclosure.assessment_gate import Surroundings, gated
from analysis.disclosure.released_assessment import ReleasedAssessment, Score
from analysis.frame import Frame, library_scoring
from analysis.repeating import sealed_polls, year_of
from tests.demo_instance import DemoInstance

SCHEME = Scheme(library_scoring())
PLAN: Layout = layout(SCHEME)
PROTECTED = range(1, 5)


@dataclass(frozen=True)
class Group:
    """Respondents of one category in one unit who answered one measure: what they weigh, and what they truly answered."""

    weight: float
    values: np.ndarray


@dataclass(frozen=True)
class Secret:
    """One measure of one unit: its groups, and the values that an answer can have."""

    unit: str
    measure: int
    groups: tuple[Group, ...]
    scale: np.ndarray

    @property
    def mean(self) -> float:
        return float(np.concatenate([group.values for group in self.groups]).mean())


@cache
def scale_of(n_items: int) -> tuple[float, ...]:
    """Values of an item, or of the mean of two or three of them."""
    if n_items == 1:
        return (0.0, 25.0, 50.0, 75.0, 100.0)
    return tuple(sorted({round(25 * total / n, 6) for n in range(2, n_items + 1) for total in range(4 * n + 1)}))


def secrets_of(year: Year) -> Iterator[Secret]:
    for poll in SCHEME.method.all_staff:
        told = asked(year, poll, PLAN, SCHEME.method)
        table = poll_table(told, poll_answers(year, told, PLAN, SCHEME.method, ""))
        weight = strata(table, year.units).weight
        blocks = list(poll_answers(year, told, PLAN, SCHEME.method, ""))
        if not blocks:
            continue  # not held in this wave
        unit = np.concatenate([block.unit for block in blocks])
        category = np.concatenate([block.category for block in blocks])
        for row, place in enumerate(told.places):
            measure = PLAN.measures[place]
            known = np.concatenate([block.known[row] for block in blocks])
            values = np.concatenate([block.values[row] for block in blocks])
            scale = scale_of(len(measure.items))
            if measure.credit is not None:
                scale = tuple(sorted({100 * credit for credit in measure.credit.values()}))
            for u, name in enumerate(told.units):
                groups = tuple(
                    Group(float(weight[u, c]), values[known & (unit == u) & (category == c)])
                    for c in (-1, *range(len(told.categories)))
                )
                groups = tuple(group for group in groups if group.values.size)
                if sum(group.values.size for group in groups) >= 5:
                    yield Secret(name, place, groups, np.array(scale))


def shown_score(released: ReleasedAssessment, secret: Secret) -> Score | None:
    """What the release says of a measure alone: a criterion, or a component of one question."""
    unit = released.unit(secret.unit)
    for dimension in PLAN.dimensions:
        found = unit.dimension(dimension.id)
        for part in dimension.parts:
            if part.measures == (secret.measure,):
                if len(dimension.parts) == 1:
                    return found.score
                return next((each.score for each in found.components if each.id == part.id), None)
    return None


def learnt(secret: Secret, score: Score | None) -> list[tuple[int, float]]:
    """(Group, answer) for every answer that the reader knows somebody in a protected group gave, and knows only from the
    derived figure: what the cells alone tell is the gate's to judge.

    A linear programme over counts of every group and value: the least number of people of the group with the answer.
    """
    sizes = [group.values.size for group in secret.groups]
    n, width = sum(sizes), len(secret.scale)
    equal = np.kron(np.eye(len(sizes)), np.ones(width))
    rows, limits = [], []

    def about(weights: list[float], value: float, reach: float) -> None:
        row = np.concatenate([w * secret.scale for w in weights])
        rows.extend([row, -row])
        limits.extend([value + reach, -(value - reach)])

    about([1 / n] * len(sizes), floor(secret.mean + 0.5), 0.5)
    if score is None or score.value is None or score.unweighted:
        return []  # nothing beside the cells
    alone = _learnt_from(secret, rows, limits, equal, sizes)
    total = sum(group.weight * group.values.size for group in secret.groups)
    about([group.weight / total for group in secret.groups], score.value, 2.5 if score.in_fives else 0.5)
    return [each for each in _learnt_from(secret, rows, limits, equal, sizes) if each not in alone]


def _learnt_from(
    secret: Secret, rows: list[np.ndarray], limits: list[float], equal: np.ndarray, sizes: list[int]
) -> list[tuple[int, float]]:
    width = len(secret.scale)
    found = []
    for place, group in enumerate(secret.groups):
        if group.values.size not in PROTECTED:
            continue
        for answer in np.unique(group.values.round(6)):
            aim = np.zeros(len(sizes) * width)
            aim[place * width + int(np.argmin(np.abs(secret.scale - answer)))] = 1
            least = linprog(aim, A_ub=np.array(rows), b_ub=np.array(limits) + 1e-7, A_eq=equal, b_eq=sizes)
            assert least.status == 0, (secret, least.message)
            if least.fun > 1e-6:
                found.append((place, float(answer)))
    return found


def released_of(year: Year, *, guarded: bool = True) -> ReleasedAssessment:
    thin = thin_cells(year, SCHEME) if guarded else ThinCells()
    return gated(assessment(year, None, SCHEME), Surroundings(thin=thin))


def year_from(folder: Path, wave: str) -> Year:
    return year_of(sealed_polls((folder / "sealed").glob("*.box")), wave, SCHEME.method.main_poll)


def thinned(year: Year, seed: int) -> Year:
    """The same university with few who answer: 10 to 30 of each unit, drawn by chance."""
    random = np.random.default_rng(seed)
    wanted = {unit.id: int(random.integers(10, 31)) for unit in year.units}

    def some(frame: Frame) -> Frame:
        order = random.permutation(frame.n_ballots)
        kept = [order[frame.unit[order] == place][: wanted.get(name, 0)] for place, name in enumerate(frame.units)]
        rows = np.sort(np.concatenate(kept))
        return Frame(frame.codebook, frame.units, frame.unit[rows], frame.codes[:, rows], frame.numbers[:, rows])

    return replace(year, frames={poll: [some(each) for each in frames] for poll, frames in year.frames.items()})


@pytest.mark.parametrize("wave", ["2025", "2026"])
def test_no_protected_group_of_the_demo_is_learnt_from_its_released_assessment(
    demo_instance: DemoInstance, wave: str
) -> None:
    year = year_from(demo_instance.folder, wave)
    released = released_of(year)
    secrets = list(secrets_of(year))
    assert sum(group.values.size in PROTECTED for secret in secrets for group in secret.groups) > 300
    assert [(each.unit, each.measure) for each in secrets if learnt(each, shown_score(released, each))] == []


@pytest.mark.parametrize("seed", range(3))
def test_no_protected_group_of_a_university_of_few_answers_is_learnt(demo_instance: DemoInstance, seed: int) -> None:
    year = thinned(year_from(demo_instance.folder, "2026"), seed)
    released = released_of(year)
    assert [(each.unit, each.measure) for each in secrets_of(year) if learnt(each, shown_score(released, each))] == []


def test_without_the_guard_the_reader_learns_answers(demo_instance: DemoInstance) -> None:
    year = year_from(demo_instance.folder, "2026")
    released = released_of(year, guarded=False)
    found = [(each.unit, each.measure) for each in secrets_of(year) if learnt(each, shown_score(released, each))]
    assert len(found) >= 5
