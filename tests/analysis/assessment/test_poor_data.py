"""Whatever a poll brings, the assessment answers in words: no exception, no warning, no NaN (warnings are errors here)."""

import json
import math
from collections.abc import Sequence

import pytest

from analysis.assessment import AssessedUnit, Assessment, Year, assessment
from analysis.frame import Frame, Text, codebook, frame_of
from questionnaires.library import load
from questionnaires.questionnaire import Questionnaire
from tests.analysis.assessment.simulated import scheme
from tests.analysis.worlds import random_ballots, stored

HOME = load("staff_home_annual")
NEEDS = load("needs_annual")


def unit(name: str, members: int, unit_type: str = "academic", **heads: int) -> AssessedUnit:
    return AssessedUnit(name, Text(name), unit_type, members, heads)


def frames(
    questionnaire: Questionnaire, units: Sequence[AssessedUnit], ballots: list[tuple[str, bytes]]
) -> tuple[Frame]:
    return (frame_of(codebook(questionnaire), [each.id for each in units], ballots),)


def year(
    units: Sequence[AssessedUnit], home: list[tuple[str, bytes]], needs: list[tuple[str, bytes]] | None = None
) -> Year:
    held = {"staff_home_annual": frames(HOME, units, home)}
    if needs is not None:
        held["needs_annual"] = frames(NEEDS, units, needs)
    return Year("2026", tuple(units), held)


def assessed(now: Year, before: Year | None = None) -> Assessment:
    found = assessment(now, before, scheme())
    assert no_nan(json.loads(found.to_json()))
    return found


def no_nan(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(no_nan, value.values()))
    if isinstance(value, list):
        return all(map(no_nan, value))
    return not isinstance(value, float) or math.isfinite(value)


def everything(choice: int, n: int, name: str = "u1") -> list[tuple[str, bytes]]:
    """Ballots that choose the same place of the scale everywhere; 5 is "don't know"."""
    rated = {f"b{item:02}": choice for item in (1, 2, 3, *range(11, 29))}
    return [(name, stored(HOME, {**rated, "b33": min(choice, 3)}))] * n


UNITS = [unit(name, 60, teacher=40, admin=20) for name in ("u1", "u2", "u3", "u4")]


def test_a_poll_nobody_answered() -> None:
    found = assessed(year(UNITS, [], []))
    assert all(each.n_responding == 0 and not each.assessed and each.reason for each in found.units)
    assert found.university.staff_voice.value is None


def test_no_poll_at_all() -> None:
    found = assessed(Year("2026", tuple(UNITS), {}))
    assert {each.band for each in found.units} == {"not_rated"}


def test_no_unit_at_all() -> None:
    assert assessed(year([], [], [])).units == ()


def test_one_respondent() -> None:
    (first, *_) = assessed(year(UNITS, everything(1, 1))).units
    assert first.n_responding is None
    assert first.composite.reason == "not assessed: fewer than ten respondents"


def test_one_unit_has_figures_but_no_class() -> None:
    sizes = {"u1": 30}
    now = year([unit("u1", 60)], random_ballots(HOME, sizes), random_ballots(NEEDS, sizes, 2))
    (only,) = assessed(now, now).units
    assert only.composite.value is not None
    assert only.standing.label is None
    assert only.standing.reason
    assert only.change.label == "no_clear_change"


def test_all_answers_equal() -> None:
    ballots = [each for one in UNITS for each in everything(0, 20, one.id)]
    found = assessed(year(UNITS, ballots), year(UNITS, ballots))
    assert all(each.dimension("org_sound").figure.value == 100 for each in found.units)
    assert all(each.standing.label in (None, "not_distinguishable") for each in found.units)
    assert all(each.change.label in (None, "no_clear_change") for each in found.units)


def test_everybody_answers_do_not_know() -> None:
    ballots = [each for one in UNITS for each in everything(5, 20, one.id)]
    found = assessed(year(UNITS, ballots))
    assert all(
        each.dimension("org_sound").figure.reason == "the questionnaire did not ask this" for each in found.units
    )
    assert all(each.composite.value is None for each in found.units)


def test_a_unit_nobody_answered_in_beside_units_that_did() -> None:
    sizes = {"u1": 20, "u2": 25, "u3": 30}
    found = assessed(year(UNITS, random_ballots(HOME, sizes), random_ballots(NEEDS, sizes, 3)))
    assert found.unit("u4").reason == "not assessed: fewer than ten respondents"
    assert found.unit("u1").standing.label is not None


def test_more_answers_than_heads() -> None:
    units = [unit("u1", 12, teacher=12), *UNITS[1:]]
    sizes = {"u1": 30, "u2": 25, "u3": 30, "u4": 30}
    first = assessed(year(units, random_ballots(HOME, sizes), random_ballots(NEEDS, sizes, 4))).unit("u1")
    assert first.response_rate is None
    assert "no_head_count" in first.notes
    assert first.composite.low is not None
    assert first.composite.high is not None
    assert first.composite.high > first.composite.low


def test_categories_the_roster_does_not_know() -> None:
    units = [unit(each.id, 60, gardener=60) for each in UNITS]
    sizes = {each.id: 25 for each in units}
    found = assessed(year(units, random_ballots(HOME, sizes), random_ballots(NEEDS, sizes, 5)))
    assert all(each.n_effective == pytest.approx(25) for each in found.units)


def test_only_the_needs_poll_was_held() -> None:
    sizes = {each.id: 25 for each in UNITS}
    held = {"needs_annual": frames(NEEDS, UNITS, random_ballots(NEEDS, sizes, 6))}
    found = assessed(Year("2026", tuple(UNITS), held))
    assert all(each.composite.value is None and each.reason for each in found.units)


def test_a_wave_of_other_units_is_not_compared() -> None:
    sizes = {each.id: 25 for each in UNITS}
    now = year(UNITS, random_ballots(HOME, sizes), random_ballots(NEEDS, sizes, 7))
    others = [AssessedUnit(each.id, each.name, each.unit_type, 60, {}, ("X",)) for each in UNITS[:2]]
    before = year(others, random_ballots(HOME, {"u1": 25, "u2": 25}), None)
    mine = [AssessedUnit(each.id, each.name, each.unit_type, 60, {}, ("Y",)) for each in UNITS]
    found = assessed(Year("2026", tuple(mine), now.frames), before)
    assert found.unit("u1").change.reason == "the unit was made of other branches in the earlier wave"
    assert found.unit("u3").change.reason == "there is no earlier wave of this unit"


def test_a_retired_branch_alone() -> None:
    sizes = {"r": 40}
    found = assessed(year([unit("r", 80, "retired")], random_ballots(HOME, sizes), random_ballots(NEEDS, sizes, 8)))
    assert found.unit("r").standing.label is None
    assert found.university.n_eligible == 0
