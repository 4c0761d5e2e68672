"""Units against the rest of the university: three groups with intervals, change since last year, flagged units apart."""

from collections.abc import Sequence

from analysis.disclosure.released_assessment import UnitAssessment
from analysis.report.content import Block, Cell, Column, Paragraph, Points, Section, Table
from analysis.report.documents import WaveDocuments, in_service
from analysis.report.figures import (
    DASH,
    class_words,
    joined,
    listed,
    named,
    number_cell,
    short_name,
    tone_of,
    type_words,
    with_interval,
)
from analysis.report.language import speech
from analysis.report.many_units import are_many, scores_by_type, standings_table
from analysis.report.pictures import picture
from analysis.report.unit_strip import StripRow, unit_strip


def standings(documents: WaveDocuments, language: str) -> Section:
    """The three groups in words, then all units in one drawing, by type and never by score."""
    _ = speech(language)
    units = in_service(documents.assessment)
    groups = [(label, [each for each in units if each.standing.label == label]) for label in ("above", "below")]
    points = [Paragraph(_named(own, language), class_words(label, language) + _("：")) for label, own in groups]
    rest = sum(each.standing.label == "not_distinguishable" for each in units)
    points.append(Paragraph(_("%(n)s 个", n=rest), class_words("not_distinguishable", language) + _("：")))
    for label in ("improved", "worsened"):
        changed = [each for each in units if each.change.label == label]
        points.append(Paragraph(_named(changed, language), _change_head(label, language) + _("：")))
    if are_many(units):
        return Section(_("哪些单位与全校确有差别"), (Points(tuple(points)), standings_table(units, language)))
    chart = unit_strip(_rows(units, language), documents.assessment.university.voice.value, language, width=640)
    reading = _(
        "点是群众评价分，横条是误差范围，虚线是全校。只有检验后高于或低于其他单位的才上色；按类型排列，不按得分排。"
    )
    blocks: list[Block] = [
        Points(tuple(points)),
        picture(chart, _("各单位群众评价分")),
        Paragraph(reading, kind="note"),
    ]
    return Section(_("哪些单位与全校确有差别"), tuple(blocks))


def _named(units: Sequence[UnitAssessment], language: str) -> str:
    _ = speech(language)
    return named((short_name(each, language) for each in units), language) if units else _("没有")


def _change_head(label: str, language: str) -> str:
    _ = speech(language)
    return _("比上年提高") if label == "improved" else _("比上年下降")


def _rows(units: Sequence[UnitAssessment], language: str) -> list[StripRow]:
    rows: list[StripRow] = []
    for unit_type in dict.fromkeys(each.unit_type for each in units):
        rows.append(StripRow(type_words(unit_type, language)))
        for each in units:
            if each.unit_type == unit_type and each.voice.shown:
                label, score = each.standing.label, each.voice
                tone = {"above": "high", "below": "low"}.get(label or "", "")
                rows.append(
                    StripRow(
                        short_name(each, language), score.value, score.low, score.high, tone, _word(each, language)
                    )
                )
    return rows


def _word(unit: UnitAssessment, language: str) -> str:
    _ = speech(language)
    word = {"above": _("高"), "below": _("低")}.get(unit.standing.label or "", "")
    return word or (_("待核实") if unit.flags else "")


def criteria(documents: WaveDocuments, language: str) -> Section:
    """The six criteria of the university with what staff do not see, and how many units stand out in each."""
    _ = speech(language)
    units = in_service(documents.assessment)
    everyone = [
        each for each in documents.assessment.university.dimensions if each.group == "criterion" and each.score.shown
    ]
    before = _before(documents)
    seen = any(each.unaware_percent is not None for each in everyone)
    rows = []
    for each in everyone:
        classed = [unit.dimension(each.id).standing.label for unit in units]
        score, old = each.score, before.get(each.id)
        assert score.value is not None
        rows.append(
            (
                Cell(documents.assessment.dimension_info(each.id).name.in_language(language), "strong"),
                Cell(with_interval(score.value, score.low, score.high, language)),
                Cell(str(old) if old is not None else DASH),
                *((number_cell(each.unaware_percent, "%"),) if seen else ()),
                Cell(str(classed.count("above"))),
                Cell(str(classed.count("below"))),
            )
        )
    columns = (
        Column(_("标准"), 2, "left"),
        Column(_("得分"), 1.6),
        Column(_("上年"), 0.8),
        *((Column(_("答“不了解”"), 1.1),) if seen else ()),
        Column(_("高于其他单位的"), 1.4),
        Column(_("低于其他单位的"), 1.4),
    )
    blocks: list[Block] = [Paragraph(_lowest(documents, language)), Table("", columns, tuple(rows))]
    return Section(_("职工之家六条标准"), tuple(blocks))


def _before(documents: WaveDocuments) -> dict[str, int]:
    """Last year's university scores by dimension."""
    before = documents.before
    return (
        {each.id: each.score.value for each in before.university.dimensions if each.score.value is not None}
        if before
        else {}
    )


def _lowest(documents: WaveDocuments, language: str) -> str:
    """The lowest criterion, named alone only where its interval lies under all others."""
    _ = speech(language)
    scores = [
        (each.score.value, each.score.high, each)
        for each in documents.assessment.university.dimensions
        if each.group == "criterion" and each.score.value is not None
    ]
    if not scores:
        return _("六条标准这一年没有可公布的得分。")
    least = min(value for value, _high, _each in scores)
    lowest = [each for value, _high, each in scores if value == least]
    names = listed(
        (documents.assessment.dimension_info(each.id).name.in_language(language) for each in lowest), language
    )
    others = [each.score.low for value, _high, each in scores if value != least and each.score.low is not None]
    high = max(each.score.high or least for each in lowest)
    doubt = "" if others and high < min(others) else _("与其他标准的误差范围有重叠，差别不大。")
    spread = documents.assessment.university.spread
    wide = _("各单位真实水平的中间一半相差约 %(points)s 分。", points=spread) if spread is not None else ""
    return joined([_("得分最低的是%(names)s（%(score)s 分）。", names=names, score=least), doubt, wide], language)


def scores_of_units(documents: WaveDocuments, language: str) -> Section:
    """All units by questions and criteria; marked only where the class of that one dimension says so."""
    _ = speech(language)
    assessment = documents.assessment
    if are_many(assessment.units):
        return scores_by_type(documents, language)
    infos = assessment.dimensions
    columns = (Column(_("单位"), 3.0, "left"), *(Column(info.name.in_language(language), 1.15) for info in infos))
    rows: list[tuple[Cell, ...]] = [
        (
            Cell(_("全校在职"), "strong"),
            *(
                _score(
                    next((each.score.value for each in assessment.university.dimensions if each.id == info.id), None),
                    None,
                )
                for info in infos
            ),
        )
    ]
    units = assessment.units
    for unit_type in dict.fromkeys(each.unit_type for each in sorted(units, key=lambda unit: "apart" in unit.notes)):
        rows.append((Cell(type_words(unit_type, language)),))
        rows += [
            (
                Cell(short_name(each, language)),
                *(
                    _score(each.dimension(info.id).score.value, each.dimension(info.id).standing.label)
                    for info in infos
                ),
            )
            for each in units
            if each.unit_type == unit_type
        ]
    note = _(
        "满分 100。带 ▲ 的高于其他单位，带 ▼ 的低于其他单位，其余分不出高低。每格的误差范围见数据表。横线是回答太少，不计算。"
    )
    return Section(
        _("各单位三问与六条标准"), (Table("", columns, tuple(rows), note, small=True),), new_page=True, annex=True
    )


def _score(value: int | None, label: str | None) -> Cell:
    return Cell(DASH, "muted") if value is None else Cell(str(value), tone_of(label))
