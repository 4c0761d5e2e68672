"""Questions and criteria of one branch beside last year, the university and similar units: no league table."""

from analysis.charts import profile_dots
from analysis.disclosure.released_assessment import UnitAssessment
from analysis.report.content import Block, Cell, Column, Paragraph, Section, Table
from analysis.report.documents import WaveDocuments, typical
from analysis.report.figures import (
    DASH,
    band_words,
    change_cell,
    class_words,
    joined,
    reason_words,
    scored,
    tone_of,
)
from analysis.report.grades import missed_words
from analysis.report.language import speech
from analysis.report.pictures import picture


def profile(documents: WaveDocuments, unit: UnitAssessment, language: str) -> Section:
    """Questions and criteria with last year, the university and the median of similar units: no league table."""
    _ = speech(language)
    infos = documents.assessment.dimensions
    everyone = {each.id: each.score.value for each in documents.assessment.university.dimensions}
    similar = documents.similar(unit)
    rows = []
    for info in infos:
        own = unit.dimension(info.id)
        middle = typical(each.dimension(info.id).score.value for each in similar)
        words = scored(own.score, language)
        rows.append(
            (
                Cell(info.name.in_language(language), "strong"),
                Cell(words, tone_of(own.standing.label))
                if words
                else Cell(reason_words(own.score.reason, language) or DASH, "muted"),
                Cell(str(own.change.before) if own.change.before is not None else DASH),
                change_cell(own.change, language),
                Cell(str(middle) if middle is not None else DASH),
                Cell(str(everyone[info.id]) if everyone.get(info.id) is not None else DASH),
                Cell(
                    class_words(own.standing.label, language) if own.standing.label else DASH,
                    tone_of(own.standing.label),
                ),
            )
        )
    columns = (
        Column(_("内容"), 1.8, "left"),
        Column(_("本单位"), 1.7),
        Column(_("上年"), 0.8),
        Column(_("变化"), 1.2),
        Column(_("同类单位中位"), 1.2),
        Column(_("全校"), 0.8),
        Column(_("与其他单位比"), 2.2),
    )
    note = _("满分 100，括号内是误差范围。同类单位的中位数要有三个以上其他单位才写。上年是两年都问过的部分。")
    before = {each.id: each.change.before for each in unit.dimensions if each.change.before is not None}
    chart = profile_dots(
        documents.assessment,
        unit,
        [info.id for info in infos if unit.dimension(info.id).score.shown],
        language,
        before=before,
        beside={name: value for name, value in everyone.items() if value is not None},
        width=660,
    )
    key = _("实心点是今年，空心点是上年，竖线是全校。")
    shown = any(unit.dimension(info.id).score.shown for info in infos)
    drawn: tuple[Block, ...] = (picture(chart, width=0.8), Paragraph(key, kind="note")) if shown else ()
    return Section(
        _("三问和六条标准"),
        (Paragraph(_stands(unit, language)), *drawn, Table("", columns, tuple(rows), note, small=True)),
    )


def _stands(unit: UnitAssessment, language: str) -> str:
    """Where the unit stands: proposed grade, staff voice, what is missing for the next grade."""
    _ = speech(language)
    if "apart" in unit.notes:
        return _("离退休会员另列，不定等次，也不与在职单位比较。")
    if unit.band == "not_rated":
        return _("本年度不评定：%(reason)s。不评定不是坏评价。", reason=reason_words(unit.reason, language))
    said = [
        _("拟定等次：%(band)s，由考核小组裁定。", band=band_words(unit.band, language)),
        _(
            "群众评价分%(score)s，%(standing)s。",
            score=scored(unit.voice, language),
            standing=class_words(unit.standing.label, language),
        ),
    ]
    missed = missed_words(unit, language)
    if missed:
        said.append(_("离高一等还差：%(missed)s。", missed=missed))
    return joined(said, language)
