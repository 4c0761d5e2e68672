"""What an auditor gets: every document that follows from sealed boxes or frame files, and the frame file of a box."""

from collections.abc import Sequence

from analysis.assessment import Scheme
from analysis.assessment.method_cards import written_cards
from analysis.context import Context, context_bytes
from analysis.disclosure.released import Released
from analysis.frame import SealedPoll, frame_file
from analysis.method import every_card
from analysis.needs.wave import wave_needs
from analysis.polls import PollInHand, in_hand
from analysis.releasing import released_box
from analysis.releasing_assessment import released_assessment
from analysis.repeating import assessed_again, frame_in_order, main_poll, scheme_for
from analysis.scoring import scoring_for
from analysis.stored_values import settled_json
from analysis.text.comment_words import comment_words
from analysis.text.wave import wave_words


def documents(polls: Sequence[SealedPoll], context: Context) -> dict[str, bytes]:
    """File name -> bytes of everything that can be computed: releases; needs and words of each wave; the assessment, before
    and behind the gate, if the boxes hold the main poll; and how it was done."""
    schemes = {poll.poll_id: scheme_for(poll, context) for poll in polls}
    releases = {poll.poll_id: released_box(poll, schemes[poll.poll_id].scoring) for poll in polls}
    found = {f"{name}.released.json": each.to_json() for name, each in releases.items()}
    for wave in sorted({poll.wave for poll in polls}):
        own = [_in_hand(poll, releases[poll.poll_id], schemes[poll.poll_id]) for poll in polls if poll.wave == wave]
        found[f"needs-{wave}.json"] = settled_json(wave_needs(wave, own))
        found[f"words-{wave}.json"] = settled_json(wave_words(wave, own))
    main = main_poll(polls, context)
    if main or context.wave:
        whole = assessed_again(polls, context)
        wave = whole.found.wave
        found[f"assessment-{wave}.json"] = whole.found.to_json()
        found[f"assessment-{wave}.released.json"] = released_assessment(polls, context, whole).to_json()
    newest = {poll.questionnaire.id: poll for poll in sorted(polls, key=lambda poll: poll.last_day)}
    scheme = scheme_for(main or newest[max(newest)], context)
    cards = every_card(scheme, [newest[name].questionnaire for name in sorted(newest)])
    return found | {f"method.{language}.md": written_cards(cards, language).encode() for language in ("zh", "en")}


def saved(poll: SealedPoll) -> bytes:
    """The frame file of a poll, its context with it."""
    return frame_file(poll, frame_in_order(poll), comment_words(poll), context_bytes(poll))


def _in_hand(poll: SealedPoll, released: Released, scheme: Scheme) -> PollInHand:
    scoring = scoring_for(poll.questionnaire, scheme.scoring)
    return in_hand(poll, released, scoring, frame_in_order(poll), comment_words(poll))
