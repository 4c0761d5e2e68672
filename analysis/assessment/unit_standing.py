"""How one unit stands: its figures with intervals, class, places, weights and change, written down from the workings."""

from dataclasses import replace

import numpy as np

from analysis.assessment.adjusted import adjusted_figure
from analysis.assessment.bands import lower_bound
from analysis.assessment.beside import Beside
from analysis.assessment.class_checks import disagrees
from analysis.assessment.classification import Standing, Standings, interval_of
from analysis.assessment.figures import Change, Class, Figure, Places, Weights, settled
from analysis.assessment.left_out import left_out
from analysis.assessment.moments import Combined
from analysis.assessment.reasons import APART, FLAG_OPEN, HALF_MISSING, TOO_FEW_RESPONDENTS
from analysis.assessment.scheme import Method
from analysis.assessment.waves import not_assessed
from analysis.assessment.workings import Key, Workings
from analysis.estimation.response import tipping_gap


def figure_of(figure: Combined, place: int, reason: str | None, work: Workings, base: int | None = None) -> Figure:
    """A figure of the unit with its interval, or why there is none."""
    if reason:
        return Figure.missing(reason)
    interval = interval_of(
        float(figure.value[place]),
        float(figure.variance[place]),
        float(figure.degrees[place]),
        work.scheme.method.confidence,
    )
    return Figure.of(float(figure.value[place]), interval, base)


def lower_of(work: Workings, place: int) -> float:
    """The lower end of the interval that the bands ask for."""
    voice, method = work.voice, work.scheme.method
    numbers = float(voice.value[place]), float(voice.variance[place]), float(voice.degrees[place])
    return lower_bound(*numbers, method.band_confidence)


def class_of(beside: Beside, key: Key, place: int, reason: str | None) -> Class:
    """The class of a figure with both checks beside it; a flagged unit keeps it only if it holds without the pressed answers."""
    found = _class(beside.work, key, place, reason)
    check = beside.checks.get((place, key))
    if check is None or found.shrunk is None:
        return found
    return replace(found, check=replace(check, disagrees=disagrees(found.as_answered, check)))


def _class(work: Workings, key: Key, place: int, reason: str | None) -> Class:
    if reason:
        return Class(reason=reason)
    if work.wave.year.units[place].retired:
        return Class(reason=APART)
    standing = work.standings[key].units.get(place)
    if standing is None:
        return Class(reason=work.standings[key].reason or HALF_MISSING)
    found = _written(standing)
    if place not in work.pressed or found.label in (None, "not_distinguishable") or work.without is None:
        return found
    clean = work.without.standings[key].units.get(place)
    if clean is not None and clean.label == found.label:
        return found
    return replace(found, label="not_distinguishable", reason=FLAG_OPEN)


def _written(standing: Standing) -> Class:
    shrunk, classed = standing.shrunk, standing.classed
    return Class(
        shrunk=settled(shrunk.mean),
        low=settled(shrunk.interval.low),
        high=settled(shrunk.interval.high),
        reliability=settled(shrunk.reliability, 4),
        contrast=settled(classed.contrast),
        probability_above=settled(classed.probability_above, 4),
        probability_below=settled(classed.probability_below, 4),
        label=classed.label,
        as_answered=classed.label,
    )


def places_of(work: Workings, place: int) -> Places | None:
    """Where the unit may stand among those it is compared with; None if it is not."""
    found: Standings = work.standings[None]
    standing = found.units.get(place)
    if standing is None or standing.rank is None or standing.expected_rank is None:
        return None
    expected = settled(standing.expected_rank, 2) or 0.0
    return Places(standing.rank.best, standing.rank.worst, expected, standing.tiers, len(found.units))


def weights_of(work: Workings, place: int) -> Weights | None:
    """How far the class rests on the weights, and the composite without each dimension."""
    found = work.stability.get(place)
    if found is None:
        return None
    stand = np.array([figure.value or 0.0 for figure in work.university.figures])
    return Weights(
        kept=settled(found.kept) or 0.0,
        best=found.best_rank,
        worst=found.worst_rank,
        changes_without=found.changes_without,
        geometric=found.geometric,
        depends_on_the_weights=found.kept < work.scheme.method.stable_share,
        without=left_out(work.layout, work.wave.moments, work.wave.index, stand, place, found.changes_without),
    )


def tipping_of(standing: Class, response: float | None, method: Method) -> float | None:
    """How much the silent would have to differ to undo the class, points; None without a class or head count."""
    if standing.label not in ("above", "below") or standing.contrast is None or response is None:
        return None
    return settled(tipping_gap(standing.contrast, method.smallest_difference, response).gap)


def change_of(work: Workings, key: Key, place: int, reason: str | None) -> Change:
    """This wave against the one before, or why it cannot be compared."""
    if reason:
        return Change(reason=reason)
    return work.changes.get((place, key)) or Change(reason=work.unmatched.get(place, TOO_FEW_RESPONDENTS))


def without_pressed_of(work: Workings, place: int, reason: str | None) -> Figure | None:
    """The composite without the pressed answers, beside the figure as answered: only where the flag is open."""
    if reason or place not in work.pressed or work.without is None:
        return None
    left = not_assessed(work.without.wave, place, work.scheme)
    return figure_of(work.without.figures[None], place, left, work)


def adjusted_of(work: Workings, place: int, reason: str | None) -> Figure:
    """The composite with the university's mix of staff, or why it is withheld."""
    reason = reason or work.adjustment.reasons[place]
    if reason:
        return Figure.missing(reason)
    figure, k = work.figures[None], work.wave.index.composite[place]
    numbers = float(figure.value[place]), float(figure.variance[place]), float(figure.degrees[place])
    return adjusted_figure(*numbers, work.adjustment.shift[place], work.adjustment.noise[place], k, work.scheme.method)
