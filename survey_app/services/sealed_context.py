"""The context beside a sealed box: what an auditor needs besides the box to repeat its release and the assessment."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from analysis.context import EarlierRelease, context_path, poll_context
from analysis.frame import SealedPoll, sealed_poll
from survey_app.store.durability import put_once
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Poll, Release, Version


def write_context(stores: Stores, box: Path) -> Path:
    """Write `<poll>.context.json` beside the box, whole or not at all; one that is there already stays as it is.

    It follows from the box and from earlier releases alone, so it says nothing of the order or the days of ballots. It is
    written once: what is released later does not change it, and of two officers sealing at once one writes it.
    """
    path = context_path(box)
    if path.exists():
        return path
    poll = sealed_poll(box)
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}.partial")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(poll_context(poll, _earlier(stores, poll)))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):  # tidied away by whoever was faster
            put_once(partial, path)
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()
    return path


def _earlier(stores: Stores, poll: SealedPoll) -> tuple[EarlierRelease, ...]:
    """Polls of earlier days that are released: by fingerprint all of them; with their documents the one before of the same
    questionnaire (compared with) and those of the same wave (read beside it)."""
    wanted = (
        select(Poll.poll_id, Version.questionnaire_id, Poll.wave, Release.sha256)
        .join(Release, Release.poll_id == Poll.poll_id)
        .join(Version, Version.fingerprint == Poll.fingerprint)
        .where(Poll.poll_id != poll.poll_id, _is_before(poll))
        .order_by(Poll.last_day.desc(), Poll.poll_id)
    )
    with reading(stores.registry) as connection, Session(connection) as session:
        rows = session.execute(wanted).all()
        same = next((row.poll_id for row in rows if row.questionnaire_id == poll.questionnaire.id), None)
        needed = {row.poll_id for row in rows if row.wave == poll.wave} | {same}
        found = select(Release.poll_id, Release.document).where(Release.poll_id.in_(needed))
        documents = {poll_id: bytes(document) for poll_id, document in session.execute(found)}
    return tuple(
        EarlierRelease(row.poll_id, row.questionnaire_id, row.wave, row.sha256, documents.get(row.poll_id))
        for row in rows
    )


def _is_before(poll: SealedPoll) -> ColumnElement[bool]:
    """By the calendar, not by when anybody pressed a button."""
    same_day = (Poll.last_day == poll.last_day) & (Poll.poll_id < poll.poll_id)
    return or_(Poll.last_day < poll.last_day, same_day)
