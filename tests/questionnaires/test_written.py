"""A questionnaire and the document it is written as: reading gives the same questionnaire again."""

import json

import pytest

from questionnaires.documents import read_json
from questionnaires.library import IDS, load, shared
from questionnaires.written import written
from tests.questionnaires.strategies import corpus, corpus_names


def again(questionnaire):
    return read_json(json.dumps(written(questionnaire, shared()), ensure_ascii=False), "again", shared())


@pytest.mark.parametrize("name", IDS)
def test_every_ready_questionnaire_comes_back_from_its_document(name):
    assert again(load(name)) == load(name)


@pytest.mark.parametrize("name", corpus_names())
def test_every_small_questionnaire_comes_back_from_its_document(name):
    assert again(corpus(name)) == corpus(name)


def test_names_of_the_library_are_kept_and_lists_are_written_out():
    tree = written(load("staff_home_annual"), shared())
    items = [item for section in tree["sections"] for item in section["items"]]
    assert {item["scale"] for item in items if "scale" in item} <= set(shared().scales)
    assert not any("options_ref" in item for item in items)
