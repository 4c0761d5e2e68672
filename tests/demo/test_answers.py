"""Whatever a table says, the generator's answers are answers the questionnaires accept."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.answers import check_answers, encoded, on_path
from survey_app.demo.comments import OPENNESS, WHO_WRITES, bank
from survey_app.demo.persons import persons_of
from survey_app.demo.polls import DemoPoll, demo_polls, split
from survey_app.demo.university import AGES, CATEGORIES, NEEDS, UNIT_TYPES, Branch, BranchInWave
from tests.demo.generated import demo_university

POLLS = demo_polls(date(2026, 11, 23))
SHARES = st.sampled_from([0.0, 0.3, 1.0])
LATENT = st.sampled_from([-5.0, 0.0, 5.0])


def accepted(poll: DemoPoll, branch: Branch, members: int | None = None) -> int:
    """How many of this branch's answers the compiled check accepts; it raises for the first that it does not."""
    check = check_answers(poll.questionnaire)
    facts = {"branch_members": members or branch.members, "unit": branch.id.lower()}
    people = poll.answers(poll.respondents(persons_of(branch)))
    for natural in people:
        own, texts = split(natural, poll.questionnaire)
        check(encoded(poll.questionnaire, on_path(poll.questionnaire, own, facts), facts), facts)
        assert all(len(text) <= 300 for text in texts.values())
    return len(people)


@pytest.mark.parametrize("poll", POLLS, ids=lambda poll: poll.poll_id)
@pytest.mark.parametrize("branch_id", ["B06", "B15", "B21", "B22", "B24"])
def test_answers_of_the_demo_pass_the_check(poll: DemoPoll, branch_id: str) -> None:
    branch = next(branch for branch in demo_university().branches if branch.id == branch_id)
    assert accepted(poll, branch) == round(branch.members * poll.in_wave(branch).response_rate)


@st.composite
def branches(draw: st.DrawFn) -> Branch:
    """Branches at the ends of what a table may say."""

    def in_wave() -> BranchInWave:
        return BranchInWave(draw(SHARES), draw(LATENT), draw(SHARES), draw(SHARES), draw(SHARES))

    def all_in_one(groups: int) -> tuple[float, ...]:
        return tuple(np.eye(groups)[draw(st.integers(0, groups - 1))] * 100)

    return Branch(
        id=draw(st.sampled_from(["N1", "x-9"])),
        name_zh="某某分工会",
        name_en="Some branch",
        unit_type=draw(st.sampled_from(UNIT_TYPES)),
        members=draw(st.integers(1, 70)),
        category_percents=all_in_one(len(CATEGORIES)),
        age_percents=all_in_one(len(AGES)),
        female_percent=draw(st.sampled_from([0.0, 50.0, 100.0])),
        contract_percent=0.0,
        waves={"2025": in_wave(), "2026": in_wave()},
        deviations=tuple(draw(LATENT) for _ in range(6)),
        difficulty_rate=draw(SHARES),
        known_rate=draw(SHARES),
        nonresponse_slope=draw(st.sampled_from([-2.0, 0.0, 2.0])),
        top_needs=tuple(draw(st.permutations(NEEDS))[:3]),
        anonymity_trust=draw(SHARES),
    )


@given(branches(), st.sampled_from(POLLS))
@settings(max_examples=60, deadline=None)
def test_answers_of_any_branch_pass_the_check(branch: Branch, poll: DemoPoll) -> None:
    assert accepted(poll, branch) == round(branch.members * poll.in_wave(branch).response_rate)


@pytest.mark.parametrize("poll", POLLS, ids=lambda poll: poll.poll_id)
def test_the_same_seed_gives_the_same_answers(poll: DemoPoll) -> None:
    branch = demo_university().branches[19]
    first, again = (poll.answers(poll.respondents(persons_of(branch))) for _ in range(2))
    assert first == again


def test_both_questionnaires_of_a_year_are_answered_by_the_same_people() -> None:
    needs, home = POLLS[2], POLLS[3]
    branch = demo_university().branches[6]
    asked = [poll.respondents(persons_of(branch)) for poll in (needs, home)]
    assert (needs.poll_id, home.poll_id) == ("needs-2026", "home-2026")
    assert (asked[0].place == asked[1].place).all()


def test_a_case_told_to_the_union_is_told_in_both_questionnaires() -> None:
    branch = demo_university().branches[14]
    people = POLLS[2].respondents(persons_of(branch))
    pairs = list(zip(POLLS[2].answers(people), POLLS[3].answers(people), strict=True))
    told = [home["b04"] for needs, home in pairs if needs.get("a05") == "i_told"]
    assert len(told) > 10
    assert set(told) <= {"yes_brought", "pnts"}


def test_the_open_poll_has_about_45_percent_and_asks_no_retired_members() -> None:
    branches = [branch for branch in demo_university().branches if not branch.retired]
    n_responding = sum(len(POLLS[-1].respondents(persons_of(branch))) for branch in branches)
    assert not POLLS[-1].asks_retired
    assert n_responding / sum(branch.members for branch in branches) == pytest.approx(0.45, abs=0.01)


def test_in_the_open_poll_supervision_is_the_weakest_right() -> None:
    branch = demo_university().branches[15]
    answers = POLLS[-1].answers(POLLS[-1].respondents(persons_of(branch)))

    def mean(*items: str) -> float:
        return float(np.mean([int(own[item][1]) for own in answers for item in items if own[item] != "na"]))  # type: ignore[index,arg-type]

    rights = [mean(*(f"d{number:02}" for number in range(first, first + 3))) for first in (2, 5, 8, 11)]
    assert min(rights) == rights[3]
    assert mean("d03") > mean("d02")


def test_the_bank_has_sentences_for_every_need_and_both_moods() -> None:
    assert set(bank()) == {(subject, content) for subject in (*NEEDS, OPENNESS) for content in (True, False)}
    sentences = [sentence for each in bank().values() for sentence in each]
    assert 55 <= len(sentences) <= 75
    assert len(set(sentences)) == len(sentences)
    assert pytest.approx(0.18) == WHO_WRITES
