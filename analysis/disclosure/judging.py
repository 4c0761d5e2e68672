"""Rules 5 and 6 over one release: which rows of which question may be shown, and where groups must be told coarsely."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from analysis.disclosure.attack import AttackFailed, Finding, Statement, Target, findings
from analysis.disclosure.crossings import Cells
from analysis.disclosure.elimination import Cell, publishable
from analysis.disclosure.exchanges import Crossed, exchangeable
from analysis.disclosure.protected import Group, protected_groups
from analysis.disclosure.questions import OFF_PATH
from analysis.disclosure.released import EVERYBODY
from analysis.disclosure.unsafe import UnsafeRelease
from analysis.frame import Text

_PAIRS = ((0, 1), (0, 2), (1, 2))  # unit x first attribute, unit x second, first x second

_FEW = 8  # proofs to look at before something is hidden; the rest come up again if they still hold

# What a row that is told coarsely says, as statements about its answers: weights, low, high.
Saying = tuple[npt.NDArray[np.float64], float, float]
Sayings = Mapping[str, Sequence[Saying]]
Answers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """A row of the release as places of one axis (0 unit, 1 and 2 attributes); the order of slices is their importance."""

    id: str
    axis: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided for one question: rows that may be shown, those of them told coarsely; `withheld`: not even the
    total may be, because all but a few people gave one answer."""

    shown: frozenset[str]
    coarse: frozenset[str] = frozenset()
    withheld: bool = False


@dataclass(slots=True)
class Judge:
    """Decides question by question. `slices`: everything planned below the total, important ones first.

    `people`: respondents, shape (units, first attribute, second attribute), of the in-service total alone.
    `limits`: head counts per unit, 0 where none is known; what everybody knows beforehand.
    """

    people: Cells
    slices: tuple[Slice, ...]
    minimum: int
    limits: Sequence[int] = ()
    _answered: dict[tuple[bytes, frozenset[str]], frozenset[str]] = field(default_factory=dict)

    def structure(self) -> frozenset[str]:
        """The rows that may be shown at all: by the numbers of respondents alone."""
        return self.eliminated(self.people, frozenset(each.id for each in self.slices))

    def eliminated(self, people: Cells, wanted: frozenset[str]) -> frozenset[str]:
        """Rule 5: the part of `wanted` that gives no protected group away by equations."""
        key = (people.tobytes(), wanted)
        if key not in self._answered:
            kept = wanted
            for axes in self._pairs():
                kept = self._eliminated(_flat(people, axes), axes, kept)
            self._answered[key] = kept
        return self._answered[key]

    def verdict(
        self,
        counts: Cells,
        told: Sequence[Answers],
        wanted: frozenset[str],
        coarse: frozenset[str] = frozenset(),
        sayings: Callable[[str], Sequence[Saying]] = lambda _: (),
    ) -> Verdict:
        """Rules 5 and 6 for one question.

        Inputs: `counts`, shape (units, attributes ..., answers) of the in-service total; `told` the answers that count as
        said (several places each where an answer lies in parts); `wanted` rows; `coarse` those of them that are told coarsely anyway; `sayings(row)` what a row says if it is.
        Everything of the other rows is taken as known exactly, so that no mean, interval or score can tell more. Where
        that pins somebody, groups are told coarsely; then the units the proofs lean on; where that is not enough, the
        smallest row they lean on is hidden. If the total alone pins somebody, the question is withheld whole.
        """
        asked = counts.sum(axis=-1) - counts[..., OFF_PATH]
        branched = not np.array_equal(asked, self.people)
        shown = self.eliminated(asked, wanted) if branched else wanted
        coarse &= shown
        while found := self._leaks(counts, asked, told, shown, {row: sayings(row) for row in coarse}):
            plain = shown - coarse
            groups = {each.id for each in self.slices if each.axis and each.id in plain}
            used = {row for finding in found for row in finding.rows} & plain
            if groups or used:
                coarse |= groups or used
                continue
            smallest = self._smallest(found, shown, asked)
            if smallest is None:
                return Verdict(frozenset(), withheld=True)
            shown -= {smallest}
            coarse -= {smallest}
        return Verdict(shown, coarse)

    def _pairs(self) -> list[tuple[int, int]]:
        used = [axes for axes in _PAIRS if all(self.people.shape[axis] > 1 or axis == 0 for axis in axes)]
        return used or [(0, 1)]

    def _eliminated(self, people: Cells, axes: tuple[int, int], wanted: frozenset[str]) -> frozenset[str]:
        own = [each for each in self.slices if each.axis in axes and each.id in wanted]
        there = people > 0
        cells = [Cell(EVERYBODY, np.flatnonzero(there))]
        cells += [Cell(each.id, np.flatnonzero(there & _mask(each, axes, people.shape))) for each in own]
        groups = _groups(people.tobytes(), people.shape, self.minimum)
        atoms = [[row * people.shape[1] + column for row, column in group.atoms] for group in groups]
        kept = publishable(cells, atoms, people.size, [group.n for group in groups], self.minimum)
        return wanted - ({each.id for each in own} - set(kept))

    def _leaks(
        self, counts: Cells, asked: Cells, told: Sequence[Answers], shown: frozenset[str], coarse: Sayings
    ) -> list[Finding]:
        """A few proofs that somebody is pinned; none if nobody is."""
        most = _FEW if any(each.axis and each.id in shown and each.id in coarse for each in self.slices) else 1
        found: list[Finding] = []
        for axes in self._pairs():
            if len(found) >= most:
                break
            flat = _flat(counts, axes)
            groups = _groups(_flat(asked, axes).tobytes(), flat.shape[:2], self.minimum)
            crossed = Crossed(flat, *(self._blocks(axis, shown) for axis in axes))
            left = [
                Target(tuple(row * flat.shape[1] + column for row, column in group.atoms), answers)
                for group in groups
                for answers in told
                if any(flat[(*atom, answer)] for atom in group.atoms for answer in answers)
                and not exchangeable(crossed, group.atoms, answers)
            ]
            if left:
                statements = self._statements(flat, axes, shown, coarse)
                try:
                    found += findings(flat.shape[0] * flat.shape[1], flat.shape[2], statements, left, most)
                except AttackFailed as failure:
                    raise UnsafeRelease(
                        Text(
                            "安全检查没有算完，结果不能公布。",
                            "The safety check could not be finished; nothing can be released.",
                        )
                    ) from failure
        return found

    def _blocks(self, axis: int, shown: Collection[str]) -> npt.NDArray[np.intp]:
        """Places whose answers are published together; all that are in no shown row share the block -1."""
        blocks = np.full(self.people.shape[axis], -1)
        for number, each in enumerate(self.slices):
            if each.axis == axis and each.id in shown:
                blocks[list(each.places)] = number
        return blocks

    def _statements(
        self, flat: Cells, axes: tuple[int, int], shown: Collection[str], coarse: Sayings
    ) -> list[Statement]:
        """All that a reader knows of the question: rows exactly (or as told coarsely), respondents, head counts."""
        rows, columns, answers = flat.shape
        atoms = np.arange(rows * columns).reshape(rows, columns)
        people = flat.sum(axis=-1)
        one, every = np.eye(answers), np.ones(answers)
        found = [_exact(EVERYBODY, atoms.ravel(), flat, one[answer]) for answer in range(answers)]
        for each in (each for each in self.slices if each.axis in axes):
            own = atoms[_mask(each, axes, atoms.shape)]
            if each.id in shown and each.id not in coarse:
                found += [_exact(each.id, own, flat, one[answer]) for answer in range(answers)]
            else:
                found.append(_exact(f"{each.id}#", own, flat, every))
            said = [Statement(each.id, own, *saying) for saying in coarse.get(each.id, ())]
            found += [each for each in said if _is_true(each, flat)]  # damaged ballots can make a share say too much
        if axes[0] == 0:
            for row, limit in enumerate(self.limits):
                if limit >= people[row].sum():
                    found.append(Statement("heads#", atoms[row], every, 0, limit))
        return found

    def _smallest(self, found: Sequence[Finding], shown: Collection[str], asked: Cells) -> str | None:
        """The row to hide: of those a proof leans on, a group before a unit, the smaller first. None where a proof leans
        on the total alone: hiding rows would not help.
        """
        sizes = {each.id: int(np.take(asked, each.places, axis=each.axis).sum()) for each in self.slices}
        able: list[Slice] = []
        for finding in found:
            own = [each for each in self.slices if each.id in shown and each.id in finding.rows]
            if not own:
                return None
            able += own
        return min(able, key=lambda each: (each.axis == 0, sizes[each.id], each.id)).id


@lru_cache(maxsize=64)
def _groups(people: bytes, shape: tuple[int, int], minimum: int) -> tuple[Group, ...]:
    """Most questions are asked of everybody, so most ask for the same groups."""
    return protected_groups(np.frombuffer(people, np.int64).reshape(shape), minimum)


def _flat(counts: Cells, axes: tuple[int, int]) -> Cells:
    """Sum over the axis that is not looked at."""
    other = ({0, 1, 2} - set(axes)).pop()
    return np.ascontiguousarray(counts.sum(axis=other))


def _mask(part: Slice, axes: tuple[int, int], shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    mask = np.zeros(shape[:2], bool)
    if part.axis == axes[0]:
        mask[list(part.places)] = True
    else:
        mask[:, list(part.places)] = True
    return mask


def _is_true(statement: Statement, flat: Cells) -> bool:
    value = flat.reshape(-1, flat.shape[2])[statement.atoms].sum(axis=0) @ statement.weights
    return bool(statement.low - 1e-9 <= value <= statement.high + 1e-9)


def _exact(row: str, atoms: npt.NDArray[np.intp], flat: Cells, weights: npt.NDArray[np.float64]) -> Statement:
    value = float(flat.reshape(-1, flat.shape[2])[atoms].sum(axis=0) @ weights)
    return Statement(row, atoms, weights, value, value)
