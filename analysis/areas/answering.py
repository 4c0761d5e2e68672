"""Whose answers are counted together: frames of one questionnaire, units, and how many members they have."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.estimates import domain_population
from analysis.frame import AnyItem, Frame

Known = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Answering:
    """`n_eligible`: members of these units; None where nobody knows who could have answered (after a service, an event)."""

    frames: Sequence[Frame]
    units: Collection[str]
    n_eligible: int | None = None

    @property
    def n_responding(self) -> int:
        return sum(int(rows.sum()) for _, rows in self.blocks())

    def blocks(self) -> Iterator[tuple[Frame, Known]]:
        """Each frame with the rows that belong to the units."""
        for frame in self.frames:
            inside = np.array([name in self.units for name in frame.units], bool)
            yield frame, inside[frame.unit] if inside.size else np.zeros(frame.n_ballots, bool)

    def item(self, item: str) -> AnyItem | None:
        """The item as the first questionnaire that has it asks it."""
        for frame in self.frames:
            if item in frame.codebook.questionnaire:
                return frame.codebook.questionnaire.item(item)
        return None

    def population(self, base: int) -> float | None:
        """How many members stand behind a base, for the finite population; None where unknown."""
        return None if self.n_eligible is None else domain_population(base, self.n_responding, self.n_eligible)
