"""The answering page for other doors to show: staff's door puts its renderer here, and none imports another."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from flask.sansio.app import App

    from survey_app.services.poll_facts import FrozenPoll

#: The page of a poll in a language ("zh" or "en"), with the address of the same page in the other one.
AnsweringPage = Callable[["FrozenPoll", str, str], bytes]

_SLOT = "answering_page"


def offer(app: "App", page: AnsweringPage) -> None:
    app.extensions[_SLOT] = page


def answering_page() -> AnsweringPage | None:
    """What staff's door offers; None in an app without that door."""
    return cast("AnsweringPage | None", current_app.extensions.get(_SLOT))
