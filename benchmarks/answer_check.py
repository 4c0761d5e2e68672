"""Microseconds to check one ballot of staff_home_annual as it is asked in the demo, and how often the floor's time that is.

Floor: orjson.loads of the same bytes, which any check has to do. Both are measured in turns in one run; the figure is
the median of the turns. Run: python -m benchmarks.answer_check
"""

import random
from collections.abc import Callable
from statistics import median
from time import perf_counter

import orjson

from questionnaires.answers import check_answers, encoded
from questionnaires.library import load
from questionnaires.questionnaire import Questionnaire
from questionnaires.versions import publish_variant

FACTS = {"branch_members": 60, "unit": "B07"}
BALLOTS, TURNS = 500, 15


def ballots(questionnaire: Questionnaire) -> list[bytes]:
    """Plausible ballots, half of them with a difficulty brought, each with a few services used."""
    draw = random.Random(2026)
    services = [choice.id for choice in questionnaire.item("b30").choices if choice.role == "answer"]
    made = []
    for _ in range(BALLOTS):
        answers = {
            item.id: draw.choice(item.choices).id for item in questionnaire.items if item.kind in {"rating", "single"}
        }
        used = tuple(draw.sample(services, draw.randint(1, 4)))
        scores = {service: f"s{draw.randint(1, 5)}" for service in used}
        answers |= {"b30": used, "b31": scores, "b32": tuple(draw.sample(services, 3))}
        made.append(encoded(questionnaire, answers, FACTS))
    return made


def microseconds(work: Callable[[bytes], object], arrays: list[bytes]) -> float:
    """Mean time of one call over all arrays."""
    start = perf_counter()
    for data in arrays:
        work(data)
    return (perf_counter() - start) / len(arrays) * 1e6


def main() -> None:
    questionnaire = publish_variant(load("staff_home_annual"), personal_items=("dem_category", "dem_age"))
    arrays = ballots(questionnaire)
    check = check_answers(questionnaire)
    turns = [
        (microseconds(orjson.loads, arrays), microseconds(lambda data: check(data, FACTS), arrays))
        for _ in range(TURNS)
    ]
    floor, ours = median(turn[0] for turn in turns), median(turn[1] for turn in turns)
    asked = sum(1 for item in questionnaire.items if item.kind != "text")
    print(
        f"{questionnaire.id}: {asked} items, {len(questionnaire.columns)} columns, {len(arrays[0])} bytes, {TURNS} turns"
    )
    print(f"check   {ours:6.2f} us per ballot (target: under 50)")
    print(f"floor   {floor:6.2f} us per ballot (orjson.loads of the same bytes)")
    print(f"ratio   {ours / floor:6.1f} times the floor")


if __name__ == "__main__":
    main()
