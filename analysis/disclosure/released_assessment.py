"""The released yearly assessment: what may be shown of it. Whole points, intervals rounded outward, reasons in both languages.

One wave has one document. It is written once, stored as canonical JSON and read by pages, charts and reports; it is made
by `analysis.disclosure.assessment_gate` alone. A figure that may not be shown or cannot be computed says why.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal

from analysis.frame import Text
from analysis.stored_values import canonical_json, value_from_json

FORMAT = "survey_app.released_assessment/1"

ClassLabel = Literal["above", "below", "not_distinguishable"]
ChangeLabel = Literal["improved", "no_clear_change", "worsened"]
Band = Literal["model", "advanced", "qualified", "below_qualified", "not_rated"]
Group = Literal["question", "criterion"]


@dataclass(frozen=True, slots=True)
class Score:
    """A figure of 0..100 (score or per cent) with its 95 % interval; `base`: the answers behind it; else the reason.

    `unweighted`: every answer counts alike, because a weighted figure could tell what one person answered. `in_fives`:
    nearly all answered alike, so the figure is given in steps of five points and without an interval.
    """

    value: int | None = None
    low: int | None = None
    high: int | None = None
    base: int | None = None
    reason: Text | None = None
    unweighted: bool = False
    in_fives: bool = False

    @property
    def shown(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """Against the rest of the university: label (None with a reason), shrunk score with interval, reliability in per cent.

    Where the figure is unweighted the label stands alone: its numbers would give the weighted one away.
    """

    label: ClassLabel | None = None
    shrunk: Score = Score()
    reliability_percent: int | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class WaveChange:
    """This wave minus the one before over the parts both have, points; `label` after control over all units.

    Where the figure of either wave is unweighted the label stands alone, and `reason` says why.
    """

    label: ChangeLabel | None = None
    before: int | None = None
    now: int | None = None
    difference: int | None = None
    low: int | None = None
    high: int | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class ComponentScore:
    """A component of a question: the weight the scheme gives it and the share it had where others were missing."""

    id: str
    name: Text
    weight: float
    share: float
    score: Score


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One of the three questions or a criterion. `unaware_percent`: "don't know" among all who were asked."""

    id: str
    group: Group
    score: Score
    standing: Standing = Standing()
    change: WaveChange = WaveChange()
    components: tuple[ComponentScore, ...] = ()
    unaware_percent: int | None = None


@dataclass(frozen=True, slots=True)
class ChoiceShare:
    """A reason for not telling the union, and its share in per cent of those who gave one (at least ten)."""

    id: str
    text: Text
    percent: int


@dataclass(frozen=True, slots=True)
class ShownScore:
    """A figure that is shown and never scored; `group` is its area (rights, congress, activities ...). Gaps: -100..100."""

    id: str
    group: str
    score: Score


@dataclass(frozen=True, slots=True)
class Cases:
    """What staff report of their difficulties, in counts of answers; None where 1 to 4. `solved_percent`: half for partly.

    `lenient_percent`: the same without those in progress. `unknown_percent`: difficulties the union does not know of.
    """

    met: int | None = None
    known: int | None = None
    acted: int | None = None
    solved: int | None = None
    partly: int | None = None
    in_progress: int | None = None
    unsolved: int | None = None
    solved_percent: Score = Score()
    lenient_percent: Score = Score()
    unknown_percent: Score = Score()
    first_reply_percent: Score = Score()  # a first reply within ten days
    acted_percent: Score = Score()
    union_first_percent: Score = Score()  # of known cases, those of which the union came to ask
    silence: tuple[ChoiceShare, ...] = ()


@dataclass(frozen=True, slots=True)
class BandCondition:
    """One condition of a band; `name` is its code (official_rate, staff_voice, response_rate, ...). Numbers: points or per cent."""

    band: Band
    name: str
    wanted: int | None
    found: int | None
    met: bool | None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class OpenFlag:
    """A quality flag that is open: a second look, never a penalty. Numbers: per cent, points or score as `name` says."""

    name: str
    value: int | None
    limit: int | None


@dataclass(frozen=True, slots=True)
class EnteredVeto:
    """Entered by the university union, shown apart from the scores. `day`: ISO."""

    reason: str
    day: str


@dataclass(frozen=True, slots=True)
class PlaceRange:
    """Where the unit may stand among `of` units: a 90 % interval, and the tiers it shares with others."""

    best: int
    worst: int
    of: int
    tiers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitAssessment:
    """One unit. `voice`: the staff-voice index the bands use; `adjusted`: the same for the mix of category and age.

    `notes` are codes: apart, indicative, no_head_count, tipping, weights, flagged, stand_in, records, pooled.
    """

    unit: str
    name: Text
    unit_type: str
    n_eligible: int
    n_responding: int | None
    response_percent: int | None
    band: Band
    voice: Score
    reason: Text | None = None
    standing: Standing = Standing()
    change: WaveChange = WaveChange()
    places: PlaceRange | None = None
    adjusted: Score = Score()
    without_pressed: Score = Score()
    evidence: Score = Score()
    total: Score = Score()
    official_rate: Score = Score()
    tipping_gap: int | None = None
    weights_kept_percent: int | None = None
    straight_lining_percent: int | None = None
    dimensions: tuple[DimensionScore, ...] = ()
    cases: Cases = Cases()
    shown: tuple[ShownScore, ...] = ()
    conditions: tuple[BandCondition, ...] = ()
    vetoes: tuple[EnteredVeto, ...] = ()
    flags: tuple[OpenFlag, ...] = ()
    notes: tuple[str, ...] = ()

    def dimension(self, dimension_id: str) -> DimensionScore:
        """The question or criterion of this id; one without any figure if the unit has none."""
        for each in self.dimensions:
            if each.id == dimension_id:
                return each
        return DimensionScore(dimension_id, "criterion", Score(reason=self.reason))


@dataclass(frozen=True, slots=True)
class DimensionInfo:
    """What the scheme says of a dimension: id, name in both languages, its weight inside its half of the staff voice."""

    id: str
    group: Group
    name: Text
    weight: float


@dataclass(frozen=True, slots=True)
class UniversityAssessment:
    """All in-service staff together; units of 1 to 4 answers are left out where they are fewer than five together.

    `spread`: the middle half of the true differences between units, points.
    """

    n_eligible: int
    n_responding: int
    voice: Score
    voice_before: Score = Score()
    dimensions: tuple[DimensionScore, ...] = ()
    cases: Cases = Cases()
    spread: int | None = None
    shown: tuple[ShownScore, ...] = ()


@dataclass(frozen=True, slots=True)
class AssessedPoll:
    """A poll that went in, with the fingerprint of its sealed box."""

    poll_id: str
    questionnaire: str
    wave: str
    box_sha256: str


@dataclass(frozen=True, slots=True)
class ReleasedAssessment:
    """The assessment of one wave as it may be shown; the same boxes, records and scheme give the same bytes."""

    wave: str
    wave_before: str | None
    version: str
    polls: tuple[AssessedPoll, ...]
    dimensions: tuple[DimensionInfo, ...]
    university: UniversityAssessment
    units: tuple[UnitAssessment, ...]
    context_sha256: str | None = None
    format: str = FORMAT

    def unit(self, unit_id: str) -> UnitAssessment | None:
        """The unit of this id, or None."""
        return next((each for each in self.units if each.unit == unit_id), None)

    def dimension_info(self, dimension_id: str) -> DimensionInfo:
        """What the scheme says of a dimension; KeyError if it has none of this id."""
        for each in self.dimensions:
            if each.id == dimension_id:
                return each
        raise KeyError(dimension_id)

    def to_json(self) -> bytes:
        """The canonical bytes that are stored and fingerprinted."""
        return canonical_json(self)

    @classmethod
    def from_json(cls, data: bytes) -> "ReleasedAssessment":
        document: Any = json.loads(data)
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise ValueError(f"This is not a released assessment of the format {FORMAT}.")
        released: ReleasedAssessment = value_from_json(cls, document)
        return released
