"""Both languages. Message ids are the Chinese texts; each package keeps its English catalogue `*en.po` beside its code."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy
from flask import Flask, current_app, g, has_request_context, request, session

PACKAGES = Path(__file__).parent.parent
DESKS = ("/officers", "/leadership", "/account")


@cache
def catalogue(language: str, package: str) -> NullTranslations:
    """The translations for pages of one package, read from the .po files at first use: no compile step.

    The same Chinese words may want other English at another door: a package's own catalogue comes first, then web's.
    """
    if language == "zh":
        return NullTranslations()
    merged = Catalog(locale=language)
    others = {path.parent.name for path in PACKAGES.glob(f"*/*{language}.po")} - {package, "web"}
    paths = [
        path for name in (*sorted(others), "web", package) for path in sorted((PACKAGES / name).glob(f"*{language}.po"))
    ]
    for path in paths:
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string:
                    merged.delete(message.id, message.context)
                    merged.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return GNUTranslations(compiled)


def language() -> str:
    """The language of the page being made: "zh" or "en"."""
    return str(g.get("language", "zh")) if has_request_context() else "zh"


def offered() -> tuple[str, ...]:
    """The languages of this installation, Chinese first."""
    languages: tuple[str, ...] = current_app.config["LANGUAGES"]
    return languages


def speak(chosen: str, package: str | None = None) -> None:
    """Make the rest of this request in `chosen`; what is not offered is Chinese.

    `package`: whose words to use, when a page of another door is made; the request's own by default.
    """
    g.pop("spoken", None)
    g.language = chosen if chosen in offered() else "zh"
    if package is not None:
        g.speaking_package = package


def _spoken() -> NullTranslations:
    """The translations of this request: looked up once, for a page asks for hundreds of texts."""
    if has_request_context() and "spoken" in g:
        return cast("NullTranslations", g.spoken)
    package = g.get("speaking_package", request.blueprint) if has_request_context() else None
    found = catalogue(language(), package or "web")
    if has_request_context():
        g.spoken = found
    return found


def gettext(message: str, **values: Any) -> str:
    text = _spoken().gettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, n: int, **values: Any) -> str:
    """`singular` and `plural` are the same Chinese text; English tells them apart."""
    return _spoken().ngettext(singular, plural, n) % {"num": n, "n": n, **values}


def lazy_gettext(message: str) -> Any:
    """A text looked up when it is shown: for form labels made at import."""
    return LazyProxy(gettext, message, enable_cache=False)


def _choose() -> None:
    asked = request.args.get("lang", "") if request.query_string else ""
    if request.path.startswith(DESKS):
        if asked in offered():
            session["lang"] = asked
        speak(str(session.get("lang", "zh")))
    else:
        speak(asked)


def init_app(app: Flask, languages: tuple[str, ...]) -> None:
    app.config["LANGUAGES"] = languages
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.globals["language"] = language
    app.jinja_env.globals["bilingual"] = lambda: len(offered()) > 1
    app.before_request(_choose)
