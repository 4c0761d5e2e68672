"""The cases as staff tell of them: counted by unit, with the rates that stand beside P and S (assessment.md 2.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.assessment.answers import Year
from analysis.assessment.case_figures import CaseFigures, ChoiceCount
from analysis.assessment.choice_counts import choice_counts
from analysis.assessment.figures import Figure
from analysis.assessment.measures import Known, Values
from analysis.assessment.poll_moments import Counts
from analysis.frame import Choice, Frame, MultiItem

POLL = "needs_annual"
MET, LEARNED, ACTED, STANDS, SILENCE = "a01", "a05", "a06", "a07", "a10"
OTHER_WAYS = ("self_solved", "no_longer")


@dataclass(frozen=True, slots=True, eq=False)
class CaseCounts:
    """Answers by unit: `met` (U,), None where it was not asked; `by_item` item -> choice id -> (U,); `texts` of choices."""

    met: Counts | None
    by_item: Mapping[str, Mapping[str, Values]] = field(default_factory=dict)
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)


def case_counts(year: Year) -> CaseCounts:
    """How many respondents of each unit gave each answer about the difficulty they most want help with.

    One person tells of one difficulty, so these are people, not cases; the ledger counts cases. Counts of several
    questionnaires are never added: the same case may be told in each.
    """
    frames = year.frames.get(POLL, ())
    places = {unit.id: at for at, unit in enumerate(year.units)}
    met = [_summed(frame, who, places) for frame in frames if (who := _met(frame)) is not None]
    by_item: dict[str, Mapping[str, Values]] = {}
    choices: dict[str, Sequence[Choice]] = {}
    for item in (LEARNED, ACTED, STANDS, SILENCE):
        asking = [frame for frame in frames if item in frame.codebook.place]
        if asking:
            by_item[item] = choice_counts(asking, item, places)
            choices[item] = asking[0].codebook.questionnaire.item(item).choices
    return CaseCounts(sum(met[1:], met[0]) if met else None, by_item, choices)


def case_figures(
    counts: CaseCounts, places: Sequence[int], rates: Mapping[str, Figure], known_choices: Sequence[str]
) -> CaseFigures:
    """The counts of these units together, beside the rates of the same units.

    `rates`: figures by name (solved_rate, lenient_rate, acted_rate, union_first, unknown_rate, first_reply,
    service_first); `known_choices`: answers that mean the union knows of it.
    """
    rows = list(places)

    def of(item: str, *names: str) -> int | None:
        own = counts.by_item.get(item)
        if own is None:
            return None
        return int(sum(own[name][rows].sum() for name in names if name in own))

    return CaseFigures(
        met=None if counts.met is None else int(counts.met[rows].sum()),
        known=of(LEARNED, *known_choices),
        acted=of(ACTED, "yes_act"),
        solved=of(STANDS, "solved"),
        partly=of(STANDS, "partly"),
        in_progress=of(STANDS, "in_progress"),
        unsolved=of(STANDS, "unsolved"),
        other_ways=of(STANDS, *OTHER_WAYS),
        silence=_silence(counts, rows),
        **rates,
    )


def _silence(counts: CaseCounts, rows: list[int]) -> tuple[ChoiceCount, ...]:
    """Reasons for not telling the union, the most frequent first; shares of those who gave a reason."""
    own = counts.by_item.get(SILENCE, {})
    given = [
        (choice, int(own[choice.id][rows].sum()))
        for choice in counts.choices.get(SILENCE, ())
        if choice.role == "answer"
    ]
    total = sum(n for _, n in given)
    ordered = sorted(given, key=lambda pair: -pair[1])
    return tuple(ChoiceCount(choice.id, choice.text, n, round(100 * n / total, 1)) for choice, n in ordered if n)


def _met(frame: Frame) -> Known | None:
    """Who named a difficulty."""
    if MET not in {item.id for item in frame.codebook.questionnaire.items}:
        return None
    item = frame.codebook.questionnaire.item(MET)
    if not isinstance(item, MultiItem):
        return None
    named = [frame.column(f"{MET}.{choice.id}") == 1 for choice in item.choices if choice.role == "answer"]
    return np.asarray(np.logical_or.reduce(named), bool)


def _summed(frame: Frame, holds: Known, places: Mapping[str, int]) -> Counts:
    """How many respondents of each assessed unit it holds for."""
    own = np.bincount(frame.unit.astype(np.intp)[holds], minlength=len(frame.units))
    total = np.zeros(len(places), np.int64)
    for row, name in enumerate(frame.units):
        if name in places:
            total[places[name]] += own[row]
    return total
