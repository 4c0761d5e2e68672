"""One mapping of a document, read field by field. Whatever was not asked for is an unknown property."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from questionnaires.document_tree import Ledger
from questionnaires.texts import BAD_CHARACTERS, Text

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_TEXT = 2000


class Record:
    """`place` is what people read (`items.a02.options[3]`), `path` the keys and indexes that lead here."""

    def __init__(self, value: Any, place: str, path: tuple[str | int, ...], ledger: Ledger) -> None:
        self.place = place
        self.path = path
        self.ledger = ledger
        self.is_mapping = isinstance(value, dict)
        self.value = value
        self._value: dict[str, Any] = value if self.is_mapping else {}
        self._asked: set[str] = set()
        if not self.is_mapping:
            ledger.note(place, "A mapping of properties is wanted here.", path)

    def __contains__(self, key: str) -> bool:
        return key in self._value

    def keys(self) -> tuple[str, ...]:
        return tuple(self._value)

    def fault(self, key: str, sentence: str) -> None:
        place = f"{self.place}.{key}" if self.place and key else self.place or key
        self.ledger.note(place, sentence, (*self.path, key) if key else self.path)

    def raw(self, key: str) -> Any:
        self._asked.add(key)
        return self._value.get(key)

    def peek(self, key: str) -> Any:
        """The value as written, without counting the property as known."""
        return self._value.get(key)

    def word(self, key: str, *, required: bool = False) -> str | None:
        value = self.raw(key)
        if value is None:
            if required:
                self.fault(key, "This is missing.")
            return None
        if not isinstance(value, str) or not value.strip():
            self.fault(key, f"A text is wanted here; put it in quotes. Found: {_shown(value)}.")
            return None
        if len(value) > LONGEST_TEXT:
            self.fault(key, f"The text is longer than {LONGEST_TEXT} characters.")
        if BAD_CHARACTERS.search(value):
            self.fault(key, "The text has a control character in it.")
        return value

    def id(self, key: str = "id") -> str:
        """An id, or "" after noting what is wrong with it."""
        value = self.word(key, required=True)
        if value is not None and not _ID.fullmatch(value):
            self.fault(key, "An id is made of a-z, 0-9 and underscore, begins with a letter and has at most 40 signs.")
            return ""
        return value or ""

    def flag(self, key: str, *, default: bool = False) -> bool:
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            self.fault(key, f"true or false is wanted here. Found: {_shown(value)}.")
            return default
        return default if value is None else value

    def whole(self, key: str, low: int, high: int, *, required: bool = False) -> int | None:
        value = self.raw(key)
        if value is None and not required:
            return None
        if type(value) is not int or not low <= value <= high:
            self.fault(key, f"A whole number from {low} to {high} is wanted here. Found: {_shown(value)}.")
            return None
        return value

    def one_of(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if value not in known:
            self.fault(key, f"One of {', '.join(known)} is wanted here. Found: {_shown(value)}.")
            return default or known[0]
        return str(value)

    def words(self, key: str) -> tuple[str, ...]:
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            self.fault(key, "A list of words is wanted here.")
            return ()
        if len(set(value)) < len(value):
            self.fault(key, "A word stands twice in this list.")
        return tuple(value)

    def text(self, key: str = "", *, required: bool = True) -> Text | None:
        """A text in both languages: `zh`/`en`, or `title_zh`/`title_en` for the key `title`. Chinese must be there."""
        zh_key, en_key = (f"{key}_zh", f"{key}_en") if key else ("zh", "en")
        zh, en = self.word(zh_key), self.word(en_key)
        if zh is None:
            if zh_key not in self._value and (required or en is not None):
                self.fault(zh_key, "The Chinese text is missing.")
            return None
        return Text(zh, en)

    def needed_text(self, key: str = "") -> Text:
        return self.text(key) or Text("")

    def record(self, key: str) -> Record | None:
        value = self.raw(key)
        return None if value is None else Record(value, self._below(key), (*self.path, key), self.ledger)

    def records(self, key: str, named: str | None = None) -> Iterator[Record]:
        """The mappings of a list. With `named`, each place is named by its id, as in `items.a02`."""
        value = self.raw(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.fault(key, "A list is wanted here.")
            return
        for index, part in enumerate(value):
            name = part.get("id") if isinstance(part, dict) else None
            place = f"{named}.{name}" if named and isinstance(name, str) else f"{self._below(key)}[{index}]"
            yield Record(part, place, (*self.path, key, index), self.ledger)

    def entries(self, key: str) -> Iterator[tuple[str, Record]]:
        """The named mappings of a mapping."""
        inner = self.record(key)
        if inner is None:
            return
        for name in inner.keys():  # noqa: SIM118 - a Record is no dict
            part = inner.record(name)
            if part is not None:
                yield name, part

    def close(self) -> None:
        """Note every property that nobody asked for."""
        for key in self._value.keys() - self._asked:
            near = get_close_matches(key, self._asked, 1)
            self.fault(key, f"This property is unknown.{f' Is {near[0]!r} meant?' if near else ''}")

    def _below(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key


def _shown(value: Any) -> str:
    return "nothing" if value is None else repr(value)[:60]
