"""Which questions hang together: the answers to one decide who is asked the other."""

from collections.abc import Iterator

from analysis.frame import (
    AnyItem,
    BestWorstItem,
    Codebook,
    InfoItem,
    MatrixItem,
    MultiItem,
    Questionnaire,
    RankItem,
    SingleItem,
    TextItem,
    item_conditions,
)

Pair = tuple[str, str]  # columns of answers: the one that leads to the other, and the other


def branches(book: Codebook) -> tuple[Pair, ...]:
    """Every column with each column that decides whether it, or a choice of it, is asked; in the order of the questions."""
    questionnaire = book.questionnaire
    personal = set(questionnaire.personal_items)
    known = {column.name for column in book.columns if column.item not in personal}
    found: dict[Pair, None] = {}
    for item in (item for item in questionnaire.items if not isinstance(item, TextItem | BestWorstItem | RankItem)):
        for column, row in _columns(item):
            for parent, choices in _leading(questionnaire, item, row):
                several = isinstance(questionnaire.item(parent), MultiItem)
                names = [f"{parent}.{each}" for each in choices] if several else [parent]
                found |= dict.fromkeys((name, column) for name in names if {name, column} <= known)
    return tuple(found)


def _columns(item: AnyItem) -> Iterator[tuple[str, str | None]]:
    """Every column that is judged by itself, and the row of a matrix it is."""
    if isinstance(item, MatrixItem):
        yield from ((f"{item.id}.{row.id}", row.id) for row in item.rows)
    elif isinstance(item, MultiItem):
        yield from ((f"{item.id}.{choice.id}", None) for choice in item.choices)
    elif not isinstance(item, InfoItem):
        yield item.id, None


def _leading(questionnaire: Questionnaire, item: AnyItem, row: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The items that lead to this one, with the choices that matter."""
    carried = None
    if isinstance(item, MatrixItem) and item.rows_from and row:
        carried = item.rows_from
        yield carried, (row,)
    if isinstance(item, SingleItem) and item.options_from:
        carried = item.options_from
        yield carried, tuple(choice.id for choice in questionnaire.item(carried).choices)
    for each in item_conditions(questionnaire.condition(item.id)):
        if each.item != carried:  # the choices carried say as much
            yield each.item, (*each.in_, *each.not_in)
