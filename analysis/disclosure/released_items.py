"""The columns of a release: which figures each item of a questionnaire gives."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from analysis.disclosure.released import Measure, ReleasedChoice, ReleasedItem
from analysis.estimates import item_worth, top_two, valid_codes
from analysis.frame import (
    AnyItem,
    BestWorstItem,
    Codebook,
    InfoItem,
    MatrixItem,
    MultiItem,
    RankItem,
    TextItem,
)
from analysis.scoring import Scoring

ONCE_ONLY: frozenset[Measure] = frozenset({"count", "text"})  # no figures beyond the base and the distribution


def released_items(book: Codebook, scoring: Scoring) -> tuple[ReleasedItem, ...]:
    """All columns, in the order of the questionnaire."""
    personal = set(book.questionnaire.personal_items)
    return tuple(
        column
        for section in book.questionnaire.sections
        for item in section.items
        for column in _columns(item, _plain(item, section.id, personal=item.id in personal), scoring)
    )


def _worthy(item: ReleasedItem, worth: Mapping[str, float]) -> ReleasedItem:
    """The column with what each choice is worth."""
    return replace(item, choices=tuple(replace(each, score=_decimal(worth.get(each.id))) for each in item.choices))


def _decimal(worth: float | None) -> float | None:
    """A worth with its decimal point: documents written before and after being read are the same bytes."""
    return None if worth is None else float(worth)


def _plain(item: AnyItem, section: str, *, personal: bool) -> ReleasedItem:
    choices = tuple(ReleasedChoice(each.id, each.text, each.value, each.role) for each in item.choices)
    return ReleasedItem(
        column=item.id,
        item=item.id,
        section=section,
        text=item.text,
        label=item.label,
        row_text=None,
        kind=item.kind,
        measure="count",
        choices=choices,
        feeds=item.feeds,
        personal=personal,
        sensitive=item.sensitive,
    )


def _columns(item: AnyItem, plain: ReleasedItem, scoring: Scoring) -> Iterator[ReleasedItem]:
    match item:
        case InfoItem():
            return
        case TextItem():
            yield replace(plain, measure="text")
        case MultiItem():
            yield from _by_option(item, plain, "share")
        case RankItem():
            yield from _by_option(item, plain, "first", ".first")
            yield from _by_option(item, plain, "top", ".top")
        case BestWorstItem():
            yield from _by_option(item, plain, "best_worst")
        case MatrixItem():
            scored = _scored(item, plain)
            for row in item.rows:
                yield replace(scored, column=f"{item.id}.{row.id}", label=row.text, row_text=row.text)
        case _:
            yield from _single(item, plain, scoring)


def _single(item: AnyItem, plain: ReleasedItem, scoring: Scoring) -> Iterator[ReleasedItem]:
    """One answer: a score where the choices are worth something, and a share per option where they are outcomes."""
    credit = scoring.credits.get(item.id)
    if credit:
        full = tuple(choice for choice, worth in credit.items() if worth == 1)
        yield _worthy(replace(plain, measure="score", top_choices=full), {own: w * 100 for own, w in credit.items()})
    elif item_worth(item.choices):
        yield _scored(item, plain)
        return
    else:
        yield plain
    if not plain.personal:
        yield from _by_option(item, plain, "share")


def _scored(item: AnyItem, plain: ReleasedItem) -> ReleasedItem:
    top = tuple(item.choices[code].id for code in top_two(item.choices))
    worth = zip(item.choices, item_worth(item.choices) or (), strict=True)
    known = {choice.id: round(value, 6) for choice, value in worth if value is not None}
    return _worthy(replace(plain, measure="score", top_choices=top), known)


def _by_option(item: AnyItem, plain: ReleasedItem, measure: Measure, part: str = "") -> Iterator[ReleasedItem]:
    for code in valid_codes(item.choices):
        choice = item.choices[code]
        column = f"{item.id}{part}.{choice.id}"
        yield replace(plain, column=column, label=choice.text, measure=measure, option=choice.id)
