"""Invented polls for the tests of analysis: units, ballots, and their release."""

import json
import random
from collections.abc import Sequence
from datetime import date

from analysis.disclosure.crossings import counted
from analysis.disclosure.gate import release
from analysis.disclosure.released import PollFacts, Released
from analysis.disclosure.suppression import UnitFacts
from analysis.frame import Codebook, Text, codebook, frames_of
from analysis.scoring import combinations, scoring_for
from analysis.tallies import Tally, tally_of
from questionnaires.library import load
from questionnaires.questionnaire import Questionnaire
from questionnaires.scoring import scoring

Ballots = list[tuple[str, bytes]]


def facts(questionnaire: Questionnaire, wave: str = "2026") -> PollFacts:
    return PollFacts(
        id=f"poll-{wave}",
        questionnaire=questionnaire.id,
        title=questionnaire.title,
        wave=wave,
        first_day=date(int(wave), 11, 9),
        last_day=date(int(wave), 11, 22),
        way="slip",
        fingerprint="F",
        box_sha256="0",
    )


def unit(unit_id: str, n_eligible: int, unit_type: str = "academic") -> UnitFacts:
    return UnitFacts(unit_id, Text(f"单位{unit_id}", f"Unit {unit_id}"), unit_type, n_eligible)


def stored(questionnaire: Questionnaire, answers: dict[str, int | None], otherwise: int | None = -1) -> bytes:
    """One ballot: the named columns as given, all others `otherwise`."""
    row = [answers.get(column.name, otherwise) for column in questionnaire.columns]
    return json.dumps(row, separators=(",", ":")).encode()


def random_answers(questionnaire: Questionnaire, dice: random.Random) -> bytes:
    """One ballot of random codes, some blank and some off path."""
    row: list[int | None] = []
    ranked = {item.id: dice.sample(range(len(item.choices)), len(item.choices)) for item in questionnaire.items}
    for column in questionnaire.columns:
        fate = dice.random()
        if fate < 0.15:
            row.append(None if fate < 0.1 else -1)
        elif column.kind == "mask":
            row.append(1 << dice.randrange(len(column.choices)) | 1 << dice.randrange(len(column.choices) - 2))
        elif column.kind == "design":
            row.append(dice.randrange(5))
        elif column.rank:
            row.append(ranked[column.item].pop())
        else:
            row.append(dice.randrange(len(column.choices)))
    return json.dumps(row, separators=(",", ":")).encode()


def random_ballots(questionnaire: Questionnaire, sizes: dict[str, int], seed: int = 1) -> Ballots:
    dice = random.Random(seed)
    return [(name, random_answers(questionnaire, dice)) for name, size in sizes.items() for _ in range(size)]


def tallied(questionnaire: Questionnaire, units: Sequence[UnitFacts], ballots: Ballots) -> Tally:
    book: Codebook = codebook(questionnaire)
    names = [each.id for each in units]
    rules = scoring_for(questionnaire, scoring())
    return tally_of(book, names, frames_of(book, names, ballots), combinations(book, rules))


def released(
    questionnaire: Questionnaire,
    units: Sequence[UnitFacts],
    ballots: Ballots,
    comments: dict[tuple[str, str], int] | None = None,
    wave: str = "2026",
) -> Released:
    rules = scoring_for(questionnaire, scoring())
    book = codebook(questionnaire)
    names = [each.id for each in units]
    counts = counted(book, names, frames_of(book, names, ballots), combinations(book, rules))
    return release(counts, facts(questionnaire, wave), units, rules, comments)


def staff_home() -> Questionnaire:
    return load("staff_home_annual")


def needs() -> Questionnaire:
    return load("needs_annual")


def usual_world(questionnaire: Questionnaire, wave: str = "2026", seed: int = 1) -> Released:
    """Four ordinary units, two that are pooled, one that nobody answered, and the retired."""
    sizes = {"B01": 60, "B02": 25, "B03": 40, "B04": 12, "B05": 4, "B06": 3, "B24": 30}
    units = [unit(name, 2 * size + 10, "retired" if name == "B24" else "academic") for name, size in sizes.items()]
    units.insert(4, unit("B09", 20))
    return released(questionnaire, units, random_ballots(questionnaire, sizes, seed), wave=wave)
