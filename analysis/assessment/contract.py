"""The output contract (statistics 4.8): what is known of every unit, every number rounded once, every absence with its reason.

These are figures before the gate: they are for the release and for auditors, never for a page.
"""

from dataclasses import dataclass
from typing import Literal

from analysis.estimation.intervals import Interval
from analysis.frame import Text
from analysis.units.classes import Label

FORMAT = "survey_app.assessment/1"

ChangeLabel = Literal["improved", "no_clear_change", "worsened"]
Band = Literal["model", "advanced", "qualified", "below_qualified", "not_rated"]


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


@dataclass(frozen=True, slots=True)
class Places:
    """Where the unit may stand: 90 % rank interval, expected rank, and tiers (units that share one cannot be told apart)."""

    best: int
    worst: int
    expected: float
    tiers: tuple[int, ...]
    of: int


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


@dataclass(frozen=True, slots=True)
class PartFigure:
    """A component: `weight` published, `share` what it had in this unit after what was missing left its weight to the rest."""

    id: str
    weight: float
    share: float
    figure: Figure


@dataclass(frozen=True, slots=True)
class DimensionFigure:
    """One of P, S, T or a criterion; or a half of the composite, which has no parts. For S: `cases` known and `shrunk_to_university` S*, which enters the composite B."""

    id: str
    group: str
    weight: float
    figure: Figure
    raw: float | None
    parts: tuple[PartFigure, ...]
    standing: Class
    change: Change
    cases: int | None = None
    shrunk_to_university: float | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a band: `wanted` is the least value, `found` the unit's, both as the scheme writes them.

    `met` is None only where the questionnaire left the question out; then it holds nobody back. `reason` where unknown.
    """

    band: str
    name: str
    wanted: float | None
    found: float | None
    met: bool | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A quality flag: a second look, never a penalty. `value` against `limit` as the scheme writes them."""

    name: str
    open: bool
    value: float | None
    limit: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Veto:
    """Entered by the university union, shown apart from the scores. `day`: ISO."""

    reason: str
    day: str


@dataclass(frozen=True, slots=True)
class BranchAssessment:
    """Everything about one unit. `composite` is C (unshrunk parts), `staff_voice` is B (with S*), which the bands use.

    Notes are codes: apart (retired), indicative (response below a half), no_head_count, tipping (the class hangs on who
    stayed silent), weights (it depends on the weights), flagged, stand_in (a dimension was not assessable and the
    university's figure stands in the composite), records (the branch's ledger needs a look).
    """

    unit: str
    name: Text
    unit_type: str
    branches: tuple[str, ...]
    n_eligible: int
    n_responding: int | None
    response_rate: float | None
    n_effective: float | None
    assessed: bool
    reason: str | None
    raw: float | None
    composite: Figure
    standing: Class
    places: Places | None
    tipping_gap: float | None
    weights: Weights | None
    change: Change
    straight_lining: float | None
    without_pressed: Figure | None
    adjusted: Figure
    halves: tuple[DimensionFigure, ...]
    dimensions: tuple[DimensionFigure, ...]
    staff_voice: Figure
    staff_voice_lower80: float | None
    evidence: float | None
    total: Figure
    official_rate: Figure
    solved_difficulties: Figure
    ledger_gap: float | None
    band: Band
    conditions: tuple[Condition, ...]
    vetoes: tuple[Veto, ...]
    flags: tuple[Flag, ...]
    notes: tuple[str, ...]

    def dimension(self, dimension_id: str) -> DimensionFigure:
        """The question, criterion or half ("three_questions", "criteria") of this id; KeyError if there is none."""
        for each in (*self.dimensions, *self.halves):
            if each.id == dimension_id:
                return each
        raise KeyError(dimension_id)

    @property
    def flagged(self) -> bool:
        return any(flag.open for flag in self.flags)


@dataclass(frozen=True, slots=True)
class UniversityFigures:
    """In-service staff together. `mean_of_units`: B over the rated units, weighted by members (a bar for model units);
    `mean` and `spread` of the units' composites are mu and the median of tau of 4.4."""

    n_eligible: int
    n_responding: int
    staff_voice: Figure
    mean_of_units: float | None
    dimensions: tuple[PartFigure, ...]
    mean: float | None
    spread: float | None
    straight_lining_median: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The assessment of one wave: the same polls, head counts and scheme give the same bytes."""

    wave: str
    wave_before: str | None
    version: str
    university: UniversityFigures
    units: tuple[BranchAssessment, ...]
    format: str = FORMAT

    def unit(self, unit_id: str) -> BranchAssessment:
        """The unit of this id; KeyError if there is none."""
        for each in self.units:
            if each.unit == unit_id:
                return each
        raise KeyError(unit_id)

    def to_json(self) -> bytes:
        """Canonical bytes: sorted keys, no spaces."""
        from analysis.stored_values import canonical_json

        return canonical_json(self)
