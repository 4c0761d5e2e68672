"""`assessment`: the whole branch assessment of two polls, with 4,000 rank draws, at a growing number of respondents.

    python -m benchmarks.assessment [--units 200] [--largest 1000000] [--runs 2]

Invented answers to the library's needs poll and Staff Home review; the year before has the same size. The time runs from
ready frames to the finished assessment of every unit: weights, variances, shrinkage, classes, ranks, 1,000 draws of the
weights, bands, flags, adjusted column, changes.
"""

import argparse
import multiprocessing
import os
import time

import numpy as np

from analysis.assessment.answers import AssessedUnit, Year
from analysis.assessment.assessing import assessment
from analysis.assessment.scheme import Scheme
from analysis.frame import Frame, Text, codebook
from questionnaires.library import load
from questionnaires.scoring import scoring

AIM_SECONDS = 2.0
POLLS = ("needs_annual", "staff_home_annual")


def frame_of_size(rng: np.random.Generator, poll: str, units: tuple[str, ...], n: int) -> Frame:
    """`n` ballots of one questionnaire; units differ, 10 % of the answers are off path or blank."""
    book = codebook(load(poll))
    unit = rng.integers(0, len(units), n).astype(np.int32)
    level = (rng.normal(0, 0.25, len(units))[unit] + rng.normal(0, 0.8, n)).astype(np.float32)
    codes = np.empty((len(book.columns), n), np.int8)
    for row, column in zip(codes, book.columns, strict=True):
        drawn = rng.random(n, np.float32) + 0.12 * level
        row[:] = np.clip(drawn * column.n_codes, 0, column.n_codes - 1)
        fate = rng.random(n, np.float32)
        row[fate < 0.10] = -2
        row[fate < 0.05] = -1
    return Frame(book, units, unit, codes, np.zeros((len(book.numbers), n), np.int32))


def year_of_size(seed: int, wave: str, n_units: int, n: int) -> Year:
    """Both polls, each answered by half of the staff."""
    rng = np.random.default_rng(seed)
    names = tuple(f"u{place:03}" for place in range(n_units))
    frames = {poll: (frame_of_size(rng, poll, names, n),) for poll in POLLS}
    categories = [choice.id for choice in load(POLLS[1]).item("dem_category").choices]
    members = 2 * n // n_units
    heads = {each: members // len(categories) for each in categories}
    units = tuple(AssessedUnit(name, Text(name), "academic", members, heads) for name in names)
    return Year(wave, units, frames)


def measured(n_units: int, n: int, runs: int) -> tuple[float, float, int]:
    """Seconds, seconds of the processor (the best of the runs), and how many units were assessed."""
    now, before = year_of_size(2, "2026", n_units, n), year_of_size(1, "2025", n_units, n)
    times, scheme, assessed = [], Scheme(scoring()), 0
    for _ in range(runs):
        start, used = time.perf_counter(), time.process_time()
        found = assessment(now, before, scheme)
        times.append((time.perf_counter() - start, time.process_time() - used))
        assessed = len(found.units)
    return min(wall for wall, _ in times), min(processor for _, processor in times), assessed


def main() -> None:
    parser = argparse.ArgumentParser(description="The whole branch assessment, with 4,000 rank draws.")
    for name, default in (("units", 200), ("largest", 1_000_000), ("runs", 2)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # inherited: two threads on a busy machine wait for each other
    n = 10_000
    while n <= asked.largest:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            wall, processor, units = pool.apply(measured, (asked.units, n, asked.runs))
        print(
            f"{n:>10,} respondents a poll, {units} units: {wall:6.2f} s wall {processor:6.2f} s processor", flush=True
        )
        n *= 10
    print(f"aim: under {AIM_SECONDS} s")


if __name__ == "__main__":
    main()
