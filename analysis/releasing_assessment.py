"""From the sealed boxes of a wave to its one released assessment, in the service and without it."""

import hashlib
from collections.abc import Sequence

from analysis.assessment import Records, Scheme, Year
from analysis.assessment.measures import layout
from analysis.assessment.thin_cells import ThinCells, thin_cells
from analysis.assessment.university import University, university_of
from analysis.assessment.waves import wave_of
from analysis.context import Context, context_document, scheme_of
from analysis.disclosure.assessed_rows import as_polls_tell, untold_cases
from analysis.disclosure.assessment_gate import Surroundings, gated
from analysis.disclosure.released_assessment import AssessedPoll, ReleasedAssessment
from analysis.frame import Questionnaire, SealedPoll, Text
from analysis.releasing import released_box
from analysis.repeating import AssessedAgain, assessed_again


def released_assessment_of(polls: Sequence[SealedPoll], context: Context) -> ReleasedAssessment:
    """The assessment of the context's wave (the latest if it names none) against the one before, as it may be shown.

    `polls`: sealed boxes of both waves, in any order. Raises NothingToAssess if the wave holds no main poll of its scheme.
    The same boxes, scheme and records give the same bytes.
    """
    return released_assessment(polls, context, assessed_again(polls, context))


def released_assessment(polls: Sequence[SealedPoll], context: Context, assessed: AssessedAgain) -> ReleasedAssessment:
    """The same from the assessment of these polls."""
    scheme, now, then = assessed.scheme, assessed.now, assessed.before
    waves = {year.wave for year in (now, then) if year is not None}
    own = sorted((poll for poll in polls if poll.wave in waves), key=lambda poll: poll.poll_id)
    before = None if then is None else _university(then, scheme)
    released = {
        poll.questionnaire.id: released_box(poll, scheme_of(poll).scoring) for poll in own if poll.wave == now.wave
    }
    around = Surroundings(
        polls=tuple(_told(poll) for poll in own),
        names=_names(scheme, [poll.questionnaire for poll in own if poll.wave == now.wave]),
        thin=as_polls_tell(thin_cells(now, scheme), layout(scheme), released),
        untold=untold_cases(released),
        thin_before=_thin(then, scheme),
        voice_before=before.composite if before else None,
        responding_before=before.n_responding if before else None,
        context_sha256=hashlib.sha256(records_context(context.records, now.wave)).hexdigest(),
    )
    return gated(assessed.found, around)


def _university(year: Year, scheme: Scheme) -> University:
    plan = layout(scheme)
    return university_of(wave_of(year, plan, scheme), plan, scheme)


def records_context(records: Records, wave: str) -> bytes:
    """The context file with which anybody repeats the assessment of a wave: the records that entered it, and nothing else.

    The scheme is that frozen with the main poll, in its box.
    """
    return context_document(records=records, wave=wave)


def _thin(year: Year | None, scheme: Scheme) -> ThinCells:
    return ThinCells() if year is None else thin_cells(year, scheme)


def _told(poll: SealedPoll) -> AssessedPoll:
    return AssessedPoll(poll.poll_id, poll.questionnaire.id, poll.wave, poll.sha256)


def _names(scheme: Scheme, questionnaires: Sequence[Questionnaire]) -> dict[str, Text]:
    """Dimensions by the names of the measures that the questionnaires feed, components by the short names of their questions."""
    names = {measure.id: measure.text for one in questionnaires for measure in one.measures}
    labels = {f"{one.id}.{item.id}": item.label for one in questionnaires for item in one.items}
    plan = layout(scheme)
    for part in (part for dimension in plan.dimensions for part in dimension.parts if part.id not in names):
        measures = [plan.measures[place] for place in part.measures]
        asked = [labels[name] for each in measures for item in each.items if (name := f"{each.poll}.{item}") in labels]
        if asked:
            english = "; ".join(each.in_language("en") for each in asked)
            names[part.id] = Text("、".join(each.zh for each in asked), english)
    return names
