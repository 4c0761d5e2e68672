"""Answers to the congress and openness review, the demo's open poll: all of it invented (decision record)."""

from collections.abc import Iterator

import numpy as np

from questionnaires.answers import Answer
from survey_app.demo.comments import OPENNESS, Voices
from survey_app.demo.persons import Respondents
from survey_app.demo.ratings import choice_ids, one_of, ratings
from survey_app.demo.university import CATEGORIES, CRITERIA

# item: (shift on the latent scale, chance of don't know). Planted: staff hear more of their own unit than of the
# university (d03 over d02), and supervision is the weakest of the four rights.
RIGHTS = {
    "d02": (-0.15, 0.03), "d03": (0.20, 0.02), "d04": (-0.10, 0.05),
    "d05": (-0.10, 0.04), "d06": (-0.35, 0.08), "d07": (-0.30, 0.08),
    "d08": (0.15, 0.02), "d09": (0.00, 0.04), "d10": (-0.15, 0.10),
    "d11": (-0.30, 0.14), "d12": (-0.45, 0.18), "d13": (-0.50, 0.22),
}  # fmt: skip
PROPOSAL_ATTITUDE, PROPOSAL_RESULT = 0.20, -0.60
CONGRESS_OVERALL, CONGRESS_UNKNOWN = -0.10, 0.06
SHARE_OF_RIGHTS = 0.6
DELEGATES = {"university_delegate": 0.03, "unit_delegate": 0.11, "not_delegate": 0.83, "pnts": 0.03}
PROPOSED = {"yes_prop": 0.11, "no_prop": 0.87, "pnts": 0.02}
HEARD_FROM = {
    "meeting": 0.62,
    "website": 0.35,
    "chat_group": 0.58,
    "delegate": 0.12,
    "branch": 0.30,
    "colleagues": 0.37,
}
MATTERS = {"budget": 0.5, "pay_rules": 1.1, "promotion": 0.9, "awards": 0.4, "welfare": 0.5, "building": -0.3,
           "planning": -0.2, "union_fees": 0.0}  # fmt: skip
CHANNEL_BLANK, MATTERS_BLANK, DELEGATE_BLANK = 0.04, 0.10, 0.04
CRITERION_OF_RIGHTS = CRITERIA.index("rights")


def congress_answers(respondents: Respondents) -> list[dict[str, Answer]]:
    """Natural answers by item id, one dictionary per respondent in their order; texts stand among them."""
    rng = respondents.generator("congress")
    latent = respondents.theta + SHARE_OF_RIGHTS * respondents.branch.deviations[CRITERION_OF_RIGHTS]
    shifts = RIGHTS | {"d19": (CONGRESS_OVERALL, CONGRESS_UNKNOWN), "d16": (PROPOSAL_ATTITUDE, 0.02),
                       "d17": (PROPOSAL_RESULT, 0.04)}  # fmt: skip
    columns = {
        item: choice_ids(
            "a" if item in RIGHTS else "s", ratings(latent + shift, respondents.straight, rng, dont_know=unknown)
        )
        for item, (shift, unknown) in shifts.items()
    }
    answers = []
    for place, (other, text) in enumerate(zip(_other_items(respondents), _texts(respondents), strict=True)):
        own: dict[str, Answer | None] = {item: column[place] for item, column in columns.items()} | other
        if own["d15"] != "yes_prop":
            own["d16"] = own["d17"] = None
        answers.append({item: answer for item, answer in (own | {"d20": text}).items() if answer is not None})
    return answers


def _other_items(respondents: Respondents) -> Iterator[dict[str, Answer | None]]:
    rng = respondents.generator("congress, other items")
    for place in range(len(respondents)):
        yield {
            "d01": None if rng.random() < DELEGATE_BLANK else one_of(DELEGATES, DELEGATES.values(), rng),
            "d14": None if rng.random() < CHANNEL_BLANK else _channels(rng),
            "d15": one_of(PROPOSED, PROPOSED.values(), rng),
            "d18": None if rng.random() < MATTERS_BLANK else _matters(respondents, place, rng),
        }


def _channels(rng: np.random.Generator) -> tuple[str, ...]:
    return tuple(channel for channel, share in HEARD_FROM.items() if rng.random() < share) or ("nowhere",)


def _matters(respondents: Respondents, place: int, rng: np.random.Generator) -> tuple[str, ...]:
    """Teachers ask for promotion rules first, logistics staff for pay and welfare."""
    pull = dict(MATTERS)
    category = CATEGORIES[respondents.category[place]]
    if category == "teacher":
        pull["promotion"] += 0.7
    elif category == "logistics":
        pull["welfare"] += 0.8
        pull["pay_rules"] += 0.5
    order = np.argsort(-(np.array(list(pull.values())) + rng.gumbel(size=len(pull))))
    return tuple(list(pull)[matter] for matter in order[:3])


def _texts(respondents: Respondents) -> Iterator[str | None]:
    rng = respondents.generator("texts of congress")
    voices = Voices(respondents.branch, rng)
    for theta in respondents.theta:
        yield voices.sentence_on(OPENNESS, content=bool(theta >= 0)) if voices.speaks() else None
