"""The demo's own note in the instance folder: how far the making came, and the slip codes a visitor may try.

Codes of a real poll are never written to disk. The demo writes them because its respondents do not exist: an
interrupted making must be able to send the same ballots with the same codes again.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from hashlib import sha256
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
class CodeToTry:
    """The sign-in code of one invented member, who has not collected."""

    code: str
    name: str
    staff_number: str
    branch_zh: str
    branch_en: str


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
    ticket_poll: str = ""
    members: tuple[CodeToTry, ...] = ()
    format: str = FORMAT

    @property
    def day(self) -> date:
        return date.fromisoformat(self.today)

    def with_codes(self, poll_id: str, drawn: Mapping[str, tuple[str, ...]]) -> "Note":
        return replace(self, codes={**self.codes, poll_id: drawn})

    def without_codes(self, poll_id: str) -> "Note":
        return replace(self, codes={poll: drawn for poll, drawn in self.codes.items() if poll != poll_id})


@dataclass(frozen=True, slots=True)
class Demo:
    """What this instance holds. `n_ballots` counts what this call cast: 0 if the demo was there already."""

    existed: bool
    n_ballots: int
    open_poll: str
    slips: tuple[SlipsToTry, ...]
    sign_ins: tuple[str, ...]
    remark: str = ""

    @property
    def summary(self) -> str:
        if self.existed:
            return f"The demo university is already here; nothing was changed.{self.remark}"
        return f"The demo university is ready: {self.n_ballots} ballots cast. Open now: /b/{self.open_poll}"


def demo_already_here(instance: Path, csv_path: Path) -> Demo | None:
    """The finished demo of this instance, if it holds one; a word if the table asked for is another."""
    note = read_note(instance)
    if note is None or not note.ready:
        return None
    same = csv_path.exists() and digest_of(csv_path) == note.university_sha256
    other = " It was made from another table; for this one choose another folder in SURVEY_INSTANCE."
    return Demo(True, 0, note.open_poll, note.slips, note.sign_ins, "" if same else other)


def digest_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def sign_ins(instance: Path) -> tuple[str, ...]:
    """Lines for the terminal: who can sign in, and slip codes to try; none if this instance holds no finished demo."""
    note = read_note(instance)
    if note is None or not note.ready:
        return ()
    codes = [f"  {slip.codes[0]}  {slip.name_zh} {slip.name_en}" for slip in note.slips if slip.codes]
    lines = (*note.sign_ins, f"匿名答题码 slip codes to try at /b/{note.open_poll}", *codes)
    if not note.members:
        return lines
    members = [
        f"  {each.code}  {each.name} {each.staff_number} {each.branch_zh} {each.branch_en}" for each in note.members
    ]
    heading = f"教职工登录码 members' sign-in codes: collect at /account/, then answer /b/{note.ticket_poll} in the same browser"
    return (*lines, heading, *members)


def read_note(instance: Path) -> Note | None:
    """The note of this instance; None if it holds no demo."""
    try:
        written = json.loads((instance / NOTE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    slips = tuple(SlipsToTry(**(slip | {"codes": tuple(slip["codes"])})) for slip in written.pop("slips"))
    codes = {poll: {unit: tuple(each) for unit, each in drawn.items()} for poll, drawn in written.pop("codes").items()}
    members = tuple(CodeToTry(**each) for each in written.pop("members", ()))
    return Note(**(written | {"sign_ins": tuple(written["sign_ins"])}), codes=codes, slips=slips, members=members)


def write_note(instance: Path, note: Note) -> None:
    """All or nothing: a crash leaves the note before or the note after."""
    fresh = instance / f"{NOTE}.new"
    fresh.touch(mode=0o600)
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(note), file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(instance / NOTE)
