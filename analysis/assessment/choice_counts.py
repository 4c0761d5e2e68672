"""Plain counts of one question's choices by unit."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from analysis.assessment.measures import Values
from analysis.frame import Frame
from analysis.tallies import MARKS


def choice_counts(frames: Sequence[Frame], item: str, places: Mapping[str, int]) -> dict[str, Values]:
    """How many chose each choice of an item, by choice: shape (units,), at the `places` of the units.

    Frames whose questionnaire lacks the item count nothing; without any that has it the result is empty.
    """
    found: dict[str, Values] = {}
    for frame in frames:
        if item not in frame.codebook.place:
            continue
        ids = [choice.id for choice in frame.codebook.questionnaire.item(item).choices]
        width, n_units = len(ids) + MARKS, len(frame.units)
        codes = frame.unit * np.int32(width) + frame.column(item) + np.int32(MARKS)
        counts = np.bincount(codes, minlength=n_units * width).reshape(n_units, width)[:, MARKS:]
        own = [unit for unit, name in enumerate(frame.units) if name in places]
        at = [places[frame.units[unit]] for unit in own]
        for name, column in zip(ids, counts[own].T, strict=True):
            np.add.at(found.setdefault(name, np.zeros(len(places))), at, column)
    return found


def counted(counts: Mapping[str, Values], chosen: Collection[str], n_units: int) -> Values:
    """How many chose one of these, shape (units,)."""
    return sum((counts[name] for name in chosen if name in counts), np.zeros(n_units))
