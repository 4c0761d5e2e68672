"""Units in rows, the six criteria or the three questions in columns. Colour only where a cell's own class is clear."""

from dataclasses import dataclass

from analysis.disclosure.released_assessment import DimensionInfo, DimensionScore, Score, UnitAssessment
from survey_app.web.languages import gettext as _
from survey_app.web.year_words import class_words
from survey_app.web.years import Year, dimension_of, is_compared, is_pending

#: From this many points above or below the university a coloured cell is darker.
STRONG = 8
Group = str


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    words: str
    unaware: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """`kind`: h1 h2 above (2 from eight points on), l1 l2 below, "" not told apart, off withheld; `words` the same said."""

    label: str
    score: Score
    kind: str = ""
    words: str = ""
    absent: str = ""  # what stands in the cell instead of a number


@dataclass(frozen=True, slots=True)
class HeatRow:
    unit: UnitAssessment
    cells: tuple[Cell, ...]
    pending: bool  # answers to be checked first


@dataclass(frozen=True, slots=True)
class HeatGroup:
    name: str
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    columns: tuple[Column, ...]
    everybody: tuple[Cell, ...]
    groups: tuple[HeatGroup, ...]

    def _counted(self, kinds: tuple[str, ...]) -> int:
        """Cells of the units that are compared, without the composite in the last two columns."""
        rows = [row for group in self.groups for row in group.rows if is_compared(row.unit)]
        return sum(cell.kind in kinds for row in rows for cell in row.cells[:-2])

    @property
    def above(self) -> int:
        return self._counted(("h1", "h2"))

    @property
    def below(self) -> int:
        return self._counted(("l1", "l2"))

    @property
    def plain(self) -> int:
        return self._counted(("",))


def heat_map(year: Year, group: Group) -> HeatMap:
    """The map of `group` "criterion" or "question"; the last two columns are the composite as answered and adjusted."""
    infos = year.criteria if group == "criterion" else year.questions
    columns = tuple(
        Column(each.id, year.dimension_name(each.id), dimension_of(year.university, each.id).unaware_percent)
        for each in infos
    )
    last = (Column("voice", _("综合得分")), Column("adjusted", _("按岗位和年龄调整")))
    return HeatMap(
        columns=(*columns, *last),
        everybody=(
            *(Cell(year.dimension_name(each.id), dimension_of(year.university, each.id).score) for each in infos),
            Cell(last[0].words, year.university.voice),
            Cell(last[1].words, Score()),
        ),
        groups=tuple(
            HeatGroup(each.name, tuple(_row(year, unit, infos, last) for unit in each.units)) for each in year.groups
        ),
    )


def _row(year: Year, unit: UnitAssessment, infos: tuple[DimensionInfo, ...], last: tuple[Column, Column]) -> HeatRow:
    cells = [_cell(year, unit, each) for each in infos]
    whole = DimensionScore("voice", "question", unit.voice, unit.standing)
    cells.append(_judged(last[0].words, whole, year.university.voice, compared=is_compared(unit)))
    adjusted = unit.adjusted
    cells.append(Cell(last[1].words, adjusted, "" if adjusted.shown else "off", absent=_("不调整")))
    return HeatRow(unit, tuple(cells), pending=is_pending(unit))


def _cell(year: Year, unit: UnitAssessment, info: DimensionInfo) -> Cell:
    university = dimension_of(year.university, info.id).score
    return _judged(year.dimension_name(info.id), dimension_of(unit, info.id), university, compared=is_compared(unit))


def _judged(label: str, dimension: DimensionScore, university: Score, *, compared: bool) -> Cell:
    score = dimension.score
    if score.value is None:
        return Cell(label, score, "off", absent=_("不公布"))
    side = {"above": "h", "below": "l"}.get(dimension.standing.label or "") if compared else None
    if side is None:
        return Cell(label, score)
    distance = abs(score.value - university.value) if university.value is not None else 0
    return Cell(label, score, f"{side}{2 if distance >= STRONG else 1}", class_words(dimension.standing.label))
