"""The public board of a poll: what lets anybody check that every ballot was counted and none was added.

For each unit roster >= issued >= received: rounded down to fives while the poll is open, exact once it is sealed. Units in
which only one to four answered are never told alone: their counts and receipts stand together, with those of the next
smallest unit where they would still be too few.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from survey_app.ballots import manifests, merkle
from survey_app.ballots.encodings import to_base64url
from survey_app.ballots.manifests import SlotManifest
from survey_app.services.counting import STEP, responding_by_unit
from survey_app.services.errors import NoSuchBoard, NoSuchPoll, NoSuchSlot
from survey_app.services.frozen_polls import frozen_poll, state_in
from survey_app.services.issuing import slips_drawn
from survey_app.services.poll_facts import FrozenPoll
from survey_app.services.sealing import box_path
from survey_app.services.terms import slot_manifest
from survey_app.store import sealed_box
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Issuance, Poll, TermMember
from survey_app.store.registry import Slot as StoredSlot

__all__ = ["BoardRow", "board", "board_files", "is_sealed", "manifest", "receipts_list", "seal_document"]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit, or several told together. `issued`: tickets collected and slips drawn; None where anybody may answer."""

    units: tuple[str, ...]
    roster: int
    issued: int | None
    received: int

    def told(self) -> dict[str, Any]:
        return {"units": list(self.units), "roster": self.roster, "issued": self.issued, "received": self.received}


def manifest(stores: Stores, wave: str) -> bytes:
    """The manifest of a slot, or of a poll by ticket, by its id (no poll by ticket is named like a slot): the same bytes for
    everybody. Raises NoSuchPoll for anything else."""
    try:
        return slot_manifest(stores, wave)
    except NoSuchSlot:
        poll = frozen_poll(stores.ballot_box, wave)
    if poll.slot is None:
        raise NoSuchPoll(wave)
    return poll.slot.manifest


def board(stores: Stores, instance: Path, poll_id: str, today: date) -> bytes:
    """`board.json`: the poll, its fingerprint and the rows of its units. Raises NoSuchPoll."""
    poll = frozen_poll(stores.ballot_box, poll_id)
    sealed = is_sealed(stores, poll_id)
    rows = _sealed_rows(stores, instance, poll) if sealed else _open_rows(stores, poll, today)
    return _canonical(_head(poll) | {"sealed": sealed, "units": [row.told() for row in rows]})


def receipts_list(stores: Stores, instance: Path, poll_id: str) -> bytes:
    """`receipts.txt`: a line `unit receipt` for each ballot, by unit and then in the order of the receipts' bytes, which
    says nothing of who came first; units told together stand as `b03+b07`. Raises NoSuchPoll; NoSuchBoard before sealing."""
    poll = _sealed_poll(stores, poll_id)
    lines = [
        f"{'+'.join(row.units)} {to_base64url(receipt)}\n"
        for row in _sealed_rows(stores, instance, poll)
        for receipt in sorted(_receipts_of(instance, poll, row.units))
    ]
    return "".join(lines).encode()


def seal_document(stores: Stores, instance: Path, poll_id: str) -> bytes:
    """`seal.json`: counts, Merkle root of all receipts, fingerprints of the manifest and of the sealed box, and the key that
    receipts were acknowledged with. Raises NoSuchPoll; NoSuchBoard before sealing."""
    poll = _sealed_poll(stores, poll_id)
    rows = _sealed_rows(stores, instance, poll)
    every = [receipt for receipts in _receipts(*_box(instance, poll)).values() for receipt in receipts]
    slot = None if poll.slot is None else SlotManifest.from_bytes(slot_manifest(stores, poll.slot.slot_id))
    return _canonical(
        _head(poll)
        | {
            "ack_key": None if slot is None else to_base64url(slot.ack_key),
            "box_sha256": _sealed_as(stores, poll_id),
            "received": len(every),
            "root": to_base64url(merkle.root(every)),
            "units": [row.told() for row in rows],
        }
    )


def board_files(stores: Stores, instance: Path, poll_id: str, today: date) -> Mapping[str, bytes]:
    """Every published file of a sealed poll by its name, the same bytes as at its addresses: what an auditor takes home."""
    poll = _sealed_poll(stores, poll_id)
    files = {
        "board.json": board(stores, instance, poll_id, today),
        "receipts.txt": receipts_list(stores, instance, poll_id),
        "seal.json": seal_document(stores, instance, poll_id),
    }
    if poll.slot is not None:
        files |= {"manifest.json": poll.slot.manifest, "slot.json": slot_manifest(stores, poll.slot.slot_id)}
    return files


def _open_rows(stores: Stores, poll: FrozenPoll, today: date) -> list[BoardRow]:
    received = responding_by_unit(stores, poll.poll_id, today)
    issued = _issued(stores, poll)
    return [
        BoardRow(
            (unit.id,),
            unit.n_eligible,
            None if issued is None else issued.get(unit.id, 0) // STEP * STEP,
            received[unit.id] or 0,
        )
        for unit in poll.units
    ]


def _sealed_rows(stores: Stores, instance: Path, poll: FrozenPoll) -> list[BoardRow]:
    receipts = _receipts(*_box(instance, poll))
    received = {unit.id: len(receipts.get(unit.id, ())) for unit in poll.units}
    issued = _issued(stores, poll)
    roster = {unit.id: unit.n_eligible for unit in poll.units}
    return [
        BoardRow(
            units,
            sum(roster[unit] for unit in units),
            None if issued is None else sum(issued.get(unit, 0) for unit in units),
            sum(received[unit] for unit in units),
        )
        for units in told_together(received)
    ]


def told_together(received: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Which units share a row of the sealed board: those with one to four ballots, joined by the next smallest ones until
    two units and five ballots are together. One lone unit of a poll with nobody to join stands as it is."""
    by_size = sorted(received, key=lambda unit: (received[unit], unit))
    pool = [unit for unit in by_size if 0 < received[unit] < STEP]
    others = [unit for unit in by_size if received[unit] >= STEP]
    while pool and others and (len(pool) < 2 or sum(received[unit] for unit in pool) < STEP):
        pool.append(others.pop(0))
    alone = [(unit,) for unit in received if unit not in pool]
    return tuple(sorted([*alone, tuple(sorted(pool))] if pool else alone))


def _issued(stores: Stores, poll: FrozenPoll) -> Mapping[str, int] | None:
    """Rights to answer given out, by unit: tickets and slips marked; in a poll by slips the slips drawn."""
    if poll.way == "open":
        return None
    if poll.slot is None:
        return slips_drawn(stores, poll.poll_id)
    wanted = (
        select(TermMember.unit_id, func.count().label("issued"))
        .join(StoredSlot, StoredSlot.term_id == TermMember.term_id)
        .join(
            Issuance,
            (Issuance.slot_id == StoredSlot.slot_id) & (Issuance.staff_number == TermMember.staff_number),
        )
        .where(StoredSlot.slot_id == poll.slot.slot_id)
        .group_by(TermMember.unit_id)
    )
    with reading(stores.registry) as connection:
        return {row.unit_id: row.issued for row in connection.execute(wanted)}


def is_sealed(stores: Stores, poll_id: str) -> bool:
    """Sealed to the end: the box stands, its hash is in the registry and the live rows are gone."""
    with reading(stores.ballot_box) as connection:
        in_box = state_in(connection, poll_id) == "sealed"
    with reading(stores.registry) as connection:
        state = connection.scalar(select(Poll.state).where(Poll.poll_id == poll_id))
    return in_box and state in ("sealed", "released")


def _sealed_as(stores: Stores, poll_id: str) -> str | None:
    """The fingerprint the box had when it was sealed: a box that is touched later no longer has the published one."""
    with reading(stores.registry) as connection:
        found: str | None = connection.scalar(select(Poll.box_sha256).where(Poll.poll_id == poll_id))
    return found


def _sealed_poll(stores: Stores, poll_id: str) -> FrozenPoll:
    poll = frozen_poll(stores.ballot_box, poll_id)
    if not is_sealed(stores, poll_id):
        raise NoSuchBoard(poll_id)
    return poll


def _box(instance: Path, poll: FrozenPoll) -> tuple[Path, str]:
    path = box_path(instance, poll.poll_id)
    return path, _sha256(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _sha256(path: Path, _changed: int) -> str:
    return sealed_box.sha256(path)


@lru_cache(maxsize=16)
def _receipts(path: Path, _sha: str) -> Mapping[str, Sequence[bytes]]:
    return sealed_box.receipts(path)


def _receipts_of(instance: Path, poll: FrozenPoll, units: Sequence[str]) -> list[bytes]:
    found = _receipts(*_box(instance, poll))
    return [receipt for unit in units for receipt in found.get(unit, ())]


def _head(poll: FrozenPoll) -> dict[str, Any]:
    """What both documents begin with; `fingerprint`: what the poster carries."""
    return {
        "v": manifests.VERSION,
        "wave": poll.poll_id,
        "slot": None if poll.slot is None else poll.slot.slot_id,
        "fingerprint": None if poll.slot is None else manifests.fingerprint(poll.slot.manifest),
    }


def _canonical(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
