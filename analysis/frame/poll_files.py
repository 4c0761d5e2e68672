"""A poll from its sealed box or from its frame file: told apart by their first bytes, read through the same functions."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.frame.codebook import Codebook
from analysis.frame.columns import BLOCK, Frame
from analysis.frame.frame_file import frame_poll, saved_comments, saved_frame
from analysis.frame.sealed_box import box_comments, box_frames
from analysis.frame.sealed_poll import SealedPoll, UnreadableBox, sealed_poll

_ZIP = b"PK"


def poll_of(path: Path) -> SealedPoll:
    """The poll of a box or of a frame file; raises UnreadableBox."""
    try:
        with path.open("rb") as file:
            start = file.read(2)
    except OSError as fault:
        raise UnreadableBox(f"{path} is no sealed box: {fault}.") from fault
    return frame_poll(path) if start == _ZIP else sealed_poll(path)


def poll_frames(poll: SealedPoll, book: Codebook, units: Sequence[str], block: int = BLOCK) -> Iterator[Frame]:
    """The ballots of a poll, about `block` at a time from a box, all at once from a frame file."""
    if poll.saved is None:
        return box_frames(poll.path, book, units, block)
    return iter((saved_frame(poll.saved, book, units),))


def poll_comments(poll: SealedPoll) -> dict[tuple[str, str], int]:
    """How many comments each (unit, item) has."""
    return box_comments(poll.path) if poll.saved is None else saved_comments(poll.saved)
