"""From the sealed boxes of a wave to its one released assessment, in the service and without it."""

from collections.abc import Iterable, Sequence

from analysis.assessment import Records, Scheme, Year, assessment
from analysis.assessment.measures import layout
from analysis.assessment.thin_cells import ThinCells, thin_cells
from analysis.disclosure.assessment_gate import Surroundings, gated
from analysis.disclosure.released_assessment import AssessedPoll, ReleasedAssessment
from analysis.frame import Questionnaire, SealedPoll, Text
from analysis.repeating import NothingToAssess, year_of


def released_assessment_of(
    polls: Sequence[SealedPoll],
    scheme: Scheme,
    records: Records | None = None,
    wave: str | None = None,
    context_sha256: str | None = None,
) -> ReleasedAssessment:
    """The assessment of `wave` (the latest if None) against the one before, as it may be shown.

    `polls`: sealed boxes of both waves, in any order; the wave must hold the main poll of the scheme, else NothingToAssess.
    The same boxes, scheme and records give the same bytes.
    """
    own = sorted(polls, key=lambda poll: poll.poll_id)
    wave, before = assessed_waves_of(own, scheme, wave)
    main = scheme.method.main_poll
    now = year_of(own, wave, main)
    then = None if before is None else year_of(own, before, main)
    found = assessment(now, then, scheme, records or Records())
    earlier = None if then is None else assessment(then, None, scheme).university
    around = Surroundings(
        polls=tuple(_told(poll) for poll in own if poll.wave in (wave, before)),
        names=_names(scheme, [poll.questionnaire for poll in own if poll.wave == wave]),
        thin=thin_cells(now, scheme),
        thin_before=_thin(then, scheme),
        voice_before=earlier.staff_voice if earlier else None,
        responding_before=earlier.n_responding if earlier else None,
        context_sha256=context_sha256,
    )
    return gated(found, around)


def assessed_waves_of(polls: Iterable[SealedPoll], scheme: Scheme, wave: str | None) -> tuple[str, str | None]:
    """The wave to assess and the one before it, among those that hold the main poll; raises NothingToAssess."""
    waves = sorted({poll.wave for poll in polls if poll.questionnaire.id == scheme.method.main_poll})
    chosen = wave or (waves[-1] if waves else None)
    if chosen is None or chosen not in waves:
        raise NothingToAssess(
            f"No box holds the poll {scheme.method.main_poll}{f' of the wave {wave}' if wave else ''}."
        )
    earlier = [each for each in waves if each < chosen]
    return chosen, earlier[-1] if earlier else None


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
            names[part.id] = Text(
                "、".join(each.zh for each in asked), "; ".join(each.in_language("en") for each in asked)
            )
    return names
