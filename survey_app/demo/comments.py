"""What people write: invented sentences, keyed by need and by whether the writer is content. No names, no illness."""

import csv
from functools import cache
from pathlib import Path

import numpy as np

from survey_app.demo.difficulties import Case, utilities
from survey_app.demo.university import NEEDS, Branch

SENTENCES = Path(__file__).parent / "data" / "sentences.csv"
OPENNESS = "openness"  # beside the 16 needs: what is written about democratic management
WHO_WRITES = 0.18


@cache
def bank() -> dict[tuple[str, bool], tuple[str, ...]]:
    """(need, content) -> sentences."""
    sentences: dict[tuple[str, bool], tuple[str, ...]] = {}
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["need"], row["sign"] == "+")
            sentences[key] = (*sentences.get(key, ()), row["sentence"])
    return sentences


class Voices:
    """Who of a branch writes, and what."""

    def __init__(self, branch: Branch, rng: np.random.Generator) -> None:
        self._pull = utilities(branch)
        self._rng = rng

    def speaks(self) -> bool:
        return bool(self._rng.random() < WHO_WRITES)

    def sentence(self, case: Case, *, content: bool) -> str:
        """About the writer's own difficulty, or about what weighs on the branch."""
        weight = self._pull + self._rng.gumbel(size=len(NEEDS))
        need = case.needs[0] if case.needs else NEEDS[int(np.argmax(weight))]
        return self.sentence_on(need, content=content)

    def sentence_on(self, subject: str, *, content: bool) -> str:
        sentences = bank()[subject, content]
        return sentences[int(self._rng.integers(len(sentences)))]
