"""From a sealed box to the one released document of its poll."""

from analysis.disclosure.crossings import counted
from analysis.disclosure.gate import release
from analysis.disclosure.needs_and_words import with_needs_and_words
from analysis.disclosure.planning import frozen_plan, unit_facts
from analysis.disclosure.released import PollFacts, Released
from analysis.frame import LibraryScoring, SealedPoll, canonical, codebook, merged, poll_comments, poll_frames
from analysis.polls import in_hand
from analysis.scoring import combinations, scoring_for
from analysis.text.comment_words import comment_words


def released_box(poll: SealedPoll, rules: LibraryScoring) -> Released:
    """The results of a sealed box: the same bytes for the same box and scoring, in the service and without it.

    Only counts leave the box, and only through the gate. They keep to the publication plan frozen with the poll.
    Raises UnreadableBox for a box that contradicts itself, UnsafeRelease if nothing of it can be told safely.
    """
    book, scoring = codebook(poll.questionnaire), scoring_for(poll.questionnaire, rules)
    names = [unit.id for unit in poll.units]
    plan = frozen_plan(poll, rules)
    frame = canonical(merged(book, names, poll_frames(poll, book, names)))
    counts = counted(book, names, (frame,), combinations(book, scoring), tuple(plan.least))
    facts = PollFacts(
        id=poll.poll_id,
        questionnaire=poll.questionnaire.id,
        title=poll.title,
        wave=poll.wave,
        first_day=poll.first_day,
        last_day=poll.last_day,
        way=poll.way,
        fingerprint=poll.fingerprint,
        box_sha256=poll.sha256,
    )
    released = release(counts, facts, unit_facts(poll.units), scoring, poll_comments(poll), planned=plan)
    return with_needs_and_words(in_hand(poll, released, scoring, frame, comment_words(poll)))
