"""The booklet's pure parts in a real Chromium: the recovery code, its QR code, and manifests that must be refused."""

import gzip
import json
import secrets
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import segno
from playwright.sync_api import Page

from survey_app.ballots import crockford, manifests
from survey_app.ballots.acknowledgements import ack_public, new_ack_key
from survey_app.ballots.encodings import to_base64url
from survey_app.ballots.keys import new_key
from survey_app.ballots.manifests import ManifestUnit, PollManifest, SlotManifest, manifest_hash
from survey_app.web.assets import ASSETS

pytestmark = pytest.mark.browser
STATIC = Path(__file__).parents[2] / "survey_app"
DAYS = date(2026, 9, 1), date(2027, 6, 30)
RUN = """async ([module, name, given]) => {
  const script = await import(`/static/now/${module}.js`);
  const bytes = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const hex = (data) => data && Array.from(data, (one) => (one + 256).toString(16).slice(1)).join("");
  const acts = {
    recoveryCode: () => script.recoveryCode(bytes(given)),
    seedOf: () => hex(script.seedOf(given)),
    fingerprint: () => script.fingerprint(given.map(bytes)),
    qrCode: () => script.qrCode(given),
    slotUnits: () => Object.keys(script.slotUnits(bytes(given[0]), given[1])),
    checkPoll: () => script.checkPoll(...[bytes(given[0]), ...given.slice(1, 4), bytes(given[4])]),
    checkFingerprint: () => script.checkFingerprint([bytes(given[0])], given[1]),
  };
  try { return acts[name](); } catch (refused) { if (refused instanceof script.BadManifest) return `refused: ${refused.why}`; throw refused; }
}"""


@pytest.fixture
def ran(phone: Page) -> Any:
    phone.goto("/anonymity")
    return lambda module, name, given: phone.evaluate(RUN, [module, name, given])


@pytest.fixture(scope="module")
def slot() -> dict[str, Any]:
    """A slot's manifest as the server writes it, for two units."""
    units = tuple(ManifestUnit(name, name.upper(), 20, new_key().public) for name in ("b07", "b12"))
    told: dict[str, Any] = json.loads(SlotManifest("2026-01", DAYS, ack_public(new_ack_key()), units).to_bytes())
    return told


def written(told: dict[str, Any]) -> str:
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode().hex()


def test_a_recovery_code_brings_its_seed_back_however_it_is_typed(ran: Any) -> None:
    seed = secrets.token_hex(32)
    code = ran("account/recovery", "recoveryCode", seed)
    assert len(code) == 52
    typed = crockford.grouped(code).lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert ran("account/recovery", "seedOf", typed) == seed


def test_a_code_with_a_letter_missing_or_foreign_is_not_read(ran: Any) -> None:
    code = ran("account/recovery", "recoveryCode", "00" * 32)
    for wrong in (code[1:], code + "0", "U" + code[1:], ""):
        assert ran("account/recovery", "seedOf", wrong) is None
    others = {ran("account/recovery", "seedOf", letter + code[1:]) for letter in "123456789ABCDEFG"}
    assert None in others  # four bits tell most slips of the pen


def test_a_fingerprint_is_the_one_that_python_prints_on_the_poster(ran: Any) -> None:
    one, two = secrets.token_bytes(300), secrets.token_bytes(20)
    assert ran("staff/letters", "fingerprint", [one.hex()]) == manifests.fingerprint(one)
    assert ran("staff/letters", "fingerprint", [one.hex(), two.hex()]) == manifests.fingerprint(one, two)


def test_the_qr_code_is_the_one_that_an_independent_program_draws(ran: Any) -> None:
    for _ in range(5):
        text = "".join(secrets.choice(crockford.ALPHABET) for _ in range(52))
        other = segno.make(text, version=3, error="m", mask=0, mode="alphanumeric", boost_error=False)
        assert ran("account/qr", "qrCode", text) == [list(row) for row in other.matrix]


def test_the_manifest_of_the_server_is_taken(ran: Any, slot: dict[str, Any]) -> None:
    assert ran("staff/manifest", "slotUnits", [written(slot), "2026-01"]) == ["b07", "b12"]


def tampered(slot: dict[str, Any], **changes: Any) -> dict[str, Any]:
    first, second = slot["units"]
    return {**slot, "units": [{**first, **changes}, second]}


def test_a_manifest_that_could_mark_a_person_is_refused(ran: Any, slot: dict[str, Any]) -> None:
    """A swapped key, another exponent, a short or even modulus, a unit of nine, one key for two units, another slot."""
    first, second = slot["units"]
    n = bytes.fromhex(new_key().public.n_bytes.hex())
    for bad in (
        tampered(slot, n=to_base64url(n)),
        tampered(slot, e=3),
        tampered(slot, n=to_base64url(n[:128])),
        tampered(slot, n=to_base64url(n[:-1] + b"\2")),
        tampered(slot, roster=9),
        tampered(slot, n=second["n"], key_id=second["key_id"]),
        tampered(slot, id=second["id"]),
        {**slot, "slot": "2026-02"},
        {**slot, "v": 2},
    ):
        assert ran("staff/manifest", "slotUnits", [written(bad), "2026-01"]).startswith("refused"), bad
    assert first["roster"] == 20


def test_another_fingerprint_than_the_posters_is_refused(ran: Any, slot: dict[str, Any]) -> None:
    here = manifests.fingerprint(bytes.fromhex(written(slot)))
    other = manifests.fingerprint(b"x")
    check = lambda expected: ran("staff/manifest", "checkFingerprint", [written(slot), expected])  # noqa: E731
    assert check([crockford.grouped(here).lower(), here, "", None]) == here
    assert check([here, other]) == "refused: fingerprint"


def test_a_poll_that_stands_on_another_slots_keys_is_refused(ran: Any, slot: dict[str, Any]) -> None:
    of_slot = bytes.fromhex(written(slot))
    poll = PollManifest("home", "2026-01", "评议", b"q" * 32, b"b" * 48, "two_phases", DAYS, manifest_hash(of_slot))
    told = poll.to_bytes().hex()
    run = lambda *given: ran("staff/manifest", "checkPoll", list(given))  # noqa: E731
    assert run(told, "home", "2026-01", "two_phases", written(slot)) is None
    assert run(told, "home", "2026-01", "combined", written(slot)) == "refused: poll"
    assert run(told, "other", "2026-01", "two_phases", written(slot)) == "refused: poll"
    assert run(told, "home", "2026-01", "two_phases", written(tampered(slot, roster=21))) == "refused: slot"


def test_what_tickets_need_stays_small() -> None:
    """The whole of it on the answering page, and the one QR writer on the booklet page."""
    assert len(ASSETS["staff/tickets.js"].squeezed or b"") <= 6_000
    assert len(gzip.compress((STATIC / "account/static/account/qr.js").read_bytes(), 9)) <= 2_000
