"""Threats by what members are told of keys and units: something of one's own for one person, a key that marks."""

import json
from collections import Counter
from collections.abc import Iterator
from math import gcd

import pytest
from sqlalchemy import text

from survey_app.ballots.blinding import BadBlinding, blind, finalize
from survey_app.ballots.encodings import context, to_base64url
from survey_app.ballots.keys import BadKey, PublicKey, new_key
from survey_app.ballots.manifests import SlotManifest, fingerprint
from survey_app.ballots.seeds import ticket_secrets
from survey_app.ballots.signing import blind_sign
from survey_app.services.errors import TermNotOpenable, UnitTooSmall
from survey_app.services.terms import open_term
from survey_app.store.engines import Stores
from tests.secrecy.served_term import ServedTerm, served_term
from tests.secrecy.threats import threat
from tests.small_polls import DAY, OFFICER
from tests.small_terms import SECRET, manifest_of, small_term, small_university, wanted


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedTerm]:
    made = served_term(tmp_path_factory.mktemp("manifests"))
    yield made
    made.close()


@threat(1)
@pytest.mark.parametrize("wave", ["poll-1", "2026-01", "2026-02"])
def test_sending_one_person_another_manifest_than_the_others(house: ServedTerm, wave: str) -> None:
    """Five members who are signed in, from their own addresses and browsers, and nobody: the same bytes, no cookie asked."""
    house.today(DAY)
    asked: list[dict[str, str]] = [{}]
    for n in range(5):
        member = house.member(f"b0{1 + n % 2}-{n:03}")
        member.sign_in()
        cookie = "; ".join(f"{one.key}={one.value}" for one in member.client._cookies.values())
        assert cookie
        asked += [{"Cookie": cookie}, {"User-Agent": f"phone {n}", "X-Forwarded-For": f"203.0.113.{n}"}]
    client = house.app.test_client(use_cookies=False)
    got = [client.get(f"/b/waves/{wave}/manifest", headers=said) for said in asked]
    assert {answer.status_code for answer in got} == {200}
    assert len({answer.data for answer in got}) == 1
    assert {answer.headers["ETag"] for answer in got} == {f'"{fingerprint(got[0].data)}"'}
    assert not [answer for answer in got if "Set-Cookie" in answer.headers]
    assert "Cookie" not in got[0].headers.get("Vary", "")


@threat(1)
def test_swapping_a_key_behind_an_unchanged_manifest(house: ServedTerm) -> None:
    """A key of the person's own beside the frozen manifest is no key at all: the manifest's bytes name every one."""
    manifest = manifest_of(house.stores)
    told = json.loads(house.app.test_client().get("/b/waves/2026-01/manifest").data)
    own = new_key().public
    told["units"][0] |= {"n": to_base64url(own.n_bytes)}
    with pytest.raises(ValueError, match=r".+"):  # its id is the hash of the key
        SlotManifest.from_bytes(json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
    told["units"][0] |= {"key_id": to_base64url(own.key_id)}
    changed = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert fingerprint(changed) != fingerprint(manifest.to_bytes())


@threat(2)
def test_making_a_unit_of_one_person(stores: Stores) -> None:
    """A unit of nine is refused, and every member of the roster stands in exactly one unit of ten or more."""
    small_university(stores, {"B01": 24, "B02": 9})
    with pytest.raises((UnitTooSmall, TermNotOpenable)):
        open_term(stores, SECRET, wanted(merges={}), OFFICER)
    with stores.registry.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM slot_key")) == 0


@threat(2)
def test_adding_or_hiding_members_in_the_manifest(stores: Stores) -> None:
    small_university(stores, {"B01": 24, "B02": 11, "B03": 15})
    small_term(stores)
    manifest = manifest_of(stores)
    with stores.registry.connect() as connection:
        members = connection.scalar(text("SELECT count(*) FROM roster_member"))
        frozen = connection.execute(text("SELECT unit_id, staff_number FROM term_member")).all()
    assert {unit.id: unit.roster for unit in manifest.units} == Counter(row.unit_id for row in frozen)
    assert len({row.staff_number for row in frozen}) == len(frozen) == members == 50
    assert min(unit.roster for unit in manifest.units) >= 10


KEY = new_key()


@threat(3)
def test_a_key_whose_exponent_or_modulus_could_mark_a_ticket() -> None:
    """Another exponent divides the group's order for some keys: what comes back then tells who asked."""
    with pytest.raises(BadKey):
        PublicKey(KEY.public.n, 3)
    for n in (KEY.public.n + 1, KEY.public.n >> 1024, KEY.public.n >> 1, KEY.public.n << 1 | 1):
        with pytest.raises(BadKey):
            PublicKey(n)


@threat(3)
def test_sending_back_something_else_than_a_signature() -> None:
    """What does not verify under the published key is never kept, so it marks nobody."""
    made = ticket_secrets(bytes(range(32)), KEY.public, "2026-01", "b01")
    prepared = made.prepared(context("2026-01", "b01"))
    hidden = blind(KEY.public, prepared, made.salt, made.factor)
    good = int.from_bytes(blind_sign(KEY, hidden.blinded), "big")
    assert finalize(KEY.public, prepared, good.to_bytes(256, "big"), hidden.inverse)
    n = KEY.public.n
    for marked in (good * 2 % n, n - good, pow(good, 2, n), 1, good ^ 1):
        with pytest.raises(BadBlinding):
            finalize(KEY.public, prepared, marked.to_bytes(256, "big"), hidden.inverse)
    other = blind_sign(new_key(), (2**2000).to_bytes(256, "big"))
    with pytest.raises(BadBlinding):
        finalize(KEY.public, prepared, other, hidden.inverse)


@threat(3)
def test_a_modulus_that_shares_a_factor_with_what_is_blinded() -> None:
    made = ticket_secrets(bytes(32), KEY.public, "2026-01", "b01")
    assert gcd(made.factor, KEY.public.n) == 1
    for factor in (0, 1, KEY.p, KEY.public.n - 1, KEY.public.n):
        with pytest.raises(BadBlinding):
            blind(KEY.public, made.prepared(context("2026-01", "b01")), made.salt, factor)
