"""Cards of what stands beside the scores: counts and rates of cases, awareness, the ledger check, figures of every area."""

from analysis.assessment.card_words import CardWords
from analysis.assessment.cases import ACTED, LEARNED, MET, POLL, SILENCE, STANDS
from analysis.assessment.measures import Layout, Measure, Shown
from analysis.assessment.method_cards import MethodCard, number, share
from analysis.assessment.scheme import Scheme
from analysis.frame import Text

_WITHIN = Text(
    "单位内按岗位类别人数加权；服务回访和活动反馈不加权",
    "by head counts of staff categories within the unit; after-service and activity answers each count once",
)
_NOT_SCORED = Text("只作参考，不计入任何得分", "shown beside the scores, never scored")


def case_cards(plan: Layout, scheme: Scheme, words: CardWords) -> tuple[MethodCard, ...]:
    """Cards of the counts, of the rates made of them, of awareness and of the look at the ledger."""
    return (
        _counts_card(scheme, words),
        _solved_card(plan, scheme, words),
        _lenient_card(scheme),
        _acted_card(scheme, words),
        _silence_card(scheme, words),
        _awareness_card(scheme),
        _ledger_card(scheme),
    )


def shown_cards(plan: Layout, scheme: Scheme, words: CardWords) -> tuple[MethodCard, ...]:
    """A card for every figure that is only shown."""
    return tuple(_shown_card(each, plan, scheme, words) for each in plan.shown)


def _interval(scheme: Scheme) -> Text:
    sure = share(scheme.method.confidence)
    return Text(f"{sure}，t 分布（见“方差”）", f"{sure}, t distribution (see Variance)")


def _shown_card(shown: Shown, plan: Layout, scheme: Scheme, words: CardWords) -> MethodCard:
    measures = [plan.measures[place] for place, _ in shown.terms]
    addresses = [f"{each.poll}.{item}" for each in measures for item in each.items]
    least = scheme.minimum("figure")
    return MethodCard(
        id=shown.id,
        title=shown.name,
        meaning=Text(
            f"来自 {words.questions(addresses, 'zh')}；{_NOT_SCORED.zh}",
            f"From {words.questions(addresses, 'en')}; {_NOT_SCORED.en}",
        ),
        formula=_formula(measures, addresses, scheme, words),
        base=Text(
            f"有效回答；“不了解”、空白不计；少于 {least} 人不计算",
            f"valid answers; don't know and blanks are missing; under {least} answers none",
        ),
        weights=_WITHIN,
        interval=_interval(scheme),
        misleads=Text(
            "只代表被问到并作答的人；不与其他问卷的数相加",
            "speaks for those who were asked and answered; never added to another questionnaire's",
        ),
        version=scheme.version,
    )


def _formula(measures: list[Measure], addresses: list[str], scheme: Scheme, words: CardWords) -> Text:
    if len(measures) > 1:
        return Text(
            "后一题的均值 − 前一题的均值，−100—100", "mean of the second question - mean of the first, -100..100"
        )
    credit = measures[0].credit
    if credit is not None:
        earned = words.credit(addresses, credit)
        return Text(
            f"100 × Σw·得分 / Σw；得分：{earned.zh}；未列出的选项不计入",
            f"100 x sum(w credit) / sum(w); credit: {earned.in_language('en')}; choices not listed are left out",
        )
    least = measures[0].least
    return Text(
        f"每人：已答各题 {scheme.scoring.item_score} 的平均（至少答 {least} 题）；单位：Σw·y / Σw",
        f"per respondent: mean of {scheme.scoring.item_score} over the answered questions (at least {least}); unit: sum(w y) / sum(w)",
    )


def _counts_card(scheme: Scheme, words: CardWords) -> MethodCard:
    asked = [f"{POLL}.{item}" for item in (MET, LEARNED, ACTED, STANDS)]
    return MethodCard(
        id="cases",
        title=Text("困难的件数（人数）", "Cases, in people"),
        meaning=Text(f"来自 {words.questions(asked, 'zh')}", f"From {words.questions(asked, 'en')}"),
        formula=Text(
            "遇到困难、工会知道、采取行动、已解决、部分解决、正在办理、没有解决的人各自计数",
            "people who met a difficulty, of whom the union knows, for whom it acted; solved, partly, in progress, not solved",
        ),
        base=Text("每人只说最需要工会帮助的一件", "everybody tells of one, the one they most want help with"),
        weights=Text("不加权", "none"),
        interval=Text("计数，无误差范围", "a count: none"),
        misleads=Text(
            "是作答的人，不是全体会员，也不是台账的件数；同一件事可能出现在几份问卷里，从不相加",
            "those who answered, not all members, and not the ledger's cases; one case may stand in several questionnaires, so they are never added",
        ),
        version=scheme.version,
    )


def _solved_card(plan: Layout, scheme: Scheme, words: CardWords) -> MethodCard:
    solved = f"{POLL}.{STANDS}"
    credit = next(
        (each.credit for each in plan.measures if each.credit and (each.poll, each.items) == (POLL, (STANDS,))), {}
    )
    earned = words.credit([solved], credit or {})
    return MethodCard(
        id="solved_rate",
        title=Text("解决率（教职工反映）", "Solved, as staff report it"),
        meaning=Text(f"来自 {words.questions([solved], 'zh')}", f"From {words.questions([solved], 'en')}"),
        formula=Text(
            f"100 × Σw·得分 / Σw；得分：{earned.zh}",
            f"100 x sum(w credit) / sum(w); credit: {earned.in_language('en')}",
        ),
        base=Text(
            "自己解决的、已不再需要的不计入；正在办理的计入分母，不得分",
            "what was solved without the union or is no longer needed is left out; what is in progress is in the base without credit",
        ),
        weights=_WITHIN,
        interval=_interval(scheme),
        misleads=Text(
            "案例少时误差很大；与台账的解决率并列看", "wide where cases are few; read beside the ledger's own rate"
        ),
        version=scheme.version,
    )


def _lenient_card(scheme: Scheme) -> MethodCard:
    return MethodCard(
        id="lenient_rate",
        title=Text("括号内的解决率（不含正在办理）", "The rate in brackets (without what is in progress)"),
        meaning=Text("已有结果的事情中，解决了多少", "of what has come to an end, how much was solved"),
        formula=Text("同解决率，“正在办理”不计入分母", "as the solved rate, with what is in progress out of the base"),
        base=Text("已有结果的案例", "cases that came to an end"),
        weights=_WITHIN,
        interval=_interval(scheme),
        misleads=Text(
            "把难办的事一直“办理中”，这个数就会好看，所以不计分",
            "keeping hard cases “in progress” for ever makes it look good: that is why it is not scored",
        ),
        version=scheme.version,
    )


def _acted_card(scheme: Scheme, words: CardWords) -> MethodCard:
    acted = f"{POLL}.{ACTED}"
    return MethodCard(
        id="acted_rate",
        title=Text("知道后采取行动的比例", "Acted on what it knew"),
        meaning=Text(f"来自 {words.questions([acted], 'zh')}", f"From {words.questions([acted], 'en')}"),
        formula=Text("采取了 / (采取了 + 没有)，即分项 P3", "acted / (acted + did not): component P3"),
        base=Text("工会知道的困难；“不清楚”不计", "difficulties the union knows of; don't know is left out"),
        weights=_WITHIN,
        interval=_interval(scheme),
        misleads=Text("采取行动不等于解决", "acting is not solving"),
        version=scheme.version,
    )


def _silence_card(scheme: Scheme, words: CardWords) -> MethodCard:
    asked = f"{POLL}.{SILENCE}"
    return MethodCard(
        id="silence",
        title=Text("没有向工会反映的原因", "Why staff stay silent"),
        meaning=Text(f"来自 {words.questions([asked], 'zh')}", f"From {words.questions([asked], 'en')}"),
        formula=Text("选择各原因的人数 / 说明原因的人数", "people who give a reason / people who give any"),
        base=Text("工会还不知道其困难的人", "people whose difficulty the union does not know of"),
        weights=Text("不加权", "none"),
        interval=Text("计数，无误差范围", "a count: none"),
        misleads=Text(
            "“担心有影响”的人也更可能不答这题", "those who worry about consequences are also less likely to answer"
        ),
        version=scheme.version,
    )


def _awareness_card(scheme: Scheme) -> MethodCard:
    return MethodCard(
        id="awareness",
        title=Text("知晓率", "Awareness"),
        meaning=Text(
            "有多少回答不是“不了解”：看得见，才谈得上评价",
            "how many answers were not “don't know”: what is not seen cannot be judged",
        ),
        formula=Text(
            "有效回答 / (有效回答 + “不了解”)，该项全部题目合计",
            "valid answers / (valid + don't know), all questions of the dimension together",
        ),
        base=Text(
            "问及全体会员的问卷；空白和没有问到的题不计",
            "polls that ask all staff; blanks and what was not asked count neither way",
        ),
        weights=Text("不加权，可以逐份数出来", "none: it can be recounted"),
        interval=Text(
            "95%，按人计（一个人的几个回答不独立），计入有限总体",
            "95 % over people (answers of one person go together), with finite population",
        ),
        misleads=Text(
            "低是“看不见”，不是“做得差”；普通职工本来看不到党政怎样支持",
            "low means unseen, not bad: ordinary staff cannot see how party and administration support",
        ),
        version=scheme.version,
    )


def _ledger_card(scheme: Scheme) -> MethodCard:
    method = scheme.method
    return MethodCard(
        id="ledger_gap",
        title=Text("与台账的差距 V", "Ledger check V"),
        meaning=Text("教职工说的解决率和台账记的差多少", "how far what staff report lies from what the ledger says"),
        formula=Text("V = S − 100 × 台账解决率", "V = S - 100 x the ledger's solved rate"),
        base=Text(f"两边各至少 {method.ledger_cases} 件", f"at least {method.ledger_cases} cases on both sides"),
        weights=Text("S 加权，台账是清点", "S weighted, the ledger counted"),
        interval=Text("无：看 S 的误差范围", "none: read that of S"),
        misleads=Text(
            f"低于 −{number(method.ledger_gap)} 时先核对台账，不是处分的依据",
            f"below -{number(method.ledger_gap)} the records need a look first; it is no ground for a penalty",
        ),
        version=scheme.version,
    )
