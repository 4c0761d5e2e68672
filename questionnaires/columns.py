"""Columns: the places of the flat answer array, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from questionnaires.items import (
    BestWorstItem,
    DateItem,
    InfoItem,
    Item,
    MatrixItem,
    MultiItem,
    NumberItem,
    RankItem,
    TextItem,
)
from questionnaires.scales import Choice

ColumnKind = Literal["choice", "mask", "number", "date", "design"]


@dataclass(frozen=True, slots=True)
class Column:
    """One integer of the answer array. `row`, `rank`, `screen` and `end` say which part of its item it holds."""

    name: str
    item: str
    kind: ColumnKind
    choices: tuple[Choice, ...] = ()
    row: str | None = None
    rank: str | None = None
    screen: str | None = None
    end: Literal["best", "worst"] | None = None


def columns_of(item: Item) -> Iterator[Column]:  # noqa: C901 - one case per kind
    """The columns of one item: none for texts and information, several for matrix, ranking and best-worst."""
    match item:
        case TextItem() | InfoItem():
            return
        case MultiItem():
            yield Column(item.id, item.id, "mask", item.choices)
        case NumberItem():
            yield Column(item.id, item.id, "number")
        case DateItem():
            yield Column(item.id, item.id, "date")
        case MatrixItem():
            for row in item.rows:
                yield Column(f"{item.id}.{row.id}", item.id, "choice", item.choices, row=row.id)
        case RankItem():
            for place in range(1, item.max_select + 1):
                yield Column(f"{item.id}.{place}", item.id, "choice", item.choices, rank=str(place))
        case BestWorstItem():
            yield Column(f"{item.id}.design", item.id, "design")
            for screen in range(1, item.screens + 1):
                for end in ("best", "worst"):
                    name = f"{item.id}.{screen}.{end}"
                    yield Column(name, item.id, "choice", item.choices, screen=str(screen), end=end)
        case _:
            yield Column(item.id, item.id, "choice", item.choices)
