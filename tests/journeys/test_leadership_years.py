"""The year's assessment at leadership's door: grades, units by criteria, three groups, needs, years, one unit, the method."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser

import pytest

from survey_app.services.method_cards import cards_in_force
from survey_app.web.headers import POLICY
from survey_app.web.year_words import CARDS
from tests.journeys.leadership_house import LeadershipHouse, leadership_house
from tests.journeys.leadership_releases import needs, staff_home
from tests.journeys.leadership_years import assessed

YEAR = "/leadership/years/2026"
PAGES = (
    YEAR,
    f"{YEAR}/units",
    f"{YEAR}/units?show=questions",
    f"{YEAR}/classes",
    f"{YEAR}/needs",
    f"{YEAR}/trends",
    f"{YEAR}/units/B15",
    f"{YEAR}/units/B06",
    f"{YEAR}/units/B21",
    f"{YEAR}/units/B24",
    "/leadership/years/2025",
    "/leadership/years/2025/trends",
    "/leadership/method",
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LeadershipHouse]:
    made = leadership_house(tmp_path_factory.mktemp("years"))
    yield made
    made.stores.registry.dispose()
    made.stores.ballot_box.dispose()


def read(house: LeadershipHouse, address: str, officer: str = "principal") -> str:
    page = house.signed_in(officer).get(address)
    assert page.status_code == 200, address
    return page.text


class Cells(HTMLParser):
    """Cells of the heat map: (row name, column, class of the cell, text)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.cells: list[tuple[str, str, str, str]] = []
        self._row, self._tag, self._text = "", "", ""
        self._kind, self._label = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in {"td", "th"}:
            self._tag, self._text = tag, ""
            self._kind, self._label = values.get("class") or "", values.get("data-label") or ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "th":
            self._row = " ".join(self._text.split())
        if tag == "td" and self._tag == "td":
            self.cells.append((self._row, self._label, self._kind, " ".join(self._text.split())))

    def of(self, name: str) -> list[tuple[str, str, str]]:
        return [(label, kind, text) for row, label, kind, text in self.cells if row.startswith(name)]


def numbers_of(document: object) -> set[int]:
    """Every whole number anywhere in a released document."""
    if isinstance(document, bool) or document is None or isinstance(document, str):
        return set()
    if isinstance(document, int):
        return {abs(document)}
    if isinstance(document, tuple | list):
        return {number for each in document for number in numbers_of(each)}
    if is_dataclass(document):
        return {n for f in fields(document) if f.name != "_index" for n in numbers_of(getattr(document, f.name))}
    return set()


def test_the_door_opens_on_the_newest_assessed_year(house: LeadershipHouse) -> None:
    page = house.signed_in("principal").get("/leadership/")
    assert (page.status_code, page.location) == (303, YEAR)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_a_title_and_the_strict_policy_and_one_language(
    house: LeadershipHouse, address: str, language: str
) -> None:
    page = house.signed_in("principal").get(f"{address}{'&' if '?' in address else '?'}lang={language}")
    assert page.status_code == 200
    assert page.headers["Content-Security-Policy"] == POLICY
    assert page.headers["Cache-Control"] == "no-store"
    assert re.search(r"<title>\S.+</title>", page.text)
    assert " style=" not in page.text
    if language == "en":
        visible = re.sub(r"<script.*?</script>|<title>.*?</title>", "", page.text, flags=re.DOTALL)
        visible = visible.replace("中文", "").replace("未按期换届", "")
        assert re.findall(r"[\u4e00-\u9fff，。：、；（）]+", visible) == []


@pytest.mark.parametrize("address", PAGES)
def test_nobody_reads_without_signing_in(house: LeadershipHouse, address: str) -> None:
    assert house.app.test_client().get(address).status_code == 303


@pytest.mark.parametrize("address", [f"{YEAR}", f"{YEAR}/units", f"{YEAR}/classes", f"{YEAR}/trends"])
def test_a_branch_officer_reads_the_own_unit_and_the_university_only(house: LeadershipHouse, address: str) -> None:
    page = read(house, address, "medicine")
    assert "医学院" in page
    for other in ("法学院", "机关", "出版社", "电气学院", "离退休教职工"):
        assert f">{other}<" not in page
        assert f"{other} " not in page


def test_the_page_of_another_unit_is_not_there_for_a_branch_officer(house: LeadershipHouse) -> None:
    client = house.signed_in("medicine")
    assert client.get(f"{YEAR}/units/B15").status_code == 200
    assert client.get(f"{YEAR}/units/B09").status_code == 404


@pytest.mark.parametrize("address", ["/leadership/years/2024", f"{YEAR}/units/B99", f"{YEAR}/units?show=all"])
def test_what_is_not_released_is_not_there(house: LeadershipHouse, address: str) -> None:
    assert house.signed_in("principal").get(address).status_code == 404


def test_a_cell_is_coloured_only_where_its_own_class_is_clear(house: LeadershipHouse) -> None:
    cells = Cells(read(house, f"{YEAR}/units"))
    assert cells.of("医学院")[0] == ("组织健全", "", "75 71–78")
    assert cells.of("医学院")[1] == ("维权到位", "l1", "76 72–79明显低于其他单位")
    assert [kind for _label, kind, _text in cells.of("法学院")[:3]] == [
        "h2",
        "h2",
        "h2",
    ]  # 13 points above the university


@pytest.mark.parametrize("name", ["电气学院", "离退休教职工"])
def test_units_to_be_checked_and_the_retired_stay_uncoloured(house: LeadershipHouse, name: str) -> None:
    cells = Cells(read(house, f"{YEAR}/units")).of(name)
    assert len(cells) == 4
    assert {kind for _label, kind, _text in cells} == {""}


def test_a_cell_without_a_number_says_why_and_holds_none(house: LeadershipHouse) -> None:
    label, kind, text = Cells(read(house, f"{YEAR}/units")).of("出版社")[0]
    assert (label, kind, text) == ("组织健全", "off", "不公布作答人数少于规定下限")


def test_grades_say_what_is_missed_and_keep_vetoes_apart(house: LeadershipHouse) -> None:
    page = " ".join(re.sub(r"<[^>]+>", " ", read(house, YEAR)).split())
    assert "模范 1 法学院 条件全部达到" in page
    assert "机关 77 群众评价得分低于模范线 78" in page
    assert "电气学院 55% 的答卷全部选同一项，先核实" in page
    assert "医学院 47% 作答率不到先进要求的 50%" in page
    assert "一票否决另列，1 项 出版社：未按期换届（2026-10-12 登记）" in page


def test_the_three_sentences_stand_with_last_year_and_a_verdict(house: LeadershipHouse) -> None:
    page = read(house, YEAR)
    assert "工会知道、仍需帮助的 204 件困难里，<b>96</b> 件已解决。" in page
    assert "2026年 75，误差范围 71 到 78；2025年 66，误差范围 62 到 69" in page
    assert page.count("比上一年好，超出误差范围") == 3


def test_units_stand_in_three_groups_with_ranges_and_never_a_single_rank(house: LeadershipHouse) -> None:
    page = read(house, f"{YEAR}/classes")
    heads = ["明显高于其他单位", "看不出差别，先后次序没有意义", "答卷有异常，先核实", "单列，不计入全校在职"]
    places = [page.index(head) for head in heads]
    assert places == sorted(places)
    assert "第 2 到第 4 之间，共 4 个单位" in page
    assert not re.search(r"第 ?\d+ ?名(?!次)", page)


def test_a_trend_says_which_units_changed_their_name_or_their_branches(house: LeadershipHouse) -> None:
    page = " ".join(re.sub(r"<[^>]+>", " ", read(house, f"{YEAR}/trends")).split())
    assert "上一年度该单位由其他分工会组成 上一次叫“校出版社”。" in page
    assert "机关 没有这个单位" in page
    assert "上一年有、今年没有的单位（并入其他单位或已撤销）：老干部处。" in page


def test_what_rests_on_ledger_and_promises_is_left_out_whole(house: LeadershipHouse) -> None:
    for address in PAGES[:-1]:
        for absent in ("困难台账", "件件可查", "改进承诺", "超 30 天"):
            assert absent not in read(house, address)


@pytest.mark.parametrize("address", [f"{YEAR}/units", f"{YEAR}/classes", f"{YEAR}/needs", f"{YEAR}/trends"])
def test_every_number_in_a_table_stands_in_a_released_document(house: LeadershipHouse, address: str) -> None:
    released = (assessed(), assessed("2025", lift=-9), needs(), staff_home())
    known = {number for document in released for number in numbers_of(document)}
    cells = [text for _row, _label, _kind, text in Cells(read(house, address)).cells]
    shown = {int(number.replace(",", "")) for text in cells for number in re.findall(r"\d[\d,]*", text)}
    assert shown
    assert shown <= known


def test_every_figure_leads_to_its_card(house: LeadershipHouse) -> None:
    cards = {card.id for card in cards_in_force()}
    assert set(CARDS.values()) <= cards
    for address in PAGES:
        linked = set(re.findall(r'/leadership/method#([\w.]+)"', read(house, address)))
        assert linked <= cards
    assert read(house, "/leadership/method").count('class="card method-card"') == len(cards)


def test_before_any_year_is_assessed_the_newest_poll_is_the_front(tmp_path) -> None:
    made = leadership_house(tmp_path, (staff_home(),))
    assert "2026年分工会工作评议" in read(made, "/leadership/")
    assert made.signed_in("principal").get(YEAR).status_code == 404
    made.stores.registry.dispose()
    made.stores.ballot_box.dispose()


def test_needs_stand_beside_the_services_that_answer_them_what_to_act_on_first(house: LeadershipHouse) -> None:
    page = " ".join(re.sub(r"<[^>]+>", " ", read(house, f"{YEAR}/needs")).split())
    assert "工作负荷 20%（17–23） 没有相应的服务 考虑新设：需要的人多，还没有相应的服务 住房或租房" in page
    assert "住房或租房 7%（5–10） 租房服务 82（75–88） 保持：需要的人多，服务好" in page


def test_a_unit_shows_its_distribution_in_the_answers_that_may_be_told(house: LeadershipHouse) -> None:
    page = read(house, f"{YEAR}/units/B15")
    assert "非常满意 45%；比较满意 36%；一般、不太满意、非常不满意 19%" in page
    assert "总体满意度怎样分布" not in read(house, f"{YEAR}/units/B21")


def test_comments_are_told_by_question_with_the_words_that_many_used_and_never_a_units_own(
    house: LeadershipHouse,
) -> None:
    page = read(house, YEAR)
    assert page.index("食堂") < page.index("停车")
    assert "最该改进的" in page
    assert "120 条" in page
    assert "本院" not in page


@pytest.mark.parametrize("officer", ["principal", "medicine"])
@pytest.mark.parametrize("address", [YEAR, f"{YEAR}/units", f"{YEAR}/units/B15"])
def test_the_button_of_a_page_hands_out_a_file_its_reader_may_have(
    house: LeadershipHouse, address: str, officer: str
) -> None:
    found = re.search(r'class="button(?:-plain)?" href="([^"]+)"', read(house, address, officer))
    assert found
    file = house.signed_in(officer).get(found[1].replace("&amp;", "&"))
    assert file.status_code == 200
    assert file.data.startswith(b"PK")
