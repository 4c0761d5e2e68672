"""One demo poll from freezing to its last ballot, through the same services that officers and staff use."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from questionnaires.answers import encoded, on_path
from questionnaires.texts import Text
from survey_app.demo.merging import merges
from survey_app.demo.persons import Persons
from survey_app.demo.polls import DemoPoll, split
from survey_app.demo.seeds import generator
from survey_app.demo.university import University
from survey_app.services.casting import Comment, OpenUnit, SlipCode, Submission, cast_ballot
from survey_app.services.designing import FrozenPoll, Notice, PollDraft, ReportingUnit, freeze_poll, reporting_units
from survey_app.services.issuing import draw_slips, slips_drawn, withdraw_slips
from survey_app.store.engines import Stores

OFFICER = "zhoumin"
NOTICE_DAYS = 14
RANDOM_BYTES = 32

Codes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who runs the demo's polls, as the notice says it."""

    organiser: Text
    contact: Text


def freeze(stores: Stores, university: University, poll: DemoPoll, voice: Voice) -> FrozenPoll:
    """Frozen two weeks before its first day; again is the same poll."""
    units = reporting_units(stores, merges(university))
    draft = PollDraft(
        poll_id=poll.poll_id,
        questionnaire=poll.questionnaire,
        title=poll.title,
        wave=poll.wave,
        way=poll.way,
        first_day=poll.first_day,
        last_day=poll.last_day,
        notice=Notice(voice.organiser, poll.questionnaire.purpose, voice.contact, poll.results_by, poll.kept_until),
        units=tuple(unit for unit in units if poll.asks_retired or unit.unit_type != "retired"),
    )
    return freeze_poll(stores, draft, OFFICER, poll.first_day - timedelta(days=NOTICE_DAYS))


def draw_all_slips(stores: Stores, frozen: FrozenPoll, counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """So many slips per unit. Slips drawn by a making that broke off before it could note them are voided first."""
    codes = {}
    drawn = slips_drawn(stores, frozen.poll_id)
    for unit in frozen.units:
        if drawn.get(unit.id):
            withdraw_slips(stores, frozen.poll_id, unit.id)
        codes[unit.id] = draw_slips(stores, frozen.poll_id, unit.id, counts[unit.id])
    return codes


def n_responding(poll: DemoPoll, frozen: FrozenPoll, persons: tuple[Persons, ...]) -> dict[str, int]:
    """Ballots that each unit will cast."""
    by_branch = {each.branch.id: len(poll.respondents(each)) for each in persons}
    return {unit.id: sum(by_branch[branch] for branch in unit.branches) for unit in frozen.units}


def n_ballots(poll: DemoPoll, persons: tuple[Persons, ...]) -> int:
    return sum(len(poll.respondents(each)) for each in persons if poll.asks_retired or not each.branch.retired)


def cast_all(
    stores: Stores,
    poll: DemoPoll,
    frozen: FrozenPoll,
    persons: tuple[Persons, ...],
    codes: Codes,
    one_done: Callable[[], object],
) -> None:
    """Every ballot through the casting service, one durable commit each. Again is harmless: the same ballots, the same codes."""
    by_branch = {each.branch.id: each for each in persons}
    for unit in frozen.units:
        for submission in submissions(poll, frozen, unit, by_branch, codes.get(unit.id, ())):
            cast_ballot(stores.ballot_box, submission, frozen.first_day)
            one_done()


def submissions(
    poll: DemoPoll, frozen: FrozenPoll, unit: ReportingUnit, persons: Mapping[str, Persons], codes: tuple[str, ...]
) -> Iterator[Submission]:
    """The ballots of one unit. Nonces and openers come from a seed: only here, where nobody has anything to hide."""
    rng = generator("nonces and openers", poll.poll_id, unit.id)
    facts, questionnaire = frozen.facts(unit.id), frozen.questionnaire
    people = [natural for branch in unit.branches for natural in poll.answers(poll.respondents(persons[branch]))]
    for place, natural in enumerate(people):
        own, texts = split(natural, questionnaire)
        yield Submission(
            poll_id=poll.poll_id,
            nonce=rng.bytes(RANDOM_BYTES),
            opener=rng.bytes(RANDOM_BYTES),
            answers=encoded(questionnaire, on_path(questionnaire, own, facts), facts),
            comments=tuple(Comment(item, text, rng.bytes(RANDOM_BYTES)) for item, text in texts.items()),
            credential=SlipCode(codes[place]) if poll.way == "slip" else OpenUnit(unit.id),
        )
