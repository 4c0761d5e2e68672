"""Tables of universities: good ones are read, faulty ones are refused with a sentence naming row and column."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.demo.persons import persons_of, quotas
from survey_app.demo.university import COLUMNS, DEMO_UNIVERSITY, FaultyUniversity, read_university, university_of

SMALL = Path(__file__).parent / "data" / "small_college.csv"
GOOD = SMALL.read_text("utf-8")


def changed(row: int, **cells: str) -> str:
    """The small college with some cells of one row (2 is the first branch) written otherwise."""
    rows = list(csv.DictReader(io.StringIO(GOOD)))
    rows[row - 2] |= cells
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(FaultyUniversity) as caught:
        university_of(text, "list.csv")
    return caught.value.sentences


def test_the_demo_university_has_24_branches_and_3487_members() -> None:
    university = read_university(DEMO_UNIVERSITY)
    assert len(university.branches) == 24
    assert university.members == 3487
    assert sum(branch.members for branch in university.branches if branch.retired) == 420


def test_another_university_with_the_same_columns_is_read() -> None:
    assert [branch.members for branch in read_university(SMALL).branches] == [60, 35, 8, 12, 20]


def test_a_table_saved_by_excel_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "excel.csv"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert len(read_university(path).branches) == 5


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert faults(text) == ("The file list.csv is empty.",)


def test_a_heading_without_branches_is_refused() -> None:
    assert faults(",".join(COLUMNS) + "\n") == ("The file list.csv has a heading but no branch.",)


@pytest.mark.parametrize("column", COLUMNS)
def test_each_missing_column_is_named(column: str) -> None:
    assert faults(GOOD.replace(column, f"no_{column}", 1)) == (f"The file list.csv lacks the column {column}.",)


@pytest.mark.parametrize(
    ("row", "column", "written", "part"),
    [
        (2, "members", "0", "not a number from 1 to"),
        (3, "members", "12.5", "not a whole number"),
        (3, "members", "", "not a number"),
        (4, "unit_type", "palace", "must be one of academic, administrative"),
        (2, "rr_2026", "1.2", "not a number from 0 to 1"),
        (2, "eff_2025", "nan", "not a number"),
        (2, "dev_org", "inf", "not a number"),
        (5, "pct_female", "many", "not a number from 0 to 100"),
        (5, "top_needs", "workload|gold|housing", "“gold” is unknown"),
        (5, "top_needs", "workload|workload|housing", "three different needs"),
        (6, "name_zh", " ", "nothing is written"),
        (6, "branch_id", "N 6", "letters, digits or hyphens"),
        (6, "branch_id", "n1", "stands already in row 2"),
    ],
)
def test_a_faulty_cell_is_named_by_row_and_column(row: int, column: str, written: str, part: str) -> None:
    (sentence,) = faults(changed(row, **{column: written}))
    assert sentence.startswith(f"Row {row}, column {column}: ")
    assert part in sentence


def test_percentages_that_do_not_sum_to_100_are_named() -> None:
    assert faults(changed(3, pct_admin="15")) == (
        "Row 3, column pct_teacher to pct_retired: the percentages sum to 110, not to 100.",
    )
    assert "age_le35 to age_ge56" in faults(changed(3, age_le35="21"))[0]


def test_all_faults_are_told_at_once() -> None:
    assert len(faults(changed(2, members="0", unit_type="x", rr_2025="2", top_needs=""))) == 4


def test_a_short_row_is_told_cell_by_cell() -> None:
    assert all(sentence.startswith("Row 7, column ") for sentence in faults(GOOD + "N6,某某分工会\n"))


def test_a_row_with_too_many_cells_is_told() -> None:
    assert faults(GOOD.rstrip("\n") + ",1,2\n") == ("Row 6: more cells than columns.",)


def test_a_university_too_small_to_report_on_is_refused() -> None:
    text = "\n".join(changed(4, members="9").splitlines()[slice(0, 4, 3)]) + "\n"
    assert "at least 10 are needed" in faults(text)[0]


@pytest.mark.parametrize(("data", "part"), [(b"\xff\xfe\x00", "not UTF-8"), (None, "cannot be read")])
def test_a_file_that_is_no_text_or_not_there_is_told_in_a_sentence(tmp_path: Path, data: bytes, part: str) -> None:
    path = tmp_path / "list.csv"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(FaultyUniversity, match=part):
        read_university(path)


@given(st.integers(1, 500), st.lists(st.integers(0, 50), min_size=1, max_size=6).filter(any))
def test_quotas_are_whole_and_sum_to_the_members(members: int, weights: list[int]) -> None:
    percents = tuple(100 * weight / sum(weights) for weight in weights)
    counts = quotas(percents, members)
    assert counts.sum() == members
    assert (np.abs(counts - np.array(percents) * members / 100) < 1 + 1e-9).all()


def test_head_counts_of_a_branch_follow_its_percentages() -> None:
    nursing = read_university(SMALL).branches[0]
    assert persons_of(nursing).head_counts() == {"teacher": 42, "admin": 6, "support": 12}
