"""The yearly appraisal of branch chairs and vice-chairs by members, kept apart from the assessment of branches.

A popular chair must not lift the branch, nor an unpopular one sink it: nothing here enters the staff voice B, and
`analysis.assessment` does not import it. What comes out is for the appraisal group and the officer alone.
"""

from analysis.appraisal.officers import AppraisalRules, AppraisedOfficer, GradeCount, Officer, Result, appraisals

__all__ = ["AppraisalRules", "AppraisedOfficer", "GradeCount", "Officer", "Result", "appraisals"]
