"""What the university union enters beside the polls: evidence, ledger figures, vetoes. None of it comes from answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.assessment.contract import Veto


@dataclass(frozen=True, slots=True)
class UnitRecords:
    """Of one unit: evidence index E 0..100; closed ledger cases and the share of them solved, 0..1; vetoes."""

    evidence: float | None = None
    ledger_cases: int | None = None
    ledger_solved: float | None = None
    vetoes: tuple[Veto, ...] = ()


NONE = UnitRecords()


@dataclass(frozen=True, slots=True)
class Records:
    """Records by unit id; a unit without an entry has none."""

    units: Mapping[str, UnitRecords] = field(default_factory=dict)

    def of(self, unit: str) -> UnitRecords:
        return self.units.get(unit, NONE)
