"""Threat 11: whoever keeps every private key and saw every blinded message and every ticket tries to tell whose is whose."""

import math
from itertools import product

from sqlalchemy.orm import Session

from survey_app.ballots.encodings import H
from survey_app.ballots.key_safe import KeySafe
from survey_app.ballots.keys import E, PrivateKey
from survey_app.ballots.verifying import is_signed
from survey_app.services.casting import TicketCredential, cast_ballot
from survey_app.services.collecting import collect
from survey_app.services.terms import unit_key_name
from survey_app.store.engines import Stores
from survey_app.store.registry import Issuance, SlotKey
from tests.databases import MakeStores
from tests.secrecy.threats import threat
from tests.small_polls import DAY
from tests.small_terms import COLLECTING, SECRET, asked, browser, by_ticket, manifest_of, ticket_poll

MEMBERS = [f"b01-{n:03}" for n in range(8)]


def private_key(stores: Stores) -> PrivateKey:
    """The key of the unit, as whoever holds the registry and the instance's secret has it while the poll is open."""
    with Session(stores.registry) as session:
        kept = session.get_one(SlotKey, ("2026-01", "b01"))
        return PrivateKey.from_bytes(
            KeySafe(SECRET).unlocked("2026-01", unit_key_name("b01"), bytes(kept.private or b""))
        )


def seen(stores: Stores) -> tuple[list[bytes], list[TicketCredential]]:
    """Every blinded message beside its person, and every ticket that was cast, both in the order of the members."""
    blinded, tickets = [], []
    for number in MEMBERS:
        page = browser()
        (wanted,) = asked(stores, page)
        (signed,) = collect(stores, SECRET, number, [wanted], COLLECTING)
        blinded.append(wanted.blinded)
        tickets.append(page.ticket(manifest_of(stores), signed))
    for ticket in tickets:
        cast_ballot(stores.ballot_box, by_ticket(ticket), DAY)
    return blinded, tickets


@threat(11)
def test_every_signing_explains_every_ballot_and_no_pair_stands_out(make_stores: MakeStores) -> None:
    """For each pair one blinding factor fits; that factor is a unit, and no two pairs share one that would give them away."""
    stores = make_stores("sqlite")
    ticket_poll(stores)
    blinded, tickets = seen(stores)
    key = private_key(stores)
    n, d = key.public.n, pow(E, -1, (key.p - 1) * (key.q - 1))
    with Session(stores.registry) as session:
        kept = [session.get_one(Issuance, ("2026-01", number)).blinded_hash for number in MEMBERS]
    assert [H(each) for each in blinded] == [bytes(each or b"") for each in kept]
    factors = []
    for message, ticket in product(blinded, tickets):
        hidden, signature = int.from_bytes(message, "big"), int.from_bytes(ticket.signature, "big")
        factor = pow(hidden, d, n) * pow(signature, -1, n) % n
        assert math.gcd(factor, n) == 1
        assert pow(signature, E, n) * pow(factor, E, n) % n == hidden
        again = pow(hidden, d, n) * pow(factor, -1, n) % n
        assert is_signed(key.public, ticket.prepared, again.to_bytes(256, "big"))
        factors.append(factor)
    assert len(set(factors)) == len(MEMBERS) ** 2
