"""Staff who sign in to collect their booklet, and the mail that invites them. Nothing here knows a ballot or a poll's answers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.registry.base import Base, UtcTime


class MemberSession(Base):
    """A member who is signed in. The cookie holds the token, this table only its hash. `expires` is a full hour."""

    __tablename__ = "member_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    staff_number: Mapped[str] = mapped_column(Text, index=True)
    expires: Mapped[datetime] = mapped_column(UtcTime)


class MemberLink(Base):
    """A right to sign in once. The row goes when it is used; `expires` is a full minute."""

    __tablename__ = "member_link"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    staff_number: Mapped[str] = mapped_column(Text, index=True)
    expires: Mapped[datetime] = mapped_column(UtcTime)


class PersonalCode(Base):
    """The newest printed sign-in code of a member; a new one takes the place of the old."""

    __tablename__ = "personal_code"

    staff_number: Mapped[str] = mapped_column(Text, primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)


class MailJob(Base):
    """One invitation or reminder to all who have not collected. The counts stay when the addresses are gone.
    `day`: when it began; null where it was not written down yet."""

    __tablename__ = "mail_job"
    __table_args__ = (
        CheckConstraint("kind IN ('invitation', 'reminder')", name="kind_is_known"),
        CheckConstraint("state IN ('going', 'done', 'stopped')", name="state_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[str] = mapped_column(Text, index=True)
    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    day: Mapped[date | None]
    n_mails: Mapped[int]
    n_sent: Mapped[int] = mapped_column(default=0)
    n_skipped: Mapped[int] = mapped_column(default=0)
    n_failed: Mapped[int] = mapped_column(default=0)
    n_doubtful: Mapped[int] = mapped_column(default=0)


class Mail(Base):
    """One mail that is still to be sent, or being sent at this moment. The row goes when its fate is known."""

    __tablename__ = "mail"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'sending')", name="state_is_known"),)

    job_id: Mapped[int] = mapped_column(ForeignKey("mail_job.id", ondelete="CASCADE"), primary_key=True)
    staff_number: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(default=0)
