"""Every number that trusted software computed, against ours; the files themselves are held to be complete."""

import json
from pathlib import Path

import pytest

from tests.oracles.running import adapters, fault

STATS = Path(__file__).parent / "data" / "stats"
FILES = sorted(STATS.glob("*.json"))


def cases():
    for path in FILES:
        document = json.loads(path.read_text("utf-8"))
        for case in document["cases"]:
            yield pytest.param(document["statistic"], case, id=f"{path.stem}/{case['id']}")


@pytest.mark.parametrize(("statistic", "case"), list(cases()))
def test_the_product_computes_what_the_reference_did(statistic, case):
    assert fault(adapters(), statistic, case, STATS / "data") is None


def test_all_statistics_and_all_cases_are_there():
    assert len(FILES) == 26
    assert len(list(cases())) == 81
    assert {json.loads(path.read_text("utf-8"))["statistic"] for path in FILES} == set(adapters())


def test_a_number_beside_the_expected_one_is_noticed():
    case = json.loads((STATS / "nps.json").read_text("utf-8"))["cases"][0]
    case["expected"]["nps"] += 1e-4
    assert "nps is" in fault(adapters(), "nps", case, STATS / "data")
