"""Blind signatures: what a signer may sign, what it learns, and that a wrong computation never leaves it."""

import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.ballots import acknowledgements, merkle, signing
from survey_app.ballots.blinding import BadBlinding, blind, finalize
from survey_app.ballots.encodings import H, context, from_base64url, to_base64url
from survey_app.ballots.keys import BadKey, PrivateKey, PublicKey, new_key
from survey_app.ballots.pss import encoded
from survey_app.ballots.seeds import blinded_ticket, ticket_secrets
from survey_app.ballots.verifying import is_signed

KEY = new_key()
OTHER = new_key()
SLOT, UNIT = "2026-07", "b07"


def ticket(seed: bytes, key: PrivateKey = KEY) -> tuple[bytes, bytes, bytes]:
    """Prepared message, blinded message and signature of the ticket of a seed."""
    made = ticket_secrets(seed, key.public, SLOT, UNIT)
    hidden = blinded_ticket(key.public, made, SLOT, UNIT)
    prepared = made.prepared(context(SLOT, UNIT))
    return (
        prepared,
        hidden.blinded,
        finalize(key.public, prepared, signing.blind_sign(key, hidden.blinded), hidden.inverse),
    )


def test_the_same_seed_gives_the_same_ticket_again() -> None:
    seed = secrets.token_bytes(32)
    assert ticket(seed) == ticket(seed)
    assert ticket(seed) != ticket(secrets.token_bytes(32))


def test_a_ticket_is_good_for_its_unit_slot_and_key_alone() -> None:
    prepared, _, signature = ticket(secrets.token_bytes(32))
    assert is_signed(KEY.public, prepared, signature)
    assert not is_signed(OTHER.public, prepared, signature)
    assert not is_signed(KEY.public, prepared[:32] + context(SLOT, "b08"), signature)
    assert not is_signed(KEY.public, prepared[:32] + context("2026-08", UNIT), signature)


def test_the_holder_of_the_private_key_can_fit_every_ballot_to_every_signing() -> None:
    """For each pair one blinding factor explains it: the key helps nobody to tell who wrote what."""
    tickets = [ticket(secrets.token_bytes(32)) for _ in range(4)]
    n, d = KEY.public.n, pow(65537, -1, (KEY.p - 1) * (KEY.q - 1))
    for _, blinded, _ in tickets:
        for prepared, _, signature in tickets:
            number = pow(int.from_bytes(signature, "big"), 65537, n)
            factor = pow(int.from_bytes(blinded, "big") * pow(number, -1, n), d, n)
            assert 0 < factor < n
            assert number * pow(factor, 65537, n) % n == int.from_bytes(blinded, "big")
            assert is_signed(KEY.public, prepared, signature)


def test_one_wrong_bit_while_signing_releases_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = PrivateKey(KEY.p, KEY.q)
    object.__setattr__(broken, "__dict__", {**broken.__dict__, "d_p": KEY.d_p ^ 4, "public": KEY.public})
    _, blinded, _ = ticket(secrets.token_bytes(32))
    with pytest.raises(signing.SigningFault):
        signing.blind_sign(broken, blinded)


def test_the_slow_arithmetic_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    _, blinded, _ = ticket(secrets.token_bytes(32))
    fast = signing.blind_sign(KEY, blinded)
    for name, plain in (("mpz", int), ("powmod", pow), ("powmod_sec", pow), ("invert", lambda a, n: pow(a, -1, n))):
        monkeypatch.setattr(signing, name, plain)
    assert signing.blind_sign(KEY, blinded) == fast


@pytest.mark.parametrize("number", [0, 1, "n-1", "n", "n+1"])
def test_a_degenerate_blinded_message_is_refused(number: int | str) -> None:
    n = KEY.public.n
    value = {"n-1": n - 1, "n": n, "n+1": n + 1}.get(str(number), number)
    with pytest.raises(signing.BadBlindedMessage):
        signing.check_blinded(KEY.public, int(value).to_bytes(256, "big"))


@pytest.mark.parametrize("length", [0, 255, 257])
def test_a_blinded_message_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(signing.BadBlindedMessage):
        signing.check_blinded(KEY.public, b"\x02" * length)


def test_keys_that_could_mark_a_person_are_refused() -> None:
    with pytest.raises(BadKey, match="65537"):
        PublicKey(KEY.public.n, 3)
    with pytest.raises(BadKey, match="odd"):
        PublicKey(KEY.public.n + 1)
    with pytest.raises(BadKey, match="bits"):
        PublicKey(KEY.public.n >> 1024)
    with pytest.raises(BadKey, match="bits"):
        PublicKey.from_bytes(bytes(255))


def test_an_answer_of_the_server_that_does_not_verify_is_never_kept() -> None:
    made = ticket_secrets(secrets.token_bytes(32), KEY.public, SLOT, UNIT)
    hidden = blinded_ticket(KEY.public, made, SLOT, UNIT)
    prepared = made.prepared(context(SLOT, UNIT))
    answer = bytearray(signing.blind_sign(KEY, hidden.blinded))
    for bad in (bytes(answer[:-1]), b"\xff" * 256, bytes([*answer[:-1], answer[-1] ^ 1])):
        with pytest.raises(BadBlinding):
            finalize(KEY.public, prepared, bad, hidden.inverse)
    with pytest.raises(BadBlinding):
        blind(KEY.public, prepared, made.salt, KEY.p)


def test_a_kept_private_key_comes_back_whole() -> None:
    assert PrivateKey.from_bytes(KEY.to_bytes()).public == KEY.public
    assert "p=" not in repr(KEY)


def test_the_encoded_message_fits_the_modulus() -> None:
    assert len(encoded(b"x", bytes(48), 2048)) == 256
    assert encoded(b"x", bytes(48), 2048)[0] < 128


@given(st.lists(st.binary(min_size=32, max_size=32), unique=True, max_size=40), st.randoms())
@settings(max_examples=60)
def test_the_root_hangs_on_every_receipt_and_on_no_order(receipts: list[bytes], random: object) -> None:
    shuffled = list(receipts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merkle.root(shuffled) == merkle.root(receipts)
    for place in range(len(receipts)):
        assert merkle.root(receipts[:place] + receipts[place + 1 :]) != merkle.root(receipts)


def test_an_acknowledgement_is_good_for_its_poll_and_receipt_alone() -> None:
    private = acknowledgements.new_ack_key()
    public, receipt = acknowledgements.ack_public(private), H(b"a")
    ack = acknowledgements.acknowledge(private, "home-2026", receipt)
    assert ack == acknowledgements.acknowledge(private, "home-2026", receipt)
    assert acknowledgements.is_acknowledged(public, "home-2026", receipt, ack)
    assert not acknowledgements.is_acknowledged(public, "home-2025", receipt, ack)
    assert not acknowledgements.is_acknowledged(public, "home-2026", H(b"b"), ack)
    assert not acknowledgements.is_acknowledged(public, "home-2026", receipt, b"short")


@given(st.binary(max_size=80))
def test_bytes_come_back_from_their_one_spelling(data: bytes) -> None:
    assert from_base64url(to_base64url(data)) == data


@pytest.mark.parametrize("text", ["A", "AB==", "A+", "A/", "AB", "QQ\n", "QR", None, 3, "５"])
def test_other_spellings_are_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r"base64url|belong here"):
        from_base64url(text)
