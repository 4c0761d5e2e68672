"""The data files, opened again with readers of their own: every released cell, nothing run as a formula."""

import csv
import io
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from analysis.report.cell_row import NAMES, TEXTS, CellRow, headings, table_names
from analysis.report.cells import released_cells
from analysis.report.data_files import csv_file, excel_file, parquet_file, safe_text, spss_file
from analysis.report.documents import WaveDocuments


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def rows(documents: WaveDocuments, language: str) -> tuple[CellRow, ...]:
    return released_cells(documents, language)


def test_every_released_figure_is_a_row(documents: WaveDocuments, rows: tuple[CellRow, ...]) -> None:
    items = {(row.poll, row.unit_id, row.code): row for row in rows if row.table == "items"}
    for released in documents.polls:
        for figure in (*released.item_figures, *released.group_figures):
            row = items[released.poll.id, figure.unit, figure.column]
            percent = figure.share_percent if released.item(figure.column).option else figure.top_two_box_percent
            assert (row.base, row.score, row.percent) == (figure.base, figure.mean, percent)
            assert bool(row.withheld) == (figure.withheld is not None)


def test_every_score_of_the_assessment_is_a_row(documents: WaveDocuments, rows: tuple[CellRow, ...]) -> None:
    found = {(row.unit_id, row.code): row for row in rows if row.table == "dimensions"}
    for unit in documents.assessment.units:
        for each in unit.dimensions:
            row = found[unit.unit, each.id]
            assert (row.score, row.score_low, row.score_high) == (each.score.value, each.score.low, each.score.high)
            assert row.class_label == (each.standing.label or "")


def test_a_branch_gets_the_university_and_itself_alone(documents: WaveDocuments, language: str) -> None:
    own = {row.unit_id for row in released_cells(documents, language, frozenset({"b15"}))}
    units = {unit.id for released in documents.polls for unit in released.units}
    assert own & units == {"ALL", "b15"}


def test_csv_read_again_holds_the_same_cells(rows: tuple[CellRow, ...], language: str) -> None:
    read = list(csv.reader(io.StringIO(csv_file(rows, language).decode("utf-8-sig"))))
    assert read[0] == [headings(language)[name] for name in NAMES]
    for written, row in zip(read[1:], rows, strict=True):
        for value, name in zip(written, NAMES, strict=True):
            there = getattr(row, name)
            assert value == ("" if there is None else safe_text(str(there)) if name in TEXTS else str(there))


def test_parquet_read_again_holds_the_same_cells(rows: tuple[CellRow, ...]) -> None:
    read = pl.read_parquet(io.BytesIO(parquet_file(rows)))
    assert read.columns == list(NAMES)
    assert read.rows() == [tuple(getattr(row, name) for name in NAMES) for row in rows]


def test_spss_read_again_holds_the_same_cells_with_labels(
    rows: tuple[CellRow, ...], language: str, tmp_path: Path
) -> None:
    path = tmp_path / "cells.sav"
    path.write_bytes(spss_file(rows, language))
    read, meta = pyreadstat.read_sav(str(path), output_format="polars")
    assert meta.column_names_to_labels == {name: headings(language)[name] for name in NAMES}
    assert meta.variable_value_labels["table"]["items"] == table_names(language)["items"]
    for name in NAMES:
        wanted = [getattr(row, name) for row in rows]
        assert read[name].fill_null("").to_list() == wanted if name in TEXTS else read[name].to_list() == wanted, name


def test_excel_has_a_sheet_a_table_with_frozen_heads(rows: tuple[CellRow, ...], language: str) -> None:
    book = load_workbook(io.BytesIO(excel_file(rows, language)))
    used = [title for table, title in table_names(language).items() if any(row.table == table for row in rows)]
    assert book.sheetnames == used
    for table, title in table_names(language).items():
        own = [row for row in rows if row.table == table]
        if own:
            sheet = book[title]
            assert sheet.freeze_panes == "A2"
            assert sheet.max_row == len(own) + 1
            heads = [cell.value for cell in sheet[1]]
            place = heads.index(headings(language)["unit_id"])
            assert [line[place] for line in sheet.iter_rows(min_row=2, values_only=True)] == [
                row.unit_id for row in own
            ]


def test_excel_numbers_are_numbers_and_the_released_ones(rows: tuple[CellRow, ...], language: str) -> None:
    sheet = load_workbook(io.BytesIO(excel_file(rows, language)))[table_names(language)["dimensions"]]
    heads = [cell.value for cell in sheet[1]]
    place = heads.index(headings(language)["score"])
    own = [row.score for row in rows if row.table == "dimensions"]
    assert [line[place] for line in sheet.iter_rows(min_row=2, values_only=True)] == own


@given(st.sampled_from("=+-@\t\r"), st.text(st.characters(categories=["L", "N", "P"]), max_size=8))
def test_no_text_is_run_as_a_formula(start: str, rest: str) -> None:
    row = CellRow("items", "home", "b01", start + rest, "b01", start + rest)
    read = list(csv.reader(io.StringIO(csv_file([row], "zh").decode("utf-8-sig"))))[1]
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in read)
    sheet = load_workbook(io.BytesIO(excel_file([row], "zh")))["题目"]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
