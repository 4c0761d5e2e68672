"""The tools that `analysis` is measured beside: bare numpy, polars, duckdb. None of them makes standard errors."""

import numpy as np

from analysis.tallies import MARKS
from benchmarks.rated_poll import CATEGORIES, POINTS, Codes, Strata

BLOCK = 8192


def floor(codes: Codes, strata: Strata, n_units: int) -> int:
    """Answers counted by unit and code, block by block: numpy alone."""
    width = POINTS + MARKS + 1
    counts = np.zeros((len(codes), n_units * width), np.int64)
    for start in range(0, strata.size, BLOCK):
        first = strata[start : start + BLOCK] // CATEGORIES * width + MARKS
        for place, column in enumerate(codes):
            counts[place] += np.bincount(first + column[start : start + BLOCK], minlength=n_units * width)
    return int(counts.reshape(len(codes), n_units, width)[:, :, MARKS : MARKS + POINTS].sum())


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
