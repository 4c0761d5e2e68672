"""The report to all staff: one phone screen a section, in plain words, no ranks."""

from analysis.disclosure.released_assessment import UnitAssessment
from analysis.report.content import Block, Cell, Column, Paragraph, Points, Report, Section, Table
from analysis.report.documents import EVERYBODY, WaveDocuments
from analysis.report.figures import (
    band_words,
    change_words,
    class_words,
    joined,
    listed,
    reason_words,
    share,
    short_name,
)
from analysis.report.language import speech
from analysis.report.leadership import took_part
from analysis.report.protection import protection
from analysis.report.questions import three_questions

MOST_PAGES = 3
NEEDS = 5


def staff_report(documents: WaveDocuments, language: str, unit_id: str | None = None) -> Report:
    """For everybody, or with the words about one's own unit first; what was done comes with the promises."""
    _ = speech(language)
    unit = documents.assessment.unit(unit_id) if unit_id else None
    found = (
        three_questions(documents, language),
        _told(documents, language),
        _own(unit, language) if unit else _units(documents, language),
        protection(documents, language),
    )
    name = f"（{unit.name.in_language(language)}）" if unit else ""
    return Report(
        reader="staff",
        language=language,
        title=_("%(wave)s年：您告诉我们的", wave=documents.wave),
        head=took_part(documents, language),
        sections=tuple(each for each in found if each),
        most_pages=MOST_PAGES,
        file_name=_("%(wave)s年度评议结果（教职工）", wave=documents.wave) + name,
    )


def _told(documents: WaveDocuments, language: str) -> Section | None:
    """The five needs most named."""
    _ = speech(language)
    asked = documents.asked("need_wanted")
    figures = asked.figures(EVERYBODY)[:NEEDS] if asked else ()
    if not figures:
        return None
    points = tuple(
        Paragraph(share(figure, language) or "", item.label.in_language(language) + _("：")) for item, figure in figures
    )
    words = _("遇到困难的 %(n)s 人里，最需要工会帮助的五件事：", n=f"{figures[0][1].base:,}")
    return Section(_("您最需要工会帮助的"), (Paragraph(words), Points(points, numbered=True)))


def _own(unit: UnitAssessment, language: str) -> Section:
    """The own unit in words: grade, standing, change; never a place in a list."""
    _ = speech(language)
    if "apart" in unit.notes:
        said = [_("离退休会员另列，不定等次，也不与在职单位比较。")]
    elif unit.band == "not_rated":
        said = [_("本年度不评定：%(reason)s。不评定不是坏评价。", reason=reason_words(unit.reason, language))]
    else:
        said = [
            _(
                "%(unit)s拟定为%(band)s，由考核小组裁定。",
                unit=unit.name.in_language(language),
                band=band_words(unit.band, language),
            ),
            _("教职工的评价%(standing)s。", standing=class_words(unit.standing.label, language)),
        ]
    change = change_words(unit.change, language)
    if change:
        said.append(_("得分%(words)s。", words=change))
    return Section(_("您的分工会"), (Paragraph(joined(said, language)),))


def _units(documents: WaveDocuments, language: str) -> Section:
    """All units by proposed grade, in the order of the list of units."""
    _ = speech(language)
    rows = []
    units = [each for each in documents.assessment.units if "apart" not in each.notes]
    for band in ("model", "advanced", "qualified", "below_qualified", "not_rated"):
        own = [each for each in units if each.band == band]
        if own:
            rows.append(
                (
                    Cell(band_words(band, language), "strong"),
                    Cell(listed((short_name(each, language) for each in own), language)),
                )
            )
    columns = (Column(_("等次"), 1), Column(_("单位"), 7, "left"))
    blocks: tuple[Block, ...] = (
        Table("", columns, tuple(rows)),
        Paragraph(_("同一等次里不分先后。等次由考核小组裁定。"), kind="note"),
    )
    return Section(_("各分工会拟定等次"), blocks)
