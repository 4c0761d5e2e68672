"""A report of very many units: tables by type of unit, where a row for each would fill more pages than a reader has.

Every unit's own figures stay one download away, in the data files and on its page; nothing here is new, all is counted or
is a middle value over released figures.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from analysis.disclosure.released_assessment import UnitAssessment
from analysis.report.content import Cell, Column, Paragraph, Section, Table
from analysis.report.documents import WaveDocuments, in_service, typical
from analysis.report.figures import BANDS, DASH, band_words, number_cell, type_words
from analysis.report.grades import BELOW, condition_name
from analysis.report.language import speech

#: From this many units on a row for each no longer fits into the pages of a report.
MANY = 41
MOST_CONDITIONS = 8


def are_many(units: Sequence[UnitAssessment]) -> bool:
    """Whether tables are by type of unit."""
    return len(units) >= MANY


def by_type(units: Iterable[UnitAssessment]) -> Iterator[tuple[str, list[UnitAssessment]]]:
    """The units of each type, in the order in which the types first appear."""
    found: dict[str, list[UnitAssessment]] = {}
    for unit in units:
        found.setdefault(unit.unit_type, []).append(unit)
    yield from found.items()


def conditions_by_type(documents: WaveDocuments, language: str) -> Section:
    """Grades by type of unit, then what most often stood between a unit and the next grade."""
    _ = speech(language)
    units = in_service(documents.assessment)
    heads = (_("单位"), _("个数"), *(band_words(band, language) for band in BANDS), _("作答率中位"), _("评价分中位"))
    columns = tuple(
        Column(head, 2.4 if place == 0 else 1, "left" if place == 0 else "center") for place, head in enumerate(heads)
    )
    table = Table("", columns, tuple(_grades_row(words, own) for words, own in _parts(units, language)), small=True)
    missed = Table(
        _("离高一等最常差在哪里"),
        (Column(_("条件"), 3, "left"), Column(_("单位个数"), 1)),
        tuple((Cell(words), Cell(str(n))) for words, n in _missed(units, language)),
        small=True,
    )
    return Section(_("各单位的条件"), (Paragraph(_where(len(units), language)), table, missed), annex=True)


def standings_table(units: Sequence[UnitAssessment], language: str) -> Table:
    """How many units of each type are above, below and not told apart, and how many changed."""
    _ = speech(language)
    heads = (_("单位"), _("高"), _("分不出高低"), _("低"), _("不分组"), _("比上年提高"), _("比上年下降"))
    columns = tuple(
        Column(head, 2 if place == 0 else 1, "left" if place == 0 else "center") for place, head in enumerate(heads)
    )
    labels: tuple[Callable[[UnitAssessment], bool], ...] = (
        lambda unit: unit.standing.label == "above",
        lambda unit: unit.standing.label == "not_distinguishable",
        lambda unit: unit.standing.label == "below",
        lambda unit: unit.standing.label is None,
        lambda unit: unit.change.label == "improved",
        lambda unit: unit.change.label == "worsened",
    )
    rows = tuple(
        (Cell(words, "strong"), *(Cell(str(sum(map(holds, own)))) for holds in labels))
        for words, own in _parts(units, language)
    )
    return Table("", columns, rows, small=True)


def scores_by_type(documents: WaveDocuments, language: str) -> Section:
    """The middle score of each type of unit in every question and criterion, where there are three units or more."""
    _ = speech(language)
    infos = documents.assessment.dimensions
    columns = (Column(_("单位"), 3.0, "left"), *(Column(info.name.in_language(language), 1.15) for info in infos))
    rows = tuple(
        (
            Cell(words, "strong"),
            *(number_cell(typical(each.dimension(info.id).score.value for each in own)) for info in infos),
        )
        for words, own in _parts(documents.assessment.units, language)
    )
    note = _("满分 100，是同类单位得分的中位数，三个单位以上才写。每个单位的得分、误差范围和分组见数据表和网页。")
    return Section(_("各单位三问与六条标准"), (Table("", columns, rows, note, small=True),), annex=True)


def _parts(units: Iterable[UnitAssessment], language: str) -> Iterator[tuple[str, list[UnitAssessment]]]:
    return ((type_words(unit_type, language), own) for unit_type, own in by_type(units))


def _grades_row(words: str, units: Sequence[UnitAssessment]) -> tuple[Cell, ...]:
    counts = [sum(each.band == band for each in units) for band in BANDS]
    return (
        Cell(words, "strong"),
        Cell(str(len(units))),
        *(Cell(str(n)) if n else Cell(DASH, "muted") for n in counts),
        number_cell(typical(each.response_percent for each in units), "%"),
        number_cell(typical(each.voice.value for each in units)),
    )


def _missed(units: Iterable[UnitAssessment], language: str) -> list[tuple[str, int]]:
    """The conditions of the next grade that were missed, the most frequent first."""
    counts: dict[str, int] = {}
    for unit in units:
        for each in unit.conditions:
            if each.met is False and each.band == BELOW.get(unit.band):
                counts[each.name] = counts.get(each.name, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])[:MOST_CONDITIONS]
    return [(condition_name(name, language), n) for name, n in ordered]


def _where(n: int, language: str) -> str:
    _ = speech(language)
    return _("%(n)s 个单位，这里按类型合计；每个单位的条件在数据表“评估”和“等次条件”里，也在网页上。", n=n)
