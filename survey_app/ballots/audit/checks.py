"""The checks of an audit: each compares two things that agree only if nothing was altered, added, dropped or swapped.

What they cannot see: a ballot cast with a right that nobody used, as long as received stays at or below issued. Only the
members who never collected can notice that, on the page that says what they collected.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from survey_app.ballots import crockford, manifests, merkle
from survey_app.ballots.acknowledgements import is_acknowledged
from survey_app.ballots.audit.evidence import BallotRow, Box, CommentRow, Evidence
from survey_app.ballots.audit.words import Fault, Finding, few, judged, not_checked
from survey_app.ballots.encodings import H, from_base64url, to_base64url
from survey_app.ballots.manifests import BadManifest, SlotManifest, manifest_hash
from survey_app.ballots.receipts import comment_receipt, commitment, receipt

Acknowledged = Sequence[tuple[bytes, bytes]]


def audit(found: Evidence, fingerprint: str = "", acknowledged: Acknowledged = ()) -> list[Finding]:
    """Every check in turn. `fingerprint`: as it stands on the poster; `acknowledged`: receipts, each with the signature that
    a member hands in. What contradicts itself or is none of ours fails its check; nothing raises for what a file holds."""
    box = found.box
    return [
        *_of_manifests(found, fingerprint),
        judged("same_poll", _same_poll(found)),
        judged("box", None if box.sha256 == found.seal.get("box_sha256") else Fault("other")),
        judged("box_counts", _box_counts(box), len(box.ballots), len(box.comments)),
        judged("answers", _altered(box), len(box.ballots)),
        judged("comments", _altered_comments(found), len(box.comments)),
        judged("receipts", _listed(found), len(box.ballots)),
        judged("root", _root(found)),
        judged("counts", _counts(found)),
        *_of_acknowledgements(found, acknowledged),
    ]


def _of_manifests(found: Evidence, fingerprint: str) -> Iterator[Finding]:
    if found.manifest is not None and found.slot is not None:
        yield judged("manifest", _manifest(found, found.manifest, found.slot))
    elif found.box.way == "ticket":
        yield judged("manifest", Fault("missing"))
    else:
        yield not_checked("manifest", "none")
    # Without tickets the poster carries the questionnaire's: manifests that were taken away whole are seen here.
    letters = manifests.fingerprint(found.box.document if found.manifest is None else found.manifest)
    if fingerprint:
        same = crockford.read(fingerprint) == letters
        yield judged("poster", None if same else Fault("other", (crockford.grouped(letters),)))
    else:
        yield not_checked("poster", "none", crockford.grouped(letters))


def _manifest(found: Evidence, manifest: bytes, slot_manifest: bytes) -> Fault | None:
    try:
        slot = SlotManifest.from_bytes(slot_manifest)
    except BadManifest as fault:
        return Fault("unreadable", (fault,))
    poll = _document(manifest)
    if found.box.way != "ticket":
        return Fault("way")
    if poll.get("slot_manifest_hash") != to_base64url(manifest_hash(slot_manifest)) or poll.get("slot") != slot.slot:
        return Fault("slot")
    if poll.get("questionnaire_hash") != to_base64url(H(found.box.document)):
        return Fault("questionnaire")
    if {told.get("fingerprint") for told in (found.board, found.seal)} != {manifests.fingerprint(manifest)}:
        return Fault("fingerprint")
    return None if found.seal.get("ack_key") == to_base64url(slot.ack_key) else Fault("ack_key")


def _document(manifest: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(manifest)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _same_poll(found: Evidence) -> Fault | None:
    waves = {str(told.get("wave")) for told in (found.board, found.seal)} | {found.box.poll}
    if found.manifest is not None:
        waves.add(str(_document(found.manifest).get("wave")))
    if len(waves) != 1:
        return Fault("other", (few(sorted(waves)),))
    same = found.board.get("sealed") is True and found.board.get("units") == found.seal.get("units")
    return None if same else Fault("figures")


def _box_counts(box: Box) -> Fault | None:
    ballots, comments = Counter(row.unit for row in box.ballots), Counter(row.unit for row in box.comments)
    units = sorted({*box.told, *ballots, *comments})
    twice = len(box.ballots) - len({row.nonce_hash for row in box.ballots})  # a box of ours cannot hold one twice
    if twice:
        return Fault("twice", (twice,))
    wrong = [unit for unit in units if box.told.get(unit) != (ballots[unit], comments[unit])]
    return Fault("other", (few(wrong),)) if wrong else None


def _altered(box: Box) -> Fault | None:
    wrong = [to_base64url(row.receipt) for row in box.ballots if _receipt(row) != row.receipt]
    return Fault("altered", (len(wrong), few(wrong))) if wrong else None


def _receipt(row: BallotRow) -> bytes | None:
    try:
        return receipt(row.nonce_hash, commitment(row.opener, row.answers))
    except ValueError:
        return None


def _altered_comments(found: Evidence) -> Fault | None:
    wave = _encoded_id(found)
    wrong = sum(_comment_receipt(row, wave) != row.receipt for row in found.box.comments)
    return Fault("altered", (wrong,)) if wrong else None


def _comment_receipt(row: CommentRow, wave: str) -> bytes | None:
    try:
        return comment_receipt(row.opener, wave, row.unit, row.item, row.text)
    except ValueError:
        return None


def _encoded_id(found: Evidence) -> str:
    """What stands for the poll in everything that is hashed or signed: its slot, or where it has none itself."""
    return str(found.seal.get("slot") or found.seal.get("wave"))


def _listed(found: Evidence) -> Fault | None:
    """The list, line for line: each unit or group with its receipts, in the order of their bytes."""
    groups = {
        unit: (place, "+".join(row["units"])) for place, row in enumerate(_rows(found.seal)) for unit in row["units"]
    }
    nowhere = (len(groups), "?")
    rows = sorted((*groups.get(row.unit, nowhere), row.receipt) for row in found.box.ballots)
    lines = [f"{group} {to_base64url(one)}".encode() for _place, group, one in rows]
    if found.receipts == b"".join(line + b"\n" for line in lines):
        return None
    listed, inside = Counter(found.receipts.splitlines()), Counter(lines)
    return Fault("other", ((inside - listed).total(), (listed - inside).total()))


def _root(found: Evidence) -> Fault | None:
    every = [row.receipt for row in found.box.ballots]
    if found.seal.get("root") != to_base64url(merkle.root(every)):
        return Fault("other")
    told = found.seal.get("received")
    return None if told == len(every) else Fault("count", (told, len(every)))


def _counts(found: Evidence) -> Fault | None:
    rows, inside = _rows(found.seal), Counter(row.unit for row in found.box.ballots)
    rosters = _rosters(found.slot)
    for row in rows:
        if row["issued"] is None and found.box.way != "open":
            return Fault("hidden", ("+".join(row["units"]),))
        fault = _row_fault(row, sum(inside[unit] for unit in row["units"]))
        if (
            fault is None
            and rosters is not None
            and row["roster"] != sum(rosters.get(unit, 0) for unit in row["units"])
        ):
            fault = Fault("roster", ("+".join(row["units"]),))
        if fault is not None:
            return fault
    told = Counter(unit for row in rows for unit in row["units"])
    strange = inside.keys() - told.keys() | {unit for unit, n in told.items() if n > 1}
    strange |= (rosters.keys() ^ told.keys()) if rosters is not None else set()
    return Fault("units", (few(sorted(strange)),)) if strange or not rows else None


def _row_fault(row: Mapping[str, Any], received: int) -> Fault | None:
    name, issued = "+".join(row["units"]), row["issued"]
    if row["received"] != received:
        return Fault("received", (name, row["received"], received))
    if issued is not None and received > issued:
        return Fault("stuffed", (name, received, issued))
    if issued is not None and issued > row["roster"]:
        return Fault("issued", (name, issued, row["roster"]))
    return None


def _rosters(slot: bytes | None) -> Mapping[str, int] | None:
    try:
        return None if slot is None else {unit.id: unit.roster for unit in SlotManifest.from_bytes(slot).units}
    except BadManifest:
        return {}


def _rows(seal: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows that are rows; a document with others fails where units are compared."""
    rows = seal.get("units")
    return [row for row in rows if _is_row(row)] if isinstance(rows, list) else []


def _is_row(row: object) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("units"), list):
        return False
    issued = row.get("issued")
    return (
        all(isinstance(unit, str) for unit in row["units"])
        and type(row.get("roster")) is int
        and type(row.get("received")) is int
        and (issued is None or type(issued) is int)
    )


def _of_acknowledgements(found: Evidence, given: Acknowledged) -> Iterator[Finding]:
    if not given:
        yield not_checked("acknowledgements", "none")
        return
    inside = {row.receipt for row in found.box.ballots}
    genuine = [one for one, signature in given if _is_genuine(found, one, signature)]
    missing = [to_base64url(one) for one in genuine if one not in inside]
    if len(genuine) < len(given):
        yield not_checked("acknowledgements", "foreign", len(given) - len(genuine))
    if genuine:
        fault = Fault("missing", (len(missing), few(missing))) if missing else None
        yield judged("acknowledgements", fault, len(genuine))


def _is_genuine(found: Evidence, receipt_bytes: bytes, signature: bytes) -> bool:
    try:
        key = from_base64url(found.seal.get("ack_key"))
        return is_acknowledged(key, _encoded_id(found), receipt_bytes, signature)
    except ValueError:
        return False
