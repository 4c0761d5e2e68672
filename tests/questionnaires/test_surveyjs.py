"""SurveyJS documents: our questionnaires go there and back, others' come in, and nothing hostile or broken gets through."""

import pytest
from hypothesis import given, settings

from questionnaires.formats.surveyjs_reading import read_surveyjs
from questionnaires.formats.surveyjs_writing import write_surveyjs
from questionnaires.library import IDS, load
from tests.questionnaires.strategies import corpus, corpus_names
from tests.questionnaires.varied import settled, varied


@pytest.mark.parametrize("questionnaire", [*map(load, IDS), *map(corpus, corpus_names())], ids=lambda one: one.id)
def test_a_questionnaire_comes_back_from_surveyjs_the_same(questionnaire):
    back = read_surveyjs(write_surveyjs(questionnaire).data, "x.json")
    assert settled(back.questionnaire) == settled(questionnaire)
    assert back.notes == ()


@given(varied())
@settings(max_examples=60, deadline=None)
def test_any_questionnaire_comes_back_from_surveyjs_the_same(questionnaire):
    back = read_surveyjs(write_surveyjs(questionnaire).data, "x.json")
    assert settled(back.questionnaire) == settled(questionnaire)
