"""Shapes met in public files of other programs that a questionnaire must survive. All wording is our own."""

import io
import json
import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from questionnaires.formats import UnreadableFile, read_file
from questionnaires.formats.notes import gathered, note
from questionnaires.skip_logic import ItemCondition
from questionnaires.versions import from_document, frozen_document
from tests.questionnaires.foreign import LSS, WIDE, lss, workbook

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


def test_words_of_no_named_language_stand_in_for_chinese_and_are_not_lost_to_english():
    data = workbook(survey=[[*LABELS, "label::English"], ["text", "a", "Wie?", "How?"]])
    found = read_file(data, "x.xlsx")
    assert (found.questionnaire.item("a").text.zh, found.questionnaire.item("a").text.en) == ("Wie?", "How?")
    assert not any("language" in one for one in said(found))


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


def limesurvey(questions, **tables):
    """A file of one group; questions are (qid, type, title, more), each called what its title says."""
    rows = [{"qid": qid, "parent_qid": "0", "gid": "7", "type": kind, "title": title, "question": title.upper(), "language": "en", "question_order": qid, **more} for qid, kind, title, more in questions]  # fmt: skip
    group = {"gid": "7", "group_order": "1", "group_name": "G", "language": "en"}
    return read_file(lss({"groups": [group], "questions": rows, **tables}, "146"), "x.lss")


def parts_of(qid, *titles, scale="0"):
    return [{"qid": f"{qid}{at}{scale}", "parent_qid": qid, "title": title, "question": title.upper(), "language": "en", "question_order": str(at), "scale_id": scale} for at, title in enumerate(titles)]  # fmt: skip


def answers_of(qid, *codes, scale="0"):
    return [{"qid": qid, "code": code, "answer": f"{code}{scale}", "language": "en", "sortorder": str(at), "scale_id": scale} for at, code in enumerate(codes)]  # fmt: skip


def test_boxes_of_limesurvey_and_its_two_scales_become_questions_of_their_own():
    found = limesurvey(
        [("1", "Q", "who", {"mandatory": "Y"}), ("2", "K", "much", {"mandatory": "Y"}), ("3", "1", "two", {}), ("4", "H", "turned", {})],
        subquestions=[*parts_of("1", "SQ1", "SQ2"), *parts_of("2", "SQ1"), *parts_of("3", "SQ1"), *parts_of("4", "SQ1")],
        answers=[*answers_of("3", "A1", "A2"), *answers_of("3", "A1", "A2", "A3", scale="1"), *answers_of("4", "A1", "A2")],
        question_attributes=[{"qid": "3", "attribute": "dualscale_headerA", "value": "Now"}, {"qid": "2", "attribute": "max_num_value_n", "value": "9"}],
    )  # fmt: skip
    assert [(item.id, item.kind, item.text.zh, item.required) for item in found.questionnaire.items] == [
        ("whosq1", "text", "WHO SQ1", True), ("whosq2", "text", "WHO SQ2", True), ("muchsq1", "number", "MUCH SQ1", False),
        ("twoa", "matrix", "TWO Now", False), ("twob", "matrix", "TWO B", False), ("turned", "matrix", "TURNED", False),
    ]  # fmt: skip
    assert found.questionnaire.item("muchsq1").maximum == 9
    assert [choice.text.zh for choice in found.questionnaire.item("twob").choices] == ["A11", "A21", "A31"]


def test_the_other_box_of_limesurvey_is_an_option_rules_can_name_and_a_code_held_twice_loses_no_option():
    found = limesurvey(
        [("1", "L", "which", {"other": "Y"}), ("2", "T", "why", {"relevance": 'which.NAOK == "-oth-"'}), ("3", "M", "some", {})],
        answers=answers_of("1", "A1", "A2"),
        subquestions=parts_of("3", "SQ1", "SQ1", "SQ2"),
    )  # fmt: skip
    assert [choice.id for choice in found.questionnaire.item("which").choices] == ["a1", "a2", "other"]
    assert found.questionnaire.condition("why") == ItemCondition("which", ("other",))
    assert [choice.id for choice in found.questionnaire.item("some").choices] == ["sq1", "sq1_2", "sq2"]


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_limesurvey_file_with_any_cell_replaced_is_read_or_refused_with_sentences(data):
    cells = re.findall(rb"<!\[CDATA\[.*?\]\]>", LSS)
    cell = data.draw(st.sampled_from(cells))
    words = data.draw(st.one_of(st.sampled_from(["", "1", "Y", "Q", "K", "H", "-oth-", "<b>", "9" * 30]), st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=9)))  # fmt: skip
    try:
        found = read_file(LSS.replace(cell, b"<![CDATA[" + words.replace("]]>", "").encode() + b"]]>"), "x.lss")
    except UnreadableFile as refusal:
        assert refusal.notes  # noqa: PT017 - both ends are right
    else:
        assert from_document(frozen_document(found.questionnaire)) == found.questionnaire


def test_the_same_words_about_many_places_are_one_note():
    notes = [note(f"line {line}", "同。", "Same.") for line in (3, 5, 8, 8, 13, 21)] + [note("x", "别。", "Other.")]
    assert [str(one) for one in gathered(notes)] == ["line 3, line 5, line 8 and 2 more: Same.", "x: Other."]
