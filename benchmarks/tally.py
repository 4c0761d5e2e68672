"""`tally`: sealed box to counts per unit and answer, beside the floor, both measured in this run.

    python -m benchmarks.tally [--ballots 1000000] [--items 40] [--units 200] [--runs 3]

The floor reads the same bytes from the same file (SQLite, nothing parsed) and counts ready int8 columns with numpy
bincount. Each side runs in a process of its own, so that its peak memory is its own; the best of the runs counts.
"""

import argparse
import multiprocessing
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.frame import Text, codebook
from analysis.frame.codebook import Codebook
from analysis.frame.sealed_box import RANGE, box_frames, key_ranges
from analysis.tallies import tally_of
from questionnaires.items import AnyItem, RatingItem, SingleItem
from questionnaires.questionnaire import Questionnaire, Section, Who
from questionnaires.scales import Choice, ResponseScale
from survey_app.store.sealed_box import write_box

AIM_RATIO, AIM_MIB = 2.0, 400


Timed = tuple[float, int]  # seconds, ballots (or bytes) seen


@dataclass(frozen=True)
class Run:
    seconds: float
    peak_mib: float
    n: int


def questionnaire(n_items: int) -> Questionnaire:
    """Ratings with "don't know", and every eighth item a single choice among fourteen (two-digit codes)."""
    answers = tuple(Choice(f"s{value}", Text(str(value)), value) for value in range(5, 0, -1))
    unaware = Choice("na", Text("不了解"), role="missing")
    scale = ResponseScale("five", 5, answers, unaware)
    many = tuple(Choice(f"c{place}", Text(str(place))) for place in range(14))

    def item(place: int) -> AnyItem:
        if place % 8 == 7:
            return SingleItem(id=f"q{place}", text=Text("题"), choices=many)
        return RatingItem(id=f"q{place}", text=Text("题"), choices=(*answers, unaware), scale=scale)

    section = Section("all", Text("全部"), items=tuple(item(place) for place in range(n_items)))
    text = Text("大样本")
    return Questionnaire(
        id="bench", title=text, purpose=text, intro=text, thanks=text, minutes=5, cadence="once",
        who=Who(("in_service",)), sections=(section,),
    )  # fmt: skip


def ballots(n: int, book: Codebook, n_units: int) -> Iterator[tuple[bytes, str, bytes, bytes, bytes]]:
    """Ballots in the order of their keys; 8 % off path, 2 % blank."""
    random = np.random.default_rng(2026)
    words = {-1: "-1", -2: "null"} | {code: str(code) for code in range(20)}
    limits = np.array([column.n_codes for column in book.columns])
    for start in range(0, n, 10_000):
        size = min(10_000, n - start)
        codes = random.integers(0, limits, (size, limits.size))
        marks = random.random(codes.shape)
        codes[marks < 0.10] = -1
        codes[marks < 0.08] = -2
        rest = random.bytes(size * 56)
        for place, (row, unit) in enumerate(zip(codes.tolist(), random.integers(0, n_units, size), strict=True)):
            tail = rest[place * 56 : place * 56 + 56]
            key = ((start + place) * (1 << 64) // n).to_bytes(8, "big") + tail[:24]
            answers = f"[{','.join([words[code] for code in row])}]".encode()
            yield key, f"B{unit:03}", answers, tail[24:], key


def write(path: Path, n: int, n_items: int, n_units: int) -> None:
    book = codebook(questionnaire(n_items))
    counts = dict.fromkeys((f"B{unit:03}" for unit in range(n_units)), 0)

    def noted() -> Iterator[tuple[bytes, str, bytes, bytes, bytes]]:
        for row in ballots(n, book, n_units):
            counts[row[1]] += 1
            yield row

    poll = {"poll_id": "bench", "way": "open", "first_day": "2026-01-01", "last_day": "2026-01-02"}
    write_box(path, poll | {"fingerprint": "", "document": b"", "facts": b""}, (), noted(), ())
    with closing(sqlite3.connect(path)) as box, box:
        rows = [(unit, count, 0, 0, 0) for unit, count in counts.items()]
        box.executemany("INSERT INTO unit VALUES (?, ?, ?, ?, ?)", rows)


def product(path: Path, n_items: int, n_units: int) -> Timed:
    """Sealed box to counts, as a release does it."""
    book, units = codebook(questionnaire(n_items)), [f"B{unit:03}" for unit in range(n_units)]
    start = time.perf_counter()
    tally = tally_of(book, units, box_frames(path, book, units))
    return time.perf_counter() - start, int(tally.responding.sum())


def rows_read(path: Path) -> Timed:
    """The plain way to read the bytes: row by row through SQLite, nothing looked at."""
    start, n = time.perf_counter(), 0
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as box:
        rows = box.execute("SELECT unit_id, answers FROM ballot")
        while block := rows.fetchmany(8192):
            n += len(block)
    return time.perf_counter() - start, n


def blocks_read(path: Path) -> Timed:
    """The fast way: SQLite joins the bytes of a block, nothing looked at."""
    start, n = time.perf_counter(), 0
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as box:
        total = box.execute("SELECT sum(n_ballots) FROM unit").fetchone()[0]
        for each in key_ranges(total, 8192):
            n += box.execute(RANGE, each).fetchone()[0]
    return time.perf_counter() - start, n


def file_read(path: Path) -> Timed:
    """The file's bytes as they lie, keys and receipts included, without SQLite."""
    start, n = time.perf_counter(), 0
    with path.open("rb", buffering=0) as file:
        while block := file.read(1 << 20):
            n += len(block)
    return time.perf_counter() - start, n


def counted(n: int, n_items: int, n_units: int) -> Timed:
    """numpy bincount on int8 columns that are ready, block by block."""
    random = np.random.default_rng(1)
    codes = random.integers(0, 6, (n_items, 8192), np.int8)
    unit = random.integers(0, n_units, 8192) * 8
    seconds, width = 0.0, n_units * 8
    counts = np.zeros((n_items, width), np.int64)
    for first in range(0, n, 8192):
        size = min(8192, n - first)
        start = time.perf_counter()
        for item in range(n_items):
            counts[item] += np.bincount(unit[:size] + codes[item, :size], minlength=width)
        seconds += time.perf_counter() - start
    return seconds, int(counts[0].sum())


def alone(task: Callable[..., Timed], *arguments: object) -> Run:
    """The task in a process of its own: its seconds, and its peak memory above what an empty task takes."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measured, (task, arguments))


def _measured(task: Callable[..., Timed], arguments: tuple[object, ...]) -> Run:
    seconds, n = task(*arguments)
    return Run(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, n)


def best(runs: int, task: Callable[..., Timed], *arguments: object) -> Run:
    done = [alone(task, *arguments) for _ in range(runs)]
    return Run(min(run.seconds for run in done), max(run.peak_mib for run in done), done[0].n)


def main() -> None:
    parser = argparse.ArgumentParser(description="Sealed box to counts, beside the floor measured in the same run.")
    for name, default in (("ballots", 1_000_000), ("items", 40), ("units", 200), ("runs", 3)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.box")
        print(f"writing {asked.ballots:,} ballots x {asked.items} items x {asked.units} units ...", flush=True)
        write(path, asked.ballots, asked.items, asked.units)
        print(f"box {path.stat().st_size / 2**20:,.0f} MiB; best of {asked.runs} runs, each in its own process\n")
        report(path, asked)


def report(path: Path, asked: argparse.Namespace) -> None:
    sizes = (path, asked.items, asked.units)
    ours = best(asked.runs, product, *sizes)
    if ours.n != asked.ballots:
        raise SystemExit(f"counted {ours.n:,} of {asked.ballots:,} ballots")
    bincount = best(asked.runs, counted, asked.ballots, asked.items, asked.units)
    print(f"box to counts             {ours.seconds:6.3f} s   peak {ours.peak_mib:4.0f} MiB (aim under {AIM_MIB})")
    print(f"bincount on ready columns {bincount.seconds:6.3f} s")
    for name, task in (
        ("rows through SQLite", rows_read),
        ("blocks joined by SQLite", blocks_read),
        ("file bytes", file_read),
    ):
        read = best(asked.runs, task, path)
        floor = read.seconds + bincount.seconds
        print(f"read: {name:24s} {read.seconds:6.3f} s   floor {floor:6.3f} s   ratio {ours.seconds / floor:5.2f}")
    print(f"\naim: ratio within {AIM_RATIO}")


if __name__ == "__main__":
    main()
