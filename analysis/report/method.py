"""The method note of a report: version, weights, thresholds, who was asked and answered, what was held back, where to check."""

from analysis.report.content import Block, Cell, Column, Paragraph, Points, Section, Table
from analysis.report.documents import EVERYBODY, WaveDocuments, in_service
from analysis.report.figures import band_words, day_words, joined
from analysis.report.grades import condition_words
from analysis.report.language import speech


def method(documents: WaveDocuments, language: str) -> Section:
    """The method note: who was asked, how scores and comparisons are made, weights, conditions, fingerprints."""
    _ = speech(language)
    points = (
        Paragraph(_asked(documents, language), _("问了谁：")),
        Paragraph(
            _("三问和六条标准各占群众评价分的一半；各部分的权重见表。没有录入佐证材料，总分就是群众评价分。"),
            _("怎样计分："),
        ),
        Paragraph(
            _(
                "误差范围是 95% 的。单位之间、两年之间的差别都经过检验，并按同时比较的个数收紧；检验不支持的一律写“分不出高低”“看不出变化”。"
            ),
            _("怎样比较："),
        ),
        Paragraph(_withheld(documents, language), _("哪些不公布：")),
        Paragraph(
            _("方法 %(version)s。权重和等次条件在定稿时锁定，开始作答后不能改。", version=documents.assessment.version),
            _("版本："),
        ),
    )
    blocks: list[Block] = [
        Points(points),
        _weights(documents, language),
        *_bands(documents, language),
        _boxes(documents, language),
    ]
    return Section(_("方法说明"), tuple(blocks), annex=True)


def _asked(documents: WaveDocuments, language: str) -> str:
    _ = speech(language)
    said = []
    for released in documents.polls:
        everybody = released.unit(EVERYBODY)
        if everybody.n_responding is not None:
            said.append(
                _(
                    "“%(title)s”%(first)s至%(last)s，在职应参加 %(all)s 人，作答 %(n)s 人。",
                    title=released.poll.title.in_language(language),
                    first=day_words(released.poll.first_day, language),
                    last=day_words(released.poll.last_day, language, year=False),
                    all=f"{everybody.n_eligible:,}",
                    n=f"{everybody.n_responding:,}",
                )
            )
    return joined([*said, _("离退休会员另列，不计入全校在职。")], language)


def _withheld(documents: WaveDocuments, language: str) -> str:
    _ = speech(language)
    main = documents.main or documents.polls[0]
    hidden = sum(
        figure.withheld is not None
        for released in documents.polls
        for figure in released.item_figures
        if released.item(figure.column).measure != "text"
    )
    rule = _(
        "少于 %(minimum)s 人回答的数字不公布，少于 %(text)s 条的意见不公布；合计时能反推的也不公布。",
        minimum=main.rules.minimum_base,
        text=main.rules.text_base,
    )
    return joined([rule, _("本次共有 %(n)s 格不公布。", n=f"{hidden:,}")], language)


def _weights(documents: WaveDocuments, language: str) -> Table:
    _ = speech(language)
    infos = documents.assessment.dimensions
    rows = tuple(
        (
            Cell(_("三问") if info.group == "question" else _("六条标准")),
            Cell(info.name.in_language(language)),
            Cell(f"{info.weight:.2f}"),
        )
        for info in infos
    )
    columns = (Column(_("部分"), 1), Column(_("内容"), 2.4, "left"), Column(_("在本部分里的权重"), 1.2))
    return Table(_("权重"), columns, rows, small=True)


def _bands(documents: WaveDocuments, language: str) -> list[Block]:
    """The conditions of each grade, as one unit's list writes them; they are the same for all."""
    _ = speech(language)
    unit = next((each for each in in_service(documents.assessment) if each.conditions), None)
    if unit is None:
        return []
    separator = "; " if language == "en" else "；"
    rows = tuple(
        (
            Cell(band_words(band, language), "strong"),
            Cell(separator.join(_wanted(each, language) for each in unit.conditions if each.band == band)),
        )
        for band in ("qualified", "advanced", "model")
    )
    return [Table(_("等次条件"), (Column(_("等次"), 1), Column(_("条件（全部满足）"), 8, "left")), rows)]


def _wanted(condition: object, language: str) -> str:
    from analysis.disclosure.released_assessment import BandCondition

    assert isinstance(condition, BandCondition)
    _ = speech(language)
    plain = {
        "solved_assessable": _("解决情况能够评价"),
        "no_open_flag": _("没有待核实的提示"),
        "no_veto": _("没有一票否决"),
    }
    if condition.wanted is None:
        return plain.get(condition.name, condition_words(condition, language))
    name = {
        "official_rate": _("上报口径 %(n)s%%"),
        "staff_voice": _("群众评价分 %(n)s"),
        "staff_voice_lower80": _("群众评价分的保守值 %(n)s"),
        "response_rate": _("作答率 %(n)s%%"),
        "each_criterion": _("每条标准 %(n)s"),
    }.get(condition.name, condition.name)
    return name % {"n": condition.wanted} if "%(n)s" in name else name


def _boxes(documents: WaveDocuments, language: str) -> Block:
    _ = speech(language)
    said = [f"{each.poll_id} {each.box_sha256[:16]}" for each in documents.assessment.polls]
    return Paragraph(
        _(
            "封箱文件的校验码（前 16 位）：%(boxes)s。凭封箱文件可以把每个数字重算一遍。",
            boxes=("; " if language == "en" else "；").join(said),
        ),
        kind="note",
    )
