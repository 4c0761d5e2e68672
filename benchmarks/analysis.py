"""`analysis`: tables of all units with standard errors, top-two-box and alpha, beside other tools in the same run.

    python -m benchmarks.analysis [--respondents 1000000] [--items 40] [--units 200] [--runs 3] [--largest 1000000]

The data are ready int8 columns. The floor is bare numpy bincount: counts of every answer by unit, nothing made of them.
polars and duckdb give numbers, sums, sums of squares and top-two-box by unit and staff category, which is what the
standard errors need, and stop there. Each side runs in a process of its own; peaks are above the loaded data. Growth:
the same tables and alpha from 1,000 respondents up, block by block; `--largest 10000000` goes further. Matrix products
run on one thread, all else as each tool likes.
"""

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.estimates import share_estimate
from analysis.estimation.moments import coded_moments
from analysis.estimation.unit_means import stratified_means
from analysis.frame import Codebook, Frame, Text, codebook
from analysis.measurement.reliability import scale_reliability
from analysis.tallies import MARKS, Tally, tally_of
from analysis.units.classes import unit_classes
from analysis.units.pooling import joint_draws, pooled, posterior
from analysis.units.rank_sets import rank_intervals
from questionnaires.items import RatingItem
from questionnaires.questionnaire import Questionnaire, Section, Who
from questionnaires.scales import Choice, ResponseScale

AIM_SECONDS, AIM_MIB = 1.0, 150
BLOCK = 8192
CATEGORIES = 3
POINTS = 5
Codes = npt.NDArray[np.int8]
Strata = npt.NDArray[np.int32]
Task = Any  # function or class whose call returns how many answers it saw, as a check that all sides saw the same


@dataclass(frozen=True)
class Run:
    seconds: float
    processor: float  # seconds of all cores: what a busy machine does not change much
    peak_mib: float
    seen: int


def book_of(n_items: int) -> Codebook:
    """Five-point ratings with "don't know"."""
    choices = (
        *(Choice(f"s{n}", Text(str(n)), n) for n in range(POINTS, 0, -1)),
        Choice("na", Text("?"), role="missing"),
    )
    scale = ResponseScale("five", POINTS, choices[:POINTS], choices[POINTS])
    items = tuple(RatingItem(id=f"q{n}", text=Text("题"), choices=choices, scale=scale) for n in range(n_items))
    text = Text("大样本")
    return codebook(
        Questionnaire(
            id="bench", title=text, purpose=text, intro=text, thanks=text, minutes=5, cadence="once",
            who=Who(("in_service",)), sections=(Section("all", text, items=items),),
        )
    )  # fmt: skip


def write(folder: Path, n: int, n_items: int, n_units: int) -> None:
    """Correlated answers of `n` respondents, 1 % blank and 1 % "don't know", as two .npy files."""
    rng = np.random.default_rng(2026)
    codes = np.lib.format.open_memmap(folder / "codes.npy", "w+", np.int8, (n_items, n))
    strata = rng.integers(0, n_units * CATEGORIES, n).astype(np.int32)
    person = rng.normal(0, 0.8, n).astype(np.float32)
    for row in codes:
        row[:] = np.clip(np.rint(1.6 - person + rng.normal(0, 0.8, n).astype(np.float32)), 0, POINTS - 1)
        fate = rng.random(n, np.float32)
        row[fate < 0.02] = POINTS
        row[fate < 0.01] = -1
    codes.flush()
    np.save(folder / "strata.npy", strata)


def load(folder: Path) -> tuple[Codes, Strata]:
    return np.load(folder / "codes.npy"), np.load(folder / "strata.npy")


def floor(codes: Codes, strata: Strata, n_units: int) -> int:
    """Answers counted by unit and code, block by block: numpy alone."""
    width = POINTS + MARKS + 1
    counts = np.zeros((len(codes), n_units * width), np.int64)
    for start in range(0, strata.size, BLOCK):
        first = strata[start : start + BLOCK] // CATEGORIES * width + MARKS
        for place, column in enumerate(codes):
            counts[place] += np.bincount(first + column[start : start + BLOCK], minlength=n_units * width)
    return int(counts.reshape(len(codes), n_units, width)[:, :, MARKS : MARKS + POINTS].sum())


def counted(codes: Codes, strata: Strata, n_units: int) -> Tally:
    """The product's tally by unit and staff category."""
    book = book_of(len(codes))
    names = tuple(str(stratum) for stratum in range(n_units * CATEGORIES))
    none = np.empty((0, 0), np.int32)
    blocks = (slice(start, start + BLOCK) for start in range(0, strata.size, BLOCK))
    return tally_of(book, names, (Frame(book, names, strata[each], codes[:, each], none) for each in blocks))


def tables(codes: Codes, strata: Strata, n_units: int) -> int:
    """Mean, standard error, interval, top-two-box and its interval of every item in every unit."""
    tally = counted(codes, strata, n_units)
    return _tables(tally, n_units)


def _tables(tally: Tally, n_units: int) -> int:
    worth = np.arange(POINTS, 0, -1)
    owner = np.repeat(np.arange(n_units), CATEGORIES)
    heads = tally.responding * 2.0
    seen = 0
    for counts in tally.columns.values():
        answers = counts[:, MARKS : MARKS + POINTS]
        means = stratified_means(
            answers.sum(axis=1),
            answers @ (worth - 3),
            answers @ (worth - 3) ** 2,
            owner,
            heads,
            n_units=n_units,
            centre=3,
        )
        top = answers[:, :2].sum(axis=1).reshape(-1, CATEGORIES).sum(axis=1)
        shares = [share_estimate(int(n), mean.n, 2.0 * mean.n) for n, mean in zip(top, means, strict=True)]
        seen += sum(share.base for share in shares)
    return seen


def alpha(codes: Codes, _strata: Strata, _n_units: int) -> int:
    """Alpha, its interval, omega and every item's part, over complete respondents."""
    found = scale_reliability(coded_moments(list(codes), [(5, 4, 3, 2, 1, None)] * len(codes)))
    assert found.alpha is not None
    return found.n


def both(codes: Codes, strata: Strata, n_units: int) -> int:
    """Everything the aim speaks of."""
    alpha(codes, strata, n_units)
    return tables(codes, strata, n_units)


class Polars:
    """Sums by stratum of a polars frame of values 1..5, nulls already in place."""

    def __init__(self, codes: Codes, strata: Strata) -> None:
        import polars as pl

        raw = pl.DataFrame({f"q{place}": row for place, row in enumerate(codes)} | {"s": strata})
        given = [
            pl.when(pl.col(f"q{place}").is_between(0, 4)).then(5 - pl.col(f"q{place}")) for place in range(len(codes))
        ]
        self.frame = raw.select("s", *(each.cast(pl.Int8).alias(f"q{place}") for place, each in enumerate(given)))

    def __call__(self) -> int:
        import polars as pl

        parts = []
        for name in self.frame.columns[1:]:
            y = pl.col(name)
            sums = {"n": y.count(), "t": y.sum(), "s": (y * y).sum(), "b": (y >= 4).sum()}
            parts += [each.alias(name + kind) for kind, each in sums.items()]
        found = self.frame.lazy().group_by("s").agg(parts).collect()
        return int(sum(found[name].sum() for name in found.columns if name.endswith("n")))


class DuckDB:
    """Sums by stratum of a duckdb table in memory of values 1..5, nulls already in place."""

    def __init__(self, codes: Codes, strata: Strata) -> None:
        import duckdb

        self.columns = [f"q{place}" for place in range(len(codes))]
        self.connection = duckdb.connect()
        self.connection.register("ready", dict(zip(self.columns, codes, strict=True)) | {"s": strata})
        given = ", ".join(f"CASE WHEN {q} BETWEEN 0 AND 4 THEN (5 - {q})::TINYINT END AS {q}" for q in self.columns)
        self.connection.execute(f"CREATE TABLE answers AS SELECT s, {given} FROM ready")
        self.connection.unregister("ready")

    def __call__(self) -> int:
        sums = "count({0}), sum({0}::DOUBLE), sum(({0} * {0})::DOUBLE), count_if({0} >= 4)"
        parts = ", ".join(sums.format(each) for each in self.columns)
        rows = self.connection.execute(f"SELECT s, {parts} FROM answers GROUP BY s").fetchall()
        return int(sum(sum(row[1::4]) for row in rows))


def ranks(n_units: int) -> float:
    """Seconds for shrinkage, classes and rank intervals from 4,000 joint draws of so many units."""
    rng = np.random.default_rng(1)
    heads = rng.integers(20, 400, n_units)
    variances = 400.0 / heads
    estimates = 70 + rng.normal(0, 3, n_units) + rng.normal(0, np.sqrt(variances))
    start = time.perf_counter()
    fit = posterior(estimates, variances, 100.0 / heads)
    pooled(fit)
    unit_classes(fit, heads)
    rank_intervals(joint_draws(fit, 4000))
    return time.perf_counter() - start


def alone(folder: Path, task: Task, n_units: int) -> Run:
    """The task in a process of its own, after the data are loaded and everything it imports is."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (folder, task, n_units))


def _measured(folder: Path, task: Task, n_units: int) -> Run:
    codes, strata = load(folder)
    _ready(task, codes[:, :600].copy(), strata[:600] % CATEGORIES, 1)()
    work = _ready(task, codes, strata, n_units)
    Path("/proc/self/clear_refs").write_text("5")  # the peak so far is forgotten
    before, start, used = _resident(), time.perf_counter(), time.process_time()
    seen = work()
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    return Run(seconds, processor, _peak() - before, seen)


def _ready(task: Task, codes: Codes, strata: Strata, n_units: int) -> Callable[[], int]:
    return task(codes, strata) if isinstance(task, type) else lambda: task(codes, strata, n_units)


def _peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def best(folder: Path, task: Task, n_units: int, runs: int) -> Run:
    done = [alone(folder, task, n_units) for _ in range(runs)]
    seconds, processor = min(run.seconds for run in done), min(run.processor for run in done)
    return Run(seconds, processor, max(run.peak_mib for run in done), done[0].seen)


def compared(folder: Path, asked: argparse.Namespace) -> None:
    """The table of tools."""
    sides = {
        "numpy bincount, counts only (floor)": floor,
        "all unit tables": tables,
        "alpha and omega": alpha,
        "all unit tables and alpha": both,
        "polars, sums only": Polars,
        "duckdb, sums only": DuckDB,
    }
    found = {name: best(folder, task, asked.units, asked.runs) for name, task in sides.items()}
    base = found["numpy bincount, counts only (floor)"]
    for name, run in found.items():
        ratio = run.processor / base.processor
        print(
            f"{name:38s} {run.seconds:6.3f} s wall {run.processor:6.3f} s processor {ratio:6.2f} x {run.peak_mib:5.0f} MiB"
        )
        if name != "alpha and omega" and run.seen != base.seen:
            raise SystemExit(f"{name} saw {run.seen:,} answers, the floor {base.seen:,}")
    print(f"aim for all unit tables and alpha: under {AIM_SECONDS} s and {AIM_MIB} MiB above the data\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Unit tables, errors and alpha, beside numpy, polars and duckdb.")
    for name, default in (
        ("respondents", 1_000_000),
        ("items", 40),
        ("units", 200),
        ("runs", 3),
        ("largest", 1_000_000),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # inherited: two BLAS threads on a busy machine wait for each other
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, asked.respondents, asked.items, asked.units)
        print(f"{asked.respondents:,} respondents x {asked.items} items x {asked.units} units, best of {asked.runs}")
        compared(folder, asked)
        ranked = min(ranks(asked.units) for _ in range(asked.runs))
        print(f"shrinkage, classes and 4,000 rank draws of {asked.units} units: {ranked:.3f} s\n")
        size = 1_000
        while size <= asked.largest:
            write(folder, size, asked.items, asked.units)
            run = best(folder, both, asked.units, 1 if size > 10**6 else asked.runs)
            each = run.processor / size * 1e6
            print(
                f"{size:>12,} respondents {run.seconds:7.3f} s wall, {each:8.2f} us each, {run.peak_mib:4.0f} MiB",
                flush=True,
            )
            size *= 10


if __name__ == "__main__":
    main()
