"""Auditing a sealed poll on the machine that serves it: everything a stranger can check, and what only the registry knows.

Reading ballots is an act, so it is written into the log of acts; the findings are not.
"""

import hashlib
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.context import scheme_of
from analysis.disclosure.unsafe import UnsafeRelease
from analysis.frame import sealed_poll
from analysis.releasing import released_box
from survey_app.ballots.audit.checks import Acknowledged, audit
from survey_app.ballots.audit.evidence import Evidence, evidence_of
from survey_app.ballots.audit.words import Finding
from survey_app.services import auditing
from survey_app.services.boards import board_files
from survey_app.services.sealing import box_path
from survey_app.store.durability import new_folder
from survey_app.store.engines import Stores
from survey_app.store.registry import Issuance, Poll, Release, Slot, SlotKey

__all__ = ["audit_poll", "copy_for_auditor"]


def audit_poll(
    stores: Stores,
    instance: Path,
    poll_id: str,
    today: date,
    officer_name: str,
    *,
    fingerprint: str = "",
    acknowledged: Acknowledged = (),
) -> list[Finding]:
    """The published files against the sealed box, then the registry against both, then the released figures worked out again.

    Raises NoSuchPoll, NoSuchBoard before sealing, Unreadable for a damaged box.
    """
    files = board_files(stores, instance, poll_id, today)
    path = box_path(instance, poll_id)
    found = evidence_of(files, path)
    _log(stores, officer_name, "audit_poll", poll_id)
    return [
        *audit(found, fingerprint, acknowledged),
        _registry(stores, poll_id, found),
        *_keys(stores, poll_id),
        _recount(stores, path, poll_id),
    ]


def copy_for_auditor(
    stores: Stores, instance: Path, poll_id: str, folder: Path, today: date, officer_name: str
) -> tuple[str, ...]:
    """Write the published files and the sealed box to a new folder; their names. The box is readable by its owner alone.

    Raises NoSuchPoll, NoSuchBoard, and FolderInTheWay if the folder holds anything.
    """
    files = board_files(stores, instance, poll_id, today)
    with new_folder(folder, mode=0o700) as unfinished:
        for name, data in files.items():
            (unfinished / name).write_bytes(data)
        box = unfinished / f"{poll_id}.box"
        shutil.copyfile(box_path(instance, poll_id), box)
        box.chmod(0o600)
        _log(stores, officer_name, "copy_ballots", poll_id)
    return (*sorted(files), box.name)


def _log(stores: Stores, officer_name: str, action: str, poll_id: str) -> None:
    with Session(stores.registry) as session, session.begin():
        auditing.record(session, officer_name, action, poll_id)


def _registry(stores: Stores, poll_id: str, found: Evidence) -> Finding:
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        poll = session.get_one(Poll, poll_id)
        told = {unit.unit_id: unit.n_responding or 0 for unit in poll.units}
        sealed_as = poll.box_sha256
    inside = dict.fromkeys(told, 0)
    for row in found.box.ballots:
        inside[row.unit] = inside.get(row.unit, 0) + 1
    if sealed_as == found.box.sha256 and told == inside:
        return Finding(
            "registry",
            "holds",
            "登记库记的封存箱和各单位份数与箱里的一致。",
            "The registry knows this box and its counts.",
        )
    return Finding(
        "registry", "fails", "登记库记的封存箱或份数与箱里的不同。", "The registry knows another box, or other counts."
    )


def _keys(stores: Stores, poll_id: str) -> Sequence[Finding]:
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        slot_id = session.scalar(select(Slot.slot_id).where(Slot.poll_id == poll_id))
        if slot_id is None:
            return ()
        keys = select(func.count()).where(SlotKey.slot_id == slot_id, SlotKey.private.is_not(None))
        hashes = select(func.count()).where(Issuance.slot_id == slot_id, Issuance.blinded_hash.is_not(None))
        left = (session.scalar(keys) or 0, session.scalar(hashes) or 0)
    if left == (0, 0):
        said = ("签发密钥与盲化记录都已销毁。", "The signing keys and the record of blinded messages are destroyed.")
        return (Finding("keys", "holds", *said),)
    said = (
        f"还留着 {left[0]} 个签发密钥、{left[1]} 条盲化记录。",
        f"{left[0]} signing keys and {left[1]} blinded hashes remain.",
    )
    return (Finding("keys", "fails", *said),)


def _recount(stores: Stores, path: Path, poll_id: str) -> Finding:
    """Every released figure again from the ballots, compared as a whole."""
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        stored = session.scalar(select(Release.sha256).where(Release.poll_id == poll_id))
    if stored is None:
        return Finding(
            "recount", "not_checked", "结果还没有公布，没有可重算的。", "Nothing is released yet to be counted again."
        )
    try:
        poll = sealed_poll(path)
        again = hashlib.sha256(released_box(poll, scheme_of(poll).scoring).to_json()).hexdigest()
    except (ValueError, UnsafeRelease) as fault:
        return Finding(
            "recount", "fails", f"由箱里的答卷算不出结果：{fault}", f"No results follow from the box: {fault}"
        )
    if again == stored:
        return Finding(
            "recount",
            "holds",
            "由箱里的答卷重算，公布的每个数字都一样。",
            "Counted again from the ballots, every released figure is the same.",
        )
    return Finding(
        "recount",
        "fails",
        "由箱里的答卷重算，结果与公布的不同。",
        "Counted again from the ballots, the results are not those released.",
    )
