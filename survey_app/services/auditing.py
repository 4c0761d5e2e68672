"""What officers did. Only added to; the database refuses changes. Nothing about answering is ever written here."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.store.engines import Stores, reading
from survey_app.store.registry import AuditEntry


@dataclass(frozen=True, slots=True)
class AuditFact:
    """One thing done: when (UTC), by whom, what, to what."""

    id: int
    at: datetime
    officer_name: str
    action: str
    object_: str


def record(session: Session, officer_name: str, action: str, object_: str) -> None:
    """Add one entry to the caller's registry transaction: it is kept exactly if the act is."""
    session.add(AuditEntry(at=datetime.now(UTC), officer_name=officer_name, action=action, object_=object_))


def entries(stores: Stores, limit: int = 100, before: int | None = None) -> tuple[AuditFact, ...]:
    """The newest entries first; `before` is the id of the last one seen, for the next page."""
    wanted = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(AuditEntry.id < before)
    with reading(stores.registry) as connection, Session(connection) as session:
        return tuple(
            AuditFact(entry.id, entry.at, entry.officer_name, entry.action, entry.object_)
            for entry in session.scalars(wanted)
        )
