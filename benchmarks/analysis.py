"""`analysis`: tables of all units with standard errors, top-two-box and alpha, beside other tools in the same run.

    python -m benchmarks.analysis [--respondents 1000000] [--items 40] [--units 200] [--runs 3] [--largest 1000000]

The data are ready int8 columns. The floor is bare numpy bincount: counts of every answer by unit, nothing made of them.
polars and duckdb give numbers, sums, sums of squares and top-two-box by unit and staff category, which is what the
standard errors need, and stop there. Each side runs in a process of its own; peaks are above the loaded data. Growth:
the same tables and alpha from 1,000 respondents up; `--largest 10000000` goes further. The last size is also read from a
sealed box, block by block: there the peak is above an empty process. Matrix products run on one thread.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from analysis.estimates import share_estimate
from analysis.estimation.moments import Moments, coded_moments
from analysis.estimation.unit_means import stratified_means
from analysis.frame import Frame, box_frames
from analysis.measurement.reliability import scale_reliability
from analysis.tallies import MARKS, Tally, tally_of
from analysis.units.classes import unit_classes
from analysis.units.pooling import joint_draws, pooled, posterior
from analysis.units.rank_sets import rank_intervals
from benchmarks.measuring import Run, best
from benchmarks.other_tools import BLOCK, DuckDB, Polars, floor
from benchmarks.rated_poll import (
    CATEGORIES,
    POINTS,
    Codes,
    Strata,
    book_of,
    load_columns,
    units_of,
    write_columns,
    write_sealed,
)

AIM_SECONDS, AIM_MIB = 1.0, 150
WORTH = (5, 4, 3, 2, 1, None)
Task = Any  # function or class whose call returns how many answers it saw, as a check that all sides saw the same


def counted(codes: Codes, strata: Strata, n_units: int) -> Tally:
    """The product's tally by unit and staff category."""
    book = book_of(len(codes))
    names = tuple(str(stratum) for stratum in range(n_units * CATEGORIES))
    none = np.empty((0, 0), np.int32)
    blocks = (slice(start, start + BLOCK) for start in range(0, strata.size, BLOCK))
    return tally_of(book, names, (Frame(book, names, strata[each], codes[:, each], none) for each in blocks))


def tables(codes: Codes, strata: Strata, n_units: int) -> int:
    """Mean, standard error, interval, top-two-box and its interval of every item in every unit."""
    return _tables(counted(codes, strata, n_units), n_units)


def _tables(tally: Tally, n_units: int) -> int:
    worth = np.arange(POINTS, 0, -1)
    owner = np.repeat(np.arange(n_units), CATEGORIES)
    heads = tally.responding * 2.0
    seen = 0
    for name, counts in tally.columns.items():
        if name == "category":
            continue
        answers = counts[:, MARKS : MARKS + POINTS]
        n, sums, squares = answers.sum(axis=1), answers @ (worth - 3), answers @ (worth - 3) ** 2
        means = stratified_means(n, sums, squares, owner, heads, n_units=n_units, centre=3)
        top = answers[:, :2].sum(axis=1).reshape(-1, CATEGORIES).sum(axis=1)
        shares = [share_estimate(int(n), mean.n, 2.0 * mean.n) for n, mean in zip(top, means, strict=True)]
        seen += sum(share.base for share in shares)
    return seen


def alpha(codes: Codes, _strata: Strata, _n_units: int) -> int:
    """Alpha, its interval, omega and every item's part, over complete respondents."""
    found = scale_reliability(coded_moments(list(codes), [WORTH] * len(codes)))
    assert found.alpha is not None
    return found.n


def both(codes: Codes, strata: Strata, n_units: int) -> int:
    """Everything the aim speaks of."""
    alpha(codes, strata, n_units)
    return tables(codes, strata, n_units)


def from_box(path: Path, n_items: int, n_units: int) -> int:
    """The same from a sealed box, never holding more than a block of it."""
    book, units = book_of(n_items, boxed=True), units_of(n_units)
    names = tuple(str(stratum) for stratum in range(n_units * CATEGORIES))
    tally, sums = Tally(book, names), Moments(0, np.zeros(n_items), np.zeros((n_items, n_items)))
    for block in box_frames(path, book, units):
        strata = block.unit * CATEGORIES + block.column("category")
        tally.add(Frame(book, names, strata, block.codes, block.numbers))
        sums += coded_moments(list(block.codes[:n_items]), [WORTH] * n_items)
    assert scale_reliability(sums).alpha is not None
    _tables(tally, n_units)
    return int(tally.responding.sum())


def ranks(n_units: int) -> Callable[[], None]:
    """Shrinkage, classes and rank intervals from 4,000 joint draws of so many units."""
    rng = np.random.default_rng(1)
    heads = rng.integers(20, 400, n_units)
    variances = 400.0 / heads
    estimates = 70 + rng.normal(0, 3, n_units) + rng.normal(0, np.sqrt(variances))

    def work() -> None:
        fit = posterior(estimates, variances, 100.0 / heads)
        pooled(fit)
        unit_classes(fit, heads)
        rank_intervals(joint_draws(fit, 4000))

    work()
    return work


def on_columns(folder: Path, task: Task, n_units: int) -> Callable[[], int]:
    """The data loaded, and everything the task imports."""
    codes, strata = load_columns(folder)
    _ready(task, codes[:, :600].copy(), strata[:600] % CATEGORIES, 1)()
    return _ready(task, codes, strata, n_units)


def on_box(path: Path, warm: Path, n_items: int, n_units: int) -> Callable[[], int]:
    """The same for a box; `warm` is a small one."""
    from_box(warm, n_items, n_units)
    return lambda: from_box(path, n_items, n_units)


def _ready(task: Task, codes: Codes, strata: Strata, n_units: int) -> Callable[[], int]:
    return task(codes, strata) if isinstance(task, type) else lambda: task(codes, strata, n_units)


def compared(folder: Path, asked: argparse.Namespace) -> None:
    """The table of tools."""
    sides: dict[str, Task] = {
        "numpy bincount, counts only (floor)": floor,
        "all unit tables": tables,
        "alpha and omega": alpha,
        "all unit tables and alpha": both,
        "polars, sums only": Polars,
        "duckdb, sums only": DuckDB,
    }
    found: dict[str, Run] = {}
    for name, task in sides.items():
        found[name] = best(asked.runs, on_columns, folder, task, asked.units)
        base = found["numpy bincount, counts only (floor)"]
        print(found[name].told(name, base), flush=True)
        if task is not alpha and found[name].seen != base.seen:
            raise SystemExit(f"{name} saw {found[name].seen:,} answers, the floor {base.seen:,}")
    print(f"aim for all unit tables and alpha: under {AIM_SECONDS} s and {AIM_MIB} MiB above the data\n")


def grown(folder: Path, asked: argparse.Namespace) -> None:
    """All unit tables and alpha at growing sizes, the last from a sealed box too."""
    size = 1_000
    while size <= asked.largest:
        runs = asked.runs if size <= 10**6 else 1
        write_columns(folder, size, asked.items, asked.units)
        _line(f"{size:>12,} respondents, ready columns", best(runs, on_columns, folder, both, asked.units), size)
        size *= 10
    last, warm = folder / "last.box", folder / "warm.box"
    write_sealed(warm, 20_000, asked.items, asked.units)
    write_sealed(last, size // 10, asked.items, asked.units)
    run = best(runs, on_box, last, warm, asked.items, asked.units)
    _line(f"{run.seen:>12,} respondents, sealed box in blocks", run, run.seen)


def _line(name: str, run: Run, size: int) -> None:
    print(f"{run.told(name)} {run.processor / size * 1e6:8.2f} us each", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Unit tables, errors and alpha, beside numpy, polars and duckdb.")
    million = 1_000_000
    for name, default in (("respondents", million), ("items", 40), ("units", 200), ("runs", 3), ("largest", million)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_columns(folder, asked.respondents, asked.items, asked.units)
        print(f"{asked.respondents:,} respondents x {asked.items} items x {asked.units} units, best of {asked.runs}")
        compared(folder, asked)
        print(best(asked.runs, ranks, asked.units).told("shrinkage, classes and 4,000 rank draws"), "\n")
        grown(folder, asked)


if __name__ == "__main__":
    main()
