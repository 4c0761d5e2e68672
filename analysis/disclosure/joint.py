"""Two questions of which one leads to the other, judged as one.

The base of a question that only some are asked says how many gave the answers that lead to it: each of the two may be
safe by itself, and both together pin somebody.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.disclosure.crossings import Cells, Crossing
from analysis.disclosure.judging import Answers, Judge, Saying, Verdict
from analysis.disclosure.questions import OFF_PATH, Question

_BLANK = OFF_PATH + 1


@dataclass(frozen=True, slots=True)
class Joint:
    """`counts`: shape (units, attributes ..., combinations of the two answers). `told`: the places of every answer of either.

    `places`: for the first and for the second question, the place of its own that each combination stands for.
    """

    counts: Cells
    told: tuple[Answers, ...]
    places: tuple[tuple[int, ...], tuple[int, ...]]

    def sayings(self, own: Mapping[int, Sequence[Saying]]) -> list[Saying]:
        """What a row says of the combinations, from what it says of the first question (0) and of the second (1)."""
        return [(weights[list(self.places[of])], low, high) for of, said in own.items() for weights, low, high in said]


def joint(crossing: Crossing, units: Sequence[int], first: Question, second: Question) -> Joint:
    """Two questions over these places of units. Combinations that nobody gave are left out: the total shows them."""
    counts = crossing.joint(first.id, second.id)[list(units)]
    width = counts.shape[-1]
    flat = counts.reshape(*counts.shape[:-2], -1)
    some = [divmod(int(at), width) for at in np.flatnonzero(flat.sum(axis=(0, 1, 2)))]
    found = list(dict.fromkeys([(OFF_PATH, OFF_PATH), (_BLANK, OFF_PATH), *some]))
    told = [tuple(at for at, each in enumerate(found) if each[of] == answer) for of, answer in _answers(first, second)]
    return Joint(
        np.ascontiguousarray(flat[..., [one * width + two for one, two in found]], dtype=np.int64),
        tuple(each for each in told if each),
        (tuple(one for one, _ in found), tuple(two for _, two in found)),
    )


def _answers(first: Question, second: Question) -> list[tuple[int, int]]:
    return [(0, answer) for answer in first.told] + [(1, answer) for answer in second.told]


def judged_together(
    judge: Judge, asked: Joint, verdicts: tuple[Verdict, Verdict], sayings: Sequence[Callable[[str], Sequence[Saying]]]
) -> tuple[Verdict, Verdict]:
    """The two verdicts, as strict as both together want them.

    A row that is told exactly of one question counts as known exactly of both. `sayings`: for each question, what a row
    says when told coarsely. Where the total alone pins somebody, nothing is told of the second question.
    """
    exact = frozenset().union(*(each.shown - each.coarse for each in verdicts))
    coarse = frozenset().union(*(each.coarse for each in verdicts)) - exact

    def said(row: str) -> list[Saying]:
        own = {of: sayings[of](row) for of, each in enumerate(verdicts) if row in each.shown}
        return asked.sayings(own)

    found = judge.verdict(asked.counts, asked.told, exact | coarse, coarse, said)
    if found.withheld:
        return verdicts[0], Verdict(frozenset(), withheld=True)
    first, second = (
        Verdict(each.shown & found.shown, (each.coarse | found.coarse) & each.shown & found.shown, each.withheld)
        for each in verdicts
    )
    return first, second
