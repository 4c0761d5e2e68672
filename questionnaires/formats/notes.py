"""What a conversion has to say: what was not carried over, and why a file cannot be read at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Text

_PLACES_NAMED = 3


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was not carried, or was filled in. `place` is a sheet and row, a key, a line, or an item's id.

    `also`: further places of which the same is to be said.
    """

    place: str
    text: Text
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        named, rest = self.places_named()
        where = ", ".join(named) + (f" and {rest} more" if rest else "")
        return f"{where}: {self.text.in_language('en')}" if where else self.text.in_language("en")

    def places_named(self) -> tuple[tuple[str, ...], int]:
        """The first places and how many more there are."""
        places = tuple(one for one in (self.place, *self.also) if one)
        return places[:_PLACES_NAMED], max(0, len(places) - _PLACES_NAMED)


def note(place: str, zh: str, en: str) -> Note:
    """A note in both languages."""
    return Note(place, Text(zh, en))


def gathered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The same words about many places become one note."""
    places: dict[Text, list[str]] = {}
    for one in notes:
        places.setdefault(one.text, []).append(one.place)
    once = {text: list(dict.fromkeys(where)) for text, where in places.items()}
    return tuple(Note(where[0], text, tuple(where[1:])) for text, where in once.items())


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
