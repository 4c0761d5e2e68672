"""The 32-byte seed of a booklet: everything a ticket needs is derived from it, so a lost store is healed by asking again."""

from dataclasses import dataclass, field
from math import gcd

from survey_app.ballots.blinding import Blinded, blind
from survey_app.ballots.encodings import HASH_BYTES, context
from survey_app.ballots.keys import PublicKey
from survey_app.ballots.pss import SALT, mask

SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class TicketSecrets:
    """What one ticket is made of; `opener` hides the answers in the receipt."""

    prefix: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    factor: int = field(repr=False)
    opener: bytes = field(repr=False)

    def prepared(self, bound: bytes) -> bytes:
        return self.prefix + bound


def ticket_secrets(seed: bytes, key: PublicKey, slot_id: str, unit_id: str) -> TicketSecrets:
    """The secrets of the ticket of one slot and unit: the same seed gives the same ticket on any device."""
    if len(seed) != SEED_BYTES:
        raise ValueError("A seed has 32 bytes.")
    bound = context(slot_id, unit_id)

    def grown(label: bytes, length: int) -> bytes:
        return mask(seed + label + b"\0" + bound, length)

    factor = next(
        number
        for counter in range(256)
        if (number := int.from_bytes(grown(b"blind" + bytes([counter]), key.size + 16), "big") % key.n) > 1
        and gcd(number, key.n) == 1
    )
    return TicketSecrets(grown(b"prefix", HASH_BYTES), grown(b"salt", SALT), factor, grown(b"opener", HASH_BYTES))


def blinded_ticket(key: PublicKey, secrets: TicketSecrets, slot_id: str, unit_id: str) -> Blinded:
    """The ticket of these secrets as it is sent to be signed."""
    return blind(key, secrets.prepared(context(slot_id, unit_id)), secrets.salt, secrets.factor)
