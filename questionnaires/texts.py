"""Texts in Chinese and English. Chinese is always there; English may be absent and then Chinese shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]

# PostgreSQL stores no NUL, UTF-8 no lone surrogate, and no one types the other control characters.
BAD_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

PLACEHOLDER = re.compile(r"\{\{([a-z][a-z0-9_]*)\}\}")


@dataclass(frozen=True, slots=True)
class Text:
    """One respondent-facing text."""

    zh: str
    en: str | None = None

    def in_language(self, language: str) -> str:
        return self.en if language == "en" and self.en is not None else self.zh

    @property
    def placeholders(self) -> frozenset[str]:
        """Names still standing in double braces, in either language."""
        return frozenset(PLACEHOLDER.findall(self.zh) + PLACEHOLDER.findall(self.en or ""))

    def filled(self, values: Mapping[str, str]) -> Text:
        """The text with the known placeholders replaced; what a value says is never read as a placeholder again."""

        def put_in(text: str) -> str:
            return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)

        return Text(put_in(self.zh), None if self.en is None else put_in(self.en))
