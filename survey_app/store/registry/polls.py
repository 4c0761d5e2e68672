"""Polls as officers see them: version, days, units, counts after sealing, the release."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.store.registry.base import Base


class Version(Base):
    """A frozen questionnaire by its fingerprint; several polls may share it."""

    __tablename__ = "version"

    fingerprint: Mapped[str] = mapped_column(Text, primary_key=True)
    questionnaire_id: Mapped[str] = mapped_column(Text)
    document: Mapped[bytes] = mapped_column(LargeBinary)


class Poll(Base):
    __tablename__ = "poll"
    __table_args__ = (
        CheckConstraint("way IN ('slip', 'open', 'ticket')", name="way_is_known"),
        CheckConstraint("state IN ('frozen', 'closed', 'sealed', 'released')", name="state_is_known"),
        CheckConstraint("first_day <= last_day", name="days_are_in_order"),
    )

    poll_id: Mapped[str] = mapped_column(Text, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(ForeignKey("version.fingerprint"))
    title_zh: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    wave: Mapped[str] = mapped_column(Text)
    way: Mapped[str] = mapped_column(Text)
    first_day: Mapped[date]
    last_day: Mapped[date]
    state: Mapped[str] = mapped_column(Text)
    box_sha256: Mapped[str | None] = mapped_column(Text)

    version: Mapped[Version] = relationship(lazy="joined")
    units: Mapped[list["PollUnit"]] = relationship(
        back_populates="poll", order_by="PollUnit.unit_id", lazy="selectin", cascade="all, delete-orphan"
    )


class PollUnit(Base):
    """One reporting unit of a poll. The three counts are filled in at sealing, from numbers alone."""

    __tablename__ = "poll_unit"
    __table_args__ = (CheckConstraint("n_eligible >= 10", name="unit_is_large_enough"),)

    poll_id: Mapped[str] = mapped_column(ForeignKey("poll.poll_id", ondelete="CASCADE"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(Text, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    unit_type: Mapped[str] = mapped_column(Text)
    n_eligible: Mapped[int]
    n_responding: Mapped[int | None]
    n_slips_used: Mapped[int | None]
    n_slips_unused: Mapped[int | None]

    poll: Mapped[Poll] = relationship(back_populates="units")
    branches: Mapped[list["PollUnitBranch"]] = relationship(
        order_by="PollUnitBranch.branch_id", lazy="selectin", cascade="all, delete-orphan"
    )


class PollUnitBranch(Base):
    """Which branches a unit stood for when the poll was frozen. No key to `branch`: the list may change later, the poll not."""

    __tablename__ = "poll_unit_branch"
    __table_args__ = (
        ForeignKeyConstraint(["poll_id", "unit_id"], ["poll_unit.poll_id", "poll_unit.unit_id"], ondelete="CASCADE"),
    )

    poll_id: Mapped[str] = mapped_column(Text, primary_key=True)
    branch_id: Mapped[str] = mapped_column(Text, primary_key=True)
    unit_id: Mapped[str] = mapped_column(Text)


class Release(Base):
    """The one frozen document that every figure shown is read from."""

    __tablename__ = "release"

    poll_id: Mapped[str] = mapped_column(ForeignKey("poll.poll_id"), primary_key=True)
    document: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(Text)
