"""Manifests: what everybody is shown before a ticket is taken, the same bytes for all, named by a fingerprint on the poster.

A slot's manifest fixes units, members and keys for a term; a poll's names its slot, questionnaire, script and days.
JSON with sorted keys, no spaces, whole numbers only; days, never hours.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from survey_app.ballots import crockford
from survey_app.ballots.encodings import H, from_base64url, is_id, to_base64url
from survey_app.ballots.keys import PublicKey

VERSION = 1
FINGERPRINT_BYTES = 20
SMALLEST_UNIT = 10


class BadManifest(ValueError):  # noqa: N818 - errors are plain nouns
    """A manifest that must not be used; the message says why."""


@dataclass(frozen=True, slots=True)
class ManifestUnit:
    """A reporting unit of a slot: its members on the roster and the key its tickets are signed with."""

    id: str
    name: str
    roster: int
    key: PublicKey


@dataclass(frozen=True, slots=True)
class SlotManifest:
    """`collect`: first and last day of collecting. `ack_key`: what acknowledges ballots, 32 bytes."""

    slot: str
    collect: tuple[date, date]
    ack_key: bytes
    units: tuple[ManifestUnit, ...]

    def __post_init__(self) -> None:
        small = [unit.id for unit in self.units if unit.roster < SMALLEST_UNIT]
        if small:
            raise BadManifest(f"Units of fewer than {SMALLEST_UNIT} members: {', '.join(small)}. Merge them first.")
        if len({unit.id for unit in self.units}) != len(self.units):
            raise BadManifest("Two units have one id.")
        if len({unit.key.key_id for unit in self.units}) != len(self.units):
            raise BadManifest("Two units share one key.")
        if not all(map(is_id, (self.slot, *(unit.id for unit in self.units)))):
            raise BadManifest("An id is one to 32 of a-z, 0-9 and hyphen.")

    def unit_of(self, key_id: bytes) -> ManifestUnit | None:
        """The unit whose key this is; None for a key outside the manifest."""
        return next((unit for unit in self.units if unit.key.key_id == key_id), None)

    def to_bytes(self) -> bytes:
        units = [
            {
                "id": unit.id,
                "name": unit.name,
                "roster": unit.roster,
                "key_id": to_base64url(unit.key.key_id),
                "n": to_base64url(unit.key.n_bytes),
            }
            for unit in sorted(self.units, key=lambda unit: unit.id)
        ]
        return _canonical(
            {
                "v": VERSION,
                "slot": self.slot,
                "collect": _days(self.collect),
                "ack_key": to_base64url(self.ack_key),
                "units": units,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "SlotManifest":
        """The manifest of exactly these bytes; raises BadManifest, also where they are not the one way to write it."""
        told = _parsed(data)
        try:
            units = tuple(_unit(unit) for unit in told["units"])
            manifest = cls(told["slot"], _read_days(told["collect"]), from_base64url(told["ack_key"]), units)
        except (KeyError, TypeError, ValueError) as fault:
            raise BadManifest(f"This manifest cannot be read: {fault}") from fault
        if manifest.to_bytes() != data:
            raise BadManifest("This manifest is not written in the one way there is.")
        return manifest


@dataclass(frozen=True, slots=True)
class PollManifest:
    """`mode`: two_phases (collect, answer another day) or combined. Hashes as bytes; `slot`: what its tickets are made for."""

    poll: str
    slot: str
    title: str
    questionnaire: bytes
    bundle: bytes
    mode: str
    answer: tuple[date, date]
    slot_manifest: bytes

    def to_bytes(self) -> bytes:
        return _canonical(
            {
                "v": VERSION,
                "wave": self.poll,
                "slot": self.slot,
                "title": self.title,
                "questionnaire_hash": to_base64url(self.questionnaire),
                "bundle_sha384": to_base64url(self.bundle),
                "mode": self.mode,
                "answer": _days(self.answer),
                "slot_manifest_hash": to_base64url(self.slot_manifest),
            }
        )


def manifest_hash(manifest: bytes) -> bytes:
    return H(manifest)


def fingerprint(*manifests: bytes) -> str:
    """32 letters for the poster: of one manifest, or of several through the hash of their hashes."""
    whole = H(manifests[0]) if len(manifests) == 1 else H(b"".join(H(each) for each in manifests))
    return crockford.written(whole[:FINGERPRINT_BYTES])


def _unit(told: Mapping[str, Any]) -> ManifestUnit:
    key = PublicKey.from_bytes(from_base64url(told["n"]))
    if to_base64url(key.key_id) != told["key_id"]:
        raise BadManifest(f"The key of {told['id']} is not the one its id names.")
    if type(told["roster"]) is not int:
        raise BadManifest("A roster is a whole number.")
    return ManifestUnit(told["id"], told["name"], told["roster"], key)


def _canonical(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise BadManifest("This manifest is not JSON.") from fault


def _days(days: Sequence[date]) -> list[str]:
    return [day.isoformat() for day in days]


def _read_days(told: Sequence[str]) -> tuple[date, date]:
    first, last = told
    return date.fromisoformat(first), date.fromisoformat(last)
