"""Best-worst screens as choices: each kind of choice once, with how often it was made and by whom."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from analysis.estimation.vectors import Matrix, Vector
from analysis.measurement.screens import Places, Screens

Choices = Literal["best", "best_then_worst"]


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceSets:
    """Kinds of choices, shape (kinds,): `options` (kinds, places) on offer, -1 empty; `sign` +1 for best, -1 for worst;
    `chosen` place; `times` made. Every single choice, shape (choices,): its `kind`, and its `respondent` 0..n - 1.

    A design has few kinds (versions x screens x answers), so a million respondents are fitted as fast as a thousand.
    """

    options: Places
    sign: Vector
    chosen: Places
    times: Vector
    kind: Places
    respondent: Places

    @property
    def n_respondents(self) -> int:
        return int(self.respondent.max(initial=-1)) + 1

    def by_respondent(self, values: Matrix) -> Matrix:
        """The sum of each kind's `values` (kinds, columns) over the choices of each respondent: (respondents, columns)."""
        columns = [np.bincount(self.respondent, column[self.kind], self.n_respondents) for column in values.T]
        return np.asarray(columns, np.float64).reshape(len(columns), self.n_respondents).T


def choice_sets(answered: Screens, choices: Choices) -> ChoiceSets:
    """The choices of screens with a best: the best of all shown and, unless the best alone is wanted, the worst of the rest."""
    given = answered.best >= 0
    table = np.column_stack((answered.shown, answered.best, answered.worst))[given]
    screens, screen = _kinds(table)
    _, who = np.unique(answered.respondent[given], return_inverse=True)
    shown, best, worst = screens[:, :-2], screens[:, -2], screens[:, -1]
    sets = [(shown, np.ones(len(screens)), _place(shown, best))]
    kind, respondent = screen, who
    if choices == "best_then_worst":
        both = worst >= 0
        rest = np.where(shown == best[:, None], -1, shown)[both]
        sets.append((rest, -np.ones(len(rest)), _place(rest, worst[both])))
        last = np.cumsum(both) - 1 + len(screens)
        kind, respondent = (
            np.concatenate((screen, last[screen[both[screen]]])),
            np.concatenate((who, who[both[screen]])),
        )
    options, sign, chosen = (np.concatenate(parts) for parts in zip(*sets, strict=True))
    times = np.bincount(kind, minlength=len(options)).astype(np.float64)
    return ChoiceSets(options, sign, chosen, times, kind, respondent)


def _place(offered: Places, option: Places) -> Places:
    return (offered == option[:, None]).argmax(axis=1) if offered.size else np.zeros(len(option), np.intp)


def _kinds(table: Places) -> tuple[Places, Places]:
    """The different rows of a table of numbers from -1 on, and for each row which of them it is."""
    base = int(table.max(initial=-1)) + 2
    code: npt.NDArray[np.int64] = np.zeros(len(table), np.int64)
    for column in table.T:
        code = code * base + column + 1
        if code.max(initial=0) >= 2**40:  # rare, wide screens: number the rows anew before the codes grow too large
            code = np.unique(code, return_inverse=True)[1].astype(np.int64)
    _, first, index = np.unique(code, return_index=True, return_inverse=True)
    return table[first], index
