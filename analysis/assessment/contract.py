"""The output contract (statistics 4.8): what is known of every unit, every number rounded once, every absence with its reason.

These are figures before the gate: they are for the release and for auditors, never for a page.
"""

from dataclasses import dataclass
from typing import Literal

from analysis.assessment.case_figures import NO_CASES, NOT_KNOWN, CaseFigures, ChoiceCount, ShownFigure
from analysis.assessment.figures import (
    Change,
    ChangeLabel,
    Class,
    ClassCheck,
    Figure,
    LeftOut,
    PartFigure,
    Places,
    Weights,
    settled,
)
from analysis.frame import Text

__all__ = [
    "FORMAT",
    "Assessment",
    "Band",
    "BranchAssessment",
    "CaseFigures",
    "Change",
    "ChangeLabel",
    "ChoiceCount",
    "Class",
    "ClassCheck",
    "Condition",
    "DimensionFigure",
    "Figure",
    "Flag",
    "LeftOut",
    "PartFigure",
    "Places",
    "ShownFigure",
    "UniversityFigures",
    "Veto",
    "Weights",
    "settled",
]

FORMAT = "survey_app.assessment/1"

Band = Literal["model", "advanced", "qualified", "below_qualified", "not_rated"]


@dataclass(frozen=True, slots=True)
class DimensionFigure:
    """One of P, S, T or a criterion; or a half of the composite, which has no parts.

    For S: `cases` known, `shrunk_to_university` S*, which enters the composite B, and `lenient`: S without what is in
    progress. `awareness` 0..100: of all answers to its questions those that were not "don't know".
    """

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
    lenient: Figure | None = None
    awareness: Figure = NOT_KNOWN


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
    cases: CaseFigures = NO_CASES
    shown: tuple[ShownFigure, ...] = ()

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
    `mean` and `spread` of the units' composites are mu and the median of tau of 4.4. `awareness`: by dimension."""

    n_eligible: int
    n_responding: int
    staff_voice: Figure
    mean_of_units: float | None
    dimensions: tuple[PartFigure, ...]
    mean: float | None
    spread: float | None
    straight_lining_median: float | None
    reason: str | None = None
    cases: CaseFigures = NO_CASES
    awareness: tuple[Figure, ...] = ()
    lenient: Figure | None = None
    shown: tuple[ShownFigure, ...] = ()


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
