"""The PDFs, read back: what stands on them, and that it can be selected."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from questionnaires.texts import Text
from survey_app.ballots import manifests
from survey_app.ballots.crockford import grouped
from survey_app.services import issuing, printing
from survey_app.services.designing import FrozenPoll
from survey_app.store.engines import Stores
from tests.small_polls import DAY, add_branches, open_poll
from tests.small_terms import small_term, ticket_poll

ADDRESS = "https://survey.example.edu.cn"
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}(?![-0-9A-Z])")


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def plain(text: str) -> str:
    """Typst sets a thin space between Chinese and digits; a reader may break lines anywhere."""
    return re.sub(r"\s+", "", text)


@pytest.fixture
def poll(stores: Stores) -> FrozenPoll:
    return open_poll(stores, "home-2026", "slip")


@pytest.fixture
def kind() -> str:
    return "sqlite"  # paper looks the same from either database


def test_slips_come_ten_a_page_each_unit_on_pages_of_its_own(stores: Stores, poll: FrozenPoll) -> None:
    codes = {unit.id: issuing.draw_slips(stores, poll.poll_id, unit.id, 13) for unit in poll.units}
    read = pages(printing.slips_pdf(poll, ADDRESS, codes))
    assert [len(CODE.findall(page)) for page in read] == [10, 3, 10, 3]
    assert {code for page in read for code in CODE.findall(page)} == {*codes["b01"], *codes["b02"]}
    assert "第1页，共2页" in plain(read[0])
    assert "第B01分工会" in plain(read[0])
    assert "第B02分工会" in plain(read[2])


def test_a_slip_says_where_until_when_and_that_nobody_keeps_a_record(stores: Stores, poll: FrozenPoll) -> None:
    codes = {"b02": issuing.draw_slips(stores, poll.poll_id, "b02", 1)}
    text = plain(pages(printing.slips_pdf(poll, ADDRESS, codes))[0])
    for words in ("谁抽到哪张，没有人记录", "11月20日截止", "survey.example.edu.cn/b/home-2026", "满意度调查"):
        assert words in text


def test_the_code_rides_in_the_fragment_of_the_qr_code(monkeypatch: pytest.MonkeyPatch, poll: FrozenPoll) -> None:
    asked = []
    drawn = printing._qr
    monkeypatch.setattr(printing, "_qr", lambda address: asked.append(address) or drawn(address))
    printing.slips_pdf(poll, ADDRESS, {"b01": ["7K4M-Q2XR-9TFH-3WZB"]})
    assert asked == ["https://survey.example.edu.cn/b/home-2026#s=7K4M-Q2XR-9TFH-3WZB"]


def test_a_poster_carries_fingerprint_notice_last_day_and_the_ban_on_screenshots(poll: FrozenPoll) -> None:
    (text,) = map(plain, pages(printing.poster_pdf(poll, ADDRESS, poll.units)))
    for words in (
        poll.fingerprint,
        "不得要求截图",
        "11月20日截止",
        "凭匿名答题码作答",
        "2026年12月1日前",
        "2027年12月1日",
    ):
        assert words in text


def test_an_open_poll_has_a_poster_for_each_unit_with_the_unit_in_the_fragment(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = open_poll(stores, "open-1")
    asked = []
    drawn = printing._qr
    monkeypatch.setattr(printing, "_qr", lambda address: asked.append(address) or drawn(address))
    read = pages(printing.poster_pdf(poll, ADDRESS, poll.units))
    assert asked == [f"{ADDRESS}/b/open-1#u=b01", f"{ADDRESS}/b/open-1#u=b02"]
    assert ["第B01分工会" in plain(page) for page in read] == [True, False]


def test_the_poster_of_a_poll_by_ticket_carries_the_fingerprint_of_its_manifest_on_paper_and_in_the_qr_code(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = ticket_poll(stores)
    assert poll.slot is not None
    asked = []
    drawn = printing._qr
    monkeypatch.setattr(printing, "_qr", lambda address: asked.append(address) or drawn(address))
    (text,) = map(plain, pages(printing.poster_pdf(poll, ADDRESS, poll.units)))
    shown = grouped(manifests.fingerprint(poll.slot.manifest))
    assert asked == [f"{ADDRESS}/b/poll-1#fp={shown}"]
    assert shown in text
    assert "用全年答题资格作答" in text
    assert "第二天再答" in text


def test_the_poster_says_when_collecting_and_answering_may_be_one_sitting(stores: Stores) -> None:
    poll = ticket_poll(stores)
    assert poll.slot is not None
    combined = replace(poll, slot=replace(poll.slot, mode="combined"))
    (text,) = map(plain, pages(printing.poster_pdf(combined, ADDRESS, poll.units)))
    assert "领好就能答" in text
    assert "第二天" not in text


def test_the_poster_for_collecting_carries_the_terms_fingerprint_on_paper_and_in_the_qr_code(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    term = small_term(stores)
    asked: list[str] = []
    drawn = printing._qr
    monkeypatch.setattr(printing, "_qr", lambda address: asked.append(address) or drawn(address))
    (text,) = map(plain, pages(printing.collecting_poster_pdf(term, ADDRESS, "校工会")))
    assert asked == [f"{ADDRESS}/account/#fp={term.fingerprint}"]
    for words in (grouped(term.fingerprint), "survey.example.edu.cn/account/", "10月12日至12月31日", "不要替别人领"):
        assert words in text


def test_the_poster_of_a_term_that_ends_in_another_year_says_which(stores: Stores) -> None:
    term = replace(small_term(stores), collect_last_day=date(2027, 10, 12))
    (text,) = map(plain, pages(printing.collecting_poster_pdf(term, ADDRESS, "校工会")))
    assert "2026年10月12日至2027年10月12日" in text


def test_long_titles_and_names_stay_on_their_slip(stores: Stores) -> None:
    add_branches(stores, {"B01": 100, "B02": 20})
    from survey_app.services.designing import freeze_poll
    from tests.small_polls import draft

    title = Text("二〇二六年度全校各分工会工作满意度与职工之家建设情况综合评议（含附属单位）")
    poll = freeze_poll(stores, draft(stores, "long", "slip", title=title), "zhou", date(2026, 11, 2))
    codes = {"b01": issuing.draw_slips(stores, "long", "b01", 10)}
    read = pages(printing.slips_pdf(poll, ADDRESS, codes))
    assert len(read) == 1
    assert plain(read[0]).count("综合评议（含附属单位）") == 10


def test_a_pdf_holds_no_code_that_was_not_asked_for(poll: FrozenPoll) -> None:
    assert CODE.findall(pages(printing.poster_pdf(poll, ADDRESS, poll.units))[0].replace(poll.fingerprint, "")) == []
    assert poll.first_day <= DAY <= poll.last_day
