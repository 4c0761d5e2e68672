"""Staff read the same release on a phone: in words, without a cookie, kept by caches."""

import re
from collections.abc import Iterator

import pytest

from survey_app.web.headers import POLICY
from tests.journeys.leadership_house import LeadershipHouse, leadership_house

PAGES = (
    "/results",
    "/results/years/2026",
    "/results/years/2026?unit=B15",
    "/results/years/2026?unit=B06",
    "/results/years/2025?unit=B21",
    "/results/home-2026",
    "/results/home-2026?unit=B15",
    "/results/needs-2026",
    "/results/quick-2026",
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LeadershipHouse]:
    made = leadership_house(tmp_path_factory.mktemp("results"))
    yield made
    made.stores.registry.dispose()
    made.stores.ballot_box.dispose()


def read(house: LeadershipHouse, address: str) -> str:
    page = house.app.test_client(use_cookies=False).get(address)
    assert page.status_code == 200
    return page.text


@pytest.mark.parametrize("address", PAGES)
def test_every_results_page_is_cookie_free_cacheable_and_under_the_strict_policy(
    house: LeadershipHouse, address: str
) -> None:
    page = house.app.test_client(use_cookies=False).get(address)
    assert page.status_code == 200
    assert page.headers["Content-Security-Policy"] == POLICY
    assert page.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in page.headers
    assert "Cookie" not in page.headers.get("Vary", "")
    assert re.search(r"<title>\S.+</title>", page.text)


@pytest.mark.parametrize("address", PAGES)
def test_english_results_hold_no_chinese_but_the_language_switch(house: LeadershipHouse, address: str) -> None:
    page = read(house, address + ("&" if "?" in address else "?") + "lang=en").replace("中文", "")
    assert re.findall(r"[\u4e00-\u9fff，。：、；（）]+", re.sub(r"<title>.*?</title>", "", page)) == []


def test_a_unit_is_told_in_words_with_intervals_and_the_university_beside(house: LeadershipHouse) -> None:
    page = read(house, "/results/home-2026?unit=B15")
    assert "<b>67%</b> 的人说分工会经常或总是主动了解困难。" in page
    assert "误差范围 62 到 71" in page
    assert "作答率不到 50%，以下只作参考。" in page


def test_the_language_switch_keeps_the_chosen_unit(house: LeadershipHouse) -> None:
    assert 'href="?unit=B15&amp;lang=en"' in read(house, "/results/home-2026?unit=B15") or (
        'href="?unit=B15&lang=en"' in read(house, "/results/home-2026?unit=B15")
    )
    assert 'value="B15" selected' in read(house, "/results/home-2026?unit=B15&lang=en")


def test_a_pooled_unit_is_answered_with_the_pool_it_is_counted_in(house: LeadershipHouse) -> None:
    page = read(house, "/results/home-2026?unit=B22")
    assert "为防止认出个人，不单独公布" in page
    assert "人数少的单位（合并）" in page


@pytest.mark.parametrize(
    "address",
    [
        "/results/not-yet",
        "/results/none",
        "/results/years/2024",
        "/results/years/2026?unit=B99",
        "/results/home-2026?unit=B99",
        "/results/home-2026?unit=ALL",
    ],
)
def test_what_is_not_released_is_not_there(house: LeadershipHouse, address: str) -> None:
    assert house.app.test_client(use_cookies=False).get(address).status_code == 404


def test_parts_of_later_issues_are_left_out_whole(house: LeadershipHouse) -> None:
    page = read(house, "/results/home-2026")
    for absent in ("你说我办", "办成了", "随时说一件难事"):
        assert absent not in page


def test_a_unit_of_a_year_is_told_in_words_and_never_by_a_rank(house: LeadershipHouse) -> None:
    page = read(house, "/results/years/2026?unit=B15")
    assert "<strong>明显低于其他单位：</strong>维权到位" in page
    assert "其余 4 项看不出差别。不排名次。" in page
    assert "<strong>拟定等次：</strong>合格" in page
    assert "名次可能" not in page
    assert "2—4" not in page


def test_a_unit_to_be_checked_is_compared_with_nobody(house: LeadershipHouse) -> None:
    page = read(house, "/results/years/2026?unit=B06")
    assert "55% 的答卷全部选同一项，先核实。" in page
    assert "<strong>明显高于其他单位：</strong>" not in page


def test_the_year_says_what_changed_and_leads_to_every_question(house: LeadershipHouse) -> None:
    page = read(house, "/results/years/2026")
    assert page.count("比上一年好，超出误差范围") == 3
    assert 'href="/results/home-2026"' in page
    assert 'href="/results/years/2026"' in read(house, "/results")


def test_what_was_done_is_left_out_whole_until_promises_are_kept_here(house: LeadershipHouse) -> None:
    for absent in ("你说我办", "办成了", "没办成", "随时说一件难事"):
        assert absent not in read(house, "/results/years/2026?unit=B15")
