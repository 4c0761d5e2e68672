"""XLSForm workbooks: our questionnaires go there and back, others' come in, and nothing hostile or broken gets through."""

import pytest
from hypothesis import given, settings

from questionnaires.formats.xlsform_reading import read_xlsform
from questionnaires.formats.xlsform_writing import CHOICE_COLUMNS, SURVEY_COLUMNS, write_xlsform
from questionnaires.library import IDS, load
from tests.questionnaires.strategies import corpus, corpus_names
from tests.questionnaires.varied import settled, varied


@pytest.mark.parametrize("questionnaire", [*map(load, IDS), *map(corpus, corpus_names())], ids=lambda one: one.id)
def test_a_questionnaire_comes_back_from_a_workbook_the_same(questionnaire):
    back = read_xlsform(write_xlsform(questionnaire).data, "x.xlsx")
    assert settled(back.questionnaire) == settled(questionnaire)
    assert back.notes == ()


@given(varied())
@settings(max_examples=60, deadline=None)
def test_any_questionnaire_comes_back_from_a_workbook_the_same(questionnaire):
    back = read_xlsform(write_xlsform(questionnaire).data, "x.xlsx")
    assert settled(back.questionnaire) == settled(questionnaire)


def test_no_column_of_ours_is_an_alias_of_another_to_xlsform():
    # pyxform takes "value" and "name" of the choices for the same column and refuses the workbook.
    assert "value" not in CHOICE_COLUMNS
    assert len(set(SURVEY_COLUMNS)) == len(SURVEY_COLUMNS)
