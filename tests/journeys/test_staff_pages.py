"""The pages everybody gets: the same bytes, no cookie, no database, a tag; and a page where there is nothing to answer."""

import gzip
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from survey_app.services import frozen_polls
from survey_app.services.designing import frozen_poll
from survey_app.services.sealing import close_poll
from tests.journeys.conftest import OPEN_POLL, SLIP_POLL, Visitor
from tests.staff_house import LAST_DAY, TODAY, StaffHouse, open_poll, staff_house

ADDRESSES = [
    "/",
    f"/b/{SLIP_POLL}",
    f"/b/{SLIP_POLL}/en",
    f"/b/{OPEN_POLL}",
    f"/b/{SLIP_POLL}/thanks",
    "/anonymity",
    "/anonymity?lang=en",
    "/?lang=en",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_has_a_title_one_main_heading_and_no_inline_style_or_script(visitor: Visitor, address: str) -> None:
    page = visitor.get(address)
    assert page.status == 200
    assert page.title
    assert " style=" not in page.text
    assert "<style" not in page.text
    assert 'rel="stylesheet" href="/static/' in page.text
    assert page.text.count("<main") == 1


def test_what_the_script_is_told_stands_in_letters_and_cannot_end_its_element(tmp_path: Path) -> None:
    house = staff_house(tmp_path, organisation_zh="</script><b>'江城'&amp;")
    open_poll(house, OPEN_POLL, way="open")
    page = house.app.test_client().get(f"/b/{OPEN_POLL}").text
    (told,) = re.findall(r'<script type="application/json" id="poll">(.*?)</script>', page, re.DOTALL)
    assert not set("<>&'") & set(told)
    assert json.loads(told)["organisation"] == "</script><b>'江城'&amp;"
    assert "江城" in told
    sentences = [sentence for _kind, sentence, _items in json.loads(told)["faults"]]
    assert len(sentences) == len(set(sentences))


def test_the_answering_page_is_the_same_bytes_for_everyone_with_a_tag(house: StaffHouse, visitor: Visitor) -> None:
    one = visitor.client.get(
        f"/b/{SLIP_POLL}?from=singlemessage", headers={"User-Agent": "MicroMessenger", "Accept-Language": "de"}
    )
    other = house.app.test_client().get(f"/b/{SLIP_POLL}", headers={"Cookie": "campus=1"})
    assert one.data == other.data
    assert "max-age" in one.headers["Cache-Control"]
    again = visitor.client.get(f"/b/{SLIP_POLL}", headers={"If-None-Match": one.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_answering_page_is_sent_squeezed_under_its_own_tag(visitor: Visitor) -> None:
    plain = visitor.client.get(f"/b/{SLIP_POLL}")
    squeezed = visitor.client.get(f"/b/{SLIP_POLL}", headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(squeezed.data) == plain.data
    assert squeezed.headers["ETag"] != plain.headers["ETag"]
    assert squeezed.headers["Vary"] == "Accept-Encoding"


def test_the_answering_page_asks_no_database_once_it_is_known(
    house: StaffHouse, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frozen_polls, "STATE_SECONDS", 600.0)  # the clock alone has the state read again
    visitor.get(f"/b/{SLIP_POLL}")
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    engines = (house.stores.registry, house.stores.ballot_box)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        for _ in range(5):
            visitor.get(f"/b/{SLIP_POLL}")
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
    assert asked == []


def test_the_notice_says_who_why_how_long_what_is_kept_and_whom_to_ask(visitor: Visitor) -> None:
    text = visitor.get(f"/b/{SLIP_POLL}").text
    for said in (
        "校工会邀请您",
        "年度考核的七成",
        "7 分钟",
        "11月22日",
        "明年1月15日",
        "只存",
        "不存",
        "2029年12月31日",
        "内线 8203",
    ):
        assert said in text


def test_the_english_page_says_the_same_in_english(visitor: Visitor) -> None:
    page = visitor.get(f"/b/{SLIP_POLL}/en")
    assert page.lang == "en"
    assert "Your branch cannot see whether or what you answered" in page.text
    assert "22 November" in page.text


def test_an_unknown_poll_is_a_page_that_says_so(visitor: Visitor) -> None:
    for poll in ("nothing-here", "UPPER", "a" * 40, "..%2f", "%FF%FE"):
        assert visitor.get(f"/b/{poll}").status == 404


def test_a_poll_to_come_says_when_it_opens(house: StaffHouse) -> None:
    open_poll(house, "to-come", way="open", first_day=TODAY + timedelta(days=3), last_day=TODAY + timedelta(days=9))
    later = Visitor(house, "to-come")
    assert "11月19日" in later.get("/b/to-come").text
    assert "还没有开始" in later.start(unit="b07").title


def test_a_poll_that_is_over_says_since_when_and_takes_nothing(house: StaffHouse) -> None:
    open_poll(house, "over", way="open")
    late = Visitor(house, "over")
    late.start(unit="b07")
    house.app.config["TODAY"] = LAST_DAY + timedelta(days=1)
    try:
        page = late.press("next", b01="s4")
        assert (page.status, page.title) == (410, "已经停止收卷 · 江城理工大学工会")
        assert "11月22日" in late.get("/b/over").text
        assert late.page.status == 410
    finally:
        house.app.config["TODAY"] = TODAY


def test_a_poll_closed_by_hand_takes_nothing_at_once(house: StaffHouse) -> None:
    open_poll(house, "closed-early", way="open")
    late = Visitor(house, "closed-early")
    late.get("/b/closed-early")
    close_poll(house.stores, "closed-early", "demo")
    closed = late.start(unit="b07")
    assert closed.status == 410
    assert "已提前停止收卷" in closed.text
    assert "最后一天是" not in closed.text, "the last day has not come"


def test_the_page_shows_the_fingerprint_that_the_poster_sends_readers_to(house: StaffHouse, visitor: Visitor) -> None:
    fingerprint = frozen_poll(house.stores.ballot_box, SLIP_POLL).fingerprint
    for address in (f"/b/{SLIP_POLL}", f"/b/{SLIP_POLL}/en"):
        assert fingerprint in visitor.get(address).text


def test_the_sample_thanks_page_is_the_page_after_answering_with_another_receipt(
    visitor: Visitor, open_visitor: Visitor
) -> None:
    open_visitor.start(unit="b12")
    open_visitor.through_to_check()
    real = open_visitor.press("send").text
    one, other = (visitor.get(f"/b/{OPEN_POLL}/thanks").text for _ in range(2))
    assert one != other

    def without_receipt(text: str) -> str:
        start = text.index('id="receipt">')
        return text[:start] + text[text.index("</p>", start) :]

    assert without_receipt(real) == without_receipt(one)


def test_the_start_page_lists_what_is_open_today(house: StaffHouse, visitor: Visitor) -> None:
    assert f'href="/b/{SLIP_POLL}"' in visitor.get("/").text
    house.app.config["TODAY"] = date(2030, 1, 1)
    try:
        assert "现在没有正在进行的调查" in visitor.get("/").text
    finally:
        house.app.config["TODAY"] = TODAY
