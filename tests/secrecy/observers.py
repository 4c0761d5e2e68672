"""People who collect and answer at times of their own, and an observer who knows every moment to the second.

The people do what the page lets them: it names the day and the mode of the poll, and in two phases nobody answers on the day
of collecting. The observer sits on the wire: who collected when, and when which unit got a ballot; he then links the two in the
way that is likeliest altogether (optimal assignment).
"""

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import factorial

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from survey_app.services.casting import Submission, TicketCredential
from tests.secrecy.served_term import ServedTerm
from tests.small_polls import FIRST, answers
from tests.small_terms import COLLECTING, SIZES, by_ticket

ANSWERING = timedelta(minutes=6)
DAYS, BURSTS = 14, (0, 5, 10)  # of a poll, and those on which everybody is written to


@dataclass(frozen=True)
class Seen:
    """What the observer wrote down of one request. `who`: the staff number at the account door; a ballot has none."""

    at: datetime
    unit_id: str
    who: str = ""


@dataclass(frozen=True)
class Run:
    """A whole poll: what was seen, and who really cast which ballot (by its place in `ballots`)."""

    collected: tuple[Seen, ...]
    ballots: tuple[Seen, ...]
    sent: tuple[Submission, ...]
    truth: tuple[str, ...]


def moments(chance: random.Random, first: date, days: int = DAYS) -> datetime:
    """When somebody opens the link: mostly in the hours after a mail, by day."""
    burst = chance.choice([day for day in BURSTS if day < days])
    day = min(burst + int(chance.expovariate(0.7)), days - 1)
    return datetime.combine(first + timedelta(days=day), time(8)) + timedelta(seconds=chance.randrange(12 * 3600))


def told_by_page(house: ServedTerm) -> Mapping[str, str]:
    """What the answering page tells its script: mode, and which day it is."""
    page = house.app.test_client(use_cookies=False).get("/b/poll-1").text
    found = re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found, page
    data: Mapping[str, str] = json.loads(found[1])["ticket"]
    return data


def whole_poll(house: ServedTerm, sizes: Mapping[str, int], seed: int, *, late: bool = False) -> Run:
    """Everybody collects and answers, each request on its day and in the order of the simulated clock.

    `late`: everybody collects while the poll is open already, and answers as soon as the page lets them.
    """
    chance = random.Random(seed)
    house.today(FIRST)
    combined = told_by_page(house)["mode"] == "combined"
    waiting: list[tuple[datetime, str]] = []
    for branch, size in sizes.items():
        for n in range(size):
            start = FIRST if combined or late else COLLECTING
            waiting.append((moments(chance, start), f"{branch.lower()}-{n:03}"))
    collected, ballots, sent, truth = [], [], [], []
    answering: list[tuple[datetime, str, TicketCredential]] = []
    for at, who in sorted(waiting):
        house.today(at.date())
        answering.append((_answers_at(chance, at, combined=combined, late=late), who, house.member(who).collect()))
        collected.append(Seen(at, who.split("-")[0], who))
    for at, who, ticket in sorted(answering, key=lambda one: one[0]):
        house.today(at.date())
        one = by_ticket(ticket, answers=_answers(chance, sizes[who.split("-")[0].upper()]))
        assert house.cast(one).status_code == 201
        ballots.append(Seen(at, who.split("-")[0]))
        sent.append(one)
        truth.append(who)
    return Run(tuple(collected), tuple(ballots), tuple(sent), tuple(truth))


def _answers(chance: random.Random, members: int) -> bytes:
    """Large units have one question more."""
    return answers("b01" if members >= 30 else "b02", q1=f"s{chance.randint(1, 5)}")


def _answers_at(chance: random.Random, collected: datetime, *, combined: bool, late: bool) -> datetime:
    if combined:  # the page goes on at once
        return collected + timedelta(seconds=chance.gauss(ANSWERING.total_seconds(), 90))
    if late:
        return moments(chance, collected.date() + timedelta(days=1), 1)
    at = moments(chance, FIRST)
    assert at.date() > collected.date()
    return at


def linked(run: Run, unit_id: str) -> tuple[int, int]:
    """How many of a unit's ballots the observer gives to the right person, and how many there are."""
    collected = [one for one in run.collected if one.unit_id == unit_id]
    places = [at for at, one in enumerate(run.ballots) if one.unit_id == unit_id]
    delays = np.array([[(run.ballots[at].at - one.at).total_seconds() for at in places] for one in collected])
    rows, columns = linear_sum_assignment(unlikeliness(delays))
    right = sum(collected[row].who == run.truth[places[column]] for row, column in zip(rows, columns, strict=True))
    return right, len(places)


def unlikeliness(delays: NDArray[np.float64]) -> NDArray[np.float64]:
    """The nearer to six minutes the likelier, by its logarithm; an answer before the ticket is impossible."""
    away = np.abs(delays - ANSWERING.total_seconds())
    return np.where(delays <= 0, 1e6, np.log1p(away / 60))


def chance_of_as_many(sizes: Sequence[int], right: int) -> float:
    """The exact probability that blind guessing (a random assignment in each unit) links at least `right` ballots."""
    whole = np.array([1.0])
    for size in sizes:
        whole = np.convolve(whole, fixed_points(size))
    return float(whole[right:].sum())


def fixed_points(size: int) -> NDArray[np.float64]:
    """Probability of 0..size right ones in a random assignment (rencontres numbers)."""
    return np.array([_deranged(size - k) / factorial(k) for k in range(size + 1)])


def _deranged(size: int) -> float:
    """The share of assignments in which none is right."""
    return sum((-1) ** k / factorial(k) for k in range(size + 1))


def units_of(sizes: Mapping[str, int] = SIZES) -> list[str]:
    return [branch.lower() for branch in sizes]
