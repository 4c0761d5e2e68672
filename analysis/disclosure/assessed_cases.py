"""What staff report of their difficulties, as far as it may be shown: counts of answers and rates made of them."""

from collections.abc import Collection

import numpy as np

from analysis.assessment.contract import CaseFigures, Figure, ShownFigure
from analysis.disclosure.assessment_figures import RULES, TOO_FEW, UNWEIGHTED, counted, score, unweighted
from analysis.disclosure.released_assessment import Cases, ChoiceShare, Score, ShownScore
from analysis.disclosure.rounding import whole

ACTED = "P3"  # the component of the scheme that is the rate of cases acted on
OUTCOMES = ("solved", "partly", "in_progress", "unsolved")


def cases(found: CaseFigures, thin: Collection[str] = (), untold: Collection[str] = ()) -> Cases:
    """Counts of 1 to 4 are None; outcomes are told all four or none, and their rates only where they give no small count away.

    Under five known cases nothing is said of what became of them. Rates of outcomes are made of the counts, each answer
    alike, so they tell nothing that the counts do not. `thin`: ids of weighted figures that would tell too much;
    `untold`: figures that the poll itself does not tell of this unit (analysis.disclosure.assessed_rows).
    """
    outcomes: dict[str, int | None] = {name: getattr(found, name) for name in OUTCOMES}
    met = None if "met" in untold else counted(found.met)
    hidden = {*thin, *untold}
    if found.known is None or found.known < RULES.figure or "known" in untold:
        return Cases(
            met=met,
            known=None if "known" in untold else counted(found.known),
            solved_percent=Score(reason=TOO_FEW),
            unknown_percent=_rate(found.unknown_rate, "unknown_rate" in hidden),
        )
    shown = _whole_table(outcomes) if "outcomes" not in untold else dict.fromkeys(OUTCOMES)
    whole_table = None not in shown.values()
    return Cases(
        met=met,
        known=found.known,
        acted=None if "acted" in untold else counted(found.acted),
        **shown,
        solved_percent=_solved(found.solved_rate, outcomes, whole_table, "outcomes" in untold),
        lenient_percent=_of_counts(found.lenient_rate, outcomes, ("solved", "partly", "unsolved"))
        if whole_table
        else Score(reason=TOO_FEW),
        unknown_percent=_rate(found.unknown_rate, "unknown_rate" in hidden),
        first_reply_percent=_rate(found.first_reply, "first_reply" in hidden),
        acted_percent=_rate(found.acted_rate, ACTED in thin or "acted" in untold),
        union_first_percent=_rate(found.union_first, "union_first" in hidden),
        silence=() if "silence" in untold else _silence(found),
    )


def shown_scores(figures: tuple[ShownFigure, ...], thin: Collection[str] = ()) -> tuple[ShownScore, ...]:
    """Figures beside the scores; weighted, so from ten answers on, and not where they are `thin`."""
    return tuple(ShownScore(each.id, each.group, _rate(each.figure, each.id in thin)) for each in figures)


def _whole_table(outcomes: dict[str, int | None]) -> dict[str, int | None]:
    """All four counts, or none where one of them is 1 to 4: what is left over would tell it, zeros most of all."""
    told = {name: counted(n) for name, n in outcomes.items()}
    return told if None not in told.values() else dict.fromkeys(OUTCOMES)


def _solved(figure: Figure, outcomes: dict[str, int | None], whole_table: bool, untold: bool) -> Score:
    """The rate, unless it and its base alone give one of the counts that are not told away."""
    shown = Score(reason=TOO_FEW) if untold else _of_counts(figure, outcomes, OUTCOMES)
    base = sum(n or 0 for n in outcomes.values())
    if whole_table or shown.value is None or not _gives_away(shown.value, base):
        return shown
    return Score(base=shown.base, reason=TOO_FEW)


def _gives_away(percent: int, base: int) -> bool:
    """Whether every table of four outcomes with this rate and base has the same outcome with one to four answers."""
    solved, partly = (each.ravel() for each in np.meshgrid(np.arange(base + 1), np.arange(base + 1)))
    fits = (solved + partly <= base) & (np.floor((100 * solved + 50 * partly) / max(base, 1) + 0.5) == percent)
    rest = base - solved[fits] - partly[fits]  # in progress and unsolved, in any parts: none if there is nobody left
    small = (1, RULES.figure - 1)
    return any(small[0] <= each.min() and each.max() <= small[1] for each in (solved[fits], partly[fits])) or (
        bool(rest.size) and bool(rest.min() >= 1 and rest.max() <= small[1])
    )


def _of_counts(figure: Figure, outcomes: dict[str, int | None], base: tuple[str, ...]) -> Score:
    counts = [outcomes[name] or 0 for name in base]
    if figure.value is None or sum(counts) < RULES.figure:
        return score(figure)
    plain = 100 * ((outcomes["solved"] or 0) + 0.5 * (outcomes["partly"] or 0)) / sum(counts)
    return unweighted(figure, plain)


def _rate(figure: Figure, thin: bool) -> Score:
    if thin and figure.value is not None:
        return Score(base=counted(figure.base), reason=UNWEIGHTED)
    if figure.value is not None and (figure.base is None or figure.base < RULES.weighted):
        return Score(reason=TOO_FEW)
    return score(figure)


def _silence(found: CaseFigures) -> tuple[ChoiceShare, ...]:
    if sum(each.count for each in found.silence) < RULES.weighted:
        return ()
    return tuple(
        ChoiceShare(each.id, each.text, whole(each.share) or 0) for each in found.silence if counted(each.count)
    )
