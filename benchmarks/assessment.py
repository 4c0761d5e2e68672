"""`assessment`: the whole branch assessment of two polls, with 4,000 rank draws, at a growing number of respondents.

    python -m benchmarks.assessment [--units 200] [--largest 1000000] [--runs 2]

The floor is what numpy needs to count every answer of both polls and both years by unit, nothing made of the counts.

Invented answers to the library's needs poll and Staff Home review; the year before has the same size. The time runs from
ready frames to the finished assessment of every unit: weights, variances, shrinkage, classes, ranks, 1,000 draws of the
weights, bands, flags, adjusted column, changes.
"""

import argparse
from collections.abc import Callable
from typing import Literal

import numpy as np

from analysis.assessment.answers import AssessedUnit, Year
from analysis.assessment.assessing import assessment
from analysis.assessment.scheme import Scheme
from analysis.frame import Frame, Text, codebook
from analysis.tallies import MARKS
from benchmarks.measuring import best
from questionnaires.library import load
from questionnaires.scoring import scoring

AIM_SECONDS = 2.0
BLOCK = 8192
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


def counts(years: tuple[Year, ...], n_units: int) -> int:
    """Every answer of every poll counted by unit with bare numpy: the floor."""
    seen = 0
    for frame in (frame for year in years for frames in year.frames.values() for frame in frames):
        widths = [column.n_codes + MARKS for column in frame.codebook.columns]
        for start in range(0, frame.n_ballots, BLOCK):
            unit, codes = frame.unit[start : start + BLOCK], frame.codes[:, start : start + BLOCK]
            for row, width in zip(codes, widths, strict=True):
                seen += int(np.bincount(unit * width + MARKS + row, minlength=n_units * width).sum())
    return seen


def ready(task: Literal["floor", "assessment"], n_units: int, n: int) -> Callable[[], int]:
    """The frames of two years, and everything the task imports."""
    scheme = Scheme(scoring())
    small, large = (
        (year_of_size(2, "2026", n_units, size), year_of_size(1, "2025", n_units, size)) for size in (2_000, n)
    )
    if task == "floor":
        return lambda: counts(large, n_units)
    assessment(*small, scheme)
    return lambda: len(assessment(*large, scheme).units)


def main() -> None:
    parser = argparse.ArgumentParser(description="The whole branch assessment, with 4,000 rank draws.")
    for name, default in (("units", 200), ("largest", 1_000_000), ("runs", 2)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    n = 1_000
    while n <= asked.largest:
        base = best(asked.runs, ready, "floor", asked.units, n)
        print(base.told(f"{n:>10,} respondents a poll: numpy, counts only", base))
        run = best(asked.runs, ready, "assessment", asked.units, n)
        print(run.told(f"{n:>10,} respondents a poll: {run.seen} units assessed", base), flush=True)
        n *= 10
    print(f"aim: under {AIM_SECONDS} s")


if __name__ == "__main__":
    main()
