"""Members sign in at the account door: by a link in a real mail or a printed code; and the door is shut where no way is set."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from survey_app.ballots import slips
from survey_app.services import members
from survey_app.sign_in_settings import SignInSettings
from survey_app.store.registry import MemberLink, MemberSession, PersonalCode
from tests.members_house import MailServer, MembersHouse, mail_server, members_house

ADDRESS = "m10001@jut.example"


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def house(tmp_path: Path, post: MailServer) -> Iterator[MembersHouse]:
    ways = SignInSettings(ways=("email", "code"), smtp=f"smtp://127.0.0.1:{post.port}", mail_from="union@jut.example")
    made = members_house(tmp_path, ways)
    yield made
    made.close()


def asked_link(house: MembersHouse, post: MailServer, address: str = ADDRESS) -> str:
    before = len(post.taken)
    assert house.visitor().post("/account/sign-in/email", address=address).status_code == 200
    mail = post.wait_for(before + 1)[before][1]
    found = re.search(r"http://127\.0\.0\.1:8000(/account/link/\S+)", mail.get_content())
    assert found
    return found[1]


def test_a_link_from_a_mail_shows_whose_it_is_and_signs_in_after_a_yes(house: MembersHouse, post: MailServer) -> None:
    visitor = house.visitor()
    asked = visitor.get(asked_link(house, post))
    assert "会员10001" in asked.text
    assert "计算机学院分工会" in asked.text
    assert not visitor.is_signed_in()
    answer = visitor.say_yes(asked.text)
    assert (answer.status_code, answer.location) == (303, "/account/")
    assert "会员10001" in visitor.get("/account/").text


def test_a_link_works_once(house: MembersHouse, post: MailServer) -> None:
    address = asked_link(house, post)
    first, second = house.visitor(), house.visitor()
    one, other = first.get(address).text, second.get(address).text
    assert first.say_yes(one).status_code == 303
    assert second.say_yes(other).status_code == 410
    assert house.visitor().get(address).status_code == 410
    assert not second.is_signed_in()


def test_opening_a_link_uses_nothing_up(house: MembersHouse, post: MailServer) -> None:
    address = asked_link(house, post)
    for _ in range(5):
        assert house.visitor().get(address).status_code == 200
    visitor = house.visitor()
    assert visitor.say_yes(visitor.get(address).text).status_code == 303


def test_a_link_is_over_after_half_an_hour(house: MembersHouse, post: MailServer) -> None:
    address = asked_link(house, post)
    with house.stores.registry.begin() as connection:
        connection.execute(update(MemberLink).values(expires=datetime.now(UTC) - timedelta(seconds=1)))
    assert house.visitor().get(address).status_code == 410


def test_known_and_unknown_addresses_get_the_same_answer(house: MembersHouse, post: MailServer) -> None:
    known = house.visitor().post("/account/sign-in/email", address=ADDRESS)
    unknown = house.visitor().post("/account/sign-in/email", address="nobody@jut.example")
    post.wait_for(1)
    assert (known.status_code, known.data) == (unknown.status_code, unknown.data)
    asked_link(house, post, "m10002@jut.example")  # the queue is in order: nothing went to nobody
    assert {address for address, _mail in post.taken} == {ADDRESS, "m10002@jut.example"}


def test_capitals_and_wide_letters_in_an_address_make_no_difference(house: MembersHouse, post: MailServer) -> None:
    assert asked_link(house, post, " Ｍ10001@JUT.example ")


def test_nobody_can_fill_a_mailbox(house: MembersHouse, post: MailServer) -> None:
    for _ in range(3):
        asked_link(house, post)
    for _ in range(5):
        house.visitor().post("/account/sign-in/email", address=ADDRESS)
    asked_link(house, post, "m10002@jut.example")
    assert [address for address, _mail in post.taken].count(ADDRESS) == 3


@pytest.mark.parametrize("address", ["", "m10001", "a@b", "x@y.z\r\nBcc: a@b.c", "m" * 300 + "@jut.example"])
def test_what_is_no_address_is_told_and_nothing_is_sent(house: MembersHouse, post: MailServer, address: str) -> None:
    answer = house.visitor().post("/account/sign-in/email", address=address)
    assert answer.status_code == 422
    assert "邮箱地址" in answer.text


def test_a_printed_code_signs_in_again_and_again_until_a_new_one_is_made(house: MembersHouse) -> None:
    code = slips.drawn()
    with house.stores.registry.begin() as connection:
        hashed = members.code_hash(slips.read(code) or "")
        connection.execute(PersonalCode.__table__.insert(), {"staff_number": "10003", "code_hash": hashed})
    for typed in (code, code.lower().replace("-", " ")):
        visitor = house.visitor()
        asked = visitor.post("/account/sign-in/code", code=typed)
        assert "会员10003" in asked.text
        assert visitor.say_yes(asked.text).status_code == 303
        assert visitor.is_signed_in()
    with house.stores.registry.begin() as connection:
        connection.execute(update(PersonalCode).values(code_hash=members.code_hash("0" * 16)))
    assert house.visitor().post("/account/sign-in/code", code=code).status_code == 422


def test_wrong_codes_are_slowed_and_right_ones_are_not(house: MembersHouse) -> None:
    assert house.visitor().post("/account/sign-in/code", code="nonsense").status_code == 422
    assert house.visitor().post("/account/sign-in/code", code=slips.drawn()).status_code == 422


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(house: MembersHouse, post: MailServer) -> None:
    visitor = house.visitor()
    visitor.say_yes(visitor.get(asked_link(house, post)).text)
    copied = visitor.client.get_cookie("account_session", path="/account")
    assert copied is not None
    assert visitor.post("/account/sign-out", page="/account/").status_code == 303
    other = house.visitor()
    other.client.set_cookie("account_session", copied.value, path="/account")
    assert not other.is_signed_in()


def test_the_cookie_is_the_account_doors_alone(house: MembersHouse, post: MailServer) -> None:
    visitor = house.visitor()
    answer = visitor.say_yes(visitor.get(asked_link(house, post)).text)
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("account_session="))
    assert {"Path=/account", "SameSite=Strict", "HttpOnly"} <= {part.strip() for part in cookie.split(";")}


def test_a_session_ends_with_a_full_hour_and_its_row_tells_no_moment(house: MembersHouse, post: MailServer) -> None:
    visitor = house.visitor()
    visitor.say_yes(visitor.get(asked_link(house, post)).text)
    with house.stores.registry.connect() as connection:
        expires = connection.scalar(select(MemberSession.expires))
    assert expires is not None
    assert (expires.minute, expires.second, expires.microsecond) == (0, 0, 0)
    assert timedelta(hours=1) <= expires - datetime.now(UTC) <= timedelta(hours=2)


def test_a_member_who_left_the_roster_is_signed_out(house: MembersHouse, post: MailServer) -> None:
    visitor = house.visitor()
    visitor.say_yes(visitor.get(asked_link(house, post)).text)
    from survey_app.services import registering

    registering.import_roster(house.stores, "工号,姓名,单位\n9,某人,B07\n".encode(), "union")
    assert not visitor.is_signed_in()


def test_a_form_from_elsewhere_signs_nobody_in(house: MembersHouse, post: MailServer) -> None:
    token = asked_link(house, post).rsplit("/", 1)[1]
    answer = house.visitor().client.post("/account/link", data={"token": token})
    assert answer.status_code == 400
    with house.stores.registry.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(MemberSession)) == 0


def test_a_script_that_calls_without_a_session_is_told_so(house: MembersHouse) -> None:
    client = house.app.test_client()
    assert client.get("/account/", headers={"Accept": "application/json"}).json == {"error": "not_signed_in"}
    assert client.get("/account/").location == "/account/sign-in"


def test_without_a_way_of_signing_in_there_is_no_account_door(tmp_path: Path) -> None:
    house = members_house(tmp_path, SignInSettings())
    for path in ("/account/", "/account/sign-in", "/account/link/x", "/account/sign-in/oidc", "/account/sign-in/cas"):
        assert house.app.test_client().get(path).status_code == 404
    house.close()


def test_a_way_that_is_not_configured_is_not_there(house: MembersHouse) -> None:
    assert "统一身份认证" not in house.visitor().get("/account/sign-in").text
    assert house.visitor().get("/account/sign-in/oidc").status_code == 404
    assert house.visitor().get("/account/sign-in/cas/back?ticket=ST-1").status_code == 404


def test_an_officers_cookie_opens_no_members_page_and_the_other_way_round(
    house: MembersHouse, post: MailServer
) -> None:
    visitor = house.visitor()
    visitor.say_yes(visitor.get(asked_link(house, post)).text)
    assert visitor.get("/officers/").status_code == 303
    cookie = visitor.client.get_cookie("account_session", path="/account")
    assert cookie is not None
    other = house.app.test_client()
    other.set_cookie("officers_session", cookie.value, path="/officers")
    assert other.get("/officers/").status_code == 303
