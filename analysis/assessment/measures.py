"""The leaves of the assessment: what is measured in a respondent, and how measures make components, dimensions and a composite."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from analysis.assessment.scheme import Scheme
from analysis.estimates import item_worth
from analysis.frame import Frame, LibraryScoring, Text

Values = npt.NDArray[np.float64]
Known = npt.NDArray[np.bool_]
Group = Literal["three_questions", "criteria"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One number per respondent, 0..100, or none.

    With `credit`: what the chosen outcome earns; without: the mean of the item scores if at least `least` were answered.
    """

    id: str
    poll: str
    items: tuple[str, ...]
    credit: Mapping[str, float] | None = None
    least: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A component (P1, S2 ...): its `measures` by place. `pooled`: all their answers make one share; else means are averaged."""

    id: str
    weight: float
    measures: tuple[int, ...]
    pooled: bool


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the three questions or six criteria; `weight` is its share of the whole composite (all sum to 1)."""

    id: str
    group: Group
    weight: float
    parts: tuple[Part, ...]
    shrink: int = 0  # pseudo-cases of the university that S* adds


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that is shown and never scored: a sum of `terms` (place of the measure, coefficient).

    `group` is its area. `lowest` of its values: 0, or -100 for a difference of two figures.
    """

    id: str
    group: str
    name: Text
    terms: tuple[tuple[int, float], ...]
    lowest: float = 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """All measures of a scheme, the dimensions they make, and what they only show.

    `lenient`: the dimension that is shrunk (S) without credit or base for what is in progress; in no composite.
    """

    measures: tuple[Measure, ...]
    dimensions: tuple[Dimension, ...]
    shown: tuple[Shown, ...] = ()
    lenient: Dimension | None = None

    @property
    def solved(self) -> int | None:
        """The place of the dimension that is shrunk to the university (S), if the scheme has one."""
        return next((place for place, each in enumerate(self.dimensions) if each.shrink), None)

    def case_groups(self) -> tuple[tuple[int, ...], ...]:
        """Measures that may tell of the same case: all of S, and those of a part that asks about it in several polls."""
        solved = self.solved
        groups = [] if solved is None else [tuple(m for part in self.dimensions[solved].parts for m in part.measures)]
        groups += [part.measures for each in self.dimensions for part in each.parts if len(part.measures) > 1]
        return tuple(groups)

    def polls(self) -> tuple[str, ...]:
        return tuple(sorted({measure.poll for measure in self.measures}))

    def of_poll(self, poll: str) -> tuple[int, ...]:
        """Places of the measures that one questionnaire holds."""
        return tuple(place for place, measure in enumerate(self.measures) if measure.poll == poll)


def layout(scheme: Scheme) -> Layout:
    """The measures and dimensions of a scheme, in the order it lists them: the three questions, then the criteria.

    After the measures that score come those that are only shown.
    """
    from analysis.assessment.shown import lenient_question, shown_figures

    measures: list[Measure] = []
    questions = [_question(scheme, number, measures) for number in range(len(scheme.scoring.three_questions))]
    dimensions = (*questions, *_criteria(scheme, scheme.scoring, measures))
    lenient = lenient_question(dimensions, measures)
    shown = shown_figures(scheme.scoring, measures)
    return Layout(tuple(measures), dimensions, shown, lenient)


def _question(scheme: Scheme, number: int, measures: list[Measure]) -> Dimension:
    rules = scheme.scoring.three_questions
    question = rules[number]
    parts = []
    for component in question.components:
        first = len(measures)
        pooled = component.kind == "share"
        for address in component.items:
            poll, _, item = address.partition(".")
            measures.append(Measure(f"{component.id}:{address}", poll, (item,), component.credit if pooled else None))
        parts.append(Part(component.id, component.weight, tuple(range(first, len(measures))), pooled))
    weight = scheme.half("three_questions") * question.weight / sum(each.weight for each in rules)
    return Dimension(question.id, "three_questions", weight, tuple(parts), question.shrink_to_university or 0)


def _criteria(scheme: Scheme, rules: LibraryScoring, measures: list[Measure]) -> list[Dimension]:
    total = sum(each.weight or 0.0 for each in rules.criteria)
    found = []
    for criterion in rules.criteria:
        items = [address.partition(".") for address in criterion.items]
        measures.append(
            Measure(criterion.id, items[0][0], tuple(item for _, _, item in items), least=criterion.min_items)
        )
        part = Part(criterion.id, 1.0, (len(measures) - 1,), pooled=False)
        weight = scheme.half("criteria") * (criterion.weight or 0.0) / total
        found.append(Dimension(criterion.id, "criteria", weight, (part,)))
    return found


def measured(frame: Frame, measure: Measure) -> tuple[Values, Known]:
    """The measure of every ballot of a frame: values 0..100 (0 where unknown) and whether it is known.

    "Don't know", blanks and questions off the path are unknown, never a middle. A questionnaire that lacks one of the
    items, or whose item has no scale, knows it of nobody.
    """
    total, answered = np.zeros(frame.n_ballots), np.zeros(frame.n_ballots, np.int8)
    for item in measure.items:
        worth = _worth(frame, item, measure.credit)
        if worth is None:
            return np.zeros(frame.n_ballots), np.zeros(frame.n_ballots, bool)
        codes = frame.column(item).view(np.uint8)  # -1 and -2 become the last two of 256
        scores, known = np.zeros(256), np.zeros(256, np.int8)
        scores[: len(worth)] = [value or 0.0 for value in worth]
        known[: len(worth)] = [value is not None for value in worth]
        total += scores.take(codes, mode="clip")
        answered += known.take(codes, mode="clip")
    enough = answered >= measure.least
    if len(measure.items) > 1 or measure.least > 1:
        total = np.where(enough, total / np.maximum(answered, 1), 0.0)
    return total, enough


def _worth(frame: Frame, item: str, credit: Mapping[str, float] | None) -> tuple[float | None, ...] | None:
    if item not in frame.codebook.place:
        return None
    choices = frame.codebook.questionnaire.item(item).choices
    if credit is None:
        return item_worth(choices)
    return tuple(100.0 * credit[choice.id] if choice.id in credit else None for choice in choices)
