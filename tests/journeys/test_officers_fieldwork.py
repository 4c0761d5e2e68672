"""A poll under way: what is shown, what is printed, how it ends."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from questionnaires.answers import encoded
from survey_app.services import designing, issuing
from survey_app.services.casting import SlipCode, Submission, cast_ballot
from tests.officers_house import TODAY, Desk, OfficersHouse, new_poll, officers_house
from tests.services.test_printing import CODE

PAGE = "/officers/polls/home-2026"
DAY_AFTER = date(2026, 11, 23)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[OfficersHouse]:
    made = officers_house(tmp_path)
    assert new_poll(made).status_code == 303
    yield made
    made.close()


@pytest.fixture
def desk(house: OfficersHouse) -> Desk:
    return house.desk("union")


def answer(house: OfficersHouse, unit_id: str, count: int) -> None:
    """Staff draw slips and answer as little as may be answered."""
    import secrets

    poll = designing.frozen_poll(house.stores.ballot_box, "home-2026")
    facts = poll.facts(unit_id)
    natural = {
        item.id: item.choices[0].id for item in poll.questionnaire.items if item.required and item.kind != "multi"
    }
    natural |= {item.id: (item.choices[0].id,) for item in poll.questionnaire.items if item.kind == "multi"}
    from questionnaires.answers import on_path

    answers = encoded(poll.questionnaire, on_path(poll.questionnaire, natural, facts), facts)
    for code in issuing.draw_slips(house.stores, "home-2026", unit_id, count):
        submission = Submission(
            "home-2026", secrets.token_bytes(32), secrets.token_bytes(32), answers, (), SlipCode(code)
        )
        cast_ballot(house.stores.ballot_box, submission, TODAY)


def test_while_open_only_numbers_in_fives_are_shown(house: OfficersHouse, desk: Desk) -> None:
    answer(house, "b15", 34)
    answer(house, "b21", 4)
    page = desk.get(PAGE).text
    assert "还有 5 天，约 30 人已答" in page
    assert '<td class="num" data-label="约已答">30</td><td class="num" data-label="应参加">60</td>' in page
    assert ">34<" not in page
    assert ">4<" not in page
    assert "人数按 5 取整" in page


def test_units_under_half_are_marked_and_come_up_at_home(house: OfficersHouse, desk: Desk) -> None:
    answer(house, "b15", 30)
    page = desk.get(PAGE).text
    assert "4 个单位不到一半" in page
    assert page.count('badge-not">不到一半') == 4
    assert "去发提醒" not in desk.get("/officers/").text, "nobody is reminded on the first day"
    house.app.config["TODAY"] = TODAY + timedelta(days=1)
    home = desk.get("/officers/").text
    assert "提醒 4 个作答不到一半的单位" in home
    assert "”：" in home.split("提醒 4 个")[1].split("去发提醒")[0], "the survey is named"
    assert "医学院" not in home.split("去发提醒")[0].split("提醒 4 个")[1]


def test_the_reminder_names_the_last_day_and_no_person(desk: Desk) -> None:
    page = desk.get(PAGE).text
    assert "还有 5 天，11月22日（周日）截止，约 7 分钟。" in page
    assert "分工会看不到您是否答、答了什么" in page
    assert "不得要求截图" in page


def test_before_the_first_day_there_is_nothing_to_count(house: OfficersHouse, desk: Desk) -> None:
    new_poll(house, "later", first_day="2026-11-25", last_day="2026-11-30", title_zh="以后")
    page = desk.get("/officers/polls/later").text
    assert "11月25日起作答" in page
    assert "约已答" not in page


def test_the_sentences_of_the_warning_stand_apart_in_english(house: OfficersHouse) -> None:
    page = house.desk("union", "en").get(f"{PAGE}/slips").text
    assert "when it is printed. Reload this page" in page


def test_drawing_slips_returns_their_only_copy(house: OfficersHouse, desk: Desk) -> None:
    answer_ = desk.post(f"{PAGE}/slips", {"unit": "b15", "count": "12"})
    assert answer_.content_type == "application/pdf"
    assert answer_.headers["Content-Disposition"].startswith("attachment")
    codes = {code for page in PdfReader(io.BytesIO(answer_.data)).pages for code in CODE.findall(page.extract_text())}
    assert len(codes) == 12
    assert issuing.slips_drawn(house.stores, "home-2026") == {"b15": 12}
    stored = (house.folder / "ballot_box.db").read_bytes() + (house.folder / "registry.db").read_bytes()
    assert not any(code.encode() in stored or code.replace("-", "").encode() in stored for code in codes)
    page = desk.get(f"{PAGE}/slips").text
    assert '<td class="num" data-label="已印">12</td><td class="num" data-label="还能印">48</td>' in page
    assert "医学院分工会 12 张" in desk.get("/officers/audit").text


def test_without_unit_and_number_every_unit_gets_what_is_left(house: OfficersHouse, desk: Desk) -> None:
    desk.post(f"{PAGE}/slips", {"unit": "b15", "count": "50"})
    desk.post(f"{PAGE}/slips", {"unit": "", "count": ""})
    drawn = issuing.slips_drawn(house.stores, "home-2026")
    poll = designing.frozen_poll(house.stores.ballot_box, "home-2026")
    assert drawn == {unit.id: unit.n_eligible for unit in poll.units}
    again = desk.post(f"{PAGE}/slips", {"unit": "", "count": ""})
    assert again.status_code == 422
    assert "都已印足" in again.text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"unit": "b15", "count": "61"}, "这个单位还能印 60 张"),
        ({"unit": "b15", "count": "0"}, "张数要填 1 以上的整数。"),
        ({"unit": "b15", "count": "-3"}, "张数要填 1 以上的整数。"),
        ({"unit": "b15", "count": "十"}, "张数要填 1 以上的整数。"),
        ({"unit": "b15", "count": "9" * 5000}, "张数要填 1 以上的整数。"),
        ({"unit": "b99", "count": "1"}, "没有这个单位。"),
    ],
)
def test_slips_that_cannot_be_drawn_are_refused_with_a_sentence(
    house: OfficersHouse, desk: Desk, sent: dict[str, str], said: str
) -> None:
    refused = desk.post(f"{PAGE}/slips", sent)
    assert refused.status_code == 422
    assert said in refused.text
    assert "Not a valid" not in refused.text
    assert issuing.slips_drawn(house.stores, "home-2026") == {}


def test_lost_sheets_are_voided_until_one_is_used(house: OfficersHouse, desk: Desk) -> None:
    desk.post(f"{PAGE}/slips", {"unit": "b15", "count": "10"})
    assert "已作废 10 张" in desk.post(f"{PAGE}/slips/withdraw", {"unit": "b15"}).text
    answer(house, "b15", 1)
    refused = desk.post(f"{PAGE}/slips/withdraw", {"unit": "b15"})
    assert refused.status_code == 422
    assert "不能作废" in refused.text
    assert desk.post(f"{PAGE}/slips/withdraw", {"unit": "nothing"}).status_code == 404


def test_an_open_poll_has_no_slips(house: OfficersHouse, desk: Desk) -> None:
    new_poll(house, "open-1", way="open", title_zh="随便答")
    assert desk.get("/officers/polls/open-1/slips").status_code == 404
    assert desk.post("/officers/polls/open-1/slips", {"unit": "b15"}).status_code == 404
    own = house.desk("medicine").get("/officers/polls/open-1").text
    assert "/b/open-1#u=b15" in own


def test_a_poll_is_closed_sealed_and_released_step_by_step(house: OfficersHouse, desk: Desk) -> None:
    answer(house, "b15", 34)
    answer(house, "b21", 3)
    house.app.config["TODAY"] = DAY_AFTER
    assert "该封箱了" in desk.get("/officers/").text
    assert "停止收卷并封箱吗？" in desk.get(f"{PAGE}/seal").text
    assert desk.post(f"{PAGE}/seal").location == PAGE
    page = desk.get(PAGE).text
    assert '<td class="num" data-label="已答">34</td>' in page
    assert '<td class="num" data-label="已答">不到 5</td>' in page
    assert "可以公布结果了" in desk.get("/officers/").text
    assert desk.post(f"{PAGE}/release").location == PAGE
    assert "已公布" in desk.get("/officers/polls").text
    assert 'href="/results/home-2026"' in desk.get(PAGE).text
    closed = house.app.test_client().get("/b/home-2026").text
    assert "结果已经公布。" in closed
    assert 'href="/results/home-2026"' in closed
    record = desk.get("/officers/audit").text
    assert all(f">{act}<" in record for act in ("停止收卷", "封箱", "公布结果"))


def test_a_poll_can_be_closed_early_and_sealing_goes_on_from_there(house: OfficersHouse, desk: Desk) -> None:
    assert "现在就停止收卷吗？" in desk.get(f"{PAGE}/close").text
    desk.post(f"{PAGE}/close")
    assert "继续封箱" in desk.get(PAGE).text
    assert "不能再印答题码" in desk.get(f"{PAGE}/slips").text
    assert desk.post(f"{PAGE}/slips", {"unit": "b15", "count": "1"}).status_code == 422
    assert "现在封箱吗？" in desk.get(f"{PAGE}/seal").text
    desk.post(f"{PAGE}/seal")
    assert "已封箱" in desk.get(PAGE).text


def test_steps_out_of_turn_lead_back_and_change_nothing(house: OfficersHouse, desk: Desk) -> None:
    for step in ("seal", "release"):
        assert desk.get(f"{PAGE}/{step}").location == PAGE
        assert desk.post(f"{PAGE}/{step}").location == PAGE
    assert designing.state(designing.poll_summary(house.stores, "home-2026"), TODAY) == "open"


def test_last_waves_rate_stands_beside_this_waves(house: OfficersHouse, desk: Desk) -> None:
    answer(house, "b15", 30)
    house.app.config["TODAY"] = DAY_AFTER
    desk.post(f"{PAGE}/seal")
    new_poll(house, "home-2027", first_day="2027-11-01", last_day="2027-11-20", wave="2027", results_by="2028-01-01")
    house.app.config["TODAY"] = date(2027, 11, 5)
    page = desk.get("/officers/polls/home-2027").text
    assert '<td class="num" data-label="上次全程">50%</td>' in page


def test_an_unknown_poll_is_not_found(desk: Desk) -> None:
    for address in ("", "/seal", "/close", "/release", "/slips", "/poster.pdf"):
        assert desk.get(f"/officers/polls/nothing{address}").status_code == 404


def test_the_record_goes_back_page_by_page(house: OfficersHouse, desk: Desk) -> None:
    from sqlalchemy.orm import Session

    from survey_app.services import auditing

    with Session(house.stores.registry) as session, session.begin():
        for number in range(60):
            auditing.record(session, "union", "close_poll", f"poll-{number}")
    first = desk.get("/officers/audit").text
    assert "poll-59" in first
    assert "poll-3<" not in first
    older = first.split("before=")[1].split('"')[0]
    assert "poll-3<" in desk.get(f"/officers/audit?before={older}").text
    assert desk.get("/officers/audit?before=x").status_code == 200
    assert desk.get("/officers/audit?before=99999999999999999999999").status_code == 200
