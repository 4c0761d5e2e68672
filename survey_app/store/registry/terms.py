"""A year of tickets: its units and members as frozen, the keys of its slots, and who has taken a right to answer.

`issuance` and `term_member` have no rowid on SQLite: who came first is not kept, neither as a time nor as a place.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.registry.base import Base


class Term(Base):
    """Tickets are collected from the first to the last day. Of all terms at most one is open."""

    __tablename__ = "term"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'ended')", name="state_is_known"),
        CheckConstraint("collect_first_day <= collect_last_day", name="days_are_in_order"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    title_zh: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    collect_first_day: Mapped[date]
    collect_last_day: Mapped[date]
    state: Mapped[str] = mapped_column(Text)


class TermUnit(Base):
    """A reporting unit of a term, by the roster. `facts`: branches and head counts by category, as JSON."""

    __tablename__ = "term_unit"
    __table_args__ = (CheckConstraint("n_eligible >= 10", name="unit_is_large_enough"),)

    term_id: Mapped[str] = mapped_column(ForeignKey("term.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(Text, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    unit_type: Mapped[str] = mapped_column(Text)
    n_eligible: Mapped[int]
    facts: Mapped[bytes] = mapped_column(LargeBinary)


class TermMember(Base):
    """The frozen roster: whoever changes branches during the term stays in the unit of its first day."""

    __tablename__ = "term_member"
    __table_args__ = (
        ForeignKeyConstraint(["term_id", "unit_id"], ["term_unit.term_id", "term_unit.unit_id"]),
        Index(None, "term_id", "unit_id"),
        {"sqlite_with_rowid": False},
    )

    term_id: Mapped[str] = mapped_column(Text, primary_key=True)
    staff_number: Mapped[str] = mapped_column(Text, primary_key=True)
    unit_id: Mapped[str] = mapped_column(Text)


class Slot(Base):
    """A place for one poll. `ack_private` (locked) moves into the ballot box when a poll takes the slot."""

    __tablename__ = "slot"
    __table_args__ = (
        CheckConstraint("state IN ('free', 'bound', 'sealed')", name="state_is_known"),
        CheckConstraint("state <> 'bound' OR poll_id IS NOT NULL", name="bound_to_a_poll"),
        UniqueConstraint("poll_id"),
    )

    slot_id: Mapped[str] = mapped_column(Text, primary_key=True)
    term_id: Mapped[str] = mapped_column(ForeignKey("term.id"), index=True)
    state: Mapped[str] = mapped_column(Text)
    poll_id: Mapped[str | None] = mapped_column(Text)
    manifest: Mapped[bytes] = mapped_column(LargeBinary)
    fingerprint: Mapped[str] = mapped_column(Text)
    ack_private: Mapped[bytes | None] = mapped_column(LargeBinary)


class SlotKey(Base):
    """The key of one unit in one slot. `private`: both primes, locked; null once the slot is sealed."""

    __tablename__ = "slot_key"
    __table_args__ = (CheckConstraint("length(key_id) = 32", name="key_id_is_a_hash"),)

    slot_id: Mapped[str] = mapped_column(ForeignKey("slot.slot_id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(Text, primary_key=True)
    key_id: Mapped[bytes] = mapped_column(LargeBinary)
    n: Mapped[bytes] = mapped_column(LargeBinary)
    private: Mapped[bytes | None] = mapped_column(LargeBinary)


class Issuance(Base):
    """One right to answer per person and slot: a ticket signed blindly, or a slip drawn. No time, no address, no ticket."""

    __tablename__ = "issuance"
    __table_args__ = (
        CheckConstraint("method IN ('ticket', 'slip')", name="method_is_known"),
        CheckConstraint("(method = 'ticket') = (key_id IS NOT NULL)", name="tickets_have_a_key"),
        CheckConstraint("method = 'ticket' OR blinded_hash IS NULL", name="slips_have_no_hash"),
        {"sqlite_with_rowid": False},
    )

    slot_id: Mapped[str] = mapped_column(ForeignKey("slot.slot_id"), primary_key=True)
    staff_number: Mapped[str] = mapped_column(Text, primary_key=True)
    method: Mapped[str] = mapped_column(Text)
    key_id: Mapped[bytes | None] = mapped_column(LargeBinary)
    blinded_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
