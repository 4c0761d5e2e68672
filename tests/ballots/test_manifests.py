"""Manifests: one spelling, one fingerprint, and what a browser must refuse."""

import json
from datetime import date

import pytest

from survey_app.ballots.keys import new_key
from survey_app.ballots.manifests import BadManifest, ManifestUnit, PollManifest, SlotManifest, fingerprint

KEYS = [new_key().public for _ in range(2)]
UNITS = (ManifestUnit("b07", "机械工程学院", 212, KEYS[0]), ManifestUnit("b02", "物理学院", 10, KEYS[1]))
SLOT = SlotManifest("2026-07", (date(2026, 3, 1), date(2026, 12, 31)), bytes(32), UNITS)


def changed(**values: object) -> bytes:
    document = json.loads(SLOT.to_bytes()) | values
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_a_slot_is_written_in_one_way_whatever_the_order_of_its_units() -> None:
    again = SlotManifest.from_bytes(SLOT.to_bytes())
    assert again.to_bytes() == SLOT.to_bytes()
    assert SlotManifest(SLOT.slot, SLOT.collect, SLOT.ack_key, UNITS[::-1]).to_bytes() == SLOT.to_bytes()
    assert [unit.id for unit in again.units] == ["b02", "b07"]


def test_a_unit_is_found_by_its_key_and_a_foreign_key_by_nobody() -> None:
    assert SLOT.unit_of(KEYS[0].key_id) == UNITS[0]
    assert SLOT.unit_of(new_key().public.key_id) is None


def test_units_of_fewer_than_ten_are_refused_before_anything_is_frozen() -> None:
    with pytest.raises(BadManifest, match="Merge them first"):
        SlotManifest("2026-07", SLOT.collect, bytes(32), (ManifestUnit("b01", "数学学院", 9, KEYS[0]),))


def test_two_units_share_neither_id_nor_key() -> None:
    for twin in (ManifestUnit("b07", "另一个", 20, KEYS[1]), ManifestUnit("b08", "另一个", 20, KEYS[0])):
        with pytest.raises(BadManifest, match=r"one id|one key"):
            SlotManifest("2026-07", SLOT.collect, bytes(32), (UNITS[0], twin))


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"[]",
        SLOT.to_bytes() + b"\n",
        json.dumps(json.loads(SLOT.to_bytes())).encode(),
        changed(units=[{"id": "b07"}]),
        changed(collect=["2026-03-01"]),
        changed(ack_key="="),
        changed(more=1),
        changed(slot="二"),
    ],
)
def test_another_spelling_or_a_broken_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(BadManifest):
        SlotManifest.from_bytes(data)


def test_a_key_that_its_id_does_not_name_is_refused() -> None:
    units = json.loads(SLOT.to_bytes())["units"]
    units[0]["key_id"] = units[1]["key_id"]
    with pytest.raises(BadManifest, match="not the one its id names"):
        SlotManifest.from_bytes(changed(units=units))


def test_a_fingerprint_changes_with_any_byte() -> None:
    poll = PollManifest("home-2026", "2026-07", "年度", bytes(32), bytes(48), "two_phases", SLOT.collect, bytes(32))
    assert len(fingerprint(poll.to_bytes())) == 32
    assert fingerprint(poll.to_bytes()) != fingerprint(poll.to_bytes().replace(b"home-2026", b"home-2025"))
    assert fingerprint(SLOT.to_bytes(), poll.to_bytes()) != fingerprint(poll.to_bytes(), SLOT.to_bytes())
