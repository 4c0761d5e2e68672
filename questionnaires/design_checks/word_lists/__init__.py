"""Words that make a wording suspect, for each language. Open to everyone's reading: a finding quotes what it matched."""

from __future__ import annotations

from questionnaires.design_checks.word_lists.clarity import (
    DOUBLE_BARRELLED,
    DOUBLE_NEGATION,
    NEGATION,
    TWO_ASPECTS,
    VAGUE,
)
from questionnaires.design_checks.word_lists.jargon import ABBREVIATION, ABBREVIATIONS_KNOWN, JARGON
from questionnaires.design_checks.word_lists.privacy import IDENTITY, PERSONAL, SENSITIVE
from questionnaires.design_checks.word_lists.tone import ABSOLUTE, LEADING, LOADED, PRESUPPOSES
from questionnaires.design_checks.word_lists.words import Words

__all__ = [
    "ABBREVIATION",
    "ABBREVIATIONS_KNOWN",
    "ABSOLUTE",
    "DOUBLE_BARRELLED",
    "DOUBLE_NEGATION",
    "IDENTITY",
    "JARGON",
    "LEADING",
    "LOADED",
    "NEGATION",
    "PERSONAL",
    "PRESUPPOSES",
    "SENSITIVE",
    "TWO_ASPECTS",
    "VAGUE",
    "Words",
]
