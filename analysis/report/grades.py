"""Proposed grades: how many of each, every unit's conditions met and missed, vetoes apart. The committee decides."""

from collections.abc import Iterable

from analysis.disclosure.released_assessment import BandCondition, UnitAssessment
from analysis.report.content import Cell, Column, Paragraph, Section, Table
from analysis.report.documents import WaveDocuments, in_service
from analysis.report.figures import (
    BANDS,
    DASH,
    band_words,
    flag_words,
    joined,
    listed,
    named,
    number_cell,
    reason_words,
    score_cell,
    short_name,
    type_words,
)
from analysis.report.language import speech

#: The next higher grade of each: what its unit has not reached yet.
BELOW = {"below_qualified": "qualified", "qualified": "advanced", "advanced": "model"}


def proposed_grades(documents: WaveDocuments, language: str) -> Section:
    """The table of the first page: grade, number, units."""
    _ = speech(language)
    units = in_service(documents.assessment)
    rows = tuple(
        (Cell(band_words(band, language), "strong"), Cell(str(len(own))), Cell(_named(own, language)))
        for band in BANDS
        if (own := [each for each in units if each.band == band])
    )
    caption = _("%(wave)s年度拟定等次（在职，%(n)s 个统计单位）", wave=documents.wave, n=len(units))
    columns = (Column(_("等次"), 1.3), Column(_("个数"), 0.8), Column(_("单位"), 9, "left"))
    blocks = (Table(caption, columns, rows), Paragraph(_remarks(units, language), kind="note"))
    return Section(_("拟定等次"), blocks)


def _named(units: Iterable[UnitAssessment], language: str) -> str:
    _ = speech(language)
    return named((short_name(each, language) + (_("*") if each.flags else "") for each in units), language)


def _remarks(units: Iterable[UnitAssessment], language: str) -> str:
    _ = speech(language)
    said = [_("等次按定稿时锁定的条件拟出，由考核小组裁定；得分不排名次。")]
    if any(each.flags for each in units):
        said.append(_("带 * 的单位有待核实的提示，核实以前不因提示加分或扣分。"))
    vetoed = [
        _("%(unit)s（%(reason)s）", unit=short_name(each, language), reason=veto.reason)
        for each in units
        for veto in each.vetoes
    ]
    if vetoed:
        said.append(_("一票否决另列：%(units)s。", units=listed(vetoed, language)))
    return joined(said, language)


def conditions_of_units(documents: WaveDocuments, language: str) -> Section:
    """Each unit's figures behind the grade, and what the next grade would have needed."""
    _ = speech(language)
    rows: list[tuple[Cell, ...]] = []
    units = documents.assessment.units
    for unit_type in dict.fromkeys(each.unit_type for each in sorted(units, key=lambda unit: "apart" in unit.notes)):
        rows.append((Cell(type_words(unit_type, language)),))
        rows += [_row(each, language) for each in units if each.unit_type == unit_type]
    columns = (
        Column(_("单位"), 3.2, "left"),
        Column(_("拟定"), 1.2),
        Column(_("作答"), 1.6),
        Column(_("作答率"), 1.1),
        Column(_("群众评价分"), 2.3),
        Column(_("上报"), 1.1),
        Column(_("最低标准"), 1.0),
        Column(_("离高一等还差"), 5, "left"),
    )
    note = _(
        "群众评价分满分 100，括号内是误差范围，保守值是它的下限。上报是“满意＋基本满意”的百分比，各单位普遍很高，不用来比单位。"
        "按单位类型排列，不按得分排。"
    )
    return Section(_("各单位的条件"), (Table("", columns, tuple(rows), note, small=True),), new_page=True, annex=True)


def _row(unit: UnitAssessment, language: str) -> tuple[Cell, ...]:
    apart = "apart" in unit.notes
    criteria = [each.score.value for each in unit.dimensions if each.group == "criterion"]
    known = [value for value in criteria if value is not None]
    turnout = f"{unit.n_responding}/{unit.n_eligible}" if unit.n_responding is not None else DASH
    return (
        Cell(short_name(unit, language), "strong"),
        Cell(DASH if apart else band_words(unit.band, language)),
        Cell(turnout),
        number_cell(unit.response_percent, "%"),
        score_cell(unit.voice, language),
        number_cell(unit.official_rate.value, "%"),
        number_cell(min(known) if known else None),
        Cell("" if apart else missed_words(unit, language)),
    )


def missed_words(unit: UnitAssessment, language: str) -> str:
    """What stood between the unit and the next higher grade, or why it is not rated."""
    _ = speech(language)
    if unit.band == "not_rated":
        return reason_words(unit.reason, language)
    missed = [
        condition_words(each, language)
        for each in unit.conditions
        if each.band == BELOW.get(unit.band) and each.met is False and each.name != "no_open_flag"
    ]
    if unit.flags:
        missed.append(
            _("待核实：%(flags)s", flags=listed((flag_words(each.name, language) for each in unit.flags), language))
        )
    return (", " if language == "en" else "；").join(missed)


def condition_name(name: str, language: str) -> str:
    """What a condition is about."""
    _ = speech(language)
    return {
        "official_rate": _("上报口径"),
        "staff_voice": _("评价分"),
        "staff_voice_lower80": _("保守值"),
        "response_rate": _("作答率"),
        "each_criterion": _("最低标准"),
        "solved_assessable": _("解决情况的案例太少"),
        "no_open_flag": _("有待核实的提示"),
        "no_veto": _("一票否决"),
    }.get(name, name)


def condition_words(condition: BandCondition, language: str) -> str:
    """“作答率 47%，要 50%”: a condition with what was found and wanted."""
    _ = speech(language)
    name = condition_name(condition.name, language)
    sign = "%" if condition.name in {"official_rate", "response_rate"} else ""
    if condition.wanted is None:
        return name
    if condition.found is None:
        return _("%(name)s无法计算", name=name)
    return _(
        "%(name)s %(found)s，要 %(wanted)s",
        name=name,
        found=f"{condition.found}{sign}",
        wanted=f"{condition.wanted}{sign}",
    )
