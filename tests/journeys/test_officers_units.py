"""Taking over lists through the pages."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey_app.services import registering
from survey_app.services.register import uploads
from tests.officers_house import Desk, OfficersHouse, form_fields, officers_house

GOOD = "编号,名称,类型,人数\nC01,外语学院,学院,40\n"
BAD = "编号,名称,类型,人数\nC01,外语学院,学院,很多\nC02,<b>坏</b>,火星,12\n"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[OfficersHouse]:
    made = officers_house(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(house: OfficersHouse) -> Desk:
    return house.desk("union")


def upload(desk: Desk, content: str | bytes, kind: str = "import") -> tuple[int, str]:
    data = content.encode("gb18030") if isinstance(content, str) else content
    parts = f'name="csrf_token"\r\n\r\n{desk.token()}', 'name="file"; filename="units.csv"\r\n\r\n'
    body = "".join(f"\r\n--limit\r\nContent-Disposition: form-data; {part}" for part in parts).encode()
    # A body made by hand: the test client would leave a large one in an open file.
    answer = desk.client.post(
        f"/officers/units/{kind}",
        data=body.lstrip() + data + b"\r\n--limit--\r\n",
        content_type="multipart/form-data; boundary=limit",
    )
    return answer.status_code, answer.text


def waiting(house: OfficersHouse) -> list[Path]:
    return list((house.folder / "uploads").glob("*"))


def test_a_good_list_is_looked_at_and_then_taken_over(house: OfficersHouse, desk: Desk) -> None:
    status, preview = upload(desk, GOOD)
    assert status == 200
    assert "外语学院" in preview
    assert len(registering.branches(house.stores)) == 6
    assert desk.post("/officers/units/import/take-over", form_fields(preview)).location == "/officers/units"
    assert len(registering.branches(house.stores)) == 7
    assert "已导入 1 个单位。" in desk.get("/officers/units").text
    assert waiting(house) == []


def test_a_faulty_list_names_every_faulty_cell_and_takes_over_nothing(house: OfficersHouse, desk: Desk) -> None:
    status, page = upload(desk, BAD)
    assert status == 422
    assert "有 2 行要改，什么都没有导入" in page
    for words in ("第 2 行", "很多", "这里要填数字。", "第 3 行", "火星", "类型请填：学院、机关、直属、后勤或离退休。"):
        assert words in page
    assert "<title>错误：" in page
    assert waiting(house) == []


def test_what_a_list_says_is_shown_escaped(desk: Desk) -> None:
    page = upload(desk, "编号,名称,类型,人数\nC02,<b>坏</b>,机关,12\n")[1]
    assert "&lt;b&gt;坏&lt;/b&gt;" in page
    assert "<b>坏" not in page


def test_giving_up_wipes_the_upload(house: OfficersHouse, desk: Desk) -> None:
    preview = upload(desk, GOOD)[1]
    assert len(waiting(house)) == 1
    desk.post("/officers/units/import/take-over", form_fields(preview) | {"give_up": "1"})
    assert waiting(house) == []
    assert len(registering.branches(house.stores)) == 6


def test_a_roster_whose_preview_was_closed_is_wiped_after_an_hour_by_any_page(house: OfficersHouse, desk: Desk) -> None:
    upload(desk, "工号,姓名,单位\n1,张三,医学院\n", "roster")
    (left,) = waiting(house)
    long_ago = left.stat().st_mtime - uploads.KEPT_SECONDS - 1
    desk.get("/officers/")
    assert waiting(house) == [left]
    os.utime(left, (long_ago, long_ago))
    desk.get("/officers/")
    assert waiting(house) == []


def test_a_roster_sent_on_as_a_list_of_units_is_refused_and_wiped(house: OfficersHouse, desk: Desk) -> None:
    preview = upload(desk, "工号,姓名,单位\n1,张三,医学院\n", "roster")[1]
    assert desk.post("/officers/units/import/take-over", form_fields(preview)).status_code == 422
    assert waiting(house) == []


def test_a_list_is_taken_over_once(desk: Desk) -> None:
    fields = form_fields(upload(desk, GOOD)[1])
    desk.post("/officers/units/import/take-over", fields)
    again = desk.post("/officers/units/import/take-over", fields)
    assert again.status_code == 422
    assert "已经导入或已清除" in again.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04nonsense", "读不出表格"),
        (b"\0\1\2\3", "读不出表格"),
        (b"\xff\xff\xff\xff", "编码有误"),
        (b"a,b\n1,2\n", "没有找到表头"),
        ("单位编号,单位名称\nB01,x\n".encode(), "少了这些列：类型、会员人数"),
        (b"x" * (5 * 1024 * 1024 + 10), "文件太大"),
    ],
)
def test_files_that_are_no_list_bring_the_form_back_with_a_sentence(desk: Desk, content: bytes, said: str) -> None:
    status, page = upload(desk, content)
    assert status == 422
    assert said in page
    assert 'type="file"' in page


def test_no_file_at_all_is_said(desk: Desk) -> None:
    answer = desk.post("/officers/units/import")
    assert answer.status_code == 422
    assert "请先选一个文件。" in answer.text


def test_a_request_beyond_six_megabytes_is_a_413_page(desk: Desk) -> None:
    body = b"--x\r\nContent-Disposition: form-data; name=file; filename=big.csv\r\n\r\n" + b"x" * (7 * 1024 * 1024)
    answer = desk.client.post("/officers/units/import", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert "内容太大" in answer.text


def test_a_roster_is_compared_taken_over_and_deleted(house: OfficersHouse, desk: Desk) -> None:
    preview = upload(desk, "工号,姓名,单位\n1,张宁,医学院\n", "roster")[1]
    assert "张宁" not in preview
    desk.post("/officers/units/roster/take-over", form_fields(preview))
    assert sum(branch.in_roster for branch in registering.branches(house.stores)) == 1
    desk.post("/officers/units/roster/remove")
    assert sum(branch.in_roster for branch in registering.branches(house.stores)) == 0
    record = desk.get("/officers/audit").text
    assert "导入名册" in record
    assert "删除名册" in record


def test_faults_read_in_english_as_well(house: OfficersHouse) -> None:
    page = upload(house.desk("union", "en"), BAD)[1]
    assert "2 rows need changing; nothing was imported" in page
    assert "Give a number here." in page
