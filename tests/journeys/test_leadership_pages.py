"""Leadership reads what was released: every page, by role, with no figure that the released document does not hold."""

import csv
import re
from collections.abc import Iterator
from dataclasses import fields
from html.parser import HTMLParser
from io import StringIO

import pytest
from werkzeug.test import TestResponse

from analysis.disclosure.released import Released
from survey_app.web.headers import POLICY
from survey_app.web.readings import withheld_words
from tests.journeys.leadership_house import LeadershipHouse, leadership_house
from tests.journeys.leadership_releases import empty, few, needs, quick, staff_home

PAGES = (
    "/leadership/home-2026",
    "/leadership/home-2026/units",
    "/leadership/home-2026/units/B15",
    "/leadership/home-2026/units/B22",
    "/leadership/home-2026/units/B24",
    "/leadership/needs-2026",
    "/leadership/needs-2026/units",
    "/leadership/needs-2026/units/B15",
    "/leadership/quick-2026",
    "/leadership/quick-2026/units",
    "/leadership/quick-2026/units/B09",
)
ALL_OFFICERS = ("principal", "union", "admin", "medicine", "archives")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LeadershipHouse]:
    made = leadership_house(tmp_path_factory.mktemp("leadership"))
    yield made
    made.stores.registry.dispose()
    made.stores.ballot_box.dispose()


def read(house: LeadershipHouse, address: str, officer: str = "principal") -> TestResponse:
    return house.signed_in(officer).get(address)


class Cells(HTMLParser):
    """The texts of the table cells of a page, by the class of their table."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.cells: list[tuple[str, str]] = []
        self._table = ""
        self._cell: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._table = dict(attrs).get("class") or ""
        if tag in {"td", "th"}:
            self._cell = []

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._cell is not None:
            self.cells.append((self._table, " ".join("".join(self._cell).split())))
            self._cell = None

    def of(self, table: str) -> list[str]:
        return [text for name, text in self.cells if table in name.split()]


def numbers_of(released: Released) -> set[int]:
    """Every number a released document holds, and the steps of its interval's printing."""
    found: set[int] = set()
    for group in (released.units, released.item_figures, released.criterion_figures, released.distributions):
        for entry in group:
            for field in fields(entry):
                value = getattr(entry, field.name)
                if isinstance(value, int):
                    found.add(abs(value))
                if isinstance(value, tuple):
                    found |= {
                        number for each in value for number in (getattr(each, "n", 0), getattr(each, "percent", 0))
                    }
    return found


def numbers_in(texts: list[str]) -> set[int]:
    return {int(number.replace(",", "")) for text in texts for number in re.findall(r"\d[\d,]*", text)}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_a_title_the_strict_policy_and_is_kept_by_nobody(
    house: LeadershipHouse, address: str, language: str
) -> None:
    page = read(house, f"{address}?lang={language}")
    assert page.status_code == 200
    assert re.search(r"<title>\S.+</title>", page.text)
    assert page.headers["Content-Security-Policy"] == POLICY
    assert page.headers["Cache-Control"] == "no-store"
    assert " style=" not in page.text
    assert f'<html lang="{"en" if language == "en" else "zh-CN"}">' in page.text


@pytest.mark.parametrize("address", PAGES)
def test_english_pages_hold_no_chinese_but_the_language_switch(house: LeadershipHouse, address: str) -> None:
    page = read(house, f"{address}?lang=en").text
    visible = re.sub(r"<script.*?</script>|<title>.*?</title>", "", page, flags=re.DOTALL).replace("中文", "")
    assert re.findall(r"[\u4e00-\u9fff，。：、；（）]+", visible) == []


@pytest.mark.parametrize("officer", ALL_OFFICERS)
@pytest.mark.parametrize("rest", ["", "/units", "/units/B15", "/cells.csv"])
def test_a_poll_that_is_not_released_is_not_there_for_any_role(house: LeadershipHouse, officer: str, rest: str) -> None:
    assert read(house, f"/leadership/not-yet{rest}", officer).status_code == 404


@pytest.mark.parametrize("address", [*PAGES, "/leadership/home-2026/cells.csv"])
def test_nobody_reads_without_signing_in(house: LeadershipHouse, address: str) -> None:
    page = house.app.test_client().get(address)
    assert (page.status_code, page.location) == (303, "/leadership/sign-in")


def test_a_branch_officer_reads_the_own_unit_and_the_university_only(house: LeadershipHouse) -> None:
    overview = read(house, "/leadership/home-2026/units", "medicine").text
    assert "医学院" in overview
    assert "全校在职" in overview
    for other in ("法学院", "机关", "出版社", "离退休教职工"):
        assert other not in overview
    assert read(house, "/leadership/home-2026/units/B15", "medicine").status_code == 200
    assert read(house, "/leadership/home-2026/units/B09", "medicine").status_code == 404


def test_a_branch_officer_downloads_the_own_unit_and_the_university_only(house: LeadershipHouse) -> None:
    rows = list(csv.reader(StringIO(read(house, "/leadership/home-2026/cells.csv", "medicine").text)))
    place = rows[0].index("单位编号")
    assert {row[place] for row in rows[1:]} == {"ALL", "B15"}


def test_a_branch_officer_of_a_pooled_branch_reads_the_pool_it_is_counted_in(house: LeadershipHouse) -> None:
    assert "人数少的单位（合并）" in read(house, "/leadership/home-2026/units", "archives").text
    assert read(house, "/leadership/home-2026/units/B22", "archives").status_code == 404


def test_a_withheld_cell_shows_words_and_never_a_number(house: LeadershipHouse) -> None:
    page = read(house, "/leadership/home-2026/units").text
    withheld = re.findall(r'<td[^>]*class="off[^"]*"[^>]*>(.*?)</td>', page, flags=re.DOTALL)
    assert len(withheld) == 2  # one cell of the press, and the archives that are counted in the pool
    for cell in withheld:
        assert not re.search(r"\d", re.sub(r"<[^>]*>", "", cell))
    with house.app.test_request_context("/leadership/"):
        assert withheld_words("too_few") in page


def test_the_page_of_a_pooled_unit_shows_no_figure_but_says_where_it_is_counted(house: LeadershipHouse) -> None:
    page = read(house, "/leadership/home-2026/units/B22").text
    assert "人数少的单位（合并）" in page
    assert "不到 5 人作答" in page
    assert '<svg class="chart"' not in page


@pytest.mark.parametrize(
    ("address", "table", "released"),
    [
        ("/leadership/home-2026/units", "heat", staff_home()),
        ("/leadership/quick-2026/units", "heat", quick()),
        ("/leadership/home-2026", "data", staff_home()),
        ("/leadership/needs-2026", "data", needs()),
        ("/leadership/quick-2026", "data", quick()),
    ],
)
def test_every_number_in_a_table_stands_in_the_released_document(
    house: LeadershipHouse, address: str, table: str, released: Released
) -> None:
    cells = [text for text in Cells(read(house, address).text).of(table) if "=1+1" not in text]
    shown = numbers_in([text.replace("2025 年", "") for text in cells])
    before = numbers_of(staff_home("home-2025", "2025", lift=-3)) if released.poll.id == "home-2026" else set()
    assert shown
    assert shown <= numbers_of(released) | before


def test_every_number_in_a_units_table_of_questions_stands_in_this_or_the_earlier_document(
    house: LeadershipHouse,
) -> None:
    cells = Cells(read(house, "/leadership/home-2026/units/B15").text).of("items")
    shown = numbers_in([text.replace("2025 年", "") for text in cells])
    assert shown <= numbers_of(staff_home()) | numbers_of(staff_home("home-2025", "2025", lift=-3))
    assert {76, 72, 80, 42} <= shown  # b02 of the unit: its score, its interval and its base, and so on


def test_units_stand_by_type_and_in_the_order_of_the_document_never_by_score(house: LeadershipHouse) -> None:
    page = read(house, "/leadership/home-2026/units").text
    names = ["全校在职", "学院", "法学院", "医学院", "机关", "直属单位", "出版社", "档案馆", "合并统计", "离退休教职工"]
    places = [page.index(f">{name}<") for name in names]
    assert places == sorted(places)


def test_the_overview_tells_the_wave_before_but_passes_no_verdict(house: LeadershipHouse) -> None:
    page = read(house, "/leadership/home-2026").text
    assert "<b>65%</b> 的教职工说，分工会经常或总是主动了解他们的困难。" in page
    assert "2025年" in page
    assert "看年度评价" in page
    for verdict in ("提高了", "下降了", "比去年高", "比去年低", "第1名", "排名第"):
        assert verdict not in page


def test_needs_are_shown_apart_as_urgent_hardest_and_wanted(house: LeadershipHouse) -> None:
    page = read(house, "/leadership/needs-2026").text
    for heading in ("最急的", "靠自己最难解决的", "最需要工会帮助解决的"):
        assert f"<h2>{heading}</h2>" in page


def test_a_hostile_title_stays_text_on_the_page(house: LeadershipHouse) -> None:
    page = read(house, "/leadership/quick-2026").text
    assert "<b>新办法</b>" not in page
    assert "&lt;b&gt;新办法&lt;/b&gt;" in page


def test_the_table_of_cells_is_the_released_document_cell_by_cell(house: LeadershipHouse) -> None:
    released = staff_home()
    answer = read(house, "/leadership/home-2026/cells.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    items = {(row["单位编号"], row["编号"]): row for row in rows if row["表"] == "items"}
    assert len(items) == len(released.item_figures)
    for figure in released.item_figures:
        row = items[figure.unit, figure.column]
        shares = (figure.share_percent, figure.share_low, figure.share_high)
        boxes = (figure.top_two_box_percent, figure.top_two_box_low, figure.top_two_box_high)
        expected = (figure.base, figure.mean, figure.mean_low, figure.mean_high, *(shares if any(shares) else boxes))
        heads = ("有效回答人数", "得分", "得分下限", "得分上限", "百分比", "百分比下限", "百分比上限")
        assert tuple(row[head] for head in heads) == tuple("" if each is None else str(each) for each in expected)
        assert bool(row["不公布的原因"]) == bool(figure.withheld)
    criteria = [row for row in rows if row["表"] == "criteria"]
    assert [row["得分"] for row in criteria] == [
        "" if figure.score is None else str(figure.score) for figure in released.criterion_figures
    ]


def test_a_text_that_looks_like_a_formula_is_defused_in_the_table(house: LeadershipHouse) -> None:
    rows = list(csv.reader(StringIO(read(house, "/leadership/quick-2026/cells.csv").text)))
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=1+1") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("made", [empty, few])
def test_a_poll_that_hardly_anybody_answered_is_read_in_words(tmp_path, made) -> None:
    released = made()
    house = leadership_house(tmp_path, (released,))
    for address in ("", "/units", "/units/B15", "/cells.csv"):
        assert read(house, f"/leadership/{released.poll.id}{address}").status_code == 200
    page = house.app.test_client().get(f"/results/{released.poll.id}?unit=B15")
    assert page.status_code == 200
    assert "应参加 700 人" in page.text
    house.stores.registry.dispose()
    house.stores.ballot_box.dispose()


def test_before_the_first_release_the_overview_says_so(tmp_path) -> None:
    house = leadership_house(tmp_path, ())
    assert "还没有公布的结果" in read(house, "/leadership/").text
    assert "还没有公布的结果" in house.app.test_client().get("/results").text
    house.stores.registry.dispose()
    house.stores.ballot_box.dispose()


def test_plotly_comes_from_this_server_and_is_kept_for_ever(house: LeadershipHouse) -> None:
    page = read(house, "/leadership/home-2026").text
    address = re.search(r'data-plotly="([^"]+)"', page)
    assert address
    script = house.app.test_client().get(address[1], headers={"Accept-Encoding": "gzip"})
    assert script.headers["Content-Encoding"] == "gzip"
    assert "immutable" in script.headers["Cache-Control"]
    assert house.app.test_client().get("/leadership/plotly-0.0.js").status_code == 404
