"""What the assessment is made by: the scoring of the questionnaires and the numbers of the method, fixed before a poll opens."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.frame import LibraryScoring

VERSION = "2026.1"


@dataclass(frozen=True, slots=True)
class Method:
    """The numbers of the method (design/statistics.md section 4, domain/assessment.md section 4). Points are of 100.

    `all_staff`: the polls that ask everybody; only these are weighted by head counts and know a finite population.
    `main_poll`: where response, criteria and straight-lining are read.
    """

    main_poll: str = "staff_home_annual"
    all_staff: tuple[str, ...] = ("needs_annual", "staff_home_annual", "congress_openness")
    category_item: str = "dem_category"
    age_item: str = "dem_age"
    confidence: float = 0.95
    band_confidence: float = 0.80
    prior_degrees: float = 8.0  # d0: how many degrees of freedom the pooled variance counts for
    smallest_difference: float = 2.5  # D: a tenth of a scale point
    error_cut: float = 0.07
    rank_draws: int = 4000
    rank_share: float = 0.90
    tier_certainty: float = 0.95
    seed: int = 20_260_101
    weight_draws: int = 1000
    weight_concentration: float = 20.0
    weight_grid: int = 31  # points of the grid of tau in the repeated fits
    stable_share: float = 0.80
    tipping_warning: float = 10.0
    false_discovery_rate: float = 0.10
    support_respondents: int = 20
    support_share: float = 0.20  # a category matters to a unit from this share of its respondents
    response_indicative: float = 0.50
    ledger_cases: int = 10
    ledger_gap: float = 20.0


@dataclass(frozen=True, slots=True)
class Scheme:
    """`scoring` holds items, weights, bands and flags as the union wrote them; `method` the rest."""

    scoring: LibraryScoring
    method: Method = field(default_factory=Method)

    @property
    def version(self) -> str:
        return f"{VERSION}, scoring {self.scoring.version}"

    def minimum(self, name: str) -> int:
        """A smallest number of answers or members (`figure`, `split`, `branch_members`, `cases_for_rate` ...)."""
        return int(self.scoring.minimum[name])

    def half(self, name: str) -> float:
        """The share of `three_questions` or `criteria` in the staff voice."""
        return float(self.scoring.composite["staff_voice"][name])

    def total_share(self, name: str) -> float:
        """The share of `staff_voice` or `evidence` in the total."""
        return float(self.scoring.composite["total"][name])

    def flag(self, name: str) -> Mapping[str, float | str]:
        return self.scoring.flags.get(name, {})
