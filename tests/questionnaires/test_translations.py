"""Texts as a table and back: complete, harmless in a spreadsheet, taken over whole or not at all."""

import csv
import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.library import IDS, load, shared
from questionnaires.translations import FaultyTable, lines, table, taken_over
from questionnaires.written import written


def draft(**item: Any) -> dict[str, Any]:
    options = [{"id": "o1", "zh": "有", "en": "Yes"}, {"id": "o2", "zh": "没有"}]
    return {
        "title_zh": "回访",
        "sections": [
            {
                "id": "one",
                "title_zh": "一",
                "title_en": "One",
                "items": [{"id": "q1", "zh": "有吗？", "options": options} | item],
            }
        ],
    }


def rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet(*body: tuple[str, ...], header: tuple[str, ...] = ("key", "Chinese", "English")) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *body])
    return out.getvalue().encode()


def test_every_text_stands_in_the_table_with_its_state() -> None:
    assert rows(table(draft(zh_before="有没有？", en="Any?"))) == [
        ["位置", "编号", "中文", "英文", "状态"],
        ["标题", "title", "回访", "", "缺英文"],
        ["部分 1，标题", "one.title", "一", "One", ""],
        ["第 1 题，题目", "q1", "有吗？", "Any?", "中文改过"],
        ["第 1 题，选项 1", "q1.options.o1", "有", "Yes", ""],
        ["第 1 题，选项 2", "q1.options.o2", "没有", "", "缺英文"],
    ]


def test_the_place_is_told_in_the_language_of_the_table_and_never_by_a_code() -> None:
    assert [row[0] for row in rows(table(draft(), "en"))] == [
        "place",
        "Title",
        "Section 1, title",
        "Question 1, wording",
        "Question 1, option 1",
        "Question 1, option 2",
    ]


def test_only_questions_are_counted_and_lists_within_lists_are_named() -> None:
    own = {
        "id": "scale_q1",
        "options": [{"id": "o1", "zh": "好"}, {"id": "o2", "zh": "差"}],
        "na": {"id": "na", "zh": "不知道"},
    }
    item = {"id": "q2", "type": "rating", "zh": "好吗？", "short_zh": "好", "scale": own}
    document = {"sections": [{"items": [{"type": "info", "zh": "请看"}, {"type": "text", "zh": "说说"}, item]}]}
    assert [line.place.zh for line in lines(document)] == [
        "说明文字，题目",
        "第 1 题，题目",
        "第 2 题，题目",
        "第 2 题，简称",
        "第 2 题，量表，选项 1",
        "第 2 题，量表，选项 2",
        "第 2 题，量表，不了解时选什么",
    ]


@pytest.mark.parametrize("name", IDS)
def test_every_text_of_the_library_has_a_place_of_its_own_in_words(name: str) -> None:
    found = [line for line in lines(written(load(name), shared())) if not line.place.zh.startswith("说明文字")]
    assert len({line.place.zh for line in found}) == len(found)
    assert not [line for line in found if re.search("[a-z_]", line.place.zh)]
    assert not [line for line in found if re.search("[\u4e00-\u9fff]", str(line.place.en))]


def test_a_table_from_before_there_were_places_still_comes_in() -> None:
    data = sheet(("q1.options.o2", "没有", "No", "缺英文"), header=("编号", "中文", "英文", "状态"))
    assert taken_over(draft(), data).document["sections"][0]["items"][0]["options"][1]["en"] == "No"


def test_a_refusal_names_the_place_in_words() -> None:
    header = ("位置", "编号", "中文", "英文", "状态")
    with pytest.raises(FaultyTable) as refusal:
        taken_over(
            draft(zh="{{name}}好吗？"),
            sheet(
                ("第 9 题，题目", "q9", "", "x", ""),
                ("moved by a translator", "q1", "", "How?", ""),
                ("", "q1.options.o2", "", "No", ""),
                ("", "q1.options.o2", "", "None", ""),
                header=header,
            ),
        )
    assert [fault.sentence.zh for fault in refusal.value.faults] == [
        "第 2 行（第 9 题，题目）：这份问卷里没有“q9”这一条。",
        "第 3 行（第 1 题，题目）：两个花括号里的名字要和中文一样。",
        "第 5 行（第 1 题，选项 2）：这一条在第 4 行已经有了。",
    ]
    assert refusal.value.faults[1].sentence.en == (
        "Row 3 (Question 1, wording): The names in double braces must be those of the Chinese."
    )


@pytest.mark.parametrize("name", IDS)
def test_keys_name_each_text_of_the_library_once(name: str) -> None:
    found = lines(written(load(name), shared()))
    assert len({line.key for line in found}) == len(found)


def test_english_comes_in_by_key_and_blank_cells_leave_what_is_there() -> None:
    taken = taken_over(draft(), sheet(("q1.options.o2", "没有", "No"), ("one.title", "一", "")))
    assert taken.document["sections"][0]["items"][0]["options"][1]["en"] == "No"
    assert taken.document["sections"][0]["title_en"] == "One"
    assert (taken.n_changed, taken.n_outdated) == (1, 0)


def test_new_english_takes_the_mark_of_the_changed_chinese_away() -> None:
    taken = taken_over(draft(zh_before="有没有？", en="Any?"), sheet(("q1", "有吗？", "Is there any?")))
    assert "zh_before" not in taken.document["sections"][0]["items"][0]


def test_english_of_another_chinese_is_taken_and_marked() -> None:
    taken = taken_over(draft(), sheet(("q1", "以前的问法", "The old question")))
    assert taken.document["sections"][0]["items"][0]["zh_before"] == "以前的问法"
    assert taken.n_outdated == 1


def test_faulty_rows_are_all_named_and_nothing_is_taken_over() -> None:
    document = draft(zh="{{name}}好吗？")
    with pytest.raises(FaultyTable) as refusal:
        taken_over(
            document,
            sheet(
                ("title", "", "Fine"),
                ("q9", "", "x"),
                ("title", "", "Again"),
                ("q1", "", "How?"),
                ("one.title", "", "x" * 2001),
            ),
        )
    assert [fault.row for fault in refusal.value.faults] == [3, 4, 5, 6]
    assert "q9" in refusal.value.faults[0].sentence.zh
    assert document == draft(zh="{{name}}好吗？")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"a,b\n1,2\n",
        b"PK\x03\x04 broken",
        b"\xff\xfe\x00",
        b"key,en\n" + b"x," * 200_000,
        b"k" * 5_000_001,
    ],
)
def test_what_is_no_such_table_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(FaultyTable) as refusal:
        taken_over(draft(), data)
    assert refusal.value.faults[0].sentence.zh


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_table_is_read_as_spreadsheets_save_it(encoding: str, delimiter: str) -> None:
    text = delimiter.join(("编号", "中文", "英文")) + "\r\n" + delimiter.join(("q1", "有吗？", "Any?")) + "\r\n"
    assert taken_over(draft(), text.encode(encoding)).n_changed == 1


def test_a_formula_is_neither_written_nor_left_with_its_quote_when_it_comes_back() -> None:
    document = draft(zh="=1+1", en="-2")
    data = table(document)
    assert ["第 1 题，题目", "q1", "'=1+1", "'-2", ""] in rows(data)
    assert taken_over(document, data).document == document


@given(st.text(min_size=1), st.text())
def test_what_goes_out_comes_back_the_same_whatever_is_written(zh: str, en: str) -> None:
    document = draft(zh=zh, en=en)
    try:
        taken = taken_over(document, table(document))
    except FaultyTable:
        return  # a control character, or braces that differ: told, not taken
    except UnicodeEncodeError:
        return  # a lone surrogate is no text and no draft can hold it
    line = next((line for line in lines(taken.document) if line.key == "q1"), None)
    assert line is None or line.en.strip() == en.strip() or "\r" in en or not en.strip()
