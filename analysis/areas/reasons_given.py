"""Shares of a multiple choice: where staff learn of things, why they stay away, how they like to learn."""

from dataclasses import dataclass

import numpy as np

from analysis.areas.answering import Answering
from analysis.estimates import Estimate, share_estimate
from analysis.frame import MultiItem, Text


@dataclass(frozen=True, slots=True)
class ChosenShare:
    """One choice: how many took it, and their share 0..100 of those who answered the question."""

    id: str
    text: Text
    count: int
    share: Estimate


def chosen_shares(answering: Answering, item: str) -> tuple[ChosenShare, ...]:
    """The share of each choice of a multiple choice, in the order of the questionnaire; empty if it was not asked.

    Formula: people who chose it / people who chose anything but a refusal; Wilson interval with the finite population. An
    exclusive choice ("hardly anywhere") counts like the others. Shares add up to more than 100 because people may choose
    several. It misleads as a ranking: choices next to each other rarely differ beyond chance. Reference:
    domain/assessment.md 2.3. Checked against: counts by hand.
    """
    asked = answering.item(item)
    if not isinstance(asked, MultiItem):
        return ()
    counts = dict.fromkeys((choice.id for choice in asked.choices if choice.role != "missing"), 0)
    base = 0
    for frame, rows in answering.blocks():
        columns = {each: f"{item}.{each}" for each in counts}
        held = {each: frame.column(name)[rows] == 1 for each, name in columns.items() if name in frame.codebook.place}
        if held:
            base += int(np.logical_or.reduce(list(held.values())).sum())
        for each, chosen in held.items():
            counts[each] += int(chosen.sum())
    population = answering.population(base)
    texts = {choice.id: choice.text for choice in asked.choices}
    return tuple(ChosenShare(each, texts[each], n, share_estimate(n, base, population)) for each, n in counts.items())
