"""Boxes and contexts that somebody has tampered with: refused in a sentence, never a traceback, never a file outside DIR."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from analysis.__main__ import main
from tests.demo_instance import DemoInstance

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def box(demo_instance: DemoInstance, tmp_path: Path) -> Path:
    copy = tmp_path / "home-2026.box"
    copy.write_bytes((demo_instance.folder / "sealed" / "home-2026.box").read_bytes())
    return copy


def changed_facts(box: Path, change: Change) -> None:
    with closing(sqlite3.connect(box)) as database, database:
        facts = json.loads(database.execute("SELECT facts FROM poll").fetchone()[0])
        change(facts)
        database.execute("UPDATE poll SET facts = ?", (json.dumps(facts).encode(),))


def refused(box: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    out = box.parent / "deep" / "out"
    assert main([str(box), *options, "--out", str(out)]) == 1
    assert not out.exists()
    sentence = capsys.readouterr().err
    assert sentence.count("\n") == 1
    return sentence


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: facts["units"][0].update(n_eligible=float("inf")),
        lambda facts: facts["units"][0].update(n_eligible=float("nan")),
        lambda facts: facts["units"][0].update(n_eligible=-7),
        lambda facts: facts["units"][0].update(n_eligible="128"),
        lambda facts: facts["units"][0].update(n_eligible=10**30),
        lambda facts: facts["units"][0]["head_counts"].update(teacher=-1),
        lambda facts: facts["units"][0]["head_counts"].update(teacher=None),
        lambda facts: facts["units"][0].update(id=5),
        lambda facts: facts["units"][0].update(id=facts["units"][1]["id"]),
        lambda facts: facts["units"][0].update(surprise=1),
        lambda facts: facts["units"][0].update(branches=[["B01"]]),
        lambda facts: facts.update(units=7),
        lambda facts: facts.update(wave="../../2026"),
        lambda facts: facts.update(title=None),
        lambda facts: facts["scheme"]["method"].update(rank_draws=10**12),
        lambda facts: facts["scheme"]["method"].update(rank_draws=-1),
        lambda facts: facts["scheme"]["method"].update(confidence=2.0),
        lambda facts: facts["scheme"]["method"].update(smallest_difference=float("nan")),
        lambda facts: facts["scheme"]["scoring"].update(bands=[]),
        lambda facts: facts["scheme"]["scoring"]["composite"].update(staff_voice={"three_questions": float("nan")}),
    ],
)
def test_facts_that_cannot_be_are_refused(box: Path, capsys: pytest.CaptureFixture[str], change: Change) -> None:
    changed_facts(box, change)
    assert refused(box, capsys)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE poll SET poll_id = '../../evil'",
        "UPDATE poll SET facts = CAST(facts AS TEXT)",
        "UPDATE poll SET first_day = 'yesterday'",
        "UPDATE poll SET facts = CAST(replace(hex(zeroblob(100000)), '00', '[') AS BLOB)",
        "UPDATE unit SET n_ballots = 1000000000",
        "UPDATE unit SET n_ballots = -5",
        "UPDATE ballot SET unit_id = 'nobody'",
        "UPDATE ballot SET answers = '[1,2'",
        "UPDATE ballot SET answers = CAST(x'00FF80' AS TEXT)",
        "UPDATE ballot SET answers = replace(answers, '[1,', '[99999999999999999999,')",
        "DELETE FROM poll",
        "DROP TABLE ballot",
    ],
)
def test_a_box_whose_tables_were_changed_is_refused(
    box: Path, capsys: pytest.CaptureFixture[str], statement: str
) -> None:
    with closing(sqlite3.connect(box)) as database, database:
        database.execute(statement)
    assert refused(box, capsys)


def test_a_questionnaire_nested_without_end_is_refused(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = b"[" * 100_000
    with closing(sqlite3.connect(box)) as database, database:
        own = (document, hashlib.sha256(document).hexdigest())
        database.execute("UPDATE poll SET document = ?, fingerprint = ?", own)
    assert refused(box, capsys)


@pytest.mark.parametrize("length", [0, 100, 5_000, 200_000])
def test_a_box_cut_off_anywhere_is_refused(box: Path, capsys: pytest.CaptureFixture[str], length: int) -> None:
    box.write_bytes(box.read_bytes()[:length])
    assert refused(box, capsys)


@pytest.mark.parametrize("method", [{"rank_draws": -1}, {"confidence": 2}, {"weight_grid": 1}, {"error_cut": 0}])
def test_numbers_of_the_method_out_of_all_bounds_are_refused(
    box: Path, capsys: pytest.CaptureFixture[str], method: dict[str, float]
) -> None:
    context = box.parent / "context.json"
    context.write_text(json.dumps({"format": "survey_app.context/1", "method": method}), "utf-8")
    assert "of the method lies in" in refused(box, capsys, "--context", str(context))
