"""Releasing: the sealed box becomes one frozen document, once and for ever. Every figure anyone sees is read from it."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analysis.context import scheme_of
from analysis.disclosure.released import Released
from analysis.disclosure.unsafe import UnsafeRelease
from analysis.frame import sealed_poll
from analysis.releasing import released_box
from questionnaires.texts import Text
from survey_app.services import auditing
from survey_app.services.errors import NoSuchPoll, NotReleasable, NotSealable
from survey_app.services.sealing import box_path
from survey_app.store import sealed_box
from survey_app.store.engines import Stores
from survey_app.store.registry import Poll, Release, Version


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """A released poll in a list."""

    poll_id: str
    questionnaire: str
    title: Text
    wave: str
    first_day: date
    last_day: date
    sha256: str


def release_poll(stores: Stores, instance: Path, poll_id: str, officer_name: str = "system") -> Released:
    """Work out the results of a sealed poll and store them; a poll released before keeps what it has.

    Two officers at once store one document: the primary key decides, and both get what was stored.
    Raises NoSuchPoll, NotSealable when the poll is not sealed or its box is not the one that was sealed, and NotReleasable
    when the gate finds nothing safe: then nothing is stored.
    """
    path = box_path(instance, poll_id)
    sealed_as = _sealed_as(stores, poll_id)
    if sealed_as is not None:
        if not path.exists() or sealed_box.sha256(path) != sealed_as:
            raise NotSealable(
                Text(
                    "封箱文件缺失或已被改动。", "The sealed box is missing or was changed: restore it from the backup."
                )
            )
        poll = sealed_poll(path)
        try:
            document = released_box(poll, scheme_of(poll).scoring).to_json()
        except UnsafeRelease as fault:
            raise NotReleasable(*fault.sentences) from fault
        _store(stores, poll_id, document, officer_name)
    return released(stores, poll_id)


def released(stores: Stores, poll_id: str) -> Released:
    """The released document of a poll; raises NoSuchPoll while there is none."""
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        sha256 = session.scalar(select(Release.sha256).where(Release.poll_id == poll_id))
    if sha256 is None:
        raise NoSuchPoll(poll_id)
    return _read(stores.registry, poll_id, sha256)


def releases(stores: Stores) -> tuple[ReleaseSummary, ...]:
    """All released polls, the latest last day first."""
    told = (
        Poll.poll_id,
        Version.questionnaire_id,
        Poll.title_zh,
        Poll.title_en,
        Poll.wave,
        Poll.first_day,
        Poll.last_day,
    )
    wanted = select(*told, Release.sha256).join(Version, Version.fingerprint == Poll.fingerprint)
    wanted = wanted.join(Release, Release.poll_id == Poll.poll_id).order_by(Poll.last_day.desc(), Poll.poll_id)
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        return tuple(
            ReleaseSummary(poll_id, questionnaire, Text(zh, en), wave, first_day, last_day, sha256)
            for poll_id, questionnaire, zh, en, wave, first_day, last_day, sha256 in session.execute(wanted)
        )


@lru_cache(maxsize=32)
def _read(registry: Engine, poll_id: str, sha256: str) -> Released:
    """What was released never changes, so it is read and parsed once; a document that was changed is not shown."""
    with Session(registry.execution_options(reads_only=True)) as session:
        document = bytes(session.scalars(select(Release.document).where(Release.poll_id == poll_id)).one())
    if hashlib.sha256(document).hexdigest() != sha256:
        raise ValueError(f"The released document of {poll_id} is not the one that was released.")
    return Released.from_json(document)


def _sealed_as(stores: Stores, poll_id: str) -> str | None:
    """The fingerprint of the box of a sealed poll; None if the poll is released already."""
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        poll = session.get(Poll, poll_id)
        if poll is None:
            raise NoSuchPoll(poll_id)
        if poll.state == "released":
            return None
        if poll.state != "sealed" or poll.box_sha256 is None:
            raise NotSealable(
                Text("调查还没有封箱，不能公布结果。", "The poll is not sealed: close and seal it before releasing.")
            )
        return poll.box_sha256


def _store(stores: Stores, poll_id: str, document: bytes, officer_name: str) -> None:
    sha256 = hashlib.sha256(document).hexdigest()
    try:
        with Session(stores.registry) as session, session.begin():
            if session.get(Release, poll_id) is not None:
                return
            session.add(Release(poll_id=poll_id, document=document, sha256=sha256))
            session.get_one(Poll, poll_id).state = "released"
            auditing.record(session, officer_name, "release_poll", poll_id)
    except IntegrityError:
        if not _is_released(stores, poll_id):
            raise


def _is_released(stores: Stores, poll_id: str) -> bool:
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        return session.get(Release, poll_id) is not None
