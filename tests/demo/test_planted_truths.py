"""The reference figures of the demo university, computed from the generator's answers alone."""

import numpy as np
import pytest

from survey_app.demo.university import CRITERIA
from tests.demo.generated import (
    criterion_score,
    demo_university,
    in_service,
    index,
    straight_liners,
    theta_of_everybody,
    waves,
)


@pytest.mark.parametrize(("year", "everybody", "working"), [("2025", 1907, 1735), ("2026", 2105, 1887)])
def test_exactly_as_many_answer_as_the_response_rates_say(year: str, everybody: int, working: int) -> None:
    assert sum(len(wave.home) for wave in waves(year).values()) == everybody
    assert sum(len(wave.home) for wave in in_service(year)) == working


@pytest.mark.parametrize(
    ("year", "mean", "satisfied", "shares"),
    [
        ("2025", 77.9, 0.80, (0.01, 0.04, 0.15, 0.41, 0.38)),
        ("2026", 79.9, 0.82, (0.01, 0.04, 0.13, 0.40, 0.43)),
    ],
)
def test_overall_satisfaction_of_those_in_service_is_as_in_the_reference_run(
    year: str, mean: float, satisfied: float, shares: tuple[float, ...]
) -> None:
    scores = np.concatenate([wave.scores("b01") for wave in in_service(year)])
    assert scores.mean() == pytest.approx(mean, abs=0.5)
    assert (scores >= 75).mean() == pytest.approx(satisfied, abs=0.02)
    assert [(scores == 25 * point).mean() for point in range(5)] == pytest.approx(shares, abs=0.025)


@pytest.mark.parametrize(("year", "difficulties", "known"), [("2025", 974, 427), ("2026", 1108, 486)])
def test_difficulties_and_those_known_are_as_in_the_reference_run(year: str, difficulties: int, known: int) -> None:
    cases = [case for wave in waves(year).values() for case in wave.cases]
    assert sum(bool(case.needs) for case in cases) == pytest.approx(difficulties, abs=35)
    assert sum(bool(case.known_by) for case in cases) == pytest.approx(known, abs=30)


@pytest.mark.parametrize(
    ("branch", "change", "level"),
    [("B07", 17.4, 85), ("B12", -15.6, 69), ("B04", 7.2, 83), ("B06", 12.2, 89), ("B15", 0.2, 81), ("B24", 0.7, 90)],
)
def test_planted_changes_show_in_the_index(branch: str, change: float, level: float) -> None:
    before, after = index(waves("2025")[branch]), index(waves("2026")[branch])
    assert after - before == pytest.approx(change, abs=2)
    assert after == pytest.approx(level, abs=2.5)


def test_twins_stay_together_and_physics_stands_still() -> None:
    assert abs(index(waves("2026")["B03"]) - index(waves("2026")["B05"])) < 2
    assert abs(index(waves("2026")["B02"]) - index(waves("2025")["B02"])) < 3


def test_only_electrical_engineering_presses_the_top_answer_all_through() -> None:
    shares = {branch: straight_liners(wave) for branch, wave in waves("2026").items()}
    assert shares.pop("B06") == pytest.approx(0.56, abs=0.03)
    assert max(shares.values()) < 0.19


def test_medicine_is_liked_but_few_of_its_difficulties_are_solved() -> None:
    def solved(branch: str) -> float:
        return float(np.mean([case.result == "solved" for case in waves("2026")[branch].cases if case.known_by]))

    assert solved("B15") < 0.4 < solved("B07")
    assert waves("2026")["B15"].scores("b01").mean() > 78


def test_profiles_of_three_branches_are_what_was_planted() -> None:
    def score(branch: str, criterion: str) -> float:
        return criterion_score(waves("2026")[branch], CRITERIA.index(criterion))

    assert score("B16", "valued") - score("B16", "trusted") > 12
    assert score("B14", "lively") - score("B14", "rights") > 12
    assert score("B13", "lively") - score("B13", "org") > 8


def test_in_the_library_the_dissatisfied_answer_less() -> None:
    answering = waves("2026")["B17"].respondents.theta.mean()
    assert answering - theta_of_everybody("2026", "B17").mean() > 0.25


def test_estimated_scores_follow_the_true_effects() -> None:
    kept = [wave for wave in in_service("2026") if len(wave.home) >= 10 and wave.respondents.branch.id != "B06"]
    true = [wave.respondents.figures.effect for wave in kept]
    assert len(kept) == 20
    assert np.corrcoef(true, [index(wave) for wave in kept])[0, 1] > 0.6


def test_the_official_rate_does_not_separate_the_branches() -> None:
    rates = [
        np.mean([answers["b33"] != "o1" for answers in wave.home])
        for wave in waves("2026").values()
        if len(wave.home) >= 10
    ]
    assert min(rates) > 0.8
    assert sum(rate >= 0.9 for rate in rates) >= 17


def test_persons_exist_once_and_answer_in_both_waves() -> None:
    together = []
    for branch in demo_university().branches:
        before, after = waves("2025")[branch.id].respondents, waves("2026")[branch.id].respondents
        _, first, second = np.intersect1d(before.place, after.place, return_indices=True)
        assert (before.category[first] == after.category[second]).all()
        effect_change = after.figures.effect - before.figures.effect
        together += list(zip(before.theta[first], after.theta[second] - effect_change, strict=True))
    assert np.corrcoef(np.array(together).T)[0, 1] > 0.7


def test_about_one_in_six_writes_something() -> None:
    homes = [answers for wave in waves("2026").values() for answers in wave.home]
    assert np.mean(["b34" in answers or "b35" in answers for answers in homes]) == pytest.approx(0.18, abs=0.02)
