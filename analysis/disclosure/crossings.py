"""Counts by unit and by what respondents say of themselves: for the figures of attribute groups, and for the gate's attack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analysis.disclosure.branches import Pair, branches
from analysis.frame import Codebook, Frame, SingleItem
from analysis.tallies import MARKS, Combination, Tally

MOST_ATTRIBUTES = 2  # as many as a poll may ask
Cells = npt.NDArray[np.int64]


@dataclass(slots=True)
class Crossing:
    """Answers by unit and attribute. `columns[name]`: shape (units, groups of each attribute ..., 2 + codes); `pairs`: the
    answers to two columns, one of which leads to the other.

    The last place of every attribute counts those who did not say or were not asked. Always two attribute axes: one that
    is not used has a single place. Never leaves the gate.
    """

    book: Codebook
    units: tuple[str, ...]
    attributes: tuple[str, ...]
    shape: tuple[int, int, int] = field(init=False)
    columns: dict[str, Cells] = field(init=False)
    pairs: dict[Pair, Cells] = field(init=False)
    responding: Cells = field(init=False)

    def __post_init__(self) -> None:
        widths = [self.book.columns[self.book.place[name]].n_codes + 1 for name in self.attributes]
        first, second = (*widths, 1, 1)[:2]
        self.shape = (len(self.units), first, second)
        n = len(self.units) * first * second
        self.responding = np.zeros(n, np.int64)
        self.columns = {
            column.name: np.zeros((n, MARKS + column.n_codes), np.int64)
            for column in self.book.columns
            if column.kind != "design"
        }
        self.pairs = {
            pair: np.zeros((n, *(self.columns[name].shape[1] for name in pair)), np.int64)
            for pair in branches(self.book)
        }

    def add(self, frame: Frame) -> None:
        """Count the ballots of one block."""
        atom = frame.unit.astype(np.intp)
        for name, width in zip(self.attributes, self.shape[1:], strict=False):
            atom = atom * width + places(frame, name)
        self.responding += np.bincount(atom, minlength=self.responding.size)
        n = int(np.prod(self.shape))
        for column, codes in zip(self.book.columns, frame.codes, strict=True):
            if column.name in self.columns:
                width = MARKS + column.n_codes
                code = atom * width + codes + MARKS
                self.columns[column.name] += np.bincount(code, minlength=n * width).reshape(n, width)
        for (first, second), known in self.pairs.items():
            widths = known.shape[1:]
            code = (atom * widths[0] + frame.column(first) + MARKS) * widths[1] + frame.column(second) + MARKS
            self.pairs[first, second] = known + np.bincount(code, minlength=known.size).reshape(known.shape)

    def people(self) -> Cells:
        """Respondents, shape (units, first attribute, second attribute)."""
        return self.responding.reshape(self.shape)

    def counts(self, column: str) -> Cells:
        """Shape (units, first attribute, second attribute, 2 + codes)."""
        own: Cells = self.columns[column].reshape(*self.shape, -1)
        return own

    def joint(self, first: str, second: str) -> Cells:
        """Shape (units, first attribute, second attribute, 2 + codes of one column, 2 + codes of the other)."""
        own = self.pairs[first, second]
        return own.reshape(*self.shape, *own.shape[1:])


@dataclass(slots=True)
class AttributeTally:
    """The tally of one attribute: its "units" are unit x group, the place of a pair being unit * width + group."""

    attribute: str
    width: int
    tally: Tally

    def add(self, frame: Frame) -> None:
        """Count the ballots of one block."""
        pair = frame.unit * self.width + places(frame, self.attribute)
        self.tally.add(Frame(frame.codebook, self.tally.units, pair.astype(np.int32), frame.codes, frame.numbers))


@dataclass(frozen=True, slots=True)
class Counted:
    """All that is ever counted for a release."""

    tally: Tally
    crossing: Crossing
    groups: tuple[AttributeTally, ...] = ()

    def add(self, frame: Frame) -> None:
        self.tally.add(frame)
        self.crossing.add(frame)
        for each in self.groups:
            each.add(frame)


def attributes_of(book: Codebook) -> tuple[str, ...]:
    """The questions about the respondent that a release breaks down by: single choices, at most two."""
    personal = [book.questionnaire.item(name) for name in book.questionnaire.personal_items]
    return tuple(item.id for item in personal if isinstance(item, SingleItem))[:MOST_ATTRIBUTES]


def counted(
    book: Codebook,
    units: Sequence[str],
    frames: Iterable[Frame],
    plan: Sequence[Combination] = (),
    attributes: Sequence[str] | None = None,
) -> Counted:
    """One pass over the ballots of a poll. `attributes`: of the publication plan; None: all the questionnaire asks for."""
    names = attributes_of(book) if attributes is None else tuple(attributes)
    groups = []
    for name in names:
        width = book.columns[book.place[name]].n_codes + 1
        pairs = tuple(f"{unit}/{group}" for unit in units for group in range(width))
        groups.append(AttributeTally(name, width, Tally(book, pairs, tuple(plan))))
    found = Counted(Tally(book, tuple(units), tuple(plan)), Crossing(book, tuple(units), names), tuple(groups))
    for frame in frames:
        found.add(frame)
    return found


def places(frame: Frame, attribute: str) -> npt.NDArray[np.intp]:
    """The group of each ballot: the code of its answer, or the last place where there is none."""
    codes = frame.column(attribute).astype(np.intp)
    none = frame.codebook.columns[frame.codebook.place[attribute]].n_codes
    return np.where(codes < 0, none, codes)
