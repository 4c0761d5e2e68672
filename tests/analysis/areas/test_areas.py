"""Openness, learning and staying away on a few people whose sums can be done by hand."""

import pytest

from analysis.areas import Answering, chosen_shares, learning_gaps, ranked_matters
from analysis.areas.cards import area_cards
from analysis.frame import Frame, codebook, frame_of
from questionnaires.library import load
from questionnaires.versions import publish_variant
from tests.analysis.assessment.small_world import Answers, stored, times

POLLS = {
    "congress_openness": publish_variant(load("congress_openness")),
    "learning_needs": publish_variant(load("learning_needs")),
    "activity_feedback": load("activity_feedback"),
}


def frame(poll: str, answers: list[Answers], unit: str = "b01") -> Frame:
    asked = POLLS[poll]
    return frame_of(codebook(asked), ("b01", "b02"), [(unit, stored(asked, each)) for each in answers])


def answering(poll: str, answers: list[Answers], members: int | None = None) -> Answering:
    return Answering((frame(poll, answers), frame(poll, answers[:1] * 7, "b02")), {"b01"}, members)


def ranked(first: str, second: str | None = None, third: str | None = None) -> Answers:
    places = {"d18.1": first, "d18.2": second, "d18.3": third}
    return {name: given for name, given in places.items() if given}


def test_rank_scores_are_three_two_one_by_hand() -> None:
    answers = [ranked("budget", "pay_rules", "welfare")] * 2 + [ranked("pay_rules", "budget")] * 2 + times(3)
    found = {each.id: each for each in ranked_matters(answering("congress_openness", answers), "d18")}
    assert found["budget"].score.value == pytest.approx(100 * (2 * 3 + 2 * 2) / (4 * 3))
    assert found["welfare"].score.value == pytest.approx(100 * 2 / 12)
    assert (found["welfare"].named.value, found["welfare"].named.base) == (50.0, 4)
    assert found["awards"].score.value == 0
    assert list(found)[:3] == ["budget", "pay_rules", "welfare"]


def test_those_who_learn_hardly_anywhere_are_a_share_of_all_who_answered() -> None:
    answers = times(6, d14=["meeting", "branch"]) + times(2, d14=["nowhere"]) + times(4)
    found = {each.id: each for each in chosen_shares(answering("congress_openness", answers, 12), "d14")}
    assert (found["nowhere"].count, found["nowhere"].share.value) == (2, 25.0)
    assert found["meeting"].share.value == 75.0
    assert found["nowhere"].share.base == 8


def test_reasons_for_staying_away_are_of_those_who_gave_one() -> None:
    answers = (
        times(3, e02="absent", e03=["busy", "unaware"]) + times(1, e02="absent", e03=["busy"]) + times(5, e02="joined")
    )
    found = {each.id: each.share.value for each in chosen_shares(answering("activity_feedback", answers), "e03")}
    assert (found["busy"], found["unaware"], found["full"]) == (100.0, 75.0, 0.0)


def skills(importance: str, level: str) -> Answers:
    return {"g01.digital_ai": importance, "g02.digital_ai": level}


def test_a_learning_gap_by_hand() -> None:
    answers = [skills("i5", "l2")] * 4 + [skills("i3", "l3")] * 4 + [{"g01.digital_ai": "na"}] * 2
    found = {each.id: each for each in learning_gaps(answering("learning_needs", answers))}
    gap = found["digital_ai"]
    assert gap.gap.value == pytest.approx(4 * 1.5)
    assert (gap.behind.value, gap.behind.base) == (50.0, 8)
    residuals = [4 * (3 - 1.5) + 1.5 * (5 - 4)] * 4 + [4 * (0 - 1.5) + 1.5 * (3 - 4)] * 4
    half = 2.364624 * (sum(each**2 for each in residuals) / 7 / 8) ** 0.5
    assert gap.gap.interval.high == pytest.approx(6 + half, abs=1e-4)
    assert next(iter(found)) == "digital_ai"
    assert found["lab_safety"].gap.interval.reason == "nobody answered"


def test_a_whole_staff_that_answered_leaves_no_error() -> None:
    answers = [skills("i5", "l2")] * 4 + [skills("i3", "l3")] * 4
    found = learning_gaps(answering("learning_needs", answers, 8))[0]
    assert (found.gap.interval.low, found.gap.interval.high) == (6.0, 6.0)


def test_what_was_not_asked_is_empty() -> None:
    here = answering("activity_feedback", times(3))
    assert ranked_matters(here, "d18") == ()
    assert learning_gaps(here) == ()
    assert chosen_shares(here, "d14") == ()
    assert chosen_shares(Answering((), ()), "d14") == ()


def test_every_card_says_everything_in_both_languages() -> None:
    for card in area_cards():
        for name in ("title", "meaning", "formula", "base", "weights", "interval", "misleads"):
            assert getattr(card, name).zh
            assert getattr(card, name).en
