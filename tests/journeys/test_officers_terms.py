"""The officers' page of a term: open it, numbers in fives, invitations by "not collected", printed sign-in codes."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import insert, select

from survey_app.services import auditing, registering, signing_in
from survey_app.services.inviting import mailings
from survey_app.services.terms import term, terms
from survey_app.sign_in_settings import SignInSettings
from survey_app.store.registry import Issuance, Mail, PersonalCode
from tests.members_house import MembersHouse, members_house, roster
from tests.officers_house import PASSWORD, PEOPLE, form_fields

WAYS = SignInSettings(ways=("email", "code"), smtp="smtp://127.0.0.1:9", mail_from="union@jut.example")
TERM = {"id": "2026", "title_zh": "2026年度", "title_en": "", "first_day": "2026-11-18", "last_day": "2026-12-31"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[MembersHouse]:
    made = members_house(tmp_path, WAYS)
    for name, shown, role, branch in PEOPLE:
        signing_in.add_officer(made.stores, name, shown, role, PASSWORD, branch_id=branch)
    yield made
    made.close()


class Desk:
    def __init__(self, house: MembersHouse, name: str = "union", language: str = "zh") -> None:
        self.client = house.app.test_client()
        with self.client.session_transaction(base_url="http://localhost/officers/", path="/officers/") as session:
            session["lang"] = language
            session["token"] = signing_in.sign_in(house.stores, name, PASSWORD, datetime.now(UTC))

    def get(self, path: str):
        return self.client.get(path)

    def post(self, path: str, **fields: str):
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get("/officers/").text)
        assert token
        return self.client.post(path, data={"csrf_token": token[1], **fields}, follow_redirects=True)


def collect(house: MembersHouse, numbers: list[str]) -> None:
    with house.stores.registry.begin() as connection:
        for slot in term(house.stores).slots:
            rows = [
                {"slot_id": slot.slot_id, "staff_number": n, "method": "ticket", "key_id": bytes(32)} for n in numbers
            ]
            connection.execute(insert(Issuance), rows)


def test_an_officer_opens_the_term_and_sees_how_far_collecting_is(house: MembersHouse) -> None:
    desk = Desk(house)
    assert "计算机学院分工会" in desk.get("/officers/terms").text
    opened = desk.post("/officers/terms", **TERM)
    assert "已开设，共 56 人可以领取" in opened.text
    assert "领的人还不到 5 个" in opened.text
    assert auditing.entries(house.stores)[0].action == "open_term"
    collect(house, [str(10001 + n) for n in range(13)])
    page = desk.get("/officers/terms").text
    assert "约 10 人已领" in page
    assert re.search(r"计算机学院分工会</th><td[^>]*>10<", page)
    assert re.search(r"医学院分工会</th><td[^>]*>不到 5<", page)
    assert "Booklets" in Desk(house, language="en").get("/officers/terms").text


def test_the_page_says_before_how_long_it_takes_and_pressing_twice_opens_one_term(house: MembersHouse) -> None:
    desk, other = Desk(house), Desk(house, language="en")
    page = desk.get("/officers/terms").text
    assert re.search(r"要给 3 个单位各做 12 把钥匙，大约 [12] 秒", page)
    assert "Twelve keys are made for each of 3 units" in other.get("/officers/terms").text
    for _ in range(2):  # without script: the form is sent again before the next page is there
        assert "已开设，共 56 人可以领取" in desk.post("/officers/terms", **TERM).text
    told = other.post("/officers/terms", **(TERM | {"title_zh": "另一个年度"}))
    assert told.status_code == 200
    assert "“2026” is open already" in told.text
    assert "2026年度" in told.text or "Year 2026" in told.text
    assert [one.id for one in terms(house.stores)] == ["2026"]


def test_no_name_and_no_staff_number_is_on_the_page(house: MembersHouse) -> None:
    desk = Desk(house)
    desk.post("/officers/terms", **TERM)
    collect(house, ["10001"])
    page = desk.get("/officers/terms").text
    assert not re.search(r"会员1\d{4}|\b1\d{4}\b|@jut", page)


def test_what_does_not_fit_is_told_and_nothing_is_opened(house: MembersHouse) -> None:
    desk = Desk(house)
    answer = desk.post("/officers/terms", **(TERM | {"id": "二〇二六", "last_day": "2026-01-01"}))
    assert answer.status_code == 422
    assert "不能晚于" in answer.text
    assert desk.post("/officers/terms", **(TERM | {"first_day": "soon"})).status_code == 422


def fields_of(page: str) -> dict[str, str]:
    return {name: value for name, value in form_fields(page).items() if name not in ("q", "lang")}


def test_units_are_merged_and_left_out_as_the_officer_chooses(house: MembersHouse) -> None:
    desk = Desk(house)
    fields = fields_of(desk.get("/officers/terms").text) | TERM
    assert {name for name in fields if name.startswith("unit-")} == {"unit-B07", "unit-B15", "unit-B22"}
    chosen = {"unit-B07": "1", "unit-B22": "1", "unit-B15": "out", "merge-1-zh": "计算机与档案", "merge-1-en": "Both"}
    desk.post("/officers/terms", **(fields | chosen))
    (unit,) = term(house.stores).units
    assert (unit.id, unit.name.zh, unit.name.en, unit.n_eligible) == ("merged-1", "计算机与档案", "Both", 36)
    assert unit.branches == ("B07", "B22")


def test_units_that_do_not_fit_are_told_and_what_was_typed_stays(house: MembersHouse) -> None:
    desk = Desk(house, language="en")
    fields = fields_of(desk.get("/officers/terms").text) | TERM
    nameless = fields | {"unit-B07": "2", "unit-B22": "2", "unit-B15": "out", "title_zh": "二〇二六", "merge-2-zh": ""}
    answer = desk.post("/officers/terms", **nameless)
    assert answer.status_code == 422
    assert 'href="#merge-2-zh"' in answer.text
    kept = fields_of(answer.text)
    assert {name: kept[name] for name in nameless} == nameless
    nobody = fields | {"unit-B07": "out", "unit-B22": "out", "unit-B15": "out"}
    assert "at least one reporting unit" in desk.post("/officers/terms", **nobody).text
    unknown = desk.post("/officers/terms", **(fields | {"unit-B07": "9"}))
    assert unknown.status_code == 422
    assert terms(house.stores) == ()


def test_a_small_unit_must_be_merged_or_left_out_by_the_roster_s_count(house: MembersHouse) -> None:
    registering.import_roster(house.stores, roster({"B07": 24, "B15": 20, "B22": 9}).encode(), "union")
    desk = Desk(house)
    fields = fields_of(desk.get("/officers/terms").text) | TERM
    answer = desk.post("/officers/terms", **fields)
    assert answer.status_code == 422
    assert "只有9人" in answer.text
    assert "已开设，共 44 人可以领取" in desk.post("/officers/terms", **(fields | {"unit-B22": "out"})).text


def test_each_kind_of_small_branches_may_have_its_own_merged_unit(house: MembersHouse) -> None:
    kinds = {"学院": "X", "机关": "J", "直属": "Z", "后勤": "H", "离退休": "L"}
    rows = [f"{letter}{n},{kind}{n},,{kind},6" for kind, letter in kinds.items() for n in (1, 2)]
    registering.import_units(
        house.stores, "\n".join(["单位编号,单位名称,英文名,类型,会员人数", *rows]).encode(), "union"
    )
    registering.import_roster(
        house.stores, roster({f"{letter}{n}": 6 for letter in kinds.values() for n in (1, 2)}).encode(), "union"
    )
    desk = Desk(house)
    fields = fields_of(desk.get("/officers/terms").text) | TERM
    assert sorted(value for name, value in fields.items() if name.startswith("unit-")) == sorted("1122334455")
    assert "已开设，共 60 人可以领取" in desk.post("/officers/terms", **fields).text
    assert {unit.n_eligible for unit in term(house.stores).units} == {12}


def test_invitations_go_to_whoever_has_not_collected(house: MembersHouse) -> None:
    desk = Desk(house)
    desk.post("/officers/terms", **TERM)
    collect(house, ["10001", "10002"])
    page = desk.post("/officers/terms/mail", kind="invitation").text
    assert "正在发：0 / 51" in page
    with house.stores.registry.connect() as connection:
        assert "10001" not in set(connection.scalars(select(Mail.staff_number)))
    assert "上一批还没有发完" in desk.post("/officers/terms/mail", kind="reminder").text
    (mailing,) = mailings(house.stores, "2026")
    assert "已停止发送" in desk.post(f"/officers/terms/mail/{mailing.id}/stop").text
    assert "提醒还没领的人" in desk.get("/officers/terms").text


def test_printed_codes_stand_in_the_pdf_alone_and_sign_in(house: MembersHouse) -> None:
    made = Desk(house).post("/officers/terms/codes", branch="", everybody="")
    assert made.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made.data)).pages)
    codes = re.findall(r"\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b", text)
    assert len(codes) == 3  # one member of each unit has no address
    assert "10024" in text
    with house.stores.registry.connect() as connection:
        assert len(connection.scalars(select(PersonalCode.staff_number)).all()) == 3
    stored = b"".join(path.read_bytes() for path in house.folder.rglob("*") if path.is_file())
    assert not any(code.encode() in stored or code.replace("-", "").encode() in stored for code in codes)
    visitor = house.visitor()
    asked = visitor.post("/account/sign-in/code", code=codes[0])
    assert visitor.say_yes(asked.text).status_code == 303


def test_a_new_code_makes_the_old_one_void(house: MembersHouse) -> None:
    desk = Desk(house)

    def drawn() -> str:
        made = desk.post("/officers/terms/codes", branch="B22")
        text = PdfReader(io.BytesIO(made.data)).pages[0].extract_text()
        found = re.search(r"\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b", text)
        assert found
        return found[0]

    old, new = drawn(), drawn()
    assert house.visitor().post("/account/sign-in/code", code=old).status_code == 422
    assert house.visitor().post("/account/sign-in/code", code=new).status_code == 200


def test_a_term_is_ended_only_after_a_tick(house: MembersHouse) -> None:
    desk = Desk(house)
    desk.post("/officers/terms", **TERM)
    assert "请先勾选确认" in desk.post("/officers/terms/2026/end").text
    assert "年度已结束" in desk.post("/officers/terms/2026/end", sure="yes").text
    assert desk.post("/officers/terms/none/end", sure="yes").status_code == 404
    assert 'value="2026-2"' in desk.get("/officers/terms").text  # the ended one keeps its own
    assert "已开设" in desk.post("/officers/terms", **(TERM | {"id": "2026-2"})).text


@pytest.mark.parametrize("name", ["medicine", "principal"])
def test_branch_officers_and_leadership_see_nothing_of_it(house: MembersHouse, name: str) -> None:
    assert Desk(house, name).get("/officers/terms").status_code in (303, 403)


def test_where_members_cannot_sign_in_there_is_no_term_page(tmp_path: Path) -> None:
    made = members_house(tmp_path, SignInSettings())
    signing_in.add_officer(made.stores, "union", "周敏", "university_officer", PASSWORD)
    desk = Desk(made)
    assert desk.get("/officers/terms").status_code == 404
    assert "年度领取" not in desk.get("/officers/").text
    made.close()


def test_a_roster_may_bring_addresses(house: MembersHouse) -> None:
    fine = registering.preview_roster(house.stores, roster().encode())
    assert fine.list.members[0].email == "m10001@jut.example"
    assert fine.list.members[23].email is None
    wrong = "工号,姓名,单位,电子邮箱\n1,甲,B07,x@jut.example\n2,乙,B07,X@JUT.example\n3,丙,B07,没有\n"
    faults = registering.preview_roster(house.stores, wrong.encode()).list.faults
    assert [(fault.kind, fault.row, fault.column) for fault in faults] == [
        ("repeated_address", 3, "email"),
        ("bad_address", 4, "email"),
    ]
