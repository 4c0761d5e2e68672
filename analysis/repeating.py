"""Everything again from sealed boxes, without the service: the released document of each poll, and the yearly assessment."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from analysis.assessment import AssessedUnit, Assessment, Year, assessment
from analysis.assessment.method_cards import method_cards, written_cards
from analysis.context import Context
from analysis.frame import (
    Frame,
    SealedPoll,
    SealedUnit,
    UnreadableBox,
    box_frames,
    codebook,
    merged,
    sealed_poll,
)
from analysis.releasing import released_box


class NothingToAssess(ValueError):  # noqa: N818 - errors are plain nouns
    """The boxes hold no wave that could be assessed; the message is a sentence."""


def sealed_polls(boxes: Iterable[Path]) -> tuple[SealedPoll, ...]:
    """The polls of several boxes in the order of their ids; raises UnreadableBox, also for two boxes of one poll."""
    polls = sorted(map(sealed_poll, set(boxes)), key=lambda poll: poll.poll_id)
    for one, next_one in pairwise(polls):
        if one.poll_id == next_one.poll_id:
            raise UnreadableBox(f"{one.path} and {next_one.path} are both of the poll {one.poll_id}.")
    return tuple(polls)


def assessed_again(polls: Sequence[SealedPoll], context: Context) -> Assessment:
    """The assessment of the context's wave (or the latest) against the one before it; raises NothingToAssess.

    A wave can be assessed if its boxes hold the main poll of the scheme; units and head counts are those of that poll.
    """
    main = context.scheme.method.main_poll
    waves = sorted({poll.wave for poll in polls if poll.questionnaire.id == main})
    wave = context.wave or (waves[-1] if waves else None)
    if wave is None or wave not in waves:
        raise NothingToAssess(f"No box holds the poll {main}{f' of the wave {wave}' if wave else ''}.")
    earlier = [each for each in waves if each < wave]
    before = year_of(polls, earlier[-1], main) if earlier else None
    return assessment(year_of(polls, wave, main), before, context.scheme, context.records)


def year_of(polls: Sequence[SealedPoll], wave: str, main: str) -> Year:
    """All boxes of a wave as one year; polls in the order of their ids, so that the order of the files means nothing."""
    own = sorted((poll for poll in polls if poll.wave == wave), key=lambda poll: poll.poll_id)
    units = next(poll for poll in own if poll.questionnaire.id == main).units
    frames: dict[str, list[Frame]] = {}
    for poll in own:
        frames.setdefault(poll.questionnaire.id, []).append(_frame(poll))
    return Year(wave, tuple(_unit(each) for each in units), frames)


def documents(polls: Sequence[SealedPoll], context: Context) -> dict[str, bytes]:
    """File name -> bytes of everything that can be computed: releases, the assessment if
    the boxes hold the main poll, and how it was done."""
    found = {f"{poll.poll_id}.released.json": released_box(poll, context.scheme.scoring).to_json() for poll in polls}
    if context.wave or any(poll.questionnaire.id == context.scheme.method.main_poll for poll in polls):
        whole = assessed_again(polls, context)
        found[f"assessment-{whole.wave}.json"] = whole.to_json()
    newest = {poll.questionnaire.id: poll.questionnaire for poll in sorted(polls, key=lambda poll: poll.last_day)}
    cards = method_cards(context.scheme, [newest[name] for name in sorted(newest)])
    return found | {f"method.{language}.md": written_cards(cards, language).encode() for language in ("zh", "en")}


def _frame(poll: SealedPoll) -> Frame:
    book, names = codebook(poll.questionnaire), [unit.id for unit in poll.units]
    return merged(book, names, box_frames(poll.path, book, names))


def _unit(unit: SealedUnit) -> AssessedUnit:
    return AssessedUnit(unit.id, unit.name, unit.unit_type, unit.n_eligible, unit.head_counts, unit.branches)
