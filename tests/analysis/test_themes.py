"""Comments by theme: numbers under ten never appear, and texts to read are masked."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.frame import codebook
from analysis.frame.comments import Comment, box_texts
from analysis.text.themes import texts_to_read, themes
from tests.analysis.worlds import needs, staff_home

BOOK = codebook(staff_home())
comments = st.lists(
    st.builds(Comment, st.sampled_from(["b01", "b02"]), st.sampled_from(["b34", "b35"]), st.sampled_from(["食堂太贵", "停车难", " "])),
    max_size=60,
)  # fmt: skip


def said(item, text, times):
    return [Comment("b01", item, text)] * times


def test_comments_are_grouped_by_the_theme_of_their_item():
    found = themes(BOOK, said("b34", "慰问很温暖", 12) + said("b35", "停车太难", 30))
    assert [theme.id for theme in found] == ["effect_evident", "trusted_by_staff"]
    assert found[0].name.zh == "作用明显"
    assert [theme.n_comments for theme in found] == [12, 30]
    assert "停车" in [word.word for word in found[1].items[0].words.words]
    assert "停车" in [word.word for word in found[1].items[0].key.words]


@given(comments)
def test_no_number_of_comments_between_nobody_and_ten_appears(written):
    for theme in themes(BOOK, written):
        numbers = [theme.n_comments, *(item.n for item in theme.items)]
        assert all(n is None or n == 0 or n >= 10 for n in numbers)
        assert (theme.n_comments is None) == (theme.reason is not None)
        for item in theme.items:
            assert all(word.n_respondents >= 10 for word in item.words.words)
            assert all(word.n_here >= 10 and word.n_elsewhere not in range(1, 10) for word in item.key.words)


@given(comments, st.randoms(use_true_random=False))
def test_the_order_of_comments_says_nothing(written, dice):
    shuffled = list(written)
    dice.shuffle(shuffled)
    assert themes(BOOK, written) == themes(BOOK, shuffled)
    assert texts_to_read(BOOK, written, "effect_evident") == texts_to_read(BOOK, shuffled, "effect_evident")


def test_texts_to_read_are_masked_and_only_from_ten():
    written = said("b34", "感谢王建国老师，电话13812345678", 10)
    assert texts_to_read(BOOK, written, "effect_evident") == ("感谢［姓名］老师，电话［电话］",) * 10
    assert texts_to_read(BOOK, written[1:], "effect_evident") is None
    assert texts_to_read(BOOK, written, "effect_evident", units={"b02"}) is None


def test_a_branch_reads_no_sensitive_item_word_for_word():
    book = codebook(needs())
    written = [Comment("b01", "a12", "希望补助更快")] * 20
    assert len(texts_to_read(book, written, "need_wanted")) == 20
    assert texts_to_read(book, written, "need_wanted", for_the_branch=True) is None


def test_an_item_of_another_questionnaire_is_refused():
    with pytest.raises(ValueError, match="no text item x99"):
        themes(BOOK, [Comment("b01", "x99", "食堂")])


def test_the_comments_of_a_box_come_in_an_order_that_says_nothing(tmp_path):
    with closing(sqlite3.connect(tmp_path / "one.box")) as box, box:
        box.execute("CREATE TABLE comment (receipt BLOB, unit_id TEXT, item TEXT, text TEXT, opener BLOB)")
        rows = [(b"1", "b02", "b34", "乙", b""), (b"2", "b01", "b35", "丙", b""), (b"3", "b01", "b34", "甲", b"")]
        box.executemany("INSERT INTO comment VALUES (?, ?, ?, ?, ?)", rows)
    assert [(each.unit, each.item, each.text) for each in box_texts(tmp_path / "one.box")] == [
        ("b01", "b34", "甲"), ("b01", "b35", "丙"), ("b02", "b34", "乙"),
    ]  # fmt: skip
