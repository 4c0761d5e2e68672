"""Answers to the needs questionnaire: difficulties, what became of them, best-worst choices, a wish in words."""

from collections.abc import Iterator, Mapping

import numpy as np

from questionnaires.answers import Answer, BestWorst
from questionnaires.items import BestWorstItem
from survey_app.demo.comments import Voices
from survey_app.demo.difficulties import Case, utilities
from survey_app.demo.personal import about_you, trust_in_anonymity
from survey_app.demo.persons import Floats, Respondents
from survey_app.demo.ratings import choice_ids, one_of, ratings
from survey_app.demo.staff_home import HANDLING_SHIFT
from survey_app.demo.university import NEEDS

# What makes a difficulty the most urgent or the hardest one, beside how heavy it is.
URGENT = {"serious_illness": 1.6, "child_schooling": 0.8, "hardship": 1.2, "child_care": 0.5, "mental_wellbeing": 0.4,
          "elder_care": 0.5, "fair_treatment": 0.4}  # fmt: skip
HARD = {"serious_illness": 1.4, "housing": 1.2, "promotion": 0.9, "pay_benefits": 0.7, "fair_treatment": 0.6,
        "hardship": 0.8}  # fmt: skip
OTHER_TOO, NONE_RATHER_NOT_SAY = 0.03, 0.02
NO_HELP_WANTED, UNION_KNOWS_UNCLEAR = 0.12, 0.08
ACTED_UNCLEAR, SELF_SOLVED, NO_LONGER = 0.05, 0.10, 0.05
REPLY_BLANK, REPLY_FORGOTTEN, NO_REPLY_IF_NOT_ACTED = 0.05, 0.06, 0.5
REASON_BLANK, BEST_WORST_BLANK, SCREEN_BLANK = 0.06, 0.07, 0.02


def needs_answers(respondents: Respondents, cases: list[Case], best_worst: BestWorstItem) -> list[dict[str, Answer]]:
    """Natural answers by item id, one dictionary per respondent in their order; texts stand among them."""
    trust = trust_in_anonymity(respondents, respondents.generator("trust of needs"))
    people = about_you(respondents, respondents.generator("about you in needs"))
    told = _difficulties(respondents, cases)
    priorities = _priorities(respondents, best_worst)
    wishes = _wishes(respondents, cases)
    answers = []
    for parts in zip(told, priorities, wishes, trust, people, strict=True):
        difficulties, choice, wish, trusts, person = parts
        own: dict[str, Answer | None] = {**difficulties, "a11": choice, "a12": wish, "a13": trusts, **person}
        answers.append({item: answer for item, answer in own.items() if answer is not None})
    return answers


def _difficulties(respondents: Respondents, cases: list[Case]) -> Iterator[Mapping[str, Answer | None]]:
    rng = respondents.generator("difficulties told")
    for place, case in enumerate(cases):
        if not case.needs:
            yield {"a01": ("pnts" if rng.random() < NONE_RATHER_NOT_SAY else "none",)}
            continue
        other = ("other",) if rng.random() < OTHER_TOO else ()
        told: dict[str, Answer | None] = {
            "a01": tuple(need for need in NEEDS if need in case.needs) + other,
            "a02": _foremost(case.needs, URGENT, rng),
            "a03": _foremost(case.needs, HARD, rng),
            "a04": case.needs[0],
        }
        yield told | (_handled(respondents, place, case, rng) if case.known_by else _unknown(respondents, rng))


def _foremost(needs: tuple[str, ...], weight: Mapping[str, float], rng: np.random.Generator) -> str:
    return needs[int(np.argmax([weight.get(need, 0.0) + rng.gumbel() for need in needs]))]


def _unknown(respondents: Respondents, rng: np.random.Generator) -> dict[str, Answer | None]:
    """The union does not know: some want no help, some are not sure, the others say why they kept silent."""
    draw = rng.random()
    if draw < NO_HELP_WANTED:
        return {"a04": "no_help"}
    if draw < NO_HELP_WANTED + UNION_KNOWS_UNCLEAR:
        return {"a05": "dk"}
    blank = rng.random() < REASON_BLANK
    return {"a05": "not_known", "a10": None if blank else _reason_for_silence(respondents, rng)}


def _reason_for_silence(respondents: Respondents, rng: np.random.Generator) -> str:
    doubt, passive = 1 - respondents.branch.anonymity_trust, 1 - respondents.figures.proactive
    reasons = {
        "not_union_job": 0.9, "whom": 1.2 * passive, "worry": 1.4 * doubt, "no_result": 1 - respondents.figures.solve,
        "private": 0.4, "alone": 0.7, "other": 0.1, "pnts": 0.2 * doubt,
    }  # fmt: skip
    return one_of(reasons, reasons.values(), rng)


def _handled(respondents: Respondents, place: int, case: Case, rng: np.random.Generator) -> dict[str, Answer | None]:
    latent: Floats = np.array([respondents.theta[place] + HANDLING_SHIFT[case.result]])
    (satisfied,) = choice_ids("s", ratings(latent, respondents.straight[[place]], rng, dont_know=0.02))
    return {
        "a05": case.known_by,
        "a06": "dk" if rng.random() < ACTED_UNCLEAR else ("yes_act" if case.acted else "no_act"),
        "a07": _where_it_stands(case, rng),
        "a08": _first_reply(case, rng),
        "a09": satisfied,
    }


def _where_it_stands(case: Case, rng: np.random.Generator) -> str:
    """Some whom the union did not help solved it themselves or no longer need it; both are outside every rate."""
    draw = rng.random()
    if case.result == "unsolved" and draw < SELF_SOLVED:
        return "self_solved"
    if case.result == "unsolved" and draw < SELF_SOLVED + NO_LONGER:
        return "no_longer"
    return case.result


def _first_reply(case: Case, rng: np.random.Generator) -> str | None:
    draw = rng.random()
    if draw < REPLY_BLANK:
        return None
    if draw < REPLY_BLANK + REPLY_FORGOTTEN:
        return "dk"
    if not case.acted and case.result in ("unsolved", "in_progress") and rng.random() < NO_REPLY_IF_NOT_ACTED:
        return "none"
    for days, word in ((3, "d3"), (10, "d10"), (30, "d30")):
        if case.reply_days <= days:
            return word
    return "d30p"


def _priorities(respondents: Respondents, item: BestWorstItem) -> Iterator[BestWorst | None]:
    """Best and worst of each screen by the branch's utilities plus Gumbel noise, new on every screen."""
    rng = respondents.generator("best and worst")
    pull = utilities(respondents.branch)
    ids = [choice.id for choice in item.choices]
    for _ in range(len(respondents)):
        version = int(rng.integers(len(item.design)))
        screens: list[tuple[str | None, str | None]] = []
        for screen in item.design[version]:
            felt = [pull[NEEDS.index(ids[option])] + rng.gumbel() for option in screen]
            best, worst = ids[screen[int(np.argmax(felt))]], ids[screen[int(np.argmin(felt))]]
            screens.append((best, None if rng.random() < SCREEN_BLANK else worst))
        yield None if rng.random() < BEST_WORST_BLANK else BestWorst(version, tuple(screens))


def _wishes(respondents: Respondents, cases: list[Case]) -> Iterator[str | None]:
    rng = respondents.generator("texts of needs")
    voices = Voices(respondents.branch, rng)
    for theta, case in zip(respondents.theta, cases, strict=True):
        yield voices.sentence(case, content=bool(theta >= 0)) if voices.speaks() else None
