"""Frames from ballots and from sealed boxes, and tallies that add up in any order."""

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.frame import UnreadableAnswers, box_comments, box_frames, codebook, frame_of, frames_of
from analysis.frame.sealed_box import UnitIds
from analysis.scoring import combinations, scoring_for
from analysis.tallies import Tally, tally_of
from questionnaires.answers import encoded
from questionnaires.library import library
from questionnaires.scoring import scoring
from survey_app.store.sealed_box import write_box
from tests.analysis.worlds import needs, random_ballots, staff_home, stored

UNITS = ["B01", "B02", "a-unit-with-a-rather-long-name", "B3"]


def same(first: Tally, second: Tally) -> bool:
    return all(
        mine.keys() == theirs.keys() and all(np.array_equal(mine[name], theirs[name]) for name in mine)
        for mine, theirs in (
            (first.columns, second.columns),
            (first.combinations, second.combinations),
            (first.best_worst, second.best_worst),
        )
    ) and np.array_equal(first.responding, second.responding)


def box_of(path, ballots, comments=()):
    keys = random.Random(5)
    rows = sorted((keys.randbytes(32), unit, answers, b"o" * 32, b"r" * 32) for unit, answers in ballots)
    counts = Counter(unit for unit, _ in ballots)
    units = [
        {"unit_id": unit, "n_ballots": n, "n_comments": 0, "n_slips_used": 0, "n_slips_unused": 0}
        for unit, n in sorted(counts.items())
    ]
    poll = {"poll_id": "p", "way": "open", "first_day": "2026-01-01", "last_day": "2026-01-02", "fingerprint": ""}
    texts = [(keys.randbytes(32), unit, item, "话", b"o" * 32) for unit, item in comments]
    write_box(path, poll | {"document": b"", "facts": b""}, units, rows, texts)
    return path


@pytest.mark.parametrize("name", sorted(library()))
def test_every_instrument_of_the_library_becomes_a_frame(name):
    questionnaire = library()[name]
    book = codebook(questionnaire)
    frame = frame_of(book, ["B01"], random_ballots(questionnaire, {"B01": 20}))
    assert frame.codes.shape == (len(book.columns), 20)
    assert frame.codes.dtype == np.int8
    assert all(row.flags.c_contiguous for row in frame.codes)


def test_answers_come_out_of_the_frame_as_they_went_in():
    questionnaire = staff_home()
    answers = {
        "b01": "s4",
        "b04": "no_brought",
        "b30": ("warmth_visit", "teaching_contest"),
        "b32": ("women_insurance",),
    }
    required = {
        item.id: item.choices[0].id
        for item in questionnaire.items
        if item.required and item.id not in answers and item.kind != "multi"
    }
    required.pop("b05", None), required.pop("b06", None)
    data = encoded(questionnaire, required | answers, {"branch_members": 100, "unit": "B01"})
    book = codebook(questionnaire)
    frame = frame_of(book, ["B01"], [("B01", data)])
    assert frame.column("b01").tolist() == [1]
    assert frame.column("b05").tolist() == [-2]
    assert frame.column("b30.warmth_visit").tolist() == [1]
    assert frame.column("b30.hardship_aid").tolist() == [0]
    assert frame.column("b32.2").tolist() == [-1]
    ids = [choice.id for choice in questionnaire.item("b32").choices]
    assert ids[frame.column("b32.1")[0]] == "women_insurance"


def test_a_blank_multiple_choice_is_blank_in_every_option_and_off_path_likewise():
    questionnaire = staff_home()
    book = codebook(questionnaire)
    ballots = [("B01", stored(questionnaire, {"b30": code})) for code in (-1, None, 0b101)]
    frame = frame_of(book, ["B01"], ballots)
    options = [column.name for column in book.columns if column.item == "b30"]
    assert [frame.column(name).tolist() for name in options[:3]] == [[-1, -2, 1], [-1, -2, 0], [-1, -2, 1]]


@pytest.mark.parametrize("answers", [{"b01": 6}, {"b30": 1 << 20}, {"b01": 120}])
def test_a_code_without_a_choice_is_refused(answers):
    questionnaire = staff_home()
    with pytest.raises(UnreadableAnswers):
        frame_of(codebook(questionnaire), ["B01"], [("B01", stored(questionnaire, answers))])


def test_a_ballot_of_an_unknown_unit_is_refused(tmp_path):
    questionnaire = staff_home()
    book, ballots = codebook(questionnaire), [("B09", stored(questionnaire, {}))]
    with pytest.raises(UnreadableAnswers, match="B09"):
        frame_of(book, ["B01"], ballots)
    with pytest.raises(UnreadableAnswers):
        list(box_frames(box_of(tmp_path / "a.box", ballots), book, ["B01"]))


@pytest.mark.parametrize("block", [1, 7, 100, 100_000])
def test_a_sealed_box_gives_the_same_tally_as_its_ballots(tmp_path, block):
    questionnaire = needs()
    book = codebook(questionnaire)
    ballots = random_ballots(questionnaire, dict(zip(UNITS, (40, 1, 30, 9), strict=True)))
    expected = tally_of(book, UNITS, frames_of(book, UNITS, ballots))
    path = box_of(tmp_path / "poll.box", ballots)
    assert same(tally_of(book, UNITS, box_frames(path, book, UNITS, block)), expected)


def test_an_empty_box_gives_an_empty_tally(tmp_path):
    book = codebook(staff_home())
    tally = tally_of(book, UNITS, box_frames(box_of(tmp_path / "empty.box", []), book, UNITS))
    assert tally.responding.sum() == 0


def test_a_box_that_lost_ballots_is_refused(tmp_path):
    questionnaire = staff_home()
    book = codebook(questionnaire)
    path = box_of(tmp_path / "poll.box", random_ballots(questionnaire, {"B01": 5}))
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as box, box:
        box.execute("DELETE FROM ballot WHERE nonce_hash = (SELECT max(nonce_hash) FROM ballot)")
    with pytest.raises(UnreadableAnswers, match="counts 5 ballots but holds 4"):
        list(box_frames(path, book, ["B01"]))


def test_comments_are_counted_and_not_read(tmp_path):
    path = box_of(tmp_path / "poll.box", [], [("B01", "b34"), ("B01", "b34"), ("B02", "b35")])
    assert box_comments(path) == {("B01", "b34"): 2, ("B02", "b35"): 1}


@given(st.lists(st.text("abcB0123456789-", min_size=1, max_size=32), min_size=1, max_size=30, unique=True), st.data())
def test_unit_ids_are_found_many_at_a_time(units, data):
    asked = data.draw(st.lists(st.sampled_from(units), min_size=1, max_size=50))
    places = UnitIds(units).places(",".join(asked).encode(), len(asked))
    assert [units[place] for place in places] == asked


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_blocks_merge_to_the_same_tally_in_any_order(seed, dice):
    questionnaire = staff_home() if seed % 2 else needs()
    book = codebook(questionnaire)
    plan = combinations(book, scoring_for(questionnaire, scoring()))
    ballots = random_ballots(questionnaire, {"B01": 9, "B02": 4, "B3": 7}, seed)
    whole = tally_of(book, UNITS, frames_of(book, UNITS, ballots), plan)
    dice.shuffle(ballots)
    cut = dice.randrange(len(ballots) + 1)
    first = tally_of(book, UNITS, frames_of(book, UNITS, ballots[cut:]), plan)
    first.merge(tally_of(book, UNITS, frames_of(book, UNITS, ballots[:cut]), plan))
    assert same(first, whole)
