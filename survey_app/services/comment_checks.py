"""Comments: checked against the path, kept apart from the ballot they came with."""

from dataclasses import dataclass
from typing import Any

from questionnaires.answers import Fault, InvalidAnswers, Refused, clean_text, decoded, path
from questionnaires.items import TextItem
from survey_app.ballots import receipts
from survey_app.services.poll_facts import FrozenPoll
from survey_app.store.ballot_box import LARGEST_COMMENT

Values = dict[str, Any]  # one row to store, by column name


@dataclass(frozen=True, slots=True)
class Comment:
    """Free text on one item, with 32 random bytes of its own."""

    item: str
    text: str
    opener: bytes


def comment_rows(poll: FrozenPoll, unit_id: str, answers: bytes, comments: tuple[Comment, ...]) -> list[Values]:
    """Rows to store, in the order of their random keys; blank comments are dropped. Raises InvalidAnswers.

    `answers` must have passed the answer check: whether a text item was on the path is read from them.
    """
    if not comments:
        return []
    questionnaire = poll.questionnaire
    shown = set(path(questionnaire, decoded(questionnaire, answers), poll.facts(unit_id)))
    rows: dict[str, Values] = {}
    for one in comments:
        item = questionnaire.item(one.item) if one.item in questionnaire else None
        if not isinstance(item, TextItem):
            raise InvalidAnswers(Fault("", None, "foreign"))
        if one.item not in shown:
            raise InvalidAnswers(Fault(one.item, None, "off_path"))
        if one.item in rows:
            raise InvalidAnswers(Fault(one.item, None, "duplicate"))
        text = _clean(one, item)
        if text is not None:
            rows[one.item] = {
                "poll_id": poll.poll_id,
                "receipt": receipts.comment_receipt(one.opener, poll.encoded_id, unit_id, one.item, text),
                "unit_id": unit_id,
                "item": one.item,
                "text": text,
                "opener": one.opener,
            }
    return sorted(rows.values(), key=lambda row: row["receipt"])


def _clean(comment: Comment, item: TextItem) -> str | None:
    try:
        return clean_text(comment.text, min(item.max_length, LARGEST_COMMENT))
    except Refused as refused:
        raise InvalidAnswers(Fault(item.id, None, refused.kind)) from None
