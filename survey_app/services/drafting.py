"""Questionnaires while they are designed: made, saved, archived. Two officers at one draft never overwrite each other unseen."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.services import auditing
from survey_app.services.errors import Refusal
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Draft, DraftRevision

LARGEST = 2_000_000  # bytes of a document; 200 items in two languages take about 150,000
KEPT_REVISIONS = 50
KEPT_EVERY = timedelta(minutes=10)  # one officer's own states in between are not worth a row each

Document = Mapping[str, Any]


class NoSuchDraft(LookupError):  # noqa: N818
    """No draft of this id, or no such state of it."""


class UnusableDocument(Refusal):
    """What was sent is no document that could be edited."""


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A draft in a list. `changed_at`: UTC."""

    id: str
    title: Text
    origin: str
    archived: bool
    revision: int
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class DraftState:
    """A draft as it stands, or as it stood at an earlier revision."""

    summary: DraftSummary
    document: Document


class DraftChanged(Exception):  # noqa: N818
    """Somebody saved since the revision that was worked on; nothing was written. `theirs`: what stands now."""

    def __init__(self, theirs: DraftState) -> None:
        super().__init__(f"revision {theirs.summary.revision} by {theirs.summary.changed_by}")
        self.theirs = theirs


def new_draft(stores: Stores, document: Document, origin: str, officer_name: str) -> str:
    """Keep a new draft and return its id. `origin` says what it was made from: blank, library:<id>, draft:<id>, file:<name>."""
    data, title = _stored(document), _title(document)
    now = datetime.now(UTC)
    with Session(stores.registry) as session, session.begin():
        draft_id = secrets.token_hex(6)
        session.add(
            Draft(
                id=draft_id,
                title_zh=title.zh,
                title_en=title.en,
                origin=origin,
                state="draft",
                revision=1,
                document=data,
                changed_by=officer_name,
                changed_at=now,
            )
        )
        session.flush()
        session.add(_revision(draft_id, 1, data, officer_name, now))
        auditing.record(session, officer_name, "new_draft", draft_id)
    return draft_id


def drafts(stores: Stores) -> tuple[DraftSummary, ...]:
    """All drafts, the last changed first, archived ones after the rest."""
    wanted = select(Draft).order_by(Draft.state.desc(), Draft.changed_at.desc(), Draft.id)
    with reading(stores.registry) as connection, Session(connection) as session:
        return tuple(map(_summary, session.scalars(wanted)))


def draft(stores: Stores, draft_id: str) -> DraftState:
    """The draft as it stands; raises NoSuchDraft."""
    with reading(stores.registry) as connection, Session(connection) as session:
        return _state(_found(session, draft_id))


def save_draft(
    stores: Stores,
    draft_id: str,
    revision: int,
    document: Document,
    officer_name: str,
    *,
    over_theirs: bool = False,
    keep: bool = False,
) -> DraftSummary:
    """Keep the next state of a draft that was worked on from `revision`.

    Raises DraftChanged when somebody saved since, unless `over_theirs`: then what they wrote stays as an earlier state.
    Raises NoSuchDraft and UnusableDocument. Sending the state that stands already changes nothing.
    `keep`: what is replaced stays as an earlier state in any case.
    """
    data, title, now = _stored(document), _title(document), datetime.now(UTC)
    with Session(stores.registry) as session, session.begin():
        stands = session.get(Draft, draft_id, with_for_update=True)  # SQLite lets one writer in anyway
        if stands is None:
            raise NoSuchDraft(draft_id)
        if bytes(stands.document) == data:
            return _summary(stands)
        if stands.revision != revision and not over_theirs:
            raise DraftChanged(_state(stands))
        _keep_if_worth(session, stands, officer_name, now, in_any_case=keep)
        stands.document, stands.title_zh, stands.title_en = data, title.zh, title.en
        stands.revision += 1
        stands.changed_by, stands.changed_at = officer_name, now
        return _summary(stands)


def set_archived(stores: Stores, draft_id: str, officer_name: str, *, archived: bool) -> None:
    """Put a draft away or take it out again; nothing is deleted. Raises NoSuchDraft."""
    with Session(stores.registry) as session, session.begin():
        found = _found(session, draft_id)
        state = "archived" if archived else "draft"
        if found.state != state:
            found.state = state
            auditing.record(session, officer_name, f"{'archive' if archived else 'reopen'}_draft", draft_id)


def earlier_states(stores: Stores, draft_id: str) -> tuple[DraftSummary, ...]:
    """The kept states before the one that stands, the newest first; raises NoSuchDraft."""
    with reading(stores.registry) as connection, Session(connection) as session:
        stands = _found(session, draft_id)
        wanted = (
            select(DraftRevision)
            .where(DraftRevision.draft_id == draft_id, DraftRevision.revision < stands.revision)
            .order_by(DraftRevision.revision.desc())
        )
        return tuple(_earlier(stands, each).summary for each in session.scalars(wanted))


def earlier_state(stores: Stores, draft_id: str, revision: int) -> DraftState:
    """One kept state; raises NoSuchDraft."""
    with reading(stores.registry) as connection, Session(connection) as session:
        stands = _found(session, draft_id)
        if stands.revision == revision:
            return _state(stands)
        found = session.get(DraftRevision, (draft_id, revision))
        if found is None:
            raise NoSuchDraft(draft_id)
        return _earlier(stands, found)


def _keep_if_worth(
    session: Session, stands: Draft, officer_name: str, now: datetime, *, in_any_case: bool = False
) -> None:
    """Keep what is about to be replaced if another officer wrote it, or once in a while."""
    last = session.scalar(
        select(DraftRevision.changed_at)
        .where(DraftRevision.draft_id == stands.id)
        .order_by(DraftRevision.revision.desc())
        .limit(1)
    )
    if session.get(DraftRevision, (stands.id, stands.revision)) is not None:
        return
    if in_any_case or stands.changed_by != officer_name or last is None or now - last >= KEPT_EVERY:
        session.add(_revision(stands.id, stands.revision, bytes(stands.document), stands.changed_by, stands.changed_at))
        session.flush()
        of_draft = DraftRevision.draft_id == stands.id
        newest = select(DraftRevision.revision).where(of_draft).order_by(DraftRevision.revision.desc())
        kept = newest.limit(KEPT_REVISIONS)
        session.execute(delete(DraftRevision).where(of_draft, DraftRevision.revision.not_in(kept)))


def _revision(draft_id: str, revision: int, data: bytes, officer_name: str, at: datetime) -> DraftRevision:
    return DraftRevision(draft_id=draft_id, revision=revision, document=data, changed_by=officer_name, changed_at=at)


def _found(session: Session, draft_id: str) -> Draft:
    found = session.get(Draft, draft_id)
    if found is None:
        raise NoSuchDraft(draft_id)
    return found


def _stored(document: Document) -> bytes:
    """The bytes of a document that can be edited, in the one way it is written; raises UnusableDocument."""
    sections = document.get("sections") if isinstance(document, Mapping) else None
    if not isinstance(sections, list) or not all(
        isinstance(each, Mapping) and isinstance(each.get("items"), list) for each in sections
    ):
        raise UnusableDocument(
            Text("这不是一份可以编辑的问卷。", "This is not a questionnaire that can be edited: it has no sections.")
        )
    try:
        data = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as fault:
        raise UnusableDocument(
            Text("这份问卷里有无法保存的内容。", "Something in this questionnaire cannot be stored.")
        ) from fault
    if len(data) > LARGEST:
        raise UnusableDocument(
            Text(
                "这份问卷太大（超过 2 MB），请分成几份。", "This questionnaire is larger than 2 MB: make several of it."
            )
        )
    return data


def _title(document: Document) -> Text:
    zh, en = document.get("title_zh"), document.get("title_en")
    return Text(_listed(zh), _listed(en) or None)


def _listed(title: Any) -> str:
    """A title for lists: PostgreSQL stores no NUL."""
    return title.replace("\0", "") if isinstance(title, str) else ""


def _summary(found: Draft) -> DraftSummary:
    title = Text(found.title_zh, found.title_en)
    archived = found.state == "archived"
    return DraftSummary(found.id, title, found.origin, archived, found.revision, found.changed_by, found.changed_at)


def _state(found: Draft) -> DraftState:
    return DraftState(_summary(found), json.loads(bytes(found.document)))


def _earlier(stands: Draft, found: DraftRevision) -> DraftState:
    document = json.loads(bytes(found.document))
    summary = DraftSummary(
        stands.id,
        _title(document),
        stands.origin,
        stands.state == "archived",
        found.revision,
        found.changed_by,
        found.changed_at,
    )
    return DraftState(summary, document)
