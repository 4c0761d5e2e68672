"""What may not be concluded, who took part, and how far staff trust that answers are anonymous."""

from analysis.charts import turnout_dots
from analysis.disclosure.released import EVERYBODY
from analysis.disclosure.released_assessment import UnitAssessment
from analysis.report.content import Block, Paragraph, Points, Section
from analysis.report.documents import WaveDocuments, in_service
from analysis.report.figures import flag_words, joined, named, short_name, top_box
from analysis.report.language import speech
from analysis.report.pictures import picture

INDICATIVE_BELOW = 50


def not_to_conclude(documents: WaveDocuments, language: str) -> Section:
    """The weightiest first, each a claim and why it does not hold."""
    _ = speech(language)
    units = in_service(documents.assessment)
    points = [
        Paragraph(_("误差范围互相重叠的单位，先后没有意义；只有“高于”“低于”是检验过的。"), _("不能排名次。")),
        Paragraph(_("“满意＋基本满意”几乎处处都高，分不出好坏，只用于上报。"), _("不能用上报口径比单位。")),
    ]
    low = [each for each in units if each.response_percent is not None and each.response_percent < INDICATIVE_BELOW]
    if low:
        names = named((short_name(each, language) for each in low), language)
        points.insert(
            1,
            Paragraph(
                _("%(units)s的作答率不到 50%%，结果只作参考，等次最高为合格。", units=names),
                _("不能替没有作答的人说话。"),
            ),
        )
    flagged = [each for each in units if each.flags]
    if flagged:
        said = [
            _(
                "%(flag)s的有%(units)s。",
                flag=flag_words(name, language),
                units=named((short_name(each, language) for each in flagged if name in _flags(each)), language),
            )
            for name in dict.fromkeys(name for each in flagged for name in _flags(each))
        ]
        sentences = joined([*said, _("提示不是处分，要先核实。")], language)
        points.append(Paragraph(sentences, _("不能把待核实的结果当定论。")))
    return Section(_("不能据此下的结论"), (Points(tuple(points)),))


def _flags(unit: UnitAssessment) -> tuple[str, ...]:
    return tuple(flag.name for flag in unit.flags)


def turnout_and_trust(documents: WaveDocuments, language: str) -> Section | None:
    """Response rates as dots, and trust in anonymity in a sentence; None without the main poll."""
    _ = speech(language)
    main = documents.main
    if main is None:
        return None
    everybody = main.unit(EVERYBODY)
    blocks: list[Block] = []
    if everybody.n_responding is not None:
        blocks.append(
            Paragraph(
                _(
                    "在职教职工应参加 %(all)s 人，作答 %(n)s 人，占 %(percent)s%%。每个点是一个在职单位。",
                    all=f"{everybody.n_eligible:,}",
                    n=f"{everybody.n_responding:,}",
                    percent=everybody.response_percent,
                )
            )
        )
    blocks.append(picture(turnout_dots(main, language, width=560), width=0.9))
    blocks += trust(documents, language)
    return Section(_("谁作答了，信不信匿名"), tuple(blocks))


def trust(documents: WaveDocuments, language: str, unit: str = EVERYBODY) -> list[Block]:
    """The share that trusts the anonymity, from the polls that asked."""
    _ = speech(language)
    said = []
    for item in ("b36", "a13"):
        asked = documents.item(item)
        if asked is None:
            continue
        words = top_box(asked[0].item_figure(unit, asked[1].column), language)
        if words:
            title = asked[0].poll.title.in_language(language)
            said.append(_("“%(poll)s”里，%(figure)s的人相信答卷不会让人认出自己。", poll=title, figure=words))
    if not said:
        return []
    return [Paragraph(joined([*said, _("不相信的人可能答得比实际想法更好。")], language))]
