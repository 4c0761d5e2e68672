"""Every text that a person sees exists in both languages."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file, extract_python
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

TOP = Path(__file__).parents[2] / "survey_app"
PACKAGES = sorted(path.name for path in TOP.iterdir() if (path / "__init__.py").exists())
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "_l": None}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OPTIONS = {"extensions": "jinja2.ext.i18n", "trimmed": "false"}


def translated(package: str) -> dict[str, object]:
    found = {}
    for path in (*TOP.glob(f"{package}/*en.po"), *TOP.glob("web/*en.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                for each in ids:
                    found[each] = message.string
    return found


def messages(package: str) -> set[str]:
    found: set[str] = set()

    def add(message: object) -> None:
        for each in message if isinstance(message, tuple) else (message,):
            if isinstance(each, str) and CHINESE.search(each):
                found.add(each)

    for path in (TOP / package).rglob("*.py"):
        for _line, message, *_rest in extract_from_file(extract_python, str(path), keywords=KEYWORDS):
            add(message)
    for path in (TOP / package).rglob("templates/**/*.html"):
        with path.open("rb") as file:
            for _line, _function, message, _comments in babel_extract(file, ("_", "gettext", "ngettext"), [], OPTIONS):
                add(message)
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_every_text_of_a_package_has_an_english_translation(package: str) -> None:
    known = translated(package)
    missing = sorted(message for message in messages(package) if not known.get(message))
    assert not missing, f"add to survey_app/{package}/en.po: {missing}"


@pytest.mark.parametrize("package", PACKAGES)
def test_no_template_holds_chinese_outside_gettext(package: str) -> None:
    strays = []
    for path in (TOP / package).rglob("templates/**/*.html"):
        text = re.sub(
            r"\{\{.*?\}\}|\{#.*?#\}|\{%-?\s*trans.*?endtrans\s*-?%\}|\{%.*?%\}",
            "",
            path.read_text("utf-8"),
            flags=re.DOTALL,
        )
        strays += [f"{path.relative_to(TOP)}: {line.strip()}" for line in text.splitlines() if CHINESE.search(line)]
    assert not strays, "wrap in _('...'):\n" + "\n".join(strays)


@pytest.mark.parametrize("package", PACKAGES)
def test_placeholders_of_a_translation_match_its_original(package: str) -> None:
    pattern = re.compile(r"%\((\w+)\)s|%\((\w+)\)d")
    for original, english in translated(package).items():
        if isinstance(english, str) and isinstance(original, str):
            assert set(pattern.findall(original)) == set(pattern.findall(english)), original


def test_scripts_hold_no_text_of_their_own() -> None:
    strays = [
        f"{path.relative_to(TOP)}: {line.strip()}"
        for path in TOP.glob("*/static/**/*.js")
        for line in path.read_text("utf-8").splitlines()
        if CHINESE.search(line.split("//")[0])
    ]
    assert not strays, "texts come from the page, in its language:\n" + "\n".join(strays)
