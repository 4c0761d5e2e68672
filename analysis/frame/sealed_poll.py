"""What a sealed box says of its poll: questionnaire, dates, units with head counts. Enough to work without the service."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.frame.comments import CommentWords
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Text
from questionnaires.versions import BadDocument, fingerprint, from_document

if TYPE_CHECKING:
    from analysis.frame.answer_parser import Codes, Numbers
    from analysis.frame.columns import UnitIndex

BOX_FORMAT = "survey_app.box/1"
MOST_HEADS = 100_000_000
POLL_COLUMNS = "poll_id, format, way, first_day, last_day, fingerprint, document, facts"


class UnreadableBox(ValueError):  # noqa: N818 - errors are plain nouns
    """The file is no sealed box, or contradicts itself; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class SealedUnit:
    """A reporting unit as frozen with the poll: `n_eligible` members, `head_counts` by staff category."""

    id: str
    name: Text
    unit_type: str
    n_eligible: int
    branches: tuple[str, ...] = ()
    head_counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SealedPoll:
    """A poll as its box tells it. `sha256`: of the box, hexadecimal. `scheme`: the scoring document and the numbers of the
    method that were frozen with the poll, None in boxes made before they were kept; `plan`: the publication
    plan as a document, the same. `saved`: the answers, where the poll
    was read from a frame file and not from its box.
    """

    path: Path
    sha256: str
    poll_id: str
    way: str
    first_day: date
    last_day: date
    fingerprint: str
    title: Text
    wave: str
    questionnaire: Questionnaire = field(repr=False)
    units: tuple[SealedUnit, ...] = field(repr=False)
    document: bytes = field(default=b"", repr=False)
    facts: bytes = field(default=b"", repr=False)
    scheme: Mapping[str, Any] | None = field(default=None, repr=False)
    plan: Any = field(default=None, repr=False)
    saved: "SavedAnswers | None" = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class SavedAnswers:
    """The answers of a frame file: the arrays of a Frame, the words of the comments, and the context that came along."""

    unit: "UnitIndex"
    codes: "Codes"
    numbers: "Numbers"
    comments: tuple[CommentWords, ...]
    context: bytes | None


def sealed_poll(path: Path) -> SealedPoll:
    """The poll of a sealed box; raises UnreadableBox if the file is none, or its questionnaire is not the one it names."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as box:
            rows = box.execute(f"SELECT {POLL_COLUMNS} FROM poll").fetchall()  # noqa: S608 - our own column names
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, sqlite3.Error) as fault:
        raise UnreadableBox(f"{path} is no sealed box: {fault}.") from fault
    if len(rows) != 1 or rows[0][1] != BOX_FORMAT:
        raise UnreadableBox(f"{path} is no sealed box of the format {BOX_FORMAT}.")
    poll_id, _, way, first_day, last_day, named, document, facts = rows[0]
    return told_poll(path, sha256, (poll_id, way, first_day, last_day, named), document, facts)


def told_poll(
    path: Path, sha256: str, row: tuple[str, str, str, str, str], document: bytes, facts: bytes
) -> SealedPoll:
    """A poll from what its file tells: (id, way, first day, last day, fingerprint), questionnaire and facts as frozen."""
    poll_id, way, first_day, last_day, named = row
    if not (isinstance(document, bytes) and isinstance(facts, bytes)):
        raise UnreadableBox(f"The questionnaire or the facts in {path} are not stored as bytes.")
    if fingerprint(document) != named:
        raise UnreadableBox(f"The questionnaire in {path} is not the one its fingerprint names.")
    try:
        told = json.loads(facts)
        return SealedPoll(
            path=path,
            sha256=sha256,
            poll_id=_name(poll_id),
            way=way,
            first_day=date.fromisoformat(first_day),
            last_day=date.fromisoformat(last_day),
            fingerprint=named,
            title=Text(**told["title"]),
            wave=_name(told["wave"]),
            questionnaire=from_document(document),
            units=_units(told["units"]),
            document=document,
            facts=facts,
            scheme=told.get("scheme"),
            plan=told.get("plan"),
        )
    except (AttributeError, BadDocument, KeyError, RecursionError, TypeError, ValueError) as fault:
        raise UnreadableBox(f"The facts in {path} cannot be read: {fault!r}.") from fault


def _name(told: object) -> str:
    """A poll's id or a wave, as it may become part of a file's name."""
    if not isinstance(told, str) or not re.fullmatch(r"\w[\w.-]{0,63}", told):
        raise ValueError(f"{told!r} is no name of a poll or a wave")
    return told


def _units(told: Sequence[dict[str, Any]]) -> tuple[SealedUnit, ...]:
    units = tuple(map(_unit, told))
    if len({unit.id for unit in units}) < len(units):
        raise ValueError("two units have the same id")
    return units


def _unit(told: dict[str, Any]) -> SealedUnit:
    unit = SealedUnit(**told | {"name": Text(**told["name"]), "branches": tuple(told["branches"])})
    if not all(isinstance(each, str) for each in (unit.id, unit.unit_type, *unit.branches, *unit.head_counts)):
        raise TypeError("a unit's id, type, branches and categories are words")
    for heads in (unit.n_eligible, *unit.head_counts.values()):
        if not isinstance(heads, int) or isinstance(heads, bool) or not 0 <= heads <= MOST_HEADS:
            raise ValueError(f"{heads!r} is no number of members")
    return unit
