"""The report to the chair of one branch: how it stands beside similar ones, and what to do. Nothing about who answered."""

from dataclasses import dataclass

from analysis.charts import profile_dots
from analysis.disclosure.released import Released, ReleasedItem
from analysis.disclosure.released_assessment import UnitAssessment
from analysis.report.cautions import INDICATIVE_BELOW
from analysis.report.content import Block, Cell, Column, Form, Paragraph, Points, Report, Section, Table
from analysis.report.difficulties import difficulties
from analysis.report.documents import WaveDocuments, has_unit, typical
from analysis.report.figures import (
    DASH,
    band_words,
    change_cell,
    class_words,
    flag_words,
    joined,
    listed,
    reason_words,
    scored,
    share,
    tone_of,
    with_interval,
)
from analysis.report.grades import missed_words
from analysis.report.language import speech
from analysis.report.needs import needs
from analysis.report.pictures import picture
from analysis.report.protection import protection
from analysis.report.questions import three_questions

MOST_PAGES = 4
ACTIONS = 3
MOST_WORDS = 5


class NoSuchUnit(LookupError):  # noqa: N818 - errors are plain nouns
    """The assessment has no unit of this id."""


@dataclass(frozen=True, slots=True)
class Beside:
    """An item of the unit beside the median of similar units, points of 100."""

    item: ReleasedItem
    score: int
    others: int

    @property
    def gap(self) -> int:
        return self.score - self.others


def branch_report(documents: WaveDocuments, unit_id: str, language: str) -> Report:
    """Raises NoSuchUnit."""
    _ = speech(language)
    unit = documents.assessment.unit(unit_id)
    if unit is None:
        raise NoSuchUnit(unit_id)
    found = (
        three_questions(documents, language, unit_id),
        _three_things(documents, unit, language),
        _profile(documents, unit, language),
        _items(documents, unit, language),
        needs(documents, language, unit_id, bars=False),
        difficulties(documents, language, unit_id),
        _comments(documents, unit, language),
        _turnout(unit, language),
        _action_sheet(language),
        protection(documents, language),
    )
    name = unit.name.in_language(language)
    return Report(
        reader="branch",
        language=language,
        title=_("%(unit)s%(wave)s年度评议结果", unit=name, wave=documents.wave),
        head=_head(unit, language),
        sections=tuple(each for each in found if each),
        most_pages=MOST_PAGES,
        file_name=_("%(wave)s年度评议结果（%(unit)s）", wave=documents.wave, unit=name),
    )


def _head(unit: UnitAssessment, language: str) -> str:
    _ = speech(language)
    if unit.n_responding is None or unit.response_percent is None:
        return _("应参加 %(all)s 人", all=f"{unit.n_eligible:,}")
    return _(
        "应参加 %(all)s 人，作答 %(n)s 人，占 %(percent)s%%；本报告给分工会主席，不含任何个人的回答",
        all=f"{unit.n_eligible:,}",
        n=f"{unit.n_responding:,}",
        percent=unit.response_percent,
    )


def _profile(documents: WaveDocuments, unit: UnitAssessment, language: str) -> Section:
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


def beside_similar(documents: WaveDocuments, unit: UnitAssessment) -> tuple[Beside, ...]:
    """Rated items of the unit with the median of similar units, the largest lead first. Only cells that are released."""
    found = []
    ids = [each.unit for each in documents.similar(unit)]
    for released, item in _rated(documents, unit.unit):
        own = released.item_figure(unit.unit, item.column)
        if own.mean is None or own.coarse:
            continue
        others = typical(released.item_figure(each, item.column).mean for each in ids if has_unit(released, each))
        if others is not None:
            found.append(Beside(item, own.mean, others))
    return tuple(sorted(found, key=lambda each: -each.gap))


def _rated(documents: WaveDocuments, unit: str) -> list[tuple[Released, ReleasedItem]]:
    return [
        (released, item)
        for released in documents.polls
        if has_unit(released, unit)
        for item in released.items
        if item.measure == "score"
        and item.kind == "rating"
        and not set(item.feeds) & {"official_rate", "anonymity_trust"}
    ]


def least_seen(documents: WaveDocuments, unit: UnitAssessment) -> tuple[ReleasedItem, int] | None:
    """The item that most members of the unit could not judge."""
    found = [
        (percent, item)
        for released, item in _rated(documents, unit.unit)
        if (percent := released.item_figure(unit.unit, item.column).dont_know_percent) is not None and percent > 0
    ]
    if not found:
        return None
    percent, item = max(found, key=lambda each: each[0])
    return item, percent


def _items(documents: WaveDocuments, unit: UnitAssessment, language: str) -> Section | None:
    _ = speech(language)
    compared = beside_similar(documents, unit)
    points = []
    for head, chosen in (
        (_("比同类单位好的"), [each for each in compared[:2] if each.gap > 0]),
        (_("不如同类单位的"), [each for each in compared[:-3:-1] if each.gap < 0]),
    ):
        said = listed(
            (
                _(
                    "%(item)s %(score)s 分（同类中位 %(others)s）",
                    item=each.item.label.in_language(language),
                    score=each.score,
                    others=each.others,
                )
                for each in chosen
            ),
            language,
        )
        if said:
            points.append(Paragraph(said + _("。"), head + _("：")))
    unseen = least_seen(documents, unit)
    if unseen:
        points.append(
            Paragraph(
                _(
                    "%(item)s，%(percent)s%% 的人答“不了解”。不是不满意，是看不见。",
                    item=unseen[0].label.in_language(language),
                    percent=unseen[1],
                ),
                _("最看不见的："),
            )
        )
    note = Paragraph(_("单个题目的差别没有逐一检验，只作线索。"), kind="note")
    return Section(_("几个题目"), (Points(tuple(points)), note)) if points else None


def _three_things(documents: WaveDocuments, unit: UnitAssessment, language: str) -> Section | None:
    """What to begin with: from the weakest item, what is not seen, and what members want most. Suggestions, not orders."""
    _ = speech(language)
    found = []
    weak = [each for each in beside_similar(documents, unit)[::-1] if each.gap < 0]
    if weak:
        item = weak[0].item.label.in_language(language)
        found.append(
            Paragraph(
                _(
                    "%(score)s 分，同类单位中位 %(others)s 分。先问问会员差在哪里。",
                    score=weak[0].score,
                    others=weak[0].others,
                ),
                _("改进“%(item)s”。", item=item),
            )
        )
    need = _first_need(documents, unit, language)
    if need:
        found.append(need)
    unseen = least_seen(documents, unit)
    if unseen:
        found.append(
            Paragraph(
                _("%(percent)s%% 的人不了解。做了的，公布出来。", percent=unseen[1]),
                _("让大家看见“%(item)s”。", item=unseen[0].label.in_language(language)),
            )
        )
    return Section(_("可以先做的几件事"), (Points(tuple(found), numbered=True),)) if found else None


def _first_need(documents: WaveDocuments, unit: UnitAssessment, language: str) -> Paragraph | None:
    """What members most want the union's help with; where too few said, what most of them meet."""
    _ = speech(language)
    wanted, met = documents.asked("need_wanted"), documents.asked("need_prevalence")
    figures = wanted.figures(unit.unit) if wanted else ()
    words = _("遇到困难的人里，%(figure)s最需要工会帮助的是这一项。")
    if not figures:
        figures = met.figures(unit.unit) if met else ()
        words = _("%(figure)s的会员过去 12 个月遇到过，是最多的一项。")
    if not figures:
        return None
    first, figure = figures[0]
    return Paragraph(
        words % {"figure": share(figure, language)}, _("办好“%(need)s”。", need=first.label.in_language(language))
    )


def _comments(documents: WaveDocuments, unit: UnitAssessment, language: str) -> Section | None:
    """How many comments there are and the words they use more than others do. Never a single voice."""
    _ = speech(language)
    points = []
    for released in documents.polls:
        for count in released.comment_counts:
            if count.unit == unit.unit and count.n is not None:
                item = next(each for each in released.items if each.item == count.item)
                own = [
                    each for each in released.words if each.row == unit.unit and each.item == count.item and each.key
                ]
                said = _("%(n)s 条", n=count.n)
                if own:
                    words = listed((each.word for each in own[:MOST_WORDS]), language)
                    said += _("，比别的单位更常提到%(words)s", words=words)
                points.append(Paragraph(said + _("。"), item.label.in_language(language) + _("：")))
    if not points:
        return None
    note = _("少于 %(n)s 条的不写，单条意见不转给分工会。", n=documents.polls[0].rules.text_base)
    return Section(_("写下的意见"), (Points(tuple(points)), Paragraph(note, kind="note")))


def _turnout(unit: UnitAssessment, language: str) -> Section:
    """Response and flags, each with plain advice."""
    _ = speech(language)
    points = []
    if unit.response_percent is not None:
        if unit.response_percent < INDICATIVE_BELOW:
            advice = _("不到一半，结果只作参考，等次最高为合格。下次早一周说明匿名怎样保证，不要催个人。")
        else:
            advice = _("够用。继续说明匿名怎样保证，不要催个人。")
        points.append(Paragraph(advice, _("作答率 %(percent)s%%：", percent=unit.response_percent)))
    advice_of = {
        "straight_lining": _(
            "可能有人不放心，或被要求答好。今后由会员自己答，不得当面看着答、不得要截图。校工会会另行了解。"
        ),
        "response_jump": _("和“全部选同一项”一起出现，校工会会另行了解。"),
        "low_trust": _("多数人不相信匿名。公布答题码怎样自己抽、答卷里有什么没有什么。"),
    }
    points += [
        Paragraph(advice_of.get(flag.name, ""), flag_words(flag.name, language) + _("：")) for flag in unit.flags
    ]
    if unit.flags and unit.without_pressed.value is not None:
        words = with_interval(unit.without_pressed.value, unit.without_pressed.low, unit.without_pressed.high, language)
        points.append(Paragraph(_("群众评价分%(score)s。", score=words), _("去掉全部选同一项的答卷：")))
    return Section(_("作答率和提示"), (Points(tuple(points)),))


def _action_sheet(language: str) -> Section:
    _ = speech(language)
    columns = (
        Column(_("序号"), 0.5),
        Column(_("做什么"), 3, "left"),
        Column(_("谁负责"), 1.2),
        Column(_("什么时候"), 1.2),
        Column(_("会员怎样看到"), 2, "left"),
    )
    words = Paragraph(_("填好后向会员公布；明年的报告从这张表开始。"))
    return Section(_("行动表"), (words, Form("", columns, ACTIONS)))
