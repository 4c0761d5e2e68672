"""Which services people used, how they found them, and which they want strengthened: plausible inventions (decision record)."""

from collections.abc import Iterator, Mapping

import numpy as np

from questionnaires.answers import Answer
from survey_app.demo.difficulties import utilities
from survey_app.demo.persons import Floats, Respondents
from survey_app.demo.ratings import choice_ids, ratings
from survey_app.demo.university import AGES, CATEGORIES, CRITERIA, NEEDS

# Share of members who used or joined each service in a year, in the order of the questionnaire.
USED_BY = {
    "warmth_visit": 0.09, "festival_greeting": 0.72, "hardship_aid": 0.03, "medical_mutual_aid": 0.11,
    "women_insurance": 0.45, "child_schooling_help": 0.06, "rights_help": 0.03, "teaching_contest": 0.17,
    "skills_practice": 0.16, "learning_programme": 0.18, "culture_sport": 0.38, "wellbeing_support": 0.27,
}  # fmt: skip
SERVICES = tuple(USED_BY)
# How users find each service beside their general contentment.
FOUND = {"festival_greeting": 0.15, "women_insurance": -0.15, "medical_mutual_aid": -0.10, "rights_help": -0.35,
         "learning_programme": -0.20, "culture_sport": 0.15, "warmth_visit": 0.25}  # fmt: skip
# Which needs a service answers: what weighs on a branch is what it wants strengthened.
ANSWERS_NEEDS = {
    "warmth_visit": ("hardship",), "hardship_aid": ("hardship", "pay_benefits"),
    "medical_mutual_aid": ("serious_illness",), "women_insurance": ("serious_illness", "health_fitness"),
    "child_schooling_help": ("child_schooling", "child_care"), "rights_help": ("fair_treatment", "promotion"),
    "teaching_contest": ("training_growth",), "skills_practice": ("training_growth",),
    "learning_programme": ("training_growth", "promotion"), "culture_sport": ("social_culture", "health_fitness"),
    "wellbeing_support": ("mental_wellbeing", "health_fitness", "workload"), "festival_greeting": ("pay_benefits",),
}  # fmt: skip
RATHER_NOT_SAY, ROW_BLANK, ROW_UNKNOWN = 0.01, 0.03, 0.04
RANK_BLANK, RANK_SHORT = 0.12, 0.15
LIVELY = CRITERIA.index("lively")


def services_used(respondents: Respondents) -> Iterator[Mapping[str, Answer]]:
    """b30 and, for those used, b31."""
    rng = respondents.generator("services used")
    chances = _chances(respondents)
    found = np.array([FOUND.get(service, 0.0) for service in SERVICES])
    for place, theta in enumerate(respondents.theta):
        used = [
            service for service, hit in zip(SERVICES, rng.random(len(SERVICES)) < chances[place], strict=True) if hit
        ]
        if rng.random() < RATHER_NOT_SAY:
            yield {"b30": ("pnts",)}
        elif not used:
            yield {"b30": ("none",)}
        else:
            straight = np.full(len(SERVICES), respondents.straight[place])
            given = ratings(theta + found, straight, rng, dont_know=ROW_UNKNOWN, blank=ROW_BLANK)
            words = dict(zip(SERVICES, choice_ids("s", given), strict=True))
            rows = {service: word for service in used if (word := words[service]) is not None}
            yield {"b30": tuple(used)} | ({"b31": rows} if rows else {})


def services_strengthened(respondents: Respondents) -> Iterator[tuple[str, ...] | None]:
    """b32: up to three services in order; None where left blank. Those who press the top answer all through leave it."""
    rng = respondents.generator("services strengthened")
    pull = dict(zip(NEEDS, utilities(respondents.branch), strict=True))
    wanted = np.array([max(pull[need] for need in ANSWERS_NEEDS[service]) for service in SERVICES])
    for straight in respondents.straight:
        order = np.argsort(-(wanted + rng.gumbel(size=len(SERVICES))))
        blank, short = rng.random() < RANK_BLANK, rng.random() < RANK_SHORT
        named = 1 + int(rng.integers(2)) if short else 3
        yield None if straight or blank else tuple(SERVICES[service] for service in order[:named])


def _chances(respondents: Respondents) -> Floats:
    """Chance of use, respondents by services: who they are decides what is open to them."""
    chances = np.tile([USED_BY[service] for service in SERVICES], (len(respondents), 1))

    def only(service: str, who: np.ndarray, others: float) -> None:
        column = SERVICES.index(service)
        chances[~who, column] = others

    category = respondents.category
    only("women_insurance", respondents.female, 0.0)
    only("teaching_contest", category == CATEGORIES.index("teacher"), 0.01)
    only("skills_practice", np.isin(category, [CATEGORIES.index("support"), CATEGORIES.index("logistics")]), 0.04)
    only("child_schooling_help", np.isin(respondents.age, [AGES.index("le35"), AGES.index("a36_45")]), 0.01)
    only("learning_programme", category != CATEGORIES.index("retired"), 0.04)
    chances[:, SERVICES.index("culture_sport")] += 0.3 * respondents.branch.deviations[LIVELY]
    within: Floats = np.clip(chances, 0, 1)
    return within
