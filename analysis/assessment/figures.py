"""The kinds of figures the contract is made of: a number with its interval, a change, a class, places, weights, a component."""

from dataclasses import dataclass
from typing import Literal

from analysis.estimation.intervals import Interval
from analysis.units.classes import Label

ChangeLabel = Literal["improved", "no_clear_change", "worsened"]


def settled(value: float | None, digits: int = 3) -> float | None:
    """A number as it is written down: rounded, so that another machine's last bits do not show; never minus zero."""
    return None if value is None else round(float(value), digits) + 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure on 0..100 with its 95 % interval; `base`: valid answers behind it. Without a value, `reason` says why."""

    value: float | None
    low: float | None = None
    high: float | None = None
    base: int | None = None
    reason: str | None = None

    @classmethod
    def of(cls, value: float, interval: Interval, base: int | None = None) -> "Figure":
        return cls(settled(value), settled(interval.low), settled(interval.high), base, interval.reason)

    @classmethod
    def missing(cls, reason: str) -> "Figure":
        return cls(None, reason=reason)


@dataclass(frozen=True, slots=True)
class Change:
    """This wave minus the one before, in points, over what both have in common; p adjusted over units (BH).

    `as_answered` is the label before an open quality flag held it back.
    """

    before: float | None = None
    now: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    label: ChangeLabel | None = None
    as_answered: ChangeLabel | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ClassCheck:
    """Two other tests of the same contrast, beside the class and never in its place.

    `tested`: label of the t test of the unshrunk figure, Benjamini-Hochberg over units, with its adjusted p. `ordinal`: label of
    the rank test of the single answers (order alone, no distances), p adjusted alike; `superiority` 0..1: the share of pairs
    of one answer here and one elsewhere in which the one here is higher; `measure`: which answers (a criterion, a
    component). `disagrees`: the t test finds the other side, or the order of the answers leans to it.
    """

    tested: Label | None = None
    p_tested: float | None = None
    ordinal: Label | None = None
    p_ordinal: float | None = None
    superiority: float | None = None
    measure: str | None = None
    disagrees: bool = False
    reason: str | None = None


NO_CHECK = ClassCheck()


@dataclass(frozen=True, slots=True)
class Class:
    """Against the rest of the university: shrunk figure with interval, reliability 0..1, probabilities, label.

    `contrast`: shrunk figure minus that of the rest, points. `as_answered`: label before an open flag held it back.
    """

    shrunk: float | None = None
    low: float | None = None
    high: float | None = None
    reliability: float | None = None
    contrast: float | None = None
    probability_above: float | None = None
    probability_below: float | None = None
    label: Label | None = None
    as_answered: Label | None = None
    reason: str | None = None
    check: ClassCheck = NO_CHECK


@dataclass(frozen=True, slots=True)
class Places:
    """Where the unit may stand: 90 % rank interval, expected rank, and tiers (units that share one cannot be told apart)."""

    best: int
    worst: int
    expected: float
    tiers: tuple[int, ...]
    of: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The composite without one dimension, the other weights in proportion: its value, how far that is from the composite
    as published (points), and whether the class would be another."""

    id: str
    value: float | None
    difference: float | None
    changes_class: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """Sensitivity to the weights: share of draws in which the class stays, ranks in 90 % of them, what decides it.

    `depends_on_the_weights`: the share is below the limit of the method.
    """

    kept: float
    best: int
    worst: int
    changes_without: tuple[str, ...]
    geometric: Label | None
    depends_on_the_weights: bool
    without: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class PartFigure:
    """A component: `weight` published, `share` what it had in this unit after what was missing left its weight to the rest."""

    id: str
    weight: float
    share: float
    figure: Figure
