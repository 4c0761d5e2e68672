"""The Merkle tree over all receipts of a poll (RFC 6962 shape): one root that changes when any ballot does."""

from collections.abc import Sequence

from survey_app.ballots.encodings import H


def root(receipts: Sequence[bytes]) -> bytes:
    """The root over the receipts in the order of their bytes, which tells nothing of the order they came in."""
    return _root([H(b"\0" + each) for each in sorted(receipts)])


def _root(leaves: list[bytes]) -> bytes:
    """A lone last node of a level rises as it is: the same tree as RFC 6962's split at the largest power of two."""
    if not leaves:
        return H(b"")
    level = leaves
    while len(level) > 1:
        pairs = [H(b"\1" + level[at] + level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) & ~1 :]
    return level[0]
