"""The comments of a sealed box: a unit, an item and a text, with no way back to the ballot they came with."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_TEXTS = "SELECT unit_id, item, text FROM comment ORDER BY unit_id, item, text"


@dataclass(frozen=True, slots=True)
class Comment:
    """What one person wrote to one item. Unmasked: analysis.text.themes masks before anything is shown."""

    unit: str
    item: str
    text: str


@dataclass(frozen=True, slots=True)
class CommentWords:
    """What a comment says in words alone: masked, cut, without stop words (text.words.words_of). No sentence is left."""

    unit: str
    item: str
    words: frozenset[str]


def box_texts(path: Path) -> Iterator[Comment]:
    """All comments of a box in an order that says nothing of how they came in (unit, item, text)."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as box:
        for row in box.execute(_TEXTS):
            yield Comment(*row)
