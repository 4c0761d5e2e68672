"""Before an assessment is worked out: which polls of a wave go in, which are missing, and what that means."""

from dataclasses import dataclass
from datetime import date

from questionnaires.library import IDS, load
from questionnaires.texts import Text
from survey_app.services import designing
from survey_app.services.assessing import SEALED, assessed_waves
from survey_app.services.designing import PollSummary
from survey_app.services.errors import NoSuchWave
from survey_app.store.engines import Stores


@dataclass(frozen=True, slots=True)
class WavePoll:
    """A poll of a wave. `feeds`: names of the questions and criteria it enters; none if it is only shown or not read.

    `waiting`: it is not sealed, so an assessment worked out now goes without it for ever.
    """

    poll_id: str
    title: Text
    last_day: date
    feeds: tuple[Text, ...]
    waiting: bool


@dataclass(frozen=True, slots=True)
class MissingPoll:
    """A questionnaire that the scheme reads and that was not held in the wave; `feeds` as above."""

    title: Text
    feeds: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class AssessableWave:
    """`units`: (id, name) of the reporting units of the main poll; empty while there is none."""

    wave: str
    wave_before: str | None
    ready: bool
    released: bool
    polls: tuple[WavePoll, ...]
    missing: tuple[MissingPoll, ...]
    units: tuple[tuple[str, Text], ...]

    @property
    def goes_in(self) -> tuple[WavePoll, ...]:
        return tuple(poll for poll in self.polls if poll.feeds and not poll.waiting)

    @property
    def waits(self) -> tuple[WavePoll, ...]:
        return tuple(poll for poll in self.polls if poll.feeds and poll.waiting)


def assessable_waves(stores: Stores) -> tuple[AssessableWave, ...]:
    """All waves that hold the main poll of the scheme, the newest first."""
    polls = designing.polls(stores)
    main = _main_poll()
    waves = sorted({poll.wave for poll in polls if poll.questionnaire_id == main}, reverse=True)
    released = {each.wave for each in assessed_waves(stores)}
    return tuple(_wave(stores, wave, polls, wave in released) for wave in waves)


def assessable_wave(stores: Stores, wave: str) -> AssessableWave:
    """One of them; raises NoSuchWave."""
    for each in assessable_waves(stores):
        if each.wave == wave:
            return each
    raise NoSuchWave(wave)


def _wave(stores: Stores, wave: str, polls: tuple[PollSummary, ...], released: bool) -> AssessableWave:
    main, feeds = _main_poll(), _feeds()
    own = sorted((poll for poll in polls if poll.wave == wave), key=lambda poll: (poll.last_day, poll.poll_id))
    sealed = [poll for poll in own if poll.stored_state in SEALED]
    first = next((poll for poll in own if poll.questionnaire_id == main), None)
    units = designing.frozen_poll(stores.ballot_box, first.poll_id).units if first else ()
    earlier = sorted(
        {
            poll.wave
            for poll in polls
            if poll.questionnaire_id == main and poll.wave < wave and poll.stored_state in SEALED
        }
    )
    held = {poll.questionnaire_id for poll in own}
    return AssessableWave(
        wave=wave,
        wave_before=earlier[-1] if earlier else None,
        ready=any(poll.questionnaire_id == main for poll in sealed),
        released=released,
        polls=tuple(
            WavePoll(
                poll.poll_id,
                poll.title,
                poll.last_day,
                feeds.get(poll.questionnaire_id, ()),
                poll.stored_state not in SEALED,
            )
            for poll in own
        ),
        missing=tuple(
            MissingPoll(load(name).title, names) for name, names in feeds.items() if name not in held and name in IDS
        ),
        units=tuple((unit.id, unit.name) for unit in units),
    )


def _main_poll() -> str:
    from analysis.assessment.scheme import Method

    return Method().main_poll


def _feeds() -> dict[str, tuple[Text, ...]]:
    """Questionnaire -> the names of the questions and criteria it enters, in the order of the scheme."""
    from analysis.assessment import Scheme
    from analysis.assessment.measures import layout
    from analysis.frame import library_scoring

    plan = layout(Scheme(library_scoring()))
    names = {measure.id: measure.text for name in IDS for measure in load(name).measures}
    found: dict[str, dict[str, Text]] = {}
    for dimension in plan.dimensions:
        for place in (place for part in dimension.parts for place in part.measures):
            found.setdefault(plan.measures[place].poll, {})[dimension.id] = names.get(dimension.id, Text(dimension.id))
    return {poll: tuple(own.values()) for poll, own in found.items()}
