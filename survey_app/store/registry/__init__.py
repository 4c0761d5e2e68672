"""People, polls and what officers did."""

from survey_app.store.registry.assessments import AssessmentRelease, UnitRecord, UnitVeto
from survey_app.store.registry.audit import AuditEntry
from survey_app.store.registry.base import Base
from survey_app.store.registry.branches import Branch, HeadCount, RosterMember
from survey_app.store.registry.drafts import Draft, DraftRevision
from survey_app.store.registry.members import Mail, MailJob, MemberLink, MemberSession, PersonalCode
from survey_app.store.registry.officers import Officer, OfficerSession, SignInAttempt
from survey_app.store.registry.polls import Poll, PollUnit, PollUnitBranch, Release, Version
from survey_app.store.registry.terms import Issuance, Slot, SlotKey, Term, TermMember, TermUnit

__all__ = [
    "AssessmentRelease",
    "AuditEntry",
    "Base",
    "Branch",
    "Draft",
    "DraftRevision",
    "HeadCount",
    "Issuance",
    "Mail",
    "MailJob",
    "MemberLink",
    "MemberSession",
    "Officer",
    "OfficerSession",
    "PersonalCode",
    "Poll",
    "PollUnit",
    "PollUnitBranch",
    "Release",
    "RosterMember",
    "SignInAttempt",
    "Slot",
    "SlotKey",
    "Term",
    "TermMember",
    "TermUnit",
    "UnitRecord",
    "UnitVeto",
    "Version",
]
