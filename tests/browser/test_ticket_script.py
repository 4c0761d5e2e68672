"""The browser's side of a blind signature, in a real Chromium against the vectors that independent programs agreed on."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

VECTORS = json.loads((Path(__file__).parents[1] / "oracles/data/blind_rsa/interop_vectors.json").read_text())
SCRIPTS = [Path(__file__).parents[2] / f"survey_app/staff/static/staff/{name}.js" for name in ("hashes", "ticket")]
MOST_BYTES = 3000
RUN = """async ([act, given]) => {
  const script = { ...await import("/static/now/staff/hashes.js"), ...await import("/static/now/staff/ticket.js") };
  const read = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const acts = {
    hash: () => script.hex(script.sha384(read(given))),
    key: () => { const key = script.keyOf(read(given.n), given.e); return key && script.hex(key.id); },
    receipt: () => script.hex(script.receipt(script.nonceHash(read(given.prepared)), script.commitment(read(given.opener), given.answers))),
    ticket: () => {
      const key = script.keyOf(read(given.n));
      const made = script.ticket(read(given.seed), key, given.slot, given.unit);
      const whole = script.finalize(made, key, read(given.blind_sig));
      return { blinded: script.hex(made.blinded), opener: script.hex(made.opener), prepared: script.hex(made.prepared), sig: whole && script.hex(whole) };
    },
    base64url: () => script.hex(script.fromBase64url(script.toBase64url(read(given)))),
  };
  return acts[act]();
}"""


@pytest.fixture
def ran(phone: Page) -> Any:
    phone.goto("/anonymity")
    return lambda act, given: phone.evaluate(RUN, [act, given])


def modulus(key_id: str) -> str:
    return next(str(key["n"]) for key in VECTORS["keys"] if key["key_id"] == key_id)


def of_seed(case: dict[str, str], **changes: str) -> dict[str, str]:
    _, slot, unit = bytes.fromhex(case["context"]).decode().split("\0")
    return {**case, "n": modulus(case["key_id"]), "slot": slot, "unit": unit, **changes}


def test_the_scripts_stay_small() -> None:
    assert len(gzip.compress(b"".join(script.read_bytes() for script in SCRIPTS), 9)) <= MOST_BYTES


@pytest.mark.parametrize("length", [0, 1, 111, 112, 127, 128, 129, 300])
def test_its_hash_is_sha384(ran: Any, length: int) -> None:
    from hashlib import sha384

    data = bytes(number % 251 for number in range(length))
    assert ran("hash", data.hex()) == sha384(data).hexdigest()


@pytest.mark.parametrize("case", VECTORS["seed_derivation"], ids=["2048", "3072"])
def test_a_seed_gives_the_ticket_that_python_makes_of_it(ran: Any, case: dict[str, str]) -> None:
    made = ran("ticket", of_seed(case))
    assert made == {
        "blinded": case["blinded"],
        "opener": case["opener"],
        "prepared": case["prefix"] + case["context"],
        "sig": case["sig"],
    }


def test_an_answer_that_is_not_signed_by_the_key_is_not_kept(ran: Any) -> None:
    case = VECTORS["seed_derivation"][0]
    wrong = case["blind_sig"][:-2] + f"{int(case['blind_sig'][-2:], 16) ^ 1:02x}"
    for answer in (wrong, case["blind_sig"][2:], "00" + case["blind_sig"]):
        assert ran("ticket", of_seed(case, blind_sig=answer))["sig"] is None


@pytest.mark.parametrize("case", VECTORS["positive"])
def test_a_receipt_is_the_one_the_server_makes(ran: Any, case: dict[str, str]) -> None:
    assert ran("receipt", case) == case["receipt"]


@pytest.mark.parametrize("key", VECTORS["keys"], ids=["2048", "3072"])
def test_a_key_is_known_by_its_id_and_one_that_could_mark_a_person_is_refused(ran: Any, key: dict[str, Any]) -> None:
    n = str(key["n"])
    assert ran("key", {"n": n, "e": 65537}) == key["key_id"]
    even = n[:-2] + f"{int(n[-2:], 16) ^ 1:02x}"
    for bad in (
        {"n": n, "e": 3},
        {"n": even, "e": 65537},
        {"n": n[: len(n) // 2], "e": 65537},
        {"n": "7f" + n[2:], "e": 65537},
    ):
        assert not ran("key", bad)


def test_bytes_come_back_from_base64url(ran: Any) -> None:
    data = bytes(range(256)).hex()
    assert ran("base64url", data) == data
