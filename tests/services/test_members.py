"""Members' one-time tokens, sessions and codes on both databases, races included."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from survey_app.services import members
from survey_app.services.errors import WrongCode
from survey_app.services.members import NoSuchLink, NotOnRoster
from survey_app.services.personal_codes import draw_personal_codes
from survey_app.store.engines import Stores
from survey_app.store.registry import MemberLink, MemberSession
from tests.small_terms import small_university

NOW = datetime(2026, 11, 18, 9, 41, 27, tzinfo=UTC)


@pytest.fixture
def people(stores: Stores) -> Stores:
    small_university(stores)
    return stores


def count(stores: Stores, table: type) -> int:
    with stores.registry.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_of_eight_browsers_with_one_link_one_is_signed_in(people: Stores) -> None:
    token = members.token_for_staff_number(people, "b01-003", NOW)

    def use(_n: int) -> bool:
        try:
            return bool(members.sign_in(people, token, NOW))
        except NoSuchLink:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(use, range(8))) == [False] * 7 + [True]
    assert (count(people, MemberSession), count(people, MemberLink)) == (1, 0)


def test_signing_in_voids_the_member_s_other_links_and_nobody_else_s(people: Stores) -> None:
    first, other = (members.token_for_staff_number(people, "b01-003", NOW) for _ in range(2))
    somebody = members.token_for_staff_number(people, "b02-001", NOW)
    members.sign_in(people, first, NOW)
    with pytest.raises(NoSuchLink):
        members.whose(people, other, NOW)
    assert members.whose(people, somebody, NOW).staff_number == "b02-001"


def test_a_session_ends_with_the_hour_and_is_wiped_at_the_next_sign_in(people: Stores) -> None:
    session = members.sign_in(people, members.token_for_staff_number(people, "b01-003", NOW), NOW)
    end = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
    found = members.member_of(people, session, end - timedelta(seconds=1))
    assert found is not None
    assert (found.staff_number, found.branch_id) == ("b01-003", "B01")
    assert members.member_of(people, session, end) is None
    members.sign_in(people, members.token_for_staff_number(people, "b01-004", end), end)
    assert count(people, MemberSession) == 1


def test_who_is_not_on_the_roster_gets_no_token(people: Stores) -> None:
    for number in ("", "b01-999", "b01-003\0x", "' OR 1=1"):
        with pytest.raises(NotOnRoster):
            members.token_for_staff_number(people, number, NOW)


def test_new_codes_end_the_sessions_that_the_old_ones_began(people: Stores) -> None:
    (old, *_rest) = next(iter(draw_personal_codes(people, "B01", "union").values()))
    session = members.sign_in(people, members.token_for_code(people, old.code, NOW), NOW)
    (new, *_rest) = next(iter(draw_personal_codes(people, "B01", "union").values()))
    assert members.member_of(people, session, NOW) is None
    with pytest.raises(WrongCode):
        members.token_for_code(people, old.code, NOW)
    assert members.whose(people, members.token_for_code(people, new.code, NOW), NOW).staff_number == new.staff_number
