"""A university as one table: a row per branch with its size, mix and planted truths (columns: docs/demo-university.md)."""

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

DEMO_UNIVERSITY = Path(__file__).parent / "data" / "demo_university.csv"

WAVES = ("2025", "2026")
UNIT_TYPES = ("academic", "administrative", "support", "logistics", "retired")
CATEGORIES = ("teacher", "admin", "support", "logistics", "retired")
AGES = ("le35", "a36_45", "a46_55", "ge56")
CRITERIA = ("org", "rights", "lively", "effect", "valued", "trusted")
NEEDS = (
    "child_schooling", "serious_illness", "housing", "hardship", "pay_benefits", "workload", "promotion",
    "work_conditions", "mental_wellbeing", "health_fitness", "elder_care", "child_care", "transport_meals",
    "fair_treatment", "social_culture", "training_growth",
)  # fmt: skip
SMALLEST_UNIVERSITY = 10
LARGEST_BRANCH = 100_000

CATEGORY_COLUMNS = tuple(f"pct_{category}" for category in CATEGORIES)
AGE_COLUMNS = ("age_le35", "age_36_45", "age_46_55", "age_ge56")
WAVE_COLUMNS = ("rr", "eff", "proactive", "solve", "straightline")
COLUMNS = (
    "branch_id", "name_zh", "name_en", "unit_type", "members",
    *CATEGORY_COLUMNS, "pct_female", *AGE_COLUMNS, "pct_contract",
    *(f"{column}_{wave}" for column in WAVE_COLUMNS for wave in WAVES),
    *(f"dev_{criterion}" for criterion in CRITERIA),
    "difficulty_rate", "known_rate", "nonresp_slope", "top_needs", "anon_trust",
)  # fmt: skip


class DemoRefused(Exception):  # noqa: N818 - the house names errors by plain words
    """The demo cannot be made; the message is a sentence for the person at the terminal."""


class FaultyUniversity(DemoRefused):
    """The table cannot be used; `sentences` name row and column of every fault."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


@dataclass(frozen=True, slots=True)
class BranchInWave:
    """What is true of a branch in one wave; shares are 0..1, the effect is in standard deviations of the latent scale."""

    response_rate: float
    effect: float
    proactive: float
    solve: float
    straight_lining: float


@dataclass(frozen=True, slots=True)
class Branch:
    id: str
    name_zh: str
    name_en: str
    unit_type: str
    members: int
    category_percents: tuple[float, ...]
    age_percents: tuple[float, ...]
    female_percent: float
    contract_percent: float
    waves: Mapping[str, BranchInWave]
    deviations: tuple[float, ...]
    difficulty_rate: float
    known_rate: float
    nonresponse_slope: float
    top_needs: tuple[str, ...]
    anonymity_trust: float

    @property
    def retired(self) -> bool:
        return self.unit_type == "retired"


@dataclass(frozen=True, slots=True)
class University:
    branches: tuple[Branch, ...]

    @property
    def members(self) -> int:
        return sum(branch.members for branch in self.branches)


def read_university(path: Path) -> University:
    """The university of a CSV file (UTF-8). Raises FaultyUniversity with a sentence per fault."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise FaultyUniversity([f"The file {path} cannot be read: {fault.strerror}."]) from fault
    except UnicodeDecodeError as fault:
        raise FaultyUniversity([f"The file {path.name} is not UTF-8 text (byte {fault.start + 1})."]) from fault
    return university_of(text, path.name)


def university_of(text: str, source: str) -> University:
    if not text.strip():
        raise FaultyUniversity([f"The file {source} is empty."])
    try:
        table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        absent = [column for column in COLUMNS if column not in (table.fieldnames or ())]
        if absent:
            raise FaultyUniversity([f"The file {source} lacks the column {column}." for column in absent])
        rows = list(table)
    except csv.Error as fault:
        raise FaultyUniversity([f"The file {source} is not a CSV table: {fault}."]) from fault
    if not rows:
        raise FaultyUniversity([f"The file {source} has a heading but no branch."])
    faults: list[str] = []
    branches = tuple(_branch(_Row(number, row, faults)) for number, row in enumerate(rows, start=2))
    faults += [f"Row {number}: more cells than columns." for number, row in enumerate(rows, start=2) if None in row]
    faults += _repeated(branches)
    if not faults:
        faults += _too_small(branches)
    if faults:
        raise FaultyUniversity(faults)
    return University(branches)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row being read. A faulty cell adds its sentence and reads as a harmless value, so that all faults are told at once."""

    number: int
    cells: Mapping[str, str | None]
    faults: list[str]

    def fault(self, column: str, sentence: str) -> None:
        self.faults.append(f"Row {self.number}, column {column}: {sentence}")

    def text(self, column: str) -> str:
        value = (self.cells[column] or "").strip()
        if not value:
            self.fault(column, "nothing is written here.")
        return value

    def word(self, column: str, known: Iterable[str]) -> str:
        value = self.text(column)
        if value and value not in known:
            self.fault(column, f"“{value[:40]}” is unknown; it must be one of {', '.join(known)}.")
        return value

    def number_between(self, column: str, low: float, high: float) -> float:
        written = (self.cells[column] or "").strip()
        try:
            value = float(written)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            self.fault(column, f"“{written[:40]}” is not a number from {low:g} to {high:g}.")
            return low
        return value

    def share(self, column: str) -> float:
        return self.number_between(column, 0, 1)

    def percents(self, columns: tuple[str, ...]) -> tuple[float, ...]:
        before = len(self.faults)
        values = tuple(self.number_between(column, 0, 100) for column in columns)
        if len(self.faults) == before and abs(sum(values) - 100) > 0.01:
            self.fault(f"{columns[0]} to {columns[-1]}", f"the percentages sum to {sum(values):g}, not to 100.")
        return values


def _branch(row: _Row) -> Branch:
    return Branch(
        id=_branch_id(row),
        name_zh=row.text("name_zh"),
        name_en=row.text("name_en"),
        unit_type=row.word("unit_type", UNIT_TYPES),
        members=_members(row),
        category_percents=row.percents(CATEGORY_COLUMNS),
        age_percents=row.percents(AGE_COLUMNS),
        female_percent=row.number_between("pct_female", 0, 100),
        contract_percent=row.number_between("pct_contract", 0, 100),
        waves={wave: _in_wave(row, wave) for wave in WAVES},
        deviations=tuple(row.number_between(f"dev_{criterion}", -5, 5) for criterion in CRITERIA),
        difficulty_rate=row.share("difficulty_rate"),
        known_rate=row.share("known_rate"),
        nonresponse_slope=row.number_between("nonresp_slope", -2, 2),
        top_needs=_top_needs(row),
        anonymity_trust=row.share("anon_trust"),
    )


def _in_wave(row: _Row, wave: str) -> BranchInWave:
    return BranchInWave(
        response_rate=row.share(f"rr_{wave}"),
        effect=row.number_between(f"eff_{wave}", -5, 5),
        proactive=row.share(f"proactive_{wave}"),
        solve=row.share(f"solve_{wave}"),
        straight_lining=row.share(f"straightline_{wave}"),
    )


def _branch_id(row: _Row) -> str:
    value = row.text("branch_id")
    if value and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,15}", value):
        row.fault("branch_id", f"“{value[:40]}” must be 1 to 16 letters, digits or hyphens.")
    return value


def _members(row: _Row) -> int:
    value = row.number_between("members", 1, LARGEST_BRANCH)
    if value != int(value):
        row.fault("members", f"“{value:g}” is not a whole number.")
    return int(value)


def _top_needs(row: _Row) -> tuple[str, ...]:
    value = row.text("top_needs")
    needs = tuple(value.split("|"))
    for need in (need for need in needs if value and need not in NEEDS):
        row.fault("top_needs", f"“{need[:40]}” is unknown; it must be one of {', '.join(NEEDS)}.")
    if value and (len(needs) != 3 or len(set(needs)) != 3):
        row.fault("top_needs", "three different needs are wanted, with | between them.")
    return needs


def _repeated(branches: tuple[Branch, ...]) -> list[str]:
    keys: tuple[tuple[str, Callable[[Branch], str]], ...] = (
        ("branch_id", lambda branch: branch.id.casefold()),
        ("name_zh", lambda branch: branch.name_zh),
    )
    sentences = []
    for column, key in keys:
        first_row: dict[str, int] = {}
        for number, branch in enumerate(branches, start=2):
            earlier = first_row.setdefault(key(branch), number)
            if earlier != number and key(branch):
                sentences.append(f"Row {number}, column {column}: “{key(branch)}” stands already in row {earlier}.")
    return sentences


def _too_small(branches: tuple[Branch, ...]) -> list[str]:
    in_service = sum(branch.members for branch in branches if not branch.retired)
    retired = sum(branch.members for branch in branches if branch.retired)
    sentences = []
    if in_service < SMALLEST_UNIVERSITY:
        sentences.append(f"The in-service branches have {in_service} members together; at least 10 are needed.")
    if 0 < retired < SMALLEST_UNIVERSITY:
        sentences.append(f"The retired branches have {retired} members together; at least 10 are needed, or none.")
    return sentences
