"""Cards of what is measured: components, the three questions, the criteria, the composite, the total, the counts."""

from collections.abc import Sequence

from analysis.assessment.card_words import CardWords
from analysis.assessment.cards_beside import case_cards, shown_cards
from analysis.assessment.measures import Dimension, Layout, Part, layout
from analysis.assessment.method_cards import MethodCard, number, share
from analysis.assessment.scheme import Scheme
from analysis.frame import Questionnaire, Text

_WEIGHTED = Text(
    "单位内按岗位类别人数加权（见“权重”）", "by head counts of staff categories within the unit (see Weights)"
)


def figure_cards(scheme: Scheme, questionnaires: Sequence[Questionnaire]) -> tuple[MethodCard, ...]:
    """A card for every component, dimension, the composite, B, the total, the official rate and the solved difficulties."""
    plan = layout(scheme)
    words = CardWords(questionnaires)
    cards: list[MethodCard] = []
    for dimension in plan.dimensions:
        if dimension.group == "three_questions":
            cards += [_part_card(part, plan, scheme, words) for part in dimension.parts]
        cards.append(_dimension_card(dimension, plan, scheme, words))
    return (
        *cards,
        _composite_card(plan, scheme, words),
        _voice_card(plan, scheme),
        _total_card(scheme),
        *_counts(scheme, words),
        *case_cards(plan, scheme, words),
        *shown_cards(plan, scheme, words),
    )


def _interval(scheme: Scheme) -> Text:
    sure = share(scheme.method.confidence)
    return Text(
        f"{sure}，t 分布；方差按岗位类别分层线性化并做稳健处理，计入有限总体（见“方差”）",
        f"{sure}, t distribution; variance by linearisation within staff categories, moderated, with finite population (see Variance)",
    )


def _addresses(part: Part, plan: Layout) -> tuple[str, ...]:
    measures = [plan.measures[place] for place in part.measures]
    return tuple(f"{measure.poll}.{item}" for measure in measures for item in measure.items)


def _part_card(part: Part, plan: Layout, scheme: Scheme, words: CardWords) -> MethodCard:
    addresses, least = _addresses(part, plan), scheme.minimum("figure")
    credit = plan.measures[part.measures[0]].credit
    if credit is not None:
        earned = words.credit(addresses, credit)
        formula = Text(
            f"100 × Σw·得分 / Σw；得分：{earned.zh}；未列出的选项不计入；多题的回答合并为一个比例",
            f"100 x sum(w credit) / sum(w); credit: {earned.in_language('en')}; choices not listed are left out; answers of several questions make one share",
        )
    else:
        formula = Text(
            f"每题：Σw·y / Σw，y = {scheme.scoring.item_score}；多题取各题均值的平均",
            f"per question: sum(w y) / sum(w), y = {scheme.scoring.item_score}; several questions: the mean of their means",
        )
    return MethodCard(
        id=part.id,
        title=Text(f"分项 {part.id}", f"Component {part.id}"),
        meaning=Text(f"来自 {words.questions(addresses, 'zh')}", f"From {words.questions(addresses, 'en')}"),
        formula=formula,
        base=Text(
            f"有效回答；“不了解”、空白不计；少于 {least} 人不计算，其权重分给本问题的其他分项",
            f"valid answers; don't know and blanks are missing; under {least} answers none, and its weight goes to the rest of its question",
        ),
        weights=_WEIGHTED,
        interval=_interval(scheme),
        misleads=Text("“不了解”多时，只代表了解情况的人", "where many do not know, it speaks for those who do"),
        version=scheme.version,
    )


def _dimension_card(dimension: Dimension, plan: Layout, scheme: Scheme, words: CardWords) -> MethodCard:
    name = words.measure(dimension.id)
    return MethodCard(
        id=dimension.id,
        title=Text(name.zh, name.in_language("en")),
        meaning=_dimension_meaning(dimension, plan, words),
        formula=_dimension_formula(dimension, plan, scheme),
        base=_dimension_base(dimension, scheme),
        weights=Text(
            f"{_WEIGHTED.zh}；在综合分中占 {share(dimension.weight)}",
            f"{_WEIGHTED.in_language('en')}; {share(dimension.weight)} of the composite",
        ),
        interval=_interval(scheme),
        misleads=Text("不能据此排名次；看分组和误差范围", "not a league table: read class and interval"),
        version=scheme.version,
    )


def _dimension_meaning(dimension: Dimension, plan: Layout, words: CardWords) -> Text:
    addresses = [address for part in dimension.parts for address in _addresses(part, plan)]
    return Text(f"来自 {words.questions(addresses, 'zh')}", f"From {words.questions(addresses, 'en')}")


def _dimension_formula(dimension: Dimension, plan: Layout, scheme: Scheme) -> Text:
    if dimension.group == "criteria":
        least = plan.measures[dimension.parts[0].measures[0]].least
        return Text(
            f"每人：已答各题 {scheme.scoring.item_score} 的平均（至少答 {least} 题）；单位：Σw·y / Σw",
            f"per respondent: mean of {scheme.scoring.item_score} over the answered questions (at least {least}); unit: sum(w y) / sum(w)",
        )
    parts = " + ".join(f"{number(part.weight)} {part.id}" for part in dimension.parts)
    shrunk = Text("", "")
    if dimension.shrink:
        pseudo = dimension.shrink
        shrunk = Text(
            f"；进入综合分 B 的是 S* = (n·S + {pseudo}·全校 S) / (n + {pseudo})，n 为已知案例数",
            f"; B takes S* = (n S + {pseudo} S_university) / (n + {pseudo}), n known cases",
        )
    return Text(parts + shrunk.zh, parts + shrunk.in_language("en"))


def _dimension_base(dimension: Dimension, scheme: Scheme) -> Text:
    if dimension.shrink:
        least = scheme.minimum("cases_for_rate")
        return Text(
            f"n = 各题有效案例数中最大者（同一件事可能在几份问卷里出现，从不相加）；少于 {least} 例写“案例太少”，不给数字",
            f"n = the largest number of cases in any of the questions (one case may stand in several, so they are never added); under {least} cases “too few cases”, no number",
        )
    least = scheme.minimum("figure")
    return Text(
        f"有效回答至少 {least} 人；问题须有一半以上权重的分项可算",
        f"at least {least} valid answers; a question needs components of at least half its weight",
    )


def _composite_card(plan: Layout, scheme: Scheme, words: CardWords) -> MethodCard:
    zh = " + ".join(f"{share(each.weight)} {words.measure(each.id).zh}" for each in plan.dimensions)
    en = " + ".join(f"{share(each.weight)} {words.measure(each.id).in_language('en')}" for each in plan.dimensions)
    return MethodCard(
        id="composite",
        title=Text("综合分 C（用于分组和名次范围）", "Composite C (for classes and rank intervals)"),
        meaning=Text(
            "三个问题和六条标准合成的一个数，从不单独公布",
            "three questions and six criteria in one number, never published without them",
        ),
        formula=Text(zh, en),
        base=Text(
            f"至少 {scheme.minimum('split')} 份答卷、{scheme.minimum('branch_members')} 名会员；某项不可评时用全校该项代替，既不抬高也不压低，误差加上 ω² × 单位间方差 τ²",
            f"at least {scheme.minimum('split')} respondents and {scheme.minimum('branch_members')} members; a dimension that is not assessable is replaced by the university's, which neither lifts nor sinks the unit; omega^2 x tau^2, the variance between units, is added to the variance",
        ),
        weights=Text(
            "权重由校工会在调查开始前确定，不从数据推算",
            "set by the university union before the poll opens, never derived from data",
        ),
        interval=_interval(scheme),
        misleads=Text("权重是选择：看“对权重的依赖”", "weights are a choice: see Dependence on the weights"),
        version=scheme.version,
    )


def _voice_card(plan: Layout, scheme: Scheme) -> MethodCard:
    shrunk = plan.dimensions[plan.solved].shrink if plan.solved is not None else 0
    return MethodCard(
        id="staff_voice",
        title=Text("群众评价 B（用于等次）", "Staff voice B (for the bands)"),
        meaning=Text("与综合分相同，但“解决了多少困难”用 S*", "as the composite, with S* in place of S"),
        formula=Text(
            f"{share(scheme.half('three_questions'))} 三个问题 + {share(scheme.half('criteria'))} 六条标准，S 换为 S*（虚拟案例 {shrunk} 个；S 不可评时 S* 即全校的 S）",
            f"{share(scheme.half('three_questions'))} the three questions + {share(scheme.half('criteria'))} the criteria, S* for S ({shrunk} pseudo-cases; S_university where S is not assessable)",
        ),
        base=Text(f"至少 {scheme.minimum('split')} 份答卷", f"at least {scheme.minimum('split')} respondents"),
        weights=_WEIGHTED,
        interval=Text(
            f"{share(scheme.method.confidence)}；等次用的下限是 {share(scheme.method.band_confidence)} 误差范围的下端",
            f"{share(scheme.method.confidence)}; the bands' lower bound is the lower end of the {share(scheme.method.band_confidence)} interval",
        ),
        misleads=Text("全校的 S 视为已知", "the university's S is taken as known"),
        version=scheme.version,
    )


def _total_card(scheme: Scheme) -> MethodCard:
    voice, evidence = scheme.total_share("staff_voice"), scheme.total_share("evidence")
    return MethodCard(
        id="total",
        title=Text("总分", "Total"),
        meaning=Text("群众评价和佐证材料", "staff voice and evidence from records"),
        formula=Text(
            f"{number(voice)} B + {number(evidence)} E；没有 E 时总分即 B",
            f"{number(voice)} B + {number(evidence)} E; without E the total is B",
        ),
        base=Text("E 由校工会录入，0—100", "E is entered by the university union, 0..100"),
        weights=_WEIGHTED,
        interval=Text(
            "B 的误差范围按比例缩放；E 是清点所得，无抽样误差", "that of B scaled; E is counted, not estimated"
        ),
        misleads=Text("有 E 和没有 E 的单位不可直接比", "units with and without E do not compare"),
        version=scheme.version,
    )


def _counts(scheme: Scheme, words: CardWords) -> tuple[MethodCard, MethodCard]:
    rule = scheme.scoring.official_rate
    good, of = (words.choices(rule.item, chosen) for chosen in (rule.satisfied, rule.of))
    official = MethodCard(
        id="official_rate",
        title=Text("上报口径满意率", "Official rate"),
        meaning=Text(f"来自 {words.questions([rule.item], 'zh')}", f"From {words.questions([rule.item], 'en')}"),
        formula=Text(f"（{good.zh}）/（{of.zh}）", f"({good.in_language('en')}) / ({of.in_language('en')})"),
        base=Text(
            f"给出等次的人，至少 {scheme.minimum('figure')} 人",
            f"those who gave a grade, at least {scheme.minimum('figure')}",
        ),
        weights=Text("不加权：上报要求原始计数", "none: the return wants plain counts"),
        interval=Text("95% 威尔逊，计入有限总体", "95 % Wilson with finite population"),
        misleads=Text(
            "几乎所有单位都在 90% 以上，分不出高低，不作排名",
            "nearly all units are above 90 %: it does not tell them apart",
        ),
        version=scheme.version,
    )
    solved = MethodCard(
        id="solved_difficulties",
        title=Text("解决的困难数（估计）", "Difficulties solved (estimate)"),
        meaning=Text("会员中大约有多少人有一件困难得到解决", "about how many members had a difficulty solved"),
        formula=Text("会员数 × 报告“已解决”者占答卷的比例", "members x share of respondents who report one solved"),
        base=Text("该问卷的全部答卷", "all respondents of that poll"),
        weights=Text("不加权", "none"),
        interval=Text("95% 威尔逊 × 会员数，计入有限总体", "95 % Wilson x members, with finite population"),
        misleads=Text("不是案件数；不与台账相加", "no count of cases; never added to the ledger"),
        version=scheme.version,
    )
    return official, solved
