"""What staff put first: rank scores of a question that asks for a few choices in order."""

from dataclasses import dataclass

import numpy as np

from analysis.areas.answering import Answering
from analysis.estimates import Estimate, score_estimate, share_estimate
from analysis.frame import RankItem, Text


@dataclass(frozen=True, slots=True)
class RankedMatter:
    """One matter. `score` 0..100: 100 if everybody put it first; `named`: share 0..100 who named it in any place."""

    id: str
    text: Text
    score: Estimate
    named: Estimate


def ranked_matters(answering: Answering, item: str) -> tuple[RankedMatter, ...]:
    """Rank scores, the highest first (equal ones in the order of the questionnaire); empty if the question was not asked.

    Formula: of m places the first counts m, the second m - 1 ... the last 1 (three places: 3, 2, 1), not named 0;
    score = 100 x mean / m over all who ranked anything, t interval with the finite population; `named` with Wilson's.

    It misleads as a measure of weight: 3, 2, 1 is a convention, and somebody who names one matter only gives fewer
    points away. Reference: domain/assessment.md 2.3 (3, 2, 1). Checked against: sums by hand.
    """
    asked = answering.item(item)
    if not isinstance(asked, RankItem):
        return ()
    most, base = asked.max_select, 0
    counts = np.zeros((len(asked.choices), most + 1), np.int64)  # by choice: not named, 1 point ... most points
    for frame, rows in answering.blocks():
        places = [frame.column(f"{item}.{place + 1}")[rows] for place in range(most)]
        base += int(np.logical_or.reduce([column >= 0 for column in places]).sum())
        for place, column in enumerate(places):
            counts[:, most - place] += np.bincount(column[column >= 0], minlength=len(asked.choices))
    counts[:, 0] = base - counts[:, 1:].sum(axis=1)
    worth = tuple(100 * points / most for points in range(most + 1))
    population = answering.population(base)
    found = [
        RankedMatter(
            choice.id,
            choice.text,
            score_estimate([int(n) for n in own], worth, population),
            share_estimate(int(own[1:].sum()), base, population),
        )
        for choice, own in zip(asked.choices, counts, strict=True)
        if choice.role == "answer"
    ]
    return tuple(sorted(found, key=lambda each: -(each.score.value or 0.0)))
