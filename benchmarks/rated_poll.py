"""Invented answers for `analysis`: five-point ratings and a staff category, as ready columns or as a sealed box."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.frame import Codebook, Text, codebook
from questionnaires.items import AnyItem, RatingItem, SingleItem
from questionnaires.questionnaire import Questionnaire, Section, Who
from questionnaires.scales import Choice, ResponseScale
from survey_app.store.sealed_box import write_box

CATEGORIES = 3
POINTS = 5
DIFFERENT = 20_000  # ballots of a box; the others repeat their answers
Codes = npt.NDArray[np.int8]
Strata = npt.NDArray[np.int32]


def book_of(n_items: int, *, boxed: bool = False) -> Codebook:
    """Ratings with "don't know"; in a box the staff category stands after them."""
    text = Text("题")
    points = tuple(Choice(f"s{n}", Text(str(n)), n) for n in range(POINTS, 0, -1))
    unaware = Choice("na", Text("?"), role="missing")
    scale = ResponseScale("five", POINTS, points, unaware)
    items: list[AnyItem] = [
        RatingItem(id=f"q{n}", text=text, choices=(*points, unaware), scale=scale) for n in range(n_items)
    ]
    kinds = tuple(Choice(f"c{n}", Text(str(n))) for n in range(CATEGORIES))
    if boxed:
        items.append(SingleItem(id="category", text=text, choices=kinds))
    return codebook(
        Questionnaire(
            id="bench", title=text, purpose=text, intro=text, thanks=text, minutes=5, cadence="once",
            who=Who(("in_service",)), sections=(Section("all", text, items=tuple(items)),),
        )
    )  # fmt: skip


def answers(rng: np.random.Generator, codes: Codes) -> None:
    """Correlated answers, 1 % blank and 1 % "don't know", written into `codes` (items, respondents)."""
    n = codes.shape[1]
    person = rng.normal(0, 0.8, n).astype(np.float32)
    for row in codes:
        row[:] = np.clip(np.rint(1.6 - person + rng.normal(0, 0.8, n).astype(np.float32)), 0, POINTS - 1)
        fate = rng.random(n, np.float32)
        row[fate < 0.02] = POINTS
        row[fate < 0.01] = -1


def write_columns(folder: Path, n: int, n_items: int, n_units: int) -> None:
    """codes.npy (items, n) and strata.npy (n,), unit x category."""
    rng = np.random.default_rng(2026)
    codes = np.lib.format.open_memmap(folder / "codes.npy", "w+", np.int8, (n_items, n))
    np.save(folder / "strata.npy", rng.integers(0, n_units * CATEGORIES, n).astype(np.int32))
    answers(rng, codes)
    codes.flush()


def load_columns(folder: Path) -> tuple[Codes, Strata]:
    return np.load(folder / "codes.npy"), np.load(folder / "strata.npy")


def units_of(n_units: int) -> list[str]:
    return [f"B{unit:03}" for unit in range(n_units)]


def write_sealed(path: Path, n: int, n_items: int, n_units: int) -> None:
    """A sealed box of `n` ballots, in the order of their keys."""
    units, counts = units_of(n_units), np.zeros(n_units, np.int64)

    def ballots() -> Iterator[tuple[bytes, str, bytes, bytes, bytes]]:
        rng = np.random.default_rng(2026)
        codes = np.empty((n_items, DIFFERENT), np.int8)
        answers(rng, codes)
        kinds = rng.integers(0, CATEGORIES, DIFFERENT)
        rows = [
            f"[{','.join(map(str, (*row, kind)))}]".encode()
            for *row, kind in zip(*codes.tolist(), kinds.tolist(), strict=True)
        ]
        for start in range(0, n, DIFFERENT):
            size = min(DIFFERENT, n - start)
            own, rest = rng.integers(0, n_units, size), rng.bytes(size * 56)
            np.add.at(counts, own, 1)
            for place, unit in enumerate(own.tolist()):
                key, tail = ((start + place) * (1 << 64) // n).to_bytes(8, "big"), rest[place * 56 : place * 56 + 56]
                yield key + tail[:24], units[unit], rows[place], tail[24:], key

    poll = {"poll_id": "bench", "way": "open", "first_day": "2026-01-01", "last_day": "2026-01-02"}
    write_box(path, poll | {"fingerprint": "", "document": b"", "facts": b""}, (), ballots(), ())
    with closing(sqlite3.connect(path)) as box, box:
        rows = [(unit, count, 0, 0, 0) for unit, count in zip(units, counts.tolist(), strict=True)]
        box.executemany("INSERT INTO unit VALUES (?, ?, ?, ?, ?)", rows)
