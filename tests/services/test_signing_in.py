"""Signing in: guesses, sessions, accounts; on both databases."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.services import signing_in
from survey_app.services.signing_in import TooManyGuesses, WrongSignIn, officer_of, sign_in, sign_out
from survey_app.store.engines import Stores
from survey_app.store.registry import Officer, OfficerSession, SignInAttempt
from tests.small_polls import add_branches

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse"


@pytest.fixture
def house(stores: Stores) -> Stores:
    signing_in.add_officer(stores, "zhoumin", "周敏", "university_officer", PASSWORD)
    return stores


def test_the_right_password_begins_a_session_that_names_the_officer(house: Stores) -> None:
    officer = officer_of(house, sign_in(house, " zhoumin ", PASSWORD, NOW), NOW)
    assert officer is not None
    assert (officer.name, officer.display_name, officer.role) == ("zhoumin", "周敏", "university_officer")


def test_neither_password_nor_token_is_stored(house: Stores) -> None:
    token = sign_in(house, "zhoumin", PASSWORD, NOW)
    with Session(house.registry) as session:
        assert session.scalars(select(Officer.password_hash)).one().startswith("$argon2id$")
        assert session.scalars(select(OfficerSession.token_hash)).one() != token.encode()


@pytest.mark.parametrize(
    ("name", "password"), [("zhoumin", "wrong"), ("nobody", PASSWORD), ("", ""), ("a\0b", "x" * 5000)]
)
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(house: Stores, name: str, password: str) -> None:
    with pytest.raises(WrongSignIn):
        sign_in(house, name, password, NOW)


def test_an_unknown_name_costs_a_hash_too(house: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    verified = []
    matches = signing_in._matches
    monkeypatch.setattr(signing_in, "_matches", lambda *given: verified.append(given[0][:10]) or matches(*given))
    for name in ("zhoumin", "nobody"):
        with pytest.raises(WrongSignIn):
            sign_in(house, name, "wrong", NOW)
    assert verified == ["$argon2id$", "$argon2id$"]


@pytest.mark.parametrize("name", ["zhoumin", "nobody"])
def test_the_sixth_guess_within_a_minute_is_not_looked_at_even_if_right(house: Stores, name: str) -> None:
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            sign_in(house, name, "wrong", NOW)
    with pytest.raises(TooManyGuesses):
        sign_in(house, name, PASSWORD, NOW + timedelta(seconds=59))


def test_a_minute_later_the_right_password_works_and_wipes_the_guesses(house: Stores) -> None:
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            sign_in(house, "zhoumin", "wrong", NOW)
    assert sign_in(house, "zhoumin", PASSWORD, NOW + timedelta(seconds=61))
    with Session(house.registry) as session:
        assert session.scalars(select(SignInAttempt)).all() == []


def test_twenty_guesses_at_the_same_moment_are_still_five(house: Stores) -> None:
    seen: list[type[Exception]] = []

    def guess() -> None:
        try:
            sign_in(house, "zhoumin", "wrong", NOW)
        except (WrongSignIn, TooManyGuesses) as refused:
            seen.append(type(refused))

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (seen.count(WrongSignIn), seen.count(TooManyGuesses)) == (5, 15)


def test_a_session_ends_after_twelve_hours(house: Stores) -> None:
    token = sign_in(house, "zhoumin", PASSWORD, NOW)
    assert officer_of(house, token, NOW + timedelta(hours=11, minutes=59))
    assert officer_of(house, token, NOW + timedelta(hours=12)) is None


def test_a_session_ends_at_sign_out_and_others_go_on(house: Stores) -> None:
    here, there = (sign_in(house, "zhoumin", PASSWORD, NOW) for _ in range(2))
    sign_out(house, here)
    assert officer_of(house, here, NOW) is None
    assert officer_of(house, there, NOW)


def test_somebody_no_longer_active_is_out_at_once_and_stays_out(house: Stores) -> None:
    token = sign_in(house, "zhoumin", PASSWORD, NOW)
    with Session(house.registry) as session, session.begin():
        session.scalars(select(Officer)).one().active = False
    assert officer_of(house, token, NOW) is None
    with pytest.raises(WrongSignIn):
        sign_in(house, "zhoumin", PASSWORD, NOW)


def test_a_branch_officer_belongs_to_a_branch_that_exists(stores: Stores) -> None:
    add_branches(stores, {"B15": 60})
    signing_in.add_officer(stores, "chenjing", "陈静", "branch_officer", PASSWORD, branch_id="B15")
    officer = officer_of(stores, sign_in(stores, "chenjing", PASSWORD, NOW), NOW)
    assert officer is not None
    assert officer.branch_id == "B15"


@pytest.mark.parametrize(
    ("role", "password", "branch", "said"),
    [
        ("branch_officer", PASSWORD, None, "needs a branch"),
        ("branch_officer", PASSWORD, "B99", "no branch B99"),
        ("leadership", PASSWORD, "B01", "Only a branch officer"),
        ("leadership", "short", None, "at least 8"),
        ("leadership", "x" * 1001, None, "at most 1000"),
        ("king", PASSWORD, None, "unknown"),
    ],
)
def test_an_account_that_does_not_fit_is_refused_with_a_sentence(
    stores: Stores, role: str, password: str, branch: str | None, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        signing_in.add_officer(stores, "x", "X", role, password, branch_id=branch)


def test_a_name_is_given_once(house: Stores) -> None:
    with pytest.raises(ValueError, match="already"):
        signing_in.add_officer(house, "zhoumin", "另一位", "leadership", PASSWORD)
