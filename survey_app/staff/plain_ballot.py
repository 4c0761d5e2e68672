"""The ballot of a plain form: its random numbers travel in hidden fields, so that sending twice is one ballot."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from questionnaires.answers import encoded
from survey_app.services.casting import Comment, OpenUnit, SlipCode, Submission

if TYPE_CHECKING:
    from questionnaires.questionnaire import Questionnaire
    from survey_app.services.designing import FrozenPoll
    from survey_app.staff.fields import Form
    from survey_app.staff.questions import Sheet

RANDOM_BYTES = 32


def openers_in(questionnaire: Questionnaire, form: Form) -> dict[str, str]:
    """Nonce, opener, and one opener for each text item, as hexadecimal: those that came, else drawn now."""
    names = ["nonce", "opener", *(f"opener.{item.id}" for item in questionnaire.items if item.kind == "text")]
    return {name: _hexadecimal(form.get(name, "")) for name in names}


def submission_of(poll: FrozenPoll, sheet: Sheet, form: Form, credential: SlipCode | OpenUnit) -> Submission:
    """Raises InvalidAnswers when something on the path is missing or wrong."""
    random = {name: bytes.fromhex(value) for name, value in openers_in(poll.questionnaire, form).items()}
    texts = [
        (one, sheet.kept[one])
        for one in sheet.asked
        if poll.questionnaire.item(one).kind == "text" and one in sheet.kept
    ]
    return Submission(
        poll_id=poll.poll_id,
        nonce=random["nonce"],
        opener=random["opener"],
        answers=encoded(poll.questionnaire, sheet.given, sheet.facts),
        comments=tuple(Comment(item, str(text), random[f"opener.{item}"]) for item, text in texts),
        credential=credential,
    )


def _hexadecimal(text: str) -> str:
    good = len(text) == 2 * RANDOM_BYTES and text.isascii() and all(letter in "0123456789abcdef" for letter in text)
    return text if good else secrets.token_hex(RANDOM_BYTES)
