"""Shapes met in public files of other programs that a questionnaire must survive. All wording is our own."""

import io
import json
import time

from openpyxl import load_workbook

from questionnaires.formats import read_file
from questionnaires.formats.notes import gathered, note
from questionnaires.skip_logic import ItemCondition
from tests.questionnaires.foreign import WIDE, workbook

LABELS = ["type", "name", "label"]


def said(imported):
    return [str(one) for one in imported.notes]


def test_a_sheet_that_says_it_is_a_million_rows_long_is_read_as_far_as_it_is_written():
    book = load_workbook(io.BytesIO(workbook(survey=[LABELS, ["text", "a", "A"], ["text", "b", "B"]])))
    book["survey"].cell(1_048_576, 1_024).number_format = "0.00"
    stream = io.BytesIO()
    book.save(stream)
    began = time.process_time()
    assert [item.id for item in read_file(stream.getvalue(), "x.xlsx").questionnaire.items] == ["a", "b"]
    assert time.process_time() - began < 5  # seconds of the processor; filling the gap with cells takes half a minute


def test_truth_written_as_a_formula_is_truth_and_a_formula_nobody_reads_is_only_told():
    data = workbook(
        survey=[[*LABELS, "required"], ["text", "a", "A", "=TRUE()"], ["text", "b", "B", "=FALSE()"]],
        settings=[["form_title", "version"], ["Walk", '=TEXT(NOW(),"yymmdd")']],
        notes=[["=1+1"]],
    )
    found = read_file(data, "x.xlsx")
    assert [item.required for item in found.questionnaire.items] == [True, False]
    assert "settings, column version: The column “version” was not carried over (rows 2)." in said(found)
    assert "Sheets that were not carried over: notes." in said(found)


def test_options_of_one_name_in_a_filtered_list_are_kept_apart():
    choices = [["list_name", "name", "label", "state"], ["l", "x", "Lake", "north"], ["l", "x", "Hill", "south"], ["l", "x", "Lake", "east"]]  # fmt: skip
    found = read_file(workbook(survey=[LABELS, ["select_one l", "a", "A"]], choices=choices), "x.xlsx")
    assert [(one.id, one.text.zh) for one in found.questionnaire.item("a").choices] == [("x", "Lake"), ("x_2", "Hill")]
    assert "choices, row 3: The option “x” stands twice in one list; the later one is now called “x_2”." in said(found)
    assert "choices, row 4: The option “x” stands twice in one list and was carried over once." in said(found)
    assert any("The column “state” was not carried over" in one for one in said(found))


def test_a_loop_is_asked_once_and_telephones_and_times_become_texts():
    rows = [["begin loop over l", "each", "Each"], ["phone", "a", "Tel."], ["time", "b", "When?"], ["end loop"]]
    found = read_file(workbook(survey=[LABELS, *rows]), "x.xlsx")
    assert [item.kind for item in found.questionnaire.items] == ["text", "text"]
    assert "survey, row 2: A repeated group is asked once." in said(found)
    assert "survey, row 4: The type “time” became a plain text." in said(found)


def test_a_text_longer_than_ours_may_be_is_cut_and_the_cut_is_told():
    found = read_file(workbook(survey=[LABELS, ["note", "a", "x" * 3000]]), "x.xlsx")
    assert found.questionnaire.item("a").text.zh == "x" * 1999 + "…"
    assert "survey, row 2: The text is too long; its first 2000 characters were carried over." in said(found)


def surveyjs(*elements):
    return read_file(json.dumps({"title": "T", "elements": elements}).encode(), "x.json")


def test_boxes_of_a_multiple_text_and_columns_of_a_wide_matrix_become_questions_of_their_own():
    found = surveyjs(*WIDE)
    kinds = [(item.id, item.kind, item.text.zh) for item in found.questionnaire.items[1:]]
    assert kinds == [
        ("ends_best", "text", "Ends Best thing"), ("ends_worst", "number", "Ends worst"),
        ("wide_light", "matrix", "Rooms Light"), ("wide_noise", "matrix", "Rooms noise"),
    ]  # fmt: skip
    assert found.questionnaire.condition("ends_worst") == ItemCondition("yes", ("yes",))
    assert [choice.text.zh for choice in found.questionnaire.item("wide_noise").choices] == ["low", "high"]
    assert any("columns “size”: This column is no single choice" in one for one in said(found))


def test_a_repeated_panel_is_asked_once_and_a_slider_is_a_number():
    panel = {"type": "paneldynamic", "name": "p", "templateElements": [{"type": "slider", "name": "s", "max": 50}]}
    found = surveyjs(panel)
    assert (found.questionnaire.item("s").kind, found.questionnaire.item("s").maximum) == ("number", 50)
    assert "elements[0]: A repeated panel is asked once." in said(found)


def test_a_choice_named_twice_comes_once_and_a_ranking_of_carried_options_is_told():
    one = {"type": "checkbox", "name": "a", "choices": ["x", "y", "x"]}
    found = surveyjs(one, {"type": "ranking", "name": "b", "isRequired": True, "choicesFromQuestion": "a", "choicesFromQuestionMode": "selected"})  # fmt: skip
    assert [choice.id for choice in found.questionnaire.item("a").choices] == ["x", "y"]
    assert "b" not in found.questionnaire
    assert "elements[0]: The option “x” stands twice and was carried over once." in said(found)
    assert "elements[1]: Only a single choice can carry options forward." in said(found)


def test_the_same_words_about_many_places_are_one_note():
    notes = [note(f"line {line}", "同。", "Same.") for line in (3, 5, 8, 8, 13, 21)] + [note("x", "别。", "Other.")]
    assert [str(one) for one in gathered(notes)] == ["line 3; line 5; line 8 … (+2): Same.", "x: Other."]
