"""A poll from the form to the freezing, and everything that can be wrong with it."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey_app.services import designing
from tests.officers_house import Desk, OfficersHouse, form_fields, new_poll, officers_house

FORM = "/officers/polls/new/staff_home_annual"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[OfficersHouse]:
    made = officers_house(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(house: OfficersHouse) -> Desk:
    return house.desk("union")


def sent(desk: Desk, address: str = FORM, **changes: str) -> tuple[int, str]:
    personal = {"personal": ["dem_category", "dem_age"]} if address == FORM else {}
    fields = desk.fields(address) | personal | changes
    answer = desk.post(address, fields)
    return answer.status_code, html.unescape(answer.text)


def faults(page: str) -> list[str]:
    return re.findall(r'<li><a href="#[^"]+">(.*?)</a></li>', page)


def test_the_form_comes_filled_with_what_can_be_suggested(desk: Desk) -> None:
    page = desk.get(FORM).text
    fields = form_fields(page)
    assert (fields["wave"], fields["poll_id"], fields["way"]) == ("2026", "staff-home-2026", "slip")
    assert (fields["unit-B07"], fields["unit-B22"], fields["unit-B23"]) == ("alone", "1", "1")
    assert fields["merge-1-zh"] == "高教所分工会、档案馆分工会"
    assert fields["organiser_zh"] == "江城理工大学工会"
    assert re.findall(r'name="personal" value="(\w+)" checked', page) == ["dem_category", "dem_age"]


def test_what_was_suggested_can_be_checked_and_frozen(house: OfficersHouse, desk: Desk) -> None:
    status, page = sent(desk)
    assert status == 200
    assert "检查一遍，再定稿锁定" in page
    assert designing.polls(house.stores) == ()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    frozen = desk.post(FORM, fields | {"personal": ["dem_category", "dem_age"], "step": "freeze"})
    assert frozen.location == "/officers/polls/staff-home-2026"
    poll = designing.frozen_poll(house.stores.ballot_box, "staff-home-2026")
    assert [(unit.id, unit.n_eligible) for unit in poll.units if unit.n_eligible < 20] == [("small-others", 15)]
    assert poll.questionnaire.personal_items == ("dem_category", "dem_age")
    assert "定稿锁定" in desk.get("/officers/audit").text


def test_the_check_page_carries_everything_back_to_the_form(desk: Desk) -> None:
    page = sent(desk, title_zh="我们的评议", **{"unit-B21": "out"})[1]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    back = form_fields(desk.post(FORM, fields | {"step": "edit"}).text)
    assert (back["title_zh"], back["unit-B21"]) == ("我们的评议", "out")


def test_freezing_twice_makes_one_poll(house: OfficersHouse) -> None:
    assert [new_poll(house).status_code, new_poll(house).status_code] == [303, 303]
    assert len(designing.polls(house.stores)) == 1


def test_the_id_of_another_poll_is_refused(house: OfficersHouse, desk: Desk) -> None:
    new_poll(house, "home-2026")
    assert faults(sent(desk, poll_id="home-2026")[1]) == ["这个短名已经用过了，请换一个。"]
    frozen = new_poll(house, "home-2026", title_zh="另一项")
    assert frozen.status_code == 422


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title_zh": "  "}, "请填写调查名称。"),
        ({"title_zh": "长" * 61}, "太长了，请删短一些。"),
        ({"title_zh": "看\u200b不见"}, "里面有看不见或读不出的字符，请重新输入。"),
        ({"title_zh": "a\0b"}, "里面有看不见或读不出的字符，请重新输入。"),
        ({"poll_id": "Home 2026"}, "短名只能用小写字母、数字和连字符，3 到 32 个。"),
        ({"poll_id": "-home-"}, "短名只能用小写字母、数字和连字符，3 到 32 个。"),
        ({"wave": "今年"}, "年度写成 2026；一年办两次的，写成 2026-1、2026-2。"),
        ({"way": "ticket"}, "请选择怎样答题。"),
        ({"first_day": ""}, "请填写第一天。"),
        ({"last_day": "30.11.2026"}, "这不是一个日期，请按 2026-11-09 的样子填写。"),
        ({"last_day": "0001-01-01"}, "年份要在 2000 到 2100 之间。"),
        ({"last_day": "2026-11-01"}, "最后一天不能早于第一天。"),
        ({"results_by": "2026-11-19"}, "公布结果不能早于最后一天。"),
        ({"kept_until": "2026-11-19"}, "答卷至少要保存到结果公布。"),
        ({"contact_zh": ""}, "请写明有疑问找谁。"),
        ({"purpose_zh": "x" * 301}, "太长了，请删短一些。"),
        ({"merge-1-zh": ""}, "请给合并后的统计单位起个名字。"),
        ({"unit-B24": "1"}, "离退休的单位另外统计，不能和在职的合并。"),
        ({"unit-B07": "moon"}, "请从列出的几项里选。"),
    ],
)
def test_a_fault_brings_the_form_back_with_its_sentence_and_what_was_typed(
    desk: Desk, changes: dict[str, str], said: str
) -> None:
    status, page = sent(desk, **({"purpose_en": "kept as typed"} | changes))
    assert status == 422
    assert faults(page) == [said]
    assert page.count(said) >= 2 or "unit" in next(iter(changes))
    assert "kept as typed" in page
    assert "<title>错误：" in page


def test_a_unit_under_ten_cannot_be_counted_alone(desk: Desk) -> None:
    page = sent(desk, **{"unit-B22": "alone", "unit-B23": "out"})[1]
    assert "“档案馆分工会”只有9人，不足10人" in faults(page)[0]


def test_no_unit_at_all_is_said(desk: Desk) -> None:
    everything = {name: "out" for name in desk.fields(FORM) if name.startswith("unit-")}
    assert faults(sent(desk, **everything)[1]) == ["至少要有一个统计单位。"]


def test_a_last_day_that_has_passed_is_said(desk: Desk) -> None:
    page = sent(desk, first_day="2026-11-01", last_day="2026-11-10")[1]
    assert faults(page) == ["截止日期已过。"]


def test_three_personal_items_are_too_many(desk: Desk) -> None:
    page = sent(desk, personal=["dem_category", "dem_age", "dem_gender"])[1]  # type: ignore[arg-type]
    assert faults(page) == ["个人情况最多问两项，多了就可能认出人。"]
    assert faults(sent(desk, personal=["home_address"])[1]) == ["请从列出的几项里选。"]  # type: ignore[arg-type]


def test_a_module_switched_off_is_not_asked(house: OfficersHouse, desk: Desk) -> None:
    fields = desk.fields(FORM) | {"step": "freeze", "personal": []}
    del fields["module-official_return"]
    desk.post(FORM, fields)
    poll = designing.frozen_poll(house.stores.ballot_box, "staff-home-2026")
    assert "b33" not in poll.questionnaire
    assert poll.questionnaire.personal_items == ()


def test_the_short_form_takes_the_place_of_first_and_last(house: OfficersHouse, desk: Desk) -> None:
    address = "/officers/polls/new/needs_annual"
    desk.post(address, desk.fields(address) | {"short-a11": "y", "step": "freeze"})
    poll = designing.frozen_poll(house.stores.ballot_box, "needs-2026")
    assert poll.questionnaire.item("a11").kind == "rank_top"


def test_a_template_asks_for_its_texts_and_puts_them_in(house: OfficersHouse, desk: Desk) -> None:
    address = "/officers/polls/new/quick_poll"
    status, page = sent(desk, address, title_zh="停车", purpose_zh="听意见")
    assert status == 422
    assert faults(page) == [f"“{place}”还没有填。" for place in ("问的是什么事", "选项一", "选项二", "选项三")]
    places = {f"place-option{n}_zh": f"{n}区" for n in (1, 2, 3)} | {"place-topic_zh": "停车场"}
    fields = desk.fields(address) | {"title_zh": "停车", "purpose_zh": "听意见", "step": "freeze"} | places
    assert desk.post(address, fields).status_code == 303
    poll = designing.frozen_poll(house.stores.ballot_box, "quick-poll-2026")
    assert poll.questionnaire.item("p01").text.zh == "关于停车场，您的选择是："
    assert faults(sent(desk, address, **{"place-topic_zh": "{{option1_zh}}"})[1])


def test_officers_to_be_appraised_are_named_a_line_each(house: OfficersHouse, desk: Desk) -> None:
    address = "/officers/polls/new/officer_appraisal"
    page = sent(desk, address, persons="B15，张宁\nB99，李梅，主席")[1]
    assert faults(page) == ["第 1 行看不懂，请写成：单位编号，姓名，职务。", "第 2 行的单位“B99”不在参加的单位里。"]
    fields = desk.fields(address) | {"persons": "b15，张宁，主席\nB22,李梅,主席", "step": "freeze"}
    assert desk.post(address, fields).status_code == 303
    poll = designing.frozen_poll(house.stores.ballot_box, "officer-appraisal-2026")
    assert {unit.unit_type for unit in poll.units} == {"academic", "support"}  # retired members are not asked
    assert any("张宁" in item.text.zh for item in poll.questionnaire.items)


def test_an_unknown_questionnaire_is_not_found(desk: Desk) -> None:
    for address in ("/officers/polls/new/nothing", "/officers/questionnaires/nothing"):
        assert desk.get(address).status_code == 404


def test_without_units_the_way_leads_to_the_import(tmp_path: Path, house: OfficersHouse) -> None:
    from survey_app.services import signing_in

    empty = officers_house(tmp_path / "empty", units="")
    signing_in.add_officer(empty.stores, "union", "周敏", "university_officer", "a long pass phrase")
    desk = empty.desk("union")
    assert "先导入单位名单" in desk.get("/officers/").text
    assert desk.get(FORM).location == "/officers/units/import"
    assert desk.post(FORM).location == "/officers/units/import"
    empty.close()


def test_empty_and_huge_forms_come_back(desk: Desk) -> None:
    assert desk.post(FORM).status_code == 422
    huge = {"purpose_zh": "长" * 100_000, "title_zh": "<script>alert(1)</script>"}
    answer = desk.post(FORM, desk.fields(FORM) | huge)
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    too_huge = desk.client.post(FORM, data={"csrf_token": desk.token(), "purpose_zh": "x" * 5_000_000})
    assert too_huge.status_code in {413, 422}


def test_every_questionnaire_of_the_library_has_a_page_and_a_form_in_both_languages(house: OfficersHouse) -> None:
    for language in ("zh", "en"):
        desk = house.desk("union", language)
        addresses = re.findall(
            r'href="(/officers/(?:questionnaires|polls/new)/\w+)"', desk.get("/officers/questionnaires").text
        )
        assert len(addresses) == 18
        for address in addresses:
            assert desk.get(address).status_code == 200, address
