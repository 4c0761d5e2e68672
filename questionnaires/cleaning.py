"""One answer in its natural form, made clean: what is stale is dropped, what is wrong is refused.

Stale is a known choice that is not offered to this respondent (any more); foreign is one the item never had.
Numbers and days may come as the text of a form field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from questionnaires.answer_values import Answer, BestWorst, FaultKind
from questionnaires.items import (
    AnyItem,
    BestWorstItem,
    DateItem,
    Item,
    LikelihoodItem,
    MatrixItem,
    MultiItem,
    NumberItem,
    RankItem,
    RatingItem,
    Row,
    SingleItem,
    TextItem,
)
from questionnaires.scales import Choice
from questionnaires.texts import BAD_CHARACTERS

_WHOLE_NUMBER = re.compile(r"-?\d{1,12}")


class Refused(ValueError):  # noqa: N818 - errors are plain nouns
    def __init__(self, kind: FaultKind, row: str | None = None) -> None:
        self.kind: FaultKind = kind
        self.row = row
        super().__init__(kind)


def cleaned(item: AnyItem, given: object, choices: tuple[Choice, ...], rows: tuple[Row, ...]) -> Answer | None:  # noqa: PLR0911 - one return per kind
    """The answer to keep, None for left blank; raises Refused."""
    if given is None or given in ("", (), []):
        return None
    match item:
        case SingleItem() | RatingItem() | LikelihoodItem():
            return _one(item, given, choices)
        case MultiItem():
            return _several(item, given)
        case MatrixItem():
            return _matrix(item, given, rows)
        case RankItem():
            return _ranked(item, given)
        case BestWorstItem():
            return _best_worst(item, given)
        case TextItem():
            return clean_text(given, item.max_length)
        case NumberItem():
            return _number(item, given)
        case DateItem():
            return _day(item, given)
    raise Refused("malformed")


def clean_text(given: object, max_length: int) -> str | None:
    """The text with its ends stripped and line ends unified, None if nothing is left; raises Refused."""
    if not isinstance(given, str):
        raise Refused("malformed")
    if len(given) > 4 * max_length + 1000:  # spare the work on absurd input
        raise Refused("too_long")
    if BAD_CHARACTERS.search(given.replace("\r", "")):
        raise Refused("bad_characters")
    text = given.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > max_length:
        raise Refused("too_long")
    return text or None


def _known(item: Item) -> dict[str, Choice]:
    return {choice.id: choice for choice in item.choices}


def _one(item: Item, given: object, choices: tuple[Choice, ...]) -> str | None:
    if not isinstance(given, str):
        raise Refused("malformed")
    if given not in _known(item):
        raise Refused("foreign")
    return given if any(choice.id == given for choice in choices) else None


def _ids(item: Item, given: object) -> tuple[str, ...]:
    if not isinstance(given, tuple | list) or not all(isinstance(part, str) for part in given):
        raise Refused("malformed")
    if not _known(item).keys() >= set(given):
        raise Refused("foreign")
    if len(set(given)) < len(given):
        raise Refused("duplicate")
    return tuple(given)


def _several(item: MultiItem, given: object) -> tuple[str, ...]:
    """The chosen ids in document order: the order of ticking says nothing."""
    chosen = set(_ids(item, given))
    if len(chosen) > 1 and any(choice.exclusive for choice in item.choices if choice.id in chosen):
        raise Refused("exclusive")
    if item.max_select is not None and len(chosen) > item.max_select:
        raise Refused("too_many")
    return tuple(choice.id for choice in item.choices if choice.id in chosen)


def _ranked(item: RankItem, given: object) -> tuple[str, ...]:
    ranked = _ids(item, given)
    known = _known(item)
    if len(ranked) > 1 and any(known[one].exclusive for one in ranked):
        raise Refused("exclusive")
    if len(ranked) > item.max_select:
        raise Refused("too_many")
    return ranked


def _matrix(item: MatrixItem, given: object, rows: tuple[Row, ...]) -> Mapping[str, str] | None:
    if not isinstance(given, Mapping):
        raise Refused("malformed")
    if not {row.id for row in item.rows} >= given.keys():
        raise Refused("foreign")
    known = _known(item)
    for row_id, choice_id in given.items():
        if choice_id not in ("", None) and choice_id not in known:
            raise Refused("foreign", row_id)
    kept = {row.id: given[row.id] for row in rows if given.get(row.id)}
    return kept or None


def _best_worst(item: BestWorstItem, given: object) -> BestWorst:
    if not isinstance(given, BestWorst) or len(given.screens) != item.screens:
        raise Refused("malformed")
    if type(given.design) is not int or not 0 <= given.design < len(item.design):
        raise Refused("foreign")
    for shown, (best, worst) in zip(item.design[given.design], given.screens, strict=True):
        ids = {item.choices[position].id for position in shown}
        if {best, worst} - ids - {None}:
            raise Refused("foreign")
        if best is not None and best == worst:
            raise Refused("duplicate")
    return given


def _number(item: NumberItem, given: object) -> int:
    if isinstance(given, str) and _WHOLE_NUMBER.fullmatch(given.strip()):
        given = int(given)
    if type(given) is not int:
        raise Refused("not_a_number")
    if not item.minimum <= given <= item.maximum:
        raise Refused("out_of_range")
    return given


def _day(item: DateItem, given: object) -> date:
    if isinstance(given, str):
        try:
            given = date.fromisoformat(given.strip())
        except ValueError:
            raise Refused("not_a_date") from None
    if type(given) is not date:
        raise Refused("not_a_date")
    if not item.earliest <= given <= item.latest:
        raise Refused("out_of_range")
    return given
