"""Answers: their path, their faults, their form at rest, and the compiled check. The public face of four modules."""

from __future__ import annotations

from questionnaires.answer_check import Check, check_answers
from questionnaires.answer_codes import decoded, encoded
from questionnaires.answer_path import faults, offered_choices, offered_rows, on_path, path
from questionnaires.answer_values import Answer, Answers, BestWorst, Fault, FaultKind, InvalidAnswers
from questionnaires.cleaning import Refused, clean_text

__all__ = [
    "Answer",
    "Answers",
    "BestWorst",
    "Check",
    "Fault",
    "FaultKind",
    "InvalidAnswers",
    "Refused",
    "check_answers",
    "clean_text",
    "decoded",
    "encoded",
    "faults",
    "offered_choices",
    "offered_rows",
    "on_path",
    "path",
]
