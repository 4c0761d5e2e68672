"""What the page's script is told."""

import orjson
import pytest

from questionnaires.library import IDS, load
from questionnaires.page_data import browser_data, condition_data
from questionnaires.skip_logic import All, AnyOf, FactCondition, ItemCondition
from tests.questionnaires.strategies import corpus


@pytest.mark.parametrize("name", IDS)
def test_page_data_is_json_and_names_every_column_and_item(name):
    questionnaire = load(name)
    data = orjson.loads(orjson.dumps(browser_data(questionnaire)))
    assert [column["name"] for column in data["columns"]] == [column.name for column in questionnaire.columns]
    assert [item["id"] for item in data["items"]] == [item.id for item in questionnaire.items]
    assert [one for section in data["sections"] for one in section["items"]] == [
        item.id for item in questionnaire.items
    ]


def item_data(questionnaire, item_id):
    return next(one for one in browser_data(questionnaire)["items"] if one["id"] == item_id)


def test_an_item_says_only_what_is_not_as_usual():
    assert item_data(corpus("multi"), "q1") == {
        "id": "q1",
        "kind": "multi",
        "section": "questions",
        "choices": ["a", "b", "c", "none", "pnts"],
        "exclusive": [3, 4],
        "missing": [4],
        "required": True,
        "randomize": True,
        "max_select": 2,
    }


def test_carried_choices_and_automatic_answers_are_told():
    found = item_data(load("needs_annual"), "a04")
    assert (found["options_from"], found["auto_answer"]) == ("a01", True)
    assert found["carried"] == list(range(17))
    assert found["choices"][17:] == ["no_help", "pnts"]


def test_a_condition_is_told_with_its_section_s():
    assert item_data(load("staff_home_annual"), "dem_contract")["show_if"] == {
        "all": [{"fact": "branch_members", "gte": 30}, {"fact": "branch_members", "gte": 60}]
    }


def test_every_form_of_condition_is_told():
    condition = AnyOf(
        (All((ItemCondition("a", in_=("x",)), ItemCondition("b", not_in=("y",)))), FactCondition("unit", eq="B07"))
    )
    assert condition_data(condition) == {
        "any": [{"all": [{"item": "a", "in": ["x"]}, {"item": "b", "not_in": ["y"]}]}, {"fact": "unit", "eq": "B07"}]
    }


def test_columns_of_ranks_and_screens_are_told_apart():
    columns = {column["name"]: column for column in browser_data(load("needs_annual"))["columns"]}
    assert columns["a11.design"]["kind"] == "design"
    assert columns["a11.4.worst"] == {
        "name": "a11.4.worst",
        "item": "a11",
        "kind": "choice",
        "screen": "4",
        "end": "worst",
    }


def test_staff_home_is_told_in_under_9_kilobytes():
    assert len(orjson.dumps(browser_data(load("staff_home_annual")))) < 9_000
