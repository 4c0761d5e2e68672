"""Answers in their natural form, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

FaultKind = Literal[
    "missing",
    "foreign",
    "malformed",
    "too_many",
    "exclusive",
    "duplicate",
    "too_long",
    "bad_characters",
    "not_a_number",
    "not_a_date",
    "out_of_range",
    "off_path",
    "not_json",
    "wrong_length",
    "not_canonical",
]


@dataclass(frozen=True, slots=True)
class BestWorst:
    """`design` is the version drawn; one (best, worst) pair of choice ids per screen, None where left blank."""

    design: int
    screens: tuple[tuple[str | None, str | None], ...]


Answer = str | int | date | tuple[str, ...] | Mapping[str, str] | BestWorst
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one answer. The door words it. `item` is a column name or "" where no item can be named."""

    item: str
    row: str | None
    kind: FaultKind


class InvalidAnswers(ValueError):  # noqa: N818 - errors are plain nouns
    """Answers that cannot be stored. `faults` says why; the message never repeats what was sent."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{fault.item or 'answers'}: {fault.kind}" for fault in faults))

    @property
    def fault(self) -> Fault:
        return self.faults[0]
