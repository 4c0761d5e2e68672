"""Who may do what behind the officers' door: every endpoint, every role, and nobody at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.officers_house import PASSWORD, OfficersHouse, new_poll, officers_house

VALUES = {
    "poll_id": "home-2026",
    "questionnaire_id": "staff_home_annual",
    "wave": "2026",
    "unit_id": "b15",
    "int:veto_id": "1",
    "int:job_id": "1",
    "term_id": "2026",
    "draft_id": "b10c5a0f",
    "name": "yaml",
}
# What this house does not hold: a wave to assess, a draft, a frozen questionnaire beside another. Elsewhere tested with them.
NOT_HELD = ("/assessments/2026", "/drafts/b10c5a0f", "/drafts/frozen/home-2026/differences", "/terms", "/slips/mark")
# What a branch officer may open; everything else is for the university's officers.
BRANCH = {"officers.home", "officers.polls", "officers.fieldwork", "officers.poster", "officers.mark_slip"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficersHouse]:
    made = officers_house(Path(tmp_path_factory.mktemp("officers")))
    assert new_poll(made).status_code == 303
    yield made
    made.close()


def endpoints(app: Flask) -> list[tuple[str, str, str]]:
    """(endpoint, method, address) of the officers' door."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("officers."):
            address = str(rule)
            for name, value in VALUES.items():
                address = address.replace(f"<{name}>", value)
            found += [(rule.endpoint, method, address) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


def test_nobody_gets_in_without_signing_in(house: OfficersHouse) -> None:
    desk = house.desk()
    for endpoint, method, address in endpoints(house.app):
        answer = desk.get(address) if method == "GET" else desk.post(address)
        assert (answer.status_code, answer.location) == (303, "/officers/sign-in"), endpoint


def test_a_branch_officer_opens_the_pages_of_the_own_unit_and_nothing_else(house: OfficersHouse) -> None:
    desk = house.desk("medicine")
    for endpoint, method, address in endpoints(house.app):
        status = (desk.get(address) if method == "GET" else desk.post(address)).status_code
        held = not any(part in address for part in NOT_HELD)
        assert status == ((200 if held else 404) if endpoint in BRANCH else 403), f"{method} {endpoint}"


def test_an_administrator_opens_every_page(house: OfficersHouse) -> None:
    desk = house.desk("admin")
    for endpoint, method, address in endpoints(house.app):
        if method == "GET":
            held = not any(part in address for part in NOT_HELD)
            assert desk.get(address).status_code in ({200, 303} if held else {200, 303, 404}), endpoint


def test_a_session_of_leadership_is_worth_nothing_here(house: OfficersHouse) -> None:
    desk = house.desk("principal")
    assert desk.get("/officers/").location == "/officers/sign-in"


def test_leadership_is_told_to_use_its_own_door(house: OfficersHouse) -> None:
    answer = house.desk().post("/officers/sign-in", {"name": "principal", "password": PASSWORD})
    assert answer.status_code == 403
    assert "请用校领导的入口" in answer.text


def test_a_post_without_the_token_of_the_session_changes_nothing(house: OfficersHouse) -> None:
    desk = house.desk("union")
    for endpoint, method, address in endpoints(house.app):
        if method == "POST":
            assert desk.client.post(address, data={"csrf_token": "forged"}).status_code == 400, endpoint
    assert "停止收卷" not in house.desk("union").get("/officers/audit").text


def test_a_branch_officer_sees_own_figures_only(house: OfficersHouse) -> None:
    page = house.desk("medicine").get("/officers/polls/home-2026").text
    assert "医学院" in page
    assert "计算机学院" not in page
    assert "应参加 60 人" in page


def test_a_branch_officer_does_not_find_a_poll_that_leaves_the_own_unit_out(house: OfficersHouse) -> None:
    assert new_poll(house, "without-medicine", **{"unit-B15": "out"}).status_code == 303
    desk = house.desk("medicine")
    assert desk.get("/officers/polls/without-medicine").status_code == 404
    assert desk.get("/officers/polls/without-medicine/poster.pdf").status_code == 404
    assert "without-medicine" not in desk.get("/officers/polls").text


def test_the_poster_of_another_unit_is_not_found_by_a_branch_officer(house: OfficersHouse) -> None:
    assert house.desk("medicine").get("/officers/polls/home-2026/poster.pdf?unit=b07").status_code == 404
