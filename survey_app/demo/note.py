"""The demo's own note in the instance folder: how far the making came, and the slip codes a visitor may try.

Codes of a real poll are never written to disk. The demo writes them because its respondents do not exist: an
interrupted making must be able to send the same ballots with the same codes again.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

FORMAT = "survey_app.demo/1"
NOTE = "demo.json"


@dataclass(frozen=True, slots=True)
class SlipsToTry:
    """Unused codes of one unit of the open poll."""

    unit_id: str
    name_zh: str
    name_en: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """`codes`: poll -> unit -> codes drawn, kept only while that poll's ballots are being cast."""

    university_sha256: str
    today: str
    ready: bool = False
    open_poll: str = ""
    codes: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    slips: tuple[SlipsToTry, ...] = ()
    sign_ins: tuple[str, ...] = ()
    format: str = FORMAT

    @property
    def day(self) -> date:
        return date.fromisoformat(self.today)

    def with_codes(self, poll_id: str, drawn: Mapping[str, tuple[str, ...]]) -> "Note":
        return replace(self, codes={**self.codes, poll_id: drawn})

    def without_codes(self, poll_id: str) -> "Note":
        return replace(self, codes={poll: drawn for poll, drawn in self.codes.items() if poll != poll_id})


def read_note(instance: Path) -> Note | None:
    """The note of this instance; None if it holds no demo."""
    try:
        written = json.loads((instance / NOTE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    slips = tuple(SlipsToTry(**(slip | {"codes": tuple(slip["codes"])})) for slip in written.pop("slips"))
    codes = {poll: {unit: tuple(each) for unit, each in drawn.items()} for poll, drawn in written.pop("codes").items()}
    return Note(**(written | {"sign_ins": tuple(written["sign_ins"])}), codes=codes, slips=slips)


def write_note(instance: Path, note: Note) -> None:
    """All or nothing: a crash leaves the note before or the note after."""
    fresh = instance / f"{NOTE}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(note), file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(instance / NOTE)
