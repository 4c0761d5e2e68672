"""The attacks that anonymity and honest counting must stand, and the mark of the tests that try them."""

from collections.abc import Callable, Mapping
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., object])

#: Number of each attack, as in docs/decisions/0006.
THREATS: Mapping[int, str] = {
    1: "a key of its own for one person",
    2: "a unit of one person in the manifest",
    3: "a malicious modulus or exponent",
    4: "the time between collecting and answering",
    5: "logs of address, browser and language",
    6: "the order of rows",
    7: "backups",
    8: "the session cookie rides along",
    9: "referrer and foreign content",
    10: "the draft read by the next user",
    11: "mathematics with the private key",
    12: "two tickets for one person",
    13: "one ticket used twice",
    14: "a ticket of one unit used for another",
    15: "forged and bent signatures",
    16: "degenerate blinded messages",
    17: "faults while signing",
    18: "the server drops or alters a ballot",
    19: "the server stuffs ballots",
    20: "somebody demands to see the answers",
    21: "a unit in which nearly nobody answered",
    22: "style and content of comments",
    23: "an officer looks at results while the poll is open",
    24: "personal questions that make a fingerprint",
    25: "a receipt shown, a seed kept",
    26: "collecting and answering on one day",
    27: "a log of the network together with snapshots of the disk",
}


def threat(number: int) -> Callable[[Test], Test]:
    """Mark a test as trying this attack."""

    def mark(test: Test) -> Test:
        test.__dict__["threats"] = {*test.__dict__.get("threats", ()), number}
        return test

    return mark
