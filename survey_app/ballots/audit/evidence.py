"""What an auditor has in hand: the published files of a poll, and its sealed box laid beside them."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
BOARD, RECEIPTS, SEAL, MANIFEST, SLOT = "board.json", "receipts.txt", "seal.json", "manifest.json", "slot.json"


class Unreadable(ValueError):  # noqa: N818 - errors are plain nouns
    """A file that is missing or none of its kind; the message names it."""


@dataclass(frozen=True, slots=True)
class BallotRow:
    """A ballot as it lies in the box. `answers`: the bytes that were submitted."""

    unit: str
    nonce_hash: bytes = field(repr=False)
    answers: bytes = field(repr=False)
    opener: bytes = field(repr=False)
    receipt: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment as it lies in the box, apart from every ballot."""

    unit: str
    item: str
    text: str = field(repr=False)
    opener: bytes = field(repr=False)
    receipt: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Box:
    """A sealed box as a stranger reads it. `told`: ballots and comments by unit, as the box itself counts them."""

    poll: str
    way: str
    sha256: str
    document: bytes = field(repr=False)
    told: Mapping[str, tuple[int, int]]
    ballots: tuple[BallotRow, ...] = field(repr=False)
    comments: tuple[CommentRow, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`manifest` and `slot`: the exact bytes; None in a poll that was not answered by ticket."""

    board: Mapping[str, Any]
    seal: Mapping[str, Any]
    receipts: bytes
    box: Box
    manifest: bytes | None
    slot: bytes | None


def evidence(folder: Path) -> Evidence:
    """Everything of a folder; raises Unreadable naming the file that is missing or damaged."""
    if not folder.is_dir():
        raise Unreadable(str(folder))
    boxes = sorted(folder.glob("*.box"))
    if len(boxes) != 1:
        raise Unreadable("*.box")
    names = (BOARD, RECEIPTS, SEAL, MANIFEST, SLOT)
    return evidence_of({name: _bytes(folder / name) for name in names if (folder / name).exists()}, boxes[0])


def evidence_of(files: Mapping[str, bytes], box: Path) -> Evidence:
    """The same from the published files by their names. Raises Unreadable."""
    seal = _document(files, SEAL)
    by_ticket = MANIFEST in files or SLOT in files or bool(seal.get("slot"))
    return Evidence(
        board=_document(files, BOARD),
        seal=seal,
        receipts=_file(files, RECEIPTS),
        box=_box(box),
        manifest=_file(files, MANIFEST) if by_ticket else None,
        slot=_file(files, SLOT) if by_ticket else None,
    )


def _file(files: Mapping[str, bytes], name: str) -> bytes:
    if name not in files:
        raise Unreadable(name)
    return files[name]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Unreadable(path.name) from fault


def _document(files: Mapping[str, bytes], name: str) -> Mapping[str, Any]:
    try:
        found = json.loads(_file(files, name))
    except (ValueError, RecursionError) as fault:
        raise Unreadable(name) from fault
    if not isinstance(found, dict):
        raise Unreadable(name)
    return found


def _box(path: Path) -> Box:
    try:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as box:
            if box.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Unreadable(path.name)
            polls = box.execute("SELECT poll_id, way, document FROM poll").fetchall()
            units = box.execute("SELECT unit_id, n_ballots, n_comments FROM unit").fetchall()
            ballots = box.execute("SELECT unit_id, nonce_hash, answers, opener, receipt FROM ballot").fetchall()
            comments = box.execute("SELECT unit_id, item, text, opener, receipt FROM comment").fetchall()
    except (OSError, sqlite3.Error) as fault:
        raise Unreadable(path.name) from fault
    try:
        ((poll, way, document),) = polls
        return Box(
            poll=_as(str, poll),
            way=_as(str, way),
            sha256=digest,
            document=_as(bytes, document),
            told={_as(str, unit): (_as(int, n), _as(int, m)) for unit, n, m in units},
            ballots=tuple(BallotRow(_as(str, unit), *(_as(bytes, each) for each in row)) for unit, *row in ballots),
            comments=tuple(
                CommentRow(_as(str, unit), _as(str, item), _as(str, text), _as(bytes, opener), _as(bytes, receipt))
                for unit, item, text, opener, receipt in comments
            ),
        )
    except (TypeError, ValueError) as fault:
        raise Unreadable(path.name) from fault


def _as(kind: type[T], value: object) -> T:
    """SQLite keeps any kind of value in any column: what has another is no box of ours."""
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    return value
