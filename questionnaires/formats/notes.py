"""What a conversion has to say: what was not carried over, and why a file cannot be read at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Text


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was not carried, or was filled in. `place` is a sheet and row, a key, a line, or an item's id."""

    place: str
    text: Text

    def __str__(self) -> str:
        return f"{self.place}: {self.text.in_language('en')}" if self.place else self.text.in_language("en")


def note(place: str, zh: str, en: str) -> Note:
    """A note in both languages."""
    return Note(place, Text(zh, en))


_PLACES_NAMED = 3


def gathered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The same words about many places become one note that names the first few and counts the rest."""
    places: dict[Text, list[str]] = {}
    for one in notes:
        places.setdefault(one.text, []).append(one.place)
    return tuple(Note(_named(list(dict.fromkeys(where))), text) for text, where in places.items())


def _named(places: list[str]) -> str:
    rest = len(places) - _PLACES_NAMED
    return "; ".join(places) if rest <= 0 else f"{'; '.join(places[:_PLACES_NAMED])} … (+{rest})"


@dataclass(frozen=True, slots=True)
class Imported:
    """A whole questionnaire and everything of the file that did not come with it."""

    questionnaire: Questionnaire
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """A file and everything of the questionnaire that other programs will not find in it."""

    data: bytes
    notes: tuple[Note, ...] = ()


class UnreadableFile(ValueError):  # noqa: N818 - errors are plain nouns
    """Why nothing of a file was taken over, place by place."""

    def __init__(self, *notes: Note) -> None:
        self.notes = notes
        super().__init__("\n".join(map(str, notes)))


def unreadable(place: str, zh: str, en: str) -> UnreadableFile:
    """The refusal of a file for one reason at one place."""
    return UnreadableFile(note(place, zh, en))
