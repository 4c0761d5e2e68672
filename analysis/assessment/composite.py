"""The composite C and the staff voice B of every unit, from its dimensions and the published weights."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.assessment.index import Index
from analysis.assessment.measures import Layout, Values
from analysis.assessment.moments import Combined, Moments
from analysis.assessment.poll_moments import Counts


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """What stands in for a dimension that a unit lacks: `value` of all in-service staff, `variance` between units; (D,)."""

    value: Values
    variance: Values


def composite_of(moments: Moments, index: Index, stand: Stand, heads: Values) -> Combined:
    """C of every unit: sum of the published weights times the dimensions.

    A dimension that is not assessable in a unit (too few cases, too many "don't know") is replaced by the university's
    figure, with the spread between units as its variance: it can neither lift nor sink the unit, and makes it less sure.
    To leave it out and spread its weight would: the level of S is some 25 points below that of the others, so the branch
    with the fewest cases would come out best.

    Formula: C_b = sum_d omega_d (R_bd or mu_d); variance = k'Vk + sum over missing omega_d^2 tau_d^2. Units that lack half
    of either half of the composite (`index.complete`) have none. Reference: statistics 4.3; Little & Rubin (2019), ch. 4.
    """
    return _filled(moments.combined(index.composite, heads), index, stand, index.outer)


def practice_of(moments: Moments, index: Index, stand: Stand, heads: Values) -> Combined:
    """C without finite population: what the branch does, whoever of its staff has a difficulty."""
    return _filled(moments.combined(index.composite, heads, finite=False), index, stand, index.outer)


def staff_voice_of(
    layout: Layout, moments: Moments, index: Index, stand: Stand, heads: Values, cases: Counts
) -> tuple[Values, Combined]:
    """S* of every unit and B: the composite with S* in place of S.

    Formula: S* = (n S + 10 S_university) / (n + 10), n known cases; with too few cases S* = S_university. The
    university's S is taken as known. Without a question that is shrunk, B is C. Reference: assessment.md 2.1 and 3.
    """
    place = layout.solved
    if place is None:
        return np.zeros(len(heads)), composite_of(moments, index, stand, heads)
    shrink = layout.dimensions[place].shrink
    there = index.present[:, place]
    kept = np.where(there, cases / (cases + shrink), 0.0)
    solved = (index.inner[:, place] * moments.mean).sum(axis=1)
    star = kept * solved + (1 - kept) * stand.value[place]
    without = replace(index, present=index.present & (np.arange(len(layout.dimensions)) != place))
    coefficients = without.composite + (kept * index.outer[place])[:, None] * index.inner[:, place]
    others = np.where(np.arange(len(index.outer)) == place, 0.0, index.outer)
    voice = _filled(moments.combined(coefficients, heads), index, stand, others)
    borrowed = (1 - kept) * index.outer[place] * stand.value[place]
    return star, replace(voice, value=voice.value + borrowed, raw=voice.raw + borrowed)


def _filled(figure: Combined, index: Index, stand: Stand, outer: Values) -> Combined:
    missing = ~index.present * outer
    added = missing @ stand.value
    variance = figure.variance + missing**2 @ stand.variance
    return replace(figure, value=figure.value + added, raw=figure.raw + added, variance=variance)
