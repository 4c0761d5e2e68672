"""How the staff door looks and speaks: one style sheet, one script, and its own words for values."""

import gzip
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Blueprint

from survey_app.web.assets import ASSETS, Asset, joined_script
from survey_app.web.formats import day
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language

SHEETS = ("tokens.css", "base.css", "staff/answer.css")
# In order of use: each imports only from those before it.
MODULES = tuple(
    f"staff/{name}.js"
    for name in (
        *("elements", "paths", "drawing", "answers", "questions", "tapping", "draft", "sending", "receipt"),
        *("visit", "faults", "check", "sections", "submitting", "starting", "answer"),
    )
)
# The same for what only a poll by ticket needs, fetched once the browser is known to have BigInt.
TICKET_MODULES = tuple(f"staff/{name}.js" for name in ("hashes", "letters", "manifest", "booklet", "held"))
# The same for the page that looks a receipt up.
FINDING_MODULES = ("staff/receipt.js", "staff/checking.js")
LONG_TITLE, LONG_CHINESE_TITLE = 80, 36
MARK_DATA = quote(
    (Path(__file__).parent.parent / "web" / "static" / "mark.svg").read_text("utf-8").strip(), safe=" /:=#'"
).replace("#", "%23")


def say(text: Any) -> str:
    """A Text in the language of the page."""
    return str(text.in_language(language()))


def broken(label: str) -> list[str]:
    """A Chinese scale label in the lines of a narrow cell: 非常满意 -> 非常, 满意; 不了解／不适用 -> 不了解, 不适用."""
    for mark in "／，":
        if mark in label:
            return label.split(mark)
    if len(label) < 4 or label.isascii():
        return [label]
    return [label[:2], label[2:]]


def is_long(title: str) -> bool:
    """A title that would fill a phone's first screen: set smaller, and broken wherever a line ends."""
    return len(title) > (LONG_TITLE if title.isascii() else LONG_CHINESE_TITLE)


def phrases(title: str) -> list[str]:
    """Where a Chinese title may turn to a new line: after a mark, before 与, 和, 及; never inside a word."""
    if title.isascii() or is_long(title):
        return [title]
    return [part for part in re.split(r"(?<=[，、：；])|(?<!参)(?=[与和及])", title) if part]


def short_label(item: Any) -> str:
    """What an item is called on the check-answers page."""
    return say(item.label).rstrip("：:。.")


def minutes(value: float) -> str:
    if value < 1:
        return _("半分钟")
    return _("%(n)s 分钟") % {"n": round(value)} if round(value) > 1 else _("1 分钟")


def later_day(value: date, reference: date) -> str:
    """A day seen from another: 1月15日, 明年1月15日, 2029年12月31日."""
    if value.year == reference.year:
        return day(value)
    if language() == "zh" and value.year == reference.year + 1:
        return _("明年%(day)s") % {"day": day(value)}
    return day(value, year=True)


def mark_data() -> str:
    """The mark as a data address: an icon that costs no request."""
    return MARK_DATA


def joined_sheet() -> Asset:
    """The staff pages' three style sheets as one, without comments and blanks: the first paint waits for it."""
    plain = b"\n".join(ASSETS[name].plain for name in SHEETS)
    plain = re.sub(rb"/\*.*?\*/", b"", plain, flags=re.DOTALL)
    plain = re.sub(rb"\s*([{};,])\s*|(?<=:)\s+", rb"\1", plain)
    return Asset(plain, gzip.compress(plain, 9, mtime=0), "text/css; charset=utf-8")


def init(blueprint: Blueprint) -> None:
    ASSETS["staff/page.css"] = joined_sheet()
    ASSETS["staff/page.js"] = joined_script(MODULES)
    ASSETS["staff/tickets.js"] = joined_script(TICKET_MODULES)
    ASSETS["staff/finding.js"] = joined_script(FINDING_MODULES)
    for name, function in (
        ("say", say),
        ("broken", broken),
        ("phrases", phrases),
        ("is_long", is_long),
        ("short_label", short_label),
        ("minutes", minutes),
        ("later_day", later_day),
    ):
        blueprint.add_app_template_filter(function, name)
    blueprint.add_app_template_global(mark_data, "mark_data")
