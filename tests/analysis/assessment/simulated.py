"""Years of the demo university straight from its generator, without a database: any seed, any table of that shape."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np

from analysis.assessment.answers import AssessedUnit, Year
from analysis.assessment.scheme import Scheme
from analysis.frame import Frame, Text, codebook, frame_of
from questionnaires.answers import encoded, on_path
from questionnaires.questionnaire import Questionnaire
from questionnaires.scoring import scoring
from survey_app.demo import seeds
from survey_app.demo.merging import merges
from survey_app.demo.persons import Persons, persons_of
from survey_app.demo.polls import DemoPoll, home_poll, needs_poll, split
from survey_app.demo.university import DEMO_UNIVERSITY, University, read_university


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """All random numbers of the generator from another seed."""
    own, seeds.SEED_OF_THE_DEMO = seeds.SEED_OF_THE_DEMO, seed
    try:
        yield
    finally:
        seeds.SEED_OF_THE_DEMO = own


def scheme() -> Scheme:
    return Scheme(scoring())


def units_of(university: University, persons: tuple[Persons, ...]) -> tuple[AssessedUnit, ...]:
    """The reporting units as designing makes them: small branches merged, head counts added up."""
    by_branch = {each.branch.id: each for each in persons}
    merged = merges(university)
    inside = {branch for merge in merged.values() for branch in merge.branches}
    groups = [(branch.id.lower(), (branch.id,)) for branch in university.branches if branch.id not in inside]
    groups += [(unit_id, merge.branches) for unit_id, merge in merged.items()]
    return tuple(_unit(unit_id, [by_branch[branch] for branch in branches]) for unit_id, branches in groups)


def _unit(unit_id: str, persons: list[Persons]) -> AssessedUnit:
    heads: dict[str, int] = {}
    for each in persons:
        for category, n in each.head_counts().items():
            heads[category] = heads.get(category, 0) + n
    first = persons[0].branch
    members = sum(each.branch.members for each in persons)
    return AssessedUnit(
        unit_id,
        Text(first.name_zh, first.name_en),
        first.unit_type,
        members,
        heads,
        tuple(p.branch.id for p in persons),
    )


def frame(poll: DemoPoll, units: tuple[AssessedUnit, ...], persons: tuple[Persons, ...]) -> Frame:
    by_branch = {each.branch.id: each for each in persons}
    book = codebook(poll.questionnaire)
    ballots = [
        (unit.id, stored(poll.questionnaire, natural, unit))
        for unit in units
        for branch in unit.branches
        for natural in poll.answers(poll.respondents(by_branch[branch]))
    ]
    return frame_of(book, [unit.id for unit in units], ballots)


def stored(questionnaire: Questionnaire, natural: dict, unit: AssessedUnit) -> bytes:
    facts = {"branch_members": unit.n_eligible, "unit": unit.id}
    own, _ = split(natural, questionnaire)
    return encoded(questionnaire, on_path(questionnaire, own, facts), facts)


def year(wave: str, university: University, *, merged: bool = True) -> Year:
    """Needs and home of one wave, with the seed that is set."""
    persons = tuple(persons_of(branch) for branch in university.branches)
    alone = tuple(_unit(each.branch.id.lower(), [each]) for each in persons)
    units = units_of(university, persons) if merged else alone
    polls = {poll.questionnaire.id: poll for poll in (needs_poll(wave), home_poll(wave))}
    return Year(wave, units, {name: (frame(poll, units, persons),) for name, poll in polls.items()})


@cache
def demo_years(seed: int = seeds.SEED_OF_THE_DEMO, path: Path = DEMO_UNIVERSITY) -> tuple[Year, Year]:
    """The two waves of the demo, or of another simulated pair of waves."""
    with seeded(seed):
        university = read_university(path)
        return year("2025", university), year("2026", university)


@cache
def unmerged_years() -> tuple[Year, Year]:
    """The demo as it would be if every branch, however small, were a unit of its own."""
    university = read_university(DEMO_UNIVERSITY)
    return year("2025", university, merged=False), year("2026", university, merged=False)


def shuffled_frame(frame: Frame, seed: int = 7) -> Frame:
    """The same ballots in another order."""
    order = np.random.default_rng(seed).permutation(frame.n_ballots)
    return Frame(frame.codebook, frame.units, frame.unit[order], frame.codes[:, order], frame.numbers[:, order])
