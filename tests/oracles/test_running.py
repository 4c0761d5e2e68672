"""The oracle command itself: what passes, what fails, and that nothing a directory holds makes it stumble."""

import json

import pytest

from tests.oracles.__main__ import main
from tests.oracles.comparison import differences
from tests.oracles.tables import filtered, read_table

EXACT = {"rel": 0.0, "abs": 0.0}
GOOD = {"id": "w", "inputs": {"p": [0.5, None]}, "expected": {"holm": [0.5, None]}, "tol": EXACT}


KNOWN = {
    "echo": lambda inputs, _: inputs["answer"],  # answers with what the case says it should
    "columns": lambda _, data: {"n": data.n_rows},
}


def told(tmp_path, capsys, *, files):
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    status = main([str(tmp_path)], KNOWN)
    return status, capsys.readouterr().out.splitlines()


def case(answer, expected, tolerance=EXACT, **more):
    return {"id": "one", "inputs": {"answer": answer}, "expected": expected, "tol": tolerance, **more}


def echoed(*cases):
    return {"echo.json": {"statistic": "echo", "cases": list(cases)}}


def test_a_case_within_its_tolerance_passes_and_the_last_line_counts(tmp_path, capsys):
    files = echoed(case({"mean": 3.0001}, {"mean": 3}, {"rel": 1e-3, "abs": 0}), case({"mean": 3.1}, {"mean": 3}))
    status, lines = told(tmp_path, capsys, files=files)
    assert status == 1
    assert lines == ["echo/one: mean is 3.1 where 3 is expected.", "1 passed, 1 failed"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"se": 0.0}, {"se": None}),
        ({"se": float("nan")}, {"se": None}),
        ({"se": float("nan")}, {"se": 1.0}),
        ({"se": float("inf")}, {"se": 1.0}),
        ({"se": None}, {"se": 1.0}),
        ({}, {"se": None}),
        ({"se": "1.0"}, {"se": 1.0}),
        ({"se": 1.0}, {"se": float("nan")}),
        ({"se": 1.0}, {"se": float("inf")}),
        ({"ci": [1.0]}, {"ci": [1.0, 2.0]}),
        ({"class": "above"}, {"class": "below"}),
        ({"table": [{"unit": "1", "m": 2}]}, {"table": [{"unit": 1, "m": 2}, {"unit": 2, "m": 2}]}),
    ],
)
def test_an_answer_that_is_not_the_expected_one_fails(answer, expected):
    assert list(differences(answer, expected, EXACT, {}))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"se": None}, {"se": None}),
        (
            {"table": [{"unit": "10", "m": 1}, {"unit": "2", "m": 2}]},
            {"table": [{"unit": 2, "m": 2}, {"unit": 10, "m": 1}]},
        ),
        ({"pairs": [{"a": "x", "b": "y", "n": 3}]}, {"pairs": [{"a": "x", "b": "y", "n": 3}]}),
        ({"cells": [{"sex": "f", "sat": "1", "Freq": 2}]}, {"cells": [{"sex": "f", "sat": "1", "Freq": 2}]}),
    ],
)
def test_rows_are_matched_by_their_key_columns_in_any_order(answer, expected):
    assert not list(differences(answer, expected, EXACT, {}))


def test_a_tolerance_by_key_overrides_that_of_the_case():
    assert not list(differences({"se": 1.1}, {"se": 1.0}, EXACT, {"se": {"rel": 0.2, "abs": 0.0}}))


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "no directory with *.json"),
        ({"a.json": "{"}, "not JSON"),
        ({"a.json": "[" * 100_000}, "not JSON"),
        ({"a.json": "[]"}, 'needs "statistic"'),
        ({"a.json": {"statistic": "echo", "cases": []}}, 'needs "statistic"'),
        ({"a.json": {"statistic": "tea_leaves", "cases": [GOOD]}}, "'tea_leaves' is not known"),
        (echoed(7), "not an object with inputs"),
        (echoed({"inputs": {}, "tol": EXACT}), "does not give 'expected'"),
        (echoed(case({"n": 1}, {})), "expects nothing"),
        (echoed(case({"n": 1}, {"n": 1}, {"rel": 1e-7})), "rel and abs"),
        (echoed(case({"n": 1}, {"n": 1}, {"rel": float("inf"), "abs": 0})), "rel and abs"),
        (echoed(case({"n": 1}, {"n": 1}, tol_by_key=[EXACT])), "rel and abs"),
        (echoed(case({"n": 1}, {"n": 1}, data="nowhere.csv")), "no data file 'nowhere.csv'"),
        (echoed({"inputs": {}, "expected": {"n": 1}, "tol": EXACT}), "does not give 'answer'"),
        ({"c.json": {"statistic": "columns", "cases": [case(1, {"n": 1})]}}, "stopped with AttributeError"),
        ({**echoed(case({"n": 1}, {"n": 1}, data="d.csv")), "data/d.csv": "a,b\n1\n"}, "rows of unequal length"),
    ],
)
def test_whatever_is_wrong_is_a_failed_case_with_a_sentence(tmp_path, capsys, files, words):
    status, lines = told(tmp_path, capsys, files=files)
    assert status == 1
    assert words in lines[0]
    assert lines[1:] == ["0 passed, 1 failed"]


def test_only_an_empty_field_is_missing_and_filters_come_first(tmp_path):
    (tmp_path / "d.csv").write_text("year,kind,y\n2016,None,1\n2016,NA,\n2008,No,3\n", "utf-8")
    table = read_table(tmp_path / "d.csv")
    assert table["kind"] == ["None", "NA", "No"]
    assert table["y"] == ["1", None, "3"]
    assert filtered(table, {"filter": {"year": 2016}})["kind"] == ["None", "NA"]
    assert filtered(table, {"rows": {"first": 2, "last": 3}})["kind"] == ["NA", "No"]
    assert filtered(table, {"group": "kind", "keep_groups": ["No"]})["y"] == ["3"]
    assert table.complete(["y"]).n_rows == 2


def test_a_directory_is_the_only_argument(capsys):
    assert main([]) == 2
    assert "Usage" in capsys.readouterr().out
