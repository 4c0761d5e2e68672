"""Sealed boxes or frame files read again, without the service: their polls, the scheme of each, and the year they make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from analysis.assessment import AssessedUnit, Assessment, Scheme, Year, assessment
from analysis.context import Context, context_of, scheme_of
from analysis.frame import (
    Frame,
    SealedPoll,
    SealedUnit,
    UnreadableBox,
    canonical,
    codebook,
    merged,
    poll_frames,
    poll_of,
)


class NothingToAssess(ValueError):  # noqa: N818 - errors are plain nouns
    """The boxes hold no wave that could be assessed; the message is a sentence."""


def sealed_polls(boxes: Iterable[Path]) -> tuple[SealedPoll, ...]:
    """The polls of several boxes or frame files in the order of their ids; raises UnreadableBox, also for two of one poll."""
    polls = sorted(map(poll_of, set(boxes)), key=lambda poll: poll.poll_id)
    for one, next_one in pairwise(polls):
        if one.poll_id == next_one.poll_id:
            raise UnreadableBox(f"{one.path} and {next_one.path} are both of the poll {one.poll_id}.")
    return tuple(polls)


def scheme_for(poll: SealedPoll, context: Context) -> Scheme:
    """The scheme a poll is to be read by: that given by hand, else that beside its box, else that frozen with it."""
    return context.scheme or context_of(poll).scheme or scheme_of(poll)


@dataclass(frozen=True, slots=True, eq=False)
class AssessedAgain:
    """A wave and the one before it as read from their boxes, the scheme of its main poll, and the assessment."""

    scheme: Scheme
    now: Year
    before: Year | None
    found: Assessment


def assessed_again(polls: Sequence[SealedPoll], context: Context) -> AssessedAgain:
    """The assessment of the context's wave (or the latest) against the one before it; raises NothingToAssess.

    A wave can be assessed if its boxes hold the main poll of the scheme; units, head counts and scheme are those of that poll.
    """
    main = main_poll(polls, context)
    if main is None:
        raise NothingToAssess(f"No box holds the main poll{f' of the wave {context.wave}' if context.wave else ''}.")
    scheme, name = scheme_for(main, context), main.questionnaire.id
    earlier = sorted({poll.wave for poll in polls if poll.questionnaire.id == name and poll.wave < main.wave})
    now = year_of(polls, main.wave, name)
    before = year_of(polls, earlier[-1], name) if earlier else None
    return AssessedAgain(scheme, now, before, assessment(now, before, scheme, context.records))


def main_poll(polls: Sequence[SealedPoll], context: Context) -> SealedPoll | None:
    """The main poll of the context's wave, or of the latest; None if there is none. Each poll's own scheme says what is main."""
    found = [
        poll
        for poll in polls
        if poll.questionnaire.id == scheme_for(poll, context).method.main_poll and context.wave in (None, poll.wave)
    ]
    return max(found, key=lambda poll: (poll.wave, poll.last_day, poll.poll_id), default=None)


def year_of(polls: Sequence[SealedPoll], wave: str, main: str) -> Year:
    """All boxes of a wave as one year; polls in the order of their ids, so that the order of the files means nothing."""
    own = sorted((poll for poll in polls if poll.wave == wave), key=lambda poll: poll.poll_id)
    units = next(poll for poll in own if poll.questionnaire.id == main).units
    frames: dict[str, list[Frame]] = {}
    for poll in own:
        frames.setdefault(poll.questionnaire.id, []).append(frame_in_order(poll))
    return Year(wave, tuple(_unit(each) for each in units), frames)


def frame_in_order(poll: SealedPoll) -> Frame:
    """All ballots in canonical order, so that no figure depends on how they were read."""
    book, names = codebook(poll.questionnaire), [unit.id for unit in poll.units]
    return canonical(merged(book, names, poll_frames(poll, book, names)))


def _unit(unit: SealedUnit) -> AssessedUnit:
    return AssessedUnit(unit.id, unit.name, unit.unit_type, unit.n_eligible, unit.head_counts, unit.branches)
