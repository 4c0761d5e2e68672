"""Answering without script, from the slip to the thanks."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from survey_app.services.sealing import close_poll
from survey_app.staff import plain_form
from survey_app.store.ballot_box import ballot, comment
from tests.databases import dispose
from tests.journeys.conftest import OPEN_POLL, SLIP_POLL, Visitor
from tests.staff_house import StaffHouse, open_poll, staff_house


def ballots(house: StaffHouse, poll_id: str) -> int:
    with house.stores.ballot_box.connect() as connection:
        return connection.scalar(select(func.count()).where(ballot.c.poll_id == poll_id)) or 0


def test_a_slip_leads_through_six_sections_to_one_ballot_and_a_receipt(house: StaffHouse, visitor: Visitor) -> None:
    before = ballots(house, SLIP_POLL)
    page = visitor.start(code=house.slip(SLIP_POLL))
    assert page.title.startswith("第 1 部分，共 6 部分：总体")
    assert visitor.response.headers["Cache-Control"] == "no-store"
    assert "发出前看一遍" in visitor.through_to_check(b34="食堂加开了教工窗口").title
    page = visitor.press("send")
    assert page.title.startswith("收到了，谢谢您")
    assert ballots(house, SLIP_POLL) == before + 1


def test_sending_the_same_form_twice_is_one_ballot_and_the_same_receipt(house: StaffHouse, visitor: Visitor) -> None:
    visitor.start(code=house.slip(SLIP_POLL))
    check = visitor.through_to_check()
    before = ballots(house, SLIP_POLL)
    first = visitor.press("send").text
    visitor.page = check
    second = visitor.press("send")
    assert (second.status, second.text) == (200, first)
    assert ballots(house, SLIP_POLL) == before + 1


def test_a_spent_code_with_other_answers_is_refused_in_plain_words(house: StaffHouse, visitor: Visitor) -> None:
    visitor.start(code=house.slip(SLIP_POLL))
    check = visitor.through_to_check()
    visitor.press("send")
    visitor.page = check
    page = visitor.press("send", b01="s1")
    assert page.status == 409
    assert "这张答题码已经交过一份，不能再交" in page.text
    assert page.title.startswith("错误：")


def test_a_spent_code_does_not_start_again(house: StaffHouse, visitor: Visitor) -> None:
    code = house.slip(SLIP_POLL)
    visitor.start(code=code)
    visitor.through_to_check()
    visitor.press("send")
    page = visitor.start(code=code)
    assert page.status == 409
    assert "已经交过一份" in page.text


def test_a_mistyped_code_is_shown_again_with_a_sentence(visitor: Visitor) -> None:
    page = visitor.start(code="7K4M-Q2XR-9TFH-3WZB")
    assert page.status == 403
    assert page.title.startswith("错误：这个答题码不对")
    assert page.value("code") == "7K4M-Q2XR-9TFH-3WZB"


def test_no_code_and_no_branch_are_asked_for(visitor: Visitor, open_visitor: Visitor) -> None:
    assert "请输入纸条上的答题码" in visitor.start(code=" ").text
    assert "请选您的分工会" in open_visitor.start(unit="").text
    assert "请选您的分工会" in open_visitor.start(unit="b99").text


def test_what_is_missing_is_named_on_top_and_at_the_question_and_the_rest_is_kept(open_visitor: Visitor) -> None:
    open_visitor.start(unit="b07")
    page = open_visitor.press("next", b01="s4")
    assert page.status == 422
    assert page.title.startswith("错误：还有 3 题没有选")
    assert page.text.count("请选一项，不了解就选“不了解”") == 4  # b02 and b03, each on top and at the question
    assert ("b01", "s4") in page.fields
    assert 'href="#b02"' in page.text


def test_a_question_brought_up_by_an_answer_is_asked_before_going_on(open_visitor: Visitor) -> None:
    open_visitor.start(unit="b07")
    page = open_visitor.press("next", b01="s4", b02="f4", b03="a4", b04="yes_brought")
    assert page.status == 200
    assert "您的回答带出了新的题" in page.text
    assert {"b05", "b06"} <= page.choices.keys()
    assert open_visitor.press("next", b05="solved", b06="s4").title.startswith("第 2 部分")


def test_answers_that_fell_off_the_path_are_dropped(house: StaffHouse, open_visitor: Visitor) -> None:
    open_visitor.start(unit="b07")
    open_visitor.press("next", b01="s4", b02="f4", b03="a4", b04="yes_brought")
    open_visitor.press("next", b05="solved", b06="s4")
    page = open_visitor.press("change b04") if "change b04" in open_visitor.page.buttons else open_visitor.press("back")
    assert "b04" in page.choices
    open_visitor.press("next", b04="no_brought")
    page = open_visitor.through_to_check()
    assert "最重要的一件，结果" not in page.text
    assert open_visitor.press("send").title.startswith("收到了")


def test_going_back_keeps_what_was_answered(open_visitor: Visitor) -> None:
    open_visitor.start(unit="b12")
    open_visitor.press("next", b01="s4", b02="f4", b03="a4", b04="no_brought")
    open_visitor.press("back", b11="a2")
    assert {("b01", "s4"), ("b11", "a2")} <= set(open_visitor.page.fields)


def test_changing_the_language_keeps_what_was_answered(open_visitor: Visitor) -> None:
    open_visitor.start(unit="b12")
    page = open_visitor.press("en", b01="s2")
    assert page.lang == "en"
    assert page.title.startswith("Part 1 of 6: Overall")
    assert ("b01", "s2") in page.fields


def test_the_check_page_reads_answers_back_with_a_way_to_change_each(open_visitor: Visitor) -> None:
    open_visitor.start(unit="b12")
    page = open_visitor.through_to_check(b30=["festival_greeting", "culture_sport"], b35="")
    assert "节日慰问、文体活动" in page.text
    assert "未填写" in page.text
    assert {"change b01", "change b35", "send"} <= set(page.buttons)
    assert "总体" in open_visitor.press("change b01").title


def test_personal_questions_are_not_asked_in_a_small_unit(open_visitor: Visitor) -> None:
    assert open_visitor.start(unit="b21").title.startswith("第 1 部分，共 5 部分")


def test_best_worst_shows_one_version_and_carries_it(needs_visitor: Visitor) -> None:
    needs_visitor.start(unit="b07")
    needs_visitor.press("next", a01=["none"])
    while "a11.design" not in {name for name, _ in needs_visitor.page.fields}:
        needs_visitor.press("next", **needs_visitor.first_choices())
    design = needs_visitor.page.value("a11.design")
    first = needs_visitor.page.choices["a11.1.best"]
    page = needs_visitor.press("next", a11__1__best=first[0], a11__1__worst=first[0])
    assert page.status == 422
    assert "同一项不能选两次" in page.text
    assert page.value("a11.design") == design
    needs_visitor.press("next", a11__1__best=first[0], a11__1__worst=first[1])
    needs_visitor.through_to_check()
    assert needs_visitor.press("send").title.startswith("收到了")


def test_only_the_difficulties_chosen_are_offered_next(needs_visitor: Visitor) -> None:
    needs_visitor.start(unit="b07")
    page = needs_visitor.press("next", a01=["housing", "workload"])
    assert page.choices["a02"] == ["housing", "workload", "pnts"]


def test_a_written_comment_is_stored_apart(house: StaffHouse, open_visitor: Visitor) -> None:
    open_visitor.start(unit="b07")
    open_visitor.through_to_check(b34="")
    open_visitor.press("send", b34="<b>食堂</b>\r\n加开了窗口 ")
    with house.stores.ballot_box.connect() as connection:
        texts = connection.scalars(select(comment.c.text).where(comment.c.poll_id == OPEN_POLL)).all()
    assert "<b>食堂</b>\n加开了窗口" in texts


def test_a_poll_closed_while_a_slip_is_looked_up_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = staff_house(tmp_path)
    open_poll(own, SLIP_POLL)
    look_up = plain_form.unit_of_slip

    def closed_just_before(ballot_box: Engine, poll_id: str, code: str) -> str:
        close_poll(own.stores, poll_id, "union")
        return look_up(ballot_box, poll_id, code)

    monkeypatch.setattr(plain_form, "unit_of_slip", closed_just_before)
    page = Visitor(own, SLIP_POLL).start(code=own.slip(SLIP_POLL))
    assert page.status == 410
    assert "已经停止收卷" in page.text
    dispose(own.stores)
