"""The return that upper-level unions ask for: three grades, and why they cannot compare branches."""

from analysis.report.content import Block, Cell, Column, Letterhead, Paragraph, Report, Section, Table
from analysis.report.documents import EVERYBODY, WaveDocuments
from analysis.report.figures import DASH, number_cell, short_name, type_words
from analysis.report.language import speech
from analysis.report.leadership import took_part

MOST_PAGES = 2


def official_return(documents: WaveDocuments, language: str, letterhead: Letterhead | None = None) -> Report:
    """Empty of tables where no poll of the wave asked the official question."""
    _ = speech(language)
    tables = [each for each in (_grades(documents, language), _units(documents, language)) if each]
    warning = Paragraph(
        _(
            "这张表只供上报。“满意＋基本满意”几乎处处在九成以上，真实水平相差很大的单位在这里几乎一样，不能用它给分工会排先后或定优劣；比较请看得分、误差范围和全部分布。"
        ),
        _("不能用来比较单位。"),
    )
    return Report(
        reader="official_return",
        language=language,
        title=_("%(wave)s年度分工会工作满意率上报表", wave=documents.wave),
        head=took_part(documents, language),
        sections=(Section(_("上报口径"), (warning, *tables)),),
        most_pages=MOST_PAGES,
        file_name=_("%(wave)s年度满意率上报表", wave=documents.wave),
        letterhead=letterhead,
    )


def _grades(documents: WaveDocuments, language: str) -> Block | None:
    """How many gave each of the three grades, in the whole university."""
    _ = speech(language)
    asked = documents.asked("official_rate", "score")
    if asked is None:
        return None
    item = asked.items[0]
    found = asked.released.distribution(item.column)
    if found is None or found.withheld or found.base is None:
        return None
    names = {choice.id: choice.text.in_language(language) for choice in item.choices}
    rows = [(Cell(names[each.choice]), Cell(f"{each.n:,}"), Cell(f"{each.percent}%")) for each in found.entries]
    figure = asked.released.item_figure(EVERYBODY, item.column)
    rows.append(
        (Cell(_("满意率（满意＋基本满意）"), "strong"), Cell(DASH), number_cell(figure.top_two_box_percent, "%"))
    )
    columns = (Column(_("评价"), 2, "left"), Column(_("人数")), Column(_("占多少")))
    return Table(_("全校在职（%(n)s 人回答）", n=f"{found.base:,}"), columns, tuple(rows))


def _units(documents: WaveDocuments, language: str) -> Block | None:
    _ = speech(language)
    units = documents.assessment.units
    if all(each.official_rate.value is None for each in units):
        return None
    rows: list[tuple[Cell, ...]] = []
    for unit_type in dict.fromkeys(each.unit_type for each in sorted(units, key=lambda unit: "apart" in unit.notes)):
        rows.append((Cell(type_words(unit_type, language)),))
        rows += [
            (
                Cell(short_name(each, language)),
                Cell(f"{each.n_eligible:,}"),
                number_cell(each.n_responding),
                number_cell(each.response_percent, "%"),
                number_cell(each.official_rate.value, "%"),
            )
            for each in units
            if each.unit_type == unit_type
        ]
    columns = (
        Column(_("单位"), 2.6, "left"),
        Column(_("应参加人数")),
        Column(_("作答人数")),
        Column(_("作答率")),
        Column(_("满意率")),
    )
    return Table(_("各单位（按类型排列）"), columns, tuple(rows), small=True)
