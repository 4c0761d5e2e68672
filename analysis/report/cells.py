"""All released cells as rows of one shape: what pages and reports show, cell by cell, and nothing else.

Every data file is written from these rows. `table` names the kind of row; a number that may not be shown is None and
`withheld` says why. Scores are 0..100, percents 0..100, intervals 95 %.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.disclosure.released import (
    CriterionFigure,
    ItemFigure,
    Released,
    ReleasedItem,
)
from analysis.report.assessed_cells import assessed_rows
from analysis.report.cell_row import CellRow
from analysis.report.documents import WaveDocuments
from analysis.report.figures import withheld_words
from analysis.report.language import speech


def released_cells(documents: WaveDocuments, language: str, units: frozenset[str] | None = None) -> tuple[CellRow, ...]:
    """Rows of the wave: the assessment, then each poll. `units`: only these and the university with its groups."""
    rows = (
        *assessed_rows(documents.assessment, language),
        *poll_cells(documents, language),
        *match_cells(documents, language),
    )
    if units is None:
        return rows
    groups = {group.id for released in documents.polls for group in released.groups}
    return tuple(row for row in rows if row.unit_id in units | groups | {"ALL", ""})


def poll_cells(documents: WaveDocuments, language: str) -> Iterator[CellRow]:
    """The rows of every poll of the wave, one after the other."""
    for released in documents.polls:
        yield from cells_of_poll(released, language)


def cells_of_poll(released: Released, language: str) -> Iterator[CellRow]:
    """The rows of one poll: who took part, criteria, items, how everybody answered, comments, needs, words, themes."""
    reader = _Reader(released, language)
    yield from reader.participation()
    yield from reader.criteria()
    yield from reader.items()
    yield from reader.distributions()
    yield from reader.comments()
    yield from reader.needs()
    yield from reader.texts()


def match_cells(documents: WaveDocuments, language: str) -> Iterator[CellRow]:
    """Needs beside services: the share that most wants help (percent), the score of the service (score), the verdict."""
    for each in documents.need_service:
        yield CellRow(
            "need_service",
            documents.wave,
            "ALL",
            speech(language)("全校在职"),
            f"{each.need}.{each.service or ''}".rstrip("."),
            each.need_name.in_language(language),
            each.service_name.in_language(language) if each.service_name else "",
            base=each.wanted.base,
            n=each.satisfaction.base,
            score=each.satisfaction.value,
            score_low=each.satisfaction.low,
            score_high=each.satisfaction.high,
            percent=each.wanted.value,
            percent_low=each.wanted.low,
            percent_high=each.wanted.high,
            class_label=each.verdict,
        )


class _Reader:
    """Reads one released document in one language."""

    def __init__(self, released: Released, language: str) -> None:
        self.released, self.language = released, language
        self.poll = released.poll.id
        self.names: Mapping[str, str] = {
            **{unit.id: unit.name.in_language(language) for unit in released.units},
            **{group.id: group.name.in_language(language) for group in released.groups},
        }

    def row(self, table: str, unit: str, **values: Any) -> CellRow:
        why = values.pop("why", None)
        return CellRow(
            table=table,
            poll=self.poll,
            unit_id=unit,
            unit=self.names.get(unit, unit),
            withheld=withheld_words(why, self.language) if why else "",
            **values,
        )

    def participation(self) -> Iterator[CellRow]:
        for unit in self.released.units:
            yield self.row(
                "participation",
                unit.id,
                eligible=unit.n_eligible,
                n=unit.n_responding,
                percent=unit.response_percent,
                why=unit.withheld,
            )

    def criteria(self) -> Iterator[CellRow]:
        names = {each.id: each.name.in_language(self.language) for each in self.released.criteria_list}
        figures: tuple[CriterionFigure, ...] = (*self.released.criterion_figures, *self.released.group_criteria)
        for each in figures:
            yield self.row(
                "criteria",
                each.unit,
                code=each.criterion,
                content=names.get(each.criterion, ""),
                base=each.base,
                score=each.score,
                score_low=each.low,
                score_high=each.high,
                dont_know=each.dont_know_percent,
                why=each.withheld,
            )

    def items(self) -> Iterator[CellRow]:
        for each in (*self.released.item_figures, *self.released.group_figures):
            item = self.released.item(each.column)
            percents = _percents(each, item)
            yield self.row(
                "items",
                each.unit,
                code=each.column,
                content=self._question(item),
                option=self._option(item),
                base=each.base,
                score=each.mean,
                score_low=each.mean_low,
                score_high=each.mean_high,
                percent=percents[0],
                percent_low=percents[1],
                percent_high=percents[2],
                dont_know=each.dont_know_percent,
                why=each.withheld,
            )

    def distributions(self) -> Iterator[CellRow]:
        for each in self.released.distributions:
            if each.withheld:
                yield self._answers("ALL", each.column, None, (), each.withheld)
            for entry in (*each.entries, *each.missing):
                yield self._answers("ALL", each.column, each.base, (entry.choice,), None, entry.n, entry.percent)
        for row in self.released.row_distributions:
            if row.withheld:
                yield self._answers(row.row, row.column, None, (), row.withheld)
            for part in row.entries:
                yield self._answers(row.row, row.column, row.base, part.choices, None, part.n, part.percent)

    def _answers(
        self,
        unit: str,
        column: str,
        base: int | None,
        choices: tuple[str, ...],
        why: str | None,
        n: int | None = None,
        percent: int | None = None,
    ) -> CellRow:
        """How many gave any of these answers; several where they may only be told together."""
        item = self._item(column)
        names = {choice.id: choice.text.in_language(self.language) for choice in item.choices} if item else {}
        return self.row(
            "distributions",
            unit,
            code=column,
            content=self._question(item) if item else "",
            option=" / ".join(names.get(choice, choice) for choice in choices),
            base=base,
            n=n,
            percent=percent,
            why=why,
        )

    def comments(self) -> Iterator[CellRow]:
        for each in self.released.comment_counts:
            item = self._item(each.item)
            content = self._question(item) if item else ""
            yield self.row("comments", each.unit, code=each.item, content=content, n=each.n, why=each.withheld)

    def needs(self) -> Iterator[CellRow]:
        _ = speech(self.language)
        kinds = {
            "prevalence": _("遇到的"),
            "urgent": _("最急的"),
            "hardest": _("靠自己最难解决的"),
            "wanted": _("最需要工会帮助的"),
            "first_minus_last": _("先办减最后"),
            "worth": _("取舍中的分量"),
        }
        for each in self.released.needs:
            for name, words in kinds.items():
                reading = getattr(each, name)
                if reading.value is not None:
                    yield self.row(
                        "needs",
                        each.row,
                        code=f"{each.need}.{name}",
                        content=each.name.in_language(self.language),
                        option=words,
                        base=reading.base,
                        percent=reading.value,
                        percent_low=reading.low,
                        percent_high=reading.high,
                    )

    def texts(self) -> Iterator[CellRow]:
        for word in self.released.words:
            yield self.row("words", word.row, code=word.item, content=word.word, n=word.n_people, percent=word.percent)
        for theme in self.released.themes:
            name = theme.name.in_language(self.language)
            yield self.row("themes", "ALL", code=theme.id, content=name, n=theme.n_comments, why=theme.withheld)

    def _item(self, column: str) -> ReleasedItem | None:
        if column in self.released:
            return self.released.item(column)
        return next((each for each in self.released.items if each.item == column), None)

    def _question(self, item: ReleasedItem) -> str:
        return (item.row_text or item.text).in_language(self.language).rstrip("：:")

    def _option(self, item: ReleasedItem) -> str:
        """The option the share is of; of a rated item the answers that count as favourable."""
        if item.option:
            return item.label.in_language(self.language)
        separator = ", " if self.language == "en" else "、"
        return separator.join(
            choice.text.in_language(self.language) for choice in item.choices if choice.id in item.top_choices
        )


def _percents(figure: ItemFigure, item: ReleasedItem) -> tuple[int | None, int | None, int | None]:
    if item.option:
        return figure.share_percent, figure.share_low, figure.share_high
    return figure.top_two_box_percent, figure.top_two_box_low, figure.top_two_box_high
