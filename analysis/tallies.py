"""Counts: the only thing ever computed over single ballots. Everything else follows from them.

A tally adds up block by block in constant memory; adding blocks in any order gives the same integers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analysis.frame import BestWorstItem, Codebook, Frame, FrameColumn

Counts = npt.NDArray[np.int64]
MARKS = 2  # off path and blank, before the codes


@dataclass(frozen=True, slots=True)
class Combination:
    """Several rating columns counted together: how many of them a respondent answered, and the sum of the steps.

    `steps[column]` gives each code its steps from the bottom of the scale (0..top), or -1 where it is no answer.
    A respondent's mean is sum / answered / top; the pair of small integers keeps the tally exact.
    """

    name: str
    columns: tuple[str, ...]
    steps: tuple[tuple[int, ...], ...]
    top: int

    @property
    def n_codes(self) -> int:
        return (len(self.columns) + 1) * self.width

    @property
    def width(self) -> int:
        return len(self.columns) * self.top + 1


@dataclass(slots=True)
class Tally:
    """Counts per unit and code.

    `columns[name]`: int64, shape (units, 2 + codes); column 0 counts off path, 1 blank, then the codes.
    `combinations[name]`: int64, shape (units, n_codes), code = answered * width + sum of steps.
    `best_worst[item]`: int64, shape (units, options, most + 1, 2 * most + 1): how many respondents saw the option this
    often on screens they answered, and chose it first minus last this often (shifted by `most`).
    """

    book: Codebook
    units: tuple[str, ...]
    plan: tuple[Combination, ...] = ()
    responding: Counts = field(init=False)
    columns: dict[str, Counts] = field(init=False)
    combinations: dict[str, Counts] = field(init=False)
    best_worst: dict[str, Counts] = field(init=False)

    def __post_init__(self) -> None:
        n = len(self.units)
        self.responding = np.zeros(n, np.int64)
        self.columns = {column.name: np.zeros((n, MARKS + column.n_codes), np.int64) for column in self.book.columns}
        self.combinations = {each.name: np.zeros((n, each.n_codes), np.int64) for each in self.plan}
        self.best_worst = {}
        for item in best_worst_items(self.book):
            most = shown_most(item)
            self.best_worst[item.id] = np.zeros((n, len(item.choices), most + 1, 2 * most + 1), np.int64)

    def add(self, frame: Frame) -> None:
        """Count the ballots of one block."""
        if frame.units != self.units or frame.codebook.columns != self.book.columns:
            raise ValueError("The block belongs to another poll.")
        n = len(self.units)
        unit = frame.unit.astype(np.intp)
        self.responding += np.bincount(unit, minlength=n)
        first = {width: unit * width + MARKS for width in {MARKS + column.n_codes for column in self.book.columns}}
        for column, codes in zip(self.book.columns, frame.codes, strict=True):
            width = MARKS + column.n_codes
            self.columns[column.name] += np.bincount(first[width] + codes, minlength=n * width).reshape(n, -1)
        for each in self.plan:
            counts = np.bincount(unit * each.n_codes + combined(frame, each), minlength=n * each.n_codes)
            self.combinations[each.name] += counts.reshape(n, -1)
        for item in best_worst_items(self.book):
            _add_best_worst(self.best_worst[item.id], frame, item, unit)

    def merge(self, other: "Tally") -> None:
        """Add what another tally of the same poll counted."""
        self.responding += other.responding
        for mine, theirs in (
            (self.columns, other.columns),
            (self.combinations, other.combinations),
            (self.best_worst, other.best_worst),
        ):
            for name, counts in theirs.items():
                mine[name] += counts


def tally_of(book: Codebook, units: Sequence[str], frames: Iterable[Frame], plan: Sequence[Combination] = ()) -> Tally:
    """The tally of all blocks of a poll."""
    tally = Tally(book, tuple(units), tuple(plan))
    for frame in frames:
        tally.add(frame)
    return tally


def combined(frame: Frame, combination: Combination) -> npt.NDArray[np.intp]:
    """One code per ballot: answered * width + sum of steps."""
    code = np.zeros(frame.n_ballots, np.intp)
    for name, steps in zip(combination.columns, combination.steps, strict=True):
        worth = np.array([0 if step < 0 else combination.width + step for step in steps] + [0, 0], np.intp)
        code += worth.take(frame.column(name).astype(np.intp), mode="wrap")  # -2 and -1 reach the zeros at the end
    return code


def best_worst_items(book: Codebook) -> tuple[BestWorstItem, ...]:
    """The best-worst items of a questionnaire, in order."""
    return tuple(item for item in book.questionnaire.items if isinstance(item, BestWorstItem))


def shown_most(item: BestWorstItem) -> int:
    """How often one respondent can see the same option."""
    often = [
        sum(screen.count(option) for screen in version)
        for version in item.design
        for option in range(len(item.choices))
    ]
    return max(often)


def _add_best_worst(counts: Counts, frame: Frame, item: BestWorstItem, unit: npt.NDArray[np.intp]) -> None:
    design = frame.column(f"{item.id}.design")
    screens = range(1, item.screens + 1)
    best = [frame.column(f"{item.id}.{screen}.best") for screen in screens]
    worst = [frame.column(f"{item.id}.{screen}.worst") for screen in screens]
    n_units, n_options, n_shown, n_net = counts.shape
    for option in range(n_options):
        shown = np.zeros(frame.n_ballots, np.intp)
        net = np.full(frame.n_ballots, n_shown - 1, np.intp)
        for place, (first, last) in enumerate(zip(best, worst, strict=True)):
            on_screen = np.array([option in version[place] for version in item.design] + [False, False])
            seen = (first >= 0) & (last >= 0) & on_screen.take(design.astype(np.intp), mode="wrap")
            shown += seen
            net += (seen & (first == option)).astype(np.intp) - (seen & (last == option))
        code = (unit * n_shown + shown) * n_net + net
        counts[:, option] += np.bincount(code, minlength=n_units * n_shown * n_net).reshape(n_units, n_shown, n_net)


def answered_counts(counts: Counts, column: FrameColumn) -> Counts:
    """The counts of the codes of one column, without blank and off path: shape (units, codes)."""
    part: Counts = counts[:, MARKS : MARKS + column.n_codes]
    return part
