"""The yearly assessment of a wave: worked out once from its sealed boxes and the records, stored, and read from then on."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analysis.disclosure.released_assessment import ReleasedAssessment
from analysis.disclosure.unsafe import UnsafeRelease
from analysis.frame import SealedPoll, sealed_poll
from questionnaires.texts import Text
from survey_app.services import auditing
from survey_app.services.errors import NoSuchWave, NotAssessable, NotReleasable
from survey_app.services.recording import as_records, entries_in, one_at_a_time
from survey_app.services.sealing import box_path
from survey_app.store import sealed_box
from survey_app.store.engines import Stores
from survey_app.store.registry import AssessmentRelease, Poll

SEALED = ("sealed", "released")
NO_MAIN_POLL = Text(
    "这个年度的职工之家评议还没有封箱，评估算不出来。",
    "The Staff Home review of this wave is not sealed yet: there is nothing to assess.",
)
CHANGED_BOX = Text("封箱文件缺失或已被改动。", "A sealed box is missing or was changed: restore it from the backup.")


@dataclass(frozen=True, slots=True)
class AssessedWave:
    """A wave whose assessment is out. `sha256`: of its document, hexadecimal."""

    wave: str
    wave_before: str | None
    sha256: str


def release_assessment(stores: Stores, instance: Path, wave: str, officer_name: str = "system") -> ReleasedAssessment:
    """Work out the assessment of a wave from its sealed polls and store it; one that is out keeps what it has.

    Two officers at once store one document: the primary key decides, and both get what was stored. Records that change
    while it is worked out are seen before it is stored, and it is worked out again.
    Raises NotAssessable while the wave's main poll is not sealed, or when a box is not the one that was sealed; NotReleasable
    when the gate finds nothing safe in one of its polls.
    """
    while _sha256(stores, wave) is None:
        if _store(stores, wave, *_worked_out(stores, instance, wave), officer_name):
            break
    return released_assessment(stores, wave)


def released_assessment(stores: Stores, wave: str) -> ReleasedAssessment:
    """The released assessment of a wave; raises NoSuchWave while there is none."""
    sha256 = _sha256(stores, wave)
    if sha256 is None:
        raise NoSuchWave(wave)
    return _read(stores.registry, wave, sha256)


def assessed_waves(stores: Stores) -> tuple[AssessedWave, ...]:
    """All waves whose assessment is out, the newest first."""
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        rows = session.execute(select(AssessmentRelease.wave, AssessmentRelease.sha256)).all()
    return tuple(
        AssessedWave(wave, _read(stores.registry, wave, sha256).wave_before, sha256)
        for wave, sha256 in sorted(rows, reverse=True)
    )


def released_context(stores: Stores, wave: str) -> bytes:
    """The context file that repeats a released assessment: the records that entered it. Raises NoSuchWave."""
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        found = session.get(AssessmentRelease, wave)
        if found is None:
            raise NoSuchWave(wave)
        return bytes(found.context)


def _sha256(stores: Stores, wave: str) -> str | None:
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        found: str | None = session.scalar(select(AssessmentRelease.sha256).where(AssessmentRelease.wave == wave))
    return found


@lru_cache(maxsize=16)
def _read(registry: Engine, wave: str, sha256: str) -> ReleasedAssessment:
    """What was released never changes, so it is read and parsed once; a document that was changed is not shown."""
    with Session(registry.execution_options(reads_only=True)) as session:
        wanted = select(AssessmentRelease.document).where(AssessmentRelease.wave == wave)
        document = bytes(session.scalars(wanted).one())
    if hashlib.sha256(document).hexdigest() != sha256:
        raise ValueError(f"The released assessment of {wave} is not the one that was released.")
    return ReleasedAssessment.from_json(document)


def _worked_out(stores: Stores, instance: Path, wave: str) -> tuple[bytes, bytes]:
    """The document and the context it was made with."""
    from analysis.context import Context  # the statistics are loaded by whoever works an assessment out, not by readers
    from analysis.releasing_assessment import records_context, released_assessment_of
    from analysis.repeating import NothingToAssess

    with Session(stores.registry.execution_options(reads_only=True)) as session:
        records = as_records(entries_in(session, wave))
    polls = _sealed_polls(stores, instance, wave)
    try:
        released = released_assessment_of(polls, Context(records=records, wave=wave))
    except NothingToAssess as fault:
        raise NotAssessable(NO_MAIN_POLL) from fault
    except UnsafeRelease as fault:
        raise NotReleasable(*fault.sentences) from fault
    return released.to_json(), records_context(records, wave)


def _sealed_polls(stores: Stores, instance: Path, wave: str) -> list[SealedPoll]:
    """The boxes of this wave and of all before, each the one that was sealed."""
    wanted = select(Poll.poll_id, Poll.box_sha256).where(Poll.state.in_(SEALED), Poll.wave <= wave)
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        boxes = list(session.execute(wanted.order_by(Poll.poll_id)))
    for poll_id, sha256 in boxes:
        path = box_path(instance, poll_id)
        if not path.exists() or sealed_box.sha256(path) != sha256:
            raise NotAssessable(CHANGED_BOX)
    return [sealed_poll(box_path(instance, poll_id)) for poll_id, _sha256 in boxes]


def _store(stores: Stores, wave: str, document: bytes, context: bytes, officer_name: str) -> bool:
    """Whether the assessment of the wave is out after this; False if its records changed in the meantime."""
    from analysis.releasing_assessment import records_context

    sha256 = hashlib.sha256(document).hexdigest()
    try:
        with Session(stores.registry) as session, session.begin():
            one_at_a_time(session)
            if session.get(AssessmentRelease, wave) is not None:
                return True
            if records_context(as_records(entries_in(session, wave)), wave) != context:
                return False
            session.add(AssessmentRelease(wave=wave, document=document, sha256=sha256, context=context))
            auditing.record(session, officer_name, "release_assessment", wave)
    except IntegrityError:
        if _sha256(stores, wave) is None:
            raise
    return True
