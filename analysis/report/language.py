"""The languages of reports: message ids are the Chinese texts, the English stands in en.po beside this file."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

Speech = Callable[..., str]


@cache
def speech(language: str) -> Speech:
    """A gettext of one language: `_("%(n)s 人", n=3)`. A text without a translation stays Chinese."""
    known = {} if language == "zh" else _catalogue(language)

    def spoken(message: str, **values: Any) -> str:
        text = known.get(message, message)
        return text % values if values else text

    return spoken


def _catalogue(language: str) -> dict[str, str]:
    path = Path(__file__).parent / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file, locale=language) if each.id and each.string}
