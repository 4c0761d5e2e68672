"""Every text of a report exists in both languages, with the same places for its values."""

import re
from pathlib import Path

from babel.messages.extract import extract_from_file, extract_python
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parents[3] / "analysis" / "report"
PLACES = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


def english() -> dict[str, str]:
    with (PACKAGE / "en.po").open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file, locale="en") if each.id}


def texts() -> set[str]:
    return {
        str(message)
        for path in PACKAGE.glob("*.py")
        for _line, message, *_rest in extract_from_file(extract_python, str(path), keywords={"_": None})
    }


def test_every_text_has_its_english_and_no_english_is_left_over() -> None:
    assert texts() == {message for message, translated in english().items() if translated}


def test_places_for_values_are_the_same_in_both_languages() -> None:
    for chinese, translated in english().items():
        assert set(PLACES.findall(chinese)) == set(PLACES.findall(translated)), chinese
