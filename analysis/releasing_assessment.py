"""From the sealed boxes of a wave to its one released assessment, in the service and without it."""

import hashlib
from collections.abc import Sequence

from analysis.assessment import Records, Scheme, Year, assessment
from analysis.assessment.measures import layout
from analysis.assessment.thin_cells import ThinCells, thin_cells
from analysis.context import Context, context_document
from analysis.disclosure.assessment_gate import Surroundings, gated
from analysis.disclosure.released_assessment import AssessedPoll, ReleasedAssessment
from analysis.frame import Questionnaire, SealedPoll, Text
from analysis.repeating import NothingToAssess, main_poll, scheme_for, year_of


def released_assessment_of(polls: Sequence[SealedPoll], context: Context) -> ReleasedAssessment:
    """The assessment of the context's wave (the latest if it names none) against the one before, as it may be shown.

    `polls`: sealed boxes of both waves, in any order. Raises NothingToAssess if the wave holds no main poll of its scheme.
    The same boxes, scheme and records give the same bytes.
    """
    main = main_poll(polls, context)
    if main is None:
        raise NothingToAssess(f"No box holds the main poll{f' of the wave {context.wave}' if context.wave else ''}.")
    scheme, name = scheme_for(main, context), main.questionnaire.id
    earlier = sorted({poll.wave for poll in polls if poll.questionnaire.id == name and poll.wave < main.wave})
    waves = (main.wave, *earlier[-1:])
    now = year_of(polls, main.wave, name)
    then = year_of(polls, earlier[-1], name) if earlier else None
    found = assessment(now, then, scheme, context.records)
    before = None if then is None else assessment(then, None, scheme).university
    own = sorted((poll for poll in polls if poll.wave in waves), key=lambda poll: poll.poll_id)
    around = Surroundings(
        polls=tuple(_told(poll) for poll in own),
        names=_names(scheme, [poll.questionnaire for poll in own if poll.wave == main.wave]),
        thin=thin_cells(now, scheme),
        thin_before=_thin(then, scheme),
        voice_before=before.staff_voice if before else None,
        responding_before=before.n_responding if before else None,
        context_sha256=hashlib.sha256(records_context(context.records, main.wave)).hexdigest(),
    )
    return gated(found, around)


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
