"""The yearly assessment: what the university union enters from its records, and the one released document of a wave."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.registry.base import Base


class AssessmentRelease(Base):
    """The one frozen document of a wave, and the records it was made with (a context file, for whoever repeats it)."""

    __tablename__ = "assessment_release"

    wave: Mapped[str] = mapped_column(Text, primary_key=True)
    document: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(Text)
    context: Mapped[bytes] = mapped_column(LargeBinary)


class UnitRecord(Base):
    """Evidence index 0..100 and closed ledger cases of one unit in one wave, of which `ledger_solved` were solved."""

    __tablename__ = "unit_record"
    __table_args__ = (
        CheckConstraint("evidence BETWEEN 0 AND 100", name="evidence_is_an_index"),
        CheckConstraint("ledger_solved BETWEEN 0 AND ledger_cases", name="solved_cases_are_cases"),
        CheckConstraint("(ledger_cases IS NULL) = (ledger_solved IS NULL)", name="ledger_figures_come_together"),
    )

    wave: Mapped[str] = mapped_column(Text, primary_key=True)
    unit_id: Mapped[str] = mapped_column(Text, primary_key=True)
    evidence: Mapped[int | None]
    ledger_cases: Mapped[int | None]
    ledger_solved: Mapped[int | None]


class UnitVeto(Base):
    """Why a unit gets no band this year, as the university union decided it on `day`."""

    __tablename__ = "unit_veto"
    __table_args__ = (Index(None, "wave", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    day: Mapped[date]
