"""What one question asks, as the gate judges it: one set of answers that exclude each other, behind one or more columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.disclosure.crossings import Cells, Crossing
from analysis.disclosure.released import ReleasedItem
from analysis.frame import RankItem
from analysis.tallies import MARKS

OFF_PATH = 0  # the first two places of a count
CHOSEN = MARKS + 1


@dataclass(frozen=True, slots=True)
class Question:
    """`columns` of the release that tell of it. `told`: the places (2 + codes) that are answers somebody gave.

    `valid` count in the base, `unaware` ("don't know", "not applicable") beside it. For an option that may be ticked the
    places are off path, blank, not ticked, ticked, and only ticking is an answer.
    """

    id: str
    columns: tuple[ReleasedItem, ...]
    told: tuple[int, ...]
    valid: tuple[int, ...]
    unaware: tuple[int, ...] = ()

    @property
    def item(self) -> ReleasedItem:
        return self.columns[0]


def questions(items: Sequence[ReleasedItem]) -> tuple[Question, ...]:
    """The questions behind the columns of a release, in order. Comments and best-worst screens are none."""
    behind: dict[str, list[ReleasedItem]] = {}
    for item in items:
        if item.measure not in ("text", "best_worst") and item.kind not in ("number", "date"):
            behind.setdefault(_question_of(item), []).append(item)
    return tuple(_question(name, tuple(columns)) for name, columns in behind.items())


def _question_of(item: ReleasedItem) -> str:
    single = item.kind not in ("multi", "rank_top", "matrix")
    return item.item if item.measure == "share" and single else item.column


def _question(name: str, columns: tuple[ReleasedItem, ...]) -> Question:
    item = columns[0]
    if item.measure in ("first", "top") or item.kind == "multi":
        return Question(name, columns, (CHOSEN,), (CHOSEN - 1, CHOSEN))
    roles = [(MARKS + code, choice) for code, choice in enumerate(item.choices)]
    return Question(
        name,
        columns,
        told=tuple(place for place, _ in roles),
        valid=tuple(place for place, choice in roles if choice.role != "missing"),
        unaware=tuple(place for place, choice in roles if choice.role == "missing" and choice.id != "pnts"),
    )


def question_counts(crossing: Crossing, question: Question) -> Cells:
    """Shape (units, first attribute, second attribute, places of the answer)."""
    item = question.item
    if item.measure not in ("first", "top"):
        return crossing.counts(question.id)
    asked = crossing.book.questionnaire.item(item.item)
    assert isinstance(asked, RankItem)
    code = MARKS + [choice.id for choice in asked.choices].index(item.option or "")
    first = crossing.counts(f"{item.item}.1")
    places = 1 if item.measure == "first" else asked.max_select
    chosen = sum(crossing.counts(f"{item.item}.{place}")[..., code] for place in range(1, places + 1))
    rest = np.maximum(0, first[..., MARKS:].sum(axis=-1) - chosen)  # a damaged ballot may rank an option twice
    return np.stack([first[..., 0], first[..., 1], rest, chosen], axis=-1)
