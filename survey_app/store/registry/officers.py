"""Who asks and who reads: officers, their sessions, their guesses."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.registry.base import Base, UtcTime


class Officer(Base):
    __tablename__ = "officer"
    __table_args__ = (
        CheckConstraint(
            "role IN ('university_officer', 'branch_officer', 'leadership', 'administrator')", name="role_is_known"
        ),
        CheckConstraint("(role = 'branch_officer') = (branch_id IS NOT NULL)", name="branch_officer_has_a_branch"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    display_name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branch.id"))
    active: Mapped[bool] = mapped_column(default=True)


class OfficerSession(Base):
    """A signed-in officer. The cookie holds the token, this table only its hash."""

    __tablename__ = "officer_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id", ondelete="CASCADE"), index=True)
    expires: Mapped[datetime] = mapped_column(UtcTime)


class SignInAttempt(Base):
    """A wrong guess at a name, known or not; kept as long as guessing is counted."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "name", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
