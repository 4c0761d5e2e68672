"""The vectors of the ballot protocol, run through the product: signatures, refusals, seeds, receipts and the Merkle tree."""

from collections.abc import Callable, Iterator
from typing import Any

from survey_app.ballots.blinding import blind, finalize
from survey_app.ballots.encodings import nonce_hash
from survey_app.ballots.keys import PrivateKey, PublicKey
from survey_app.ballots.merkle import root
from survey_app.ballots.receipts import commitment, receipt
from survey_app.ballots.seeds import blinded_ticket, ticket_secrets
from survey_app.ballots.signing import BadBlindedMessage, blind_sign
from survey_app.ballots.verifying import is_signed

Case = tuple[str, Callable[[], str | None]]
_hex = bytes.fromhex


def is_ballot_file(document: Any) -> bool:
    """A file of ballot vectors has `scheme`, one of the RFC `vectors`; statistics have `statistic`."""
    return isinstance(document, dict) and ("scheme" in document or "vectors" in document)


def ballot_cases(document: dict[str, Any]) -> Iterator[Case]:
    """Name and check of every case: the check gives a sentence, or None when it passes."""
    if "vectors" in document:
        yield from ((str(vector["name"]), lambda vector=vector: _rfc(vector)) for vector in document["vectors"])
        return
    keys = {told["key_id"]: _key(told) for told in document["keys"]}
    for number, case in enumerate(document["positive"], 1):
        yield f"positive {number}", lambda case=case: _positive(keys[case["key_id"]], case)
    for number, case in enumerate(document["negative"], 1):
        yield f"negative {number}", lambda case=case: _negative(keys[case["key_id"]], case)
    for number, case in enumerate(document["seed_derivation"], 1):
        yield f"seed {number}", lambda case=case: _seed(keys[case["key_id"]], case)
    yield "merkle", lambda: _merkle(document["merkle"])


def _key(told: dict[str, str]) -> PrivateKey:
    return PrivateKey(int(told["p"], 16), int(told["q"], 16))


def _same(what: str, found: bytes, expected: str) -> str | None:
    return None if found.hex() == expected else f"{what} is {found.hex()[:16]}…, expected {expected[:16]}…"


def _first(*faults: str | None) -> str | None:
    return next((fault for fault in faults if fault), None)


def _signed(key: PrivateKey, prepared: bytes, case: dict[str, Any], names: tuple[str, str]) -> str | None:
    """Blind, sign and finalize with the secrets of the case; `names`: of the blinded message and of the blind signature."""
    public = key.public
    hidden = blind(public, prepared, _hex(case["salt"]), pow(int(case["inv"], 16), -1, public.n))
    answer = blind_sign(key, hidden.blinded)
    whole = finalize(public, prepared, answer, hidden.inverse, case.get("salt_len", 48))
    return _first(
        _same("the blinded message", hidden.blinded, case[names[0]]),
        _same("the blind signature", answer, case[names[1]]),
        _same("the signature", whole, case["sig"]),
    )


def _rfc(vector: dict[str, Any]) -> str | None:
    return _signed(_key(vector), _hex(vector["input_msg"]), vector, ("blinded_msg", "blind_sig"))


def _positive(key: PrivateKey, case: dict[str, Any]) -> str | None:
    prepared = _hex(case["prepared"])
    committed = commitment(_hex(case["opener"]), case["answers"].encode())
    return _first(
        _same("the key id", key.public.key_id, case["key_id"]),
        _signed(key, prepared, case, ("blinded", "blind_sig")),
        _same("the nonce hash", nonce_hash(prepared), case["nonce_hash"]),
        _same("the commitment", committed, case["commitment"]),
        _same("the receipt", receipt(nonce_hash(prepared), committed), case["receipt"]),
    )


def _negative(key: PrivateKey, case: dict[str, Any]) -> str | None:
    if "sig" in case:
        accepted = is_signed(key.public, _hex(case["prepared"]), _hex(case["sig"]))
        return f"this was accepted: {case['why']}" if accepted else None
    try:
        blind_sign(key, _hex(case["blinded"]))
    except BadBlindedMessage:
        return None
    return f"this was signed: {case['why']}"


def _seed(key: PrivateKey, case: dict[str, Any]) -> str | None:
    public: PublicKey = key.public
    _, slot, unit = (part.decode() for part in _hex(case["context"]).split(b"\0"))
    found = ticket_secrets(_hex(case["seed"]), public, slot, unit)
    hidden = blinded_ticket(public, found, slot, unit)
    answer = blind_sign(key, hidden.blinded)
    prepared = found.prepared(_hex(case["context"]))
    return _first(
        _same("the prefix", found.prefix, case["prefix"]),
        _same("the salt", found.salt, case["salt"]),
        _same("the factor", found.factor.to_bytes(public.size, "big"), case["r"]),
        _same("the opener", found.opener, case["opener"]),
        _same("the blinded message", hidden.blinded, case["blinded"]),
        _same("the blind signature", answer, case["blind_sig"]),
        _same("the signature", finalize(public, prepared, answer, hidden.inverse), case["sig"]),
    )


def _merkle(case: dict[str, Any]) -> str | None:
    receipts = [_hex(each) for each in case["sorted_receipts"]]
    prefixes = (
        _same(f"the root of {n}", root(receipts[:n]), expected) for n, expected in enumerate(case["roots_of_prefixes"])
    )
    return _first(_same("the root", root(receipts[::-1]), case["root"]), *prefixes)
