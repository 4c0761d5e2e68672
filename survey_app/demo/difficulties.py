"""What weighs on people and what became of it: one case per person and wave, told the same way in both questionnaires."""

from dataclasses import dataclass

import numpy as np

from survey_app.demo.persons import Floats, Respondents
from survey_app.demo.university import NEEDS, Branch

BASE_UTILITY = {
    "promotion": 0.6, "workload": 0.7, "child_schooling": 0.5, "pay_benefits": 0.6, "housing": 0.3,
    "serious_illness": -0.2, "hardship": -0.6, "fair_treatment": -0.2, "social_culture": -0.8,
}  # fmt: skip
TOP_NEED_BONUS = (1.4, 1.0, 0.7)
FURTHER_DIFFICULTIES = 0.8
ACTED_AT_LEAST, ACTED_BY_PROACTIVE = 0.35, 0.6
FASTEST_REPLY_DAYS, SLOWNESS_DAYS = 4.0, 26.0
TOLD_BY_MEMBER = 0.65
REST_PARTLY, REST_IN_PROGRESS = 0.30, 0.20


@dataclass(frozen=True, slots=True)
class Case:
    """One person's difficulties of the year (ranked, heaviest first) and what became of the first one."""

    needs: tuple[str, ...] = ()
    known_by: str | None = None  # union_first, i_told, relayed; None: the union does not know
    acted: bool = False
    result: str = "unsolved"  # solved, partly, in_progress, unsolved
    reply_days: float = 0.0


NO_CASE = Case()


def utilities(branch: Branch) -> Floats:
    """How strongly each of the 16 needs pulls in this branch (multinomial logit)."""
    values = np.array([BASE_UTILITY.get(need, 0.0) for need in NEEDS])
    for need, bonus in zip(branch.top_needs, TOP_NEED_BONUS, strict=True):
        values[NEEDS.index(need)] += bonus
    return values


def cases_of(respondents: Respondents) -> list[Case]:
    """A case per respondent, in their order; NO_CASE for those without a difficulty."""
    rng = respondents.generator("cases")
    pull = utilities(respondents.branch)
    return [_case(respondents, pull, rng) for _ in range(len(respondents))]


def _case(respondents: Respondents, pull: Floats, rng: np.random.Generator) -> Case:
    branch, figures = respondents.branch, respondents.figures
    if rng.random() >= branch.difficulty_rate:
        return NO_CASE
    n_needs = min(len(NEEDS), 1 + int(rng.poisson(FURTHER_DIFFICULTIES)))
    # Gumbel noise on the utilities and the largest taken first: the multinomial logit, drawn without replacement.
    order = np.argsort(-(pull + rng.gumbel(size=len(NEEDS))))
    needs = tuple(NEEDS[place] for place in order[:n_needs])
    if rng.random() >= branch.known_rate:
        return Case(needs)
    return Case(
        needs,
        known_by=_how_known(figures.proactive, rng),
        acted=bool(rng.random() < ACTED_AT_LEAST + ACTED_BY_PROACTIVE * figures.proactive),
        result=result_of(figures.solve, rng),
        reply_days=float(rng.exponential(FASTEST_REPLY_DAYS + SLOWNESS_DAYS * (1 - figures.proactive))),
    )


def _how_known(proactive: float, rng: np.random.Generator) -> str:
    if rng.random() < 0.5 * proactive:
        return "union_first"
    return "i_told" if rng.random() < TOLD_BY_MEMBER else "relayed"


def result_of(solve: float, rng: np.random.Generator) -> str:
    if rng.random() < solve:
        return "solved"
    draw = rng.random()
    if draw < REST_PARTLY:
        return "partly"
    return "in_progress" if draw < REST_PARTLY + REST_IN_PROGRESS else "unsolved"
