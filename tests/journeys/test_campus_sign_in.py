"""Members sign in with the university's own account: OpenID Connect and CAS, each at a real provider on this machine."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from survey_app.sign_in_settings import SignInSettings
from tests.cas_provider import cas_provider
from tests.members_house import MembersHouse, Visitor, members_house
from tests.openid_provider import CLIENT, SECRET, Provider, openid_provider

OURS = "http://127.0.0.1:8000"
PEOPLE = {
    "li": {"sub": "7f3a", "preferred_username": "10001", "email": "m10001@jut.example", "email_verified": True},
    "guest": {"sub": "9b00", "preferred_username": "77777", "email": "guest@jut.example"},
    "liar": {"sub": "9b01", "preferred_username": "1", "email": "m10002@jut.example", "email_verified": False},
}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with openid_provider(f"{OURS}/account/sign-in/oidc/back", PEOPLE) as made:
        yield made


Houses = Callable[[SignInSettings], MembersHouse]


@pytest.fixture
def houses(tmp_path: Path) -> Iterator[Houses]:
    made: list[MembersHouse] = []

    def make(ways: SignInSettings) -> MembersHouse:
        made.append(members_house(tmp_path / "house", ways))
        return made[-1]

    yield make
    for house in made:
        house.close()


def by_oidc(provider: Provider, claim: str = "preferred_username", secret: str = SECRET) -> SignInSettings:
    return SignInSettings(
        ways=("oidc",),
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=secret,
        oidc_claim=claim,
    )


def to_us(address: str) -> str:
    assert address.startswith(OURS), address
    return address.removeprefix(OURS)


def through_oidc(visitor: Visitor, user: str = "li") -> TestResponse:
    """Off to the provider, signed in there, and back at our door."""
    off = visitor.get("/account/sign-in/oidc")
    assert off.status_code == 303
    back = requests.post(str(off.location), data={"user": user}, allow_redirects=False, timeout=30)
    assert back.status_code == 302, back.text
    return visitor.get(to_us(back.headers["Location"]))


def test_a_member_signs_in_with_openid_connect(houses: Houses, provider: Provider) -> None:
    visitor = houses(by_oidc(provider)).visitor()
    asked = through_oidc(visitor)
    assert "会员10001" in asked.text
    assert not visitor.is_signed_in()
    assert visitor.say_yes(asked.text).status_code == 303
    assert visitor.is_signed_in()


def test_a_claim_that_only_the_user_information_tells_is_found_there(houses: Houses, provider: Provider) -> None:
    provider.told_in_token = False
    assert "会员10001" in through_oidc(houses(by_oidc(provider)).visitor()).text


def test_a_member_is_found_by_a_verified_address_only(houses: Houses, provider: Provider) -> None:
    house = houses(by_oidc(provider, claim="email"))
    assert "会员10001" in through_oidc(house.visitor()).text
    assert through_oidc(house.visitor(), "liar").status_code == 422


def test_who_is_not_on_the_roster_is_told_so(houses: Houses, provider: Provider) -> None:
    answer = through_oidc(houses(by_oidc(provider)).visitor(), "guest")
    assert answer.status_code == 403
    assert "名册里没有您" in answer.text


SPOILT: dict[str, Callable[[dict[str, Any]], None]] = {
    "another issuer": lambda claims: claims.update(iss="https://evil.example"),
    "another client": lambda claims: claims.update(aud="another"),
    "too old": lambda claims: claims.update(exp=1_700_000_000),
    "another nonce": lambda claims: claims.update(nonce="replayed"),
    "no nonce": lambda claims: claims.pop("nonce"),
    "nobody": lambda claims: claims.pop("sub"),
    "a number for a name": lambda claims: claims.update(preferred_username=10001),
}


@pytest.mark.parametrize("what", SPOILT)
def test_an_id_token_that_must_not_be_believed_signs_nobody_in(houses: Houses, provider: Provider, what: str) -> None:
    provider.spoil = SPOILT[what]
    answer = through_oidc(houses(by_oidc(provider)).visitor())
    assert answer.status_code == 422
    assert "会员" not in answer.text.replace("会员名册", "")


def test_an_id_token_signed_with_another_key_signs_nobody_in(houses: Houses, provider: Provider) -> None:
    provider.signing_key = RSAKey.generate_key(2048, {"kid": provider.key.kid})
    assert through_oidc(houses(by_oidc(provider)).visitor()).status_code == 422


def test_a_wrong_client_secret_signs_nobody_in(houses: Houses, provider: Provider) -> None:
    assert through_oidc(houses(by_oidc(provider, secret="wrong")).visitor()).status_code == 422


def test_an_answer_brought_by_another_browser_is_refused(houses: Houses, provider: Provider) -> None:
    house = houses(by_oidc(provider))
    off = house.visitor().get("/account/sign-in/oidc")
    back = requests.post(str(off.location), data={"user": "li"}, allow_redirects=False, timeout=30)
    victim = house.visitor()
    assert victim.get(to_us(back.headers["Location"])).status_code == 422
    victim.get("/account/sign-in/oidc")  # also with a step of their own
    assert victim.get(to_us(back.headers["Location"])).status_code == 422


def test_the_step_is_kept_in_a_cookie_of_ten_minutes_for_the_way_back_alone(houses: Houses, provider: Provider) -> None:
    off = houses(by_oidc(provider)).visitor().get("/account/sign-in/oidc")
    (cookie,) = [line for line in off.headers.getlist("Set-Cookie") if line.startswith("account_step=")]
    parts = {part.strip() for part in cookie.split(";")}
    assert {"Path=/account/sign-in", "SameSite=Lax", "HttpOnly", "Max-Age=600"} <= parts


def test_a_provider_that_cannot_be_reached_is_a_sentence(houses: Houses) -> None:
    gone = SignInSettings(ways=("oidc",), oidc_issuer="http://127.0.0.1:9", oidc_client_id="x", oidc_client_secret="y")
    answer = houses(gone).visitor().get("/account/sign-in/oidc")
    assert answer.status_code == 422
    assert "连不上" in answer.text


@pytest.fixture(scope="module")
def cas_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cas_provider(tmp_path_factory.mktemp("cas"), "10003", "a long pass phrase") as address:
        yield address


def through_cas(visitor: Visitor, name: str = "10003", password: str = "a long pass phrase") -> str | None:
    """Where CAS sends the browser after its form, or None when it sends it nowhere."""
    off = visitor.get("/account/sign-in/cas")
    assert off.status_code == 303
    with requests.Session() as browser:
        page = browser.get(str(off.location), timeout=30)
        fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text))
        fields |= {"username": name, "password": password}
        answer = browser.post(str(off.location), data=fields, allow_redirects=False, timeout=30)
    return answer.headers.get("Location")


def test_a_member_signs_in_with_cas(houses: Houses, cas_address: str) -> None:
    visitor = houses(SignInSettings(ways=("cas",), cas=cas_address)).visitor()
    back = through_cas(visitor)
    assert back is not None
    asked = visitor.get(to_us(back))
    assert "会员10003" in asked.text
    assert visitor.say_yes(asked.text).status_code == 303
    assert visitor.is_signed_in()


def test_cas_may_tell_the_staff_number_in_an_attribute(houses: Houses, cas_address: str) -> None:
    visitor = houses(SignInSettings(ways=("cas",), cas=cas_address, cas_attribute="username")).visitor()
    assert "会员10003" in visitor.get(to_us(through_cas(visitor) or "")).text
    other = houses(SignInSettings(ways=("cas",), cas=cas_address, cas_attribute="no_such")).visitor()
    assert other.get(to_us(through_cas(other) or "")).status_code == 422


def test_a_cas_ticket_works_once_and_for_the_browser_that_asked(houses: Houses, cas_address: str) -> None:
    house = houses(SignInSettings(ways=("cas",), cas=cas_address))
    visitor = house.visitor()
    back = to_us(through_cas(visitor) or "")
    assert house.visitor().get(back).status_code == 422
    assert visitor.get(back).status_code == 200
    assert visitor.get(back).status_code == 422


def test_a_forged_cas_ticket_signs_nobody_in(houses: Houses, cas_address: str) -> None:
    visitor = houses(SignInSettings(ways=("cas",), cas=cas_address)).visitor()
    back = to_us(through_cas(visitor) or "")
    forged = re.sub(r"ticket=[^&]+", "ticket=ST-0123456789", back)
    assert visitor.get(forged).status_code == 422


def test_a_wrong_password_at_cas_comes_back_with_nothing(houses: Houses, cas_address: str) -> None:
    assert through_cas(houses(SignInSettings(ways=("cas",), cas=cas_address)).visitor(), password="wrong") is None


def test_the_door_opens_without_the_libraries_of_the_campus_sign_in() -> None:
    """They take longer to load than the rest of the door, and most visits need none of them."""
    asked = "import sys, survey_app.account; print({'authlib', 'cas', 'joserfc'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert told.stdout == "set()\n"
