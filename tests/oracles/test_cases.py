"""Every number that trusted software computed, against ours; the files themselves are held to be complete."""

import json
from pathlib import Path

import pytest

from tests.oracles.running import adapters, fault, outcomes

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


BALLOTS = Path(__file__).parent / "data" / "blind_rsa"


def test_every_ballot_vector_passes_and_all_of_them_are_there():
    found = list(outcomes(BALLOTS, adapters()))
    assert [outcome for outcome in found if outcome.fault] == []
    assert len(found) == 50


def test_a_ballot_vector_with_one_wrong_digit_is_noticed(tmp_path):
    document = json.loads((BALLOTS / "interop_vectors.json").read_text())
    document["positive"][0]["receipt"] = "00" * 32
    document["negative"][0] |= {key: document["positive"][0][key] for key in ("prepared", "sig", "key_id")}
    (tmp_path / "wrong.json").write_text(json.dumps(document))
    failed = {outcome.name: outcome.fault for outcome in outcomes(tmp_path, adapters()) if outcome.fault}
    assert set(failed) == {"wrong/positive 1", "wrong/negative 1"}
