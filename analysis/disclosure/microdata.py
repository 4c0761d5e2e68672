"""Single answers for research, made so that nobody stands out: k-anonymity (Sweeney 2002) and l-diversity
(Machanavajjhala et al. 2007) by local generalisation.

What could point at a person are the two questions about the respondent. Everybody who shares the
values written for them is a class. A class is written only if it has at least `K` ballots and in every question at least
`L` different answers; otherwise its ballots are put together with others by leaving out age, then category. What fits nowhere is left out and counted. Names of units, words, answers about health and money (never crossed
with questions about the respondent) and best-worst screens are not in it at all. The order of rows is that of their values.

Only a half of the ballots, drawn by chance, is given, and nothing of the unit, not even its kind. The tables of units are
public and exact: with all ballots and the kind of unit at hand, integer equations gave back every single ballot of three
of four small units of the demo, with category, age and all answers. Of a half, no table of a unit need hold anybody. The
draw follows from the answers, so asking again gives the same half.

It misleads whoever takes it for a sample of each unit: there are no units. It protects against what it names and not
against somebody who knows most answers of a person already.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.disclosure.crossings import attributes_of
from analysis.frame import Frame, FrameColumn, Text

K = 5
L = 2
GIVEN = 2  # one ballot in so many
MOST_LEFT_OUT = 0.2
NOT_SAID = -9

Rows = npt.NDArray[np.int16]


class NotAnonymous(ValueError):  # noqa: N818 - errors are plain nouns
    """Too much would have to be left out: the poll cannot be given away for research."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One column: what was asked, and what its codes mean. `point` are the columns that could point at a person."""

    name: str
    label: Text
    values: tuple[tuple[int, Text], ...]
    point: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Microdata:
    """`values`: (rows, variables), -9 not said or generalised, -1 blank, -2 not asked. `k` and `l`: the smallest there are."""

    variables: tuple[Variable, ...]
    values: Rows
    k: int
    l: int  # noqa: E741 - the name of the measure
    n_ballots: int
    n_drawn: int
    n_left_out: int
    n_generalised: int


def microdata(frame: Frame) -> Microdata:
    """The file of one poll; raises NotAnonymous where over a fifth of the ballots drawn would be left out."""
    kept = _kept(frame)
    points, variables = _points(frame)
    answers = np.stack([frame.column(column.name) for column in kept], axis=1).astype(np.int16)
    drawn = _drawn(np.concatenate([points, answers], axis=1))
    points, answers = points[drawn], answers[drawn]
    groups = _questions(kept)
    written = np.full_like(points, NOT_SAID)
    n = drawn.size
    rest = np.arange(n)
    done, smallest, least, generalised = np.zeros(n, bool), n, n, 0
    for width in range(points.shape[1], -1, -1):
        passed: list[npt.NDArray[np.intp]] = []
        for members in _classes(points[rest, :width], rest):
            different = _least_different(answers[members], groups)
            if members.size >= K and different >= L:
                passed.append(members)
                smallest, least = min(smallest, members.size), min(least, different)
        if passed:
            found = np.concatenate(passed)
            written[found, :width], done[found] = points[found, :width], True
            generalised += int(found.size) if width < points.shape[1] else 0
            rest = rest[~done[rest]]
    if not n or rest.size > MOST_LEFT_OUT * n:
        raise NotAnonymous(f"{rest.size} of {n} ballots would have to be left out.")
    values = np.concatenate([written[done], answers[done]], axis=1)
    values = values[np.lexsort(values.T[::-1])]
    return Microdata(
        (*variables, *(_variable(frame, column) for column in kept)),
        values,
        smallest,
        least,
        frame.n_ballots,
        n,
        int(rest.size),
        generalised,
    )


def _kept(frame: Frame) -> list[FrameColumn]:
    questionnaire = frame.codebook.questionnaire
    personal = set(questionnaire.personal_items)
    return [
        column
        for column in frame.codebook.columns
        if column.kind != "design"
        and column.item not in personal
        and not questionnaire.item(column.item).sensitive
        and questionnaire.item(column.item).kind != "best_worst"
    ]


def _drawn(rows: Rows) -> npt.NDArray[np.intp]:
    """The places of the half that is given: by chance, and always the same for the same ballots in whatever order."""
    order = np.lexsort(rows.T[::-1])
    seed = int.from_bytes(hashlib.sha256(np.ascontiguousarray(rows[order]).tobytes()).digest(), "big")
    chosen = np.random.default_rng(seed).permutation(order.size)[: order.size // GIVEN]
    return np.asarray(order[np.sort(chosen)], np.intp)


def _points(frame: Frame) -> tuple[Rows, tuple[Variable, ...]]:
    """The questions about the respondent, the last to be given up first."""
    columns = [np.zeros((frame.n_ballots, 0), np.int16)]
    variables = []
    for name in attributes_of(frame.codebook):
        codes = frame.column(name).astype(np.int16)
        columns.append(np.where(codes < 0, NOT_SAID, codes).astype(np.int16)[:, None])
        column = frame.codebook.columns[frame.codebook.place[name]]
        variables.append(_variable(frame, column, point=True))
    return np.concatenate(columns, axis=1), tuple(variables)


def _variable(frame: Frame, column: FrameColumn, *, point: bool = False) -> Variable:
    item = frame.codebook.questionnaire.item(column.item)
    label = item.short or item.text
    values: tuple[tuple[int, Text], ...]
    if column.option is not None:
        option = column.choices[column.option].text
        label = Text(f"{label.zh}：{option.zh}", f"{label.in_language('en')}: {option.in_language('en')}")
        values = ((0, Text("没有选", "Not chosen")), (1, Text("选了", "Chosen")))
    else:
        values = tuple((code, choice.text) for code, choice in enumerate(column.choices))
    return Variable(column.name, label, values, point)


def _questions(columns: Sequence[FrameColumn]) -> list[list[int]]:
    """Places of the columns of each question: the options of a multiple choice are one answer."""
    found: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        found.setdefault(column.item if column.kind == "option" else column.name, []).append(place)
    return list(found.values())


def _classes(points: Rows, members: npt.NDArray[np.intp]) -> list[npt.NDArray[np.intp]]:
    """The ballots that share all these values."""
    if not members.size:
        return []
    _seen, place = (
        np.unique(points, axis=0, return_inverse=True) if points.shape[1] else (None, np.zeros(members.size, int))
    )
    order = np.argsort(place, kind="stable")
    cuts = np.flatnonzero(np.diff(place[order])) + 1
    return np.split(members[order], cuts)


def _least_different(answers: Rows, questions: Sequence[Sequence[int]]) -> int:
    """In the question with the fewest different answers, how many there are; "not asked" and blank count as answers."""
    least = answers.shape[0]
    for places in questions:
        own = answers[:, places]
        different = np.unique(own) if len(places) == 1 else np.unique(own, axis=0)
        least = min(least, different.shape[0])
        if least < L:
            break
    return int(least)
