"""Publishing the yearly assessment at the officers' desk, the plan before it, and the public files after it."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from survey_app.app import create_app
from survey_app.services import assessing, auditing, signing_in
from survey_app.settings import Settings
from tests.officers_house import PASSWORD, OfficersHouse
from tests.small_university import TODAY, SmallUniversity, small_university, sqlite_university

__all__ = ["small_university", "sqlite_university"]
PAGE = "/officers/assessments/2026"
RECORDS = f"{PAGE}/units/b14"


@pytest.fixture
def kind() -> str:
    return "sqlite"


@pytest.fixture
def house(small_university: SmallUniversity) -> OfficersHouse:
    folder = small_university.folder
    environment = {"SURVEY_INSTANCE": str(folder), "SURVEY_SECRET": "s" * 32}
    app = create_app(Settings.from_environment(environment))
    app.config.update(TESTING=True, TODAY=TODAY)
    stores = small_university.stores
    people = (
        ("union", "university_officer", None),
        ("root", "administrator", None),
        ("branch", "branch_officer", "B14"),
    )
    for name, role, branch in people:
        signing_in.add_officer(stores, name, name, role, PASSWORD, branch_id=branch)
    return OfficersHouse(app, stores, Path(folder))


def test_the_officer_sees_what_goes_in_enters_records_and_publishes_once(house: OfficersHouse) -> None:
    desk = house.desk("union")
    assert "2026年度评估可以公布了" in desk.get("/officers/").text
    before = desk.get(PAGE).text
    assert "现在公布2026年度评估吗？" in before
    assert "2026年职工之家评议" in before
    assert "这个年度没有做" in before
    assert before.count('class="button"') == 1
    assert desk.post(RECORDS, {"evidence": "85", "cases": "12", "solved": "9"}).status_code == 303
    assert desk.post(f"{RECORDS}/vetoes", {"reason": "未按期换届", "day": "2026-11-20"}).status_code == 303
    assert "台账办结 12 件、解决 9 件" in desk.get(PAGE).text
    assert desk.post(PAGE).status_code == 303
    assert desk.post(PAGE).status_code == 200
    released = assessing.released_assessment(house.stores, "2026")
    assert released.unit("b14").evidence.value == 85
    assert released.unit("b14").vetoes[0].day == "2026-11-20"
    after = desk.get(PAGE).text
    assert hashlib.sha256(released.to_json()).hexdigest() in after
    assert "公布年度评估" not in after.replace("操作记录", "")
    done = [entry.action for entry in auditing.entries(house.stores, limit=3)]
    assert done == ["release_assessment", "enter_veto", "enter_records"]
    assert "2026年度：" in desk.get("/officers/audit").text
    assert desk.post(RECORDS, {"evidence": "1"}).status_code == 422


@pytest.mark.parametrize("address", ["/officers/assessments", PAGE, RECORDS])
def test_branch_officers_may_neither_see_nor_publish(house: OfficersHouse, address: str) -> None:
    desk = house.desk("branch")
    assert desk.get(address).status_code == 403
    assert desk.post(address).status_code in {403, 405}
    assert desk.post(f"{RECORDS}/vetoes", {"reason": "x", "day": "2026-11-20"}).status_code == 403
    assert assessing.assessed_waves(house.stores) == ()


def test_faults_are_named_beside_their_fields_and_keep_what_was_typed(house: OfficersHouse) -> None:
    desk = house.desk("root", "en")
    page = desk.post(RECORDS, {"evidence": "120", "cases": "", "solved": ""})
    assert (page.status_code, "from 0 to 100" in page.text) == (422, True)
    page = desk.post(RECORDS, {"evidence": "good", "cases": "3", "solved": "3"})
    assert (page.status_code, "A whole number of 0 or more" in page.text) == (422, True)
    page = desk.post(f"{RECORDS}/vetoes", {"reason": " ", "day": "soon"})
    assert (page.status_code, "State the reason." in page.text) == (422, True)
    for address in ("/officers/assessments/2031", f"{PAGE}/units/nobody"):
        assert desk.get(address).status_code == 404


def test_anybody_may_read_the_public_files_and_check_them(house: OfficersHouse) -> None:
    assert house.desk("union").post(PAGE).status_code == 303
    reader = house.app.test_client()
    for folder, document in (("home-2026", "home-2026.released.json"), ("years/2026", "assessment-2026.released.json")):
        page = reader.get(f"/results/{folder}/files")
        assert page.status_code == 200
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in page.headers
        data = reader.get(f"/results/{folder}/files/{document}")
        assert hashlib.sha256(data.data).hexdigest() in page.text
        packed = zipfile.ZipFile(io.BytesIO(reader.get(f"/results/{folder}/files/all.zip").data))
        assert packed.read(document) == data.data
        for name in packed.namelist():
            assert f"/results/{folder}/files/{name}" in page.text
        assert reader.get(f"/results/{folder}/files/../../secret").status_code == 404
        assert reader.get(f"/results/{folder}/files/nothing.json").status_code == 404
    assert "python -m analysis home-2026.box --out results" in reader.get("/results/home-2026/files").text
    assert reader.get("/results/congress-2026/files").status_code == 404
    assert reader.get("/results/years/2031/files").status_code == 404


def test_staff_read_before_answering_what_will_be_published_and_what_never(house: OfficersHouse) -> None:
    reader = house.app.test_client()
    assert "/b/congress-2026/plan" in reader.get("/b/congress-2026").text
    page = reader.get("/b/congress-2026/plan").text
    assert "会公布" in page
    assert "永远不公布" in page
    assert "档案馆、高教所（合并）" in page
    assert "What will never be published" in reader.get("/b/congress-2026/plan?lang=en").text
    assert reader.get("/b/nothing/plan").status_code == 404
