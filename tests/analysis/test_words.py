"""Words are counted by people, shown from ten, and never let a smaller number be subtracted."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.words import frequent_words, key_words, words_of

PIECES = ["食堂", "停车", "职称", "加班", "班车", "体检", "孩子入学", "宿舍", "canteen", "parking"]
comments = st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("，".join), max_size=60)


def test_a_comment_becomes_its_distinct_words_without_stop_words():
    assert words_of("希望工会解决食堂的问题，食堂太贵！食堂") == {"解决", "食堂", "太贵"}
    assert words_of("The canteens are expensive, and the canteen's queue is long.") == {
        "canteen", "expensive", "queue", "long",
    }  # fmt: skip
    assert words_of("， 。 123 ［姓名］") == frozenset()


def test_no_name_and_no_number_becomes_a_word():
    said = ["请王建国老师看看食堂，电话13812345678，工号A10234，微信号wangjianguo88"] * 30
    assert {each.word for each in frequent_words(said).words} == {"看看", "食堂", "电话", "工号", "微信"}


def test_a_word_said_often_by_one_person_counts_once():
    found = frequent_words(["食堂食堂食堂，食堂"] * 10 + ["停车"] * 9)
    assert [(each.word, each.n_respondents) for each in found.words] == [("食堂", 10)]
    assert found.base == 19


@given(comments)
def test_words_of_fewer_than_ten_people_never_appear(said):
    found = frequent_words(said)
    people = [words_of(each) for each in said if each.strip()]
    assert all(each.n_respondents >= 10 for each in found.words)
    assert all(each.n_respondents == sum(each.word in words for words in people) for each in found.words)
    assert (found.base is None) == (len(people) < 10)
    assert found.words or found.reason


@given(comments, st.randoms(use_true_random=False))
def test_the_order_of_comments_does_not_matter(said, dice):
    shuffled = random.Random(dice.random()).sample(said, len(said))
    assert frequent_words(said) == frequent_words(shuffled)


@given(comments, comments)
def test_key_words_show_no_number_between_nobody_and_ten(here, elsewhere):
    found = key_words(here, elsewhere)
    for word in found.words:
        assert word.n_here >= 10
        assert word.n_elsewhere == 0 or word.n_elsewhere >= 10
        assert 0 <= word.p_adjusted <= 0.05
        assert (word.ratio is None) == (word.n_elsewhere == 0)


def test_key_words_mark_the_group_that_says_them_more():
    here = ["食堂太贵"] * 40 + ["停车难"] * 20
    elsewhere = ["停车难"] * 60 + ["食堂"] * 12
    found = key_words(here, elsewhere)
    assert found.words[0].word in ("食堂", "太贵")
    assert "停车" not in [each.word for each in found.words]


def test_too_few_writers_give_a_reason_in_words():
    assert frequent_words(["食堂"] * 9).reason == "fewer than 10 people wrote"
    assert frequent_words([]).base is None
    assert key_words(["食堂"] * 50, ["食堂"] * 9).reason == "fewer than 10 people wrote"
    assert frequent_words([f"{word}" for word in PIECES] * 2).reason == "no word was used by 10 people or more"


def test_a_key_word_is_judged_by_people_as_r_would():
    found = key_words(["食堂"] * 34 + ["停车"] * 966, ["食堂"] * 12 + ["停车"] * 1988)
    assert found.words[0].g2 == pytest.approx(32.1645718886087, rel=1e-7)  # contingency.json, keyness_2x2
    assert found.words[0].ratio == pytest.approx(34 / 1000 / (12 / 2000))


def test_words_that_everybody_used_mark_nobody():
    assert key_words(["食堂"] * 20, ["食堂"] * 20).reason == "no word marks this group"
