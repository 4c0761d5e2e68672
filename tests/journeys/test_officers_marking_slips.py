"""Slips of a poll by ticket: who draws one is noted first, and has no ticket then; who has a ticket draws none."""

import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from survey_app.services import auditing
from survey_app.sign_in_settings import SignInSettings
from survey_app.store.registry import Issuance
from tests.journeys.test_officers_ticket_polls import FORM, open_a_term
from tests.officers_house import TODAY, OfficersHouse, officers_house
from tests.small_terms import Browser, manifest_of

POLL = "/officers/polls/staff-home-2026"
MARK = f"{POLL}/slips/mark"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[OfficersHouse]:
    """With a poll by ticket that is not open yet."""
    made = officers_house(tmp_path, sign_in=SignInSettings(ways=("code",)))
    open_a_term(made)
    desk = made.desk("union")
    page = desk.post(FORM, desk.fields(FORM) | {"way": "ticket"}).text
    import re

    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert desk.post(FORM, fields | {"step": "freeze"}).status_code == 303
    yield made
    made.close()


def collect(house: OfficersHouse, number: str, unit: str) -> None:
    from survey_app.services.collecting import collect

    wanted = Browser(b"s" * 32, unit).wanted(manifest_of(house.stores))
    collect(house.stores, house.app.config["SECRET_KEY"], number, [wanted], TODAY)


def asked(house: OfficersHouse, number: str, step: str = "", who: str = "union") -> tuple[int, str]:
    answer = house.desk(who).post(MARK, {"staff_number": number, "step": step})
    return answer.status_code, html.unescape(answer.text)


def test_a_member_is_looked_up_noted_once_and_has_no_ticket_then(house: OfficersHouse) -> None:
    status, page = asked(house, " B07001 ")
    assert (status, "计算机" in page, "会员" in page, "不能撤回" in page) == (200, True, True, True)
    with house.stores.registry.connect() as connection:
        assert connection.scalar(select(Issuance.method)) is None
    assert asked(house, "B07001", "mark")[0] == 303
    with house.stores.registry.connect() as connection:
        assert connection.execute(select(Issuance.staff_number, Issuance.method)).all() == [("B07001", "slip")]
    assert "已经登记抽过一张" in asked(house, "B07001")[1]
    assert asked(house, "B07001", "mark")[0] == 303
    noted = [entry.object_ for entry in auditing.entries(house.stores) if entry.action == "mark_slip"]
    assert noted == ["staff-home-2026"]


def test_whoever_has_a_ticket_draws_none(house: OfficersHouse) -> None:
    collect(house, "B07002", "b07")
    for step in ("", "mark"):
        status, page = asked(house, "B07002", step)
        assert (status, "已经领了全年答题资格" in page) == (422, True)
        assert 'value="B07002"' in page  # what was typed stays
        assert 'autofocus aria-invalid="true" aria-describedby="errors"' in page


@pytest.mark.parametrize("number", ["", "nobody", "B99001", "' OR 1=1", "工" * 300])
def test_a_number_that_is_none_gets_a_sentence(house: OfficersHouse, number: str) -> None:
    status, page = asked(house, number, "mark")
    assert status == 422
    assert ("请填写工号" if not number else "没有这个工号") in page


def test_a_branch_officer_notes_members_of_the_own_unit_alone(house: OfficersHouse) -> None:
    assert asked(house, "B15001", "mark", "medicine")[0] == 303
    assert asked(house, "B07003", "mark", "medicine")[0] == 422


def test_slips_of_a_poll_by_ticket_are_printed_from_its_page(house: OfficersHouse) -> None:
    desk = house.desk("union")
    page = desk.get(POLL).text
    assert f"{MARK}" in page
    assert f"{POLL}/slips" in page
    drawn = desk.post(f"{POLL}/slips", {"unit": "b15", "count": "3"})
    assert (drawn.status_code, drawn.mimetype) == (200, "application/pdf")
    assert f"{MARK}" in house.desk("medicine").get(POLL).text
