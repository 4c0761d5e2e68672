"""Numbers computed by R (tests/oracles/data/stats), and the rule by which they are compared."""

import csv
import json
from pathlib import Path

STATS = Path(__file__).parents[1] / "oracles" / "data" / "stats"


def cases(statistic):
    return json.loads((STATS / f"{statistic}.json").read_text("utf-8"))["cases"]


def column(file, name):
    """The numbers of one column; only an empty field is missing."""
    with (STATS / "data" / file).open(encoding="utf-8", newline="") as rows:
        return [float(row[name]) for row in csv.DictReader(rows) if row[name] != ""]


def close(got, expected, tolerance):
    if expected is None:
        return got is None
    return got is not None and abs(got - expected) <= tolerance["abs"] + tolerance["rel"] * abs(expected)
