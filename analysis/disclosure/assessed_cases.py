"""What staff report of their difficulties, as far as it may be shown: counts of answers and rates made of them."""

from collections.abc import Collection

from analysis.assessment.contract import CaseFigures, Figure, ShownFigure
from analysis.disclosure.assessment_figures import RULES, TOO_FEW, UNWEIGHTED, counted, score, unweighted
from analysis.disclosure.released_assessment import Cases, ChoiceShare, Score, ShownScore
from analysis.disclosure.rounding import whole

ACTED = "P3"  # the component of the scheme that is the rate of cases acted on
OUTCOMES = ("solved", "partly", "in_progress", "unsolved")


def cases(found: CaseFigures, thin: Collection[str] = ()) -> Cases:
    """Counts of 1 to 4 are None, and with a single one of the four outcomes the smallest other, so that none is left over.

    Under five known cases nothing is said of what became of them. Rates of outcomes are made of the counts, each answer
    alike, so they tell nothing that the counts do not. `thin`: ids of weighted figures that would tell too much.
    """
    outcomes: dict[str, int | None] = {name: getattr(found, name) for name in OUTCOMES}
    if found.known is None or found.known < RULES.figure:
        return Cases(
            met=counted(found.met),
            known=counted(found.known),
            solved_percent=Score(reason=TOO_FEW),
            unknown_percent=_rate(found.unknown_rate, "unknown_rate" in thin),
        )
    shown = _without_remainder(outcomes)
    return Cases(
        met=counted(found.met),
        known=found.known,
        acted=counted(found.acted),
        **shown,
        solved_percent=_of_counts(found.solved_rate, outcomes, OUTCOMES),
        lenient_percent=_of_counts(found.lenient_rate, outcomes, ("solved", "partly", "unsolved")),
        unknown_percent=_rate(found.unknown_rate, "unknown_rate" in thin),
        first_reply_percent=_rate(found.first_reply, "first_reply" in thin),
        acted_percent=_rate(found.acted_rate, ACTED in thin),
        union_first_percent=_rate(found.union_first, "union_first" in thin),
        silence=_silence(found),
    )


def shown_scores(figures: tuple[ShownFigure, ...], thin: Collection[str] = ()) -> tuple[ShownScore, ...]:
    """Figures beside the scores; weighted, so from ten answers on, and not where they are `thin`."""
    return tuple(ShownScore(each.id, each.group, _rate(each.figure, each.id in thin)) for each in figures)


def _without_remainder(outcomes: dict[str, int | None]) -> dict[str, int | None]:
    shown = {name: counted(n) for name, n in outcomes.items()}
    hidden = [name for name, n in outcomes.items() if n is not None and shown[name] is None]
    others = sorted((n, name) for name, n in shown.items() if n)
    if len(hidden) == 1 and others:
        shown[others[0][1]] = None
    return shown


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
