"""Both languages. Message ids are the Chinese texts; each package keeps its English catalogue `*en.po` beside its code."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy
from flask import Flask, g, has_request_context, request, session

PACKAGES = Path(__file__).parent.parent
DESKS = ("/officers", "/leadership")


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations of one language, read from the .po files at first use: no compile step."""
    if language == "zh":
        return NullTranslations()
    merged = Catalog(locale=language)
    for path in sorted(PACKAGES.glob(f"*/*{language}.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string:
                    merged.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return GNUTranslations(compiled)


def language() -> str:
    """The language of the page being made: "zh" or "en"."""
    return str(g.get("language", "zh")) if has_request_context() else "zh"


def speak(chosen: str) -> None:
    """Make the rest of this request in `chosen`; anything unknown is Chinese."""
    g.language = chosen if chosen == "en" else "zh"


def gettext(message: str, **values: Any) -> str:
    text = catalogue(language()).gettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, n: int, **values: Any) -> str:
    """`singular` and `plural` are the same Chinese text; English tells them apart."""
    if language() == "zh":
        text = singular if n == 1 else plural
    else:
        text = catalogue(language()).ngettext(singular, plural, n)
    return text % {"num": n, "n": n, **values}


def lazy_gettext(message: str) -> Any:
    """A text looked up when it is shown: for form labels made at import."""
    return LazyProxy(gettext, message, enable_cache=False)


def _choose() -> None:
    asked = request.args.get("lang", "")
    if request.path.startswith(DESKS):
        if asked in {"zh", "en"}:
            session["lang"] = asked
        speak(str(session.get("lang", "zh")))
    else:
        speak(asked)


def init_app(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.globals["language"] = language
    app.before_request(_choose)
