"""This wave against the one before: Welch tests of like with like, Benjamini-Hochberg over units, no finite population."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import stdtr, stdtrit

from analysis.assessment.contract import Change, ChangeLabel, settled
from analysis.assessment.index import GROUPS, inner_weights, outer_weights
from analysis.assessment.measures import Known, Layout, Values
from analysis.assessment.moments import Combined, Moments
from analysis.assessment.poll_moments import Counts
from analysis.assessment.reasons import FLAG_OPEN, NOTHING_COMPARABLE
from analysis.assessment.scheme import Method
from analysis.comparison.multiplicity import adjusted_p


@dataclass(frozen=True, slots=True, eq=False)
class Waves:
    """The units that both waves know, row by row: `units` are their places in this wave."""

    units: tuple[int, ...]
    now: Moments
    before: Moments
    heads: Values
    heads_before: Values


def changes(waves: Waves, layout: Layout, minimum: int, method: Method) -> dict[tuple[int, str | None], Change]:
    """Changes of the composite (key `None`), of its halves and of every dimension, by (place of the unit, key).

    Only what has enough answers in both waves is compared, and with the same weights in both: a part that was not
    asked before, or that too few answered, can neither lift nor sink.


    Formula: d = k'R_now - k'R_before; t = d / sqrt(v_now + v_before), moderated variances without finite population (a
    change is about what the branch does, and next year's staff is another); Welch's degrees of freedom; p adjusted by
    Benjamini-Hochberg over all units within the figure; improved or worsened at the rate of the method (10 %).

    It misleads if "no clear change" is read as "no change": small units show only large ones. The waves are taken as
    independent although people answer both: the test then finds a little less than it could, never more.
    Reference: Welch (1947); Benjamini & Hochberg (1995); assessment.md 4. Checked against: simulated years of the demo
    university (benchmarks/planted_truths.py).
    """
    both = (waves.now.base >= minimum) & (waves.before.base >= minimum)
    base = np.where(both, waves.now.base, 0)
    found: dict[tuple[int, str | None], Change] = {}
    for name, coefficients, there in _figures(layout, base, minimum):
        own = waves.now.combined(coefficients, waves.heads, finite=False)
        before = waves.before.combined(coefficients, waves.heads_before, finite=False)
        for unit, change in zip(waves.units, _tested(own, before, there, method), strict=True):
            found[unit, name] = change
    return _labelled(found, method)


def held_back(change: Change, without: Change) -> Change:
    """A change of a flagged unit: it is only called one if it holds without the pressed answers too."""
    if change.label in (None, "no_clear_change") or change.label == without.label:
        return change
    return replace(change, label="no_clear_change", as_answered=change.label, reason=FLAG_OPEN)


def _figures(layout: Layout, base: Counts, minimum: int) -> list[tuple[str | None, Values, Known]]:
    """The weights of the measures in the composite and in every dimension, and which units have the figure in both waves.

    In a change, a dimension that one of the waves lacks leaves its weight to the rest of its half.
    """
    inner, present = inner_weights(layout, base, minimum)
    outer = outer_weights(layout, present, np.array([each.weight for each in layout.dimensions]))
    composite = np.einsum("ud,udm->um", outer, inner)
    figures: list[tuple[str | None, Values, Known]] = [(None, composite, outer.sum(axis=1) > 0)]
    for group in GROUPS:
        own = outer * np.array([each.group == group for each in layout.dimensions])
        total = own.sum(axis=1)
        share = own / np.where(total > 0, total, 1.0)[:, None]
        figures.append((group, np.asarray(np.einsum("ud,udm->um", share, inner)), total > 0))
    figures += [(each.id, inner[:, place], present[:, place]) for place, each in enumerate(layout.dimensions)]
    return figures


def _tested(now: Combined, before: Combined, there: Known, method: Method) -> list[Change]:
    return [
        _welch(now, before, place, method) if comparable else Change(reason=NOTHING_COMPARABLE)
        for place, comparable in enumerate(there)
    ]


def _welch(now: Combined, before: Combined, unit: int, method: Method) -> Change:
    new, old = float(now.variance[unit]), float(before.variance[unit])
    difference = float(now.value[unit] - before.value[unit])
    variance = new + old
    if variance <= 0:
        p, half = float(difference == 0), 0.0
    else:
        degrees = variance**2 / (new**2 / now.degrees[unit] + old**2 / before.degrees[unit])
        half = float(stdtrit(degrees, (1 + method.confidence) / 2)) * variance**0.5
        p = 2 * float(stdtr(degrees, -abs(difference) / variance**0.5))
    return Change(
        before=settled(before.value[unit]),
        now=settled(now.value[unit]),
        difference=settled(difference),
        low=settled(difference - half),
        high=settled(difference + half),
        p=p,
    )


def _labelled(found: dict[tuple[int, str | None], Change], method: Method) -> dict[tuple[int, str | None], Change]:
    """P values adjusted over units within each figure, rounded, and the words for them."""
    labelled: dict[tuple[int, str | None], Change] = {}
    for keys in _families(found):
        adjusted = adjusted_p([found[key].p for key in keys], "bh")
        for key, p in zip(keys, adjusted, strict=True):
            change = found[key]
            label = None if p is None else _label(p, change.difference or 0.0, method)
            labelled[key] = replace(
                change, p=settled(change.p, 6), p_adjusted=settled(p, 6), label=label, as_answered=label
            )
    return labelled


def _families(found: dict[tuple[int, str | None], Change]) -> list[Sequence[tuple[int, str | None]]]:
    groups: dict[str | None, list[tuple[int, str | None]]] = {}
    for unit, name in found:
        groups.setdefault(name, []).append((unit, name))
    return list(groups.values())


def _label(p: float, difference: float, method: Method) -> ChangeLabel:
    if p > method.false_discovery_rate or difference == 0:
        return "no_clear_change"
    return "improved" if difference > 0 else "worsened"
