"""A poll by ticket from the form: it needs an open term, takes its units, and names the scripts in its manifest."""

import html
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.ballots.encodings import from_base64url
from survey_app.services import designing
from survey_app.services.terms import TermWanted, open_term, term
from survey_app.sign_in_settings import SignInSettings
from survey_app.store.registry import RosterMember
from survey_app.web import formats
from survey_app.web.assets import bundle_sha384
from tests.officers_house import TODAY, OfficersHouse, officers_house

FORM = "/officers/polls/new/staff_home_annual"
OFFERED = re.compile(r'name="way" value="(?:ticket|combined)"')


@pytest.fixture
def house(tmp_path: Path) -> Iterator[OfficersHouse]:
    made = officers_house(tmp_path, sign_in=SignInSettings(ways=("code",)))
    yield made
    made.close()


def open_a_term(house: OfficersHouse) -> None:
    with Session(house.stores.registry) as session, session.begin():
        for branch, members in (("B07", 40), ("B15", 12)):
            session.add_all(
                RosterMember(staff_number=f"{branch}{n:03}", name="会员", branch_id=branch) for n in range(members)
            )
    wanted = TermWanted("2026", Text("2026年度"), TODAY, TODAY + timedelta(days=300), slots=2)
    open_term(house.stores, house.app.config["SECRET_KEY"], wanted, "union")


def test_without_an_open_term_the_form_says_so(house: OfficersHouse) -> None:
    desk = house.desk("union")
    page = html.unescape(desk.post(FORM, desk.fields(FORM) | {"way": "ticket"}).text)
    assert "还没有开设年度" in page
    assert designing.polls(house.stores) == ()


@pytest.mark.parametrize(("chosen", "mode"), [("ticket", "two_phases"), ("combined", "combined")])
def test_a_poll_by_ticket_is_checked_and_frozen_with_the_units_of_the_term(
    house: OfficersHouse, chosen: str, mode: str
) -> None:
    open_a_term(house)
    desk = house.desk("union")
    page = desk.post(FORM, desk.fields(FORM) | {"way": chosen}).text
    assert "凭年度答题资格" in page
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert desk.post(FORM, fields | {"step": "freeze"}).status_code == 303
    poll = designing.frozen_poll(house.stores.ballot_box, "staff-home-2026")
    assert poll.slot is not None
    assert (poll.way, poll.slot.slot_id, poll.slot.mode) == ("ticket", "2026-01", mode)
    assert [(unit.id, unit.n_eligible) for unit in poll.units] == [("b07", 40), ("b15", 12)]
    assert from_base64url(json.loads(poll.slot.manifest)["bundle_sha384"]) == bundle_sha384()
    assert term(house.stores).free_slots == 1
    assert "凭年度答题资格" in desk.get("/officers/polls").text
    assert 'href="/b/staff-home-2026/board"' in desk.get("/officers/polls/staff-home-2026").text


def test_a_term_that_ends_in_another_year_says_which(house: OfficersHouse) -> None:
    open_a_term(house)
    assert TODAY.year != (TODAY + timedelta(days=300)).year
    page = house.desk("union").get("/officers/terms").text
    first, last = (formats.day(day, year=True, in_language="zh") for day in (TODAY, TODAY + timedelta(days=300)))
    assert f"{first}—{last}领取" in page
    assert f"{last}前领好" in page


def test_the_ways_by_ticket_are_offered_where_members_can_sign_in_alone(house: OfficersHouse, tmp_path: Path) -> None:
    assert len(OFFERED.findall(house.desk("union").get(FORM).text)) == 2
    shut = officers_house(tmp_path / "shut")
    desk = shut.desk("union")
    assert not OFFERED.search(desk.get(FORM).text)
    page = html.unescape(desk.post(FORM, desk.fields(FORM) | {"way": "combined"}).text)
    assert "请选择怎样答题。" in page
    shut.close()
