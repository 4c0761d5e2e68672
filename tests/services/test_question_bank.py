"""The question bank: found in both languages, once each, fit to be put into a draft, with how it went before."""

from questionnaires.library import IDS, load
from survey_app.services import question_bank, starting_drafts
from survey_app.services.question_bank import MOST, search
from survey_app.services.reviewing import questionnaire_of
from survey_app.store.engines import Stores
from tests.demo_instance import DemoInstance


def test_a_question_is_found_by_words_of_either_language_and_by_its_options(stores: Stores) -> None:
    texts = {one.text.zh for one in search(stores, "困难 诉求")[0]}
    assert "过去12个月，您向工会提过困难或诉求吗？" in texts
    assert texts & {one.text.zh for one in search(stores, "DIFFICULTY bring")[0]}
    assert search(stores, "不了解")[1] > 3
    assert search(stores, "no such words anywhere") == ((), 0)


def test_without_words_the_first_of_all_are_shown_and_all_are_counted(stores: Stores) -> None:
    shown, n_found = search(stores, "")
    assert len(shown) == MOST < n_found
    assert len({question_bank.said(item) for name in IDS for item in load(name).items}) >= n_found


def test_whatever_is_found_can_be_put_into_a_draft(stores: Stores) -> None:
    for one in (each for words in ("", "满意", "union") for each in search(stores, words)[0]):
        document = starting_drafts.BLANK | {"title_zh": "题", "purpose_zh": "试"}
        document["sections"] = [{"id": "part1", "title_zh": "部分", "items": [one.item]}]
        assert questionnaire_of(document).items[0].text == one.text


def test_a_question_of_a_released_poll_shows_its_base_and_share_of_dont_know(demo_instance: DemoInstance) -> None:
    with demo_instance.open() as stores:
        found = [one for one in search(stores, "总体来看，您对分工会过去一年的工作")[0] if one.before]
    assert len(found) == 1
    before = found[0].before
    assert before is not None
    assert found[0].source.startswith("poll:")
    assert before.base > 1000
    assert 0 <= (before.dont_know_percent or 0) <= 100
