"""The report to the chair of one branch: how it stands beside similar ones, and what to do. Nothing about who answered."""

from analysis.disclosure.released_assessment import UnitAssessment
from analysis.report.branch_items import items, three_things
from analysis.report.branch_profile import profile
from analysis.report.cautions import INDICATIVE_BELOW
from analysis.report.content import Column, Form, Paragraph, Points, Report, Section
from analysis.report.difficulties import difficulties
from analysis.report.documents import WaveDocuments
from analysis.report.figures import flag_words, listed, with_interval
from analysis.report.language import speech
from analysis.report.needs import needs
from analysis.report.protection import protection
from analysis.report.questions import three_questions
from analysis.report.rights import rights

MOST_PAGES = 4
ACTIONS = 3
MOST_WORDS = 5


class NoSuchUnit(LookupError):  # noqa: N818 - errors are plain nouns
    """The assessment has no unit of this id."""


def branch_report(documents: WaveDocuments, unit_id: str, language: str) -> Report:
    """Raises NoSuchUnit."""
    _ = speech(language)
    unit = documents.assessment.unit(unit_id)
    if unit is None:
        raise NoSuchUnit(unit_id)
    found = (
        three_questions(documents, language, unit_id),
        three_things(documents, unit, language),
        profile(documents, unit, language),
        items(documents, unit, language),
        rights(documents, language, unit),
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
    words = Paragraph(_("填好后向会员公布；明年的报告从这张表开始。"), kind="note")
    return Section(_("行动表"), (Form("", columns, ACTIONS), words))
