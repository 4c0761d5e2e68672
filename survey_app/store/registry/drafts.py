"""Questionnaires while they are designed: the newest state of each, and the states before it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.registry.base import Base, UtcTime


class Draft(Base):
    """A questionnaire that officers are designing. `revision` grows by one with every change that is kept."""

    __tablename__ = "draft"
    __table_args__ = (CheckConstraint("state IN ('draft', 'archived')", name="state_is_known"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    title_zh: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column()
    document: Mapped[bytes] = mapped_column(LargeBinary)
    changed_by: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)


class DraftRevision(Base):
    """A state of a draft that was kept, so that nothing anybody wrote is lost to somebody else's change."""

    __tablename__ = "draft_revision"

    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[bytes] = mapped_column(LargeBinary)
    changed_by: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
