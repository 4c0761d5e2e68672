"""The figures that templates are handed, looked up in the published files at the place where the page shows them."""

from typing import Any

from analysis.disclosure.released import EVERYBODY, Released, ReleasedItem
from survey_app.leadership.heat_map import HeatMap
from survey_app.leadership.trends import Trends
from survey_app.leadership.unit_page import ItemRow, UnitPage
from survey_app.leadership.units_table import UnitsTable
from survey_app.leadership.year_unit import UnitYear
from survey_app.web.readings import Figure
from survey_app.web.year_sentences import YearSentence
from survey_app.web.years import Year
from tests.journeys.published_figures import Published, place_of


class ShownFigures:
    """`page` is called with the values of one template."""

    def __init__(self, published: Published) -> None:
        self.published = published

    def page(self, context: dict[str, Any], poll: Released | None, wave: str) -> None:
        page, table = context.get("page"), context.get("table")
        tables = [each for each in (table, *context.get("tables", ())) if isinstance(each, UnitsTable)]
        if poll is not None:
            for each in tables:
                self._units_table(poll, each)
            if isinstance(page, UnitPage):
                self._unit_page(poll, page)
        if isinstance(table, HeatMap):
            self._heat_map(f"assessment-{wave}", table)
        if isinstance(trends := context.get("trends"), Trends):
            self._trends(context["year"], trends)
        if isinstance(page, UnitYear):
            self._unit_year(context["year"], page)
        for sentence in context.get("sentences", ()):
            if isinstance(sentence, YearSentence):
                self.published.score(f"assessment-{wave}", sentence.id, {}, "score", sentence.score)
            elif poll is not None:
                self._figure(poll, EVERYBODY, sentence.column, sentence.figure)

    def _units_table(self, poll: Released, table: UnitsTable) -> None:
        for row in (table.everybody, *(row for group in table.groups for row in group.rows)):
            for head, figure in zip(table.heads, row.figures, strict=True):
                self._figure(poll, row.unit.id, head.id, figure)

    def _unit_page(self, poll: Released, page: UnitPage) -> None:
        for line in page.criteria:
            self._figure(poll, page.unit.id, line.id, line.figure)
            if line.university:
                self._figure(poll, EVERYBODY, line.id, line.university)
            if line.before and page.earlier:
                self._figure(page.earlier.released, page.unit.id, line.id, line.before)
        for row in (row for part in page.parts for row in part.rows):
            self._item_row(poll, page, row)
        blocks = [page.needs.prevalence, *(block for _name, block in page.needs.apart)] if page.needs else []
        for each in (each for block in blocks if block for each in block.lines):
            self._figure(poll, page.unit.id, each.column, each.figure)

    def _item_row(self, poll: Released, page: UnitPage, row: ItemRow) -> None:
        column = row.line.column
        self._figure(poll, page.unit.id, column, row.line.figure)
        self._figure(poll, EVERYBODY, column, row.university)
        if row.before and page.earlier:
            self._figure(page.earlier.released, page.unit.id, column, row.before)

    def _figure(self, poll: Released, row: str, column: str, figure: Figure) -> None:
        if not figure.shown:
            return
        folder, at = poll.poll.id, place_of(poll, row)
        criterion = column not in poll
        value, stem = ("score", "") if criterion else _names(poll.item(column), figure)
        base_at = at if criterion else at | {"answer": "valid"}
        option = None if criterion else poll.item(column).option
        chosen = at | {"answer": option} if option and value == "pct" else at
        self.published.look_up(folder, column, chosen, value, figure.value)
        self.published.look_up(folder, column, at, f"{stem}low", figure.low)
        self.published.look_up(folder, column, at, f"{stem}high", figure.high)
        self.published.look_up(folder, column, base_at, "n", figure.base)
        self.published.look_up(folder, column, at, "dont_know_percent", figure.dont_know)

    def _heat_map(self, folder: str, table: HeatMap) -> None:
        rows = [({}, table.everybody), *(({"unit": r.unit.unit}, r.cells) for g in table.groups for r in g.rows)]
        for at, cells in rows:
            for column, cell in zip(table.columns, cells, strict=True):
                whole = column.id in {"voice", "adjusted"}
                item, name = ("staff_voice", column.id) if whole else (column.id, "score")
                self.published.score(folder, item, at, name, cell.score)

    def _trends(self, year: Year, trends: Trends) -> None:
        for info, trend in zip((*year.questions, *year.criteria), trends.whole, strict=True):
            for wave, score in trend.points:
                self.published.score(f"assessment-{wave}", info.id, {}, "score", score)
        for row in (row for _name, rows in trends.groups for row in rows):
            for wave, found in zip(trends.waves, row.scores, strict=True):
                if found:
                    self.published.score(f"assessment-{wave}", "staff_voice", {"unit": row.unit.unit}, "voice", found)

    def _unit_year(self, year: Year, page: UnitYear) -> None:
        folder, at = f"assessment-{year.wave}", {"unit": page.unit.unit}
        self.published.assessed_unit(folder, page.unit)
        for sentence in page.sentences:
            self.published.score(folder, sentence.id, at, "score", sentence.score)
            if sentence.before and year.wave_before:
                before = f"assessment-{year.wave_before}"
                self.published.score(before, sentence.id, at, "score", sentence.before)
        for info in year.criteria:
            beside = year.similar(page.unit, info.id)
            self.published.look_up(folder, info.id, at, "middle_of_similar_units", beside)


def _names(item: ReleasedItem, figure: Figure) -> tuple[str, str]:
    """What a figure of a column is called in its file, and the beginning of its interval's names."""
    if item.measure not in {"score", "best_worst"}:
        return "pct", "share_"
    return ("top_two_box_percent", "top_two_box_") if figure.percent else ("mean", "mean_")
