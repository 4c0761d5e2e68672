"""How answers become scores: the library's criteria, weights, bands and flags, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from questionnaires.document_record import Record
from questionnaires.document_tree import Ledger, yaml_tree


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the six criteria (or four rights): its items as `questionnaire.item`, and its weight in the composite.

    A respondent's score is the mean of their answered items, at least `min_items` of them.
    """

    id: str
    items: tuple[str, ...]
    min_items: int
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """Part of one of the three questions. `credit` gives what each choice counts in a share (others: not in the base)."""

    id: str
    kind: str
    items: tuple[str, ...]
    weight: float
    credit: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class MissionQuestion:
    id: str
    weight: float
    components: tuple[Component, ...]
    shrink_to_university: int | None = None


@dataclass(frozen=True, slots=True)
class OfficialRate:
    item: str
    satisfied: tuple[str, ...]
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficerScoring:
    conduct: tuple[str, ...]
    effect: tuple[str, ...]
    grade: str
    minimum_share_of_members: float


@dataclass(frozen=True, slots=True)
class Scoring:
    """`bands` and `flags` stay as written: they are thresholds by name, read by the assessment alone."""

    version: int
    item_score: str
    missing: tuple[str, ...]
    minimum: Mapping[str, int]
    criteria: tuple[Criterion, ...]
    rights: tuple[Criterion, ...]
    three_questions: tuple[MissionQuestion, ...]
    composite: Mapping[str, Mapping[str, float]]
    official_rate: OfficialRate
    bands: Mapping[str, Mapping[str, Any]]
    flags: Mapping[str, Mapping[str, Any]]
    officer: OfficerScoring


@cache
def scoring() -> Scoring:
    """The library's scoring."""
    file = Path(__file__).parent / "library" / "scoring.yaml"
    return read_scoring(file.read_text("utf-8"), file.name)


def scoring_document() -> dict[str, Any]:
    """The library's scoring as a document: what its YAML holds, ready to be frozen with a poll and read again."""
    file = Path(__file__).parent / "library" / "scoring.yaml"
    found: dict[str, Any] = yaml_tree(file.read_text("utf-8"), Ledger(file.name))
    return found


def read_scoring(text: str, source: str = "") -> Scoring:
    """Scoring from YAML; raises DocumentFaults."""
    ledger = Ledger(source)
    record = Record(yaml_tree(text, ledger), "", (), ledger)
    found = Scoring(
        version=record.whole("version", 1, 1, required=True) or 0,
        item_score=record.word("item_score", required=True) or "",
        missing=record.words("missing"),
        minimum=_frozen(record, "minimum"),
        criteria=_criteria(record, "criteria"),
        rights=_criteria(record, "rights"),
        three_questions=tuple(_question(name, part) for name, part in record.entries("three_questions")),
        composite=_frozen(record, "composite"),
        official_rate=_official_rate(record),
        bands=_frozen(record, "bands"),
        flags=_frozen(record, "flags"),
        officer=_officer(record),
    )
    record.close()
    ledger.stop_if_faulty()
    return found


def _frozen(record: Record, key: str) -> Mapping[str, Any]:
    written = record.raw(key)
    if not isinstance(written, dict):
        record.fault(key, "A mapping is wanted here.")
        return {}
    return _read_only(written)


def _read_only(written: dict[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType({k: _read_only(v) if isinstance(v, dict) else v for k, v in written.items()})


def _number(record: Record, key: str) -> float:
    value = record.raw(key)
    if type(value) not in {int, float} or not 0 <= value <= 1:
        record.fault(key, "A number from 0 to 1 is wanted here.")
        return 0.0
    return float(value)


def _criteria(record: Record, key: str) -> tuple[Criterion, ...]:
    group = record.record(key)
    if group is None:
        record.fault(key, "This is missing.")
        return ()
    least = group.whole("min_items", 1, 10, required=True) or 1
    found = []
    for name in group.keys():  # noqa: SIM118 - a Record is no dict
        part = group.record(name) if name != "min_items" else None
        if part is not None:
            weight = _number(part, "weight") if "weight" in part else None
            found.append(Criterion(name, part.words("items"), least, weight))
            part.close()
    group.close()
    return tuple(found)


def _question(name: str, record: Record) -> MissionQuestion:
    components = tuple(_component(part) for part in record.records("components"))
    question = MissionQuestion(
        name, _number(record, "weight"), components, record.whole("shrink_to_university", 1, 1000)
    )
    record.close()
    return question


def _component(record: Record) -> Component:
    name = record.word("id", required=True) or ""
    kind = record.one_of("kind", ("mean_item_score", "share", "mean_of_item_means"))
    credit = _frozen(record, "credit") if "credit" in record else MappingProxyType({})
    component = Component(name, kind, record.words("items"), _number(record, "weight"), credit)
    record.close()
    return component


def _official_rate(record: Record) -> OfficialRate:
    part = record.record("official_rate")
    if part is None:
        record.fault("official_rate", "This is missing.")
        return OfficialRate("", (), ())
    rate = OfficialRate(part.word("item", required=True) or "", part.words("satisfied"), part.words("of"))
    part.close()
    return rate


def _officer(record: Record) -> OfficerScoring:
    part = record.record("officer")
    if part is None:
        record.fault("officer", "This is missing.")
        return OfficerScoring((), (), "", 0.0)
    share = _number(part, "minimum_share_of_members")
    found = OfficerScoring(part.words("conduct"), part.words("effect"), part.word("grade", required=True) or "", share)
    part.close()
    return found
