"""What people say about themselves: staff category, age, and whether they trust that nobody recognises them."""

import numpy as np

from survey_app.demo.persons import Respondents
from survey_app.demo.ratings import choice_ids
from survey_app.demo.university import AGES, CATEGORIES

PERSONAL_ITEMS = ("dem_category", "dem_age")
RATHER_NOT_SAY = 0.03
SKIPS_AT_NO_TRUST = 0.15
TRUST_SPREAD = 0.22
TRUST_BLANK = 0.05


def about_you(respondents: Respondents, rng: np.random.Generator) -> list[dict[str, str]]:
    """True answers, some left out: the less a branch trusts the anonymity, the more skip these questions."""
    skip = SKIPS_AT_NO_TRUST * (1 - respondents.branch.anonymity_trust)
    told: list[dict[str, str]] = []
    for category, age in zip(respondents.category, respondents.age, strict=True):
        truth = {"dem_category": CATEGORIES[category], "dem_age": AGES[age]}
        draws = {item: rng.random() for item in PERSONAL_ITEMS}
        told.append(
            {
                item: "pnts" if draws[item] < skip + RATHER_NOT_SAY else truth[item]
                for item in PERSONAL_ITEMS
                if draws[item] >= skip
            }
        )
    return told


def trust_in_anonymity(respondents: Respondents, rng: np.random.Generator) -> list[str | None]:
    """Agreement that nobody can recognise me: the branch's mean, plus what a person always brings, plus the day."""
    own = respondents.branch.anonymity_trust + TRUST_SPREAD * respondents.trust
    share = np.clip(own + 0.05 * rng.standard_normal(len(own)), 0, 1)
    given = np.rint(1 + 4 * share).astype(np.int64)
    given[rng.random(len(given)) < TRUST_BLANK] = -1
    given[respondents.straight] = 5
    return choice_ids("a", given)
