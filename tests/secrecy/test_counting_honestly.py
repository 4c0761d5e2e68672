"""Threats to the count: two rights for one person, rights that nobody gave, and a server that cheats."""

import secrets
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from survey_app.ballots import signing
from survey_app.ballots.audit.checks import audit
from survey_app.ballots.audit.evidence import evidence
from survey_app.ballots.blinding import finalize
from survey_app.ballots.encodings import context
from survey_app.ballots.key_safe import KeySafe
from survey_app.ballots.keys import PrivateKey
from survey_app.ballots.pss import encoded
from survey_app.ballots.receipts import commitment, receipt
from survey_app.ballots.seeds import blinded_ticket, ticket_secrets
from survey_app.services.auditing_polls import copy_for_auditor
from survey_app.services.booklets import booklet
from survey_app.services.casting import TicketCredential, cast_ballot
from survey_app.services.collecting import TicketWanted, collect
from survey_app.services.errors import BadContext, BadCredential, CredentialUsed, UnknownKey, WrongUnit
from survey_app.services.sealing import close_poll, seal_poll
from survey_app.services.terms import unit_key_name
from survey_app.store.ballot_box import ballot
from survey_app.store.engines import Stores
from tests.databases import MakeStores, stores_at
from tests.secrecy.threats import threat
from tests.small_polls import DAY, LAST, OFFICER
from tests.small_terms import (
    COLLECTING,
    SECRET,
    a_ticket,
    answers_of,
    asked,
    browser,
    by_ticket,
    manifest_of,
    ticket_poll,
)


def stored(stores: Stores) -> int:
    with stores.ballot_box.connect() as connection:
        return connection.scalar(select(func.count()).select_from(ballot)) or 0


def issued(stores: Stores) -> int:
    with stores.registry.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM issuance")) or 0


@threat(13)
def test_sending_twenty_ballots_at_once_with_one_ticket(make_stores: MakeStores) -> None:
    """Twenty workers with connections of their own: one counts, the others are told that the ticket is spent."""
    stores = make_stores("sqlite")
    ticket_poll(stores)
    ticket = a_ticket(stores)
    folder = Path(str(stores.registry.url.database)).parent
    workers = [stores_at(folder) for _ in range(20)]
    start = threading.Barrier(len(workers))
    outcomes: list[str] = []

    def run(number: int) -> None:
        start.wait()
        try:
            answers = answers_of("b01", q1=f"s{1 + number % 5}")
            cast_ballot(workers[number].ballot_box, by_ticket(ticket, answers=answers), DAY)
            outcomes.append("counted")
        except CredentialUsed:
            outcomes.append("credential_used")

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(workers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for worker in workers:
        worker.registry.dispose()
        worker.ballot_box.dispose()
    assert sorted(outcomes) == ["counted"] + ["credential_used"] * 19
    assert stored(stores) == 1


@threat(14)
def test_answering_for_another_unit_or_poll_with_a_ticket_of_ones_own(stores: Stores) -> None:
    ticket_poll(stores)
    ticket_poll(stores, "poll-2")
    mine, other = a_ticket(stores), a_ticket(stores, "b02-000")
    moved = mine.prepared[:32] + context("2026-01", "b02")
    for changed, refusal in (
        (replace(mine, key_id=other.key_id), BadContext),
        (replace(mine, prepared=moved), BadContext),
        (replace(mine, key_id=other.key_id, prepared=moved), BadCredential),
    ):
        with pytest.raises(refusal):
            cast_ballot(stores.ballot_box, replace(by_ticket(mine), credential=changed), DAY)
    with pytest.raises(UnknownKey):
        cast_ballot(stores.ballot_box, by_ticket(mine, "poll-2"), DAY)
    assert stored(stores) == 0


@threat(14)
def test_having_ones_ticket_signed_by_another_unit(stores: Stores) -> None:
    ticket_poll(stores)
    before = issued(stores)
    with pytest.raises(WrongUnit):
        collect(stores, SECRET, "b01-000", asked(stores, browser("b02")), COLLECTING)
    assert issued(stores) == before


def bent(ticket: TicketCredential, n: int) -> list[bytes]:
    number = int.from_bytes(ticket.signature, "big")
    also = [number * 2 % n, pow(number, 2, n), n - number, 0, 1, n - 1]
    longer = [number + n] if number + n < 2**2048 else []
    return [
        secrets.token_bytes(256),
        ticket.signature[:-1],
        ticket.signature + b"\0",
        b"\0" + ticket.signature,
        b"",
        *(one.to_bytes(256, "big") for one in also + longer),
        *(flipped(ticket.signature, place) for place in (0, 128, 255)),
    ]


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@threat(15)
def test_forging_and_bending_signatures(stores: Stores) -> None:
    """Besides these, the negative vectors of the standard are refused in tests/oracles."""
    ticket_poll(stores)
    ticket = a_ticket(stores)
    for signature in bent(ticket, manifest_of(stores).units[0].key.n):
        with pytest.raises(BadCredential):
            cast_ballot(stores.ballot_box, by_ticket(replace(ticket, signature=signature)), DAY)
    fresh = replace(ticket, prepared=secrets.token_bytes(32) + ticket.prepared[32:])
    with pytest.raises(BadCredential):
        cast_ballot(stores.ballot_box, by_ticket(fresh), DAY)
    assert stored(stores) == 0


@threat(15)
def test_signing_with_another_length_of_salt(stores: Stores) -> None:
    """The variant without salt verifies by its own rule, and is no ticket here."""
    ticket_poll(stores)
    key = private_key(stores, "b01")
    prepared = secrets.token_bytes(32) + context("2026-01", "b01")
    hidden = encoded(prepared, b"", 2048)
    signature = signing.blind_sign(key, hidden)
    assert finalize(key.public, prepared, signature, 1, salt_length=0) == signature
    with pytest.raises(BadCredential):
        cast_ballot(stores.ballot_box, by_ticket(TicketCredential(key.public.key_id, prepared, signature)), DAY)


@threat(16)
@pytest.mark.parametrize("number", ["0", "1", "n-1", "n", "n+1"])
def test_asking_for_a_degenerate_blinded_message(stores: Stores, number: str) -> None:
    """Refused before the right is written down as used: the same person collects afterwards."""
    ticket_poll(stores)
    page = browser()
    (good,) = asked(stores, page)
    n = manifest_of(stores).units[0].key.n
    value = {"0": 0, "1": 1, "n-1": n - 1, "n": n, "n+1": n + 1}[number].to_bytes(256, "big")
    with pytest.raises(signing.BadBlindedMessage):
        collect(stores, SECRET, "b01-000", [TicketWanted(good.slot_id, good.key_id, value)], COLLECTING)
    for wrong_length in (good.blinded[:-1], good.blinded + b"\0", b""):
        with pytest.raises(signing.BadBlindedMessage):
            collect(stores, SECRET, "b01-000", [TicketWanted(good.slot_id, good.key_id, wrong_length)], COLLECTING)
    assert issued(stores) == 0
    assert collect(stores, SECRET, "b01-000", [good], COLLECTING)


def private_key(stores: Stores, unit_id: str) -> PrivateKey:
    """What only the operator has."""
    query = text("SELECT private FROM slot_key WHERE slot_id = '2026-01' AND unit_id = :unit")
    with stores.registry.connect() as connection:
        locked = bytes(connection.scalar(query, {"unit": unit_id}))
    return PrivateKey.from_bytes(KeySafe(SECRET).unlocked("2026-01", unit_key_name(unit_id), locked))


@threat(17)
@pytest.mark.parametrize("part", ["d_p", "q_inverse"])
def test_a_fault_of_the_machine_while_signing_gives_away_nothing(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """A signature that is right in one half alone would give the primes away: it never leaves the service."""
    ticket_poll(stores)
    page = browser()
    wanted = asked(stores, page)
    whole = PrivateKey.from_bytes

    def broken(primes: bytes) -> PrivateKey:
        key = whole(primes)
        object.__setattr__(key, "__dict__", {**key.__dict__, "public": key.public, part: getattr(key, part) ^ 4})
        return key

    with monkeypatch.context() as machine:
        machine.setattr(PrivateKey, "from_bytes", broken)
        with pytest.raises(signing.SigningFault):
            collect(stores, SECRET, "b01-000", wanted, COLLECTING)
    (signed,) = collect(stores, SECRET, "b01-000", wanted, COLLECTING)  # the same request heals it
    assert page.ticket(manifest_of(stores), signed)


@pytest.fixture(scope="module")
def honest(sqlite_templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a stranger gets of an honest poll: 7 of b01 and 6 of b02, everybody who collected has answered."""
    instance = shutil.copytree(sqlite_templates, tmp_path_factory.mktemp("honest") / "instance")
    stores = stores_at(instance)
    ticket_poll(stores)
    for number in [f"b01-{n:03}" for n in range(7)] + [f"b02-{n:03}" for n in range(6)]:
        cast_ballot(stores.ballot_box, by_ticket(a_ticket(stores, number)), DAY)
    sealed(stores, instance)
    stores.registry.dispose()
    stores.ballot_box.dispose()
    return instance / "board"


def sealed(stores: Stores, instance: Path) -> Path:
    close_poll(stores, "poll-1", OFFICER)
    seal_poll(stores, instance, "poll-1", officer_name=OFFICER)
    copy_for_auditor(stores, instance, "poll-1", instance / "board", LAST, OFFICER)
    return instance / "board"


def failing(board: Path) -> set[str]:
    return {one.check for one in audit(evidence(board)) if one.verdict == "fails"}


def alter_an_answer(box: sqlite3.Connection) -> None:
    box.execute("UPDATE ballot SET answers = CAST(replace(CAST(answers AS TEXT), '1', '2') AS BLOB)")


def delete_a_row(box: sqlite3.Connection) -> None:
    box.execute("DELETE FROM ballot WHERE nonce_hash = (SELECT max(nonce_hash) FROM ballot)")


def delete_a_row_and_tell_the_new_count(box: sqlite3.Connection) -> None:
    delete_a_row(box)
    box.execute("UPDATE unit SET n_ballots = (SELECT count(*) FROM ballot WHERE ballot.unit_id = unit.unit_id)")


def add_a_ballot(box: sqlite3.Connection) -> None:
    key, opener = secrets.token_bytes(32), secrets.token_bytes(32)
    row = (key, "b01", b"[1,1,null,null]", opener, receipt(key, commitment(opener, b"[1,1,null,null]")))
    box.execute("INSERT INTO ballot (nonce_hash, unit_id, answers, opener, receipt) VALUES (?, ?, ?, ?, ?)", row)


@threat(18)
@pytest.mark.parametrize(
    ("cheat", "seen_by"),
    [
        (alter_an_answer, {"answers"}),
        (delete_a_row, {"receipts", "root", "counts", "box_counts"}),
        (delete_a_row_and_tell_the_new_count, {"receipts", "root", "counts"}),
        (add_a_ballot, {"receipts", "root", "counts", "box_counts"}),
    ],
)
def test_altering_dropping_or_adding_a_ballot_after_sealing(
    honest: Path, tmp_path: Path, cheat: Callable[[sqlite3.Connection], None], seen_by: set[str]
) -> None:
    board = shutil.copytree(honest, tmp_path / "board")
    assert failing(board) == set()
    with closing(sqlite3.connect(next(board.glob("*.box")))) as box, box:
        cheat(box)
    assert failing(board) >= {*seen_by, "box"}


@threat(18)
def test_dropping_an_acknowledged_ballot_before_sealing(stores: Stores, tmp_path: Path) -> None:
    """The box, the list and the root are made without it; what the member holds proves the fraud."""
    ticket_poll(stores)
    given = [cast_ballot(stores.ballot_box, by_ticket(a_ticket(stores, f"b01-{n:03}")), DAY) for n in range(6)]
    with stores.ballot_box.begin() as connection:
        connection.execute(ballot.delete().where(ballot.c.receipt == given[2].receipt))
    found = evidence(sealed(stores, tmp_path))
    for at, one in enumerate(given):
        findings = audit(found, "", [(one.receipt, one.ack or b"")])
        assert ("acknowledgements" in {each.check for each in findings if each.verdict == "fails"}) == (at == 2)


@threat(19)
def test_stuffing_ballots_signed_by_the_operator_himself(stores: Stores, tmp_path: Path) -> None:
    """Valid tickets that nobody collected: more is received than was given out, and everybody can see it."""
    ticket_poll(stores)
    for n in range(6):
        cast_ballot(stores.ballot_box, by_ticket(a_ticket(stores, f"b01-{n:03}")), DAY)
    key = private_key(stores, "b01")
    made = ticket_secrets(secrets.token_bytes(32), key.public, "2026-01", "b01")
    hidden = blinded_ticket(key.public, made, "2026-01", "b01")
    prepared = made.prepared(context("2026-01", "b01"))
    signature = finalize(key.public, prepared, signing.blind_sign(key, hidden.blinded), hidden.inverse)
    cast_ballot(stores.ballot_box, by_ticket(TicketCredential(key.public.key_id, prepared, signature)), DAY)
    assert failing(sealed(stores, tmp_path)) == {"counts"}


@threat(19)
def test_writing_down_members_as_having_collected_to_hide_stuffed_ballots(stores: Stores) -> None:
    """Then the person's own page says so: collected, though they never did."""
    ticket_poll(stores)
    assert not booklet(stores, "b01-000", COLLECTING).slots[0].collected
    key_id = manifest_of(stores).units[0].key.key_id
    with stores.registry.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO issuance (slot_id, staff_number, method, key_id, blinded_hash) "
                "VALUES ('2026-01', 'b01-000', 'ticket', :key, :hash)"
            ),
            {"key": key_id, "hash": bytes(32)},
        )
    assert booklet(stores, "b01-000", COLLECTING).slots[0].collected
