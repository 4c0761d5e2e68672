"""Our own documents written out and read back."""

import pytest
from hypothesis import given, settings

from questionnaires.formats.own import read_own, write_json, write_yaml
from questionnaires.library import IDS, load
from tests.questionnaires.strategies import corpus, corpus_names
from tests.questionnaires.varied import varied

WRITERS = [(write_yaml, "x.yaml"), (write_json, "x.json")]


@pytest.mark.parametrize("questionnaire", [*map(load, IDS), *map(corpus, corpus_names())], ids=lambda one: one.id)
@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_a_questionnaire_written_out_is_read_back_the_same(questionnaire, write, name):
    written = write(questionnaire)
    assert written.notes == ()
    assert read_own(written.data, name).questionnaire == questionnaire


@given(varied())
@settings(max_examples=80, deadline=None)
def test_any_questionnaire_written_out_is_read_back_the_same(questionnaire):
    for write, name in WRITERS:
        assert read_own(write(questionnaire).data, name).questionnaire == questionnaire
