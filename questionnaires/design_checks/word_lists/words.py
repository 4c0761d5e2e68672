"""What a word list is: patterns for one language, and the passages that only look like them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from re import Pattern

_LATIN_BEFORE = re.compile(r"[A-Za-z'’-]*$")
_LATIN_AFTER = re.compile(r"[A-Za-z'’-]*")


@dataclass(frozen=True, slots=True, eq=False)  # a list is a key by itself
class Words:
    """What to look for in one language. Suspect words are sought in a wording whose innocent passages are blanked out."""

    suspect: Pattern[str]
    innocent: Pattern[str] | None = None

    def found(self, wording: str) -> str | None:
        """The first suspect passage, in whole words, or None."""
        return _found(self, wording)


@lru_cache(maxsize=20_000)  # from one state of a draft to the next nearly all wordings stay
def _found(words: Words, wording: str) -> str | None:
    searched = wording
    if words.innocent:
        searched = words.innocent.sub(lambda passage: "□" * len(passage[0]), wording)
    match = words.suspect.search(searched)
    return _whole_words(wording, *match.span()) if match else None


def _whole_words(wording: str, start: int, end: int) -> str:
    """A quotation begins and ends with a word, not within one."""
    if re.match(r"[A-Za-z]", wording[start:]):
        start -= len(_LATIN_BEFORE.search(wording[:start])[0])  # type: ignore[index]
    if re.search(r"[A-Za-z]$", wording[:end]):
        end += len(_LATIN_AFTER.match(wording[end:])[0])  # type: ignore[index]
    return wording[start:end].strip(" ，。,.")


def words(*suspect: str, innocent: str | None = None) -> Words:
    """A list of any of these patterns; case does not count."""
    return Words(
        re.compile("|".join(suspect), re.IGNORECASE), re.compile(innocent, re.IGNORECASE) if innocent else None
    )


def one_of(listed: str) -> str:
    """A pattern for any of the words in a list parted by spaces; an underscore stands for a space within one."""
    return "(" + "|".join(word.replace("_", " ") for word in listed.split()) + ")"
