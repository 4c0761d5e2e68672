"""A poll taken in hand: its answers counted once, beside what was released of it."""

from dataclasses import dataclass

from analysis.disclosure.released import Released
from analysis.disclosure.released_rows import rows_of
from analysis.disclosure.suppression import Row
from analysis.frame import Codebook, CommentWords, Frame, SealedPoll
from analysis.scoring import Scoring, combinations
from analysis.tallies import Tally, tally_of


@dataclass(frozen=True, slots=True, eq=False)
class PollInHand:
    """`frame`: all ballots in canonical order; `rows`: everybody and the rows the release shows, of `tally`'s units."""

    poll: SealedPoll
    released: Released
    scoring: Scoring
    frame: Frame
    tally: Tally
    rows: tuple[Row, ...]
    comments: tuple[CommentWords, ...] = ()

    @property
    def book(self) -> Codebook:
        return self.frame.codebook

    def row(self, row_id: str) -> Row | None:
        """The row of this id, None where the release does not show it."""
        return next((row for row in self.rows if row.id == row_id), None)


def in_hand(
    poll: SealedPoll, released: Released, scoring: Scoring, frame: Frame, comments: tuple[CommentWords, ...]
) -> PollInHand:
    """Count the answers of a poll, and find the rows of its release among its units."""
    tally = tally_of(frame.codebook, frame.units, [frame], combinations(frame.codebook, scoring))
    rows = rows_of(released, frame.units, [int(n) for n in tally.responding])
    return PollInHand(poll, released, scoring, frame, tally, rows, comments)
