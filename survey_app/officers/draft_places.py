"""Places of a draft for officers: what each is called, and the address that opens the editor there."""

from typing import Any

from flask import url_for

from questionnaires.names import at_start, with_words
from questionnaires.text_places import owner_names
from questionnaires.texts import Text
from survey_app.officers.door import say
from survey_app.services.drafting import DraftState
from survey_app.services.finding_places import Path
from survey_app.web.languages import gettext as _


def address_of(draft_id: str, path: Path) -> str:
    """The editor, open at this place."""
    return f"{url_for('officers.designer', draft_id=draft_id)}#at={'.'.join(map(str, path))}"


def place_of(state: DraftState, path: Path) -> str:
    """What a place is called: the question or part by its number and words, or the whole."""
    names = owner_names(state.document)
    owner = next((path[:end] for end in (4, 2) if path[:end] in names), ())
    if not owner:
        return _("整份问卷")
    words = _words(state.document, owner)
    return say(at_start(with_words(names[owner], words) if words else names[owner]))


def _words(document: Any, owner: Path) -> Text | None:
    """What the question or part says, if anything is written yet; never more than a draft holds."""
    node = document
    for key in owner:
        node = node[key]
    stem = "" if "items" in owner else "title_"
    zh, en = (node.get(f"{stem}{each}") if isinstance(node, dict) else None for each in ("zh", "en"))
    zh, en = (each.strip() if isinstance(each, str) else "" for each in (zh, en))
    return Text(zh or en, en or None) if zh or en else None
