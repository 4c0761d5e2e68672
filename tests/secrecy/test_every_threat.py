"""No attack is forgotten: each has a test here, and the public table names it."""

import importlib
import re
from pathlib import Path

import pytest

from tests.secrecy.threats import THREATS, threat

HERE = Path(__file__).parent
TABLE = Path(__file__).parents[2] / "docs" / "decisions" / "0006-who-could-see-what.md"


def known_tests() -> dict[int, set[str]]:
    """Names of the tests that carry each number."""
    found: dict[int, set[str]] = {number: set() for number in THREATS}
    for path in HERE.glob("test_*.py"):
        module = importlib.import_module(f"tests.secrecy.{path.stem}")
        for name, test in vars(module).items():
            for number in getattr(test, "threats", ()) if name.startswith("test_") else ():
                found[number].add(name)
    return found


def rows() -> dict[int, list[str]]:
    """The cells of the public table by number."""
    lines = re.findall(r"^\| (\d+) \| (.+) \|$", TABLE.read_text("utf-8"), re.MULTILINE)
    return {int(number): cells.split(" | ") for number, cells in lines}


def test_every_threat_has_a_test() -> None:
    assert [number for number, tests in known_tests().items() if not tests] == []


def test_the_public_table_names_every_threat_and_a_test_that_exists() -> None:
    assert sorted(rows()) == sorted(THREATS)
    known = known_tests()
    for number, (attack, _cure, test) in rows().items():
        assert attack.lower() == THREATS[number].lower()
        assert test.strip("`") in known[number], (number, test)


@threat(27)
@pytest.mark.parametrize("said", ["log of the network", "snapshots of the disk", "two machines", "TLS", "proxy"])
def test_holding_a_log_of_the_network_and_snapshots_of_the_disk_is_told_as_a_risk_that_is_left(said: str) -> None:
    """No program cures this: whoever runs the service must be told."""
    left = TABLE.read_text("utf-8").partition("## What is left")[2]
    assert said in left
