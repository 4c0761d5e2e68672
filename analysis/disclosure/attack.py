"""Rule 6: the attack of a reader with a linear-programming solver, run on our own figures before anybody sees them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SAFE = 1e-6  # a minimum below this is nobody


@dataclass(frozen=True, slots=True)
class Statement:
    """Something published: the people of `atoms`, weighed by answer, add up to something in low..high.

    `row` names the cell that says it. `weights`: per answer; a count of answers has ones and zeros, a mean its scores.
    """

    row: str
    atoms: npt.NDArray[np.intp]
    weights: npt.NDArray[np.float64]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Target:
    """A protected group and an answer somebody of it gave: several where the answer is told in parts (a branch)."""

    atoms: tuple[int, ...]
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """The reader knows that at least `minimum` people of the group gave the answer; `rows`: whose figures say so."""

    target: Target
    minimum: float
    rows: tuple[str, ...]


class AttackFailed(ArithmeticError):  # noqa: N818 - errors are plain nouns
    """The solver gave up: nothing is known, so nothing may be published."""


def findings(
    n_atoms: int, n_answers: int, statements: Sequence[Statement], targets: Sequence[Target], most: int | None = None
) -> tuple[Finding, ...]:
    """The targets of which the statements prove that somebody is there; the search ends with `most` of them.

    Formula: counts x[atom, answer] >= 0 under all statements; a target is safe if its sum can be 0. One programme
    minimises the sum over all targets and clears those that are 0 in its solution; those left get programmes of their
    own, and each solution clears what is 0 in it. Statements should be true of one world, or AttackFailed is raised.
    Whole numbers are not asked of the counts: a reader could know more only where no fractional table fits.
    """
    if not targets:
        return ()
    programme = _Programme(n_atoms, n_answers, statements)
    found: list[Finding] = []
    left = list(targets)
    solution, _ = programme.least(left)
    left = [each for each in left if programme.people(solution, each) > SAFE]
    while left and (most is None or len(found) < most):
        target = left.pop()
        solution, rows = programme.least([target])
        minimum = programme.people(solution, target)
        if minimum > SAFE:
            found.append(Finding(target, minimum, rows))
        left = [each for each in left if programme.people(solution, each) > SAFE]
    return tuple(found)


class _Programme:
    def __init__(self, n_atoms: int, n_answers: int, statements: Sequence[Statement]) -> None:
        from scipy.sparse import csr_array

        self._n_answers = n_answers
        self._n = n_atoms * n_answers
        self._rows: dict[bool, list[str]] = {True: [], False: []}
        parts: dict[bool, list[tuple[npt.NDArray[np.intp], npt.NDArray[np.float64], float]]] = {True: [], False: []}
        for each in statements:
            used = np.flatnonzero(each.weights)
            places = (each.atoms[:, None] * n_answers + used).ravel()
            values = np.tile(each.weights[used], each.atoms.size)
            for exact, sign, limit in _sides(each):
                parts[exact].append((places, values * sign, limit))
                self._rows[exact].append(each.row)
        self._matrices = {}
        self._limits = {}
        for exact, own in parts.items():
            starts = np.cumsum([0, *(places.size for places, _, _ in own)])
            columns = np.concatenate([places for places, _, _ in own]) if own else np.zeros(0, np.intp)
            values = np.concatenate([values for _, values, _ in own]) if own else np.zeros(0)
            self._matrices[exact] = csr_array((values, columns, starts), shape=(len(own), self._n))
            self._limits[exact] = np.array([limit for _, _, limit in own])

    def least(self, targets: Sequence[Target]) -> tuple[npt.NDArray[np.float64], tuple[str, ...]]:
        """A table in which the targets hold the fewest people, and the rows whose statements keep it from fewer."""
        from scipy.optimize import linprog

        cost = np.zeros(self._n)
        for target in targets:
            cost[self._places(target)] += 1
        for presolve in (
            True,
            False,
        ):  # the simplifications of HiGHS find some programmes without a solution that have one
            found = linprog(
                cost,
                A_ub=self._matrices[False] if self._rows[False] else None,
                b_ub=self._limits[False] if self._rows[False] else None,
                A_eq=self._matrices[True] if self._rows[True] else None,
                b_eq=self._limits[True] if self._rows[True] else None,
                method="highs",
                options={"presolve": presolve},
            )
            if found.status == 0:
                break
        else:
            raise AttackFailed(f"The solver found no table that fits what is published: {found.message}")
        duals = [(self._rows[True], found.eqlin.marginals), (self._rows[False], found.ineqlin.marginals)]
        rows = {name for names, prices in duals for name, price in zip(names, prices, strict=True) if abs(price) > SAFE}
        solution: npt.NDArray[np.float64] = found.x
        return solution, tuple(sorted(rows))

    def people(self, solution: npt.NDArray[np.float64], target: Target) -> float:
        return float(solution[self._places(target)].sum())

    def _places(self, target: Target) -> list[int]:
        return [atom * self._n_answers + answer for atom in target.atoms for answer in target.answers]


def _sides(statement: Statement) -> list[tuple[bool, float, float]]:
    if statement.low == statement.high:
        return [(True, 1.0, statement.low)]
    return [(False, 1.0, statement.high), (False, -1.0, -statement.low)]
