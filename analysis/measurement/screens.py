"""Best-worst screens: how often each need was put first and last when a screen allows one answer at either end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Screens:
    """Answered screens: `shown` (screens, places) option indices, -1 where a place is empty; `best` and `worst`
    (screens,) option indices, -1 where left blank; `respondent` (screens,) who answered, any number.
    """

    shown: Places
    best: Places
    worst: Places
    respondent: Places


@dataclass(frozen=True, slots=True)
class OptionCount:
    """How often an option was shown, chosen as best and as worst; `score` = (best - worst) / shown, -1..1."""

    shown: int
    best: int
    worst: int
    score: float | None
    reason: str | None = None

    @property
    def net(self) -> int:
        return self.best - self.worst


def screens(
    shown: Sequence[Sequence[int]], best: npt.ArrayLike, worst: npt.ArrayLike, respondent: npt.ArrayLike
) -> Screens:
    """Screens from lists of options shown (of any length), and the choices as in `Screens`, checked against them."""
    width = max((len(each) for each in shown), default=0)
    padded = np.full((len(shown), width), -1, dtype=np.intp)
    for row, options in zip(padded, shown, strict=True):
        row[: len(options)] = options
    result = Screens(padded, *(np.asarray(part, dtype=np.intp) for part in (best, worst, respondent)))
    for chosen in (result.best, result.worst):
        if chosen.shape != (len(shown),) or not np.all((padded == chosen[:, None]).any(axis=1) | (chosen < 0)):
            raise ValueError("The best and the worst of a screen are among the options it shows.")
    if np.any((result.best >= 0) & (result.best == result.worst)):
        raise ValueError("One option cannot be both the best and the worst of a screen.")
    return result


def option_counts(answered: Screens, n_options: int) -> tuple[OptionCount, ...]:
    """Counts and best-minus-worst score of each option.

    Meaning: the share of showings in which it was chosen first, minus that in which it was chosen last.

    Inputs: `answered` screens (those blank at both ends are left out), `n_options` options with indices 0 .. n - 1.
    Formula: (best - worst) / times shown.

    It misleads when the design shows some options mostly beside strong ones; the conditional logit allows for that.
    Reference: Louviere, Flynn & Marley (2015). Checked against: maxdiff.json (counts).
    """
    kept = (answered.best >= 0) | (answered.worst >= 0)
    parts = (answered.shown[kept], answered.best, answered.worst)
    shown, best, worst = (np.bincount(part[part >= 0], minlength=n_options).tolist() for part in parts)
    return tuple(_count(*row) for row in zip(shown, best, worst, strict=True))


def _count(shown: int, best: int, worst: int) -> OptionCount:
    if shown == 0:
        return OptionCount(0, 0, 0, None, "never shown on an answered screen")
    return OptionCount(shown, best, worst, (best - worst) / shown)
