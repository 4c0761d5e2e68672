"""The appraisal of officers on small branches whose sums can be done by hand."""

import json

import pytest

from analysis.appraisal import AppraisalRules, AppraisedOfficer, Officer, appraisals
from analysis.appraisal.cards import appraisal_cards
from analysis.appraisal.officers import excellent_places
from analysis.appraisal.reasons import (
    HALF_YEAR,
    NO_PAGE,
    NOBODY_LEFT_OUT,
    SMALL_BRANCH,
    TOO_FEW_GRADERS,
    TOO_FEW_LEFT_OUT,
    TOO_SMALL_A_SHARE,
)
from analysis.frame import Frame, codebook, frame_of
from questionnaires.library import load
from questionnaires.scoring import scoring
from questionnaires.variants import Person
from questionnaires.versions import publish_variant

LI = Person("b07", "li", {"officer_name": "李平", "officer_post": "主席"})
POLL = publish_variant(load("officer_appraisal"), persons=(LI,))
CHAIR = Officer("li", "b07", members=40, months=18)
EXCELLENT, COMPETENT, BASIC, NOT_COMPETENT, UNFAMILIAR = range(5)


def page(grade: int, *, contact: int = 0, conduct: int = 0, effect: int = 0) -> bytes:
    """One ballot by codes: contact 0 a lot .. 3 none; conduct and effect 0 the highest point .. 4 the lowest."""
    own = {"f01": contact, "f08": grade}
    if contact != 3:
        own |= dict.fromkeys(("f02", "f05", "f06"), conduct) | dict.fromkeys(("f03", "f04", "f07"), effect)
    rest = None if contact == 3 else -1  # off the path, or left blank
    return json.dumps(
        [own.get(column.name.removesuffix("_li"), rest) for column in POLL.columns], separators=(",", ":")
    ).encode()


def frame(*ballots: bytes, unit: str = "b07") -> Frame:
    return frame_of(codebook(POLL), ("b07", "b08"), [(unit, ballot) for ballot in ballots])


def appraised(*ballots: bytes, officer: Officer = CHAIR) -> AppraisedOfficer:
    return appraisals([frame(*ballots)], [officer], scoring())[0]


def shares(found: AppraisedOfficer) -> list[float | None]:
    return [grade.share.value for grade in found.result.grades]


def test_grades_conduct_and_effect_by_hand() -> None:
    ballots = [page(EXCELLENT)] * 8 + [page(COMPETENT, conduct=1, effect=2)] * 6 + [page(BASIC, effect=4)] * 4
    found = appraised(*ballots, page(NOT_COMPETENT, conduct=4, effect=4), page(NOT_COMPETENT, conduct=4, effect=4))
    assert found.result.n_graders == 20
    assert [grade.count for grade in found.result.grades] == [8, 6, 4, 2]
    assert shares(found) == [40.0, 30.0, 20.0, 10.0]
    assert found.result.conduct is not None
    assert found.result.conduct.value == pytest.approx((8 * 100 + 6 * 75 + 4 * 100) / 20)
    assert found.result.effect is not None
    assert found.result.effect.value == pytest.approx((8 * 100 + 6 * 50) / 20)
    assert found.result.talk is False


def test_a_whole_branch_that_graded_leaves_nothing_to_chance() -> None:
    everyone = appraised(*[page(EXCELLENT)] * 20, *[page(BASIC)] * 20)
    interval = everyone.result.grades[0].share.interval
    assert (interval.low, interval.high) == (50.0, 50.0)


def test_not_familiar_is_no_grade() -> None:
    found = appraised(*[page(EXCELLENT)] * 16, *[page(UNFAMILIAR)] * 9)
    assert found.result.n_graders == 16
    assert shares(found)[0] == 100.0


def test_more_than_a_third_not_competent_asks_for_a_talk_and_exactly_a_third_does_not() -> None:
    assert appraised(*[page(NOT_COMPETENT)] * 6, *[page(COMPETENT)] * 12).result.talk is False
    assert appraised(*[page(NOT_COMPETENT)] * 7, *[page(COMPETENT)] * 11).result.talk is True


def test_those_without_contact_are_counted_once_with_and_once_without() -> None:
    found = appraised(*[page(EXCELLENT)] * 12, *[page(NOT_COMPETENT, contact=3)] * 8)
    assert shares(found) == [60.0, 0.0, 0.0, 40.0]
    assert found.no_contact == 8
    assert found.with_contact.n_graders == 12
    assert [grade.share.value for grade in found.with_contact.grades] == [100.0, 0.0, 0.0, 0.0]
    assert (found.result.talk, found.with_contact.talk) == (True, False)
    assert found.result.conduct == found.with_contact.conduct


def test_a_few_without_contact_are_not_given_away_by_subtraction() -> None:
    found = appraised(*[page(EXCELLENT)] * 16, *[page(NOT_COMPETENT, contact=3)] * 4)
    assert found.result.n_graders == 20
    assert found.with_contact.reason == TOO_FEW_LEFT_OUT
    assert found.no_contact is None
    assert appraised(*[page(EXCELLENT)] * 16).with_contact.reason == NOBODY_LEFT_OUT


def test_ten_graders_and_two_fifths_of_the_members_are_needed() -> None:
    assert appraised(*[page(COMPETENT)] * 9).result.reason == TOO_FEW_GRADERS
    assert appraised(*[page(COMPETENT)] * 15).result.reason == TOO_SMALL_A_SHARE
    assert appraised(*[page(COMPETENT)] * 16).result.reason is None
    small = Officer("li", "b07", members=22, months=12)
    assert appraised(*[page(COMPETENT)] * 9, officer=small).result.reason == TOO_FEW_GRADERS
    assert appraised(*[page(COMPETENT)] * 10, officer=small).result.reason is None


def test_small_branches_and_new_officers_are_not_appraised() -> None:
    ballots = [page(COMPETENT)] * 18
    assert appraised(*ballots, officer=Officer("li", "b07", 19, 18)).result.reason == SMALL_BRANCH
    assert appraised(*ballots, officer=Officer("li", "b07", 40, 5)).result.reason == HALF_YEAR
    assert appraised(*ballots, officer=Officer("wang", "b07", 40, 18)).result.reason == NO_PAGE


def test_only_the_branch_itself_grades() -> None:
    elsewhere = frame(*[page(NOT_COMPETENT)] * 30, unit="b08")
    own = frame(*[page(EXCELLENT)] * 16)
    found = appraisals([own, elsewhere], [CHAIR], scoring())[0]
    assert [grade.count for grade in found.result.grades] == [16, 0, 0, 0]


def test_three_officers_in_ten_may_be_excellent() -> None:
    assert [excellent_places(n, AppraisalRules()) for n in (0, 3, 4, 10, 19)] == [0, 0, 1, 3, 5]


def test_the_assessment_of_branches_knows_nothing_of_officers() -> None:
    import subprocess
    import sys

    code = (
        "import sys, analysis.assessment; sys.exit(any(name.startswith('analysis.appraisal') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_cards_say_in_both_languages_what_a_result_needs() -> None:
    grades, scores = appraisal_cards(scoring())
    assert "40 %" in (grades.base.en or "")
    assert "40 %" in grades.base.zh
    assert "officer_appraisal.f02" in scores.meaning.zh
    stricter = appraisal_cards(scoring(), AppraisalRules(least_graders=17))
    assert "17" in (stricter[0].base.en or "")
