"""The yearly assessment of branches: from a wave's polls to one `BranchAssessment` for each unit.

`assessment(year, before, scheme, records)` is pure and deterministic. What it returns is before the gate.
"""

from analysis.assessment.answers import AssessedUnit, Year
from analysis.assessment.assessing import assessment
from analysis.assessment.contract import Assessment, BranchAssessment, Figure, Veto
from analysis.assessment.records import Records, UnitRecords
from analysis.assessment.scheme import Method, Scheme

__all__ = [
    "AssessedUnit",
    "Assessment",
    "BranchAssessment",
    "Figure",
    "Method",
    "Records",
    "Scheme",
    "UnitRecords",
    "Veto",
    "Year",
    "assessment",
]
