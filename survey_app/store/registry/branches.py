"""Branch unions, their head counts by staff category, and a roster where there is one."""

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.registry.base import Base


class Branch(Base):
    __tablename__ = "branch"
    __table_args__ = (CheckConstraint("members >= 0", name="members_are_counted"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    unit_type: Mapped[str] = mapped_column(Text)
    members: Mapped[int]


class HeadCount(Base):
    """Members of one branch in one staff category (teacher, admin, ...)."""

    __tablename__ = "head_count"
    __table_args__ = (CheckConstraint("members >= 0", name="members_are_counted"),)

    branch_id: Mapped[str] = mapped_column(ForeignKey("branch.id", ondelete="CASCADE"), primary_key=True)
    category: Mapped[str] = mapped_column(Text, primary_key=True)
    members: Mapped[int]


class RosterMember(Base):
    """A person entitled to take part. Never beside an answer: this database knows none."""

    __tablename__ = "roster_member"

    staff_number: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    branch_id: Mapped[str] = mapped_column(ForeignKey("branch.id"), index=True)
    category: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text, unique=True, index=True)
