"""Answers to the Staff Home review: what demo_university.md fixes, and plausible inventions for the rest (decision record)."""

from collections.abc import Iterator, Mapping

import numpy as np

from questionnaires.answers import Answer
from survey_app.demo.comments import Voices
from survey_app.demo.difficulties import Case, result_of
from survey_app.demo.personal import about_you, trust_in_anonymity
from survey_app.demo.persons import Floats, Ints, Respondents
from survey_app.demo.ratings import TOP, Scale, choice_ids, ratings
from survey_app.demo.services_used import services_strengthened, services_used

FIRST_CRITERION_ITEM = 11
ITEM_SHIFTS = (
    (0.15, 0.05, -0.20), (-0.10, 0.05, 0.0), (0.05, -0.15, 0.0), (0.05, -0.15, 0.10), (0.15, 0.0, 0.05),
    (-0.10, 0.10, 0.05),
)  # fmt: skip
DONT_KNOW_CHANCES = (
    (0.18, 0.04, 0.22), (0.10, 0.15, 0.12), (0.04, 0.04, 0.06), (0.05, 0.08, 0.04), (0.18, 0.25, 0.12),
    (0.04, 0.06, 0.08),
)  # fmt: skip
TYPICAL_PROACTIVE = 0.45
FIRST_STEP_UNKNOWN, WHOM_TO_ASK_UNKNOWN = 0.06, 0.02

RELAYED_COUNTS_AS_BROUGHT = 0.3
OTHER_REQUESTS = 0.04
RATHER_NOT_SAY = 0.015
HANDLING_SHIFT = {"solved": 0.35, "partly": 0.10, "in_progress": -0.05, "unsolved": -0.25, "no_reply": -0.60}
NO_REPLY_IF_ACTED, NO_REPLY_IF_NOT = 0.25, 0.65


def staff_home_answers(respondents: Respondents, cases: list[Case]) -> list[dict[str, Answer]]:
    """Natural answers by item id, one dictionary per respondent in their order; texts stand among them."""
    overall = ratings(respondents.theta, respondents.straight, respondents.generator("overall"))
    columns: dict[str, list[str | None]] = {"b01": choice_ids("s", overall)}
    columns |= {item: choice_ids(scale, given) for item, scale, given in _first_steps(respondents)}
    columns |= {item: choice_ids("a", given) for item, given in criterion_ratings(respondents).items()}
    columns["b33"] = list(official_grades(overall, respondents))
    columns["b36"] = trust_in_anonymity(respondents, respondents.generator("trust of staff_home"))
    people = about_you(respondents, respondents.generator("about you in staff_home"))
    parts = zip(
        people,
        _requests(respondents, cases),
        services_used(respondents),
        services_strengthened(respondents),
        _texts(respondents, cases),
        strict=True,
    )
    answers = []
    for place, (person, request, used, strengthened, texts) in enumerate(parts):
        own: dict[str, Answer | None] = {item: column[place] for item, column in columns.items()}
        own |= {**person, **request, **used, "b32": strengthened, **texts}
        answers.append({item: answer for item, answer in own.items() if answer is not None})
    return answers


def criterion_ratings(respondents: Respondents) -> dict[str, Ints]:
    """b11 to b28: three items for each of the six criteria, moved by what the branch is strong or weak in."""
    rng = respondents.generator("criteria")
    given: dict[str, Ints] = {}
    for criterion, deviation in enumerate(respondents.branch.deviations):
        for item, (shift, unknown) in enumerate(zip(ITEM_SHIFTS[criterion], DONT_KNOW_CHANCES[criterion], strict=True)):
            latent = respondents.theta + deviation + shift
            name = f"b{FIRST_CRITERION_ITEM + 3 * criterion + item}"
            given[name] = ratings(latent, respondents.straight, rng, dont_know=unknown)
    return given


def official_grades(overall: Ints, respondents: Respondents) -> Iterator[str]:
    """b33 follows the overall rating leniently: "middle" mostly counts as basically satisfied."""
    rng = respondents.generator("official grade")
    for rating, straight, draw in zip(overall, respondents.straight, rng.random(len(overall)), strict=True):
        if straight or rating == TOP:
            yield "o3"
        elif rating == 4:
            yield "o2" if draw < 0.25 else "o3"
        elif rating == 3:
            yield "o1" if draw < 0.15 else "o2"
        elif rating == 2:
            yield "o2" if draw < 0.35 else "o1"
        else:
            yield "o1"


def _first_steps(respondents: Respondents) -> tuple[tuple[str, Scale, Ints], ...]:
    rng = respondents.generator("first steps")
    lead = respondents.figures.proactive - TYPICAL_PROACTIVE
    theta, straight = respondents.theta, respondents.straight
    return (
        ("b02", "f", ratings(theta - 0.35 + 2 * lead, straight, rng, dont_know=FIRST_STEP_UNKNOWN)),
        ("b03", "a", ratings(theta - 0.10 + lead, straight, rng, dont_know=WHOM_TO_ASK_UNKNOWN)),
    )


def _requests(respondents: Respondents, cases: list[Case]) -> Iterator[Mapping[str, Answer]]:
    rng = respondents.generator("requests")
    for theta, straight, case in zip(respondents.theta, respondents.straight, cases, strict=True):
        brought = _brought(case, rng)
        if brought != "yes_brought":
            yield {"b04": brought}
            continue
        result = case.result if case.known_by else result_of(respondents.figures.solve, rng)
        if result == "unsolved" and rng.random() < (NO_REPLY_IF_ACTED if case.acted else NO_REPLY_IF_NOT):
            result = "no_reply"
        latent: Floats = np.array([theta + HANDLING_SHIFT[result]])
        (satisfied,) = choice_ids("s", ratings(latent, np.array([straight]), rng, dont_know=0.02))
        yield {"b04": brought, "b05": result, "b06": str(satisfied)}


def _brought(case: Case, rng: np.random.Generator) -> str:
    draw = rng.random()
    if draw < RATHER_NOT_SAY:
        return "pnts"
    if case.known_by == "i_told":
        return "yes_brought"
    chance = RELAYED_COUNTS_AS_BROUGHT if case.known_by == "relayed" else OTHER_REQUESTS
    return "yes_brought" if rng.random() < chance else "no_brought"


def _texts(respondents: Respondents, cases: list[Case]) -> Iterator[Mapping[str, Answer]]:
    rng = respondents.generator("texts of staff_home")
    voices = Voices(respondents.branch, rng)
    for theta, case in zip(respondents.theta, cases, strict=True):
        if not voices.speaks():
            yield {}
            continue
        content = bool(theta >= 0)
        texts: dict[str, Answer] = {"b34" if content else "b35": voices.sentence(case, content=content)}
        if rng.random() < 0.25:  # some write into both fields
            texts["b35" if content else "b34"] = voices.sentence(case, content=not content)
        yield texts
