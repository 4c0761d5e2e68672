"""Tickets: how near signing and verifying come to the arithmetic they rest on, and issue and cast through the service.

Signing: a whole blind signature (base blinding, both halves of the Chinese remainder, the check of the result) beside
nothing but the two exponentiations of `gmpy2.powmod_sec` and their recombination, on one key and core in turns.
Verifying: ours beside bare `cryptography` with a key that is loaded already.
Issue and cast: through the service into SQLite files on disk, one request after another, each durable; the floor of both is
a bare transaction of the same database that stores as many bytes, and for issuing the signature besides.
Run: python -m benchmarks.tickets
"""

import secrets
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import gmpy2
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA384

from survey_app.ballots import signing
from survey_app.ballots.blinding import finalize
from survey_app.ballots.encodings import context
from survey_app.ballots.keys import PrivateKey, new_key
from survey_app.ballots.seeds import blinded_ticket, ticket_secrets
from survey_app.ballots.verifying import is_signed
from survey_app.services.casting import cast_ballot
from survey_app.services.collecting import collect
from survey_app.store.engines import upgrade
from tests.databases import dispose, stores_at
from tests.small_polls import DAY, answers
from tests.small_terms import COLLECTING, SECRET, Browser, by_ticket, manifest_of, small_university, ticket_poll

TURNS, A_TURN = 15, 40
MEMBERS = 300


def raw_power(key: PrivateKey) -> Callable[[bytes], object]:
    """x ** d mod n by its two halves with every constant at hand: what no signature can do without."""
    p, q, d_p, d_q, inverse = map(gmpy2.mpz, (key.p, key.q, key.d_p, key.d_q, key.q_inverse))

    def power(message: bytes) -> object:
        value = gmpy2.mpz(int.from_bytes(message, "big"))
        first, second = gmpy2.powmod_sec(value % p, d_p, p), gmpy2.powmod_sec(value % q, d_q, q)
        return second + q * ((first - second) * inverse % p)

    return power


def bare_verifying(key: PrivateKey) -> Callable[[tuple[bytes, bytes]], object]:
    public = rsa.RSAPublicNumbers(65537, key.public.n).public_key()
    pss, digest = padding.PSS(padding.MGF1(SHA384()), 48), SHA384()
    return lambda ticket: public.verify(ticket[1], ticket[0], pss, digest)


def tickets(key: PrivateKey, count: int) -> tuple[list[bytes], list[tuple[bytes, bytes]]]:
    """Blinded messages, and tickets as they are verified."""
    blinded, signed = [], []
    for _ in range(count):
        made = ticket_secrets(secrets.token_bytes(32), key.public, "2026-07", "b07")
        hidden = blinded_ticket(key.public, made, "2026-07", "b07")
        prepared = made.prepared(context("2026-07", "b07"))
        signature = finalize(key.public, prepared, signing.blind_sign(key, hidden.blinded), hidden.inverse)
        blinded.append(hidden.blinded)
        signed.append((prepared, signature))
    return blinded, signed


def per_second(work: Callable[[Any], object], inputs: Sequence[Any]) -> float:
    """Per second of one core, however busy the machine is."""
    start = process_time()
    for one in inputs:
        work(one)
    return len(inputs) / (process_time() - start)


def in_turns(first: Callable[[Any], object], second: Callable[[Any], object], inputs: Sequence[Any]) -> "Pair":
    """Medians of turns that follow each other, so that a busy machine is busy for both."""
    turns = [(per_second(first, inputs), per_second(second, inputs)) for _ in range(TURNS)]
    return Pair(*(median(turn[at] for turn in turns) for at in (0, 1)), median(turn[0] / turn[1] for turn in turns))


@dataclass(frozen=True)
class Pair:
    """Ours and the floor per second, and the median of the turns' ratios."""

    ours: float
    floor: float
    ratio: float

    def told(self, name: str, aim: str) -> str:
        return f"{name:34s} {self.ours:9.0f} /s   floor {self.floor:9.0f} /s   {self.ratio:5.2f} of it   {aim}"


def bare_transactions(folder: Path, pragmas: Sequence[str], count: int, size: int) -> float:
    """Durable transactions per second that store this many bytes under a random key, and do nothing else."""
    database = sqlite3.connect(folder / f"floor-{size}.db", isolation_level=None)
    for pragma in pragmas:
        database.execute(f"PRAGMA {pragma}")
    database.execute("CREATE TABLE floor (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
    start = perf_counter()
    for _ in range(count):
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO floor VALUES (?, ?)", (secrets.token_bytes(32), bytes(size)))
        database.execute("COMMIT")
    speed = count / (perf_counter() - start)
    database.close()
    return speed


def through_the_service(folder: Path, sign: float) -> tuple[Pair, Pair]:
    """Issue and cast, each durable, for a poll whose members all collect and answer."""
    stores = stores_at(folder)
    upgrade(stores.registry, stores.ballot_box)
    small_university(stores, {"B01": MEMBERS, "B02": 11})
    ticket_poll(stores)
    manifest = manifest_of(stores)
    pages = [(f"b01-{n:03}", Browser(secrets.token_bytes(32), "b01")) for n in range(MEMBERS)]
    wanted = [(number, page, [page.wanted(manifest)]) for number, page in pages]
    issued, issuing = _timed(lambda one: collect(stores, SECRET, one[0], one[2], COLLECTING), wanted)
    sent = [
        by_ticket(page.ticket(manifest, got[0]), answers=answers("b01"))
        for (_, page, _), got in zip(wanted, issued, strict=True)
    ]
    _, casting = _timed(lambda one: cast_ballot(stores.ballot_box, one, DAY), sent)
    floors = _floors(folder)
    dispose(stores)
    with_signature = 1 / (1 / floors[0] + 1 / sign)
    return Pair(issuing, with_signature, issuing / with_signature), Pair(casting, floors[1], casting / floors[1])


def _floors(folder: Path) -> tuple[float, float]:
    registry = bare_transactions(folder, ("journal_mode = WAL", "synchronous = FULL"), MEMBERS, 80)
    box = bare_transactions(
        folder, ("journal_mode = DELETE", "secure_delete = ON", "synchronous = EXTRA"), MEMBERS, 150
    )
    return registry, box


def _timed(work: Callable[[Any], Any], inputs: Sequence[Any]) -> tuple[list[Any], float]:
    start = perf_counter()
    got = [work(one) for one in inputs]
    return got, len(inputs) / (perf_counter() - start)


def main() -> None:
    key = new_key()
    blinded, signed = tickets(key, A_TURN)
    sign = in_turns(lambda one: signing.blind_sign(key, one), raw_power(key), blinded)
    verify = in_turns(lambda one: is_signed(key.public, *one), bare_verifying(key), signed * 10)
    print(f"2048 bits, one core, medians of {TURNS} turns")
    print(sign.told("blind signatures", "(aim: at least 0.5)"))
    print(verify.told("verifying", "(aim: at least 0.8)"))
    with tempfile.TemporaryDirectory() as folder:
        issue, cast = through_the_service(Path(folder), sign.ours)
    print(f"through the service, one after another, durable on disk, {MEMBERS} members")
    print(issue.told("tickets issued", "(floor: a bare durable insert and a signature)"))
    print(cast.told("ballots cast by ticket", "(floor: a bare durable insert)"))
    if sign.ratio < 0.5 or verify.ratio < 0.8:
        raise SystemExit("signing or verifying is farther from its floor than it should be")


if __name__ == "__main__":
    main()
