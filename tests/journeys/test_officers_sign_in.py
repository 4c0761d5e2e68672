"""Signing in and out through the page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.officers_house import PASSWORD, OfficersHouse, officers_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[OfficersHouse]:
    made = officers_house(tmp_path)
    yield made
    made.close()


def test_signing_in_leads_home_and_renews_the_session(house: OfficersHouse) -> None:
    desk = house.desk()
    before = desk.token()
    answer = desk.post("/officers/sign-in", {"name": "union", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/officers/")
    assert "周敏" in desk.get("/officers/").text
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in ("officers_session=", "HttpOnly", "SameSite=Strict", "Path=/officers"))
    assert desk.client.post("/officers/sign-out", data={"csrf_token": before}).status_code == 400


def test_a_replayed_cookie_fails_after_sign_out(house: OfficersHouse) -> None:
    desk = house.desk("union")
    kept = desk.client.get_cookie("officers_session", path="/officers")
    assert kept is not None
    assert desk.post("/officers/sign-out").location == "/officers/sign-in"
    thief = house.app.test_client()
    thief.set_cookie("officers_session", kept.value, path="/officers")
    assert thief.get("/officers/").location == "/officers/sign-in"


def test_a_wrong_password_and_an_unknown_name_read_the_same(house: OfficersHouse) -> None:
    desk = house.desk()
    wrong = desk.post("/officers/sign-in", {"name": "union", "password": "no"})
    unknown = desk.post("/officers/sign-in", {"name": "niemand", "password": "no"})
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    shown = [re.sub(r'value="[^"]{40,}"', "", page.text) for page in (wrong, unknown)]  # without the form's token
    assert shown[0].replace("union", "niemand") == shown[1]
    assert "登录名或密码不对。" in wrong.text


def test_the_name_typed_comes_back_and_the_password_does_not(house: OfficersHouse) -> None:
    page = house.desk().post("/officers/sign-in", {"name": '"><b>x', "password": "my secret"}).text
    assert "&#34;&gt;&lt;b&gt;x" in page
    assert "my secret" not in page


def test_the_sixth_guess_gets_a_plain_sentence(house: OfficersHouse) -> None:
    desk = house.desk()
    answers = [desk.post("/officers/sign-in", {"name": "union", "password": "no"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "请等一分钟再试" in answers[-1].text


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"name": "union"},
        {"name": "x" * 100_000, "password": "y" * 100_000},
        {"name": "union\0", "password": "\0"},
        {"name": "union", "password": "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")},
    ],
)
def test_odd_sign_ins_get_the_form_again(house: OfficersHouse, sent: dict[str, str]) -> None:
    assert house.desk().post("/officers/sign-in", sent).status_code == 422


def test_broken_bytes_get_the_form_again(house: OfficersHouse) -> None:
    desk = house.desk()
    body = f"csrf_token={desk.token()}&name=%ff%fe&password=%80".encode()
    answer = desk.client.post("/officers/sign-in", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422


def test_somebody_signed_in_is_sent_home_from_the_sign_in_page(house: OfficersHouse) -> None:
    assert house.desk("union").get("/officers/sign-in").location == "/officers/"


def test_the_language_chosen_before_signing_in_stays(house: OfficersHouse) -> None:
    desk = house.desk()
    assert "Sign in" in desk.get("/officers/sign-in?lang=en").text
    desk.post("/officers/sign-in", {"name": "union", "password": PASSWORD})
    assert "to do today" in desk.get("/officers/").text or "needs doing" in desk.get("/officers/").text


def test_over_https_a_form_is_taken_without_a_referrer(house: OfficersHouse) -> None:
    desk = house.desk()
    data = {"csrf_token": desk.token(), "name": "union", "password": PASSWORD}
    answer = desk.client.post("/officers/sign-in", data=data, base_url="https://localhost")
    assert answer.status_code == 303


def test_a_database_locked_for_long_is_a_page_that_says_so(
    house: OfficersHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = house.desk("union")
    fields = {"csrf_token": desk.token()}
    monkeypatch.setattr("survey_app.store.patience.GIVE_UP_SECONDS", 0.05)
    with house.stores.registry.begin():  # somebody else writes and does not finish
        answer = desk.client.post("/officers/units/roster/remove", data=fields)
    assert answer.status_code == 503
    assert "现在忙不过来" in answer.text
    assert desk.client.post("/officers/units/roster/remove", data=fields).status_code == 303
