"""What every page may ask of the running service: its databases, its settings, its calendar day."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from flask import current_app

if TYPE_CHECKING:
    from survey_app.settings import Settings
    from survey_app.store.engines import Stores


@dataclass(frozen=True, slots=True)
class Instance:
    """One running service: settings and the two databases."""

    settings: "Settings"
    stores: "Stores"


def _instance() -> Instance:
    return cast("Instance", current_app.extensions["survey"])


def stores() -> "Stores":
    return _instance().stores


def settings() -> "Settings":
    return _instance().settings


def instance_folder() -> Path:
    return _instance().settings.instance


def today() -> date:
    """The calendar day of this installation's time zone: polls open and close by days, never by hours."""
    fixed = current_app.config.get("TODAY")
    if fixed is not None:
        return cast("date", fixed)
    return datetime.now(ZoneInfo(settings().timezone)).date()


def clock(moment: datetime) -> str:
    """10:42, in the university's time zone."""
    return moment.astimezone(ZoneInfo(settings().timezone)).strftime("%H:%M")
