"""The generator's answers, made once per test session without any database."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from questionnaires.answers import Answer
from survey_app.demo.difficulties import Case, cases_of
from survey_app.demo.persons import Respondents, latent_values, persons_of, respondents_of
from survey_app.demo.staff_home import staff_home_answers
from survey_app.demo.university import DEMO_UNIVERSITY, WAVES, University, read_university


@dataclass(frozen=True)
class Wave:
    """What one branch answered in one wave."""

    respondents: Respondents
    cases: list[Case]
    home: list[dict[str, Answer]]

    def scores(self, item: str) -> np.ndarray:
        """Item scores 0..100 of those who know."""
        given = [str(answers[item]) for answers in self.home if item in answers and answers[item] != "na"]
        return np.array([(int(choice[1]) - 1) * 25 for choice in given], dtype=float)


@cache
def demo_university() -> University:
    return read_university(DEMO_UNIVERSITY)


@cache
def waves(year: str) -> Mapping[str, Wave]:
    assert year in WAVES
    made = {}
    for branch in demo_university().branches:
        respondents = respondents_of(persons_of(branch), year, branch.waves[year])
        cases = cases_of(respondents)
        made[branch.id] = Wave(respondents, cases, staff_home_answers(respondents, cases))
    return made


def in_service(year: str) -> list[Wave]:
    return [wave for wave in waves(year).values() if not wave.respondents.branch.retired]


def criterion_score(wave: Wave, criterion: int) -> float:
    """Mean over respondents who answered at least two of the three items of their own mean (assessment.md)."""
    own = []
    for answers in wave.home:
        choices = [str(answers[f"b{11 + 3 * criterion + item}"]) for item in range(3)]
        scores = [(int(choice[1]) - 1) * 25 for choice in choices if choice != "na"]
        own += [np.mean(scores)] if len(scores) >= 2 else []
    return float(np.mean(own))


def index(wave: Wave) -> float:
    return float(np.mean([criterion_score(wave, criterion) for criterion in range(6)]))


def straight_liners(wave: Wave) -> float:
    """Share who press the top answer on all 18 criterion items."""
    return float(np.mean([all(answers[f"b{item}"] == "a5" for item in range(11, 29)) for answers in wave.home]))


def theta_of_everybody(year: str, branch_id: str) -> np.ndarray:
    branch = next(branch for branch in demo_university().branches if branch.id == branch_id)
    return latent_values(persons_of(branch), branch.waves[year].effect, year)
