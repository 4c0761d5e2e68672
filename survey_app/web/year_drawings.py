"""The charts of a year's pages, drawn at the widths of a desk and of a phone."""

from collections.abc import Callable

from markupsafe import Markup

from analysis import charts
from analysis.charts import Chart
from analysis.disclosure.released_assessment import Cases, PlaceRange, Score, UnitAssessment
from survey_app.web.drawings import DESK, PHONE, SENTENCE, SIDE, Drawing, drawn
from survey_app.web.languages import language
from survey_app.web.years import Row, Year


class YearDrawings:
    """The drawings of one row: the university, or a unit."""

    def __init__(self, year: Year, row: Row) -> None:
        self.year = year
        self.row = row

    def question(self, dimension: str) -> Drawing:
        """One question's score this year and last."""
        before = self.year.score_before(self.row, dimension)
        return _drawn(
            lambda width: charts.question_dots(
                self.year.document, self.row, dimension, language(), before=before, width=width
            ),
            SENTENCE,
        )

    def criteria(self) -> Drawing:
        """The criteria with last year's; for a unit, similar units or the university as a short line."""
        names = [each.id for each in self.year.criteria]
        beside = self.beside(names)
        return _drawn(
            lambda width: charts.profile_dots(
                self.year.document,
                self.row,
                names,
                language(),
                before=self.year.shown_before(self.row, names),
                beside=beside,
                width=width,
            )
        )

    @property
    def beside_is_similar(self) -> bool:
        """Whether the short lines are of similar units; else of the university."""
        unit = self.row
        return isinstance(unit, UnitAssessment) and any(self.year.similar(unit, d.id) for d in self.year.criteria)

    def beside(self, names: list[str]) -> dict[str, int]:
        unit = self.row
        if not isinstance(unit, UnitAssessment):
            return {}
        university = {each.id: each.score.value for each in self.year.university.dimensions}
        found = {n: self.year.similar(unit, n) if self.beside_is_similar else university.get(n) for n in names}
        return {name: value for name, value in found.items() if value is not None}

    def cases(self) -> Drawing:
        cases: Cases = self.row.cases
        return _drawn(lambda width: charts.case_bars(cases, language(), width=width), SIDE)

    def waves(self, label: str, points: list[tuple[str, Score]]) -> Drawing:
        return _drawn(lambda width: charts.wave_line(label, points, language(), width=width), SIDE)


def places(found: PlaceRange, kind: str) -> Markup:
    """Where a unit may stand, as a small bar beside its numbers."""
    return Markup(charts.place_bar(found.best, found.worst, found.of, kind))  # noqa: S704 - numbers alone


def _drawn(draw: Callable[[int], Chart], wide: int = DESK) -> Drawing:
    return drawn(draw(wide), draw(PHONE))
