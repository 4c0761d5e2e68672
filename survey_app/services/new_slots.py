"""The slots of a new term: a key for each unit, the manifest that everybody is shown, private halves locked. Stores nothing."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from survey_app.ballots import manifests
from survey_app.ballots.acknowledgements import ack_public, new_ack_key
from survey_app.ballots.key_safe import KeySafe
from survey_app.ballots.keys import PrivateKey, new_key
from survey_app.ballots.manifests import ManifestUnit, SlotManifest
from survey_app.services.poll_facts import ReportingUnit
from survey_app.services.term_checks import TermWanted

__all__ = ["ACK", "NewSlot", "Progress", "expected_seconds", "new_slots", "unit_key_name"]

ACK = "ack"  # the name under which a slot's acknowledgement key is locked; units' keys go by their unit
KEY_SECONDS = 0.033  # one key of 2048 bits on one core
MOST_WORKERS = 4  # members may be collecting or answering meanwhile
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class NewSlot:
    """Rows of the registry: the slot's, and one for each unit's key."""

    row: dict[str, Any]
    keys: list[dict[str, Any]]


def new_slots(safe: KeySafe, wanted: TermWanted, units: Sequence[ReportingUnit], progress: Progress) -> list[NewSlot]:
    total = wanted.slots * len(units)
    made: list[PrivateKey] = []
    with ThreadPoolExecutor(_workers(), thread_name_prefix="term-key") as pool:
        for key in pool.map(lambda _: new_key(), range(total)):
            made.append(key)
            progress(len(made), total)
    keys = iter(made)
    return [
        _new_slot(safe, f"{wanted.id}-{number:02}", wanted, [(unit, next(keys)) for unit in units])
        for number in range(1, wanted.slots + 1)
    ]


def expected_seconds(slots: int, units: int) -> float:
    """How long an idle machine takes for the keys: all of its cores work, for OpenSSL needs no lock of Python's."""
    return slots * units * KEY_SECONDS / _workers()


def _workers() -> int:
    return min(os.cpu_count() or 1, MOST_WORKERS)


def _new_slot(
    safe: KeySafe, slot_id: str, wanted: TermWanted, units: Sequence[tuple[ReportingUnit, PrivateKey]]
) -> NewSlot:
    ack = new_ack_key()
    told = tuple(ManifestUnit(unit.id, unit.name.zh, unit.n_eligible, key.public) for unit, key in units)
    days = wanted.collect_first_day, wanted.collect_last_day
    manifest = SlotManifest(slot_id, days, ack_public(ack), told).to_bytes()
    row = {
        "slot_id": slot_id,
        "term_id": wanted.id,
        "state": "free",
        "poll_id": None,
        "manifest": manifest,
        "fingerprint": manifests.fingerprint(manifest),
        "ack_private": safe.locked(slot_id, ACK, ack),
    }
    keys = [
        {
            "slot_id": slot_id,
            "unit_id": unit.id,
            "key_id": key.public.key_id,
            "n": key.public.n_bytes,
            "private": safe.locked(slot_id, unit_key_name(unit.id), key.to_bytes()),
        }
        for unit, key in units
    ]
    return NewSlot(row, keys)


def unit_key_name(unit_id: str) -> str:
    """The name under which a unit's private key is locked; no unit id has a blank."""
    return f"unit {unit_id}"
