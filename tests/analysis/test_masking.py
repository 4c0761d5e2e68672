"""Nothing that names a person leaves the mask, whatever stands around it."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.text.masking import MARK, masked
from analysis.text.names import COMPOUND_SURNAMES, NEVER_IN_NAMES, NOT_NAMES, SURNAMES, TITLES
from questionnaires.library import library

SENTENCES = Path(__file__).parents[2] / "survey_app" / "demo" / "data" / "sentences.csv"
GIVEN = [
    *"伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚",
    "秀英",
    "桂英",
    "建国",
    "志强",
    "晓东",
    "雪梅",
    "子涵",
    "浩然",
    "玉兰",
    "文博",
]

around = st.text(st.characters(codec="utf-8"), max_size=12)
chinese = st.text("我们希望工会尽快解决食堂太贵和孩子入学难，的。了是高明文", max_size=8)
mobiles = st.builds(lambda second, rest: f"1{second}{rest:09}", st.integers(3, 9), st.integers(0, 999_999_999))
identities = st.from_regex(r"[1-9][0-9]{16}[0-9Xx]", fullmatch=True)
names = st.builds(str.__add__, st.sampled_from([*sorted(SURNAMES), *COMPOUND_SURNAMES]), st.sampled_from(GIVEN))


def spaced(number: str, gaps: list[str]) -> str:
    return "".join(digit + gap for digit, gap in zip(number, [*gaps, ""], strict=True))


@given(around, mobiles, around)
def test_no_mobile_number_is_left(before, number, after):
    assert not re.search(r"1[3-9]\d{9}", masked(before + number + after))


@given(around, mobiles, st.lists(st.sampled_from(["", " ", "-", "·", ".", "\u200b"]), min_size=10, max_size=10), around)
def test_blanks_and_hyphens_hide_no_mobile_number(before, number, gaps, after):
    left = masked(before + spaced(number, gaps) + after)
    assert number not in re.sub(r"[^0-9]", "", left)


@given(
    around,
    mobiles,
    st.sampled_from(["０１２３４５６７８９", "〇一二三四五六七八九", "٠١٢٣٤٥٦٧٨٩", "⓪①②③④⑤⑥⑦⑧⑨"]),
    around,
)
def test_no_other_writing_hides_a_number(before, number, digits, after):
    written = number.translate(str.maketrans("0123456789", digits))
    left = masked(before + written + after)
    assert written not in left
    assert number not in left


@given(around, identities, around)
@example("证件", "42010619900101123X", "")
def test_no_identity_number_is_left(before, number, after):
    left = masked(before + number + after)
    assert number not in left
    assert not re.search(r"\d{7}", left)


@given(around, st.emails(), around)
def test_no_mail_address_is_left(before, address, after):
    left = masked(before + address + after)
    assert address not in left
    assert "@" not in MARK.sub("", left) or not re.search(r"[!-?A-~]@[!-?A-~]", left)


@given(
    chinese,
    st.sampled_from(["工号", "职工号", "教工号是", "工号：", "学号 ", "staff number ", "Employee ID: ", "staff no. "]),
    st.from_regex(r"[A-Za-z]{0,2}[0-9]{3,10}", fullmatch=True),
    chinese,
)
def test_no_staff_number_is_left(before, word, number, after):
    assert number not in masked(before + word + number + after)


@given(chinese, names, st.sampled_from(TITLES), chinese)
def test_no_name_is_left_before_a_title(before, name, title, after):
    assert name not in masked(before + name + title + after)


@given(
    st.sampled_from(["", "请", "感谢", "听说，", "我们的"]),
    st.sampled_from(["主任", "书记", "院长", "我叫", "联系人：", "辅导员"]),
    st.builds(
        str.__add__, st.sampled_from("王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯"), st.sampled_from(GIVEN)
    ),
    st.sampled_from(["", "，很好", "的课很好", "。希望改进"]),
)
def test_no_name_is_left_after_a_title(before, title, name, after):
    assert name not in masked(before + title + name + after)


@given(
    st.sampled_from(["Mr", "Ms.", "Dr", "Prof.", "Teacher", "Director"]),
    st.from_regex(r"[A-Z][a-z]{2,8}( [A-Z][a-z]{2,8})?", fullmatch=True),
)
def test_no_english_name_is_left_after_a_title(title, name):
    left = masked(f"Please ask {title} {name} about it.")
    assert left == f"Please ask {title} ［姓名］ about it."


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("张三老师说联系13812345678", "［姓名］老师说联系［电话］"),
        ("王小明主任很负责，工号A-10234", "［姓名］主任很负责，工号［工号］"),
        ("李哥和王姐帮了我，老周也来了", "［姓名］和［姓名］帮了我，［姓名］也来了"),
        ("阿不都·热合曼的建议", "［姓名］的建议"),
        ("微信号zhang_san8，内线8203", "微信［账号］，内线［电话］"),
        ("发到zhang@x.edu.cn谢谢", "发到［邮箱］谢谢"),
        ("发到zhang @ x.edu.cn谢谢", "发到［邮箱］谢谢"),
        ("写给 zhang.san at hust dot edu dot cn", "写给 ［邮箱］"),
        ("加微信 zhao-lei 或 WX：abc_123", "加微信［账号］ 或 WX［账号］"),
        ("鄂A12345 和 鄂A·D12345 总占车位", "［号码］ 和 ［号码］ 总占车位"),
        ("电话027-87540000转8203", "电话［电话］转8203"),
    ],
)
def test_a_mark_says_what_stood_there(said, shown):
    assert masked(said) == shown


@pytest.mark.parametrize(
    "said",
    [
        "对于老师来说，2025-2026学年的排课太满。",
        "高校老师、任课教师、金融系主任和文学院院长都该听听。",
        "老师周一开会，老师周末加班，老师常加班，老师向工会反映过。",
        "2026-11-09 的通知，前 3 名，占 40%，共 12000 元。",
        "微信公众号和微信群里都没有通知，新A12楼的空调坏了。",
        "The union should publish the list of 24 branches before 2027.",
    ],
)
def test_ordinary_sentences_stay_as_they_are(said):
    assert masked(said) == said


def test_the_sentences_of_the_demo_and_of_the_questionnaires_lose_next_to_nothing():
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        sentences = [row["sentence"] for row in csv.DictReader(file)]
    sentences += [item.text.zh for each in library().values() for item in each.items]
    changed = [sentence for sentence in sentences if masked(sentence) != sentence]
    assert len(changed) <= len(sentences) // 100, changed


@given(around)
def test_the_mask_never_fails_and_leaves_no_long_number(text):
    assert not re.search(r"\d{9}", masked(text))


def test_the_lists_do_not_contradict_each_other():
    assert not NEVER_IN_NAMES & SURNAMES
    assert all(len(word) == 2 and word[0] in SURNAMES for word in NOT_NAMES), [
        word for word in NOT_NAMES if len(word) != 2 or word[0] not in SURNAMES
    ]
    assert masked("") == ""
