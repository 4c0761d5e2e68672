"""Lists of units and members as universities send them, and files that are no lists at all."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from survey_app.services.register.faults import UnreadableList
from survey_app.services.register.roster import folded, read_roster
from survey_app.services.register.tables import MAXIMUM_BYTES
from survey_app.services.register.units import largest_remainder, read_units

DEMO = Path(__file__).parents[2] / "survey_app/demo/data/demo_university.csv"
HEADINGS = ("单位编号", "单位名称", "英文名", "类型", "会员人数", "专任教师", "行政管理")
ROW = ("B01", "数学院", "Maths", "学院", 100, 90, 10)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def csv(*rows: tuple[object, ...], encoding: str = "utf-8") -> bytes:
    return "\n".join(",".join(map(str, row)) for row in rows).encode(encoding)


def faults_of(*rows: tuple[object, ...]) -> list[tuple[str, int | None, str | None]]:
    return [(fault.kind, fault.row, fault.column) for fault in read_units(csv(HEADINGS, *rows)).faults]


def refusal_of(data: bytes) -> str:
    with pytest.raises(UnreadableList) as refused:
        read_units(data)
    return refused.value.fault.kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_encoding_that_chinese_offices_write(encoding: str) -> None:
    (unit,) = read_units(csv(HEADINGS, ROW, encoding=encoding)).units
    assert (unit.branch_id, unit.name_zh, unit.unit_type, unit.members) == ("B01", "数学院", "academic", 100)
    assert unit.head_counts == {"teacher": 90, "admin": 10}


def test_a_workbook_is_read_below_its_title_and_without_its_total_line() -> None:
    read = read_units(workbook(("某大学分工会一览表",), HEADINGS, ROW, (None, "合计", None, None, 100, 90, 10)))
    assert [unit.row for unit in read.units] == [3]
    assert read.faults == ()


def test_the_demo_university_is_read_with_head_counts_from_its_per_cents() -> None:
    read = read_units(DEMO.read_bytes())
    assert len(read.units) == 24
    assert read.faults == ()
    assert all(sum(unit.head_counts.values()) == unit.members for unit in read.units)
    assert read.units[0].head_counts["teacher"] == 107  # 84 % of 128 is 107.52; the support staff's .96 comes first
    assert "story_en" in read.unused


def test_every_faulty_cell_is_named_with_its_row_and_column() -> None:
    assert faults_of(
        ROW,
        ("B 02", "物理院", "", "火星", "abc", "", ""),
        ("B03", "", "", "机关", "=SUM(A1:A2)", "", ""),
        ("b01", "化学院", "", "机关", "12.5", "", ""),
        ("B05", "生命院", "", "机关", 0, "", ""),
        ("B06", "数学院", "", "机关", 30, 20, 9),
    ) == [
        ("bad_code", 3, "branch_id"),
        ("unknown_type", 3, "unit_type"),
        ("not_a_number", 3, "members"),
        ("blank", 4, "name_zh"),
        ("formula", 4, "members"),
        ("not_whole", 5, "members"),
        ("repeated_code", 5, "branch_id"),
        ("out_of_range", 6, "members"),
        ("counts_differ", 7, "members"),
        ("repeated_name", 7, "name_zh"),
    ]


def test_a_workbook_formula_and_an_unseen_character_are_faults_not_values() -> None:
    read = read_units(workbook(HEADINGS, ("B01", "=1+1", "", "学院", 20), ("B02", "物\u200b理", "", "学院", 20)))
    assert [(fault.kind, fault.column) for fault in read.faults] == [
        ("formula", "name_zh"),
        ("unseen_character", "name_zh"),
    ]


def test_full_width_digits_and_thousands_are_numbers() -> None:
    (unit,) = read_units(csv(HEADINGS, ("Ｂ０１", "数学院", "", "学院", "1２８人", "", ""))).units
    assert (unit.branch_id, unit.members) == ("B01", 128)


def test_missing_and_repeated_columns_are_said_once_for_the_file() -> None:
    assert refusal_of(csv(("单位编号", "单位名称"), ("B01", "数学院"))) == "missing_columns"
    assert refusal_of(csv((*HEADINGS, "人数"), (*ROW, 5))) == "repeated_column"
    assert refusal_of(csv(("甲", "乙"), ("1", "2"))) == "no_headings"
    assert [fault.kind for fault in read_units(csv(HEADINGS)).faults] == ["no_rows"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"x" * (MAXIMUM_BYTES + 1), "too_large"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"PK\x03\x04 not a zip", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_table"),
        (b"a,b\0c\n1,2", "not_a_table"),
        ("单位编号,单位名称\n".encode()[:-4] + b"\xff\xff", "broken_encoding"),
        (b'"' + b"a" * 200_000 + b'",b\n', "not_a_table"),
    ],
)
def test_files_that_are_no_list_are_refused_with_their_reason(data: bytes, kind: str) -> None:
    assert refusal_of(data) == kind


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unopened() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (80 * 1024 * 1024))
    assert len(bomb.getvalue()) < MAXIMUM_BYTES
    assert refusal_of(bomb.getvalue()) == "too_large"


def test_a_workbook_full_of_opening_brackets_is_read_as_fast_as_any_other() -> None:
    brackets = csv(HEADINGS, *[("(" * 490, "[" * 490, "", "【" * 490, 1)] * 2000)
    letters = csv(HEADINGS, *[("a" * 490, "b" * 490, "", "学" * 490, 1)] * 2000)
    assert seconds_to_read(brackets) < 10 * seconds_to_read(letters)


def seconds_to_read(data: bytes) -> float:
    start = time.process_time()
    read_units(data)
    return time.process_time() - start


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refusal_of(other.getvalue()) == "not_a_table"


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore")))
def test_no_bytes_whatever_make_the_reader_fail(data: bytes) -> None:
    try:
        read_units(data)
        read_roster(data, {})
    except UnreadableList:
        pass


@given(
    st.integers(0, 5000),
    st.dictionaries(st.sampled_from("abcde"), st.floats(0, 100, allow_subnormal=False), min_size=1),
)
def test_largest_remainders_add_up_and_stray_less_than_one(total: int, shares: dict[str, float]) -> None:
    counts = largest_remainder(total, shares)
    weight = sum(shares.values())
    if weight:
        assert sum(counts.values()) == total
        assert all(abs(counts[key] - total * shares[key] / weight) < 1 + 1e-6 for key in shares)


def test_a_roster_finds_its_units_by_code_or_by_name() -> None:
    known = {folded("医学院分工会"): "B15", folded("B15"): "B15"}
    rows = (("工号", "姓名", "所在单位", "人员类别"), ("1001", "张宁", "医学院", "教师"), ("1002", "李梅", "b15", ""))
    read = read_roster(csv(*rows), known)
    assert [(member.branch_id, member.category) for member in read.members] == [("B15", "teacher"), ("B15", None)]


def test_a_roster_names_unknown_units_categories_and_repeated_numbers() -> None:
    rows = (("工号", "姓名", "单位", "岗位类别"), ("1", "张宁", "火星学院", ""), ("1", "李梅", "B15", "宇航员"))
    kinds = [(fault.kind, fault.row) for fault in read_roster(csv(*rows), {"b15": "B15"}).faults]
    assert kinds == [("unknown_unit", 2), ("unknown_category", 3), ("repeated_code", 3)]
