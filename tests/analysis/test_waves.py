"""Needs and words of a wave: units only where the release shows them, and no word that can be had by subtraction."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure.released import CommentCount
from analysis.disclosure.released_rows import may_show
from analysis.disclosure.suppression import Row
from analysis.frame import CommentWords, SealedPoll, SealedUnit, canonical, codebook, frame_of
from analysis.needs.priorities import criterion_priorities
from analysis.needs.wave import wave_needs
from analysis.needs.worths import worths_of
from analysis.polls import PollInHand, in_hand
from analysis.scoring import scoring_for
from analysis.text.wave import poll_words
from questionnaires.questionnaire import Questionnaire
from questionnaires.scoring import scoring
from tests.analysis.worlds import facts, needs, random_ballots, released, staff_home, unit

SIZES = {"B01": 60, "B02": 45, "B03": 25, "B04": 4, "B05": 3, "B24": 30}
UNITS = [unit(name, 2 * size + 10, "retired" if name == "B24" else "academic") for name, size in SIZES.items()]
WORDS = ("停车", "食堂", "职称")


def taken_in_hand(questionnaire: Questionnaire, comments: tuple[CommentWords, ...] = (), sizes=None) -> PollInHand:
    ballots = random_ballots(questionnaire, SIZES if sizes is None else sizes)
    counts: dict[tuple[str, str], int] = {}
    for each in comments:
        counts[each.unit, each.item] = counts.get((each.unit, each.item), 0) + 1
    told = facts(questionnaire)
    poll = SealedPoll(
        Path("none.box"), "0", questionnaire.id, told.way, told.first_day, told.last_day, "F", told.title, told.wave,
        questionnaire, tuple(SealedUnit(each.id, each.name, each.unit_type, each.n_eligible) for each in UNITS),
    )  # fmt: skip
    frame = canonical(frame_of(codebook(questionnaire), [each.id for each in UNITS], ballots))
    document = released(questionnaire, UNITS, ballots, counts)
    return in_hand(poll, document, scoring_for(questionnaire, scoring()), frame, comments)


@pytest.fixture(scope="module")
def both() -> list[PollInHand]:
    return [taken_in_hand(needs()), taken_in_hand(staff_home())]


def test_rows_are_everybody_in_service_and_what_the_release_shows(both: list[PollInHand]) -> None:
    rows = {row.id: row for row in both[0].rows}
    assert list(rows) == ["ALL", "B01", "B02", "B03", "POOL", "B24"]
    assert (rows["ALL"].n_responding, rows["POOL"].n_responding) == (137, 7)
    assert rows["ALL"].units == (0, 1, 2, 3, 4)


def test_no_figure_of_a_row_goes_beyond_its_release(both: list[PollInHand]) -> None:
    found = wave_needs("2026", both)
    options = both[0].book.questionnaire.item("a11").choices
    assert [row.row for row in found.rows] == [row.id for row in both[0].rows]
    for row in found.rows:
        for each in row.needs:
            shown = may_show(both[0].released, row.row, f"a01.{each.id}")
            assert (each.prevalence.value is not None) == shown, (row.row, each.id)
        asked = all(may_show(both[0].released, row.row, f"a11.{each.id}") for each in options)
        assert asked or not row.worths.needs


def test_the_order_of_polls_and_a_missing_poll_do_no_harm(both: list[PollInHand]) -> None:
    assert wave_needs("2026", both) == wave_needs("2026", both[::-1])
    alone = wave_needs("2026", both[:1])
    assert (alone.services_poll, alone.rows[0].match.reason) == (None, "no poll of this wave asks for the services")
    assert alone.priorities.reason == "no poll of this wave asks for the criteria"
    assert wave_needs("2026", []).rows == ()


@pytest.mark.parametrize("n", [0, 1, 2])
def test_nobody_and_hardly_anybody_give_reasons(n: int) -> None:
    polls = [taken_in_hand(each, sizes={"B01": n}) for each in (needs(), staff_home())]
    found = wave_needs("2026", polls)
    assert all(not row.worths.needs and row.worths.reason for row in found.rows)
    assert found.priorities.reason


def test_worths_count_the_screens_of_the_row_alone(both: list[PollInHand]) -> None:
    poll = both[0]
    parts = [worths_of(poll.frame, row, minimum=1) for row in poll.rows if row.id not in ("ALL", "B24")]
    whole = worths_of(poll.frame, poll.rows[0])
    assert [each.shown for each in whole.needs] == [
        sum(part.needs[at].shown for part in parts) for at in range(len(whole.needs))
    ]
    assert whole.base == sum(part.base for part in parts)


def test_the_criterion_that_makes_satisfaction_matters_most() -> None:
    questionnaire, dice = staff_home(), random.Random(4)
    poll = taken_in_hand(questionnaire)
    codes = poll.frame.codes.copy()
    place = poll.book.place
    for at in range(poll.frame.n_ballots):
        mood = [dice.randrange(5) for _ in range(6)]
        for criterion, items in enumerate(each.items for each in poll.scoring.criteria):
            for item in items:
                codes[place[item], at] = mood[criterion]
        codes[place["b01"], at] = mood[2]
    frame = canonical(frame_of(poll.book, [each.id for each in UNITS], []))
    frame = type(frame)(poll.book, poll.frame.units, poll.frame.unit, np.ascontiguousarray(codes), poll.frame.numbers)
    found = criterion_priorities(frame, poll.rows[0], poll.scoring, poll.tally.plan)
    assert (found.outcome, found.n) == ("b01", 137)
    importance = {each.id: each.priority.importance for each in found.criteria}
    assert max(importance, key=importance.get) == poll.scoring.criteria[2].id
    assert importance[poll.scoring.criteria[2].id] > 0.8


users = st.sampled_from((0, 0, 3, 9, 10, 14))
said = st.fixed_dictionaries({(row, word): users for row in ("B01", "B02", "B03", "B04", "B24") for word in WORDS}).map(
    lambda numbers: [
        CommentWords(row, "b35", frozenset({word})) for (row, word), n in numbers.items() for _ in range(n)
    ]
)
IN_SERVICE = [name for name in SIZES if name != "B24"]
BASE = taken_in_hand(staff_home())


def written(comments: list[CommentWords], row: Row) -> int:
    units = {BASE.frame.units[place] for place in row.units}
    return sum(each.unit in units for each in comments)


@settings(max_examples=100, deadline=None)
@given(said)
def test_no_word_of_one_to_nine_people_is_shown_or_left_over_by_subtraction(comments: list[CommentWords]) -> None:
    counts = [CommentCount(row.id, "b35", n) for row in BASE.rows if (n := written(comments, row)) >= 10]
    document = replace(BASE.released, comment_counts=tuple(counts))
    found = poll_words(replace(BASE, released=document, comments=tuple(comments)))
    for word in WORDS:
        total = sum(word in each.words for each in comments if each.unit in IN_SERVICE)
        units = [each.n_respondents for row in found.rows for each in row.words.words if each.word == word]
        assert all(n >= 10 for n in units)
        for left in [total - sum(units) if units else 0, *(total - n for n in units)]:
            assert left == 0 or left >= 10
        for row in found.rows:
            assert document.comment_count(row.row, row.item).n >= 10
            assert all(each.n_elsewhere == 0 or each.n_elsewhere >= 10 for each in row.key.words)
